"""The catalogue on the command line: items, their stock, taxes, and how a shop prices."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

ADD = ("item", "add", "--sku", "CBL", "--name", "USB cable", "--price", "9.90")
CODE = "4006381333931"


def json_of(cli: Cli, *words: str):
    return cli(*words, "--json").json


def test_an_item_is_added_with_stock_cost_tax_and_barcodes_and_listed(cli: Cli):
    cli("tax", "set", "VAT", "23")
    made = json_of(cli, *ADD, "--stock", "5", "--cost", "4", "--tax", "vat", "--barcode", CODE)
    assert made == {
        "sku": "CBL",
        "name": "USB cable",
        "kind": "goods",
        "price_minor": 990,
        "cost_minor": 400,
        "tax": "VAT",
        "barcodes": [CODE],
        "stock": 5,
        "reserved": 0,
        "reorder_level": 0,
        "is_archived": False,
    }
    assert json_of(cli, "item", "list") == json_of(cli, "item", "list", CODE) == [made]
    assert json_of(cli, "item", "list", "other") == []
    assert cli("item", "list").out.split() == ["CBL", "USB", "cable", "€9.90", "5", "in", "stock"]


def test_without_a_stock_none_is_kept(cli: Cli):
    assert json_of(cli, *ADD)["stock"] is None
    assert cli("stock", "move", "CBL", "3", "--json").error["code"] == "stock_not_kept"
    work = json_of(cli, "item", "add", "--sku", "W", "--name", "Work", "--price", "50", "--kind", "service")
    assert (work["kind"], work["stock"]) == ("service", None)


def test_an_item_is_edited_archived_and_restored(cli: Cli):
    cli(*ADD, "--stock", "2", "--barcode", CODE)
    edited = json_of(
        cli, "item", "edit", CODE, "--price", "12", "--name", "Cable", "--barcode", "77", "--no-barcode", CODE
    )
    assert (edited["price_minor"], edited["name"], edited["barcodes"]) == (1200, "Cable", ["77"])
    assert json_of(cli, "item", "edit", "cbl", "--cost", "3", "--reorder", "2")["cost_minor"] == 300
    assert [one["sku"] for one in json_of(cli, "item", "list", "--low")] == ["CBL"]
    assert cli("item", "edit", "CBL").status == 2
    assert json_of(cli, "item", "archive", "CBL")["is_archived"]
    assert json_of(cli, "item", "list") == []
    assert [one["sku"] for one in json_of(cli, "item", "list", "--all")] == ["CBL"]
    assert not json_of(cli, "item", "restore", "cbl")["is_archived"]
    assert cli("item", "restore", "CBL", "--json").error["code"] == "item_unknown"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--sku", "S12"), "code_reserved"),
        (("--barcode", "PL3"), "code_reserved"),
        (("--tax", "none such"), "tax_unknown"),
        (("--price", "-1"), "amount_negative"),
        (("--price", "1.234.5"), "amount_invalid"),
        (("--price", ""), "price_invalid"),
    ],
)
def test_a_wrong_item_is_refused_in_a_sentence(cli: Cli, words: tuple[str, ...], code: str):
    assert cli(*ADD, *words, "--json").error["code"] == code
    assert json_of(cli, "item", "list", "--all") == []


def test_stock_is_shown_with_what_moved_it(cli: Cli):
    cli(*ADD, "--stock", "5", "--cost", "4")
    assert json_of(cli, "stock", "move", "CBL", "5", "--cost", "6")["cost_minor"] == 500
    assert json_of(cli, "stock", "move", "CBL", "-2", "--note", "count")["stock"] == 8
    assert json_of(cli, "stock", "move", "CBL", "-1", "--kind", "scrapped", "--note", "bent")["stock"] == 7
    assert cli("stock", "move", "CBL", "-8", "--note", "x", "--json").error["code"] == "stock_short"
    assert cli("stock", "move", "CBL", "-1", "--json").error["code"] == "reason_missing"
    assert cli("stock", "move", "CBL", "some").status == 2
    assert cli("stock", "move", "CBL", "1", "--kind", "sold").status == 2
    shown = json_of(cli, "stock", "show", "CBL")
    assert (shown["stock"], sum(one["quantity"] for one in shown["moves"])) == (7, 7)
    assert [(one["kind"], one["quantity"], one["unit_cost_minor"]) for one in shown["moves"]] == [
        ("scrapped", -1, 500),
        ("counted", -2, 500),
        ("received", 5, 600),
        ("opening", 5, 400),
    ]
    assert "7 in stock" in cli("stock", "show", "CBL").out
    assert cli("verify").status == 0


def test_a_count_is_shown_with_its_cost_before_it_is_booked(cli: Cli, tmp_path: Path):
    cli(*ADD, "--stock", "5", "--cost", "4", "--barcode", CODE)
    cli("item", "add", "--sku", "BAT", "--name", "Battery", "--price", "20", "--stock", "2")
    file = tmp_path / "scanned.txt"
    file.write_text(f"\ufeff{CODE}\nCBL\nBAT;3\n\n999\n999\n{CODE}\n", encoding="utf-8")
    wanted = {
        "booked": False,
        "lines": [
            {"sku": "CBL", "stock": 5, "counted": 3, "pieces": -2, "cost_minor": -800},
            {"sku": "BAT", "stock": 2, "counted": 3, "pieces": 1, "cost_minor": None},
        ],
        "pieces": -1,
        "cost_minor": -800,
        "unknown": [{"code": "999", "times": 2}],
    }
    assert json_of(cli, "stock", "count", str(file)) == wanted
    assert "Unknown: 999 (2)" in cli("stock", "count", str(file)).out
    assert json_of(cli, "stock", "show", "CBL")["stock"] == 5
    assert json_of(cli, "stock", "count", str(file), "--book", "--note", "December") == {
        **wanted,
        "booked": True,
    }
    shown = json_of(cli, "stock", "show", "CBL")
    assert (shown["stock"], shown["moves"][0]["kind"], shown["moves"][0]["note"]) == (
        3,
        "counted",
        "December",
    )
    assert json_of(cli, "stock", "count", str(file))["pieces"] == 0
    for words in ("CBL;many", ";3", "CBL;-1", "CBL;99999999999", "CBL;999999999\nCBL;9"):
        file.write_text(words)
        assert cli("stock", "count", str(file), "--json").error["code"] == "count_unclear"
    assert cli("stock", "count", str(tmp_path / "none"), "--json").error["code"] == "file_unread"
    assert cli("verify").status == 0


def test_taxes_are_set_listed_and_archived(cli: Cli):
    made = json_of(cli, "tax", "set", "GST", "18", "--parts", "CGST=9,SGST=9")
    assert (made["percent"], made["is_default"]) == ("18", True)
    assert made["rates"][0]["parts"] == {"CGST": "9", "SGST": "9"}
    later = json_of(cli, "tax", "set", "GST", "20", "--from", "2099-01-01")
    assert (later["percent"], [rate["percent"] for rate in later["rates"]]) == ("18", ["20", "18"])
    assert [one["name"] for one in json_of(cli, "tax", "list")] == ["GST", "No tax"]
    assert "CGST 9 + SGST 9" in cli("tax", "list").out
    assert json_of(cli, "tax", "set", "Low", "5", "--default")["is_default"]
    assert json_of(cli, "tax", "archive", "GST")["is_archived"]
    assert json_of(cli, "tax", "restore", "GST")["is_archived"] is False
    for words, code in (
        (("GST", "18", "--parts", "CGST=9"), "parts_invalid"),
        (("GST", "18", "--parts", "CGST"), "parts_invalid"),
        (("GST", "180"), "percent_invalid"),
        (("GST", "18", "--from", "2020-01-01"), "rate_past"),
    ):
        assert cli("tax", "set", *words, "--json").error["code"] == code


def test_a_shop_says_how_it_prices_and_rounds(cli: Cli):
    assert json_of(cli, "settings", "prices") == {"prices": "include-tax"}
    assert json_of(cli, "settings", "prices", "exclude-tax") == {"prices": "exclude-tax"}
    assert json_of(cli, "settings", "tax-rounding", "rate") == {"tax-rounding": "rate"}
    assert json_of(cli, "settings", "cash-rounding", "0.05") == {"cash-rounding": "0.05"}
    assert json_of(cli, "settings", "cash-rounding", "0") == {"cash-rounding": "0"}
    assert cli("settings", "prices", "maybe", "--json").error["code"] == "setting_invalid"
    assert cli("settings", "tax-rounding", "never", "--json").error["code"] == "setting_invalid"
    assert cli("settings", "cash-rounding", "99999999", "--json").error["code"] == "rounding_invalid"
