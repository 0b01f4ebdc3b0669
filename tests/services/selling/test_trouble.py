"""Bad input and trouble at the till: one sentence, nothing half-written, nothing counted twice."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError
from posapp.domain.papers.documents import PaperSize
from posapp.domain.selling.amounts import Discount
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.catalogue.taxes import SetTax
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.selling.order_commands import Pay, Refund, RefundLine
from posapp.services.selling.shifts import CloseShift
from posapp.services.shop.businesses import EditBusiness
from tests.books import check_books, check_verified, written
from tests.factories import NOW, TILL, a_customer, the_clock
from tests.sales import a_cart, a_sale, card, cash, goods, sold

HUGE = 10**12


@pytest.fixture
def shop(sqlite_shop: Shop) -> Shop:
    """What is refused is refused before any database is asked."""
    return sqlite_shop


@pytest.fixture
def till(shop: Shop) -> Actor:
    actor = shop.actor(TILL)
    shop.shifts.open(actor, 50_000)
    return actor


def refused(shop: Shop, actor: Actor, act: Any) -> str:
    """The code of a refusal that wrote nothing and says one sentence."""
    before = written(shop, actor)
    with pytest.raises(DomainError) as error:
        act()
    assert written(shop, actor) == before
    assert error.value.sentence.endswith(".")
    assert "\n" not in error.value.sentence
    return error.value.code


def a_line(**values: Any) -> CartLine:
    return CartLine(**{"kind": LineKind.TEXT, "text": "Strap", "unit_minor": 1000, **values})


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (a_line(unit_minor=-1), "price_invalid"),
        (a_line(unit_minor=HUGE), "price_invalid"),
        (a_line(unit_minor=HUGE // 10, quantity=100_000), "price_invalid"),
        (a_line(quantity=0), "quantity_invalid"),
        (a_line(quantity=-1), "quantity_invalid"),
        (a_line(quantity=100_001), "quantity_invalid"),
        (a_line(discount=Discount(percent=1_000_001)), "discount_invalid"),
        (a_line(discount=Discount(minor=1001)), "discount_invalid"),
        (a_line(discount=Discount(minor=-1)), "discount_invalid"),
        (a_line(text=" "), "line_text"),
    ],
)
def test_a_price_a_quantity_or_a_discount_that_cannot_be(
    shop: Shop, till: Actor, line: CartLine, code: str
) -> None:
    cart = Cart((a_line(), line))
    assert refused(shop, till, lambda: sold(shop, till, cart=cart, tenders=(cash(HUGE),))) == code


@pytest.mark.parametrize("discount", [Discount(percent=1_000_001), Discount(minor=1001), Discount(1, 1)])
def test_more_taken_off_the_whole_than_there_is(shop: Shop, till: Actor, discount: Discount) -> None:
    cart = Cart((a_line(),), discount)
    assert refused(shop, till, lambda: sold(shop, till, cart=cart, tenders=())) == "discount_invalid"


@pytest.mark.parametrize("price", ["1.250.5", "1,2,3", "1.,5", "12,50.", "1..5"])
def test_a_price_with_two_separators_is_no_price(shop: Shop, till: Actor, price: str) -> None:
    assert refused(shop, till, lambda: shop.orders.scanned(till, f"{price} strap")) == "item_unknown"


def test_what_costs_nothing_is_sold_without_a_payment(shop: Shop, till: Actor) -> None:
    made = sold(shop, till, cart=Cart((a_line(unit_minor=0),))).order
    assert (made.total_minor, made.payments, made.owed_minor) == (0, (), 0)
    check_books(shop, till)


@pytest.mark.parametrize(
    ("tenders", "code"),
    [
        ((card(1001),), "tender_too_much"),
        ((card(600), card(600)), "tender_too_much"),
        ((cash(999),), "not_paid"),
        ((cash(0),), "amount_invalid"),
        ((cash(-1),), "amount_invalid"),
        ((cash(HUGE),), "amount_invalid"),
        ((cash(10**19),), "amount_invalid"),
        ((Tendered(Tender.DEPOSIT, 1000),), "amount_invalid"),
        ((Tendered(Tender.ACCOUNT, 1000),), "customer_missing"),
        ((Tendered(Tender.CREDIT, 1000),), "customer_missing"),
        ((), "not_paid"),
    ],
)
def test_tenders_that_are_too_much_too_little_or_nobodys(
    shop: Shop, till: Actor, tenders: tuple[Tendered, ...], code: str
) -> None:
    assert refused(shop, till, lambda: sold(shop, till, cart=Cart((a_line(),)), tenders=tenders)) == code


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"amount_minor": 1251}, "refund_too_much"),
        ({"amount_minor": 0}, "refund_too_much"),
        ({"amount_minor": -5}, "refund_too_much"),
        ({"lines": (RefundLine(position=1, quantity=2),)}, "refund_too_much"),
        ({"lines": (RefundLine(position=1, quantity=-1),)}, "refund_too_much"),
        ({"lines": (RefundLine(position=1), RefundLine(position=1))}, "line_twice"),
        ({"lines": (RefundLine(position=2),)}, "line_unknown"),
    ],
)
def test_a_refund_above_what_was_paid(shop: Shop, till: Actor, values: dict[str, Any], code: str) -> None:
    number = a_sale(shop, till).number
    command = Refund(number=number, **values)
    assert refused(shop, till, lambda: shop.refunds.refund(till, command)) == code


@pytest.mark.parametrize("minor", [0, -1, HUGE, 10**19])
def test_a_debt_is_paid_with_an_amount_that_can_be(shop: Shop, till: Actor, minor: int) -> None:
    who = a_customer(shop, till).id
    sold(shop, till, cart=Cart((a_line(),)), customer_id=who, tenders=(Tendered(Tender.ACCOUNT, 1000),))
    command = Pay(customer_id=who, tenders=(cash(minor),))
    assert refused(shop, till, lambda: shop.orders.pay(till, command)) == "amount_invalid"


def test_what_is_no_revenue_goes_back_by_its_line_alone(shop: Shop, till: Actor) -> None:
    sale = sold(shop, till, cart=Cart((shop.gift_cards.line(till, 1000),))).order
    command = Refund(number=sale.number, amount_minor=500)
    assert refused(shop, till, lambda: shop.refunds.refund(till, command)) == "refund_invalid"


def test_a_tax_that_changes_while_a_cart_waits_is_said(shop: Shop, till: Actor) -> None:
    tax = shop.taxes.set(till, SetTax(name="VAT", rate=190_000))
    item = goods(shop, till, tax_id=tax.id)
    cart = a_cart(shop, till, item.sku)
    shop.taxes.set(till, SetTax(name="VAT", rate=200_000, starts=NOW.date() + timedelta(days=1)))
    the_clock(shop).advance(timedelta(days=1))
    assert refused(shop, till, lambda: sold(shop, till, cart=cart)) == "line_changed"


def test_a_clock_that_is_set_back_over_the_cut_over_brings_no_sale_before_the_last_one(
    shop: Shop, till: Actor
) -> None:
    shop.businesses.edit(till, EditBusiness(cutover_minutes=240))
    the_clock(shop).set(datetime(2026, 11, 19, 3, 59, tzinfo=UTC))
    first = a_sale(shop, till)
    the_clock(shop).advance(timedelta(minutes=1))
    second = a_sale(shop, till)
    the_clock(shop).advance(timedelta(minutes=-30))
    third, back = a_sale(shop, till), shop.refunds.refund(till, Refund(number=first.number)).order
    assert [one.day.day for one in (first, second, third, back)] == [18, 19, 19, 19]
    assert shop.shifts.close(till, CloseShift(counted_minor=50_000)).shift.day == NOW.date()
    check_books(shop, till)
    check_verified(shop)


@pytest.mark.parametrize(("currency", "typed", "minor"), [("JPY", "1250", 1250), ("KWD", "1.250", 1250)])
def test_a_currency_has_the_decimals_that_it_has(shop: Shop, currency: str, typed: str, minor: int) -> None:
    actor = shop.actor(TILL)
    shop.businesses.edit(actor, EditBusiness(currency=currency))
    shop.shifts.open(actor, 50_000)
    [line] = shop.orders.scanned(actor, f"{typed} strap").lines
    assert line.unit_minor == minor
    short = replace(line, unit_minor=minor + 1)
    assert (
        refused(shop, actor, lambda: sold(shop, actor, cart=Cart((short,)), tenders=(cash(1),))) == "not_paid"
    )
    too_fine = f"{typed}1" if currency == "KWD" else f"{typed}.5"
    assert refused(shop, actor, lambda: shop.orders.scanned(actor, f"{too_fine} strap")) == "item_unknown"


def test_a_power_cut_between_payment_and_paper_leaves_the_sale_once_and_its_paper_waiting(
    sqlite_place: str,
) -> None:
    shop = open_shop(sqlite_place, clock=FixedClock(NOW))
    till = shop.actor(TILL)
    shop.shifts.open(till, 0)
    number = a_sale(shop, till, output=Output(paper=PaperSize.A4, printer="Nowhere")).number
    shop.close()
    shop = open_shop(sqlite_place, clock=FixedClock(NOW))
    assert [job.number for job in shop.papers.open_jobs(till)] == [number]
    assert [one.number for one in shop.orders.latest(till, 9)] == [number]
    check_verified(shop)
    shop.close()
