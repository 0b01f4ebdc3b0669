from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from posapp.domain.bookings.bookings import WORDS, BookingStatus
from posapp.ui.layout import STRETCH, rows
from posapp.ui.tables.rows_model import SPOKEN, Column, RowsModel
from posapp.ui.theme import Theme
from posapp.ui.widgets.buttons import Button, CheckBox, button, icon_button
from posapp.ui.widgets.cards import Card, EmptyState, Fact, FactStrip
from posapp.ui.widgets.choices import Choice, ChoiceButton, Segmented
from posapp.ui.widgets.focus_ring import FocusRing
from posapp.ui.widgets.labels import CountPill, Elided, PlBadge, StatusPill, label
from posapp.ui.widgets.paint import key_words
from posapp.ui.widgets.progress import ProgressLine
from posapp.ui.widgets.scroll import LOOK_AGAIN_MS, Scroller
from posapp.ui.widgets.status import booking_look
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.page import Page, PageEntry
from posapp.ui.window.rail import NavRail, RailButton
from posapp.ui.window.side_sheet import SideSheet
from posapp.ui.window.toast import Toast
from posapp.ui.window.top_bar import SearchButton
from tests.ui.a11y import assert_named, name_of


@pytest.mark.parametrize("status", list(BookingStatus))
def test_every_state_of_a_booking_has_icon_word_and_tone(status: BookingStatus, look: Theme) -> None:
    shown = booking_look(status)
    assert shown.word == WORDS[status]
    assert shown.icon
    assert shown.colours(look.tokens)


def test_states_differ_without_colour() -> None:
    looks = [booking_look(status) for status in BookingStatus]
    assert len({shown.icon for shown in looks}) == len(looks)


@pytest.mark.parametrize(
    ("keys", "printed"), [("Ctrl+Return", "Ctrl+↵"), ("Alt+Left", "Alt+←"), ("Esc", "Esc"), ("+", "+")]
)
def test_keys_are_printed_as_on_the_keyboard(keys: str, printed: str) -> None:
    assert key_words(keys) == printed


@pytest.mark.parametrize(("size", "height"), [("s", 36), ("m", 40), ("l", 44), ("xl", 58), ("tile", 56)])
def test_buttons_have_the_heights_of_the_design(
    show: Callable[[QWidget], QWidget], look: Theme, size: str, height: int
) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    made = button("Book", size=size, key="Ctrl+B", icon="calendar-plus")
    column.addWidget(made)
    show(host)
    assert made.height() == height
    look.change(touch=True)
    assert button("Book", size="s").sizeHint().height() == 44


def test_a_button_tells_its_key_to_screen_readers(qtbot: QtBot, look: Theme) -> None:
    made, small = button("Save", key="Ctrl+Return"), icon_button("x", "Close", key="Esc")
    qtbot.addWidget(made)
    qtbot.addWidget(small)
    assert name_of(made) == "Save"
    assert made.accessibleDescription() == "Ctrl+↵"
    assert name_of(small) == "Close"


def test_a_check_box_is_ticked_by_space_and_leaves_enter_alone(
    qtbot: QtBot, show: Callable[[QWidget], QWidget]
) -> None:
    box = CheckBox("SMS reminder")
    show(box)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.isChecked()


def test_a_badge_copies_its_number(qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> None:
    badge = PlBadge("PL24")
    show(badge)
    with qtbot.waitSignal(badge.copied):
        qtbot.mouseClick(badge, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == "PL24"
    assert name_of(badge) == "PL24"


def test_a_cut_label_keeps_its_text(qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> None:
    made = Elided("A very long name of somebody who brought a very old phone")
    made.setFixedWidth(80)
    show(made)
    assert made.text().endswith("…")
    assert made.full_text() == made.toolTip() == name_of(made)


def test_facts_open_what_is_behind_them_and_keep_the_focus(
    qtbot: QtBot, show: Callable[[QWidget], QWidget]
) -> None:
    strip = FactStrip()
    strip.show_facts([Fact("next", "Next booking", "none"), Fact("visits", "Visits", "11", "since 2023")])
    show(strip)
    next_booking = strip.findChildren(QAbstractButton)[0]
    next_booking.setFocus()
    strip.show_facts([Fact("next", "Next booking", "Fri 10:30"), Fact("visits", "Visits", "12")])
    assert next_booking.hasFocus()
    assert name_of(next_booking) == "Next booking, Fri 10:30"
    with qtbot.waitSignal(strip.opened) as told:
        qtbot.keyClick(next_booking, Qt.Key.Key_Return)
    assert told.args == ["next"]


def test_a_notice_offers_its_action(qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> None:
    tried: list[bool] = []
    bar = NoticeBar()
    show(bar)
    bar.show_message(
        Message("The printer does not answer.", "danger", (Step("Print again", lambda: tried.append(True)),))
    )
    [again] = bar.findChildren(QPushButton)
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert tried == [True]
    assert_named(bar)


def test_a_toast_waits_while_the_focus_is_on_it(qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> None:
    host = QWidget()
    host.resize(600, 400)
    show(host)
    toast = Toast(host)
    toast.show_message(Message("Saved", steps=(Step("Undo", lambda: None),), seconds=0.3))
    [undo] = toast.findChildren(QPushButton)
    undo.setFocus()
    ticks: list[bool] = []
    toast.ticked.connect(lambda: ticks.append(toast.isVisible()))
    qtbot.waitUntil(lambda: len(ticks) == 6)
    assert all(ticks)
    undo.clearFocus()
    qtbot.waitUntil(lambda: not toast.isVisible())


def test_a_sheet_shows_one_thing_at_the_edge(qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> None:
    host = QWidget()
    host.resize(1000, 600)
    show(host)
    sheet = SideSheet(host)
    first, second = QLineEdit(), QLineEdit()
    first.setAccessibleName("Note")
    second.setAccessibleName("Note")
    sheet.open_with("Booking B319", first)
    sheet.open_with("Booking B320", second)
    assert sheet.content is second
    assert (sheet.geometry().right(), sheet.width()) == (999, 400)
    qtbot.waitUntil(second.hasFocus)
    assert_named(sheet)
    with qtbot.waitSignal(sheet.closed):
        sheet.close_sheet()
    assert sheet.content is None


def test_a_closed_sheet_gives_the_focus_back_to_where_it_was(
    qtbot: QtBot, show: Callable[[QWidget], QWidget]
) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    rail, page = QPushButton("Rail"), QWidget()
    inside = QLineEdit()
    QVBoxLayout(page).addWidget(inside)
    row.addWidget(rail)
    row.addWidget(page, 1)
    show(window)
    sheet = SideSheet(page)
    inside.setFocus()
    for title in ("One", "Two"):
        sheet.open_with(title, QLineEdit())
    settled: list[bool] = []
    sheet.closed.connect(settled.append)
    sheet.close_sheet()
    assert inside.hasFocus()
    sheet.open_with("Three", QLineEdit())
    inside.hide()
    sheet.close_sheet()
    assert settled == [True, False]


@pytest.mark.parametrize("make", [lambda: CountPill("4"), lambda: StatusPill(booking_look("booked"))])
def test_a_pill_waits_for_its_place_instead_of_being_a_window(
    qtbot: QtBot, show: Callable[[QWidget], QWidget], make: Callable[[], CountPill | StatusPill]
) -> None:
    pill = make()
    assert not pill.isVisible()
    if isinstance(pill, CountPill):
        pill.set_text("")
        pill.set_text("5")
    assert not pill.isVisible()
    host = QWidget()
    QVBoxLayout(host).addWidget(pill)
    show(host)
    assert pill.isVisible()


def test_a_label_keeps_its_edge_whatever_the_script(look: Theme, qtbot: QtBot) -> None:
    made = Elided("مريم")
    qtbot.addWidget(made)
    assert made.alignment() & Qt.AlignmentFlag.AlignLeft
    assert made.alignment() & Qt.AlignmentFlag.AlignAbsolute
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert made.alignment() & Qt.AlignmentFlag.AlignRight
    made.setAlignment(Qt.AlignmentFlag.AlignTrailing)
    assert made.alignment() & Qt.AlignmentFlag.AlignLeft


def test_a_fact_is_as_wide_as_its_longest_line(look: Theme, qtbot: QtBot) -> None:
    strip = FactStrip()
    qtbot.addWidget(strip)
    facts = [
        Fact("a", "", "1"),
        Fact("b", "Missed bookings in all", "1"),
        Fact("c", "", "1", "since 4 May " * 3),
    ]
    strip.show_facts(facts)
    plain, labelled, noted = strip.findChildren(QAbstractButton)
    small = look.metrics("caption")
    assert plain.sizeHint().width() == 112
    assert labelled.sizeHint().width() >= small.horizontalAdvance(facts[1].label) + 24
    assert noted.sizeHint().width() >= small.horizontalAdvance(facts[2].note) + 24


def test_facts_begin_at_the_right_in_a_right_to_left_window(
    look: Theme, show: Callable[[QWidget], QWidget]
) -> None:
    strip = FactStrip()
    strip.show_facts([Fact("a", "Visits", "11")])
    strip.setFixedWidth(400)
    show(strip)
    ink = look.tokens.text.name()

    def marks() -> list[int]:
        picture = strip.grab().toImage()
        return [
            x
            for x in range(picture.width())
            if any(picture.pixelColor(x, y).name() == ink for y in range(picture.height()))
        ]

    assert max(marks()) < 200
    strip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert min(marks()) > 200


def test_waiting_is_shown_late_and_can_be_broken_off(
    qtbot: QtBot, show: Callable[[QWidget], QWidget]
) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    line = ProgressLine()
    content = QWidget()
    column.addWidget(line)
    column.addWidget(content, 1)
    show(host)
    place, gone = content.geometry(), list[bool]()
    [stroke] = [one for one in line.findChildren(QWidget) if type(one).__name__ == "_Stroke"]
    line.begin("Loading bookings", cancel=lambda: gone.append(True))
    assert not stroke.isVisible()
    qtbot.waitUntil(stroke.isVisible)
    assert (stroke.width(), stroke.height()) == (host.width(), 2)
    assert content.geometry() == place  # nothing moves for the line
    [cancel] = line.findChildren(QPushButton)
    qtbot.waitUntil(cancel.isVisible)
    held = Qt.WidgetAttribute.WA_TransparentForMouseEvents
    assert host.testAttribute(held)  # the words pushed it
    qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert gone == [True]
    assert not line.isVisible()
    assert not stroke.isVisible()
    qtbot.waitUntil(lambda: not host.testAttribute(held))


def test_the_ring_is_around_what_has_the_focus_but_not_around_fields(
    qtbot: QtBot, show: Callable[[QWidget], QWidget]
) -> None:
    host = QWidget()
    host.resize(300, 200)
    column = QVBoxLayout(host)
    press, edit = button("Book"), QLineEdit()
    column.addWidget(press)
    column.addWidget(edit)
    ring = FocusRing(host)
    show(host)
    press.setFocus()
    qtbot.waitUntil(ring.isVisible)
    assert ring.geometry() == press.geometry().adjusted(-4, -4, 4, 4)
    host.resize(400, 200)
    qtbot.waitUntil(lambda: ring.geometry() == press.geometry().adjusted(-4, -4, 4, 4))
    edit.setFocus()
    qtbot.waitUntil(lambda: not ring.isVisible())


def test_a_scroller_shows_the_focused_field(qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    edits = [QLineEdit() for _ in range(30)]
    for edit in edits:
        column.addWidget(edit)
    scroller = Scroller(host)
    scroller.resize(300, 200)
    show(scroller)
    edits[-1].setFocus()
    qtbot.waitUntil(lambda: not edits[-1].visibleRegion().isEmpty())


def test_what_is_clicked_at_the_edge_stays_under_the_pointer(
    qtbot: QtBot, show: Callable[[QWidget], QWidget]
) -> None:
    host = QWidget()
    clicked: list[int] = []
    column = QVBoxLayout(host)
    for at in range(30):
        made = button(f"Row {at}")
        made.clicked.connect(partial(clicked.append, at))
        column.addWidget(made)
    scroller = Scroller(host, room=96)
    scroller.resize(300, 200)
    show(scroller)
    rows = host.findChildren(Button)
    last = next(at for at, one in enumerate(rows) if one.visibleRegion().boundingRect() != one.rect())
    for at in (last - 1, last):  # the last that is in sight as a whole, and the first that is not
        place = rows[at].mapTo(scroller, rows[at].visibleRegion().boundingRect().center())
        QTest.mousePress(scroller.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
        assert rows[at].hasFocus()
        qtbot.wait(2 * LOOK_AGAIN_MS)  # a slow hand
        QTest.mouseRelease(scroller.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
        assert clicked[-1:] == [at]
    qtbot.waitUntil(lambda: rows[last].visibleRegion().boundingRect() == rows[last].rect())


def test_cards_and_empty_states_read_well(qtbot: QtBot, look: Theme) -> None:
    opened: list[bool] = []
    card = Card("Bookings today", key="F3")
    card.body.addWidget(EmptyState("Nothing here", action="New booking", run=lambda: opened.append(True)))
    card.body.addWidget(StatusPill(booking_look("arrived")))
    card.body.addWidget(label("Today", "small", tone="text2"))
    card.body.addWidget(SearchButton())
    qtbot.addWidget(card)
    card.show()
    assert_named(card)
    qtbot.mouseClick(card.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert opened == [True]


def test_the_check_finds_what_has_no_name(qtbot: QtBot) -> None:
    host = QWidget()
    QTreeView(host)
    qtbot.addWidget(host)
    with pytest.raises(AssertionError, match="QTreeView"):
        assert_named(host)


def test_the_ring_outlives_what_it_was_around(qtbot: QtBot, show: Callable[[QWidget], QWidget]) -> None:
    host = QWidget()
    column = QVBoxLayout(host)
    gone, other = button("Book"), button("Print")
    column.addWidget(gone)
    column.addWidget(other)
    ring = FocusRing(host)
    show(host)
    gone.setFocus()
    qtbot.waitUntil(ring.isVisible)
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
    ring.place()
    other.setFocus()
    qtbot.waitUntil(lambda: ring.geometry() == other.geometry().adjusted(-4, -4, 4, 4))


# -- screen readers ----------------------------------------------------------------------------------------
def toggle(button: QAbstractButton) -> None:
    """What a screen reader does to a button with a mark."""
    QAccessible.queryAccessibleInterface(button).actionInterface().doAction("Toggle")


def test_a_screen_reader_ticks_a_box_and_it_counts_as_a_click(look: Theme) -> None:
    box, told = CheckBox("Rush"), list[bool]()

    def hear(on: bool) -> None:
        told.append(on)

    box.clicked.connect(hear)
    box.setChecked(True)  # by the program
    assert told == []
    toggle(box)
    toggle(box)
    assert (told, box.isChecked()) == ([False, True], True)
    box.click()
    assert told == [False, True, False]


def test_a_screen_reader_chooses_and_never_leaves_a_group_without_a_choice(look: Theme) -> None:
    group, told = Segmented([Choice("a", "A"), Choice("b", "B")], name="Show as"), list[str]()
    group.chosen.connect(told.append)
    group.set_current("a")
    for place in (1, 1, 0):
        toggle(group.findChildren(ChoiceButton)[place])
    assert (told, group.current()) == (["b", "b", "a"], "a")


def test_a_screen_reader_opens_screens_by_the_rail(look: Theme) -> None:
    rail, told = NavRail(), list[str]()
    rail.chosen.connect(told.append)
    for name in ("desk", "tickets"):
        rail.add(PageEntry(name, name.title(), "house", "F2", make=Page))
    rail.show_current("desk")
    rail.chosen.connect(rail.show_current)
    desk, tickets = (one for one in rail.findChildren(RailButton) if one is not rail.lock)
    toggle(tickets)
    assert (told, desk.isChecked(), tickets.isChecked()) == (["tickets"], False, True)
    toggle(tickets)
    assert tickets.isChecked()


def test_an_empty_cell_has_words_for_a_listener() -> None:
    model = RowsModel((Column("Shelf", lambda row: row, lambda row: row),))
    model.show_rows(["A1", ""])
    spoken = [model.data(model.index(row, 0), SPOKEN) for row in range(2)]
    assert spoken == ["A1", "Shelf: nothing"]


def test_a_click_that_was_on_its_way_when_a_notice_came_hits_nothing_else(
    show: Callable[[QWidget], QWidget], qtbot: QtBot
) -> None:
    window, page, bar, pressed = QWidget(), QWidget(), NoticeBar(), list[int]()
    QVBoxLayout(window).addWidget(page)
    inset = QWidget()
    QVBoxLayout(inset).addWidget(bar)
    column = QVBoxLayout(page)
    column.addWidget(inset)
    column.addWidget(button("Diagnosing"))
    column.addWidget(button("Ready", run=lambda: pressed.append(1)))
    window.resize(320, 240)
    show(window)

    def click() -> None:
        at = page.mapTo(window, QPoint(page.width() // 2, page.height() - 30))
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=at)

    click()
    bar.say("The printer does not answer.")
    click()
    assert pressed == [1]
    qtbot.waitUntil(lambda: not page.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents))
    click()
    assert pressed == [1, 1]


def test_a_word_that_is_longer_than_a_line_widens_nothing(show: Callable[[QWidget], QWidget]) -> None:
    host, words = QWidget(), label("", "body", wrap=True)
    QVBoxLayout(host).addWidget(words)
    long = "https://example.org/" + "a" * 900
    words.setText(f"See {long}")
    host.resize(240, 600)
    show(host)
    assert words.text() == f"See {long}"
    assert host.width() == 240
    assert words.heightForWidth(200) > 10 * words.fontMetrics().height()


def test_a_notice_is_as_high_as_its_words(show: Callable[[QWidget], QWidget], qtbot: QtBot) -> None:
    host, bar, long = QWidget(), NoticeBar(), "Draft restored · 086 999 0011 · typed today 14:32"
    rows(bar, STRETCH, pad=16, host=host)
    host.resize(330, 400)
    show(host)
    bar.show_message(Message("Draft restored", steps=(Step("Discard", lambda: None, "Alt+Delete"),)))
    qtbot.waitUntil(bar.isVisible)
    bar.show_message(Message(long, steps=(Step("Discard", lambda: None, "Alt+Delete"),)))
    [words] = [one for one in bar.findChildren(QLabel) if one.text() == long]
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()) > 0)
