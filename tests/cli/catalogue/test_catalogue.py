"""The catalogue on the command line: items, their stock, taxes, and how a shop prices."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.printing.samples import codes_on, pictures

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
        "commodity_code": "",
        "quick_position": None,
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


def test_a_price_level_is_set_given_to_a_customer_and_archived(cli: Cli):
    cli(*ADD)
    assert json_of(cli, "price-level", "set", "Trade", "12.5")["percent_off"] == "12.5"
    assert json_of(cli, "price-level", "set", "trade", "10") == {
        "name": "Trade",
        "percent_off": "10",
        "is_archived": False,
    }
    cli("customer", "add", "--phone", "0871234567", "--name", "Ann")
    words = (
        "--price-level",
        "tr",
        "--tax-exempt",
        "Charity",
        "--tax-number",
        "IE 7",
        "--account-limit",
        "50",
    )
    made = json_of(cli, "customer", "edit", "PL1", *words)
    assert (made["price_level"], made["tax_exempt_reason"], made["tax_number"]) == (
        "Trade",
        "Charity",
        "IE 7",
    )
    assert made["account_limit_minor"] == 5000
    assert json_of(cli, "item", "price", "CBL") == {"sku": "CBL", "price_minor": 990}
    assert json_of(cli, "item", "price", "CBL", "--for", "PL1")["price_minor"] == 891
    assert "Charity" in cli("customer", "show", "PL1").out
    json_of(cli, "settings", "account-limit", "20")
    none = json_of(cli, "customer", "edit", "PL1", "--price-level", "", "--account-limit", "")
    assert (none["price_level"], none["account_limit_minor"], none["tax_number"]) == ("", 2000, "IE 7")
    assert cli("customer", "edit", "PL1", "--price-level", "x", "--json").error["code"] == "price_unknown"
    assert json_of(cli, "price-level", "archive", "Trade")["is_archived"]
    assert json_of(cli, "price-level", "list") == []
    assert not json_of(cli, "price-level", "restore", "Trade")["is_archived"]


def test_items_are_found_beside_customers_and_by_a_whole_code_before_them(cli: Cli):
    cli(*ADD, "--barcode", CODE, "--commodity-code", "8544")
    cli("customer", "add", "--phone", "0871234567", "--name", "Usbert Cable")
    found = json_of(cli, "search", "usb cab")
    item = {"kind": "item", "number": "CBL", "pl_id": None, "name": "USB cable", "phone": None}
    assert [one["kind"] for one in found] == ["customer", "item"]
    assert found[1] == {**item, "price_minor": 990}
    assert json_of(cli, "search", CODE)[0]["number"] == json_of(cli, "search", "cbl")[0]["number"] == "CBL"
    assert "CBL item USB cable" in " ".join(cli("search", "usb").out.split())
    assert len(json_of(cli, "search", "usb", "--limit", "1")) == 1


def test_quick_items_are_set_and_listed(cli: Cli):
    cli(*ADD)
    cli("item", "add", "--sku", "TWO", "--name", "Two", "--price", "1")
    assert [one["sku"] for one in json_of(cli, "item", "quick", "two", "CBL")] == ["TWO", "CBL"]
    assert [one["quick_position"] for one in json_of(cli, "item", "quick")] == [1, 2]
    assert json_of(cli, "item", "quick", "") == []


def test_items_come_from_a_file_and_go_to_one(cli: Cli, tmp_path: Path):
    file = tmp_path / "in.csv"
    file.write_text("sku,name,price\nA,One,1.50\nB,,2\n", encoding="utf-8")
    dry = json_of(cli, "item", "import", str(file), "--dry-run")
    assert (dry["dry_run"], dry["added"], [one["row"] for one in dry["rejected"]]) == (True, 1, [3])
    assert json_of(cli, "item", "list") == []
    assert "Row 3: Enter a name." in cli("item", "import", str(file)).out
    out = tmp_path / "out.xlsx"
    assert json_of(cli, "item", "export", str(out))["items"] == 1
    assert cli("item", "export", str(out)).status == 1
    assert json_of(cli, "item", "import", str(out))["same"] == 1


def test_a_count_goes_on_scan_by_scan_and_is_booked(cli: Cli):
    cli(*ADD, "--stock", "5", "--cost", "4")
    assert cli("stock", "counting", "show", "--json").error["code"] == "count_none"
    assert json_of(cli, "stock", "counting", "open", "--note", "May")["note"] == "May"
    assert json_of(cli, "stock", "counting", "scan", "CBL", "3") == {
        "code": "CBL",
        "sku": "CBL",
        "counted": 3,
        "stock": 5,
    }
    assert cli("stock", "counting", "scan", "999").out.strip() == "Unknown: 999"
    shown = json_of(cli, "stock", "counting", "show")
    assert (shown["booked"], shown["pieces"], shown["cost_minor"]) == (False, -2, -800)
    assert shown["unknown"] == [{"code": "999", "times": 1}]
    assert json_of(cli, "stock", "counting", "book")["booked"]
    assert json_of(cli, "stock", "show", "CBL")["stock"] == 3
    cli("stock", "counting", "open")
    assert not json_of(cli, "stock", "counting", "drop")["booked"]


def test_price_labels_are_written_and_ring_up_what_they_are_for(cli: Cli, tmp_path: Path):
    cli(*ADD, "--barcode", CODE)
    cli("item", "add", "--sku", "GLS-13", "--name", "Glass", "--price", "14.90")
    file = tmp_path / "labels.pdf"
    made = json_of(cli, "item", "label", "CBL", "GLS-13", "--copies", "2", "--pdf", str(file))
    assert made == {"labels": 4, "paper": "57x32", "file": str(file)}
    codes = [{text for _, text in codes_on(page)} for page in pictures(file.read_bytes())]
    assert codes == [{CODE}, {CODE}, {"GLS-13"}, {"GLS-13"}]
    for copies, code in (("0", "quantity_invalid"), ("501", "labels_many")):
        refused = cli("item", "label", "CBL", "--copies", copies, "--pdf", str(tmp_path / "no"), "--json")
        assert refused.error["code"] == code
    assert not (tmp_path / "no").exists()
    assert cli("item", "label", "NONE", "--pdf", str(file), "--json").error["code"] == "item_unknown"
