import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.actions import Action, KeyWord
from posapp.ui.theme import Theme
from posapp.ui.widgets.choices import ChipGroup, Choice
from posapp.ui.widgets.labels import Elided
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Step
from posapp.ui.window.page import Page, PageEntry
from posapp.ui.window.rail import RailButton
from posapp.ui.window.shell import Shell
from posapp.ui.window.toast import Toast
from posapp.ui.window.undo import at_once
from tests.ui.a11y import assert_named


class Sample(Page):
    """A page with two lines and a group of chips."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self.first, self.second = QLineEdit(), QLineEdit()
        self.first.setAccessibleName("First")
        self.second.setAccessibleName("Second")
        self.chips = ChipGroup([Choice("a", "All"), Choice("b", "Bookings")], name="Filter")
        self.said: list[str] = []
        self.keeps_first = False
        column = QVBoxLayout(self)
        for part in (self.first, self.second, self.chips):
            column.addWidget(part)

    def title(self) -> str:
        return "Sample"

    def subtitle(self) -> str:
        return "B319"

    def keys(self) -> list[KeyWord]:
        here = "first" if self.first.hasFocus() else "elsewhere"
        return [KeyWord("Ctrl+B", here)]

    def activated(self, payload: object = None) -> None:
        self.said.append(f"activated {payload}")

    def deactivated(self) -> None:
        self.said.append("deactivated")

    def first_field(self) -> QWidget | None:
        return self.first if self.keeps_first else None

    def escape(self) -> bool:
        if self.second.text():
            self.second.clear()
            return True
        return False


class Customer:
    pl_id = "PL57"
    name = "Chidi Okafor"


@pytest.fixture
def shop(window: MainWindow, show: Callable[[QWidget], QWidget]) -> MainWindow:
    window.add_page(PageEntry("desk", "Desk", "house", "F2", Sample))
    window.add_page(PageEntry("calendar", "Calendar", "calendar-days", "F3", Sample))
    window.add_page(PageEntry("history", "History", "history", "", Sample, in_rail=False))
    window.show_page("desk")
    window.resize(1366, 768)
    show(window)
    return window


def sample(window: MainWindow) -> Sample:
    page = window.current_page
    assert isinstance(page, Sample)
    return page


def test_a_narrow_key_bar_leaves_out_others_before_the_one_that_leads_to_all(window: MainWindow) -> None:
    keys = [KeyWord(f"Alt+{letter}", "Something to do") for letter in "ABCDEF"] + [KeyWord("F1", "All keys")]
    window.key_bar.show_keys(keys)
    assert window.key_bar.fitting(5000) == keys
    assert [one.keys for one in window.key_bar.fitting(460)] == ["Alt+A", "Alt+B", "F1"]
    assert window.key_bar.fitting(10) == [keys[-1]]
    window.key_bar.set_most(3)
    assert [one.keys for one in window.key_bar.fitting(5000)] == ["Alt+A", "Alt+B", "F1"]


def test_pages_are_made_at_first_sight_and_told_what_happens(shop: MainWindow, qtbot: QtBot) -> None:
    desk = sample(shop)
    qtbot.keyClick(desk.first, Qt.Key.Key_F3)
    assert shop.current_page_id == "calendar"
    assert sample(shop) is not desk
    assert desk.said == ["activated None", "deactivated"]
    shop.show_page("history", 24)
    assert sample(shop).said == ["activated 24"]


def test_the_focus_is_on_the_page_and_comes_back_to_where_it_was(shop: MainWindow, qtbot: QtBot) -> None:
    desk = sample(shop)
    qtbot.waitUntil(desk.first.hasFocus)
    desk.second.setFocus()
    qtbot.keyClick(desk.second, Qt.Key.Key_F3)
    qtbot.waitUntil(sample(shop).first.hasFocus)
    qtbot.keyClick(sample(shop).first, Qt.Key.Key_F2)
    qtbot.waitUntil(desk.second.hasFocus)


def test_escape_closes_the_innermost_thing_first(shop: MainWindow, qtbot: QtBot) -> None:
    shop.show_page("history")
    page = sample(shop)
    page.second.setText("typed")
    shop.open_sheet("Booking", QLineEdit())
    shop.toggle_overlay()
    for _ in range(2):
        qtbot.keyClick(shop, Qt.Key.Key_Escape)
    assert shop.sheet_content is None
    assert page.second.text() == "typed"
    qtbot.keyClick(page.first, Qt.Key.Key_Escape)
    assert (page.second.text(), shop.current_page_id) == ("", "history")
    qtbot.keyClick(page.first, Qt.Key.Key_Escape)
    assert shop.current_page_id == "desk"


def test_the_key_bar_follows_the_focus(shop: MainWindow, qtbot: QtBot) -> None:
    desk = sample(shop)
    desk.first.setFocus()
    qtbot.waitUntil(lambda: shop.key_bar.keys()[0].word == "first")
    desk.second.setFocus()
    qtbot.waitUntil(lambda: shop.key_bar.keys()[0].word == "elsewhere")
    assert shop.key_bar.keys()[-1].keys == "F1"


def test_the_customer_at_the_counter_is_on_every_screen(shop: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shop.counter_changed) as told:
        shop.set_counter(Customer())
    assert told.args == [shop.counter]
    assert shop.top_bar.chip.isVisible()
    shop.show_page("calendar")
    assert shop.top_bar.chip.isVisible()
    shop.top_bar.chip.released.emit()
    assert shop.counter is None
    assert not shop.top_bar.chip.isVisible()


def test_alt_and_a_digit_choose_in_the_group(shop: MainWindow, qtbot: QtBot) -> None:
    desk = sample(shop)
    qtbot.keyClick(desk.first, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert desk.chips.current() == "b"


def test_narrow_windows_lose_the_key_hints(shop: MainWindow) -> None:
    shop.resize(1279, 720)
    assert shop.is_compact
    assert shop.rail.width() == 64
    shop.resize(1366, 768)
    assert not shop.is_compact
    assert shop.rail.width() == 80


def test_undo_takes_back_what_the_last_toast_said(shop: MainWindow, qtbot: QtBot) -> None:
    taken_back: list[str] = []
    shop.notices.toast("B319 booked", undo=at_once(lambda: taken_back.append("B319")))
    toast = shop.findChildren(Toast)[0]
    assert toast.isVisible()
    assert toast.text() == "B319 booked"
    qtbot.keyClick(sample(shop).first, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(sample(shop).first, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert taken_back == ["B319"]
    assert [message.text for message in shop.notices.messages()] == [
        "Nothing to undo",
        "Undone: B319 booked",
        "B319 booked",
    ]


def test_a_dead_database_makes_every_screen_read_only(shop: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shop.read_only_changed) as told:
        shop.set_read_only("The database does not answer. Drafts are kept.")
    assert told.args == [True]
    assert shop.is_read_only
    with qtbot.waitSignal(shop.read_only_changed) as told:
        shop.set_read_only("")
    assert told.args == [False]


def test_f1_lists_the_keys_of_the_screen_and_of_everywhere(shop: MainWindow, qtbot: QtBot) -> None:
    shop.shortcuts.bind([Action("book", "Book a repair", "Ctrl+B", lambda: None)], "desk")
    qtbot.keyClick(sample(shop).first, Qt.Key.Key_F1)
    words = {part.text() for part in shop.findChildren(QWidget) if hasattr(part, "text") and part.isVisible()}
    assert {"Book a repair", "Full screen", "Calendar"} <= words
    qtbot.keyClick(shop, Qt.Key.Key_F1)
    qtbot.waitUntil(sample(shop).first.hasFocus)


def test_the_rail_is_one_tab_stop_with_arrows(shop: MainWindow, qtbot: QtBot) -> None:
    desk, calendar = (one for one in shop.rail.findChildren(RailButton) if one is not shop.rail.lock)
    assert desk.focusPolicy() == Qt.FocusPolicy.TabFocus
    assert calendar.focusPolicy() == Qt.FocusPolicy.NoFocus
    desk.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(desk, Qt.Key.Key_Down)
    qtbot.keyClick(calendar, Qt.Key.Key_Return)
    assert shop.current_page_id == "calendar"


def test_everything_in_the_window_has_a_name(shop: MainWindow) -> None:
    shop.set_counter(Customer())
    shop.set_search_provider(lambda text, done: done([]))
    shop.open_sheet("Booking", Elided("B319"))
    shop.notices.toast("Saved", undo=at_once(lambda: None))
    shop.toggle_overlay()
    assert_named(shop)


def test_both_themes_paint_everything(shop: MainWindow, look: Theme) -> None:
    light = shop.grab().toImage()
    look.change(choice="dark")
    dark = shop.grab().toImage()
    assert light.size() == dark.size()
    assert light.pixelColor(700, 20) == QColor("#FFFFFF")
    assert dark.pixelColor(700, 20) == QColor("#161B24")


def test_the_window_needs_no_heavy_library_before_its_first_frame() -> None:
    code = (
        "import sys, posapp.ui.window.main_window, posapp.ui.fields, posapp.ui.tables, posapp.ui.scanner\n"
        "heavy = {'phonenumbers', 'babel', 'sqlalchemy', 'reportlab', 'email_validator', 'alembic'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_closing_waits_for_the_lanes(shop: MainWindow, qtbot: QtBot) -> None:
    done: list[str] = []
    shop.lanes.database.run(lambda: done.append("saved"), done=lambda _: None, failed=lambda _: None)
    shop.close()
    assert done == ["saved"]


def test_a_toast_lies_in_the_row_of_the_key_bar_and_over_nothing_that_can_be_pressed(
    shop: MainWindow, qtbot: QtBot
) -> None:
    shop.key_bar.show_state("printer", "Receipt printer")
    shop.notices.toast("A sentence that is rather longer than there is room for. " * 3, undo=at_once(bool))
    shop.notices.status(
        "2 devices that nobody collects: reminders are due and more words",
        "warning",
        steps=(Step("Show", lambda: None),),
    )
    toast = shop.findChildren(Toast)[0]
    for width in (1366, 1024):
        shop.resize(width, 720)
        qtbot.waitUntil(lambda width=width: shop.width() == width)  # type: ignore[misc]
        bar = shop.key_bar
        assert toast.parentWidget() is bar
        assert bar.rect().contains(toast.geometry())
        assert toast.geometry().right() < bar.states_start()
        [show] = [one for one in bar.findChildren(QPushButton) if one.text() == "Show"]
        qtbot.waitUntil(lambda show=show: show.geometry().right() < toast.x())  # type: ignore[misc]
    assert toast.text().startswith("A sentence")


def test_what_was_taken_back_is_not_offered_any_longer(shop: MainWindow, qtbot: QtBot) -> None:
    toast = shop.findChildren(Toast)[0]
    shop.notices.toast("T73: ready", undo=at_once(lambda: None))
    shop.notices.toast("Draft kept")
    shop.notices.undo_last()
    assert toast.isVisible()  # it says something else
    shop.notices.toast("T73: ready", undo=at_once(lambda: None))
    shop.notices.undo_last()
    assert not toast.isVisible()


def test_a_window_that_comes_back_goes_on_where_it_was_typed(shop: MainWindow, qtbot: QtBot) -> None:
    desk = sample(shop)
    desk.keeps_first = True
    desk.second.setFocus()
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    shop.activateWindow()
    qtbot.waitUntil(shop.isActiveWindow)
    qtbot.waitUntil(desk.second.hasFocus)
    shop.showMinimized()
    shop.showNormal()
    shop.activateWindow()
    qtbot.waitUntil(lambda: shop.isActiveWindow() and desk.second.hasFocus())


def test_a_window_that_comes_back_with_the_focus_on_nothing_gives_it_to_the_page(
    shop: MainWindow, qtbot: QtBot
) -> None:
    desk = sample(shop)
    desk.second.setFocus()
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    desk.second.hide()
    shop.activateWindow()
    qtbot.waitUntil(lambda: shop.isActiveWindow() and desk.first.hasFocus())


@pytest.mark.parametrize("scale", [100, 150, 200])
@pytest.mark.parametrize("size", [(1024, 720), (1366, 768), (1920, 1080)])
def test_at_every_size_a_toast_lies_over_no_button(
    shop: MainWindow, qtbot: QtBot, look: Theme, scale: int, size: tuple[int, int]
) -> None:
    look.change(scale=scale)
    shop.resize(*size)
    shop.key_bar.show_state("scanner", "The scanner types with another keyboard layout")
    shop.key_bar.show_state("printer", "12 papers wait")
    shop.open_sheet("Booking", QPushButton("Arrived"))
    shop.notices.status("A reminder is due", "warning", steps=(Step("Show", lambda: None),))
    shop.notices.toast("B319 booked, Thu 12 March 15:00 with Ravi", undo=at_once(bool))
    qtbot.wait(1)
    [toast] = shop.findChildren(Toast)
    area = QRect(toast.mapToGlobal(QPoint()), toast.size())
    assert shop.frameGeometry().contains(area)
    others = [
        one
        for one in shop.findChildren(QAbstractButton)
        if one.isVisible() and one not in toast.findChildren(QAbstractButton)
    ]
    covered = [one for one in others if area.intersects(QRect(one.mapToGlobal(QPoint()), one.size()))]
    assert [one.text() for one in covered] == []
    [undo] = toast.findChildren(QAbstractButton)
    assert toast.rect().contains(undo.geometry())
