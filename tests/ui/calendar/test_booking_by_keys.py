"""Booking with keys alone, in a real window over a real shop."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from posapp.domain.bookings.bookings import BookingStatus
from posapp.services.customers.customers import FindOrCreate
from tests.factories import DAY, a_customer, a_phone, at
from tests.ui.calendar.conftest import ALT, CTRL, Counter

Key = Qt.Key


def test_a_returning_customer_is_booked_in_under_ten_key_strokes(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor, "Chidi Okafor", phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    counter.press(Key.Key_Return, CTRL)
    counter.until(counter.bookings)
    counter.quiet()
    [booking] = counter.bookings()
    assert counter.pressed < 10
    assert (booking.pl_id, booking.wall_start, booking.minutes) == (customer.pl_id, at(9), 45)
    said = counter.window.notices.messages()[0].text
    assert said == f"{booking.number} booked, Wed 18 Nov 09:00 with Tomasz · reused {customer.pl_id}"


def test_the_toast_takes_the_booking_back(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    counter.press(Key.Key_Return, CTRL)
    counter.until(counter.bookings)
    counter.quiet()
    counter.press(Key.Key_Z, CTRL)
    counter.until(lambda: counter.bookings()[0].status == BookingStatus.CANCELLED)
    assert counter.bookings()[0].reason == "Undone at once"


def test_a_new_customer_needs_a_name_and_gets_a_pl_id_on_saving(counter: Counter) -> None:
    counter.type("0851000002")
    counter.until(lambda: counter.page.form.who.number is not None)
    counter.press(Key.Key_Return, CTRL)
    assert counter.page.form.summary.text() == "1 field needs attention"
    assert counter.page.form.who.name.message() == "Enter a name."
    assert counter.focus() is counter.page.form.who.name.editor
    counter.type("Neha")
    counter.press(Key.Key_Return, CTRL)
    counter.until(counter.bookings)
    counter.quiet()
    [booking] = counter.bookings()
    assert booking.customer_name == "Neha"
    assert counter.window.notices.messages()[0].text.endswith(f"created {booking.pl_id}")


def test_another_till_that_was_quicker_with_the_number_is_named_and_both_book(counter: Counter) -> None:
    counter.type("0851000002")
    counter.until(lambda: counter.page.form.who.number is not None)
    counter.press(Key.Key_Return)
    counter.type("Tom Byrne")
    quicker = FindOrCreate(phone=a_phone(2), name="Anna Byrne")
    counter.shop.customers.find_or_create(replace(counter.actor, till="Till 2"), quicker)
    counter.press(Key.Key_Return, CTRL)
    counter.until(counter.bookings)
    counter.quiet()
    [booking] = counter.bookings()
    assert (str(booking.pl_id), booking.customer_name) == ("PL1", "Anna Byrne")
    said = counter.window.notices.messages()[0]
    assert said.text.endswith(" · PL1 was just created on Till 2 with this number and is now selected.")
    assert [step.text for step in said.steps][:1] == ["Add Tom Byrne to PL1"]


def test_a_known_number_never_makes_a_second_customer(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor, phone=a_phone(3))
    for written in ("085 100 0003", "+353851000003", "00353851000003"):
        counter.page.form.who.change()
        counter.type(written)
        counter.until(lambda: counter.page.form.who.card is not None)
        card = counter.page.form.who.card
        assert card is not None
        assert card.customer.id == customer.id
        assert not counter.page.form.who.name.isVisible()
        assert counter.page.form.who.strip.note.full_text() == "Existing customer selected · 0 visits"


def test_a_name_is_found_at_once_and_taken_with_enter(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor, "Łukasz Müller")
    counter.type("muller")
    counter.press(Key.Key_Return)
    counter.until(lambda: counter.page.form.who.card is not None)
    card = counter.page.form.who.card
    assert card is not None
    assert card.customer.id == customer.id
    assert not counter.page.form.who.has_popup
    assert counter.focus() is counter.page.form.service.editor


def test_matches_of_an_older_text_cannot_be_pressed_and_make_way(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, "Marta Kowalczyk")
    who = counter.page.form.who
    counter.type("mar")
    counter.until(lambda: who.has_popup)
    gate, picked = threading.Event(), list[int]()
    who.picked.connect(picked.append)
    counter.page.session.lanes.search.run(gate.wait, done=lambda _done: None, failed=lambda _error: None)
    counter.type("i")
    spot = who._rows.visualRect(who._rows.rows.index(0, 0)).center()
    QTest.mouseClick(who._rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert picked == []
    counter.until(lambda: not who.has_popup)
    gate.set()
    counter.quiet()
    assert picked == []


def test_an_impossible_and_an_incomplete_number_are_explained(counter: Counter) -> None:
    who = counter.page.form.who
    counter.type("0851")
    counter.until(lambda: "not complete" in who.notice.text())
    counter.press(Key.Key_Tab)
    assert who.field.message()
    who.change()
    counter.type("11111111")
    counter.until(lambda: "no real phone number" in who.notice.text())
    counter.press(Key.Key_Return, CTRL)
    assert "no real phone number" in who.field.message()
    assert not counter.bookings()


def test_a_former_number_says_whose_it_was(counter: Counter) -> None:
    phone = a_phone(4)
    customer = a_customer(counter.shop, counter.actor, "Ana Ruiz", phone=phone)
    line = customer.current_phones[0]
    counter.shop.phones.change_number(counter.actor, customer.id, line.id, a_phone(5))
    who = counter.page.form.who
    counter.type("0851000004")
    counter.until(lambda: f"{customer.pl_id} had this number" in who.notice.text())
    who.notice.buttons()[0].click()
    counter.until(lambda: who.card is not None)
    assert who.card is not None
    assert who.card.customer.id == customer.id


def test_another_person_of_the_account_comes(counter: Counter) -> None:
    customer = a_customer(counter.shop, counter.actor, "Łukasz Müller", phone=a_phone(6))
    counter.type("0851000006")
    counter.until(lambda: counter.page.form.who.card is not None)
    counter.press(Key.Key_P, ALT)
    counter.type("Neha")
    counter.press(Key.Key_Return, CTRL)
    counter.until(counter.bookings)
    [booking] = counter.bookings()
    assert (booking.pl_id, booking.contact_name) == (customer.pl_id, "Neha")


def test_the_customer_at_the_counter_is_not_asked_for_again(
    open_calendar: Callable[..., Counter], counter: Counter
) -> None:
    customer = a_customer(counter.shop, counter.actor, "Chidi Okafor")
    second = open_calendar(counter=customer)
    second.until(lambda: second.page.form.who.card is not None)
    second.press(Key.Key_Return, CTRL)
    second.until(second.bookings)
    assert second.bookings()[0].customer_id == customer.id


def test_a_free_time_is_taken_with_alt_and_its_number(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    counter.press(Key.Key_3, ALT)
    assert counter.page.form.when.starts.text() == "09:30"
    counter.press(Key.Key_Return, CTRL)
    counter.until(counter.bookings)
    assert counter.bookings()[0].wall_start == at(9, 30)


def test_a_service_sets_length_and_price(counter: Counter) -> None:
    form = counter.page.form
    form.service.editor.setFocus(Qt.FocusReason.TabFocusReason)
    counter.type("glass")
    counter.press(Key.Key_Tab)
    assert form.when.typed_minutes() == 90
    assert form.service.aside.text() == "1 h 30 min · price on inspection"


def test_tab_follows_the_reading_order(counter: Counter) -> None:
    form = counter.page.form
    seen = []
    for _ in range(9):
        seen.append(counter.focus().accessibleName())
        counter.press(Key.Key_Tab)
    assert seen[:8] == ["Phone", "Service", "Date", "From", "Length", "09:00", "Anyone free", "Note"]
    assert counter.focus() is form.save_button


def test_day_and_time_are_typed_as_people_write_them(counter: Counter) -> None:
    form = counter.page.form
    counter.replace(form.when.day, "tomorrow")
    counter.press(Key.Key_Tab)
    counter.quiet()
    assert form.when.day.text() == "Thu 19 Nov 2026"
    assert counter.page.shown.day == DAY.replace(day=19)
    counter.replace(form.when.starts, "3pm")
    counter.press(Key.Key_Tab)
    assert form.when.starts.text() == "15:00"
    counter.quiet()
    draft = counter.page.view.draft
    assert draft is not None
    assert (draft.day, draft.minute) == (DAY.replace(day=19), 15 * 60)


def test_a_clash_names_the_next_free_time_and_takes_it(counter: Counter) -> None:
    counter.booked(10, who="Ravi", minutes=60)
    counter.quiet()
    form = counter.page.form
    form.when.set_resource(
        next(one.id for one in counter.page.session.catalogue.resources if one.name == "Ravi")
    )
    form.when.set_start(at(10, 15))
    counter.until(form.when.clash.text)
    assert form.when.clash.text() == "Ravi is taken at 10:15. Next free: 11:00."
    counter.until(lambda: counter.page.view.draft is not None and counter.page.view.draft.is_wrong)
    [instead] = form.when.clash.buttons()
    instead.click()
    counter.quiet()
    assert form.when.starts.text() == "11:00"
    assert not form.when.clash.text()


def test_over_a_clash_is_booked_only_with_a_reason(counter: Counter) -> None:
    counter.booked(10, who="Tomasz", minutes=60)
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    form = counter.page.form
    form.when.set_resource(counter.page.session.catalogue.resources[0].id)
    form.when.set_start(at(10, 15))
    counter.until(form.when.clash.text)
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    assert len(counter.bookings()) == 1
    assert form.when.clash.text().startswith("Tomasz is taken")
    form.when.clash.anyway.setFocus()
    counter.press(Key.Key_Return)
    assert counter.focus() is form.when.clash.reason.editor
    counter.press(Key.Key_Return, CTRL)
    assert form.summary.text() == "1 field needs attention"
    counter.type("Waits for it")
    counter.press(Key.Key_Return, CTRL)
    counter.until(lambda: len(counter.bookings()) == 2)
    assert counter.bookings()[1].override_reason == "Waits for it"


def test_a_closed_hour_is_refused_in_the_desks_words(counter: Counter) -> None:
    form = counter.page.form
    form.when.set_start(at(20))
    counter.until(form.when.clash.text)
    assert "the shop is open 09:00" in form.when.clash.text()
    assert not form.when.clash.anyway.isHidden()


def test_what_is_wrong_is_counted_and_the_first_field_gets_the_focus(counter: Counter) -> None:
    form = counter.page.form
    form.when.starts.set_text("99")
    form.when.starts.editor.setFocus()
    counter.press(Key.Key_Return, CTRL)
    assert form.summary.text() == "2 fields need attention"
    assert counter.focus() is form.who.field.editor
    assert form.when.starts.message().startswith("There is no time 99")


def test_another_till_that_takes_the_slot_is_told_in_the_form(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    for name in ("Tomasz", "Aino", "Ravi"):
        counter.booked(9, who=name, minutes=60)
    form = counter.page.form
    form.when.set_start(at(9))
    counter.press(Key.Key_Return, CTRL)
    counter.until(form.when.clash.text)
    counter.quiet()
    assert len(counter.bookings()) == 3
    assert "is taken at 09:00" in form.when.clash.text()
    assert form.save_button is not None
    assert form.save_button.isEnabled()


def test_a_read_only_window_books_nothing_and_keeps_the_draft(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    counter.window.set_read_only("The database does not answer.")
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    assert not counter.bookings()
    assert "draft is kept" in counter.page.form.summary.text()


def test_free_times_are_near_the_time_that_was_typed_and_the_person(counter: Counter) -> None:
    counter.booked(15, who="Ravi", minutes=45)
    when = counter.page.form.when
    ravi = counter.page.session.catalogue.resources[2]
    when.set_resource(ravi.id)
    counter.replace(when.starts, "15:00")
    counter.quiet()
    words = [one.text() for one in when.free.findChildren(QAbstractButton)]
    assert words == ["14:00", "14:15", "15:00 Tomasz", "15:45"]
    when.free.choose_number(3)
    counter.quiet()
    assert when.starts.text() == "15:00"
    assert when.resource_id() != ravi.id


def test_who_is_booked_then_already_is_said(counter: Counter) -> None:
    made = counter.booked(10, who="Aino", name="Chidi Okafor", minutes=45)
    chidi = counter.shop.customers.card(counter.actor, made.customer_id).customer
    later = counter.booked(16, who="Ravi", customer=chidi)
    counter.page.form_steps.open_for(made.customer_id)
    counter.quiet()
    when = counter.page.form.when
    when.set_start(at(10, 30))
    counter.until(lambda: "then" in when.also.text())
    what = f"10:00 Battery check with Aino ({made.number})"
    assert when.also.text() == f"Chidi Okafor is booked then already: {what}"
    when.set_start(at(12))
    counter.until(lambda: "this day" in when.also.text())
    counter.shop.bookings.set_status(counter.actor, made.number, BookingStatus.CANCELLED, reason="ill")
    counter.until(lambda: later.number in when.also.text())
    when.set_start(at(12) + timedelta(days=7))
    counter.until(lambda: not when.also.text())
