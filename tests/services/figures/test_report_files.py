"""Reports in files and on paper: what a spreadsheet, a program and a reader of PDF find in them."""

import json
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from python_calamine import load_workbook

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.figures.measures import MEASURES, Unit
from posapp.domain.figures.periods import Comparison, Period
from posapp.domain.figures.reports import Chart, Report, ReportTable, Row, key, summed
from posapp.domain.papers.documents import PaperSize
from posapp.services.care.journal import JournalAsked
from posapp.services.desks import Shop
from posapp.services.figures import report_papers
from posapp.services.figures.pages.table import PAGES
from posapp.services.figures.report_files import AskedReport
from posapp.services.figures.report_tables import write_csv, write_xlsx
from tests.factories import a_business, a_customer
from tests.sales import a_sale, card, goods, sold
from tests.whole_shops import a_whole_shop

EVER = Period(date(2020, 1, 1), date(2040, 1, 1))
EXPORTED = Action.CUSTOMERS_EXPORTED
EVIL = ("=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\t=1", "＝1", " =1")


@pytest.fixture
def application(qapp: object) -> object:
    """Shaped text needs Qt."""
    return qapp


def _sheet(file: Path) -> list[list[Any]]:
    """The rows of the first sheet as another program reads them."""
    return load_workbook(file).get_sheet_by_index(0).to_python()


def _text(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_a_workbook_has_real_numbers_real_days_and_amounts_with_their_currency(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    day = a_sale(shop, actor).day
    file = tmp_path / "revenue.xlsx"
    assert shop.report_files.save(actor, AskedReport(name="revenue", period=EVER), file) == 1
    head, row = _sheet(file)
    assert head[:4] == ["Day", "Sales", "Refunds", "Revenue"]
    assert row[:4] == [day, 1.0, 0.0, 12.5]
    assert load_workbook(file).sheet_names == ["Revenue"]
    with ZipFile(file) as packed:
        sheet, styles = (packed.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "styles"))
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet
    assert "<cols>" in sheet
    assert "[$€]#,##0.00" in styles


@pytest.mark.parametrize(
    ("currency", "locale", "minor", "amount", "look"),
    [("JPY", "ja-JP", 1250, 1250, "[$￥]#,##0"), ("KWD", "en-IE", 1250, 1.25, "[$KWD] #,##0.000")],
    ids=["none", "three"],
)
def test_amounts_have_the_decimals_of_their_currency(
    shop: Shop, currency: str, locale: str, minor: int, amount: float, look: str, tmp_path: Path
) -> None:
    actor = a_business(shop, name="Elsewhere", currency=currency, locale=locale, region="KW")
    a_sale(shop, actor, price_minor=minor)
    shop.report_files.save(actor, AskedReport(name="revenue", period=EVER), tmp_path / "r.xlsx")
    assert _sheet(tmp_path / "r.xlsx")[1][3] == amount
    with ZipFile(tmp_path / "r.xlsx") as packed:
        assert look in packed.read("xl/styles.xml").decode()
    shop.report_files.save(actor, AskedReport(name="revenue", period=EVER), tmp_path / "r.csv")
    text = (tmp_path / "r.csv").read_text("utf-8-sig").splitlines()[1]
    assert text.split(",")[3] == ("1.250" if currency == "KWD" else "1250")


def test_names_that_look_like_formulas_are_text_in_every_file(
    shop: Shop, actor: Actor, tmp_path: Path, application: object
) -> None:
    shop.shifts.open(actor, 0)
    item = goods(shop, actor, 1000)
    for name in ("=1+1", "@SUM(A1)", "-2+3"):
        sold(shop, actor, item.sku, customer_id=a_customer(shop, actor, name).id)
    asked = AskedReport(name="customers", period=EVER)
    for ending in ("csv", "xlsx", "json", "pdf"):
        assert shop.report_files.save(actor, asked, tmp_path / f"c.{ending}") >= 3
    rows = (tmp_path / "c.csv").read_text("utf-8-sig")
    assert all(f"'{name}" in rows for name in ("=1+1", "@SUM(A1)", "-2+3"))
    names = [row[1] for row in _sheet(tmp_path / "c.xlsx")[1:]]
    assert {"=1+1", "@SUM(A1)", "-2+3"} <= set(names)
    with ZipFile(tmp_path / "c.xlsx") as packed:
        assert "<f>" not in packed.read("xl/worksheets/sheet1.xml").decode()
    told = json.loads((tmp_path / "c.json").read_text())
    assert {"=1+1", "@SUM(A1)"} <= {row["name"] for row in told}
    assert "=1+1" in _text((tmp_path / "c.pdf").read_bytes())


def test_shares_lengths_and_months_are_what_their_column_says(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    columns = (
        key("month", "Month", Unit.MONTH), key("who", "Who"), key("part", "Part", Unit.SHARE),
        key("time", "Time", Unit.MINUTES), MEASURES["gross_minor"],
    )  # fmt: skip
    rows = tuple(Row(name, (date(2026, 3, 1), name, 125, 90, -5)) for name in EVIL)
    rows += (Row("none", (None, "", None, None, None)),)
    report = Report("made", "What: was [made]?", columns[:4], ("gross_minor",), chart=Chart.SHARES)
    told = ReportTable(report, EVER, "", columns, rows, summed(columns, rows))
    with shop.store.look(actor) as uow:
        business = uow.businesses.get()
    write_xlsx(tmp_path / "made.xlsx", told, business, replace=False)
    head, *found = _sheet(tmp_path / "made.xlsx")
    assert head == ["Month", "Who", "Part", "Time (min)", "Revenue"]
    assert found[0] == [date(2026, 3, 1), EVIL[0], 0.125, 90, -0.05]
    assert [row[1] for row in found[: len(EVIL)]] == list(EVIL)
    write_csv(tmp_path / "made.csv", told, business, replace=False)
    csv_head, first, *_ = (tmp_path / "made.csv").read_text("utf-8-sig").splitlines()
    assert csv_head == "month,who,part_percent,time,gross"
    assert first == "2026-03,'=cmd|' /C calc'!A0,12.5,90,-0.05"


def test_every_page_of_a_whole_shop_goes_into_every_file(
    shop: Shop, actor: Actor, tmp_path: Path, application: object
) -> None:
    a_whole_shop(shop, actor)
    for name, page in PAGES.items():
        for by in page.report.bys:
            asked = AskedReport(name=name, period=EVER, by=by)
            told = shop.reports.read(actor, name, EVER, by=by)
            shop.report_files.save(actor, asked, tmp_path / "r.xlsx", replace=True)
            head, *rows = _sheet(tmp_path / "r.xlsx")
            assert head == [_head(one.words, one.unit) for one in told.columns]
            assert len(rows) == len(told.rows)
            for row, found in zip(told.rows, rows, strict=True):
                for column, cell, seen in zip(told.columns, row.cells, found, strict=True):
                    assert _same(column.unit, cell, seen), (name, by, column.name, cell, seen)
            text = _text(shop.report_files.preview(actor, asked, PaperSize.A4).pdf)
            assert page.report.words in text
            assert told.columns[-1].words.split()[0] in text or not told.rows


def _head(words: str, unit: Unit) -> str:
    return f"{words} (min)" if unit is Unit.MINUTES else words


def _same(unit: Unit, cell: Any, seen: Any) -> bool:
    if isinstance(seen, datetime):
        seen = seen.date()
    if isinstance(cell, int):
        per = {Unit.MONEY: 100, Unit.SHARE: 1000}.get(unit, 1)
        return abs(float(seen) * per - cell) < 1e-6
    return bool((cell if cell is not None else "") == seen)


def test_paper_stands_beside_the_sums_of_the_days_before(
    shop: Shop, actor: Actor, application: object
) -> None:
    day = a_sale(shop, actor).day
    for comparison, says in ((Comparison.BEFORE, True), (Comparison.NONE, False)):
        asked = AskedReport(name="revenue", period=Period(day, day), comparison=comparison)
        text = _text(shop.report_files.preview(actor, asked, PaperSize.A4).pdf)
        assert ("Before" in text, "Compared" in text) == (says, says)
        assert "12.50" in text


def test_an_empty_shop_a_future_period_and_ten_years_are_papers(
    shop: Shop, actor: Actor, application: object
) -> None:
    for period in (EVER, Period(date(2039, 1, 1), date(2039, 2, 1))):
        asked = AskedReport(name="revenue", period=period, comparison=Comparison.LAST_YEAR)
        assert "Nothing to tell." in _text(shop.report_files.preview(actor, asked, PaperSize.LETTER).pdf)


def test_what_has_no_place_is_refused_before_it_is_read(
    shop: Shop, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_sale(shop, actor)
    asked = AskedReport(name="revenue", period=EVER)
    there = tmp_path / "there.csv"
    there.write_text("mine")
    for file, code in ((tmp_path / "r.ods", "file_kind"), (there, "file_exists")):
        with pytest.raises(DomainError) as refused:
            shop.report_files.save(actor, asked, file)
        assert refused.value.code == code
    assert there.read_text() == "mine"
    shop.report_files.save(actor, asked, there, replace=True)
    assert there.read_text("utf-8-sig").startswith("day,")
    monkeypatch.setattr(report_papers, "MOST_LINES", 0)
    with pytest.raises(DomainError) as long:
        shop.report_files.save(actor, asked, tmp_path / "r.pdf")
    assert long.value.code == "report_long"
    assert not (tmp_path / "r.pdf").exists()


def test_sales_by_card_are_told_by_their_tender(shop: Shop, actor: Actor, tmp_path: Path) -> None:
    a_sale(shop, actor, tenders=(card(1250),))
    shop.report_files.save(actor, AskedReport(name="tenders", period=EVER), tmp_path / "t.xlsx")
    assert "Card" in [cell for row in _sheet(tmp_path / "t.xlsx") for cell in row]


def test_names_of_customers_are_read_by_who_may_know_them_and_saved_by_who_may_hand_them_out(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    shop.shifts.open(actor, 0)
    sold(shop, actor, goods(shop, actor, 1000).sku, customer_id=a_customer(shop, actor, "Ann").id)
    counts = replace(actor, permissions=frozenset({Permission.REPORT_READ}))
    reading = frozenset({Permission.REPORT_READ, Permission.CUSTOMER_READ})
    knows = replace(actor, permissions=reading)
    hands_out = replace(actor, permissions=reading | {Permission.PERSON_EXPORT})
    named = [page.report for page in PAGES.values() if page.report.names_people(page.report.bys[0])]
    assert {"customers", "debts", "credits", "deposits", "overdue"} <= {one.name for one in named}
    for report in named:
        assert report not in shop.reports.all(counts)
        with pytest.raises(DomainError):
            shop.reports.read(counts, report.name, EVER)
        with pytest.raises(DomainError):
            shop.reports.behind(counts, report.name, EVER, "PL1")
        shop.reports.read(knows, report.name, EVER)
        file = tmp_path / f"{report.name}.csv"
        with pytest.raises(DomainError):
            shop.report_files.save(knows, AskedReport(name=report.name, period=EVER), file)
        assert not file.exists()
        shop.report_files.save(hands_out, AskedReport(name=report.name, period=EVER), file)
    told = [one.after for one in shop.journal.page(actor, JournalAsked()).lines if one.action == EXPORTED]
    assert sorted(str(one["report"]) for one in told) == sorted(one.name for one in named)
    assert {one["output"] for one in told} == {"csv"}


def test_a_page_that_names_customers_in_one_way_only_is_for_everybody_in_the_others(
    shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    a_sale(shop, actor)
    counts = replace(actor, permissions=frozenset({Permission.REPORT_READ}))
    assert "profit" in {one.name for one in shop.reports.all(counts)}
    shop.report_files.save(counts, AskedReport(name="profit", period=EVER), tmp_path / "p.csv")
    asked = AskedReport(name="profit", period=EVER, by="customer")
    with pytest.raises(DomainError):
        shop.reports.read(counts, "profit", EVER, by="customer")
    with pytest.raises(DomainError):
        shop.report_files.save(counts, asked, tmp_path / "q.csv")
    assert not any(one.action == EXPORTED for one in shop.journal.page(actor, JournalAsked()).lines)
