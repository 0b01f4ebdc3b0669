"""From a sale to the figures, to what is behind them, and to a file."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from posapp.domain.base.actor import Permission
from posapp.domain.people.users import Role
from posapp.services.desks import Shop
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.reports.behind import BehindSheet
from posapp.ui.reports.range_sheet import RangeSheet
from tests.factories import TILL
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import OpenTill
from tests.people import an_admin, somebody
from tests.sales import sold


def _reports(clerk: Clerk) -> Any:
    clerk.press("F7")
    clerk.on("reports")
    return clerk.page("reports")


def _figure(page: Any, measure: str) -> str:
    facts = {button.fact.key: button.fact for button in page.opening.figures._buttons}
    return str(facts[measure].value)


def test_the_figures_follow_each_sale_and_the_focus_stays(behind: Shop, till: Clerk) -> None:
    page = _reports(till)
    assert _figure(page, "gross_minor") == "€0.00"
    chart = page.opening.chart
    assert chart.hasFocus()
    till.press("End")
    bar = chart.current()
    sold(behind, behind.actor(TILL), "GLS-13", "CBL-2")
    until(lambda: chart.current().value == 2740, "the sale of another till is never told")
    assert _figure(page, "gross_minor") == "€27.40"
    assert chart.current().key == bar.key
    assert page.opening.chart.hasFocus()


def test_small_tables_do_not_scroll_sideways_in_the_smallest_window(till: Clerk) -> None:
    page = _reports(till)
    till.window.resize(1024, 720)
    till.quiet()
    for table in (page.opening.best, page.opening.people):
        table.show()
    till.quiet()
    assert [one.horizontalScrollBar().maximum() for one in (page.opening.best, page.opening.people)] == [0, 0]


def test_alt_t_swaps_the_chart_and_its_table(till: Clerk) -> None:
    page = _reports(till)
    till.press("alt+T")
    table = page.opening.table
    assert table.hasFocus()
    assert table.model().rowCount() == 28
    till.press("alt+T")
    assert page.opening.chart.hasFocus()


def test_alt_and_a_number_is_the_period_and_six_asks_for_the_days(behind: Shop, till: Clerk) -> None:
    page = _reports(till)
    till.press("alt+2")
    assert len(page.opening.chart.bars) == 7
    till.press("alt+6")
    sheet = till.window.sheet_content
    assert isinstance(sheet, RangeSheet)
    day = till.session.today() - timedelta(1)
    till.type(day.isoformat())
    till.press("Return")
    till.type((day - timedelta(1)).isoformat())
    till.press("ctrl+Return")
    assert till.window.sheet_content is sheet
    assert sheet.last.message() == "The last day is before the first one."
    sheet.last.set_day(day)
    sheet.submit()
    till.quiet()
    assert till.window.sheet_content is None
    assert [bar.key for bar in page.opening.chart.bars] == [day.isoformat()]


def test_a_page_of_figures_sorts_and_leads_to_its_documents(behind: Shop, till: Clerk) -> None:
    sold(behind, behind.actor(TILL), "GLS-13", "CBL-2")
    page = _reports(till)
    page.opening.figures._buttons[0].setFocus()
    till.press("Return")
    assert page._presenter.question.report == "revenue"
    assert page.panel.table.table.hasFocus()
    assert page.panel.table.foot.accessibleName().startswith("Total, Sales 1")
    till.press("Return")
    sheet = till.window.sheet_content
    assert isinstance(sheet, BehindSheet)
    assert [row.number for row in sheet.model.rows()] == ["S1"]
    assert sheet.row_of(sheet.model.rows()[0]).right == "€27.40"
    till.press("Return")
    till.on("preview")
    assert till.window.sheet_content is None
    till.press("Escape")
    till.on("reports")
    assert page.panel.table.table.hasFocus()


def test_a_page_has_its_ways_its_chart_and_a_sentence_where_it_is_empty(behind: Shop, till: Clerk) -> None:
    sold(behind, behind.actor(TILL), "GLS-13", "CBL-2")
    page = _reports(till)
    till.window.show_page("desk")
    till.window.show_page("reports", "tenders")
    till.quiet()
    table = page.panel.table.table
    assert table.hasFocus()
    assert table.isColumnHidden(1), "no days where each row is a tender"
    till.press("alt+T")
    chart = page.panel.chart
    assert [row.spoken() for row in chart.rows.rows()] == ["Cash, €27.40, 100 %"]
    assert chart.hasFocus()
    till.press("Return")
    sheet = till.window.sheet_content
    assert isinstance(sheet, BehindSheet)
    assert [row.number for row in sheet.model.rows()] == ["P1"]
    till.press("Escape")
    ways = page.panel.ways
    ways.setFocus()
    till.press("alt+3")
    assert page.panel.told.by == "month"
    assert ways.isAncestorOf(till.focus())
    till.window.show_page("desk")
    till.window.show_page("reports", "voids")
    till.quiet()
    assert page.panel.empty.isVisible()
    assert page.isAncestorOf(till.focus())


def test_a_page_goes_into_a_workbook(
    behind: Shop, till: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(behind, behind.actor(TILL), "GLS-13", "CBL-2")
    page = _reports(till)
    page.activated("revenue")
    till.quiet()
    asked: list[str] = []

    def name(_parent: object, _title: str, place: str, _kinds: str) -> tuple[str, str]:
        asked.append(place)
        return str(tmp_path / "figures"), "Tables (*.csv)"

    monkeypatch.setattr(FileDialog, "getSaveFileName", staticmethod(name))
    till.press("ctrl+E")
    till.quiet()
    day = till.session.today()
    assert asked == [f"revenue {day - timedelta(27)} – {day}.xlsx"]
    assert "27.40" in (tmp_path / "figures.csv").read_text(encoding="utf-8-sig")


def test_who_may_not_see_figures_has_no_screen_of_them(behind: Shop, open_till: OpenTill) -> None:
    admin = an_admin(behind, behind.actor(TILL))
    clerk: Clerk = open_till()
    clerk.session.act_as(somebody(behind, admin, Role.STAFF))
    assert not clerk.window.may(Permission.REPORT_READ)
    clerk.window.show_page("reports")
    assert clerk.window.current_page_id != "reports"
