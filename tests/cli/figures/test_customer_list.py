"""`posapp customer list`: all customers with their statistics."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def people(cli: Cli) -> Cli:
    """Ann bought something, Bo owes something, =Cy did neither."""
    cli("shift", "open", "--float", "0")
    for name, phone in (("Ann", "0851234561"), ("Bo", "0851234562"), ("=Cy", "0851234563")):
        cli("customer", "add", "--phone", phone, "--name", name)
    cli("order", "add", "--customer", "PL1", "--line", "Cable,1,10.00", "--pay", "cash=10")
    cli("order", "add", "--customer", "PL2", "--line", "Cable,1,2.50", "--pay", "account=2.50")
    return cli


def names(cli: Cli, *arguments: object) -> list[str]:
    return [one["name"] for one in cli("customer", "list", *arguments, "--json").json]


def test_segments_and_orders(people: Cli) -> None:
    assert names(people) == ["Ann", "Bo", "=Cy"]
    assert names(people, "--down") == ["=Cy", "Bo", "Ann"]
    assert names(people, "--sort", "spent", "--limit", "2") == ["Ann", "Bo"]
    assert names(people, "--sort", "last-visit", "--up") == ["=Cy", "Ann", "Bo"]
    assert names(people, "--segment", "owe") == ["Bo"]
    assert names(people, "--segment", "top") == ["Ann", "Bo"]
    assert names(people, "--segment", "not-seen") == names(people, "--segment", "open") == []
    assert names(people, "--text", "an") == ["Ann"]
    assert people("customer", "list", "--limit", "0").status == 2


def test_what_is_told_of_each(people: Cli) -> None:
    [bo] = people("customer", "list", "--segment", "owe", "--json").json
    assert (bo["pl_id"], bo["spent_minor"], bo["balance_minor"], bo["visits"]) == ("PL2", 250, 250, 1)
    shown = people("customer", "list").out.splitlines()
    assert len(shown) == 4
    assert shown[1].split()[:2] == ["PL1", "Ann"]
    assert people("customer", "list", "--segment", "open").out.strip() == "There are no such customers."


def test_a_file_of_them_runs_nothing(people: Cli, tmp_path: Path) -> None:
    file = tmp_path / "all.csv"
    assert people("customer", "list", "--sort", "name", "--format", "csv", "--out", file).status == 0
    head, ann, bo, cy = file.read_text(encoding="utf-8-sig").splitlines()
    assert head.startswith("id,name,phone")
    assert cy.split(",")[:2] == ["PL3", "'=Cy"]
    assert ann.split(",")[-2:] == ["10.00", "0.00"]
    assert bo.split(",")[-2:] == ["2.50", "2.50"]
    assert people("customer", "list", "--format", "xlsx", "--json").error["code"] == "out_missing"
    assert (
        people("customer", "list", "--format", "xlsx", "--out", file, "--json").error["code"] == "file_kind"
    )


def test_only_those_who_agreed_and_can_be_reached(people: Cli, tmp_path: Path) -> None:
    assert names(people, "--agreed") == []
    assert people("customer", "consent", "PL2", "marketing", "given").status == 0
    assert names(people, "--agreed") == names(people, "--agreed", "--limit", "1") == ["Bo"]
    file = tmp_path / "agreed.csv"
    assert people("customer", "list", "--agreed", "--format", "csv", "--out", file).status == 0
    assert len(file.read_text(encoding="utf-8-sig").splitlines()) == 2
