"""What a card of the board says at a moment, and which cards a filter leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from posapp.domain.base.clock import to_us
from posapp.domain.repairs.board import Due, Filter, SeenCard, Sight, in_order, own_name
from posapp.domain.repairs.tickets import Alert, BoardCard
from tests.domain.repairs.test_tickets import CARD, NOW, STATES

HOUR = timedelta(hours=1)


def a_seen(
    *alerts: Alert, waits_long: bool = False, due: timedelta | None = -HOUR, **values: str
) -> SeenCard:
    """A card that came to its state fifty hours ago."""
    due_us = None if due is None else to_us(NOW + due)
    card = CARD._replace(since_us=to_us(NOW - 50 * HOUR), due_us=due_us, **values)  # type: ignore[arg-type]
    return SeenCard(card, STATES["received"], alerts, waits_long, NOW)


def test_a_card_says_how_long_it_is_there_and_how_late_it_is() -> None:
    assert a_seen().days == 2
    assert a_seen(Alert.LATE).late_by == HOUR
    assert a_seen().late_by is None and a_seen(Alert.LATE, due=None).late_by is None


@pytest.mark.parametrize(
    ("seen", "is_late", "is_urgent", "is_too_long"),
    [
        (a_seen(Alert.LATE), True, True, False),
        (a_seen(Alert.TOO_LONG), False, False, True),
        (a_seen(waits_long=True), False, True, False),
        (a_seen(Alert.DUE_TODAY, Alert.UNTOUCHED), False, False, False),
    ],
)
def test_late_is_what_was_promised_and_is_not_done(
    seen: SeenCard, is_late: bool, is_urgent: bool, is_too_long: bool
) -> None:
    assert (seen.is_late, seen.is_urgent, seen.is_too_long) == (is_late, is_urgent, is_too_long)


def test_a_column_stands_by_promise_and_what_is_done_by_how_long_it_waits() -> None:
    def card(key: int, since: int, due: int | None) -> BoardCard:
        due_us = None if due is None else to_us(NOW + due * HOUR)
        return CARD._replace(job_id=key, since_us=to_us(NOW - since * HOUR), due_us=due_us)

    cards = [card(1, 9, None), card(2, 1, 5), card(3, 8, -3), card(4, 2, 5), card(5, 20, None)]
    assert [one.job_id for one in in_order(cards, STATES["in_repair"])] == [3, 4, 2, 5, 1]
    assert [one.job_id for one in in_order(cards, STATES["ready"])] == [5, 1, 3, 4, 2]


def test_a_sight_says_what_came_today_and_what_waits_long() -> None:
    sight = Sight(NOW, NOW - 10 * HOUR, NOW + 14 * HOUR, 48, 7)
    ages = {1: (True, False), 11: (False, False), 7 * 24: (False, True)}
    for hours, expected in ages.items():
        seen = sight.see(CARD._replace(since_us=to_us(NOW - hours * HOUR)), STATES["ready"])
        assert (seen.is_new, seen.waits_long) == expected, hours


def test_who_is_signed_in_is_a_technician_by_name() -> None:
    names = ["Ravi Menon", "Ravi Kumar", "Anna Byrne", "Till bench"]
    assert own_name("ravi menon", names) == "Ravi Menon"
    assert own_name("Anna", names) == "Anna Byrne"
    assert own_name("Ravi", names) == own_name("", names) == own_name(None, names) == ""
    assert own_name("Bob", names) == ""


def test_a_card_is_the_same_a_moment_later_as_long_as_it_says_the_same() -> None:
    assert replace(a_seen(), now=NOW + HOUR) == a_seen()


def test_a_filter_leaves_what_has_all_that_is_asked_for() -> None:
    seen = a_seen(Alert.DUE_TODAY, technician="Ann", kind="phone", shelf="A4")
    words = "t1, pl2, apple iphone 13"
    assert not Filter().is_on
    for asked in (Filter("Ann"), Filter(kind="phone"), Filter(words=" iphone t1"), Filter(due=Due.TODAY)):
        assert asked.is_on and asked.passing()(seen, words), asked
    for asked in (Filter("Bob"), Filter(kind="watch"), Filter(words="galaxy"), Filter(due=Due.LATE)):
        assert not asked.passing()(seen, words), asked
    assert Filter(words="a4 ").passing()(seen, words) and not Filter(words="a").passing()(seen, "t1")
    assert Filter(words="top  left").passing()(a_seen(shelf="TOP LEFT"), words)
    assert Filter(due=Due.NONE).passing()(a_seen(due=None), words)
    assert not Filter(due=Due.NONE).passing()(seen, words)
    assert Filter(due=Due.WAITING).passing()(a_seen(waits_long=True), words)
    assert Filter(due=Due.TOO_LONG).passing()(a_seen(Alert.TOO_LONG), words)
    assert not Filter(due=Due.LATE).passing()(a_seen(Alert.TOO_LONG, waits_long=True), words)
