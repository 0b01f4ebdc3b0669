"""`posapp import FILE…` of lists of customers: recognised, or told by --map; seen before with --sight."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

SQUARE = Path(__file__).parents[2] / "old_data" / "products" / "square.csv"
TABLE = "Kunde,Handy,Geburtstag\nAnna,020 915 0530 / 020 915 0531,x\nTom,,\nBad,3.24444E+10,\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "kunden.csv"
    file.write_text(TABLE)
    return file


def test_a_list_of_a_product_is_recognised(cli: Cli) -> None:
    told = json.loads(cli("import", SQUARE, "--json").out)
    wanted = {"system": "square", "created": 3, "matched": 0, "updated": 0, "without_phone": 1, "batch": 1}
    assert {name: told[name] for name in wanted} == wanted
    assert [(one["file"], one["row"], one["code"]) for one in told["rejected"]] == [
        ("square.csv", 5, "phone_placeholder")
    ]
    assert told["rejected"][0]["message"].endswith(".")
    assert "Birthday" in told["unused_columns"] and "Phone Number" not in told["unused_columns"]
    again = cli("import", SQUARE)
    assert again.status == 0
    assert "5 rows of Square were read." in again.out and "Columns left out: Nickname" in again.out
    assert cli("verify").status == 0


def test_any_other_table_is_told_by_its_columns(cli: Cli, table: Path, tmp_path: Path) -> None:
    refused = cli("import", table)
    assert refused.status == 1
    assert refused.err.startswith(
        "posapp: posapp does not know this table. Say what its columns are, such as "
    )
    assert "--map Kunde=name --map Handy=phone" in refused.err
    mapping = ("--map", "kunde=name", "--map", "Handy=phone")
    report = tmp_path / "report.json"
    told = json.loads(
        cli("import", table, *mapping, "--no-split", "--dry-run", "--json", "--report", report).out
    )
    assert [one["code"] for one in told["rejected"]] == ["phone_several", "phone_destroyed"]
    assert json.loads(report.read_text())["unused_columns"] == ["Geburtstag"]
    told = json.loads(cli("import", table, *mapping, "--json").out)
    assert (told["system"], told["created"], told["without_phone"]) == ("general", 2, 1)
    found = json.loads(cli("customer", "show", "PL1", "--json").out)
    assert found["phones"] == ["+353209150530", "+353209150531"]
    again = json.loads(cli("import", table, "--json").out)  # its columns are known by now
    assert (again["created"], again["known"]) == (0, 2)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--map", "Kunde"), "--map takes COLUMN=FIELD, not Kunde."),
        (("--map", "Kunde=nonsense"), "--map takes COLUMN=FIELD"),
        (("--map", "Name=name"), "The file has no column Name. Its columns are: Kunde, Handy, Geburtstag."),
        (("--map", "Handy=note"), "Choose a column for the name, the phone or the e-mail address."),
        (("--map", "Kunde=name", "--map", "Kunde=phone"), "--map says two things of the column Kunde."),
        (("--system", "posapp"), "do not come in this way"),
    ],
)
def test_wrong_columns_are_refused_in_a_sentence(
    cli: Cli, table: Path, words: tuple[str, ...], said: str
) -> None:
    done = cli("import", table, *words)
    assert done.status == 1 and said in done.err


def test_a_catalogue_is_told_apart(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "catalog.csv"
    file.write_text("Token,Item Name,Variation Name,SKU\n")
    assert cli("import", file).err == (
        "posapp: catalog.csv: This is a catalogue of Square. Items go in with: posapp item import FILE.\n"
    )


def test_files_are_seen_before_they_come(cli: Cli, table: Path) -> None:
    [seen] = json.loads(cli("import", table, "--sight", "--json").out)["files"]
    assert (seen["system"], seen["collection"], seen["rows"], seen["is_estimated"]) == (
        "general", "customers", 3, False,
    )  # fmt: skip
    assert seen["columns"][0] == {
        "name": "Kunde", "field": "name", "is_sure": True, "samples": ["Anna", "Tom", "Bad"], "filled": 3,
    }  # fmt: skip
    assert [(one["field"], one["is_sure"]) for one in seen["columns"]][1:] == [("phone", True), (None, False)]
    said = cli("import", table, "--sight").out
    assert "kunden.csv: a table, 3 rows." in said and "Geburtstag: left out? (1 filled) x" in said
    legacy = Path(__file__).parents[2] / "old_data" / "legacy" / "004"
    found = json.loads(cli("import", legacy, "--sight", "--json").out)["files"]
    assert [(one["system"], one["collection"]) for one in found] == [("004", "customers"), ("004", "tickets")]
    assert cli("import", "list").out == "Nothing was imported yet.\n"


def test_a_folder_of_an_old_system_needs_no_words(cli: Cli) -> None:
    folder = Path(__file__).parents[2] / "old_data" / "legacy" / "004-excel"
    told = json.loads(cli("import", folder, "--dry-run", "--json").out)
    assert told["system"] == "004" and told["created"] > 0
