"""Two programs at one drawer at one moment: nothing slips in behind its Z, no number is lost or doubled."""

from collections.abc import Callable
from functools import partial
from typing import Any

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import PosappError
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from posapp.services.selling.shifts import CloseShift
from tests.books import check_books, check_verified
from tests.factories import NOW, TILL
from tests.sales import a_cart, sold
from tests.several_tills import at_once

ROUNDS = 12


def tills(place: str, acts: list[Any]) -> list[Any]:
    return at_once(place, acts, clock=FixedClock(NOW))


def _open(shop: Shop, actor: Actor) -> str:
    return _answer(partial(shop.shifts.open, Actor(actor.business, TILL), 10_000))


def _close(shop: Shop, actor: Actor) -> str:
    command = CloseShift(counted_minor=10_000)
    return _answer(partial(shop.shifts.close, Actor(actor.business, TILL), command))


def _pay_in(shop: Shop, actor: Actor) -> list[str]:
    own = Actor(actor.business, TILL)
    return [_answer(partial(shop.shifts.cash_in, own, 100, "Change")) for _ in range(ROUNDS)]


def _sell(shop: Shop, actor: Actor) -> list[str]:
    own, cart = Actor(actor.business, TILL), a_cart(shop, actor, "1 strap")
    return [_answer(partial(sold, shop, own, cart=cart)) for _ in range(ROUNDS)]


def _sell_elsewhere(shop: Shop, actor: Actor) -> list[str]:
    return [_answer(partial(sold, shop, actor, cart=a_cart(shop, actor, "1 strap"))) for _ in range(ROUNDS)]


def _shifts_in_turn(shop: Shop, actor: Actor) -> list[str]:
    made = []
    for _ in range(ROUNDS):
        shop.shifts.open(actor, 0)
        closing = shop.shifts.close(actor, CloseShift(counted_minor=0)).shift.closing
        made.append(closing.number if closing else "")
    return made


def _answer(act: Callable[[], object]) -> str:
    try:
        act()
    except PosappError as refused:
        return refused.code
    return ""


def test_of_several_that_open_one_drawer_one_does(place: str, shop: Shop) -> None:
    assert sorted(tills(place, [_open] * 3)) == ["", "shift_open", "shift_open"]


def test_of_several_that_close_one_drawer_one_does(place: str, shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 10_000)
    answers = tills(place, [_close] * 3)
    assert answers.count("") == 1
    assert set(answers) <= {"", "shift_closed", "shift_missing"}
    closing = shop.shifts.z(actor, "Z1").shift.closing
    assert closing is not None
    assert closing.difference_minor == 0


def test_no_cash_slips_into_a_shift_behind_its_z(place: str, shop: Shop, actor: Actor) -> None:
    shop.shifts.open(actor, 10_000)
    first, closed, second = tills(place, [_pay_in, _close, _pay_in])
    assert closed == ""
    answers = [*first, *second]
    assert set(answers) <= {"", "shift_closed", "shift_missing"}
    made = shop.shifts.z(actor, "Z1")
    assert made.shift.closing is not None
    assert len(made.moves) == answers.count("")
    assert made.shift.closing.expected_minor == made.drawer.expected_minor == 10_000 + 100 * len(made.moves)


def test_a_shift_that_is_closed_while_somebody_sells_has_each_sale_whole_or_not_at_all(
    place: str, shop: Shop, actor: Actor
) -> None:
    shop.shifts.open(actor, 10_000)
    shop.shifts.open(Actor(actor.business, "Till 3"), 0)
    first, closed, second, other = tills(place, [_sell, _close, _sell, _sell_elsewhere])
    assert (closed, set(other)) == ("", {""})
    answers = [*first, *second]
    assert set(answers) <= {"", "shift_closed", "shift_missing"}
    closing = shop.shifts.z(actor, "Z1").shift.closing
    assert closing is not None
    assert closing.expected_minor == 10_000 + 100 * answers.count("")
    check_books(shop, actor)
    check_verified(shop)


def test_tills_that_close_at_once_leave_no_hole_among_the_numbers(place: str, shop: Shop) -> None:
    numbers = [number for till in tills(place, [_shifts_in_turn] * 3) for number in till]
    assert sorted(numbers, key=lambda one: int(one[1:])) == [f"Z{n}" for n in range(1, 3 * ROUNDS + 1)]
    assert [one.rule for one in verify(shop.store) if not one.is_kept] == []
