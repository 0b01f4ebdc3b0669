"""`posapp user` and `posapp role`: people are added, changed, and prove who they are."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from functools import partial

import pytest

from posapp.bootstrap import open_shop
from posapp.services.people import sign_in
from posapp.services.people.hashing import is_right
from tests.cli.conftest import PINS, Cli, People


# -- the first one -----------------------------------------------------------------------------------------
def test_a_shop_without_users_works_as_before_and_takes_no_user(cli: Cli):
    assert cli("user", "list").out == "No users: nobody has to sign in.\n"
    assert cli("customer", "add", "--phone", "085 123 4567").status == 0
    refused = cli("user", "list", "--user", "Ann", "--json")
    assert refused.status == 1
    assert refused.error["code"] == "no_users"
    assert cli("user", "reset-admin", "--json").error["code"] == "no_users"


@pytest.mark.parametrize(
    ("role", "pin", "code"),
    [
        ("STAFF", "482917", "first_admin"),
        ("ADMIN", "", "first_admin"),
        ("ADMIN", "123456", "pin_weak"),
        ("ADMIN", "4829", "pin_invalid"),
    ],
)
def test_the_first_user_is_an_admin_with_a_good_pin(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, role: str, pin: str, code: str
):
    monkeypatch.setenv("POSAPP_NEW_PIN", pin)
    refused = cli("user", "add", "Ann", "--role", role, "--json")
    assert (refused.status, refused.error["code"]) == (1, code)
    assert cli("user", "list", "--json").json == []


def test_from_the_first_user_on_everybody_signs_in(people: People):
    refused = people.cli("user", "list", "--json")
    assert (refused.status, refused.error["code"], refused.error["field"]) == (1, "sign_in_needed", "user")
    [ann] = people("Ann", "user", "list", "--json").json
    assert (ann["name"], ann["role"], ann["has_pin"], ann["is_active"]) == ("Ann", "admin", True, True)
    assert PINS["Ann"] not in json.dumps(ann)


# -- how a PIN comes -----------------------------------------------------------------------------------------
def test_a_pin_or_password_comes_by_a_line_of_standard_input(people: People, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("482917\nwhole glass of water\n"))
    done = people.cli("user", "password", "ann", "--user", "ANN", "--pin-stdin", "--new-pin-stdin", "--json")
    assert done.json == {"name": "Ann", "has_password": True}
    monkeypatch.setattr(sys, "stdin", io.StringIO("whole glass of water\r\n"))
    assert people.cli("user", "list", "--user", "Ann", "--pin-stdin").status == 0


def test_without_a_terminal_nobody_is_asked(people: People, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("482917\n"))
    refused = people.cli("user", "list", "--user", "Ann", "--json")
    assert (refused.status, refused.error["code"], refused.error["field"]) == (1, "sign_in_needed", "pin")
    lost = people.run("Ann", "user", "pin", "Ann", "--json")
    assert (lost.status, lost.error["code"]) == (1, "pin_missing")


def test_at_a_terminal_a_pin_is_asked_for_and_never_shown(sqlite_place: str):
    words = ["user", "add", "Ann", "--role", "admin"]
    said = at_terminal(sqlite_place, words, ["482917", "482917"])
    assert "New PIN:" in said
    assert "added Ann" in said
    assert "482917" not in said
    said = at_terminal(sqlite_place, ["user", "list", "--user", "Ann"], ["482917"])
    assert "PIN of Ann:" in said
    assert "ADMIN" in said
    assert "482917" not in said
    said = at_terminal(sqlite_place, ["user", "pin", "Ann", "--user", "Ann"], ["482917", "730195", "730196"])
    assert "The two were not the same" in said


# -- the people of a shop ------------------------------------------------------------------------------------
def test_a_user_is_changed_disabled_and_comes_back_as_the_same(people: People):
    people.add("Bob", "Staff", "--phone", "085 123 4567", "--email", "bob@example.com", "--discount", "15%")
    [_, bob] = people("Ann", "user", "list", "--json").json
    assert (bob["role"], bob["phone"], bob["email"]) == ("staff", "+353851234567", "bob@example.com")
    assert bob["discount_percent"] == "15"
    assert people("Ann", "user", "role", "bob", "MANAGER", "--json").json["role"] == "manager"
    edited = people("Ann", "user", "edit", "Bob", "--name", "Bob Byrne", "--discount", "", "--json").json
    assert (edited["name"], edited["discount_percent"]) == ("Bob Byrne", None)
    assert people("Ann", "user", "edit", "Bob Byrne").status == 2
    assert people("Ann", "user", "disable", "Bob Byrne").status == 0
    assert [one["name"] for one in people("Ann", "user", "list", "--json").json] == ["Ann"]
    refused = people.run("Bob Byrne", "user", "list", "--json", pin=PINS["Bob"])
    assert refused.error["code"] == "pin_wrong"
    assert "disabled" in people("Ann", "user", "list", "--all").out
    assert people("Ann", "user", "enable", "Bob Byrne").status == 0
    assert people.run("Bob Byrne", "user", "list", pin=PINS["Bob"]).status == 0


@pytest.mark.parametrize("words", ["disable Ann", "role Ann staff"])
def test_the_last_admin_stays(people: People, words: str):
    assert people("Ann", "user", *words.split(), "--json").error["code"] == "last_admin"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("pin Nobody", "user_unknown"),
        ("add Bob --role staff --phone 0851234567", "user_phone_taken"),
        ("add MIA --role staff", "user_exists"),
        ("add Bob --role staff --email mia@example.com", "user_email_taken"),
        ("add Bob --role staff --discount 101%", "percent_invalid"),
        ("add Bob --role staff --phone 12", "phone_unparseable"),
        ("edit Ann --phone 0851234567", "user_phone_taken"),
        ("customer Ann", "user_without_phone"),
    ],
)
def test_what_cannot_be_is_one_sentence(people: People, words: str, code: str):
    people.add("Mia", "manager", "--phone", "085 123 4567", "--email", "mia@example.com")
    refused = people.run("Ann", "user", *words.split(), "--json", new_pin="Zoe")
    assert (refused.status, refused.error["code"]) == (1, code)
    assert [one["name"] for one in people("Ann", "user", "list", "--json").json] == ["Ann", "Mia"]


def test_a_manager_changes_those_below_alone(people: People):
    people.add("Mia", "manager")
    people.add("Bob", "staff")
    assert people.run("Mia", "user", "pin", "Bob", new_pin="Tom").status == 0
    assert people.run("Bob", "customer", "add", "--phone", "0851234567", pin=PINS["Tom"]).status == 0
    for words in ("pin Ann", "role Bob admin", "disable Ann", "badge Ann", "add Zoe --role manager"):
        refused = people.run("Mia", "user", *words.split(), "--json", new_pin="Zoe")
        assert refused.error["code"] == "not_allowed", words
    assert people.run("Bob", "user", "list", "--json", pin=PINS["Tom"]).error["code"] == "not_allowed"
    assert people.run("Bob", "user", "pin", "Bob", pin=PINS["Tom"], new_pin="Bob").status == 0


def test_a_shop_chooses_how_long_its_pins_are(people: People):
    assert people("Ann", "settings", "pin-length", "4", "--json").json == {"pin-length": 4}
    assert people.run("Ann", "user", "add", "Bob", "--role", "staff", "--json", new_pin="730195").error[
        "code"
    ] == ("pin_invalid")
    assert people.run("Ann", "user", "add", "Bob", "--role", "staff", new_pin="7301").status == 0
    for wrong in ("3", "7", "four", ""):
        assert people("Ann", "settings", "pin-length", wrong, "--json").error["code"] == "pin_length_invalid"


def test_a_badge_is_told_once_and_ended(people: People):
    said = people("Ann", "user", "badge", "Ann")
    assert said.out.startswith("BADGE-")
    assert people("Ann", "user", "list", "--json").json[0]["has_badge"] is True
    assert people("Ann", "user", "badge", "Ann", "--end", "--json").json["badge"] is None
    assert people("Ann", "user", "list", "--json").json[0]["has_badge"] is False


def test_roles_are_shown_and_changed_within_limits(people: People):
    people.add("Bob", "staff")
    assert (
        people("Bob", "report", "revenue", "--from", "today", "--to", "today", "--json").error["code"]
        == "not_allowed"
    )
    assert (
        "report_read" in people("Ann", "role", "grant", "STAFF", "report_read", "--json").json["permissions"]
    )
    assert people("Bob", "report", "revenue", "--from", "today", "--to", "today").status == 0
    assert people("Ann", "role", "refuse", "staff", "report_read").status == 0
    assert people("Bob", "report", "revenue", "--from", "today", "--to", "today").status == 1
    assert people("Ann", "role", "discount", "staff", "12.5%", "--json").json["discount_percent"] == "12.5"
    assert people("Ann", "role", "grant", "staff", "role_write", "--json").error["code"] == "role_fixed"
    assert people("Ann", "role", "refuse", "admin", "refund", "--json").error["code"] == "role_fixed"
    assert {one["role"] for one in people("Ann", "role", "list", "--json").json} == {
        "admin",
        "manager",
        "staff",
        "technician",
        "customer",
    }
    assert people("Bob", "role", "list", "--json").error["code"] == "not_allowed"


# -- the user's own customer ------------------------------------------------------------------------
def test_a_user_has_one_customer_and_keeps_it_with_another_phone(people: People):
    people.add("Bob", "staff", "--phone", "085 123 4567", "--email", "bob@example.com")
    mine = people("Bob", "user", "customer", "Bob", "--json").json
    assert (mine["pl_id"], mine["name"], mine["phones"], mine["created"]) == (
        "PL1",
        "Bob",
        ["+353851234567"],
        True,
    )
    again = people("Ann", "user", "customer", "BOB", "--json").json
    assert (again["pl_id"], again["created"]) == ("PL1", False)
    assert people("Ann", "customer", "add", "--phone", "085 999 9999", "--json").json["pl_id"] == "PL2"
    refused = people("Ann", "user", "edit", "Bob", "--phone", "085 999 9999", "--json")
    assert refused.status == 1
    assert people("Ann", "user", "list", "--json").json[1]["phone"] == "+353851234567"
    assert people("Ann", "user", "edit", "Bob", "--phone", "085 777 7777").status == 0
    shown = people("Bob", "user", "customer", "Bob", "--json").json
    assert (shown["pl_id"], shown["phones"], shown["created"]) == ("PL1", ["+353857777777"], False)
    assert [one["is_former"] for one in shown["phone_lines"] if one["until"]] == [True]
    assert people("Ann", "customer", "show", "085 123 4567", "--json").json["pl_id"] == "PL1"


def test_a_phone_that_is_a_customers_leads_there_and_to_one_user_only(people: People):
    people("Ann", "customer", "add", "--phone", "085 123 4567", "--name", "Marta")
    people("Ann", "customer", "phone", "add", "PL1", "085 123 4568")
    people.add("Bob", "staff", "--phone", "085 123 4567")
    people.add("Mia", "manager", "--phone", "085 123 4568")
    found = people("Bob", "user", "customer", "Bob", "--json").json
    assert (found["pl_id"], found["name"], found["created"]) == ("PL1", "Marta", False)
    refused = people("Mia", "user", "customer", "Mia", "--json")
    assert (refused.status, refused.error["code"]) == (1, "customer_of_other_user")
    assert people("Bob", "user", "customer", "Mia", "--json").error["code"] == "not_allowed"


# -- lost and locked out ------------------------------------------------------------------------
def test_after_five_wrong_tries_the_right_pin_waits_too(people: People):
    said = [people.run("Ann", "user", "list", "--json", pin="730195").error for _ in range(6)]
    assert [one["code"] for one in said] == ["pin_wrong"] * 4 + ["locked_out"] * 2
    assert [one["facts"] for one in said[:4]] == [{"left": left} for left in (4, 3, 2, 1)]
    assert people("Ann", "user", "list", "--json").error["code"] == "locked_out"
    found = people.cli("user", "reset-admin", "--json").json
    assert found["name"] == "Ann"
    assert people.run("Ann", "user", "list", pin=found["pin"]).status == 0
    assert people("Ann", "user", "list", "--json").error["code"] == "pin_wrong"


def test_who_holds_the_file_finds_a_way_back_and_leaves_a_trace(people: People, sqlite_place: str):
    with closing(sqlite3.connect(sqlite_place)) as file:
        file.execute("UPDATE user_account SET disabled_at = created_at")
        file.commit()
    said = people.cli("user", "reset-admin")
    assert people.run("Ann", "user", "list", pin=said.out.split()[-1]).status == 0
    with closing(sqlite3.connect(sqlite_place)) as file:
        file.execute("UPDATE user_account SET role = 'staff'")
        file.commit()
    found = people.cli("user", "reset-admin", "--json").json
    assert found["name"] == "Admin"
    assert people.run("Admin", "user", "role", "Ann", "admin", pin=found["pin"]).status == 0
    with closing(sqlite3.connect(sqlite_place)) as file:
        told = file.execute("SELECT body FROM journal WHERE action = 'user.reset' ORDER BY id").fetchall()
    assert len(told) == 2
    assert found["pin"] not in str(told)


def test_signing_in_costs_one_look_at_a_pin(people: People, monkeypatch: pytest.MonkeyPatch):
    looked: list[str] = []

    def seen(kept: str, pin: str) -> bool:
        looked.append(kept)
        return is_right(kept, pin)

    monkeypatch.setattr(sign_in, "is_right", seen)
    assert people("Ann", "user", "list").status == 0
    assert len(looked) == 1
    people.run("Ann", *"init --business Other --region IE --currency EUR --time-zone Europe/Dublin".split())
    looked.clear()
    assert people("Ann", "user", "list", "--business", "Other").status == 0
    assert len(looked) == 1
    assert people("Nobody", "user", "list", "--business", "Other").status == 1
    assert len(looked) == 2


@pytest.mark.parametrize("pin", ["", "\udcff", "4" * 5000, "48 29 17", "'; DROP TABLE user_account"])
def test_a_pin_that_can_be_none_is_one_sentence(people: People, pin: str):
    refused = people.run("Ann", "user", "list", "--json", pin=pin)
    assert refused.status == 1
    assert refused.error["code"] in {"sign_in_needed", "pin_unreadable", "pin_wrong"}


def test_a_pass_of_the_window_is_for_one_use(
    people: People, sqlite_place: str, monkeypatch: pytest.MonkeyPatch
):
    shop = open_shop(sqlite_place)
    ann = shop.sign_in.by_name("Till 1", 1, "Ann", PINS["Ann"]).actor
    token = shop.sign_in.give_pass(ann)
    shop.close()
    codes = []
    for _ in range(2):
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{token}\n"))
        said = people.cli("user", "list", "--pass-stdin", "--json")
        codes.append(said.error["code"] if said.status else said.json[0]["name"])
    assert codes == ["Ann", "pass_invalid"]
    both = people.cli("user", "list", "--pass-stdin", "--user", "Ann", "--json")
    assert (both.status, both.error["code"]) == (1, "sign_in_twice")


def at_terminal(place: str, words: list[str], typed: list[str]) -> str:
    """What a terminal shows while a command runs and somebody types a line at each question."""
    ours, theirs = os.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "posapp", *words],
        env={**os.environ, "POSAPP_DATABASE": place},
        preexec_fn=partial(os.login_tty, theirs),  # noqa: PLW1509 - no threads here
    )
    os.close(theirs)
    said, left = b"", list(typed)
    with suppress(OSError):  # the program has ended
        while more := os.read(ours, 1000):
            said += more
            if left and said.endswith(b": "):
                os.write(ours, left.pop(0).encode() + b"\n")
    os.close(ours)
    program.wait()
    return said.decode()
