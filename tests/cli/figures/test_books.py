"""`posapp books`: the day journal as text, JSON and files."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def sold(cli: Cli) -> Cli:
    """A sale of today in cash."""
    cli("shift", "open", "--float", "50")
    cli("order", "add", "--line", "Cable,1,12.50", "--pay", "cash=12.50")
    return cli


def test_the_books_are_shown_with_their_foot(sold: Cli):
    told = sold("books", "show", "--json").json
    assert told["balanced"]
    assert told["debit_minor"] == told["credit_minor"] == 6250
    cash = next(one for one in told["accounts"] if one["account"] == "cash")
    assert (cash["number"], cash["entries"], cash["debit_minor"]) == ("1000", 2, 6250)
    lines = sold("books", "show").out.splitlines()
    assert lines[-1].split()[0] == "Balanced"
    behind = sold("books", "show", "--account", "cash", "--json").json
    assert [(one["number"], one["debit_minor"]) for one in behind] == [("S1", 1250), ("", 5000)]
    assert sold("books", "show", "--account", "cash").out.count("\n") == 2
    assert sold("books", "show", "--account", "till", "--json").error["code"] == "account_unknown"
    nothing = sold("books", "show", "--from", "2030-01-01", "--to", "2030-01-31")
    assert nothing.out == "Nothing was booked from Tue 1 Jan 2030 to Thu 31 Jan 2030.\n"


def test_a_day_is_exported_once(sold: Cli, tmp_path: Path):
    file = tmp_path / "books.csv"
    export = ("books", "export", "--format", "datev", "--out", file)
    assert sold(*export).out == f"1 day for DATEV in {file}\n"
    assert file.read_bytes().startswith(b'"EXTF";700;21;')
    again = sold(*export)
    assert again.status == 0
    assert "nothing has changed since; no file was written" in again.out
    assert sold(*export, "--json").json == {"file": None, "days": 0, "corrections": 0, "state": "sent"}
    sold("order", "add", "--line", "Cable,1,2.50", "--pay", "cash=2.50")
    assert sold(*export, "--json").error["code"] == "file_exists"
    other = tmp_path / "more.csv"
    done = sold("books", "export", "--format", "datev", "--out", other)
    assert done.out == f"0 days, 1 correction for DATEV in {other}\n"
    assert sold(*export, "--again", "--force").out == f"1 day for DATEV in {file}\n"
    early = ("--from", "2020-01-01", "--to", "2020-01-02")
    nothing = sold("books", "export", *early, "--format", "xero", "--out", tmp_path / "x.csv")
    assert nothing.out == "Nothing was booked from Wed 1 Jan 2020 to Thu 2 Jan 2020; no file was written.\n"


def test_accounts_and_settings_are_told_and_set(cli: Cli):
    assert {"account": "safe", "number": "1010", "name": "Safe", "own": False} in cli(
        "books", "accounts", "--json"
    ).json
    [one] = cli("books", "accounts", "safe", "1015", "--name", "Strongbox", "--json").json
    assert one == {"account": "safe", "number": "1015", "name": "Strongbox", "own": True}
    assert cli("books", "accounts", "safe").out.split() == ["safe", "1015", "Strongbox"]
    assert cli("books", "settings", "--json").json["consultant"] == 1001
    told = cli("books", "settings", "--client", "7", "--chart", "skr04", "--json").json
    assert (told["client"], told["chart"], told["consultant"]) == (7, "skr04", 1001)
    assert cli("books", "settings", "--length", "9", "--json").error["field"] == "length"
