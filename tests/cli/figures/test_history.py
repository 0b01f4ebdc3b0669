"""`posapp history`: newest first."""

import pytest

from posapp.cli.figures.history import ACTIONS
from posapp.domain.base.actions import Action
from tests.cli.conftest import Cli


@pytest.fixture
def told(cli: Cli) -> Cli:
    cli("customer", "add", "--phone", "0871234567", "--name", "Marta", "--email", "m@example.com")
    cli("customer", "phone", "add", "PL1", "0861111111")
    cli("customer", "edit", "PL1", "--name", "Marta K")
    for hour in (10, 11, 12):
        cli("booking", "add", "--phone", "0871234567", "--at", f"2030-11-20 {hour}:00")
    return cli


def test_bookings_and_changes_stand_newest_first(told: Cli):
    events = told("history", "PL1", "--json").json
    assert [one["number"] or one["title"] for one in events] == [
        "B3",
        "B2",
        "B1",
        "customer.edited",
        "phone.added",
        "customer.created",
    ]
    assert events[3]["before"]["name"] == "Marta"
    assert events[3]["after"]["name"] == "Marta K"
    assert [one["at"] for one in events] == sorted((one["at"] for one in events), reverse=True)


def test_a_part_stands_alone(told: Cli):
    numbers = told("history", "PL1", "--part", "numbers", "--json").json
    assert [one["title"] for one in numbers] == ["phone.added"]
    assert told("history", "PL1", "--part", "merges", "--json").json == []
    assert told("history", "PL1", "--part", "nothing").status == 2


def test_the_text_says_what_was_and_what_is(told: Cli):
    out = told("history", "user_0871234567").out
    assert out.startswith("PL1  Marta K\n")
    assert "name: Marta → Marta K" in out
    assert "Wed 20 Nov 2030 12:00  B3 Repair with Counter" in out


def test_pages_join_without_a_gap(told: Cli, monkeypatch: pytest.MonkeyPatch):
    whole = told("history", "PL1", "--all", "--json").json
    monkeypatch.setattr("posapp.cli.figures.history.PAGE", 2)
    assert told("history", "PL1", "--all", "--json").json == whole
    assert told("history", "PL1", "--limit", "3", "--json").json == whole[:3]


def test_the_history_of_nobody_is_refused(told: Cli):
    assert told("history", "PL9", "--json").error["code"] == "customer_unknown"


def test_every_change_of_a_customer_has_words() -> None:
    told = "customer contact phone phones email consent person customers merge".split()
    of_many = {Action.PERSON_PAPERS, Action.CUSTOMERS_EXPORTED}
    assert {action for action in Action if action.about in told} - of_many == ACTIONS.keys()


def test_sales_refunds_and_payments_stand_in_it_with_what_was_owed_after_each(told: Cli):
    told("shift", "open", "--float", "100")
    told("order", "add", "--phone", "0871234567", "--line", "Strap,1,20", "--pay", "account=20")
    told("order", "pay", "S1", "--pay", "card=5")
    told("order", "add", "--phone", "0871234567", "--line", "Case,2,10", "--pay", "cash=50")
    told("order", "refund", "S2", "--to", "cash")
    events = [one for one in told("history", "PL1", "--json").json if one["kind"] in ("order", "payment")]
    keys = ("kind", "number", "status", "order", "amount_minor", "owed_after_minor")
    assert [tuple(one[key] for key in keys) for one in reversed(events)] == [
        ("order", "S1", "part paid", None, 2000, 2000),
        ("payment", "P1", "card", "S1", 500, 1500),
        ("order", "S2", "refunded", None, 2000, 3500),
        ("payment", "P2", "cash", "S2", 2000, 1500),
        ("order", "S3", "refund", "S2", -2000, -500),
        ("payment", "P3", "cash", "S3", -2000, 1500),
    ]
    assert next(one["owed_minor"] for one in events if one["number"] == "S1") == 1500
    out = told("history", "PL1").out
    assert "S3 Case" in out
    assert "refund of S2" in out
    assert "owed after: €15.00" in out
