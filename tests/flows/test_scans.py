"""The whole program under a scanner: whatever is open, wherever the cursor is, a scan presses nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import cycle

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListView, QWidget

from posapp.domain.base.actor import Actor
from posapp.domain.people.secrets import BADGE
from posapp.services.desks import Shop
from posapp.ui.calendar.sheet import BookingSheet
from posapp.ui.scanner import Scanner
from posapp.ui.scanner_fields import editor_of
from tests.factories import TILL, a_booking, a_customer, a_phone, at
from tests.flows.clerk import Clerk, until
from tests.flows.conftest import GLASS, OpenTill
from tests.repairs import a_ticket
from tests.sales import goods, sold
from tests.ui.wedge import Wedge

CODES = ("T1", "T2", "T6", "A4", "B12", "PL5", "5012345678900", "1", "SN12345ABCDE")
GAPS = (5, 35, 60, 90)


def _stops(clerk: Clerk) -> Iterator[QWidget]:
    """Everything that Tab or an arrow can reach, on the screen in front and in its sheet."""
    for widget in clerk.window.findChildren(QWidget):
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
            yield widget


def _everything(place: str) -> dict[str, list[object]]:
    """All that is stored."""
    of_tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
    with closing(sqlite3.connect(place)) as stored:
        return {
            name: stored.execute(f"SELECT * FROM {name}").fetchall() for (name,) in stored.execute(of_tables)
        }


def _text(widget: QWidget) -> str:
    editor = editor_of(widget)
    if editor is None:
        return ""
    return editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()


def _shop(behind: Shop) -> None:
    actor = behind.actor(TILL)
    for number in range(1, 4):
        someone = a_customer(behind, actor, f"Person {number}", phone=a_phone(number))
        a_booking(behind, actor, someone, starts=at(9 + number))
        a_ticket(behind, actor, customer_id=someone.id)


@pytest.mark.timeout(120)
def test_no_scan_presses_anything_on_any_screen(behind: Shop, open_till: OpenTill, sqlite_place: str) -> None:
    _shop(behind)
    clerk = open_till()
    wedge, scanner = Wedge(clerk.window), clerk.window.findChild(Scanner)
    assert isinstance(scanner, Scanner)
    heard: list[str] = []
    scanner.scanned.disconnect()  # here nothing is opened, so that whatever changes was pressed
    scanner.scanned.connect(heard.append)
    tried = 0
    few = cycle((CODES[:2], CODES[2:4], CODES[4:6], CODES[6:]))
    for page, payload in (
        ("desk", 1),
        ("calendar", "B1"),
        ("tickets", ""),
        ("ticket", "T1"),
        ("history", 1),
        ("estimate", "T1"),
        ("hand_back", "T1"),
        ("intake", 1),
        ("preview", "B1"),
        ("sell", None),
        ("settings", None),
    ):
        clerk.window.leave_for(page, payload)
        clerk.quiet()
        before = _everything(sqlite_place)
        for widget in _stops(clerk):
            widget.setFocus()
            if QApplication.focusWidget() is not widget:
                continue
            is_field = editor_of(widget) is not None
            text = _text(widget)
            for gap in GAPS[:2] if is_field else GAPS:
                for code in CODES if hasattr(widget, "plain_keys") else next(few):
                    wedge.rest()
                    wedge.scan(code, gap=gap)
                    wedge.now += 1_000
                    tried += 1
                    where = (page, type(widget).__name__, widget.accessibleName(), code, gap)
                    assert len(heard) == tried, where
                    assert clerk.window.current_page_id == page, where
                    assert QApplication.focusWidget() is widget, where
                    assert QApplication.activePopupWidget() is None, where
            assert _text(widget) == text
        clerk.quiet()
        assert _everything(sqlite_place) == before, page
    assert tried > 1_000


@pytest.mark.timeout(60)
def test_a_scan_opens_what_it_means_over_whatever_was_open(
    behind: Shop, open_till: OpenTill, sqlite_place: str
) -> None:
    _shop(behind)
    clerk = open_till()
    wedge = Wedge(clerk.window)

    def scan(code: str, gap: int = 5) -> None:
        wedge.rest()
        wedge.scan(code, gap=gap)
        clerk.quiet()

    clerk.window.show_page("tickets")
    clerk.quiet()
    before = _everything(sqlite_place)
    scan("T2", gap=90)
    assert clerk.window.current_page_id == "ticket"
    assert clerk.page("ticket").presenter.number == "T2"
    scan("PL3", gap=60)
    assert clerk.window.current_page_id == "desk"
    assert not clerk.window._sheet.isVisible()
    clerk.press("F1")
    scan("B1")
    assert isinstance(clerk.window.sheet_content, BookingSheet)
    clerk.press("ctrl+K")
    scan("T1")
    assert QApplication.activePopupWidget() is None
    assert clerk.window.current_page_id == "ticket"
    scan("PL(")
    assert "another keyboard layout" in clerk.said()[0]
    scan("PLř")  # as a Czech computer reads a scanner of the US
    assert "It may mean PL5." in clerk.said()[0]
    scan(f"{BADGE}{'A2' * 12}")
    clerk.quiet()
    assert clerk.said()[0] == "Nobody signs in here by this badge"
    dialog = QDialog(clerk.window)
    dialog.open()
    until(dialog.isActiveWindow)
    Wedge(dialog).scan("PL2")
    clerk.quiet()
    assert clerk.said()[0] == "Scanned PL2. Answer the question first."
    Wedge(dialog).scan(f"{BADGE}{'A2' * 12}")
    clerk.quiet()
    assert clerk.said()[0] == "Badge scanned. Answer the question first."
    assert clerk.window.current_page_id == "ticket"
    dialog.close()
    assert _everything(sqlite_place) == before


@pytest.mark.timeout(60)
def test_goods_that_are_scanned_at_the_desk_go_into_the_sale(behind: Shop, open_till: OpenTill) -> None:
    actor = behind.actor(TILL)
    goods(behind, actor, 1490, sku="GLS", name="Tempered glass", barcodes=("5391510000017",))
    clerk = open_till()
    wedge = Wedge(clerk.window)
    for code in ("5391510000017", "GLS"):
        clerk.press("F2")
        wedge.rest()
        wedge.scan(code)
        clerk.on("sell")
        assert clerk.said()[0] == f"Scanned {code}"
    assert [(one.text, one.quantity) for one in clerk.page("sell").steps.sale.cart.lines] == [
        ("Tempered glass", 2)
    ]
    clerk.press("F2")
    wedge.rest()
    wedge.scan("NEVER-SEEN")
    clerk.quiet()
    assert clerk.said()[0] == "Unknown code NEVER-SEEN"
    assert clerk.window.current_page_id == "desk"


def test_a_receipt_that_is_scanned_or_searched_for_is_shown_whose_ever_it_is(
    behind: Shop, seller: Actor, open_till: OpenTill
) -> None:
    sold(behind, seller, GLASS)
    clerk = open_till()
    wedge = Wedge(clerk.window)
    for number, group in (("S1", "Sales"), ("P1", "Payments")):
        clerk.press("F3")
        clerk.on("calendar")
        wedge.scan(number)
        clerk.on("preview")
        assert clerk.window.page("preview").subtitle() == number
        clerk.press("F2", "ctrl+K")
        clerk.type(number)
        box = QApplication.activePopupWidget() or clerk.focus().window()
        [view] = box.findChildren(QListView)
        rows = [view.model().index(row, 0).data() for row in range(view.model().rowCount())]
        assert rows[0] == group
        assert rows[1].startswith(f"{number} ")
        clerk.press("Return")
        clerk.on("preview")
        assert clerk.window.page("preview").subtitle() == number
