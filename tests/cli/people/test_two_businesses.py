"""Two businesses in one database: whatever is asked in one, nothing of the other is told or changed."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from posapp.domain.people.users import Role
from tests.cli.conftest import Cli, Run
from tests.factories import NOW, TILL, a_business
from tests.people import PIN, a_user
from tests.whole_shops import a_whole_shop

FULL, BARE = "Harbour Lane Repairs", "Other Street Repairs"
ALL_DAYS = ["--from", "2026-01-01", "--to", "2026-12-31"]
TELLING = {"name", "address", "email", "note", "fault", "serial", "imei", "sku", "text", "phone_key", "fold"}
TELLING |= {"customer_name", "contact_name", "alias", "title", "words", "website", "code"}
"""Columns whose values would give a record away."""
LISTS = (
    ["booking", "list", *ALL_DAYS],
    ["giftcard", "list"],
    ["giftcard", "months"],
    ["ids", "status"],
    ["item", "list", "--all"],
    ["item", "quick"],
    ["loaner", "list", "--all"],
    ["order", "list"],
    ["order", "list", "--held"],
    ["payment", "list"],
    ["price", "list"],
    ["price-level", "list"],
    ["report", "revenue", *ALL_DAYS],
    ["role", "list"],
    ["search", "PL1"],
    ["search", "Whole"],
    ["service", "list"],
    ["settings"],
    ["shift", "list"],
    ["staff", "list"],
    ["tax", "list"],
    ["ticket", "list", "--all"],
    ["user", "list", "--all"],
)
NUMBERS = (
    ["booking", "show", "B1"],
    ["customer", "show", "PL1"],
    ["customer", "statement", "PL1"],
    ["history", "PL1"],
    ["order", "show", "S1"],
    ["order", "show", "H1"],
    ["payment", "show", "P1"],
    ["receipt", "T1", "--print"],
    ["shift", "z", "Z1"],
    ["ticket", "show", "T1"],
    ["ticket", "part", "list", "T1"],
)


@pytest.fixture
def two(cli: Cli, sqlite_place: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """Runs a command in one of two businesses: the first one has everything, the second one nothing."""
    shop = open_shop(sqlite_place, clock=FixedClock(NOW))
    actor = shop.actor(TILL)
    bare = a_business(shop, name=BARE)
    a_whole_shop(shop, actor)
    a_user(shop, actor, Role.ADMIN, name="Ann")
    a_user(shop, bare, Role.ADMIN, name="Olga")
    shop.close()

    def run(business: str, user: str, *words: str, pin: str = PIN) -> Run:
        monkeypatch.setenv("POSAPP_PIN", pin)
        return cli(*words, "--business", business, "--user", user)

    return run


def secrets(place: str) -> set[str]:
    """What the records of the first business say, and those of the second one do not."""
    told: dict[int, set[str]] = {1: set(), 2: set()}
    with closing(sqlite3.connect(place)) as file:
        tables = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
            for column in TELLING & set(columns) if "business_id" in columns else ():
                for business, value in file.execute(f"SELECT business_id, {column} FROM {table}"):
                    told[business].add(str(value))
    return {one for one in told[1] - told[2] if len(one) > 4 and not (one.isalpha() and one.islower())}


def test_nothing_of_one_business_is_told_in_the_other(two: Callable[..., Run], sqlite_place: str):
    hidden = secrets(sqlite_place)
    assert len(hidden) > 30
    for user in ("Olga", "Ann"):  # who belongs there, and an ADMIN who comes over
        for words in LISTS:
            said = two(BARE, user, *words)
            assert said.status == 0, (words, said.err)
            assert [one for one in hidden if one in said.out + said.err] == [], words
    for words in NUMBERS:
        said = two(BARE, "Olga", *words)
        assert said.status == 1, words
        assert [one for one in hidden if one in said.out + said.err] == [], words
    assert two(FULL, "Ann", "customer", "show", "PL1").status == 0
    assert two(FULL, "Olga", "customer", "show", "PL1").status == 0  # an ADMIN, who comes over


def test_each_has_numbers_settings_taxes_drawers_and_people_of_its_own(
    two: Callable[..., Run], monkeypatch: pytest.MonkeyPatch
):
    def state() -> list[str]:
        asked = ("settings", "tax list", "shift list", "role list", "ids status", "item list")
        return [two(FULL, "Ann", *words.split(), "--json").out for words in asked]

    before = state()
    phone = two(FULL, "Ann", "customer", "show", "PL1", "--json").json["phones"][0]
    made = two(BARE, "Olga", "customer", "add", "--phone", phone, "--json").json
    assert (made["pl_id"], made["created"], made["name"]) == ("PL1", True, "")
    for words in (
        ["settings", "terms", "Ours"],
        ["settings", "cash-rounding", "0.05"],
        ["tax", "set", "VAT", "9"],
        ["role", "grant", "staff", "report_read"],
        ["item", "add", "--sku", "NEW", "--name", "New", "--price", "1"],
        ["shift", "open", "--float", "50"],
    ):
        assert two(BARE, "Olga", *words).status == 0, words
    sold = two(BARE, "Olga", "order", "add", "--phone", phone, "--line", "NEW", "--pay", "cash=1", "--json")
    assert (sold.json["number"], sold.json["pl_id"]) == ("S1", "PL1")
    assert state() == before

    monkeypatch.setenv("POSAPP_NEW_PIN", "482917")
    bob = ["user", "add", "Bob", "--role", "manager", "--phone", "0851112223", "--email", "bob@example.com"]
    assert two(FULL, "Ann", *bob).status == 0
    monkeypatch.setenv("POSAPP_NEW_PIN", "730195")
    assert two(BARE, "Olga", *bob).status == 0
    own = two(BARE, "Ann", "user", "customer", "Bob", "--json").json  # asked by an ADMIN who came over
    assert (own["phones"], own["pl_id"]) == (["+353851112223"], "PL2")
    assert two(BARE, "Bob", "order", "list", pin="730195").status == 0
    assert two(FULL, "Bob", "order", "list", pin="730195").status == 1
    monkeypatch.setenv("POSAPP_NEW_PIN", "482917")
    assert two(FULL, "Ann", "user", "add", "Mia", "--role", "manager").status == 0
    refused = two(BARE, "Mia", "order", "list", "--json", pin="482917")
    assert refused.error["code"] == "pin_wrong"  # only an ADMIN comes over; nothing tells who there is
    assert two(BARE, "Nobody", "order", "list", "--json").error == refused.error
