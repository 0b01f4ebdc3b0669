"""Exchanges: what comes back pays what goes out, in one step; two records whose money always adds up."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter
from posapp.domain.selling.carts import Cart
from posapp.domain.selling.payments import REFUNDED_TO, Tender, Tendered
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Exchange, Refund, RefundLine, Sell
from posapp.services.shop.businesses import EditBusiness
from posapp.storage.base.counters import Counters
from posapp.storage.customers.customers import Customers
from posapp.storage.selling.gift_cards import GiftCards
from tests.factories import a_customer
from tests.sales import a_cart, by_card, card, cash, goods, sold

RULES = ("counters", "records", "orders", "payments", "ledger", "day_totals", "refunds", "shifts", "stock")


def refusal(call: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as error:
        call()
    return error.value


@pytest.fixture
def till(shop: Shop, actor: Actor) -> Actor:
    shop.shifts.open(actor, 10_000)
    return actor


def faults(shop: Shop) -> list[tuple[str, tuple[str, ...]]]:
    """What `verify` finds wrong with money and stock."""
    return [(one.rule, one.examples) for one in verify(shop.store) if one.rule in RULES and not one.is_kept]


def drawer(shop: Shop, till: Actor) -> int:
    return shop.shifts.x(till).drawer.expected_minor


def exchange(shop: Shop, till: Actor, number: str, *skus: str, **values: Any) -> Exchange:
    """The first line of a sale for what is scanned."""
    to, tenders = values.pop("to", Tender.CASH), values.pop("tenders", ())
    back = values.pop("back", RefundLine(position=1))
    owner = shop.orders.get(till, number).customer_id
    sale = Sell(cart=a_cart(shop, till, *skus, customer_id=owner), tenders=tenders, **values)
    return Exchange(refund=Refund(number=number, lines=(back,), to=to, reason="too small"), sale=sale)


def test_what_an_exchange_leaves_goes_only_where_a_refund_goes(shop: Shop, till: Actor) -> None:
    case = goods(shop, till, 1000)
    gift = sold(shop, till, cart=Cart((shop.gift_cards.line(till, 5000),)), tenders=(cash(5000),)).order
    command = exchange(shop, till, gift.number, case.sku, to=Tender.GIFT_CARD)
    assert refusal(lambda: shop.exchanges.plan(till, command)).code == "giftcard_for_card"
    assert refusal(lambda: shop.exchanges.exchange(till, command)).code == "giftcard_for_card"
    large = sold(shop, till, goods(shop, till, 5000).sku).order
    for to in set(Tender) - set(REFUNDED_TO):
        command = exchange(shop, till, large.number, case.sku, to=to)
        assert refusal(partial(shop.exchanges.exchange, till, command)).code == "tender_invalid"
    assert not faults(shop)


def test_a_walk_in_pays_the_difference(shop: Shop, till: Actor) -> None:
    small, large = goods(shop, till, 1000, opening=1), goods(shop, till, 1500, opening=1)
    first = sold(shop, till, small.sku, tenders=(card(1000),)).order
    before = drawer(shop, till)
    command = exchange(shop, till, first.number, large.sku, tenders=(card(500, "4711"),))
    plan = shop.exchanges.plan(till, command)
    assert (plan.refund.total_minor, plan.paid_minor, plan.left_minor) == (1000, 1000, 500)
    made = shop.exchanges.exchange(till, command)
    back, sale = made.back.order, made.sold.order
    assert (back.number, back.refund_of, back.total_minor) == ("S2", "S1", -1000)
    assert (sale.number, sale.total_minor, sale.owed_minor) == ("S3", 1500, 0)
    assert {one.tender: one.amount_minor for one in sale.payments} == {Tender.CASH: 1000, Tender.CARD: 500}
    assert drawer(shop, till) == before
    stock = [shop.items.get(till, one.id).stock for one in (small, large)]
    assert stock == [1, 0]
    assert faults(shop) == []


def test_the_same_goods_are_exchanged_though_none_is_left(shop: Shop, till: Actor) -> None:
    item = goods(shop, till, 1000, opening=1)
    first = sold(shop, till, item.sku).order
    made = shop.exchanges.exchange(till, exchange(shop, till, first.number, item.sku))
    assert made.sold.order.owed_minor == 0
    assert shop.items.get(till, item.id).stock == 0
    assert faults(shop) == []


def test_what_is_left_goes_back_where_it_is_asked_for(shop: Shop, till: Actor) -> None:
    dear, cheap = goods(shop, till, 2500), goods(shop, till, 1000)
    first = sold(shop, till, dear.sku, tenders=(card(2500),)).order
    before = drawer(shop, till)
    made = shop.exchanges.exchange(till, exchange(shop, till, first.number, cheap.sku, to=Tender.CARD))
    assert {one.tender: one.amount_minor for one in made.back.order.payments} == {
        Tender.CASH: -1000,
        Tender.CARD: -1500,
    }
    assert drawer(shop, till) == before
    assert faults(shop) == []


def test_of_a_customer_it_goes_through_credit(shop: Shop, till: Actor) -> None:
    customer = a_customer(shop, till)
    one, other = goods(shop, till, 2500), goods(shop, till, 1000)
    first = sold(shop, till, one.sku, customer_id=customer.id, tenders=(card(2500),)).order
    made = shop.exchanges.exchange(till, exchange(shop, till, first.number, other.sku))
    assert {one.tender: one.amount_minor for one in made.back.order.payments} == {
        Tender.CREDIT: -1000,
        Tender.CASH: -1500,
    }
    assert [(one.tender, one.amount_minor) for one in made.sold.order.payments] == [(Tender.CREDIT, 1000)]
    assert made.sold.order.customer_id == customer.id
    standing = shop.orders.counter(till, customer.id).standing
    assert standing is not None and standing.all_credit_minor == 0
    assert faults(shop) == []


def test_nothing_is_written_where_a_part_is_refused(shop: Shop, till: Actor) -> None:
    small, large = goods(shop, till, 1000), goods(shop, till, 1500)
    first = sold(shop, till, small.sku).order
    error = refusal(lambda: shop.exchanges.exchange(till, exchange(shop, till, first.number, large.sku)))
    assert error.code == "not_paid"
    stranger = a_customer(shop, till)
    owned = sold(shop, till, small.sku, customer_id=a_customer(shop, till).id).order
    command = exchange(shop, till, owned.number, large.sku, customer_id=stranger.id, tenders=(cash(500),))
    assert refusal(lambda: shop.exchanges.exchange(till, command)).code == "customer_differs"
    none = exchange(shop, till, first.number, tenders=())
    assert refusal(lambda: shop.exchanges.exchange(till, none)).code == "cart_empty"
    assert [one.number for one in shop.orders.latest(till, 9)] == ["S2", "S1"]
    assert faults(shop) == []


@pytest.mark.parametrize(
    ("to", "code"),
    [
        (Tender.CREDIT, "customer_missing"),
        (Tender.QR, "tender_invalid"),
        (Tender.ACCOUNT, "tender_invalid"),
        (Tender.GIFT_CARD, "giftcard_for_card"),
    ],
)
def test_what_is_left_goes_nowhere_that_takes_none(shop: Shop, till: Actor, to: Tender, code: str) -> None:
    cart = a_cart(shop, till).with_line(shop.gift_cards.line(till, 1000))
    first, cheap = sold(shop, till, cart=cart).order, goods(shop, till, 400)
    command = exchange(shop, till, first.number, cheap.sku, to=to)
    assert refusal(lambda: shop.exchanges.exchange(till, command)).code == code
    assert shop.exchanges.exchange(till, exchange(shop, till, first.number, cheap.sku)).sold.order.number
    assert faults(shop) == []


def test_what_a_gift_card_paid_goes_back_to_it_and_pays_nothing_else(shop: Shop, till: Actor) -> None:
    sale = sold(shop, till, cart=a_cart(shop, till).with_line(shop.gift_cards.line(till, 1000)))
    [(_, code)] = sale.codes
    item, other = goods(shop, till, 1000), goods(shop, till, 700)
    first = sold(shop, till, item.sku, tenders=(by_card(code, 1000),)).order
    command = exchange(shop, till, first.number, other.sku, tenders=(cash(700),))
    assert shop.exchanges.plan(till, command).left_minor == 700
    shop.exchanges.exchange(till, command)
    assert shop.gift_cards.balance(till, code).balance_minor == 1000
    assert faults(shop) == []


def test_whose_and_which_cards_it_is_is_held_before_a_number_is_drawn(
    shop: Shop, till: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A till that draws a number keeps all others waiting: nothing may keep it waiting then."""
    held: set[tuple[type, int]] = set()
    late: list[tuple[type, int]] = []
    drawn: list[Letter] = []

    def note(kind: type, keys: Iterable[int]) -> None:
        for key in keys:
            late.extend([(kind, key)] if drawn and (kind, key) not in held else [])
            held.add((kind, key))

    hold, hold_cards, draw = Customers.hold, GiftCards.hold, Counters.next

    def hold_customer(self: Customers, key: int) -> None:
        note(Customers, [key])
        hold(self, key)

    def hold_those(self: GiftCards, keys: Iterable[int]) -> None:
        note(GiftCards, keys)
        hold_cards(self, keys)

    def draw_next(self: Counters, letter: Letter) -> int:
        drawn.append(letter)
        return draw(self, letter)

    monkeypatch.setattr(Customers, "hold", hold_customer)
    monkeypatch.setattr(GiftCards, "hold", hold_those)
    monkeypatch.setattr(Counters, "next", draw_next)
    whole = a_cart(shop, till).with_line(shop.gift_cards.line(till, 500))
    [(_, code)] = sold(shop, till, cart=whole).codes
    buyer, small, large = a_customer(shop, till), goods(shop, till, 1000), goods(shop, till, 1500)
    first = sold(shop, till, small.sku).order
    drawn.clear()
    held.clear()
    late.clear()
    command = exchange(
        shop, till, first.number, large.sku, customer_id=buyer.id, tenders=(by_card(code, 500),)
    )
    made = shop.exchanges.exchange(till, command)
    assert (made.sold.order.customer_id, len(held), late) == (buyer.id, 2, [])
    assert faults(shop) == []


@example(old=1, new=1, by=Tender.CASH, to=Tender.CASH, is_customer=False, step=5)
@given(
    old=st.integers(1, 4000),
    new=st.integers(1, 4000),
    by=st.sampled_from([Tender.CASH, Tender.CARD]),
    to=st.sampled_from([Tender.CASH, Tender.CARD]),
    is_customer=st.booleans(),
    step=st.sampled_from([0, 5]),
)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_money_of_both_always_adds_up(
    shop: Shop, actor: Actor, old: int, new: int, by: Tender, to: Tender, is_customer: bool, step: int
) -> None:
    if shop.orders.counter(actor).shift is None:
        shop.shifts.open(actor, 10_000)
    shop.businesses.edit(actor, EditBusiness(cash_rounding_minor=step))
    whose: dict[str, Any] = {"customer_id": a_customer(shop, actor).id} if is_customer else {}
    one, other = goods(shop, actor, old), goods(shop, actor, new)
    first = sold(
        shop, actor, one.sku, tenders=(Tendered(by, old + (5 if by is Tender.CASH else 0)),), **whose
    )
    command = exchange(shop, actor, first.order.number, other.sku, to=to)
    plan, before = shop.exchanges.plan(actor, command), drawer(shop, actor)
    tenders = (cash(plan.left_minor + 5),) if plan.left_minor else ()
    again = exchange(shop, actor, first.order.number, other.sku, to=to, tenders=tenders)
    made = shop.exchanges.exchange(actor, again)
    back, sale = made.back.order, made.sold.order
    assert (back.total_minor, sale.total_minor, sale.owed_minor) == (-old, new, 0)
    paid = [one for order in (back, sale) for one in order.payments]
    assert sum(one.settled_minor for one in paid) == new - old
    in_cash = sum(one.amount_minor for one in paid if one.tender is Tender.CASH)
    assert drawer(shop, actor) == before + in_cash
    credit = shop.orders.counter(actor, sale.customer_id).standing
    assert credit is None or credit.all_credit_minor == 0
