"""Sales from the first scan to the last cent: what is stored, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.items import ItemKind, MoveKind
from posapp.domain.catalogue.taxes import TaxPart
from posapp.domain.customers.customers import Terms
from posapp.domain.selling.amounts import Discount
from posapp.domain.selling.carts import Cart, CartLine, LineKind, deposit_line
from posapp.domain.selling.orders import OrderStatus
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.catalogue.items import SaveItem
from posapp.services.catalogue.price_levels import SavePriceLevel
from posapp.services.catalogue.taxes import SetTax
from posapp.services.customers.customers import EditCustomer, FindOrCreate
from posapp.services.desks import Shop
from posapp.services.repairs.estimates import AskEstimate, LineAsked
from posapp.services.selling.order_commands import Hold, Pay
from tests.factories import a_customer, a_phone
from tests.repairs import a_device, a_ticket, approved
from tests.sales import a_cart, a_sale, card, cash, goods, sold


def refused(call: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as error:
        call()
    return error.value


def code_of(call: Callable[[], object]) -> str:
    return refused(call).code


@pytest.fixture
def till(shop: Shop, actor: Actor) -> Actor:
    shop.taxes.set(actor, SetTax(name="VAT", rate=230_000))
    shop.shifts.open(actor, 10_000)
    return actor


def test_a_cash_sale_is_stored_with_its_line_tax_payment_and_stock(shop: Shop, till: Actor) -> None:
    item = goods(shop, till, 1250)
    made = sold(shop, till, item.sku, item.sku, tenders=(cash(3000),)).order
    assert (made.number, made.status, made.total_minor, made.tax_minor, made.owed_minor) == (
        "S1",
        OrderStatus.COMPLETED,
        2500,
        467,
        0,
    )
    [line] = made.lines
    assert (line.quantity, line.sku, line.cost_minor) == (2, item.sku, 1250)
    assert made.net_minor + made.tax_minor == made.total_minor == line.amounts.gross_minor
    [payment] = made.payments
    assert (payment.number, payment.tender, payment.amount_minor, payment.change_minor) == (
        "P1",
        Tender.CASH,
        2500,
        500,
    )
    assert shop.orders.get(till, "s1") == shop.orders.get(till, "P1") == made
    move = shop.items.moves(till, item.id)[0]
    assert (move.kind, move.quantity, move.number) == (MoveKind.SOLD, -2, "S1")
    assert shop.items.get(till, item.id).stock == 48
    assert shop.shifts.x(till).drawer.expected_minor == 12_500


def test_without_a_shift_nothing_is_sold_and_no_number_is_burnt(shop: Shop, actor: Actor) -> None:
    item = goods(shop, actor)
    assert code_of(lambda: sold(shop, actor, item.sku)) == "shift_missing"
    assert shop.items.get(actor, item.id).stock == 50
    shop.shifts.open(actor, 0)
    assert sold(shop, actor, item.sku).order.number == "S1"


def test_a_sale_by_phone_finds_or_makes_its_customer(shop: Shop, till: Actor) -> None:
    item, phone = goods(shop, till), a_phone()
    first = sold(shop, till, item.sku, who=FindOrCreate(phone=phone, name="Ann"))
    again = sold(shop, till, item.sku, who=FindOrCreate(phone=phone))
    assert (first.created, again.created) == (True, False)
    assert first.order.pl_id == again.order.pl_id == "PL1"
    assert again.order.customer_name == "Ann"


def test_a_ticket_and_goods_are_settled_together_with_the_deposit_taken_off(shop: Shop, till: Actor) -> None:
    ticket = a_ticket(shop, till, a_device(price_minor=8900))
    deposit = CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=5000, number=ticket.number)
    taken = sold(shop, till, cart=Cart((deposit,)), tenders=(card(5000),)).order
    assert (taken.total_minor, taken.tax_minor, taken.customer_id) == (5000, 0, ticket.customer_id)
    standing = shop.orders.counter(till, ticket.customer_id).standing
    assert standing is not None
    assert (standing.balance_minor, [(one.number, one.amount_minor) for one in standing.deposits]) == (
        -5000,
        [(ticket.number, 5000)],
    )
    item = goods(shop, till, 1000)
    made = sold(shop, till, ticket.number, item.sku, tenders=(card(3900), cash(1000))).order
    assert made.total_minor == 9900
    assert [(one.tender, one.amount_minor) for one in made.payments] == [
        (Tender.DEPOSIT, 5000),
        (Tender.CARD, 3900),
        (Tender.CASH, 1000),
    ]
    assert made.lines[0].number == ticket.number
    standing = shop.orders.counter(till, ticket.customer_id).standing
    assert standing is not None
    assert (standing.balance_minor, standing.deposits, standing.dues) == (0, (), ())
    error = refused(lambda: a_cart(shop, till, ticket.number))
    assert (error.code, error.facts["number"]) == ("settled_already", made.number)


def test_more_deposit_than_the_ticket_costs_stays_as_credit_and_pays_the_next_sale(
    shop: Shop, till: Actor
) -> None:
    ticket = a_ticket(shop, till, a_device(price_minor=3000))
    deposit = CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=5000, number=ticket.number)
    sold(shop, till, cart=Cart((deposit,)))
    made = sold(shop, till, ticket.number, tenders=()).order
    assert [(one.tender, one.amount_minor) for one in made.payments] == [(Tender.DEPOSIT, 3000)]
    standing = shop.orders.counter(till, ticket.customer_id).standing
    assert standing is not None
    assert (standing.credit_minor, standing.deposits) == (2000, ())
    item = goods(shop, till, 2500)
    credit = Tendered(Tender.CREDIT, 2000)
    too_much = Tendered(Tender.CREDIT, 2500)
    call = {"customer_id": ticket.customer_id}
    assert code_of(lambda: sold(shop, till, item.sku, tenders=(too_much,), **call)) == "credit_short"
    sold(shop, till, item.sku, tenders=(credit, cash(500)), **call)
    standing = shop.orders.counter(till, ticket.customer_id).standing
    assert standing is not None
    assert (standing.balance_minor, standing.credit_minor) == (0, 0)


def test_what_is_not_paid_goes_on_account_only_when_it_is_said(shop: Shop, till: Actor) -> None:
    item, customer = goods(shop, till, 5000), a_customer(shop, till)
    whose = {"customer_id": customer.id}
    error = refused(lambda: sold(shop, till, item.sku, tenders=(cash(3000),), **whose))
    assert (error.code, error.facts["owed_minor"]) == ("not_paid", 2000)
    account = Tendered(Tender.ACCOUNT, 2000)
    assert code_of(lambda: sold(shop, till, item.sku, tenders=(cash(3000), account))) == "customer_missing"
    made = sold(shop, till, item.sku, tenders=(cash(3000), account), **whose).order
    assert (made.owed_minor, made.paid_minor) == (2000, 3000)
    second = sold(shop, till, item.sku, tenders=(Tendered(Tender.ACCOUNT, 5000),), **whose).order
    assert (second.payments, second.owed_minor) == ((), 5000)
    paid = shop.orders.pay(till, Pay(customer_id=customer.id, tenders=(cash(4000),)))
    assert [(one.amount_minor, one.order) for one in paid.payments] == [(4000, "")]
    assert shop.orders.get(till, made.number).owed_minor == 0
    assert shop.orders.get(till, second.number).owed_minor == 3000
    rest = shop.orders.pay(till, Pay(number=second.number, tenders=(cash(5000),)))
    assert (rest.change_minor, rest.order and rest.order.owed_minor) == (2000, 0)
    assert rest.standing is not None
    assert rest.standing.balance_minor == 0
    assert code_of(lambda: shop.orders.pay(till, Pay(number="S2", tenders=(cash(1),)))) == "nothing_owed"


def test_only_cash_may_be_more_than_what_is_to_pay(shop: Shop, till: Actor) -> None:
    item = goods(shop, till, 5000)
    assert code_of(lambda: sold(shop, till, item.sku, tenders=(card(5001),))) == "tender_too_much"
    assert code_of(lambda: sold(shop, till, item.sku, tenders=(card(-1),))) == "amount_invalid"
    assert code_of(lambda: sold(shop, till, cart=Cart(), tenders=())) == "cart_empty"


def test_a_price_that_changed_since_the_scan_is_said(shop: Shop, till: Actor) -> None:
    item = goods(shop, till, 5000)
    cart = a_cart(shop, till, item.sku)
    change = SaveItem(
        id=item.id, sku=item.sku, name=item.name, kind=item.kind, price_minor=6000, is_archived=False
    )
    shop.items.save(till, change)
    assert code_of(lambda: sold(shop, till, cart=cart)) == "line_changed"
    shop.items.save(till, replace(change, is_archived=True))
    assert code_of(lambda: sold(shop, till, cart=cart)) == "item_archived"


def test_the_last_piece_is_sold_once(shop: Shop, till: Actor) -> None:
    item = goods(shop, till, 5000, opening=1)
    cart = a_cart(shop, till, item.sku)
    sold(shop, till, cart=cart)
    assert code_of(lambda: sold(shop, till, cart=cart)) == "stock_short"


def test_a_sale_that_waits_is_completed_at_another_till(shop: Shop, till: Actor) -> None:
    other = Actor(till.business, "Till 2")
    shop.shifts.open(other, 0)
    item = goods(shop, till)
    waiting = shop.orders.hold(till, Hold(cart=a_cart(shop, till, item.sku), note="back soon"))
    assert (waiting.reference, waiting.status) == ("H1", OrderStatus.HELD)
    assert shop.orders.held(other) == [waiting]
    mine = shop.orders.recall(other, "h1")
    assert (mine.cart, mine.till, mine.status) == (waiting.cart, "Till 2", OrderStatus.OPEN)
    assert code_of(lambda: shop.orders.recall(till, "H1")) == "held_elsewhere"
    made = sold(shop, other, cart=mine.cart, held="H1").order
    assert (made.number, made.till) == ("S1", "Till 2")
    assert shop.orders.held(till) == []
    assert code_of(lambda: sold(shop, till, cart=mine.cart, held="H1")) == "held_unknown"
    again = shop.orders.hold(till, Hold(cart=mine.cart))
    assert again.reference == "H2"
    shop.orders.drop(till, "H2", "left")
    assert shop.orders.held(till) == []


def test_a_discount_and_a_changed_price_are_what_they_are_at_the_completion(shop: Shop, till: Actor) -> None:
    item = goods(shop, till, 10_000)
    [line] = a_cart(shop, till, item.sku).lines
    cart = Cart((replace(line, unit_minor=9000),), Discount(percent=100_000))
    made = sold(shop, till, cart=cart).order
    assert (made.total_minor, made.discount_minor) == (8100, 900)
    assert shop.items.get(till, item.id).price_minor == 10_000


@pytest.mark.parametrize(
    ("discount", "is_allowed"),
    [
        (Discount(percent=100_000), True),
        (Discount(percent=100_001), False),
        (Discount(minor=199), True),
        (Discount(minor=200), False),
    ],
)
def test_whoever_may_take_off_a_tenth_may_though_it_is_rounded_up(
    shop: Shop, till: Actor, discount: Discount, is_allowed: bool
) -> None:
    clerk = replace(till, permissions=frozenset(Permission) - {Permission.DISCOUNT_OVER_LIMIT})
    item = goods(shop, till, 1995)
    carts = (
        replace(a_cart(shop, till, item.sku), discount=discount),
        Cart((replace(a_cart(shop, till, item.sku).lines[0], discount=discount),)),
    )
    for cart in carts:
        if is_allowed:
            assert sold(shop, clerk, cart=cart).order.discount_minor in (199, 200)
        else:
            assert code_of(partial(sold, shop, clerk, cart=cart)) == "not_allowed"


def test_a_discount_of_a_line_and_one_of_the_whole_count_together(shop: Shop, till: Actor) -> None:
    clerk = replace(till, permissions=frozenset(Permission) - {Permission.DISCOUNT_OVER_LIMIT})
    item = goods(shop, till, 1995)
    [line] = a_cart(shop, till, item.sku).lines
    for percent, is_allowed in ((50_000, True), (52_000, False), (100_000, False)):
        half = Discount(percent=percent)
        cart = Cart((replace(line, discount=half), line), half)
        if is_allowed:
            assert sold(shop, clerk, cart=cart).order.discount_minor == 100 + 95 + 100
        else:
            assert code_of(partial(sold, shop, clerk, cart=cart)) == "not_allowed"


def test_a_deposit_beside_it_lets_nobody_take_more_off(shop: Shop, till: Actor) -> None:
    clerk = replace(till, permissions=frozenset(Permission) - {Permission.DISCOUNT_OVER_LIMIT})
    ticket, item = a_ticket(shop, till, a_device(price_minor=8900)), goods(shop, till, 1000)
    lines = (*a_cart(shop, till, item.sku).lines, deposit_line(ticket.number, 8900))
    whose = {"customer_id": ticket.customer_id}
    for minor, is_allowed in ((101, False), (100, True)):
        cart = Cart(lines, Discount(minor=minor))
        if is_allowed:
            assert sold(shop, clerk, cart=cart, **whose).order.discount_minor == minor
        else:
            assert code_of(partial(sold, shop, clerk, cart=cart, **whose)) == "not_allowed"


def test_lines_of_an_estimate_that_say_the_same_are_sold_beside_each_other(shop: Shop, till: Actor) -> None:
    ticket = a_ticket(shop, till, a_device())
    said = ("Glue", "Glue", "x" * 200, "x" * 200)
    lines = tuple(LineAsked(text=text, unit_minor=500) for text in said)
    shop.estimates.ask(till, AskEstimate(number=ticket.number, lines=lines))
    approved(shop, till, ticket.number)
    made = sold(shop, till, ticket.number, customer_id=ticket.customer_id).order
    assert made.total_minor == 2000
    assert [line.text.split(": ")[1][:8] for line in made.lines[:2]] == ["Glue", "Glue (2)"]
    assert len({line.text for line in made.lines}) == 4


def test_a_ticket_that_is_settled_names_the_last_of_its_sales(shop: Shop, till: Actor) -> None:
    item = goods(shop, till)
    ticket = a_ticket(shop, till, a_device(price_minor=100), a_device(price_minor=200))
    whose = {"customer_id": ticket.customer_id}
    for _ in range(8):
        sold(shop, till, item.sku)
    for line in a_cart(shop, till, ticket.number).lines:
        sold(shop, till, cart=Cart((line,)), **whose)
    error = refused(lambda: shop.orders.scanned(till, ticket.number))
    assert error.sentence == f"{ticket.number} was settled with S10."


def test_taxes_in_parts_are_stored_part_by_part(shop: Shop, till: Actor) -> None:
    parts = (TaxPart("CGST", 90_000), TaxPart("SGST", 90_000))
    tax = shop.taxes.set(till, SetTax(name="GST", rate=180_000, parts=parts))
    item = goods(shop, till, 1180, tax_id=tax.id)
    made = sold(shop, till, item.sku).order
    assert [(row.part.name, row.net_minor, row.tax_minor) for row in made.taxes] == [
        ("CGST", 1000, 90),
        ("SGST", 1000, 90),
    ]


def test_the_text_of_a_free_line_and_its_price_are_read(shop: Shop, till: Actor) -> None:
    [line] = a_cart(shop, till, "12.50 strap").lines
    assert (line.kind, line.text, line.unit_minor) == (LineKind.TEXT, "strap", 1250)
    assert sold(shop, till, "12.50 strap").order.total_minor == 1250
    assert code_of(lambda: a_cart(shop, till, "nothing like it")) == "item_unknown"


@pytest.mark.parametrize(("typed", "is_price"), [("12,50", True), ("50", True), ("4006381333931", False)])
def test_a_price_without_words_is_told_to_need_some(
    shop: Shop, till: Actor, typed: str, is_price: bool
) -> None:
    with pytest.raises(DomainError) as refused:
        shop.orders.scanned(till, typed)
    assert refused.value.code == "item_unknown"
    assert (f"say what it is for: {typed} strap" in str(refused.value)) is is_price


def test_what_a_scan_means(shop: Shop, till: Actor) -> None:
    customer, item = a_customer(shop, till), goods(shop, till, barcodes=("4006381333931",))
    order = a_sale(shop, till)
    scanned = shop.orders.scanned
    assert scanned(till, "4006381333931").lines[0].item_id == item.id
    assert scanned(till, str(customer.pl_id)).customer_id == customer.id
    assert scanned(till, customer.phones[0].number.key).customer_id == customer.id
    assert scanned(till, order.number).order == scanned(till, "P1").order == order.number
    assert {one.sku for one in scanned(till, "silicone").choices} >= {item.sku}


def test_a_ticket_of_somebody_else_is_not_sold_to_this_customer(shop: Shop, till: Actor) -> None:
    ticket, other = a_ticket(shop, till, a_device(price_minor=100)), a_customer(shop, till)
    cart = a_cart(shop, till, ticket.number)
    assert code_of(lambda: sold(shop, till, cart=cart, customer_id=other.id)) == "customer_differs"
    assert sold(shop, till, cart=cart).order.customer_id == ticket.customer_id


def test_cash_is_rounded_on_a_line_of_its_own(shop: Shop, till: Actor) -> None:
    from posapp.services.shop.businesses import EditBusiness

    shop.businesses.edit(till, EditBusiness(cash_rounding_minor=5))
    item = goods(shop, till, 1003)
    made = sold(shop, till, item.sku, tenders=(cash(2000),)).order
    assert (made.total_minor, made.rounding_minor, made.change_minor, made.owed_minor) == (1003, 2, 995, 0)
    assert sold(shop, till, item.sku, tenders=(card(1003),)).order.rounding_minor == 0
    assert shop.shifts.x(till).drawer.expected_minor == 10_000 + 1005


def test_a_customer_buys_on_terms_of_their_own(shop: Shop, till: Actor) -> None:
    """A price level, no tax for a reason with its number, a limit on account."""
    level = shop.price_levels.save(till, SavePriceLevel(name="Trade", percent_off=100_000))
    customer, item = a_customer(shop, till), goods(shop, till, 1230, commodity_code="8517")
    terms = Terms(level.id, "Reseller", "IE123", 5000)
    shop.customers.edit(till, EditCustomer(customer_id=customer.id, terms=terms))
    counter = shop.orders.counter(till, customer.id)
    assert (counter.price_level, counter.exempt, counter.account_left_minor) == (
        "Trade",
        "Reseller, IE123",
        5000,
    )
    made = sold(shop, till, item.sku, customer_id=customer.id).order
    assert (made.total_minor, made.tax_minor, made.exempt) == (900, 0, "Reseller, IE123")
    assert (made.lines[0].unit_minor, made.lines[0].commodity_code) == (1107, "8517")
    cart = a_cart(shop, till, item.sku, customer_id=customer.id)
    assert code_of(lambda: sold(shop, till, cart=cart)) == "line_changed"


@pytest.mark.parametrize("is_together", [True, False], ids=["in one sale", "in two"])
def test_each_device_of_a_ticket_bears_the_cost_of_its_own_parts(
    shop: Shop, till: Actor, is_together: bool
) -> None:
    part = goods(shop, till, 2000, kind=ItemKind.PART, entered_cost_minor=700)
    ticket = a_ticket(shop, till, a_device(price_minor=5000), a_device(price_minor=4000))
    for position, pieces in ((1, 1), (2, 2)):
        shop.parts.use_now(till, ticket.number, part.id, position=position, quantity=pieces)
    cart = a_cart(shop, till, ticket.number)
    carts = [cart] if is_together else [replace(cart, lines=(line,)) for line in cart.lines]
    lines = [line for one in carts for line in sold(shop, till, cart=one).order.lines]
    assert [line.cost_minor for line in lines] == [700, 1400]


def test_what_was_rung_up_before_a_tax_changed_is_priced_anew(shop: Shop, till: Actor) -> None:
    ticket = a_ticket(shop, till, a_device(price_minor=5000))
    item = goods(shop, till, 2000)
    cart = a_cart(shop, till, item.sku, "3.50 strap", ticket.number)
    shop.taxes.set(till, SetTax(name="VAT", rate=210_000))
    assert code_of(lambda: sold(shop, till, cart=cart)) == "line_changed"
    anew = shop.orders.priced_anew(till, cart)
    assert {line.tax.parts[0].rate for line in anew.lines} == {210_000}
    assert [line.unit_minor for line in anew.lines] == [line.unit_minor for line in cart.lines]
    assert sold(shop, till, cart=anew).order.total_minor == 7350
