"""From a sale to the books, to the documents behind an account, and out to the accountant, once."""

import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint

from posapp.domain.figures.books import AccountKey, Role
from posapp.domain.figures.charts import Chart
from posapp.services.desks import Shop
from posapp.ui.fields.edits import LineEdit
from posapp.ui.file_dialogs import FileDialog
from posapp.ui.reports.behind import BehindSheet
from posapp.ui.reports.books.accounts_sheet import AccountsSheet
from posapp.ui.reports.table import PAD
from posapp.ui.theme import theme
from tests.factories import TILL
from tests.flows.clerk import Clerk
from tests.sales import sold


def _books(clerk: Clerk) -> Any:
    clerk.press("F7")
    clerk.on("reports")
    clerk.page("reports")._set_page("books")
    clerk.quiet()
    clerk.on("books")
    _kept(clerk, "books")
    return clerk.page("books")


def _kept(clerk: Clerk, name: str) -> None:
    if folder := os.environ.get("POSAPP_PICTURES"):
        clerk.window.grab().save(f"{folder}/{name}.png")


def _accounts(page: Any) -> dict[str, tuple[int, int]]:
    model = page.accounts.table.model()
    pairs = [model.row_at(model.index(place, 0)) for place in range(model.rowCount())]
    return {pair[1].account.code: (pair[1].debit_minor, pair[1].credit_minor) for pair in pairs}


def test_a_sale_is_in_the_books_and_leads_back_to_its_paper(behind: Shop, till: Clerk) -> None:
    sold(behind, behind.actor(TILL), "GLS-13", "CBL-2")
    page = _books(till)
    told = _accounts(page)
    assert sum(debit for debit, _ in told.values()) == sum(credit for _, credit in told.values())
    assert told["cash"][0] >= 2740
    assert page.accounts.foot.words.text() == "Balanced"
    codes = [key for key in told if key.startswith("goods")]
    assert codes
    model = page.accounts.table.model()
    place = next(
        one
        for one in range(model.rowCount())
        if model.row_at(model.index(one, 0))[1].account.role is Role.GOODS
    )
    page.accounts.table.setCurrentIndex(model.index(place, 0))
    till.press("Return")
    sheet = till.window.sheet_content
    assert isinstance(sheet, BehindSheet)
    assert sheet.model.rowCount() == 1
    _kept(till, "books-behind")
    till.press("Return")
    till.on("preview")


def test_the_sums_stand_under_their_columns_and_no_table_scrolls_sideways(behind: Shop, till: Clerk) -> None:
    sold(behind, behind.actor(TILL), "GLS-13", "CBL-2")
    page = _books(till)
    for size in ((1024, 720), (1366, 768), (1920, 1080)):
        till.window.resize(*size)
        till.quiet()
        table, foot = page.accounts.table, page.accounts.foot
        head = table.horizontalHeader()
        pad = theme().px(PAD)
        for place, part in ((3, foot.debit), (4, foot.credit)):
            column_end = head.sectionViewportPosition(place) + head.sectionSize(place) - pad
            end = part.mapTo(foot, part.rect().topRight()).x() + 1
            assert end == table.viewport().mapTo(page.accounts, QPoint(column_end, 0)).x() - foot.x()
        for one in (table, page.compared.table):
            assert one.horizontalScrollBar().maximum() == 0


def test_days_move_by_keys_and_a_future_day_is_empty(till: Clerk) -> None:
    page = _books(till)
    today = page._presenter.days.day
    till.press("alt+Right")
    assert (page._presenter.days.day - today).days == 1
    assert not page.accounts.empty.isHidden()
    assert not page.sending.export.isEnabled()
    till.press("alt+Left", "alt+Left")
    assert (today - page._presenter.days.day).days == 1
    till.press("alt+2")
    assert page._presenter.days.period.first.day == 1
    till.press("alt+4")
    period = page._presenter.days.period
    assert (period.first.month, period.last.month) == (1, 12)
    till.press("alt+Home")
    assert page._presenter.days.day == today


@pytest.mark.usefixtures("behind")
def test_the_books_go_out_once(
    behind: Shop, till: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(behind, behind.actor(TILL), "GLS-13")
    page, file = _books(till), tmp_path / "day.csv"
    monkeypatch.setattr(FileDialog, "getSaveFileName", lambda *_args, **_named: (str(file), ""))
    assert "Not sent yet" in page.sending.words.text()
    till.press("ctrl+E")
    till.quiet()
    assert page.notice.isHidden(), page.notice.text()
    assert file.read_bytes()
    assert page.sending.words.text().startswith("Sent on")
    file.unlink()
    till.press("ctrl+E")
    till.quiet()
    assert not file.exists()
    assert "have gone out already" in page.notice.text()
    _kept(till, "books-sent")


def test_the_accountant_s_numbers_are_kept_on_leaving_a_field(behind: Shop, till: Clerk) -> None:
    page = _books(till)
    till.press("alt+A")
    till.quiet()
    sheet = till.window.sheet_content
    assert isinstance(sheet, AccountsSheet)
    _kept(till, "books-accounts")
    field = sheet.fields["cash"]
    edit = field.editor
    assert isinstance(edit, LineEdit)
    edit.setFocus()
    edit.selectAll()
    till.type("1001")
    till.press("Tab")
    till.quiet()
    numbers = {one.account: one.number for one in behind.books.accounts(behind.actor(TILL), Chart.GENERAL)}
    assert numbers[AccountKey(Role.CASH)] == "1001"
    assert page.notice.isHidden()
