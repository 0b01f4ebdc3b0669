"""What is painted by hand begins at the right where people read from there, and its words can be read."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractButton, QListView, QWidget
from pytestqt.qtbot import QtBot

from posapp.ui.actions import KeyWord
from posapp.ui.front_desk.action_list import ActionList
from posapp.ui.front_desk.bookings_list import BookingDelegate, BookingRow
from posapp.ui.front_desk.events import EventDelegate, EventRow
from posapp.ui.front_desk.parts import LineDelegate
from posapp.ui.front_desk.welcome import DayDelegate, DayRow
from posapp.ui.history.statement_sheet import StatementDelegate, StatementRow
from posapp.ui.icons import paint_icon
from posapp.ui.kiosk.pads import Pad
from posapp.ui.layout import rows
from posapp.ui.mirror import mirror
from posapp.ui.sell.num_pad import NumPad
from posapp.ui.setup.steps import StepLine
from posapp.ui.tables import OpenList
from posapp.ui.theme import Theme
from posapp.ui.widgets.paint import draw_text
from posapp.ui.widgets.pin_pad import PinPad
from posapp.ui.widgets.status import booking_look
from posapp.ui.window.key_bar import KeyBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.toast import Toast
from posapp.ui.wording import Wording

MIRRORED = Qt.LayoutDirection.RightToLeft
Show = Callable[[QWidget], QWidget]


def inked(picture: QImage) -> list[int]:
    """The columns of a light picture that something dark stands in, above any line below it."""
    places = ((x, y) for x in range(picture.width()) for y in range(6, 30))
    return sorted({x for x, y in places if picture.pixelColor(x, y).lightness() < 140})


def widest_gap(widget: QWidget) -> float:
    """Where the middle of the widest empty place between what is painted lies."""
    seen = widget.viewport() if isinstance(widget, QListView) else widget
    columns = [-1, *inked(seen.grab().toImage()), seen.width()]
    start, end = max(pairwise(columns), key=lambda pair: pair[1] - pair[0])
    return (start + end) / 2


def a_list(delegate: LineDelegate, row: Any) -> QListView:
    made = OpenList("Rows", delegate)
    made.rows.show_rows([row])
    return made


def a_key_bar() -> KeyBar:
    made = KeyBar()
    made.show_keys([KeyWord("Ctrl+S", "Save"), KeyWord("F1", "All keys")])
    return made


MADE: dict[str, Callable[[], QWidget]] = {
    "steps": lambda: StepLine(("Shop", "Paper")),
    "key bar": a_key_bar,
    "statement": lambda: a_list(
        StatementDelegate(), StatementRow("today", "Repair of the display and battery", "€5.00", "€5.00")
    ),
    "events": lambda: a_list(EventDelegate(), EventRow("today", "wrench", "Something longer", "Paid")),
    "days": lambda: a_list(DayDelegate(), DayRow(date(2026, 3, 12), "Today", 3, 0.5, "3 bookings", "9 – 18")),
}


@pytest.mark.parametrize("name", MADE)
def test_what_is_painted_begins_at_the_right(show: Show, name: str) -> None:
    widget = MADE[name]()
    widget.resize(500, 60)
    show(widget)
    usual = widest_gap(widget)
    widget.setLayoutDirection(MIRRORED)
    middle = (widget.width() - 1) / 2
    assert abs(usual - middle) > 20, "what is the same from both sides shows nothing"
    assert widest_gap(widget) == pytest.approx(2 * middle - usual, abs=8)


@pytest.mark.parametrize("what", ["words", "icon"])
def test_it_looks_the_same_in_its_mirrored_place(look: Theme, what: str) -> None:
    def painted(*, is_mirrored: bool) -> QImage:
        picture = QImage(200, 40, QImage.Format.Format_RGB32)
        picture.fill(look.tokens.surface)
        painter = QPainter(picture)
        if is_mirrored:
            mirror(painter, picture.rect())
        if what == "words":
            draw_text(painter, 20, 20, "(020) 914 0873", look.font("body"), look.tokens.text)
        else:
            paint_icon(painter, "arrow-left", 20, 12, 16, look.tokens.text)
        painter.end()
        return picture

    usual, turned = painted(is_mirrored=False), painted(is_mirrored=True)
    assert turned != usual
    first, last = inked(usual)[0], inked(usual)[-1]
    width, moved = last - first + 1, inked(turned)[0]
    assert turned.copy(QRect(moved, 0, width, 40)) == usual.copy(QRect(first, 0, width, 40))


PADS: dict[str, Callable[[], QWidget]] = {
    "kiosk": Pad,
    "money": lambda: NumPad(Wording()),
    "pin": lambda: PinPad(6),
}


@pytest.mark.parametrize("name", PADS)
def test_digits_lie_as_on_every_telephone(show: Show, name: str) -> None:
    host = QWidget()
    host.setLayoutDirection(MIRRORED)
    pad = PADS[name]()
    rows(pad, host=host)
    show(host)
    keys = {key.text() or key.accessibleName(): key for key in pad.findChildren(QAbstractButton)}
    assert keys["1"].x() < keys["2"].x() < keys["3"].x()


def test_the_mirrored_button_of_a_row_acts_where_it_is_seen(show: Show, qtbot: QtBot) -> None:
    delegate = BookingDelegate(button=True)
    view = ActionList("Bookings", delegate)
    view.setLayoutDirection(MIRRORED)
    booking: Any = SimpleNamespace(number="B1")
    view.show_rows([BookingRow(booking, "15:15", "Marta", "Repair", booking_look("booked"), "Arrived")])
    view.resize(600, 60)
    show(view)
    with qtbot.waitSignal(view.acted):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 26))
    with qtbot.waitSignal(view.opened):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(560, 26))


def test_states_and_steps_of_the_key_bar_are_pressed_where_they_are_seen(show: Show, qtbot: QtBot) -> None:
    bar, pressed = a_key_bar(), list[str]()

    def look_for_paper() -> bool:
        pressed.append("printer")
        return True

    bar.setLayoutDirection(MIRRORED)
    bar.show_state("printer", "No paper")
    bar.when_pressed["printer"] = look_for_paper
    bar.resize(600, 32)
    show(bar)
    with qtbot.waitSignal(bar.messages_asked):
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(560, 16))
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(30, 16))
    assert pressed == ["printer"]
    bar.show_message(Message("Saved", steps=(Step("Undo", lambda: None),)))
    step = bar._steps[0]
    qtbot.waitUntil(lambda: step.geometry().right() < 600 - 52)
    assert step.x() > 300


def test_a_toast_stands_where_the_mirrored_row_ends(show: Show) -> None:
    bar = a_key_bar()
    bar.setLayoutDirection(MIRRORED)
    bar.resize(900, 32)
    show(bar)
    toast = Toast(bar, end=bar.states_start)
    told: list[int] = []
    toast.placed.connect(told.append)
    toast.show_message(Message("Saved"))
    assert toast.x() < 60
    assert told[-1] == 900 - toast.geometry().right() - 1
