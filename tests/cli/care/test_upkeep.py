"""`posapp upkeep`: what is due in every business, or in the one that is named, done once."""

import json
import sqlite3
from contextlib import closing

import pytest

from posapp import paths
from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from tests.cli.conftest import Cli
from tests.factories import NOW, TILL, a_business
from tests.repairs import a_device, a_ticket, handed_back, moved


@pytest.fixture
def neighbours(cli: Cli, sqlite_place: str) -> Cli:
    """Two businesses, each with a device that left a year ago and had a passcode."""
    shop = open_shop(sqlite_place, clock=FixedClock(NOW.replace(year=2025)))
    actors = [shop.actor(TILL), a_business(shop, name="Next door")]
    for actor in actors:
        number = a_ticket(shop, actor, a_device(passcode="1234")).number
        moved(shop, actor, number, "ready")
        handed_back(shop, actor, number)
    shop.close()
    return cli


def test_reminders_stand_before_what_was_done(cli: Cli, sqlite_place: str) -> None:
    shop = open_shop(sqlite_place, clock=FixedClock(NOW.replace(year=2025)))
    moved(shop, shop.actor(TILL), a_ticket(shop, shop.actor(TILL)).number, "ready")
    shop.close()
    assert cli("upkeep").out == "Reminders to send: 1\n1 backup made\n"
    assert cli("upkeep").out == "Reminders to send: 1\nNothing was due.\n"


def test_the_program_that_asked_hears_how_far_the_backup_is(cli: Cli) -> None:
    done = cli("upkeep", "--progress")
    steps = [json.loads(line)["progress"] for line in done.err.splitlines()]
    assert {step["step"] for step in steps} == {"backup"}
    assert steps[-1]["done"] == steps[-1]["total"] == 100


def passcodes(place: str) -> list[bool]:
    with closing(sqlite3.connect(place)) as connection:
        return [
            bool(row[0]) for row in connection.execute("SELECT passcode IS NOT NULL FROM job ORDER BY id")
        ]


def test_a_year_later_verify_names_the_passcodes_and_upkeep_wipes_them(
    neighbours: Cli, sqlite_place: str
) -> None:
    done = neighbours("verify")
    assert done.status == 1
    assert done.err.startswith("Broken: upkeep.")
    assert "the passcode of T1 is to be wiped since 2025-12-02" in done.out
    done = neighbours("upkeep")
    assert (done.status, done.out) == (0, "2 passcodes wiped, 1 backup made\n")
    assert passcodes(sqlite_place) == [False, False]
    assert neighbours("verify").status == 0
    assert neighbours("upkeep").out == "Nothing was due.\n"


def test_one_business_can_be_named(neighbours: Cli, sqlite_place: str) -> None:
    document = neighbours("upkeep", "--business", "Next door", "--json").json
    [backup] = paths.backup_dir().glob("*.db")
    assert document == {
        "passcodes_wiped": 1,
        "walk_ins_closed": 0,
        "tax_papers_emptied": 0,
        "imports_emptied": 0,
        "backup": str(backup),
        "reminders_due": 0,
    }
    assert passcodes(sqlite_place) == [True, False]


def test_a_backup_that_cannot_be_made_is_refused_after_the_rest_is_done(
    neighbours: Cli, sqlite_place: str
) -> None:
    paths.backup_dir().parent.mkdir(parents=True, exist_ok=True)
    paths.backup_dir().write_text("in the way")
    done = neighbours("upkeep", "--json")
    assert done.status == 1
    assert done.error["message"]
    assert passcodes(sqlite_place) == [False, False]
