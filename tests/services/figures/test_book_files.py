"""The files by which the books go to other programs, field by field."""

import csv
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.figures.books import AccountKey, BookLine, Role, account_key
from posapp.domain.figures.charts import BookFormat, BookSettings, Chart
from posapp.domain.figures.periods import Period
from posapp.services.catalogue.taxes import SetTax
from posapp.services.desks import Shop
from posapp.services.figures.book_files.datev import COLUMNS, paired
from posapp.services.figures.book_files.xero import COLUMNS as XERO
from tests.factories import DAY, TILL, a_shop
from tests.sales import card, cash, goods, sold

TODAY = Period(DAY, DAY)
Export = Callable[[Shop, BookFormat], str]


@pytest.fixture
def shop(sqlite_shop: Shop) -> Shop:
    """One sale of 24.60 with 23 % in it, 10.00 by card, and cash taken out for a "=" reason."""
    _sell(sqlite_shop, sqlite_shop.actor(TILL), 230_000)
    return sqlite_shop


def _sell(shop: Shop, actor: Actor, rate: int) -> None:
    shop.taxes.set(actor, SetTax(name="VAT", rate=rate, is_default=True))
    shop.shifts.open(actor, 0)
    sku = goods(shop, actor, 1230).sku
    sold(shop, actor, sku, sku, tenders=(card(1000), cash(1460)))
    shop.shifts.cash_out(actor, 200, '=cmd|"calc"; Łódź')


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """What the books of today are in a format."""

    def told(shop: Shop, of: BookFormat) -> str:
        file = tmp_path / f"books{of.ending}"
        shop.books.export(shop.actor(TILL), TODAY, of, file)
        return file.read_bytes().decode("cp1252" if of is BookFormat.DATEV else "utf-8")

    return told


def _rows(written: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(StringIO(written), delimiter=delimiter))


def test_datev_gets_a_batch_of_version_13(shop: Shop, export: Export) -> None:
    shop.books.set_settings(shop.actor(TILL), BookSettings(consultant=29098, client=55003, first_month=7))
    written = export(shop, BookFormat.DATEV)
    assert written.endswith("\r\n")
    head, names, *bookings = _rows(written, ";")
    assert len(head) == 31
    assert head[:5] == ["EXTF", "700", "21", "Buchungsstapel", "13"]
    assert re.fullmatch(r"20261118\d{9}", head[5])
    assert head[10:16] == ["29098", "55003", "20260701", "4", "20261118", "20261118"]
    assert (head[7], head[18:22], head[26]) == ("RE", ["1", "0", "0", "EUR"], "03")
    assert (len(names), len(set(names)), names) == (125, 125, list(COLUMNS))
    assert (names[36], names[113], names[124]) == (
        "KOST1 - Kostenstelle",
        "Festschreibung",
        "Abw. Skontokonto",
    )
    assert all(len(row) == 125 for row in bookings)
    told = [[row[n] for n in (0, 1, 2, 6, 7, 9, 10, 13)] for row in bookings]
    assert told == [
        ["4,60", "S", "EUR", "1000", "1770", "1811", "S1", "S1 sale"],
        ["10,00", "S", "EUR", "1000", "8210", "1811", "S1", "S1 sale"],
        ["10,00", "S", "EUR", "1361", "8210", "1811", "S1", "S1 sale"],
        ["2,00", "S", "EUR", "4900", "1000", "1811", "CASH", 'Cash: =cmd|"calc"; ?ódz'.replace("z", "?")],
    ]
    assert all(not any(row[14:113]) and row[113] == "0" for row in bookings)


def test_datev_takes_one_fiscal_year_and_its_accounts_have_one_length(shop: Shop, tmp_path: Path) -> None:
    actor = shop.actor(TILL)
    shop.books.set_settings(actor, BookSettings(chart=Chart.SKR04, length=6))
    file = tmp_path / "b.csv"
    shop.books.export(actor, TODAY, BookFormat.DATEV, file)
    head, _, first, *_ = _rows(file.read_bytes().decode("cp1252"), ";")
    assert (head[13], head[26], first[6:8]) == ("6", "04", ["160000", "380000"])


def test_debits_and_credits_are_paired_until_both_are_used_up() -> None:
    cash, card, tax, goods = (AccountKey(one) for one in (Role.CASH, Role.CARD, Role.TAX, Role.GOODS))
    lines = [BookLine(cash, 700), BookLine(card, 300), BookLine(tax, -187), BookLine(goods, -813)]
    assert list(paired(lines)) == [(cash, tax, 187), (cash, goods, 513), (card, goods, 300)]
    assert list(paired([])) == []


def test_xero_gets_an_invoice_that_comes_to_nothing(shop: Shop, export: Export) -> None:
    names, *rows = _rows(export(shop, BookFormat.XERO))
    assert (len(names), names) == (27, list(XERO))
    told = [dict(zip(names, row, strict=True)) for row in rows]
    assert {one["*InvoiceNumber"] for one in told} == {"POS-20261118"}
    assert {(one["*InvoiceDate"], one["*DueDate"]) for one in told} == {("18/11/2026", "18/11/2026")}
    assert {(one["*ContactName"], one["*Quantity"], one["*TaxType"], one["Currency"]) for one in told} == {
        ("Harbour Lane Repairs", "1", "No VAT", "EUR")
    }
    assert [(one["*AccountCode"], one["*UnitAmount"], one["*Description"]) for one in told] == [
        ("1000", "-14.60", "Cash in drawers"),
        ("1000", "2.00", "Cash in drawers"),
        ("1020", "-10.00", "Card terminal"),
        ("2200", "4.60", "Tax to pay, VAT 23 %"),
        ("4010", "20.00", "Goods, VAT 23 %"),
        ("6100", "-2.00", "Petty cash"),
    ]
    assert sum(float(one["*UnitAmount"]) for one in told) == pytest.approx(0)


def test_quickbooks_gets_a_journal_entry_that_balances(shop: Shop, export: Export) -> None:
    names, *rows = _rows(export(shop, BookFormat.QUICKBOOKS))
    assert names == [
        *("Journal No", "Journal Date", "Account", "Debits", "Credits", "Description", "Name", "Currency")
    ]
    assert rows[0] == [
        "POS-20261118",
        "11/18/2026",
        "Cash in drawers",
        "14.60",
        "",
        "Cash in drawers",
        "",
        "EUR",
    ]
    assert rows[1][3:5] == ["", "2.00"]
    assert sum(float(row[3] or 0) for row in rows) == pytest.approx(sum(float(row[4] or 0) for row in rows))


def test_plain_text_says_every_document_in_one_line_of_its_own(shop: Shop, export: Export) -> None:
    ledger = export(shop, BookFormat.LEDGER)
    assert "2026/11/18 * (S1) S1 sale\n    Assets:Cash:Drawers  14.60 EUR\n" in ledger
    assert '2026/11/18 * Cash: =cmd|"calc", Łódź\n' in ledger
    _check_balanced(ledger)
    text = export(shop, BookFormat.BEANCOUNT)
    assert text.startswith('option "title" "Harbour Lane Repairs"\noption "operating_currency" "EUR"\n')
    assert '2026-11-18 * "Cash: =cmd|\\"calc\\"; Łódź"\n' in text
    assert '2026-11-18 * "S1 sale"\n  document: "S1"\n' in text
    _check_balanced(text)
    opened = set(re.findall(r"^1970-01-01 open (\S+) EUR$", text, re.MULTILINE))
    assert opened == set(re.findall(r"^  ([A-Z]\S+)  -?\d", text, re.MULTILINE))


def _check_balanced(text: str) -> None:
    for part in text.split("\n\n")[1:]:
        amounts = re.findall(r"^ +\S+  (-?[\d.]+) EUR$", part, re.MULTILINE)
        assert len(amounts) > 1
        assert sum(round(float(one) * 100) for one in amounts) == 0


@pytest.mark.parametrize(("currency", "region", "told"), [("JPY", "JP", "2460"), ("KWD", "KW", "2.460")])
def test_amounts_have_the_decimals_of_the_currency(
    tmp_path: Path, currency: str, region: str, told: str
) -> None:
    shop = a_shop(tmp_path / "other.db", currency=currency, region=region)
    actor = shop.actor(TILL)
    _sell(shop, actor, 0)
    file = tmp_path / "a.ledger"
    shop.books.export(actor, TODAY, BookFormat.LEDGER, file)
    assert f"  -{told} {currency}" in file.read_text(encoding="utf-8")
    if currency == "KWD":
        with pytest.raises(DomainError) as refused:
            shop.books.export(actor, TODAY, BookFormat.DATEV, tmp_path / "b.csv")
        assert refused.value.code == "format_currency"
        assert not (tmp_path / "b.csv").exists()
    shop.close()


def test_an_account_is_opened_in_the_first_file_that_has_it(shop: Shop, tmp_path: Path) -> None:
    actor = shop.actor(TILL)
    shop.books.export(actor, TODAY, BookFormat.BEANCOUNT, tmp_path / "a.beancount")
    sold(shop, actor, goods(shop, actor, 1230).sku, tenders=(card(1230),))
    shop.books.export(actor, TODAY, BookFormat.BEANCOUNT, tmp_path / "b.beancount")
    assert " open " not in (tmp_path / "b.beancount").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", ["till", "", "cash/VAT:230000", "goods/VAT", "goods/VAT:x", "goods/"])
def test_a_code_names_an_account_or_none(code: str) -> None:
    found = account_key(code)
    assert (found.code if found else None) == ("goods" if code == "goods/" else None)
    assert account_key("goods/VAT:230000") == AccountKey(Role.GOODS, "VAT:230000")
