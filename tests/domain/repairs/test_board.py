"""What a card of the board says at a moment, and which cards a filter leaves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from posapp.domain.base.clock import to_us
from posapp.domain.repairs.board import Due, Filter, SeenCard
from posapp.domain.repairs.tickets import Alert
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
    ("seen", "is_late"),
    [
        (a_seen(Alert.LATE), True),
        (a_seen(Alert.TOO_LONG), True),
        (a_seen(waits_long=True), True),
        (a_seen(Alert.DUE_TODAY, Alert.UNTOUCHED), False),
    ],
)
def test_what_is_late_stands_too_long_or_waits_long_wants_attention(seen: SeenCard, is_late: bool) -> None:
    assert seen.is_late is is_late


def test_a_card_is_the_same_a_moment_later_as_long_as_it_says_the_same() -> None:
    assert replace(a_seen(), now=NOW + HOUR) == a_seen()


def test_a_filter_leaves_what_has_all_that_is_asked_for() -> None:
    seen = a_seen(Alert.DUE_TODAY, technician="Ann", kind="phone", shelf="A4")
    words = "T1, PL2, Apple iPhone 13"
    assert not Filter().is_on
    for asked in (Filter("Ann"), Filter(kind="phone"), Filter(words=" iphone t1"), Filter(due=Due.TODAY)):
        assert asked.is_on and asked.passes(seen, words), asked
    for asked in (Filter("Bob"), Filter(kind="watch"), Filter(words="galaxy"), Filter(due=Due.LATE)):
        assert not asked.passes(seen, words), asked
    assert Filter(words="a4 ").passes(seen, words) and not Filter(words="a").passes(seen, "T1")
    assert Filter(due=Due.NONE).passes(a_seen(due=None), words)
    assert not Filter(due=Due.NONE).passes(seen, words)
