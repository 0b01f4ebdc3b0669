"""No card and no credit becomes cash by way of a deposit."""

import random

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.tickets import Ticket
from posapp.domain.selling.carts import Cart, deposit_line
from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Refund
from tests.repairs import a_device, a_ticket
from tests.sales import card, cash, goods, sold


@pytest.fixture
def till(shop: Shop, actor: Actor) -> Actor:
    shop.shifts.open(actor, 500_000)
    return actor


def a_gift_card(shop: Shop, actor: Actor, minor: int) -> Tendered:
    """A card that was just sold for cash, on the table."""
    [(_, code)] = sold(shop, actor, cart=Cart((shop.gift_cards.line(actor, minor),))).codes
    return Tendered(Tender.GIFT_CARD, minor, code=code)


def some_credit(shop: Shop, actor: Actor, customer_id: int, minor: int) -> Tendered:
    """Credit that the customer has of a refund, on the table."""
    whose = {"customer_id": customer_id}
    made = sold(shop, actor, goods(shop, actor, minor).sku, tenders=(card(minor),), **whose).order
    shop.refunds.refund(actor, Refund(number=made.number, to=Tender.CREDIT, reason="goodwill"))
    return Tendered(Tender.CREDIT, minor)


def deposit(shop: Shop, actor: Actor, ticket: Ticket, minor: int, *tenders: Tendered) -> str:
    cart = Cart((deposit_line(ticket.number, minor),))
    return sold(shop, actor, cart=cart, customer_id=ticket.customer_id, tenders=tenders).order.number


def refund(shop: Shop, actor: Actor, number: str, to: Tender = Tender.CASH) -> dict[Tender, int]:
    """What a refund gives back, and by what."""
    made = shop.refunds.refund(actor, Refund(number=number, to=to, reason="came back")).order
    return {one.tender: -one.amount_minor for one in made.payments}


def test_a_card_that_paid_a_deposit_is_not_given_back_in_cash(shop: Shop, till: Actor) -> None:
    ticket = a_ticket(shop, till, a_device(price_minor=8000))
    deposit(shop, till, ticket, 5000, a_gift_card(shop, till, 5000))
    sale = sold(shop, till, ticket.number, tenders=(card(3000),)).order.number
    clerk = Actor(till.business, till.till, "Ann", frozenset(Permission) - {Permission.REFUND_IN_CASH})
    with pytest.raises(DomainError) as refused:
        shop.refunds.refund(clerk, Refund(number=sale, in_cash=True, reason="came back"))
    facts = refused.value.facts
    assert (facts["permission"], facts["amount_minor"]) == (Permission.REFUND_IN_CASH, 5000)
    assert shop.refunds.plan(clerk, Refund(number=sale, in_cash=True)).back[0].amount_minor == 8000
    assert refund(shop, clerk, sale) == {Tender.CASH: 3000, Tender.GIFT_CARD: 5000}
    assert [one for one in verify(shop.store) if not one.is_kept] == []


def test_credit_that_paid_a_deposit_is_credit_again(shop: Shop, till: Actor) -> None:
    ticket = a_ticket(shop, till, a_device(price_minor=5000))
    credit = some_credit(shop, till, ticket.customer_id, 2000)
    deposit(shop, till, ticket, 5000, credit, cash(3000))
    sale = sold(shop, till, ticket.number, tenders=()).order.number
    assert refund(shop, till, sale, Tender.CARD) == {Tender.CARD: 3000, Tender.CREDIT: 2000}


def test_what_a_refund_in_parts_gave_back_in_money_is_not_given_again(shop: Shop, till: Actor) -> None:
    ticket = a_ticket(shop, till, a_device(price_minor=5000))
    deposit(shop, till, ticket, 5000, a_gift_card(shop, till, 2000), cash(3000))
    sale = sold(shop, till, ticket.number, tenders=()).order.number
    shop.refunds.refund(till, Refund(number=sale, amount_minor=2500, reason="goodwill"))
    assert refund(shop, till, sale) == {Tender.CASH: 500, Tender.GIFT_CARD: 2000}


def test_a_deposit_in_money_goes_back_in_money(shop: Shop, till: Actor) -> None:
    ticket = a_ticket(shop, till, a_device(price_minor=3000), a_device(price_minor=4000))
    deposit(shop, till, ticket, 3000, cash(3000))
    first = _sale_of(shop, till, ticket, 1)
    deposit(shop, till, ticket, 4000, a_gift_card(shop, till, 4000))
    second = _sale_of(shop, till, ticket, 2)
    assert refund(shop, till, first) == {Tender.CASH: 3000}
    assert refund(shop, till, second) == {Tender.GIFT_CARD: 4000}


@pytest.mark.parametrize("story", [2, 11, 42])
def test_whatever_comes_first_no_more_money_goes_out_than_came_in(
    shop: Shop, till: Actor, story: int
) -> None:
    chosen = random.Random(story)
    ticket = a_ticket(shop, till, a_device(price_minor=3000), a_device(price_minor=4000))
    steps = ["deposit", "deposit", "sale", "deposit", "sale", "back", "back", "back", "back", "back"]
    chosen.shuffle(steps)
    money, out, sales, left = 0, 0, list[str](), [1, 2]
    for step in [*steps, *["back"] * 5]:
        if step == "deposit":
            tenders = _some_tenders(shop, till, ticket, chosen)
            money += sum(one.amount_minor for one in tenders if one.tender.is_money)
            minor = sum(one.amount_minor for one in tenders)
            sales.append(deposit(shop, till, ticket, minor, *tenders))
        elif step == "sale" and left:
            made = _paid(shop, till, ticket, left.pop())
            money += sum(one.amount_minor for one in made.payments if one.tender.is_money)
            sales.append(made.number)
        elif sales:
            part = chosen.choice([None, None, 700])
            out += _back(shop, till, chosen.choice(sales), part)
    assert out <= money
    assert [one for one in verify(shop.store) if not one.is_kept] == []


def _back(shop: Shop, actor: Actor, number: str, minor: int | None) -> int:
    """The cash that a refund gives out; nothing where it is refused."""
    try:
        made = shop.refunds.refund(actor, Refund(number=number, amount_minor=minor, reason="came back")).order
    except DomainError:
        return 0
    return -sum(one.amount_minor for one in made.payments if one.tender is Tender.CASH)


def _some_tenders(shop: Shop, actor: Actor, ticket: Ticket, chosen: random.Random) -> tuple[Tendered, ...]:
    whole = chosen.choice([1000, 2000, 3000])
    ways = {
        "cash": lambda: (cash(whole),),
        "card": lambda: (card(whole),),
        "gift": lambda: (a_gift_card(shop, actor, whole),),
        "credit": lambda: (some_credit(shop, actor, ticket.customer_id, whole),),
        "both": lambda: (a_gift_card(shop, actor, 400), cash(whole - 400)),
    }
    return ways[chosen.choice(sorted(ways))]()


def _paid(shop: Shop, actor: Actor, ticket: Ticket, position: int) -> Order:
    """The sale of one device, what the deposits leave of it paid by card."""
    lines = tuple(line for line in shop.counter.owing(actor, ticket.number, (position,)).lines)
    cart, counter = Cart(lines), shop.orders.counter(actor, ticket.customer_id)
    held = sum(one.amount_minor for one in shop.ledger.standing(actor, ticket.customer_id).deposits)
    rest = max(cart.sums(counter.rules).total_minor - held, 0)
    tenders = (card(rest),) if rest else ()
    return sold(shop, actor, cart=cart, customer_id=ticket.customer_id, tenders=tenders).order


def _sale_of(shop: Shop, actor: Actor, ticket: Ticket, position: int) -> str:
    return _paid(shop, actor, ticket, position).number
