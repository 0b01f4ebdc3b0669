"""`posapp ticket list --due`, `ticket uncollected`, `remind`, `dispose`: late, waiting, reminded, gone."""

from datetime import timedelta

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock, SystemClock
from tests.cli.conftest import Cli
from tests.repairs import a_ticket, moved


def some_time_ago(place: str, days: int) -> None:
    """T1 is ready since then, T2 was promised for an hour later, T3 was cancelled."""
    clock = FixedClock(SystemClock().now() - timedelta(days=days))
    shop = open_shop(place, clock=clock)
    actor = shop.actor("Till 1")
    a_ticket(shop, actor)
    a_ticket(shop, actor, due=clock.now() + timedelta(hours=1))
    a_ticket(shop, actor)
    moved(shop, actor, "T1", "ready")
    moved(shop, actor, "T3", "cancelled")
    shop.close()


def test_a_list_says_what_is_late_and_what_waits_long(cli: Cli, sqlite_place: str):
    some_time_ago(sqlite_place, 10)

    def listed(due: str) -> list[str]:
        return [one["number"] for one in cli("ticket", "list", "--due", due, "--json").json]

    assert (listed("late"), listed("waiting"), listed("today")) == (["T2"], ["T3", "T1"], [])
    assert (listed("too_long"), listed("none")) == (["T2"], ["T3", "T1"])
    found = cli("ticket", "list", "--json").json
    told = {one["number"]: (one["is_late"], one["waits_long"]) for one in found}
    assert told == {"T1": (False, True), "T2": (True, False), "T3": (False, True)}
    assert "late, too long" in cli("ticket", "list").out


def test_what_nobody_collects_is_listed_reminded_of_and_disposed_of(cli: Cli, sqlite_place: str):
    some_time_ago(sqlite_place, 100)
    assert [one["number"] for one in cli("ticket", "uncollected", "--json").json] == ["T1", "T3"]
    assert cli("ticket", "uncollected", "--days", "101", "--json").json == []
    assert "reminder 1 is due" in cli("ticket", "uncollected").out
    noted = cli("ticket", "remind", "1", "It waits for you", "--how", "sms", "--json").json
    assert (noted["number"], noted["reminder"], noted["how"]) == ("T1", 1, "sms")
    first = cli("ticket", "uncollected", "--json").json[0]
    assert (first["sent"], first["due_reminder"], first["may_dispose"]) == (1, None, True)
    assert cli("ticket", "remind", "T2", "It waits", "--json").error["code"] == "nothing_waits"
    gone = cli("ticket", "dispose", "T1", "--reason", "Recycled, letter of 1 May", "--json").json
    assert gone["devices"][0]["status"] == "disposed"
    assert cli("ticket", "dispose", "T2", "--reason", "Law", "--json").error["code"] == "dispose_state"
    assert cli("verify").status == 0
