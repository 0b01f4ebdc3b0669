"""`posapp loaner`: what is lent, to whom, and that it comes back."""

from typing import Any

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def lending(cli: Cli) -> Cli:
    """A shop with a ticket and two loaners."""
    cli("ticket", "add", "--phone", "0871234567", "--device", "Samsung Galaxy S22", "--fault", "Cracked")
    cli("loaner", "add", "Moto G", "--serial", "MG-1")
    cli("loaner", "add", "Nokia 105")
    return cli


def named(documents: list[dict[str, Any]]) -> list[str]:
    return [document["name"] for document in documents]


def test_loaners_are_added_changed_archived_and_restored(lending: Cli):
    added = lending("loaner", "add", "Air", "--serial", "IP-9", "--json").json
    assert added == {"name": "Air", "serial": "IP-9", "is_archived": False, "number": None, "out_at": None}
    edited = lending("loaner", "edit", "air", "--name", "Air 2", "--serial", "", "--json").json
    assert (edited["name"], edited["serial"]) == ("Air 2", "")
    assert lending("loaner", "archive", "Air 2").out == "Air 2: archived\n"
    assert named(lending("loaner", "list", "--json").json) == ["Moto G", "Nokia 105"]
    assert named(lending("loaner", "list", "--all", "--json").json) == ["Air 2", "Moto G", "Nokia 105"]
    assert lending("loaner", "restore", "air", "--json").json["is_archived"] is False
    assert lending("loaner", "list").out.splitlines()[0].split() == ["Air", "2", "free"]


def test_a_loaner_goes_out_with_a_ticket_and_comes_back(lending: Cli):
    lent = lending("loaner", "lend", "moto", "T1", "--note", "with charger", "--json").json
    assert (lent["name"], lent["number"], lent["back_at"], lent["note"]) == (
        "Moto G",
        "T1",
        None,
        "with charger",
    )
    listed = lending("loaner", "list", "--json").json[0]
    assert (listed["number"], listed["out_at"]) == ("T1", lent["out_at"])
    assert "out on T1 since" in lending("loaner", "list").out
    back = lending("loaner", "return", "Moto G", "--note", "scratched", "--json").json
    assert back["back_at"] is not None
    assert back["note"] == "with charger\nscratched"
    assert lending("loaner", "list", "--ticket", "T1", "--json").json == [back]
    assert ", back " in lending("loaner", "list", "--ticket", "T1").out
    assert lending("loaner", "lend", "Moto G", "T1").out == "Moto G: out on T1\n"
    assert lending("loaner", "return", "Moto G").out == "Moto G: back from T1\n"


def test_the_last_device_stays_until_the_loaner_is_back(lending: Cli):
    lending("loaner", "lend", "Moto G", "T1")
    lending("ticket", "status", "T1", "ready")
    assert lending("ticket", "hand-back", "T1", "--to", "Marta", "--json").error["code"] == "loaner_out"
    lending("loaner", "return", "Moto G")
    assert lending("ticket", "hand-back", "T1", "--to", "Marta").status == 0
    assert lending("verify").status == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["add", "Moto G"], "loaner_exists"),
        (["add", ""], "name_missing"),
        (["edit", "Nothing", "--serial", "1"], "loaner_unknown"),
        (["archive", "Nokia 105"], "loaner_out"),
        (["lend", "Nokia 105", "T1"], "loaner_out"),
        (["lend", "Moto G", "T9"], "ticket_unknown"),
        (["lend", "Nothing", "T1"], "loaner_unknown"),
        (["return", "Moto G"], "loaner_back"),
        (["restore", "Moto G"], "loaner_unknown"),
        (["list", "--ticket", "T9"], "ticket_unknown"),
    ],
)
def test_what_cannot_be_is_refused(lending: Cli, words: list[str], code: str):
    lending("loaner", "lend", "Nokia 105", "T1")
    refused = lending("loaner", *words, "--json")
    assert (refused.status, refused.error["code"]) == (1, code)


def test_a_change_that_names_nothing_is_wrong_usage(lending: Cli):
    refused = lending("loaner", "edit", "Moto G")
    assert (refused.status, refused.out) == (2, "")
    assert "name what to change: --name or --serial" in refused.err


def test_a_shop_without_loaners_says_so(cli: Cli):
    assert cli("loaner", "list").out == "No loaners.\n"
    assert cli("loaner", "list", "--json").json == []
