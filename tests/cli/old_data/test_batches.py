"""`posapp import list` and `posapp import undo BATCH`."""

import json
import re
from pathlib import Path

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from tests.cli.conftest import Cli
from tests.factories import NOW, TILL, a_booking
from tests.old_data.brought import Brought, brought


def a_batch_in(place: str, *, is_used: bool = False) -> Brought:
    shop = open_shop(place, clock=FixedClock(NOW))
    actor = shop.actor(TILL)
    here = brought(shop, actor)
    if is_used:
        a_booking(shop, actor, shop.customers.card(actor, here.people[0]).customer)
    shop.close()
    return here


def test_an_import_is_listed_and_taken_back_after_a_backup(cli: Cli, sqlite_place: str) -> None:
    assert cli("import", "list").out == "Nothing was imported yet.\n"
    key = str(a_batch_in(sqlite_place).batch)
    [listed] = json.loads(cli("import", "list", "--json").out)
    assert (listed["batch"], listed["system"], listed["state"], listed["created"]) == (1, "000", "applied", 3)
    assert "customers.json" in cli("import", "list").out
    done = cli("import", "undo", key, "--json", "--progress")
    told = json.loads(done.out)
    assert (done.status, told["state"]) == (0, "undone")
    assert Path(told["backup"]).exists()
    assert json.loads(done.err.splitlines()[-1])["progress"]["step"] == "undo"
    again = cli("import", "undo", key)
    assert (again.status, again.err) == (1, "posapp: Import 1 is undone already.\n")
    assert cli("verify").status == 0


def test_one_that_is_built_on_is_refused_before_any_backup(
    cli: Cli, sqlite_place: str, tmp_path: Path
) -> None:
    key = str(a_batch_in(sqlite_place, is_used=True).batch)
    done = cli("import", "undo", key)
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("posapp: Import 1 cannot be undone any more: PL1 has a booking. Nothing")
    assert cli("backups").out == "There is no backup yet.\n"


def test_what_is_no_import_is_wrong_usage(cli: Cli) -> None:
    assert cli("import", "undo", "x").status == 2
    assert cli("import", "undo", "9").err == "posapp: There is no import 9 here.\n"


# -- what is staged ------------------------------------------------------------------------------------
SET = Path(__file__).parents[2] / "old_data" / "legacy" / "003" / "source.json"


@pytest.fixture
def francs(cli: Cli) -> Cli:
    """A shop in Cameroon that has a customer."""
    cli("settings", "currency", "XAF")
    cli("settings", "region", "CM")
    assert cli("customer", "add", "--name", "Ida Berg", "--phone", "+353851234567").status == 0
    return cli


def test_what_is_staged_is_consolidated_with_its_proof_printed(francs: Cli) -> None:
    assert francs("consolidate").out.startswith("Nothing is staged.\n")
    assert francs("import", str(SET), "--stage").status == 0
    trial = json.loads(francs("consolidate", "--dry-run", "--json").out)
    assert trial["dry_run"] and trial["kept"] and not trial["backup"]
    done = francs("consolidate", "--progress")
    assert done.status == 0
    assert f"{trial['created']:,} customers made" in done.out
    assert re.search(r"Phones with more than one customer +0 ", done.out)
    again = json.loads(francs("consolidate", "--json").out)
    assert (again["batches"], again["created"], again["kept"]) == ([], 0, True)
    assert francs("import", "resume", "1").err == "posapp: Import 1 is applied: nothing of it waits.\n"
    assert francs("verify").status == 0


def test_staged_pl_ids_are_assigned(francs: Cli) -> None:
    assert json.loads(francs("ids", "assign", "--json").out) == {"assigned": 0, "without_id": 0}
    francs("import", str(SET), "--stage")
    would = json.loads(francs("ids", "assign", "--dry-run", "--json").out)
    done = json.loads(francs("ids", "assign", "--json").out)
    assert would["assigned"] == done["assigned"] > 0
    assert Path(done["backup"]).exists()
    assert json.loads(francs("ids", "status", "--json").out)["duplicates"] == 0
    assert francs("ids", "assign").out == "Every customer has a PL ID.\n"
