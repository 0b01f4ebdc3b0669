"""Where a shop has users, no command answers nobody: the whole grammar is walked, so that none forgets."""

import pytest

from posapp.bootstrap import open_shop
from posapp.cli import build_parser
from posapp.cli.context import Context
from posapp.domain.base.errors import DomainError
from tests.cli.conftest import People
from tests.cli.grammar import commands

FREE = {
    "backup",
    "completion",
    "demo",
    "doctor",
    "drill",
    "init",
    "restore",
    "upkeep",
    "user reset-admin",
    "verify",
}
"""What the till does by itself, or who holds the data could do anyway."""


def test_every_command_but_the_free_ones_asks_who_gives_it(people: People, sqlite_place: str):
    known, grammar = commands(), build_parser()
    assert {name for name, one in known.items() if one.is_free} == FREE
    told = {}
    shop = open_shop(sqlite_place)
    for name in known.keys() - FREE:
        ctx = Context(grammar.parse_args(known[name].words))
        vars(ctx)["shop"] = shop  # opened once for all
        with pytest.raises(DomainError) as refused:
            ctx.admitted()
        told[name] = refused.value.code
    shop.close()
    assert set(told.values()) == {"sign_in_needed"}
    assert len(told) > 100
    for name in ("customer show", "order list", "settings", "backups"):
        said = people.cli(*known[name].words, "--json")
        assert (said.status, said.error["code"], said.out) == (1, "sign_in_needed", ""), name


def test_what_is_free_needs_nobody(people: People):
    for words in (
        "doctor",
        "verify",
        "backup",
        "drill",
        "upkeep",
        "completion bash",
        "--help",
        "user --help",
    ):
        assert people.cli(*words.split()).status == 0
    assert people.cli("verify", "--rebuild", "--json").error["code"] == "sign_in_needed"
    assert people.run("Ann", "verify", "--rebuild").status == 0
    people.add("Bob", "staff")
    assert people.run("Bob", "verify", "--rebuild", "--json").error["code"] == "not_allowed"


def test_another_shop_is_added_by_an_admin(people: People):
    words = "init --business Other --region IE --currency EUR --time-zone Europe/Dublin --json".split()
    assert people.cli(*words).error["code"] == "sign_in_needed"
    people.add("Mia", "manager")
    assert people.run("Mia", *words).error["code"] == "pin_wrong"
    assert people.run("Ann", *words).json["businesses"] == 2
    assert people.run("Ann", "customer", "add", "--phone", "0851234567", "--business", "Other").status == 0


def test_the_kiosk_is_opened_by_who_may_serve_it(people: People):
    people.add("Tom", "technician")
    people.add("Zoe", "customer", "--phone", "085 123 4567")
    for name in ("Tom", "Zoe"):
        assert people(name, "kiosk", "--json").error["code"] == "not_allowed"
