"""What was sold comes back: line by line, piece by piece, by amount, or as if it had not been."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import ItemKind
from posapp.domain.catalogue.taxes import TaxPart
from posapp.domain.selling.amounts import Discount
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.domain.selling.orders import OrderStatus
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.catalogue.items import SaveItem
from posapp.services.catalogue.taxes import SetTax
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Pay, Refund, RefundLine
from posapp.services.shop.businesses import EditBusiness
from tests.books import check_verified
from tests.factories import a_customer
from tests.repairs import a_device, a_ticket
from tests.sales import a_cart, card, cash, goods, sold


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as error:
        call()
    return error.value.code


@pytest.fixture
def till(shop: Shop, actor: Actor) -> Actor:
    shop.taxes.set(actor, SetTax(name="VAT", rate=230_000))
    shop.shifts.open(actor, 50_000)
    return actor


def totals(shop: Shop, actor: Actor) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    with shop.store.look(actor) as uow:
        return {
            (what, name): (one.gross_minor, one.net_minor, one.tax_minor, one.cost_minor)
            for what in ("order", "tax", "kind", "tender", "staff")
            for _, name, one in uow.totals.between(what, date(2020, 1, 1), date(2030, 1, 1))
        }


def test_pieces_of_a_line_go_back_to_the_shelf_and_the_money_to_the_customer(shop: Shop, till: Actor) -> None:
    item = goods(shop, till, 1000)
    sale = sold(shop, till, *[item.sku] * 3).order
    plan = shop.refunds.plan(till, Refund(number=sale.number, lines=(RefundLine(position=1, quantity=2),)))
    assert (plan.total_minor, plan.off_debt_minor, [(b.tender, b.amount_minor) for b in plan.back]) == (
        2000,
        0,
        [(Tender.CASH, 2000)],
    )
    made = shop.refunds.refund(
        till, Refund(number=sale.number, lines=(RefundLine(position=1, quantity=2),), reason="broken")
    ).order
    assert (made.number, made.refund_of, made.total_minor, made.note) == ("S2", "S1", -2000, "broken")
    [line] = made.lines
    assert (line.quantity, line.refunds, line.cost_minor) == (-2, 1, -1000)
    assert [(one.tender, one.amount_minor) for one in made.payments] == [(Tender.CASH, -2000)]
    assert shop.items.get(till, item.id).stock == 49
    assert shop.shifts.x(till).drawer.expected_minor == 51_000
    sale = shop.orders.get(till, sale.number)
    assert (sale.lines[0].refunded.units, sale.left_minor, sale.owed_minor) == (2, 1000, 0)
    again = Refund(number=sale.number, lines=(RefundLine(position=1, quantity=2),))
    assert code_of(lambda: shop.refunds.refund(till, again)) == "refund_too_much"
    shop.refunds.refund(till, Refund(number=sale.number))
    assert code_of(lambda: shop.refunds.refund(till, Refund(number=sale.number))) == "refund_too_much"
    assert {value for value in totals(shop, till).values() if value[0]} == {
        (3000, 2439, 561, 1500),
        (-3000, -2439, -561, -1500),
    }


@pytest.mark.parametrize("is_void", [True, False])
def test_goods_that_became_parts_go_back_as_what_they_were_sold_as(
    shop: Shop, till: Actor, is_void: bool
) -> None:
    item = goods(shop, till, 1000)
    number = sold(shop, till, item.sku).order.number
    part = SaveItem(id=item.id, sku=item.sku, name=item.name, kind=ItemKind.PART, price_minor=1000)
    shop.items.save(till, part)
    if is_void:
        shop.refunds.void(till, number, "wrong one")
    else:
        shop.refunds.refund(till, Refund(number=number))
    found = totals(shop, till)
    assert {name: gross for (what, name), (gross, *_) in found.items() if what == "kind"} == {"goods": 0}
    check_verified(shop)


def test_single_cents_of_a_tax_in_two_parts_go_back(shop: Shop, till: Actor) -> None:
    shop.businesses.edit(till, EditBusiness(prices_include_tax=False))
    parts = (TaxPart("CGST", 90_000), TaxPart("SGST", 90_000))
    tax = shop.taxes.set(till, SetTax(name="GST", rate=180_000, parts=parts))
    item = goods(shop, till, 100, tax_id=tax.id)
    number = sold(shop, till, item.sku).order.number
    for minor in (6, 1, 1):
        shop.refunds.refund(till, Refund(number=number, amount_minor=minor))
    shop.refunds.refund(till, Refund(number=number))
    assert set(totals(shop, till)["tax", "CGST:90000"]) == {0}
    check_verified(shop)


def test_what_stays_broken_gives_no_cost_back(shop: Shop, till: Actor) -> None:
    item = goods(shop, till, 1000)
    sale = sold(shop, till, item.sku).order
    line = RefundLine(position=1, is_restocked=False)
    made = shop.refunds.refund(till, Refund(number=sale.number, lines=(line,))).order
    assert made.lines[0].cost_minor == 0
    assert shop.items.get(till, item.id).stock == 49


def test_a_refund_first_lowers_what_the_sale_still_owes(shop: Shop, till: Actor) -> None:
    item, customer = goods(shop, till, 10_000), a_customer(shop, till)
    tenders = (cash(4000), Tendered(Tender.ACCOUNT, 6000))
    sale = sold(shop, till, item.sku, tenders=tenders, customer_id=customer.id).order
    part = shop.refunds.refund(till, Refund(number=sale.number, amount_minor=5000)).order
    assert part.payments == ()
    assert shop.orders.get(till, sale.number).owed_minor == 1000
    rest = shop.refunds.refund(till, Refund(number=sale.number, amount_minor=5000)).order
    assert [(one.tender, one.amount_minor) for one in rest.payments] == [(Tender.CASH, -4000)]
    standing = shop.orders.counter(till, customer.id).standing
    assert standing is not None
    assert (standing.balance_minor, standing.dues) == (0, ())


def test_what_credit_paid_goes_back_to_credit_and_money_as_asked(shop: Shop, till: Actor) -> None:
    item, customer = goods(shop, till, 10_000), a_customer(shop, till)
    whose: dict[str, Any] = {"customer_id": customer.id}
    first = sold(shop, till, item.sku, **whose).order
    shop.refunds.refund(till, Refund(number=first.number, to=Tender.CREDIT))
    tenders = (Tendered(Tender.CREDIT, 10_000), card(10_000))
    second = sold(shop, till, item.sku, item.sku, tenders=tenders, **whose).order
    made = shop.refunds.refund(till, Refund(number=second.number, to=Tender.CARD)).order
    assert sorted((one.tender, one.amount_minor) for one in made.payments) == [
        (Tender.CARD, -10_000),
        (Tender.CREDIT, -10_000),
    ]
    standing = shop.orders.counter(till, customer.id).standing
    assert standing is not None
    assert (standing.credit_minor, standing.debt_minor) == (10_000, 0)


def test_an_anonymous_sale_gives_no_credit_and_no_odd_tender(shop: Shop, till: Actor) -> None:
    sale = sold(shop, till, goods(shop, till).sku).order
    refund = shop.refunds.refund
    assert code_of(lambda: refund(till, Refund(number=sale.number, to=Tender.CREDIT))) == "customer_missing"
    assert code_of(lambda: refund(till, Refund(number=sale.number, to=Tender.QR))) == "tender_invalid"
    line = RefundLine(position=7)
    assert code_of(lambda: refund(till, Refund(number=sale.number, lines=(line,)))) == "line_unknown"
    assert code_of(lambda: refund(till, Refund(number=sale.number, amount_minor=0))) == "refund_too_much"
    assert code_of(lambda: refund(till, Refund(number="S99"))) == "order_unknown"
    made = refund(till, Refund(number=sale.number)).order
    assert code_of(lambda: refund(till, Refund(number=made.number))) == "refund_invalid"


def test_more_cash_than_the_drawer_holds_is_not_paid_out(shop: Shop, till: Actor) -> None:
    sale = sold(shop, till, goods(shop, till, 60_000).sku, tenders=(card(60_000),)).order
    assert code_of(lambda: shop.refunds.refund(till, Refund(number=sale.number))) == "drawer_short"


def test_a_sale_is_not_void_while_its_cash_is_out_of_the_drawer(shop: Shop, till: Actor) -> None:
    sale = sold(shop, till, goods(shop, till, 5000).sku).order
    left = shop.shifts.x(till).drawer.expected_minor - 3000
    shop.shifts.cash_out(till, left, "To the safe")
    assert code_of(lambda: shop.refunds.void(till, sale.number, "mistake")) == "drawer_short"
    shop.shifts.cash_in(till, 2000, "From the safe")
    shop.refunds.void(till, sale.number, "mistake")
    assert shop.shifts.x(till).drawer.expected_minor == 0


def test_a_deposit_goes_back_as_long_as_it_is_held(shop: Shop, till: Actor) -> None:
    ticket = a_ticket(shop, till, a_device(price_minor=8900))
    deposit = CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=5000, number=ticket.number)
    first = sold(shop, till, cart=Cart((deposit,))).order
    shop.refunds.refund(till, Refund(number=first.number))
    standing = shop.orders.counter(till, ticket.customer_id).standing
    assert standing is not None
    assert (standing.balance_minor, standing.deposits) == (0, ())
    second = sold(shop, till, cart=Cart((deposit,))).order
    sold(shop, till, ticket.number, tenders=(cash(3900),))
    assert code_of(lambda: shop.refunds.refund(till, Refund(number=second.number))) == "deposit_used"


def test_the_last_sale_is_void_and_leaves_nothing_but_its_number(shop: Shop, till: Actor) -> None:
    item, customer = goods(shop, till, 1000), a_customer(shop, till)
    before = totals(shop, till)
    first = sold(shop, till, item.sku).order
    sale = sold(shop, till, item.sku, tenders=(card(500), cash(1000)), customer_id=customer.id).order
    assert code_of(lambda: shop.refunds.void(till, first.number, "wrong")) == "void_late"
    assert code_of(lambda: shop.refunds.void(till, sale.number, " ")) == "reason_missing"
    made = shop.refunds.void(till, sale.number, "wrong customer")
    assert (made.status, made.owed_minor, made.paid_minor, made.void_reason) == (
        OrderStatus.VOIDED,
        0,
        0,
        "wrong customer",
    )
    assert [one.reverses for one in made.payments if one.reverses] == ["P2", "P3"]
    assert code_of(lambda: shop.refunds.void(till, sale.number, "again")) == "void_invalid"
    assert shop.items.get(till, item.id).stock == 49
    assert shop.shifts.x(till).drawer.expected_minor == 51_000
    assert sold(shop, till, item.sku).order.number == "S3"
    shop.refunds.refund(till, Refund(number="S3"))
    assert code_of(lambda: shop.refunds.void(till, "S3", "x")) == "void_late"
    assert before == {}


def test_a_void_sale_settles_its_ticket_no_longer(shop: Shop, till: Actor) -> None:
    ticket = a_ticket(shop, till, a_device(price_minor=3000))
    deposit = CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=5000, number=ticket.number)
    sold(shop, till, cart=Cart((deposit,)))
    sale = sold(shop, till, ticket.number, tenders=()).order
    shop.refunds.void(till, sale.number, "not yet")
    standing = shop.orders.counter(till, ticket.customer_id).standing
    assert standing is not None
    assert ([one.amount_minor for one in standing.deposits], standing.credit_minor) == ([5000], 0)
    assert sold(shop, till, ticket.number, tenders=()).order.total_minor == 3000


def test_a_sale_whose_debt_was_paid_later_is_refunded_and_not_void(shop: Shop, till: Actor) -> None:
    item, customer = goods(shop, till, 1000), a_customer(shop, till)
    tenders = (Tendered(Tender.ACCOUNT, 1000),)
    sale = sold(shop, till, item.sku, tenders=tenders, customer_id=customer.id).order
    shop.orders.pay(till, Pay(customer_id=customer.id, tenders=(cash(1000),)))
    assert code_of(lambda: shop.refunds.void(till, sale.number, "x")) == "void_paid"
    made = shop.refunds.refund(till, Refund(number=sale.number)).order
    assert [(one.tender, one.amount_minor) for one in made.payments] == [(Tender.CASH, -1000)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 99_999), st.integers(1, 5), st.integers(0, 100)), min_size=1, max_size=5
    ),
    st.integers(0, 50),
    st.lists(st.tuples(st.booleans(), st.integers(1, 50_000), st.integers(1, 5)), max_size=5),
)
def test_giving_everything_back_ends_at_zero(
    sqlite_shop: Shop, lines: list[Any], off: int, steps: list[Any]
) -> None:
    """In the order, the ledger, the stock and the totals of the day, whatever the steps on the way."""
    shop, till = sqlite_shop, sqlite_shop.actor("Till 1")
    if shop.orders.counter(till).shift is None:
        shop.taxes.set(till, SetTax(name="VAT", rate=190_000))
        shop.shifts.open(till, 10**9)
    customer = a_customer(shop, till)
    cart, items = Cart(discount=Discount(percent=off * 10_000)), []
    for price, pieces, less in lines:
        item = goods(shop, till, price)
        items.append(item)
        [line] = a_cart(shop, till, item.sku).lines
        cart = cart.with_line(replace(line, quantity=pieces, discount=Discount(percent=less * 10_000)))
    sale = sold(shop, till, cart=cart, customer_id=customer.id).order
    drawer = shop.shifts.x(till).drawer.expected_minor
    for is_amount, minor, pieces in steps:
        refund = (
            Refund(number=sale.number, amount_minor=minor)
            if is_amount
            else Refund(number=sale.number, lines=(RefundLine(position=1, quantity=pieces),))
        )
        try:
            shop.refunds.refund(till, refund)
        except DomainError as error:
            assert error.code == "refund_too_much"
    try:
        shop.refunds.refund(till, Refund(number=sale.number))
    except DomainError as error:
        assert error.code == "refund_too_much"
    sale = shop.orders.get(till, sale.number)
    for done in sale.lines:
        assert (done.refunded.units, done.refunded.gross_minor) == (done.quantity, done.amounts.gross_minor)
        assert done.refunded.tax_minor == done.amounts.tax_minor
    assert sale.owed_minor == 0
    assert [shop.items.get(till, item.id).stock for item in items] == [50] * len(items)
    assert shop.shifts.x(till).drawer.expected_minor == drawer - sale.total_minor
    standing = shop.orders.counter(till, customer.id).standing
    assert standing is not None
    assert (standing.balance_minor, standing.credit_minor) == (0, 0)
    found = totals(shop, till)
    for one in range(3):
        assert sum(value[one] for (what, _), value in found.items() if what == "order") == 0
        assert all(value[one] == 0 for (what, _), value in found.items() if what in ("tax", "kind", "tender"))
