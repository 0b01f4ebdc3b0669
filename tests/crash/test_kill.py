"""The short trial; the long one is `python -m tests.crash.kill --sales 1000`."""

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from tests.crash.kill import kill_often
from tests.crash.stream import prepare
from tests.factories import NOW


def test_what_was_reported_as_saved_survives_kill_nine(place: str) -> None:
    shop = open_shop(place, clock=FixedClock(NOW))
    prepare(shop)
    shop.close()
    *_, outcome = kill_often(place, 3, tills=2)
    assert (outcome.lost, outcome.broken) == ([], [])
    assert outcome.reported >= 6
