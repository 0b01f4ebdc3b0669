"""`posapp verify`: a line per rule, and exit 1 where one is broken."""

import json
import sqlite3

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def shop(cli: Cli) -> Cli:
    cli("booking", "add", "--phone", "0871234567", "--name", "Marta", "--at", "2030-11-20 10:00")
    return cli


def test_a_sound_shop_keeps_every_rule(shop: Cli):
    results = shop("verify", "--json").json
    assert all({"rule", "checked", "failed"} <= one.keys() for one in results)
    assert [one["rule"] for one in results if one["failed"]] == []
    *lines, last = shop("verify").out.splitlines()
    assert len(lines) == len(results)
    assert last == f"All {len(results)} rules are kept."


def test_a_counter_that_was_started_elsewhere_is_no_gap(shop: Cli):
    shop("ids", "init", "23")
    shop("ids", "init", "10")
    assert shop("customer", "add", "--phone", "0861111111", "--json").json["pl_id"] == "PL11"
    assert shop("verify").status == 0


def test_a_broken_rule_is_named_and_ends_with_1(shop: Cli, sqlite_place: str):
    with sqlite3.connect(sqlite_place) as connection:
        connection.execute("UPDATE counter SET last = 0 WHERE name = 'PL'")
    connection.close()
    done = shop("verify")
    assert done.status == 1
    assert "1 broken" in done.out
    assert done.err.startswith("Broken: pl_ids")
    document = json.loads(shop("verify", "--json").out)
    assert next(one["rule"] for one in document if one["failed"]) == "pl_ids"


def test_the_progress_is_a_line_of_json_per_rule(shop: Cli):
    done = shop("verify", "--progress", "--json")
    assert len([json.loads(line) for line in done.err.splitlines()]) == len(done.json)
