"""Several tills meet over the same money, on one file and on one server: it is spent once."""

from collections import Counter

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.numbers import number_text
from posapp.domain.selling.carts import Cart, deposit_line
from posapp.domain.selling.payments import Tender
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Hold, Refund
from posapp.services.selling.shifts import CloseShift
from tests.crash.money import (
    EXPECTED,
    any_money,
    complete_held,
    refund_it,
    settle_it,
    settle_less,
    spend_card,
    spend_credit,
    take_the_last,
)
from tests.crash.tills import run
from tests.factories import a_customer
from tests.repairs import a_device, a_ticket
from tests.sales import PRINTED_CARD, a_cart, a_sale, goods, sold

TILLS = 4


def broken(shop: Shop) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.rule, one.examples) for one in verify(shop.store) if not one.is_kept]


def one_won(told: list[list[str]], code: str) -> list[str]:
    """The sentences of those who lost; exactly one won."""
    won = [one for one in told if len(one) == 1]
    lost = [one for one in told if len(one) == 2]
    assert len(won) == 1, told
    assert {one[0] for one in lost} == {code}, told
    return [one[1] for one in lost]


@pytest.fixture
def till(shop: Shop, actor: Actor) -> Actor:
    """A till of its own, so that those that meet are free."""
    mine = Actor(actor.business, "Back office")
    shop.shifts.open(mine, 100_000)
    return mine


def test_one_gift_card_is_spent_once_and_the_others_hear_where(shop: Shop, till: Actor, place: str) -> None:
    item = goods(shop, till, 5000)
    cart = Cart((shop.gift_cards.line(till, 5000),))
    sold(shop, till, cart=cart, codes=((1, PRINTED_CARD),))
    shop.close()
    told = run(place, [(spend_card, item.sku, PRINTED_CARD, 5000)] * TILLS)
    assert all("used it at" in one for one in one_won(told, "giftcard_short"))
    shop = open_shop(place)
    assert shop.gift_cards.balance(till, "G1").balance_minor == 0
    assert broken(shop) == []
    shop.close()


def test_one_receipt_is_refunded_once(shop: Shop, till: Actor, place: str) -> None:
    number = a_sale(shop, till).number
    shop.close()
    one_won(run(place, [(refund_it, number)] * TILLS), "refund_too_much")
    shop = open_shop(place)
    assert shop.orders.get(till, number).left_minor == 0
    assert broken(shop) == []
    shop.close()


def test_one_ticket_is_paid_once_and_the_others_hear_with_which_sale(
    shop: Shop, till: Actor, place: str
) -> None:
    number = a_ticket(shop, till, a_device(price_minor=8900)).number
    shop.close()
    said = one_won(run(place, [(settle_it, number)] * TILLS), "settled_already")
    assert set(said) == {f"{number} was settled with S1."}
    shop = open_shop(place)
    assert broken(shop) == []
    shop.close()


def test_a_deposit_is_taken_off_or_given_back_and_never_both(shop: Shop, till: Actor, place: str) -> None:
    number = a_ticket(shop, till, a_device(price_minor=8900)).number
    sale = sold(shop, till, cart=Cart((deposit_line(number, 5000),))).order.number
    shop.close()
    told = run(place, [(settle_less, number, 3900), (refund_it, sale)] * 2)
    settled, given = [one[0] for one in told[::2]], [one[0] for one in told[1::2]]
    won = [one for one in (*settled, *given) if one.startswith("S")]
    assert len(won) == 1, told
    if won[0] in settled:
        assert sorted(settled)[1] == "settled_already"
        assert given == ["deposit_used"] * 2
    else:
        assert settled == ["not_paid"] * 2
        assert sorted(given)[1] == "refund_too_much"
    shop = open_shop(place)
    assert broken(shop) == []
    shop.close()


def test_one_credit_is_spent_once(shop: Shop, till: Actor, place: str) -> None:
    customer = a_customer(shop, till)
    item = goods(shop, till, 1250)
    sale = a_sale(shop, till, customer_id=customer.id)
    shop.refunds.refund(till, Refund(number=sale.number, to=Tender.CREDIT))
    shop.close()
    one_won(run(place, [(spend_credit, item.sku, customer.id, 1250)] * TILLS), "credit_short")
    shop = open_shop(place)
    assert broken(shop) == []
    shop.close()


def test_the_last_piece_and_a_held_sale_go_to_one_till(shop: Shop, till: Actor, place: str) -> None:
    last, item = goods(shop, till, 100, opening=1), goods(shop, till, 300)
    held = shop.orders.hold(till, Hold(cart=a_cart(shop, till, item.sku)))
    shop.close()
    one_won(run(place, [(take_the_last, last.sku)] * TILLS), "stock_short")
    shop = open_shop(place)
    for number in range(TILLS):
        one = Actor(till.business, f"Till {number}")
        if shop.orders.counter(one).shift is not None:
            shop.shifts.close(one, CloseShift(counted_minor=0))
    shop.close()
    one_won(run(place, [(complete_held, held.reference, item.sku)] * TILLS), "held_unknown")
    shop = open_shop(place)
    assert broken(shop) == []
    shop.close()


def test_tills_that_do_everything_with_money_at_once_leave_books_that_agree(
    shop: Shop, till: Actor, place: str
) -> None:
    skus = [goods(shop, till, price, opening=40).sku for price in (999, 1250, 5000)]
    who = [a_customer(shop, till).id for _ in range(2)]
    shop.close()
    counts = run(place, [(any_money, 4.0, seed, skus, who) for seed in range(TILLS)])
    together = sum((Counter(one) for one in counts), Counter[str]())
    odd = {code for code in together if "_" in code} - EXPECTED
    assert odd == set(), together
    shop = open_shop(place)
    assert broken(shop) == []
    numbers = [one.number for one in reversed(shop.orders.latest(till, 10_000))]
    assert numbers == [number_text("S", n) for n in range(1, len(numbers) + 1)]  # type: ignore[arg-type]
    shop.close()
