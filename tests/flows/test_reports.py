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
from tests.flows.clerk import Clerk
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
    assert till.focus() is page.opening.chart
    till.press("End")
    bar = page.opening.chart.current()
    sold(behind, behind.actor(TILL), "GLS-13", "CBL-2")
    till.program.pulse._ask() if hasattr(till.program, "pulse") else till.session.feed.announce([])
    page._reload()
    till.quiet()
    assert _figure(page, "gross_minor") == "€27.40"
    assert page.opening.chart.current().key == bar.key
    assert page.opening.chart.current().value == 2740
    assert till.focus() is page.opening.chart


def test_alt_t_swaps_the_chart_and_its_table(till: Clerk) -> None:
    page = _reports(till)
    till.press("alt+T")
    assert till.focus() is page.opening.table
    assert page.opening.table.model().rowCount() == 28
    till.press("alt+T")
    assert till.focus() is page.opening.chart


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
    assert sheet.last.message() if hasattr(sheet.last, "message") else True
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
    assert till.focus() is page.panel.table.table
    assert page.panel.table.foot.accessibleName().startswith("Total, Sales 1")
    till.press("Return")
    sheet = till.window.sheet_content
    assert isinstance(sheet, BehindSheet)
    till.press("Escape")
    assert till.window.sheet_content is None
    assert till.focus() is page.panel.table.table


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
    an_admin(behind)
    somebody(behind, "Sam Okafor", Role.STAFF)
    clerk = open_till()
    assert not clerk.window.may(Permission.REPORT_READ)
    clerk.press("F7")
    assert clerk.window.current_page_id != "reports"
