"""How people are spoken of at the login."""

from datetime import datetime, timedelta

import pytest

from posapp.domain.base.clock import FixedClock
from posapp.domain.people.users import Role, Tile
from posapp.ui.login.words import countdown, last_seen
from posapp.ui.wording import Wording
from tests.factories import NOW


@pytest.mark.parametrize(
    ("since", "till", "words"),
    [
        (None, "", "not in yet"),
        (NOW - timedelta(minutes=30), "Till 1", "last in today 07:30"),
        (NOW - timedelta(minutes=30), "Till 2", "at Till 2 since 07:30"),
        (NOW - timedelta(days=1), "Till 2", "last in yesterday"),
        (NOW - timedelta(days=5), "Till 1", "last in 13 Nov"),
    ],
)
def test_when_somebody_was_at_a_till(since: datetime | None, till: str, words: str) -> None:
    tile = Tile(1, "Niamh", Role.STAFF, since, till, has_pin=True, has_badge=False)
    assert last_seen(tile, "Till 1", Wording(clock=FixedClock(NOW))) == words


def test_what_is_left_of_a_wait() -> None:
    assert countdown(25) == "25 s"
    assert countdown(125) == "2:05 min"
