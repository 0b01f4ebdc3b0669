"""Ctrl+Z and Ctrl+Y in the calendar: first what is asked or in the air, then the last step."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from posapp.domain.bookings.bookings import BookingStatus
from tests.factories import a_customer, at
from tests.ui.calendar.conftest import CTRL, Counter
from tests.ui.calendar.test_calendar_keys import _hold

Key = Qt.Key


def undo(counter: Counter) -> None:
    counter.press(Key.Key_Z, CTRL)
    counter.quiet()


def redo(counter: Counter) -> None:
    counter.press(Key.Key_Y, CTRL)
    counter.quiet()


def said(counter: Counter) -> str:
    return counter.window.notices.messages()[0].text


def test_with_the_question_of_a_clash_open_only_the_question_goes(counter: Counter) -> None:
    earlier = counter.booked(14, who="Tomasz", minutes=30)
    booking = counter.booked(9, who="Tomasz", minutes=30)
    counter.booked(10, who="Tomasz", minutes=30)
    counter.to_view()
    counter.until(counter.page.view.booking)
    counter.page.view.select(earlier.number)
    counter.press(Key.Key_A)
    counter.quiet()
    counter.page.view.select(booking.number)
    _hold(counter, Key.Key_Down, CTRL, times=3)
    assert counter.page.ask_bar.text()
    undo(counter)
    assert (counter.page.ask_bar.text(), counter.page.view.trial) == ("", None)
    assert counter.page.view.hasFocus()
    assert counter.booking(earlier.number).status == BookingStatus.ARRIVED
    assert counter.booking(booking.number).wall_start == at(9)
    undo(counter)
    assert counter.booking(earlier.number).status == BookingStatus.BOOKED
    assert said(counter).startswith(f"Undone: {earlier.number}")


def test_a_booking_in_the_air_is_put_back_and_no_step_is_taken_back(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz", minutes=30)
    counter.to_view()
    counter.until(counter.page.view.booking)
    _hold(counter, Key.Key_Down, CTRL)
    assert counter.booking(booking.number).wall_start == at(9, 15)
    for kind, key in ((QEvent.Type.KeyPress, Key.Key_Control), (QEvent.Type.KeyPress, Key.Key_Down)):
        QApplication.sendEvent(counter.page.view, QKeyEvent(kind, key, CTRL))
    assert counter.page.view.trial is not None
    undo(counter)
    assert counter.page.view.trial is None
    assert counter.booking(booking.number).wall_start == at(9, 15)
    undo(counter)
    assert counter.booking(booking.number).wall_start == at(9)
    redo(counter)
    assert counter.booking(booking.number).wall_start == at(9, 15)


def test_why_a_booking_is_cancelled_is_asked_and_that_question_is_closed_first(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    counter.to_view()
    counter.until(counter.page.view.booking)
    counter.press(Key.Key_C)
    counter.quiet()
    counter.press(Key.Key_X)
    assert counter.page.ask_bar.text()
    undo(counter)
    assert counter.page.ask_bar.text() == ""
    assert counter.booking(booking.number).status == BookingStatus.CONFIRMED
    counter.press(Key.Key_X)
    counter.type("No time")
    counter.press(Key.Key_Return)
    counter.quiet()
    assert counter.booking(booking.number).status == BookingStatus.CANCELLED
    undo(counter)
    undo(counter)
    assert counter.booking(booking.number).status == BookingStatus.BOOKED
    redo(counter)
    redo(counter)
    again = counter.booking(booking.number)
    assert (again.status, again.reason) == (BookingStatus.CANCELLED, "No time")


def test_a_booking_that_another_till_followed_since_is_not_taken_back(counter: Counter) -> None:
    someone = a_customer(counter.shop, counter.actor)
    counter.page.form_steps.open_for(someone.id)
    counter.quiet()
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    [booking] = counter.bookings(counter.page.presenter.wording.today())
    undo(counter)
    assert counter.booking(booking.number).status == BookingStatus.CANCELLED
    redo(counter)
    assert counter.booking(booking.number).status == BookingStatus.BOOKED
    other = counter.shop.actor("Till 2")
    counter.shop.bookings.set_status(other, booking.number, BookingStatus.ARRIVED)
    counter.quiet()
    undo(counter)
    assert counter.booking(booking.number).status == BookingStatus.ARRIVED
    assert said(counter).startswith("Not undone: ")
