"""Amounts typed on the command line: in the shop's language, never read in two ways, as they are shown."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli

PHONE = ("--phone", "030123456")
TICKET = ("ticket", "add", *PHONE, "--device", "Apple iPhone 13", "--fault", "Cracked")


@pytest.fixture
def berlin(bare: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A shop that writes 1.234,50 €."""
    monkeypatch.setenv("POSAPP_DATABASE", str(tmp_path / "berlin.db"))
    words = ("--region", "DE", "--currency", "EUR", "--time-zone", "Europe/Berlin", "--locale", "de-DE")
    assert bare("init", "--business", "Werkstatt", *words).status == 0
    return bare


@pytest.mark.parametrize(
    ("line", "readings"),
    [
        ("Display,1,99,50", "1 for 99,50 each, or 99 for 50 each"),
        ("Display,1,1,200", "1 for 1,200 each, or 1 for 200 each"),
        ("Display,1,1.200,50", "1 for 1.200,50 each. Divide the fields by “;”"),
        ("Display,1,99,5", "1 for 99,5 each, or 99 for 5 each"),
    ],
)
def test_a_comma_that_divides_or_stands_in_the_price_is_refused(berlin: Cli, line: str, readings: str):
    assert berlin(*TICKET).status == 0
    for words in (("ticket", "estimate", "T1"), ("order", "add", "--pay", "cash=99")):
        refused = berlin(*words, "--line", line)
        assert refused.status == 1
        assert readings in refused.err
    assert berlin("ticket", "show", "T1", "--json").json["devices"][0]["price_minor"] is None


def test_semicolons_divide_a_line_of_an_estimate_too(berlin: Cli):
    berlin(*TICKET)
    lines = ("--line", "Display;2;99,50", "--line", "Glas, klar,1,1.50", "--line", "Rahmen;1;1.200,50 €")
    made = berlin("ticket", "estimate", "T1", *lines, "--json").json
    found = [(one["text"], one["quantity"], one["unit_minor"]) for one in made["lines"]]
    assert found == [("Display", 2, 9950), ("Glas, klar", 1, 150), ("Rahmen", 1, 120_050)]


@pytest.mark.parametrize("typed", ["2,400", "2.400"])
@pytest.mark.parametrize(
    "words",
    [
        (*TICKET, "--price"),
        ("item", "add", "--sku", "X1", "--name", "Cable", "--price"),
        ("item", "add", "--sku", "X1", "--name", "Cable", "--price", "5", "--cost"),
        ("service", "add", "Reinigung", "--minutes", "30", "--price"),
        ("price", "set", "--device", "Apple iPhone 13", "--fault", "Cracked", "--price"),
        ("settings", "cash-rounding"),
        ("settings", "account-limit"),
        ("shift", "open", "--float"),
    ],
)
def test_an_amount_that_could_be_read_in_two_ways_says_both_in_every_command(
    berlin: Cli, words: tuple[str, ...], typed: str
):
    refused = berlin(*words, typed, "--json")
    assert refused.status == 1
    assert refused.error["code"] == "amount_invalid"
    assert f"“{typed}” could be 2,40 or 2400." in refused.error["message"]


def test_what_is_shown_can_be_typed_back_in(berlin: Cli):
    shown = berlin("item", "add", "--sku", "X1", "--name", "Cable", "--price", "2400,5").out
    assert "2.400,50\u00a0€" in shown
    again = berlin("item", "edit", "X1", "--price", "2.400,50\u00a0€", "--json").json
    assert again["price_minor"] == 240_050
    free = berlin("service", "add", "Reinigung", "--minutes", "30", "--price", "on inspection", "--json").json
    assert free["price_minor"] is None


def test_files_of_items_say_both_readings(berlin: Cli, tmp_path: Path):
    file = tmp_path / "items.csv"
    file.write_text("sku;name;price\nA1;Kabel;2.400\nA2;Netzteil;19,90\nA3;Dock;1.200,00 €\n")
    told = berlin("item", "import", file)
    assert "“2.400” could be 2,40 or 2400" in told.out + told.err
    prices = {one["sku"]: one["price_minor"] for one in berlin("item", "list", "--json").json}
    assert prices == {"A2": 1990, "A3": 120_000}


def test_parts_of_a_tax_with_decimal_commas_are_divided_by_semicolons(berlin: Cli):
    made = berlin("tax", "set", "QC", "14,975", "--parts", "GST=5;QST=9,975", "--json").json
    assert made["percent"] == "14.975"
