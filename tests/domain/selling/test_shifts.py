"""What a drawer should hold, and on which day something is written into it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import LIMIT
from posapp.domain.selling.shifts import (
    CashKind,
    CashMove,
    Closing,
    Shift,
    check_cash,
    counted_sum,
    day_within,
    drawer_of,
    pieces_of,
    pieces_text,
)
from tests.factories import DAY, NOW

SHIFT = Shift(1, "Till 1", DAY, NOW, "Ann", 10_000, None)
TODAY, TOMORROW = DAY, date(2026, 11, 19)
amounts = st.integers(1, 10**9)


def a_move(kind: CashKind, minor: int, day: date = DAY) -> CashMove:
    return CashMove(1, kind, minor, "x", NOW, "Ann", day)


@given(st.lists(amounts), st.lists(amounts))
def test_a_drawer_holds_its_float_and_what_went_in_less_what_went_out(
    brought: list[int], taken: list[int]
) -> None:
    moves = [a_move(CashKind.IN, one) for one in brought] + [a_move(CashKind.OUT, one) for one in taken]
    drawer = drawer_of(SHIFT, moves, 0)
    assert (drawer.in_minor, drawer.out_minor) == (sum(brought), sum(taken))
    assert drawer.expected_minor == 10_000 + sum(brought) - sum(taken)


def test_a_difference_is_what_was_counted_beyond_what_was_expected() -> None:
    closing = Closing("Z1", NOW, "Ann", 14_000, 13_950, (), "")
    assert closing.difference_minor == -50


def test_a_day_never_falls_behind_the_last_one_of_its_shift() -> None:
    night = [a_move(CashKind.IN, 1, TOMORROW)]
    assert day_within(SHIFT, [], TODAY, TODAY) == TODAY
    assert day_within(SHIFT, [], TOMORROW, TODAY) == TOMORROW
    assert day_within(SHIFT, night, TODAY, TODAY) == TOMORROW
    assert day_within(SHIFT, [], date(2026, 11, 17), date(2026, 11, 17)) == TODAY
    assert day_within(SHIFT, [], TODAY, TOMORROW) == TOMORROW


def test_an_open_shift_is_forgotten_once_its_day_is_over() -> None:
    closed = Shift(1, "Till 1", DAY, NOW, "Ann", 0, Closing("Z1", NOW, "Ann", 0, 0, (), ""))
    assert not SHIFT.is_forgotten(TODAY)
    assert SHIFT.is_forgotten(TOMORROW)
    assert not closed.is_forgotten(TOMORROW)


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 1000))))
def test_notes_and_coins_come_back_as_they_were_stored(pieces: list[tuple[int, int]]) -> None:
    assert pieces_of(pieces_text(pieces)) == tuple(pieces)
    assert counted_sum(pieces) == sum(minor * count for minor, count in pieces)


@pytest.mark.parametrize(("minor", "least"), [(-1, 0), (0, 1), (LIMIT, 0)])
def test_what_no_drawer_holds_is_refused(minor: int, least: int) -> None:
    with pytest.raises(DomainError) as refused:
        check_cash(minor, field="float", least=least)
    assert (refused.value.code, refused.value.field) == ("amount_invalid", "float")
