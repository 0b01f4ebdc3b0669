"""posapp journal: one line an entry, the newest first, and the same as JSON."""

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def shop(cli: Cli) -> Cli:
    cli("booking", "add", "--phone", "0871234567", "--name", "Marta", "--at", "2030-11-20 10:00")
    cli("customer", "edit", "PL1", "--note", "door 4", "--till", "Back room")
    return cli


def test_an_entry_is_a_line_with_who_what_and_which_record(shop: Cli):
    newest, *others = shop("journal", "list").out.splitlines()
    assert len(others) == 3
    for part in ("4  ", "Back room", "Customer edited", "PL1", "door 4"):
        assert part in newest


def test_the_same_as_json(shop: Cli):
    [newest, *_] = shop("journal", "list", "--json", "--limit", "1").json
    assert newest["who"] == "Back room"
    assert newest["number"] == "PL1"
    assert newest["action"] == "customer.edited"
    assert newest["after"]["note"] == "door 4"
    assert newest["approved_by"] is None


def test_entries_are_chosen_by_person_kind_day_and_record(shop: Cli):
    def entries(*words: str) -> list[int]:
        return [one["entry"] for one in shop("journal", "list", "--json", *words).json]

    assert entries("--who", "Back room") == [4]
    assert entries("--about", "bookings") == [3]
    assert entries("--number", "B1") == [3]
    assert entries("--limit", "2") == [4, 3]
    assert entries("--to", "2020-01-01") == []
    assert entries("--from", "today", "--to", "today", "--about", "customer") == [4, 2]
    assert shop("journal", "list", "--to", "2020-01-01").out == "No entries.\n"


def test_a_record_that_is_not_there_is_refused(shop: Cli):
    assert shop("journal", "list", "--number", "T7", "--json").error["code"] == "number_unknown"
