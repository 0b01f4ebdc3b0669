"""Gift cards: sold, topped up, paid with, given back, ended; never more on them than was loaded."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError, PosappError
from posapp.domain.selling.carts import Cart, cart_text
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Pay, Refund, RefundLine
from tests.factories import NOW, a_customer
from tests.sales import a_cart, card, cash, goods, sold

RULES = (
    *("gift_cards", "gift_card_numbers", "counters", "records", "orders", "payments", "ledger", "day_totals"),
    *("refunds", "shifts"),
)
PRINTED = "6035 7100 1234 5678"


def refusal(call: Callable[[], object]) -> DomainError:
    with pytest.raises(DomainError) as error:
        call()
    return error.value


@pytest.fixture
def till(shop: Shop, actor: Actor) -> Actor:
    shop.shifts.open(actor, 50_000)
    return actor


def a_card(shop: Shop, actor: Actor, minor: int = 5000, **values: Any) -> str:
    """A card that was just sold; its code."""
    [(_, code)] = sold(shop, actor, cart=Cart((shop.gift_cards.line(actor, minor),)), **values).codes
    return code


def by_card(code: str, minor: int) -> Tendered:
    return Tendered(Tender.GIFT_CARD, minor, code=code)


def on(shop: Shop, actor: Actor, code: str) -> int:
    return shop.gift_cards.balance(actor, code).balance_minor


def faults(shop: Shop) -> list[tuple[str, tuple[str, ...]]]:
    """What `verify` finds wrong with gift cards."""
    own = [one for one in verify(shop.store) if one.rule in RULES]
    assert len(own) == len(RULES)
    return [(one.rule, one.examples) for one in own if not one.is_kept]


def test_a_card_is_sold_without_tax_or_revenue_and_pays_later(shop: Shop, till: Actor) -> None:
    made = sold(shop, till, cart=Cart((shop.gift_cards.line(till, 5000),)))
    [line], [(place, code)] = made.order.lines, made.codes
    assert (line.number, line.amounts.gross_minor, line.amounts.tax_minor, place) == ("G1", 5000, (), 1)
    found = shop.gift_cards.balance(till, code)
    assert (found.number, found.balance_minor, found.expires_on) == ("G1", 5000, None)
    assert shop.gift_cards.balance(till, "g1") == found
    assert code not in repr(made) and code[-4:] == found.last_four
    item = goods(shop, till, 3000)
    assert shop.orders.scanned(till, code.lower()).gift_card == found
    order = sold(shop, till, item.sku, tenders=(by_card(code, 3000),)).order
    assert [(one.tender, one.amount_minor, one.reference) for one in order.payments] == [
        (Tender.GIFT_CARD, 3000, "G1")
    ]
    assert on(shop, till, code) == 2000
    assert shop.gift_cards.outstanding(till) == 2000
    assert faults(shop) == []


def test_a_code_is_kept_nowhere(shop: Shop, till: Actor) -> None:
    line = shop.gift_cards.line(till, 5000)
    code = a_card(shop, till)
    item = goods(shop, till, 1000)
    sold(shop, till, item.sku, tenders=(by_card(code, 1000),))
    assert code not in cart_text(Cart((line, shop.gift_cards.line(till, 100, code))))
    with shop.store.database.connection(writes=False) as connection:
        for table in ("gift_card", "gift_move", "journal", "journal_personal", "payment", "order_line"):
            rows = connection.execute(text(f"SELECT * FROM {table}"))
            assert not any(code in str(value) for row in rows for value in row)


def test_a_card_printed_elsewhere_has_the_code_that_stands_on_it(shop: Shop, till: Actor) -> None:
    cart = Cart((shop.gift_cards.line(till, 2000),))
    made = sold(shop, till, cart=cart, codes=((1, PRINTED),))
    assert made.codes == ((1, PRINTED.replace(" ", "")),)
    assert on(shop, till, PRINTED) == 2000
    again = refusal(lambda: sold(shop, till, cart=cart, codes=((1, PRINTED),)))
    assert again.code == "giftcard_exists"
    assert refusal(lambda: sold(shop, till, cart=cart, codes=((1, "12345"),))).code == "code_invalid"
    assert [one.number for one in shop.gift_cards.latest(till, 9)] == ["G1"]


def test_a_card_is_topped_up(shop: Shop, till: Actor) -> None:
    code = a_card(shop, till)
    made = sold(shop, till, cart=Cart((shop.gift_cards.line(till, 1500, code),)))
    assert (made.codes, on(shop, till, code), made.order.lines[0].number) == ((), 6500, "G1")


def test_what_is_no_card_or_holds_too_little_pays_nothing(shop: Shop, till: Actor) -> None:
    code, item = a_card(shop, till), goods(shop, till, 6000)

    def pay(*tenders: Tendered) -> str:
        return refusal(lambda: sold(shop, till, item.sku, tenders=tenders)).code

    assert pay(by_card(code, 6000)) == "giftcard_short"
    assert pay(by_card(code, 3000), by_card(code, 3000)) == "giftcard_short"
    assert pay(by_card("G1", 6000)) == "code_invalid"
    assert pay(by_card("", 6000)) == "code_invalid"
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    error = refusal(lambda: sold(shop, till, item.sku, tenders=(by_card(wrong, 6000),)))
    assert error.code == "giftcard_unknown" and "A sign of it is wrong" in error.sentence
    assert refusal(lambda: shop.gift_cards.balance(till, "G9")).code == "giftcard_unknown"
    sold(shop, till, goods(shop, till, 4000).sku, tenders=(by_card(code, 4000),))
    error = refusal(lambda: sold(shop, till, item.sku, tenders=(by_card(code, 6000),)))
    assert "used it at" in error.sentence


def test_cards_do_not_buy_cards(shop: Shop, till: Actor) -> None:
    code, item = a_card(shop, till), goods(shop, till, 1000)
    another = shop.gift_cards.line(till, 2000)
    cart = a_cart(shop, till, item.sku).with_line(another)
    error = refusal(lambda: sold(shop, till, cart=cart, tenders=(by_card(code, 3000),)))
    assert error.code == "giftcard_for_card"
    sold(shop, till, cart=cart, tenders=(by_card(code, 1000), cash(2000)))
    assert on(shop, till, code) == 4000
    customer = a_customer(shop, till)
    debt = sold(
        shop,
        till,
        cart=Cart((another,)),
        tenders=(Tendered(Tender.ACCOUNT, 2000),),
        customer_id=customer.id,
    ).order
    pay = Pay(tenders=(by_card(code, 2000),), number=debt.number)
    assert refusal(lambda: shop.orders.pay(till, pay)).code == "giftcard_for_card"


def test_a_debt_is_paid_with_a_card(shop: Shop, till: Actor) -> None:
    code, item, customer = a_card(shop, till), goods(shop, till, 3000), a_customer(shop, till)
    tenders = (Tendered(Tender.ACCOUNT, 3000),)
    sold(shop, till, item.sku, tenders=tenders, customer_id=customer.id)
    paid = shop.orders.pay(till, Pay(tenders=(by_card(code, 3000),), customer_id=customer.id))
    assert [one.reference for one in paid.payments] == ["G1"]
    assert on(shop, till, code) == 2000
    back = shop.refunds.refund(till, Refund(number="S2")).order
    assert [one.tender for one in back.payments] == [Tender.GIFT_CARD]
    assert on(shop, till, code) == 5000
    assert faults(shop) == []


def test_what_a_card_paid_goes_back_there_after_money_and_credit(shop: Shop, till: Actor) -> None:
    code, item = a_card(shop, till), goods(shop, till, 4000)
    order = sold(shop, till, item.sku, item.sku, tenders=(by_card(code, 5000), card(3000))).order
    part = shop.refunds.refund(till, Refund(number=order.number, lines=(RefundLine(position=1, quantity=1),)))
    assert sorted((one.tender.value, one.amount_minor) for one in part.order.payments) == [
        ("cash", -3000),
        ("giftcard", -1000),
    ]
    assert (on(shop, till, code), part.codes) == (1000, ())
    shop.refunds.refund(till, Refund(number=order.number))
    assert on(shop, till, code) == 5000
    assert faults(shop) == []


def test_money_goes_to_a_new_card_where_that_is_asked(shop: Shop, till: Actor) -> None:
    order = sold(shop, till, goods(shop, till, 4000).sku).order
    made = shop.refunds.refund(till, Refund(number=order.number, to=Tender.GIFT_CARD))
    [(place, code)] = made.codes
    assert (place, on(shop, till, code), made.order.payments[0].reference) == (0, 4000, "G1")
    assert faults(shop) == []


def test_a_sold_card_goes_back_up_to_what_is_on_it(shop: Shop, till: Actor) -> None:
    code, item = a_card(shop, till), goods(shop, till, 3000)
    sold(shop, till, item.sku, tenders=(by_card(code, 3000),))
    made = shop.refunds.refund(till, Refund(number="S1")).order
    assert (made.total_minor, on(shop, till, code)) == (-2000, 0)
    assert refusal(lambda: shop.refunds.refund(till, Refund(number="S1"))).code == "giftcard_used"
    shop.refunds.refund(till, Refund(number="S2"))
    shop.refunds.refund(till, Refund(number="S1"))
    assert on(shop, till, code) == 0
    assert refusal(lambda: shop.refunds.refund(till, Refund(number="S1"))).code == "refund_too_much"
    assert faults(shop) == []


def test_a_void_gives_back_what_a_card_paid_and_takes_back_what_it_sold(shop: Shop, till: Actor) -> None:
    code, item = a_card(shop, till), goods(shop, till, 3000)
    order = sold(shop, till, item.sku, tenders=(by_card(code, 3000),)).order
    shop.refunds.void(till, order.number, "Wrong till")
    assert on(shop, till, code) == 5000
    another = a_card(shop, till, 1000)
    shop.refunds.void(till, "S3", "Wrong amount")
    assert on(shop, till, another) == 0
    assert faults(shop) == []


def test_a_sale_of_a_card_that_was_used_is_not_void(shop: Shop, till: Actor) -> None:
    code, item = a_card(shop, till), goods(shop, till, 3000)
    other = Actor(till.business, "Till 2")
    shop.shifts.open(other, 0)
    sold(shop, other, item.sku, tenders=(by_card(code, 3000),))
    error = refusal(lambda: shop.refunds.void(till, "S1", "Wrong"))
    assert error.code == "giftcard_used" and "Till 2 used it at" in error.sentence


def a_year_later(shop: Shop) -> None:
    shop.store.clock = FixedClock(NOW + timedelta(days=400))


def test_a_card_ends_only_where_the_shop_says_so_and_somebody_acts(shop: Shop, till: Actor) -> None:
    assert shop.gift_cards.set_months(till, 12) == shop.gift_cards.months(till) == 12
    code, item = a_card(shop, till), goods(shop, till, 3000)
    order = sold(shop, till, item.sku, tenders=(by_card(code, 3000),)).order
    assert refusal(lambda: shop.gift_cards.expire(till, "G1")).code == "giftcard_good"
    a_year_later(shop)
    tenders = (by_card(code, 1000),)
    for refused in (
        lambda: sold(shop, till, goods(shop, till, 1000).sku, tenders=tenders),
        lambda: shop.orders.scanned(till, code),
        lambda: shop.gift_cards.line(till, 100, code),
    ):
        assert refusal(refused).code == "giftcard_expired"
    assert on(shop, till, code) == 2000
    made = shop.refunds.refund(till, Refund(number=order.number))
    [(_, fresh)] = made.codes
    assert (on(shop, till, code), on(shop, till, fresh)) == (2000, 3000)
    assert shop.gift_cards.expire(till, code).balance_minor == 0
    assert refusal(lambda: shop.gift_cards.expire(till, "G1")).code == "giftcard_empty"
    assert shop.gift_cards.outstanding(till) == 3000
    assert refusal(lambda: shop.gift_cards.set_months(till, -1)).code == "months_invalid"
    assert faults(shop) == []


STEP = st.tuples(
    st.sampled_from(["sell", "top up", "pay", "refund", "void"]), st.integers(0, 9), st.integers(1, 4000)
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEP, min_size=3, max_size=10))
def test_what_is_on_all_cards_is_what_was_loaded_less_what_was_used(
    sqlite_shop: Shop, actor: Actor, steps: list[tuple[str, int, int]]
) -> None:
    shop = sqlite_shop
    if shop.orders.counter(actor).shift is None:
        shop.shifts.open(actor, 5_000_000)
    cards: dict[str, int] = {}
    paid: list[tuple[str, str, int]] = []
    last = ""
    begun = shop.gift_cards.outstanding(actor)
    for what, pick, minor in steps:
        code = sorted(cards)[pick % len(cards)] if cards else ""
        if what == "sell":
            code = a_card(shop, actor, minor)
            cards[code] = minor
            last = ""
        elif what == "top up" and code:
            sold(shop, actor, cart=Cart((shop.gift_cards.line(actor, minor, code),)))
            cards[code] += minor
            last = ""
        elif what == "pay" and code:
            item = goods(shop, actor, minor)
            tenders = (by_card(code, minor),)
            if minor > cards[code]:
                error = refusal(lambda: sold(shop, actor, item.sku, tenders=tenders))  # noqa: B023
                assert error.code == "giftcard_short"
                continue
            last = sold(shop, actor, item.sku, tenders=tenders).order.number
            cards[code] -= minor
            paid.append((last, code, minor))
        elif what == "refund" and paid:
            number, code, minor = paid.pop(pick % len(paid))
            shop.refunds.refund(actor, Refund(number=number))
            cards[code] += minor
            last = ""
        elif what == "void" and last:
            shop.refunds.void(actor, last, "Wrong")
            number, code, minor = paid.pop()
            cards[code] += minor
            last = ""
    assert {code: on(shop, actor, code) for code in cards} == cards
    assert shop.gift_cards.outstanding(actor) == begun + sum(cards.values())


def test_the_database_lets_no_card_fall_below_zero_and_no_move_change(shop: Shop, till: Actor) -> None:
    a_card(shop, till)
    for statement in (
        "INSERT INTO gift_move (business_id, card_id, kind, amount_minor, business_day, created_at, "
        "created_by) VALUES (1, 1, 'expired', -9000, 20260101, 1, 'x')",
        "UPDATE gift_move SET amount_minor = 1",
        "DELETE FROM gift_move",
        "UPDATE gift_card SET last_four = 'ABCD'",
    ):
        with pytest.raises(PosappError), shop.store.database.connection(writes=True) as connection:
            connection.execute(text(statement))


def test_cards_are_listed_with_what_is_owed_for_all(shop: Shop, till: Actor) -> None:
    customer = a_customer(shop, till)
    a_card(shop, till)
    a_card(shop, till, 700, customer_id=customer.id)
    [one] = shop.gift_cards.latest(till, 1)
    assert (one.number, one.pl_id, one.balance_minor) == ("G2", str(customer.pl_id), 700)
    assert shop.gift_cards.outstanding(till) == 5700
