"""`posapp init` and `posapp settings`."""

import base64
from pathlib import Path

import pytest

from posapp import paths
from tests.cli.conftest import Cli

INIT = ["init", "--business", "Kiran's", "--region", "IN", "--currency", "INR", "--time-zone", "Asia/Kolkata"]
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def test_init_makes_a_shop_with_one_bench_one_service_and_hours(bare: Cli, tmp_path: Path):
    place = ["--database", tmp_path / "shop.db", "--json"]
    made = bare(*INIT, *place).json
    assert (made["business"], made["locale"], made["businesses"]) == ("Kiran's", "en-IN", 1)
    assert [one["name"] for one in bare("staff", "list", *place).json] == ["Counter"]
    [service] = bare("service", "list", *place).json
    assert (service["name"], service["minutes"]) == ("Repair", 30)
    week = bare("hours", *place).json["week"]
    assert [(row["from"], row["to"]) for row in week] == [("09:00", "18:00")] * 7


def test_init_without_a_place_makes_this_computer_s_own_shop(bare: Cli):
    assert bare(*INIT).status == 0
    assert paths.default_database().is_file()
    assert bare("ids", "status", "--json").json["next"] == "PL1"


def test_a_shop_that_exists_is_not_made_again_but_another_one_may_stand_beside_it(bare: Cli):
    bare(*INIT)
    assert bare(*INIT, "--json").error["code"] == "business_exists"
    beside = bare(*INIT[:2], "Second", *INIT[3:])
    assert beside.status == 0
    assert "holds 2 businesses" in beside.err


@pytest.mark.parametrize(
    ("option", "value", "field"),
    [
        ("--region", "XX", "region"),
        ("--currency", "ABC", "currency"),
        ("--time-zone", "Mars/Olympus", "time_zone"),
        ("--time-zone", "right/UTC", "time_zone"),
        ("--time-zone", "Factory", "time_zone"),
        ("--phone", "abc", "phone"),
        ("--time-zone", "../../etc/passwd", "time_zone"),
        ("--locale", "not a locale", "locale"),
        ("--business", "x" * 10_000, "name"),
        ("--business", "\u200b", "name"),
        ("--email", "nonsense", "email"),
    ],
)
def test_what_a_shop_cannot_be_is_refused_and_leaves_no_file(
    bare: Cli, tmp_path: Path, option: str, value: str, field: str
):
    place = tmp_path / "shop.db"
    assert bare(*INIT, option, value, "--database", place, "--json").error["field"] == field
    assert not place.exists()


def test_init_makes_no_folder_that_was_named(bare: Cli, tmp_path: Path):
    done = bare(*INIT, "--database", tmp_path / "no" / "shop.db", "--json")
    assert done.error["code"] == "folder_missing"
    assert not (tmp_path / "no").exists()


def test_a_data_folder_that_cannot_be_made_is_told(bare: Cli, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("POSAPP_DATA_DIR", "/proc/nowhere")
    assert bare(*INIT, "--json").error["code"] == "folder_unmade"


def test_settings_are_listed_read_and_changed(cli: Cli):
    everything = cli("settings", "--json").json
    assert (everything["region"], everything["time-zone"], everything["cutover"]) == (
        "IE",
        "Europe/Dublin",
        "00:00",
    )
    assert "tax-id             –" in cli("settings").out
    assert cli("settings", "cutover", "03:30", "--json").json == {"cutover": "03:30"}
    assert cli("settings", "time_zone").out == "Europe/Dublin\n"
    assert cli("settings", "address", "1 Quay\nDublin").out == "1 Quay\nDublin\n"
    assert cli("settings", "address", "", "--json").json == {"address": ""}


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["colour"], "key"),
        (["colour", "red"], "key"),
        (["x" * 10_000], "key"),
        (["region", "XX"], "region"),
        (["currency", "?"], "currency"),
        (["cutover", "12:00"], "cutover_minutes"),
        (["cutover", "late"], "cutover"),
        (["name", ""], "name"),
        (["logo", "/nowhere.png"], "logo"),
        (["logo", "/etc/hostname"], "logo"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_and_changes_nothing(cli: Cli, words: list[str], field: str):
    before = cli("settings", "--json").json
    assert cli("settings", *words, "--json").error["field"] == field
    assert cli("settings", "--json").json == before


def test_a_logo_is_put_on_and_taken_off(cli: Cli, tmp_path: Path):
    picture = tmp_path / "logo.png"
    picture.write_bytes(PNG)
    assert cli("settings", "logo", picture, "--json").json["logo"]
    assert cli("settings", "logo", "", "--json").json["logo"] == ""


def test_a_shop_begins_with_a_tax(bare: Cli):
    made = bare(*INIT, "--tax", "GST=18", "--prices", "include-tax", "--json").json
    assert made["prices"] == "include-tax"
    found = {one["name"]: (one["percent"], one["is_default"]) for one in bare("tax", "list", "--json").json}
    assert found == {"GST": ("18", True), "No tax": ("0", False)}


@pytest.mark.parametrize("tax", ["GST", "GST=200", "=18"])
def test_a_tax_that_is_none_is_refused_before_there_is_a_shop(bare: Cli, tax: str):
    assert bare(*INIT, "--tax", tax, "--json").error["field"] == "tax"
    assert bare("tax", "list", "--json").status == 1
