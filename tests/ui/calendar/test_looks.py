"""What the calendar owes to eyes and screen readers: names, both themes, narrow windows, mirrored ones."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit, QStyle, QStyleOptionFrame

from posapp.ui.calendar.sheet import MoreSheet
from posapp.ui.theme import Theme, theme
from tests.factories import a_phone
from tests.ui.a11y import assert_named
from tests.ui.calendar.conftest import CTRL, Counter

Key = Qt.Key


def test_everything_that_takes_the_focus_has_a_name(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    assert_named(counter.page)
    counter.page.steps.open_sheet(booking)
    counter.quiet()
    sheet = counter.window.sheet_content
    assert sheet is not None
    assert_named(sheet)


def test_the_list_behind_plus_n_is_a_sound_model(counter: Counter) -> None:
    first, second = counter.booked(9, who="Tomasz"), counter.booked(9, who="Aino")
    opened: list[str] = []
    sheet = MoreSheet([first, second], counter.page.presenter.wording)
    QAbstractItemModelTester(sheet.rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    sheet.opened.connect(lambda booking: opened.append(booking.number))
    counter.window.open_sheet("2 more bookings", sheet)
    counter.press(Key.Key_Down)
    counter.press(Key.Key_Return)
    assert opened == [second.number]
    assert sheet.rows.index(0, 0).data().startswith("09:00, Marta Kowalczyk, Booked")


def test_the_matches_are_a_sound_model(counter: Counter) -> None:
    rows = counter.page.form.who._rows.rows
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    counter.booked(9, name="Marta Kowalczyk")
    counter.booked(10, name="Martin Field")
    counter.type("mart")
    counter.until(lambda: counter.page.form.who.has_popup)
    assert rows.rowCount() == 2


@pytest.fixture
def right_to_left(qapp: QApplication) -> Iterator[None]:
    """A window that reads from right to left."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.usefixtures("right_to_left")
def test_a_mirrored_calendar_has_its_times_on_the_right_and_its_arrows_turned(counter: Counter) -> None:
    counter.to_view()
    view = counter.page.view
    geometry = view.geometry_now()
    assert geometry.column(0).x() > geometry.column(2).x()
    counter.press(Key.Key_Left)
    assert view.cursor_at is not None
    assert view.cursor_at.column == 1
    assert not view.grab().isNull()


def test_the_smallest_window_keeps_the_buttons_of_the_form_in_sight(counter: Counter) -> None:
    counter.window.resize(1024, 720)
    counter.type(a_phone(9).shown("IE"))
    counter.until(lambda: counter.page.form.who.number is not None)
    button = counter.page.form.save_button
    assert button is not None
    corner = button.mapTo(counter.window, button.rect().bottomRight())
    assert corner.y() < counter.window.height() - counter.window.key_bar.height()
    geometry = counter.page.view.geometry_now()
    assert geometry.scroll_range()[0] == 0


def test_every_state_is_painted_in_both_themes(counter: Counter, look: Theme) -> None:
    from posapp.domain.bookings.bookings import MOVES, BookingStatus

    for hour, status in enumerate(MOVES[BookingStatus.BOOKED], 9):
        booking = counter.booked(hour, who="Tomasz", minutes=45)
        counter.shop.bookings.set_status(counter.actor, booking.number, status, reason="Because")
    counter.quiet()
    light = counter.page.view.grab().toImage()
    look.change(choice="dark")
    dark = counter.page.view.grab().toImage()
    assert light.pixelColor(light.width() // 2, 60) != dark.pixelColor(dark.width() // 2, 60)


@pytest.mark.parametrize("width", [1366, 1024])
def test_day_start_and_length_of_a_booking_are_shown_whole(counter: Counter, width: int) -> None:
    counter.window.resize(width, 720)
    when = counter.page.form.when
    when.day.set_day(date(2026, 9, 30))  # Wed 30 Sep 2026 is among the widest
    when.minutes.set_minutes(90)
    QApplication.processEvents()
    lines = [one for field in (when.day, when.starts, when.minutes) for one in field.findChildren(QLineEdit)]
    assert len(lines) == 3
    for line in lines:
        style = QStyleOptionFrame()
        line.initStyleOption(style)
        inner = line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, style, line).width()
        inner -= line.textMargins().left() + line.textMargins().right() + 4
        assert line.fontMetrics().horizontalAdvance(line.text()) <= inner, line.text()
    assert when.minutes.value() == 90


def test_what_is_wrong_with_the_time_has_the_width_of_the_form(counter: Counter) -> None:
    when = counter.page.form.when
    counter.replace(when.starts, "x")
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    assert when.starts.message()
    line = when.starts.message_below()
    assert line.width() == when.width()
    assert line.height() < 2 * theme().line("small")
