"""`posapp demo`."""

import json
from pathlib import Path

from tests.cli.conftest import Cli


def test_a_demonstration_has_three_bookings_a_customer_and_tells_its_progress(bare: Cli, tmp_path: Path):
    place = ["--database", tmp_path / "demo.db"]
    done = bare("demo", "--customers", "30", "--seed", "7", "--progress", "--json", *place)
    assert (done.json["customers"], done.json["bookings"]) == (30, 90)
    steps = [json.loads(line)["progress"]["done"] for line in done.err.splitlines()]
    assert steps == sorted(set(steps))
    assert steps[-1] == 100
    assert bare("ids", "status", "--json", *place).json["counter"] == 30


def test_a_database_that_exists_is_not_filled(cli: Cli):
    assert cli("demo", "--customers", "3").status == 1
    assert cli("ids", "status", "--json").json["counter"] == 0
