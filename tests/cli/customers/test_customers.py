"""`posapp customer`: find or create, show, change, phones and people."""

import pytest

from tests.cli.conftest import Cli

MARTA = ["customer", "add", "--phone", "087 123 4567", "--name", "Marta Kowalczyk"]


def test_a_new_number_makes_a_customer_and_a_known_one_reuses_it(cli: Cli):
    first = cli(*MARTA, "--email", "marta@example.com", "--json").json
    again = cli("customer", "add", "--phone", "+353-87-1234567", "--json").json
    assert (first["pl_id"], first["created"]) == ("PL1", True)
    assert (again["pl_id"], again["created"]) == ("PL1", False)
    assert again["name"] == "Marta Kowalczyk"
    assert again["phones"] == ["+353871234567"]


def test_the_text_says_created_or_reused(cli: Cli):
    assert cli(*MARTA).out.startswith("created PL1\n")
    assert cli(*MARTA).out.startswith("reused PL1\n")


def test_another_name_on_a_known_number_changes_nothing_and_names_the_command(cli: Cli):
    cli(*MARTA)
    done = cli(
        "customer", "add", "--phone", "0871234567", "--name", "Tom Byrne", "--email", "tom@example.com"
    )
    assert done.status == 0
    assert 'posapp customer contact add PL1 "Tom Byrne"' in done.err
    assert "--email changed nothing" in done.err
    assert "Tom" not in done.out
    assert cli("customer", "show", "PL1", "--json").json["name"] == "Marta Kowalczyk"
    assert cli("customer", "contact", "add", "PL1", "Tom Byrne", "--json").json["contacts"] == ["Tom Byrne"]
    assert cli("customer", "add", "--phone", "0871234567", "--name", "tom byrne").err == ""
    assert cli("customer", "contact", "remove", "PL1", "TOM BYRNE", "--json").json["contacts"] == []
    assert cli("customer", "contact", "remove", "PL1", "Tom", "--json").error["code"] == "contact_unknown"


def test_a_name_is_optional_and_the_phone_stands_for_it(cli: Cli):
    assert cli("customer", "add", "--phone", "0871234567", "--json").json["name"] == ""
    assert "PL1  087 123 4567" in cli("customer", "show", "PL1").out
    assert "posapp customer edit PL1 --name" in cli(*MARTA).err


def test_a_customer_without_a_phone_needs_a_reason_and_a_name(cli: Cli):
    made = cli("customer", "add", "--no-phone", "prefers letters", "--name", "Áine", "--json").json
    assert made["created"] is True
    assert made["phones"] == []
    assert made["no_phone_reason"] == "prefers letters"
    assert (
        cli("customer", "add", "--no-phone", " ", "--name", "Áine", "--json").error["code"]
        == "reason_missing"
    )
    assert cli("customer", "add", "--no-phone", "shy", "--json").error["code"] == "name_missing"


@pytest.mark.parametrize(
    "text",
    ["PL1", "pl1", "1", "PL0001", "0871234567", "+353 87 123 4567", "user_0871234567", "user_+353871234567"],
)
def test_any_form_of_an_id_finds_the_customer(cli: Cli, text: str):
    cli(*MARTA)
    assert cli("customer", "show", text, "--json").json["pl_id"] == "PL1"
    assert cli("customer", "show", *text.split(), "--json").json["created"] is False


@pytest.mark.parametrize(
    "text", ["PL2", "nobody", "0861111111", "x" * 10_000, "\x1b[31m", "\u200b", "B1", "PL" + "9" * 400]
)
def test_an_id_that_finds_nobody_is_refused(cli: Cli, text: str):
    cli(*MARTA)
    done = cli("customer", "show", text)
    assert done.status == 1
    assert "\x1b" not in done.err
    assert len(done.err) < 200
    assert cli("customer", "show", text, "--json").error["code"] == "customer_unknown"


@pytest.mark.parametrize(
    "phone",
    [
        "",
        " ",
        "abc",
        "12",
        "9" * 10_000,
        "000-000-0000",
        "0871234567 / 0867654321",
        "+999 123 456 789",
        "\x07",
        "-",
    ],
)
def test_a_phone_that_cannot_be_is_refused_beside_its_field(cli: Cli, phone: str):
    error = cli("customer", "add", f"--phone={phone}", "--name", "Marta", "--json").error
    assert error["field"] == "phone"
    assert error["message"]
    assert cli("ids", "status", "--json").json["counter"] == 0


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("\x1b[31mRed\x07", "[31mRed"),
        ("  Marta \t  K ", "Marta K"),
        ("مريم", "مريم"),
        ("🦊 Fox", "🦊 Fox"),
        ("x" * 200, "x" * 200),
        ("   ", ""),
    ],
)
def test_names_are_kept_as_they_are_without_what_steers_a_terminal(cli: Cli, name: str, kept: str):
    assert cli("customer", "add", "--phone", "0871234567", "--name", name, "--json").json["name"] == kept
    assert "\x1b" not in cli("customer", "show", "PL1").out


def test_a_name_of_10_000_characters_is_refused(cli: Cli):
    done = cli("customer", "add", "--phone", "0871234567", "--name", "x" * 10_000, "--json")
    assert done.error["code"] == "name_too_long"
    assert cli("ids", "status", "--json").json["counter"] == 0


def test_edit_changes_what_is_named_and_leaves_the_rest(cli: Cli):
    cli(*MARTA, "--email", "marta@example.com")
    edited = cli("customer", "edit", "PL1", "--name", "Marta K", "--note", "a\nb", "--flag", "--json").json
    assert (edited["name"], edited["email"], edited["note"]) == ("Marta K", "marta@example.com", "a\nb")
    assert edited["is_flagged"] is True
    assert cli("customer", "edit", "PL1", "--no-flag", "--email", "", "--json").json["email"] == ""
    assert cli("customer", "edit", "PL1", "--email", "nonsense", "--json").error["field"] == "email"
    assert cli("customer", "edit", "PL9", "--name", "X", "--json").error["code"] == "customer_unknown"


def test_phones_are_added_ended_changed_and_taken_back(cli: Cli):
    cli(*MARTA)
    added = cli("customer", "phone", "add", "PL1", "0861111111", "--label", "work", "--json").json
    assert added["phones"] == ["+353871234567", "+353861111111"]
    first = cli("customer", "phone", "primary", "PL1", "0861111111", "--json").json
    assert first["phones"][0] == "+353861111111"
    ended = cli("customer", "phone", "end", "PL1", "0861111111")
    assert "(work, former, until" in ended.out
    back = cli("customer", "phone", "back", "PL1", "0861111111", "--json").json
    assert back["phones"] == ["+353871234567", "+353861111111"]
    changed = cli("customer", "phone", "change", "PL1", "0861111111", "0862222222", "--json").json
    assert changed["phones"] == ["+353871234567", "+353862222222"]
    assert cli("customer", "phone", "end", "PL1", "0865555555", "--json").error["code"] == "phone_not_theirs"
    assert cli("customer", "phone", "add", "PL1", "0871234567", "--json").error["code"] == "phone_own"


def test_a_number_in_use_is_refused_and_can_be_moved(cli: Cli):
    cli(*MARTA)
    cli("customer", "add", "--phone", "0861111111", "--name", "Tom")
    refused = cli("customer", "phone", "add", "PL1", "0861111111", "--json").error
    assert refused["code"] == "phone_taken"
    assert refused["facts"]["pl_id"] == "PL2"
    moved = cli("customer", "phone", "move", "PL1", "0861111111", "--json").json
    assert moved["phones"] == ["+353871234567", "+353861111111"]
    assert cli("customer", "show", "PL2", "--json").json["phones"] == []


def test_a_former_number_makes_a_new_customer_and_says_whose_it_was(cli: Cli):
    cli(*MARTA)
    cli("customer", "phone", "change", "PL1", "0871234567", "0862222222")
    done = cli("customer", "add", "--phone", "0871234567", "--name", "Tom")
    assert done.out.startswith("created PL2")
    assert "PL1 Marta Kowalczyk had this number until" in done.err


def test_a_number_that_was_passed_on_gets_a_new_pl_id(cli: Cli):
    cli(*MARTA)
    made = cli("customer", "add", "--phone", "0871234567", "--name", "Tom", "--another-person", "--json").json
    assert (made["pl_id"], made["created"]) == ("PL2", True)
    assert cli("customer", "show", "PL1", "--json").json["phones"] == []
