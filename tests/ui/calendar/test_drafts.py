"""What is half typed in the booking form is there again."""

from collections.abc import Callable
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.factories import a_customer, a_phone, at
from tests.ui.calendar.conftest import CTRL, Counter

Key = Qt.Key


def test_a_half_typed_booking_is_there_again_after_the_window_died(
    open_calendar: Callable[..., Counter], counter: Counter
) -> None:
    customer = a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    form = counter.page.form
    form.when.set_start(at(15, 30))
    form.when.set_resource(counter.page.session.catalogue.resources[2].id)
    form.note.editor.setFocus()
    counter.type("Drops to 0")
    form.keeper.keep()  # what the clock does every 2 seconds
    counter.quiet()
    second = open_calendar()
    second.until(lambda: second.page.form.who.card is not None)
    again = second.page.form
    assert again.who.card is not None
    assert again.who.card.customer.id == customer.id
    assert again.when.starts.text() == "15:30"
    assert again.when.day.text() == "Wed 18 Nov 2026"
    assert again.when.resource_id() == second.page.session.catalogue.resources[2].id
    assert again.note.text() == "Drops to 0"


def test_a_new_customer_that_was_half_typed_is_there_again(
    open_calendar: Callable[..., Counter], counter: Counter
) -> None:
    counter.type("0851000002")
    counter.until(lambda: counter.page.form.who.number is not None)
    counter.press(Key.Key_Return)
    counter.type("Neh")
    counter.page.form.keeper.keep()
    counter.quiet()
    second = open_calendar()
    second.until(lambda: second.page.form.who.number is not None)
    assert second.page.form.who.name.text() == "Neh"
    assert second.page.form.notice.text().startswith("Draft restored · 085 100 0002 · typed ")


def test_esc_keeps_what_is_typed(counter: Counter) -> None:
    counter.type("0851000002")
    counter.until(lambda: counter.page.form.who.number is not None)
    counter.press(Key.Key_Escape)
    if counter.page.form.isVisible():  # the first Esc closed the matches
        counter.press(Key.Key_Escape)
    assert counter.page.form.isHidden()
    assert counter.window.notices.messages()[0].text == "Draft kept"
    counter.press(Key.Key_B, CTRL)
    assert counter.page.form.isVisible()
    assert counter.page.form.who.field.text() == "0851000002"


def test_saving_drops_the_draft(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    counter.page.form.keeper.keep()
    counter.quiet()
    assert counter.page.session.drafts.load("booking") is not None
    counter.press(Key.Key_Return, CTRL)
    counter.until(counter.bookings)
    counter.quiet()
    assert counter.page.session.drafts.load("booking") is None


def test_changing_a_booking_leaves_the_draft_alone(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    counter.page.form.note.editor.setFocus()
    counter.type("Half typed")
    counter.page.form_steps.edit(booking)
    counter.quiet()
    assert counter.page.form.note.text() == ""
    counter.press(Key.Key_Escape)
    counter.quiet()
    counter.press(Key.Key_B, CTRL)
    assert counter.page.form.note.text() == "Half typed"


def test_closing_the_window_keeps_what_is_typed(
    open_calendar: Callable[..., Counter], counter: Counter
) -> None:
    counter.page.form.note.editor.setFocus()
    counter.type("Bring charger")
    counter.window.close()
    second = open_calendar()
    assert second.page.form.note.text() == "Bring charger"


def test_a_save_that_waits_for_a_busy_shop_leaves_its_draft_until_it_is_done(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    lanes, busy = counter.window.lanes, Event()
    lanes.database.run(busy.wait, done=lambda _none: None, failed=lambda _error: None)
    QTest.keyClick(counter.page.form.note.editor, Key.Key_Return, CTRL)
    monkeypatch.setattr(lanes, "close", partial(lanes.close, 0.01))  # patience is over
    counter.window.close()
    file = counter.page.session.drafts.folder / "booking.json"
    assert file.exists()
    assert counter.bookings() == []
    busy.set()
    assert lanes.database.close()
    assert len(counter.bookings()) == 1
    assert not file.exists()


def test_a_booking_whose_save_nobody_saw_end_is_not_simply_offered_again(
    open_calendar: Callable[..., Counter], counter: Counter
) -> None:
    counter.page.form.note.editor.setFocus()
    counter.type("Bring charger")
    counter.page.form.keeper.keep(is_on_its_way=True)
    counter.quiet()
    second = open_calendar()
    assert second.page.form.note.text() == "Bring charger"
    assert second.window.notices.messages()[0].text.endswith("Look whether it is there.")


def test_the_bar_of_a_restored_draft_goes_with_whom_it_is_for(
    open_calendar: Callable[..., Counter], counter: Counter
) -> None:
    marta = a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    counter.page.form.note.set_text("Drops to 0")
    counter.page.form.keeper.keep()
    counter.quiet()
    again = open_calendar()
    again.until(lambda: again.page.form.who.card is not None)
    form = again.page.form
    assert form.notice.text().startswith(f"Draft restored · {marta.pl_id} · typed ")
    editor = form.who.field.editor
    assert isinstance(editor, QLineEdit)
    editor.setFocus()
    editor.selectAll()
    again.type("0851000002")
    again.until(lambda: form.who.number is not None)
    assert form.notice.text().startswith("Draft restored · 085 100 0002 · typed ")
