"""`--approved-by`: a manager lends to one command what its user may not do alone."""

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import PINS, Cli, People, Run

Lend = Callable[..., Run]


@pytest.fixture
def lend(people: People, monkeypatch: pytest.MonkeyPatch) -> Lend:
    """Tom of the counter gives a command that somebody approves."""
    people.add("Mia", "manager")
    people.add("Zoe", "manager")
    people.add("Tom", "staff")
    people("Tom", "shift", "open", "--float", "100")

    def run(by: str, *words: object, pin: str = "") -> Run:
        monkeypatch.setenv("POSAPP_APPROVAL_PIN", pin or PINS.get(by.capitalize(), ""))
        return people("Tom", *words, "--approved-by", by, "--json")

    return run


def out(lend: Lend, by: str, minor: str = "5", **values: str) -> Run:
    return lend(by, "shift", "out", minor, "--reason", "Milk", **values)


def approvals(people: People) -> list[tuple[str, str]]:
    lines = people("Ann", "journal", "list", "--json").json
    return [(line["who"], line["approved_by"]) for line in lines if line["approved_by"]]


def test_a_manager_lends_it_to_that_command(people: People, lend: Lend) -> None:
    assert people("Tom", "shift", "out", "5", "--reason", "Milk", "--json").error["code"] == "not_allowed"
    assert out(lend, "mia").status == 0
    assert people("Tom", "shift", "out", "5", "--reason", "Milk", "--json").error["code"] == "not_allowed"
    assert approvals(people) == [("Tom", "Mia")]


def test_a_wrong_pin_and_somebody_who_may_not_are_refused(people: People, lend: Lend) -> None:
    assert out(lend, "Mia", pin="000111").error["code"] == "pin_wrong"
    assert out(lend, "Tom").error["code"] == "not_approver"
    assert out(lend, "Nobody").error["code"] == "not_approver"
    assert out(lend, "Mia", minor="5000").error["code"] == "drawer_short"
    assert approvals(people) == []


def test_reading_and_what_nobody_lends_stay_refused(lend: Lend) -> None:
    assert lend("Mia", "journal", "list").error["code"] == "not_allowed"
    assert lend("Ann", "user", "add", "Eve", "--role", "staff").error["code"] == "not_approver"


def test_without_users_nobody_approves(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSAPP_APPROVAL_PIN", "482917")
    refused = cli("user", "list", "--approved-by", "Ann", "--json")
    assert json.loads(refused.err)["error"]["code"] == "no_users"
