"""From the calendar to a ticket: arrived, made a ticket by one key, opened once it is one; a week's width."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt

from posapp.domain.bookings.bookings import Booking, BookingStatus
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.tickets import Outcome
from posapp.services.repairs.tickets import HandBack, MoveJob, TakeIn, TakeInDevice
from posapp.ui.calendar.sheet import BookingSheet
from posapp.ui.window.page import PageEntry
from tests.ui.a11y import assert_named
from tests.ui.calendar.conftest import ALT, CTRL, Counter
from tests.ui.other_page import OtherPage


@pytest.fixture
def counter(open_calendar: Callable[..., Counter]) -> Counter:
    made = open_calendar()
    for name in ("intake", "ticket"):
        made.window.add_page(PageEntry(name, name, "wrench", "", make=OtherPage, in_rail=False))
    return made


def went_to(counter: Counter) -> tuple[str, object]:
    counter.quiet()
    return counter.window.current_page_id, getattr(counter.window.current_page, "payload", None)


def on_booking(counter: Counter, hour: int = 15) -> Booking:
    """A booking under the cursor of the calendar."""
    booking = counter.booked(hour)
    counter.until(lambda: counter.page.view.select(booking.number))
    counter.to_view()
    counter.quiet()
    return booking


def ticket_of(counter: Counter, booking: Booking) -> str:
    device = TakeInDevice(
        kind=DeviceKind.PHONE, make="Acme", model="Phone", no_serial_reason="worn off", fault="Glass"
    )
    made = counter.shop.tickets.take_in(counter.actor, TakeIn(booking=booking.number, devices=(device,)))
    counter.quiet()
    return made.ticket.number


def test_t_takes_the_device_of_a_booking_in(counter: Counter) -> None:
    booking = on_booking(counter)
    counter.press(Qt.Key.Key_T)
    assert went_to(counter) == ("intake", booking.number)


def test_arrived_then_ticket_are_two_keys(counter: Counter) -> None:
    booking = on_booking(counter)
    counter.press(Qt.Key.Key_A)
    counter.quiet()
    assert counter.booking(booking.number).status == BookingStatus.ARRIVED
    counter.press(Qt.Key.Key_T)
    assert went_to(counter) == ("intake", booking.number)


def test_a_booking_with_a_ticket_says_so_and_opens_it(counter: Counter) -> None:
    booking = on_booking(counter)
    number = ticket_of(counter, booking)
    view = counter.page.view
    counter.until(lambda: view.tickets == {booking.number: number})
    assert view.describe().endswith(f", {number}")
    counter.press(Qt.Key.Key_Return)
    counter.quiet()
    sheet = counter.window.sheet_content
    assert isinstance(sheet, BookingSheet)
    assert sheet.ticket.text() == f"Open {number}"
    assert_named(sheet)
    counter.press(Qt.Key.Key_T)
    assert went_to(counter) == ("ticket", number)


def test_a_collected_ticket_still_stands_on_its_booking(counter: Counter) -> None:
    booking = on_booking(counter)
    number = ticket_of(counter, booking)
    counter.shop.tickets.move(counter.actor, MoveJob(number=number, to="ready"))
    counter.shop.counter.hand_back(
        counter.actor, HandBack(number=number, outcome=Outcome.REPAIRED, to="Marta")
    )
    counter.quiet()
    counter.press(Qt.Key.Key_T)
    assert went_to(counter) == ("ticket", number)


def test_the_button_of_the_sheet_makes_a_ticket(counter: Counter) -> None:
    booking = on_booking(counter)
    counter.press(Qt.Key.Key_Return)
    counter.quiet()
    sheet = counter.window.sheet_content
    assert isinstance(sheet, BookingSheet)
    sheet.ticket.setFocus()
    counter.press(Qt.Key.Key_Return)
    assert went_to(counter) == ("intake", booking.number)
    assert counter.window.sheet_content is None


def test_one_who_did_not_come_gets_no_ticket(counter: Counter) -> None:
    booking = on_booking(counter)
    counter.shop.bookings.set_status(counter.actor, booking.number, BookingStatus.NO_SHOW)
    counter.until(lambda: (now := counter.page.view.booking()) and now.status == BookingStatus.NO_SHOW)
    counter.press(Qt.Key.Key_T)
    assert went_to(counter)[0] == "calendar"


def test_a_week_in_a_narrow_window_has_the_width_and_the_form_comes_back(counter: Counter) -> None:
    page = counter.page
    counter.type("0851234567")
    counter.window.resize(1024, 720)
    counter.until(lambda: counter.window.is_compact)
    assert not page.form.isHidden()
    counter.press(Qt.Key.Key_W, ALT)
    counter.quiet()
    assert page.form.isHidden()
    assert page.view.hasFocus()
    counter.press(Qt.Key.Key_W, ALT)
    assert not page.form.isHidden()
    assert page.form.who.field.text().replace(" ", "") == "0851234567"
    counter.press(Qt.Key.Key_W, ALT)
    counter.press(Qt.Key.Key_B, CTRL)
    assert not page.form.isHidden()


def test_a_week_in_a_wide_window_keeps_the_form(counter: Counter) -> None:
    counter.window.resize(1920, 1080)
    counter.press(Qt.Key.Key_W, ALT)
    counter.quiet()
    assert not counter.page.form.isHidden()
    assert counter.page.shown.day + timedelta(days=7) > counter.page.presenter.wording.today()
