"""The short trial; the long one is `python -m tests.crash.kill --times 50`."""

from posapp.bootstrap import open_shop
from tests.crash.kill import kill_often, prepare


def test_what_was_reported_as_saved_survives_kill_nine(place: str) -> None:
    shop = open_shop(place)
    prepare(shop)
    shop.close()
    *_, outcome = kill_often(place, 3, tills=2)
    assert (outcome.lost, outcome.broken) == ([], [])
    assert outcome.reported >= 6
