"""The calendar itself under keys and mouse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from posapp.domain.base.errors import EnvironmentFault
from posapp.domain.bookings.bookings import BookingStatus
from posapp.ui.calendar.cursor import Trial
from posapp.ui.calendar.sheet import BookingSheet
from tests.factories import DAY, a_customer, at
from tests.ui.calendar.conftest import ALT, CTRL, SHIFT, Counter

Key = Qt.Key


def _hold(counter: Counter, key: Qt.Key, modifiers: Qt.KeyboardModifier, *, times: int = 1) -> None:
    """Press a modifier, an arrow some times, and let go: what lifts and puts down a booking."""
    held = Key.Key_Control if modifiers == CTRL else Key.Key_Shift
    # keyClick would press and let go of the modifier with every arrow
    presses = [(QEvent.Type.KeyPress, held)]
    presses += [(QEvent.Type.KeyPress, key), (QEvent.Type.KeyRelease, key)] * times
    for kind, pressed in presses:
        QApplication.sendEvent(counter.page.view, QKeyEvent(kind, pressed, modifiers))
        counter.quiet()
    QApplication.sendEvent(
        counter.page.view, QKeyEvent(QEvent.Type.KeyRelease, held, Qt.KeyboardModifier.NoModifier)
    )
    counter.quiet()


def test_enter_on_a_free_slot_books_there(counter: Counter) -> None:
    counter.to_view()
    counter.press(Key.Key_Right)
    counter.press(Key.Key_Down)
    counter.press(Key.Key_Down)
    counter.press(Key.Key_Return)
    form = counter.page.form
    assert form.when.starts.text() == "09:30"
    assert form.when.resource_id() == counter.page.session.catalogue.resources[1].id
    assert counter.focus() is form.who.field.editor


def test_shift_and_arrows_set_the_length_of_a_new_booking(counter: Counter) -> None:
    counter.to_view()
    counter.press(Key.Key_Down, SHIFT)
    counter.press(Key.Key_Down, SHIFT)
    counter.press(Key.Key_Return)
    assert counter.page.form.when.typed_minutes() == 45


def test_a_booking_is_moved_with_ctrl_and_arrows_and_back_with_ctrl_z(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    counter.to_view()
    counter.until(counter.page.view.booking)
    _hold(counter, Key.Key_Down, CTRL, times=2)
    assert counter.booking(booking.number).wall_start == at(9, 30)
    _hold(counter, Key.Key_Right, CTRL)
    assert counter.booking(booking.number).resource == "Aino"
    selected = counter.page.view.booking()
    assert selected is not None
    assert selected.number == booking.number
    counter.press(Key.Key_Z, CTRL)
    counter.quiet()
    assert counter.booking(booking.number).resource == "Tomasz"
    counter.press(Key.Key_Z, CTRL)
    counter.quiet()
    assert counter.booking(booking.number).wall_start == at(9)


def test_shift_and_arrows_set_the_length_of_a_booking(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz", minutes=30)
    counter.to_view()
    counter.until(counter.page.view.booking)
    _hold(counter, Key.Key_Down, SHIFT, times=2)
    assert counter.booking(booking.number).minutes == 60


def test_a_refused_move_stays_in_the_air_and_offers_ways_out(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz", minutes=30)
    counter.booked(10, who="Tomasz", minutes=30)
    counter.to_view()
    counter.until(counter.page.view.booking)
    view, ask = counter.page.view, counter.page.ask_bar
    _hold(counter, Key.Key_Down, CTRL, times=3)
    assert ask.text() == "Tomasz is taken at 09:45. Next free: 10:30."
    assert view.objection == ask.text()
    assert counter.booking(booking.number).wall_start == at(9)
    words = [button.text() for button in ask.buttons()]
    assert words == ["Move to 10:30", "Move anyway", "Leave it"]
    ask.buttons()[1].click()
    counter.type("They share the bench")
    counter.press(Key.Key_Return)
    counter.quiet()
    moved = counter.booking(booking.number)
    assert (moved.wall_start, moved.override_reason) == (at(9, 45), "They share the bench")


def test_esc_puts_a_booking_back(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz", minutes=30)
    counter.booked(9, 30, who="Tomasz", minutes=30)
    counter.to_view()
    counter.until(counter.page.view.booking)
    _hold(counter, Key.Key_Down, CTRL)
    assert counter.page.ask_bar.text()
    counter.press(Key.Key_Escape)
    assert not counter.page.ask_bar.text()
    assert counter.page.view.trial is None
    assert counter.page.view.hasFocus()
    assert counter.booking(booking.number).wall_start == at(9)


def test_letters_follow_a_booking_and_arrived_puts_the_customer_at_the_counter(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz", name="Chidi Okafor")
    counter.to_view()
    counter.until(counter.page.view.booking)
    told = counter.page.keys()
    assert [word.keys for word in told if len(word.keys) == 1] == ["A", "S", "D", "C", "N", "X", "T"]
    for key, status in (
        (Key.Key_C, BookingStatus.CONFIRMED),
        (Key.Key_A, BookingStatus.ARRIVED),
        (Key.Key_S, BookingStatus.IN_SERVICE),
        (Key.Key_D, BookingStatus.DONE),
    ):
        counter.press(key)
        counter.quiet()
        assert counter.booking(booking.number).status == status
    at_counter = counter.window.counter
    assert at_counter is not None
    assert at_counter.name == "Chidi Okafor"
    for status in (BookingStatus.IN_SERVICE, BookingStatus.ARRIVED, BookingStatus.CONFIRMED):
        counter.press(Key.Key_Z, CTRL)
        counter.quiet()
        assert counter.booking(booking.number).status == status


def test_in_service_is_taken_back_by_the_steps_the_trade_knows(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    counter.to_view()
    counter.until(counter.page.view.booking)
    counter.press(Key.Key_S)
    counter.quiet()
    counter.press(Key.Key_Z, CTRL)
    counter.quiet()
    assert counter.booking(booking.number).status == BookingStatus.BOOKED


def test_cancelling_asks_why_inline(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    counter.to_view()
    counter.until(counter.page.view.booking)
    counter.press(Key.Key_X)
    assert counter.focus() is counter.page.ask_bar.reason.editor
    counter.press(Key.Key_Return)
    assert counter.page.ask_bar.reason.message() == "Say why."
    counter.type("Called off")
    counter.press(Key.Key_Return)
    counter.quiet()
    stored = counter.booking(booking.number)
    assert (stored.status, stored.reason) == (BookingStatus.CANCELLED, "Called off")
    assert counter.page.view.hasFocus()


def test_letters_do_nothing_where_they_are_switched_off(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    counter.page.view.plain_keys = False
    counter.to_view()
    counter.until(counter.page.view.booking)
    counter.press(Key.Key_A)
    counter.quiet()
    assert counter.booking(booking.number).status == BookingStatus.BOOKED


def test_the_arrows_skip_over_a_booking_and_say_where_they_are(counter: Counter) -> None:
    counter.booked(9, who="Tomasz", minutes=60, name="Marta")
    counter.to_view()
    counter.until(counter.page.view.booking)
    view = counter.page.view
    assert "09:00, Booked, Marta, Battery check, 1 h" in view.describe()
    counter.press(Key.Key_Down)
    assert view.cursor_at is not None
    assert view.cursor_at.minute == 10 * 60
    assert view.accessibleDescription() == "Tomasz, Wed 18 Nov 2026, 10:00, free"
    counter.press(Key.Key_Up)
    assert view.booking() is not None


def test_enter_opens_the_sheet_with_the_steps(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    counter.to_view()
    counter.until(counter.page.view.booking)
    counter.press(Key.Key_Return)
    counter.quiet()
    sheet = counter.window.sheet_content
    assert isinstance(sheet, BookingSheet)
    assert sheet.booking.number == booking.number
    assert sheet.steps.count() == 2
    counter.press(Key.Key_A)
    counter.quiet()
    assert counter.booking(booking.number).status == BookingStatus.ARRIVED
    sheet = counter.window.sheet_content
    assert isinstance(sheet, BookingSheet)
    assert sheet.booking.status == BookingStatus.ARRIVED


def test_change_in_the_sheet_opens_the_form_and_keeps_the_number(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    counter.to_view()
    counter.until(counter.page.view.booking)
    counter.press(Key.Key_Return)
    counter.quiet()
    sheet = counter.window.sheet_content
    assert isinstance(sheet, BookingSheet)
    sheet.change.click()
    counter.quiet()
    form = counter.page.form
    assert form.frame.number.text() == booking.number
    assert not form.when.clash.text()
    counter.replace(form.when.starts, "1130")
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    assert counter.booking(booking.number).wall_start == at(11, 30)
    assert len(counter.bookings()) == 1
    counter.press(Key.Key_Z, CTRL)
    counter.quiet()
    assert counter.booking(booking.number).wall_start == at(9)


def _point(counter: Counter, column: int, hour: float) -> QPoint:
    """The middle of a column at an hour of the day."""
    geometry = counter.page.view.geometry_now()
    rect = geometry.column(column)
    return QPoint(int(rect.center().x()), int(geometry.y(hour * 60)) + 2)


def test_a_drag_moves_a_booking_and_shows_what_stands_against_it(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz", minutes=30)
    counter.booked(10, who="Ravi", minutes=60)
    counter.to_view()
    counter.until(counter.page.view.booking)
    view = counter.page.view
    port = view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=_point(counter, 0, 9))
    QTest.mouseMove(port, _point(counter, 2, 10.25))
    counter.until(lambda: view.objection)
    assert view.objection == "Ravi is taken at 10:15. Next free: 11:00."
    QTest.mouseMove(port, _point(counter, 2, 11))
    counter.quiet()
    assert not view.objection
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=_point(counter, 2, 11))
    counter.quiet()
    stored = counter.booking(booking.number)
    assert (stored.wall_start, stored.resource) == (at(11), "Ravi")


def test_the_lower_edge_of_a_booking_is_dragged_for_its_length(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz", minutes=30)
    counter.to_view()
    counter.until(counter.page.view.booking)
    port = counter.page.view.viewport()
    edge = _point(counter, 0, 9.5) - QPoint(0, 5)
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=edge)
    QTest.mouseMove(port, _point(counter, 0, 10.25))
    counter.quiet()
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=_point(counter, 0, 10.25))
    counter.quiet()
    assert counter.booking(booking.number).minutes == 75


def test_a_click_on_a_free_slot_puts_the_form_there(counter: Counter) -> None:
    port = counter.page.view.viewport()
    QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=_point(counter, 1, 14))
    counter.quiet()
    wish = counter.page.form.when.wish()
    assert wish is not None
    assert wish.starts == at(14)
    draft = counter.page.view.draft
    assert draft is not None
    assert (draft.minute, counter.page.view.place_of_draft(draft)) == (14 * 60, 1)


def test_alt_and_arrows_change_the_day_and_alt_w_the_week(counter: Counter) -> None:
    counter.booked(9, who="Tomasz")
    counter.to_view()
    counter.press(Key.Key_Right, ALT)
    counter.quiet()
    page = counter.page
    assert page.shown.day == DAY + timedelta(days=1)
    assert page.header.title.full_text() == "Thursday 19 November"
    counter.press(Key.Key_Home, ALT)
    counter.quiet()
    counter.press(Key.Key_W, ALT)
    counter.quiet()
    picture = page.view.picture
    assert picture is not None
    assert picture.is_week
    assert [column.day.day for column in picture.columns] == [16, 17, 18, 19, 20, 21, 22]
    assert page.view.cursor_at is not None
    assert page.view.cursor_at.column == 2
    assert page.header.title.full_text() == "16 to 22 November"


def test_the_week_can_be_of_one_person(counter: Counter) -> None:
    counter.booked(9, who="Tomasz")
    counter.booked(9, who="Ravi")
    counter.press(Key.Key_W, ALT)
    counter.quiet()
    page = counter.page
    assert page.header.count.accessibleName() == "2 bookings"
    page.header.people.setCurrentIndex(3)
    page.header.people.activated.emit(3)
    counter.quiet()
    assert page.header.count.accessibleName() == "1 booking"


def test_a_booking_in_the_week_moves_to_another_day(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    counter.to_view()
    counter.press(Key.Key_W, ALT)
    counter.quiet()
    assert counter.page.view.select(booking.number)
    _hold(counter, Key.Key_Right, CTRL)
    moved = counter.booking(booking.number)
    assert (moved.wall_start, moved.resource) == (at(9) + timedelta(days=1), "Tomasz")


def test_a_booking_made_elsewhere_appears_by_itself(counter: Counter) -> None:
    booking = counter.booked(13, who="Aino")
    counter.until(lambda: counter.page.view.picture and counter.page.view.picture.find(booking.number))


def test_a_booking_number_opens_its_day_and_its_sheet(
    open_calendar: Callable[..., Counter], counter: Counter
) -> None:
    customer = a_customer(counter.shop, counter.actor)
    booking = counter.booked(9, who="Aino", customer=customer)
    counter.window.show_page("calendar", booking.number)
    counter.quiet()
    selected = counter.page.view.booking()
    assert selected is not None
    assert selected.number == booking.number
    assert isinstance(counter.window.sheet_content, BookingSheet)
    second = open_calendar(customer.id)
    second.until(lambda: second.page.form.who.card is not None)
    card = second.page.form.who.card
    assert card is not None
    assert card.customer.id == customer.id


def test_a_refusal_to_read_is_told_with_a_way_out(counter: Counter) -> None:
    counter.page._not_loaded(EnvironmentFault("busy", "The database is busy. Try again in a moment."))
    assert counter.page.notice.text() == (
        "The bookings could not be read. The database is busy. Try again in a moment."
    )
    counter.page._load()
    counter.quiet()
    assert counter.page.notice.isHidden()


def test_own_steps_on_a_booking_never_count_as_somebody_elses(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz", minutes=30)
    counter.to_view()
    counter.until(counter.page.view.booking)
    view, steps = counter.page.view, counter.page.steps
    shown = view.booking()
    assert shown is not None
    trial = Trial(shown, at(9, 30).date(), 9 * 60 + 30, 30, shown.resource_id)
    steps.drop(trial)  # before the answer is shown, the same one moves on
    steps.drop(replace(trial, minute=10 * 60))
    counter.quiet()
    assert (counter.booking(booking.number).wall_start, counter.page.ask_bar.text()) == (at(10), "")
    counter.page.form_steps.edit(counter.booking(booking.number))
    steps.ask_status(counter.booking(booking.number), BookingStatus.CONFIRMED)
    counter.quiet()
    counter.page.form.note.editor.setFocus()
    counter.type("Bring charger")
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    assert not counter.page.form.summary.text()
    assert counter.booking(booking.number).note == "Bring charger"


def test_a_change_of_another_till_is_noticed_between_own_steps(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz", minutes=30)
    other = counter.shop.actor("Till 2")
    counter.page.form_steps.edit(booking)
    counter.shop.bookings.set_status(other, booking.number, BookingStatus.CONFIRMED)
    counter.page.steps.ask_status(booking, BookingStatus.CONFIRMED)  # it is so already
    counter.page.form.note.editor.setFocus()
    counter.type("Bring charger")
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    assert "changed by Till 2" in counter.page.form.summary.text()
    assert counter.page.form.note.text() == "Bring charger"
    assert counter.booking(booking.number).note == ""
