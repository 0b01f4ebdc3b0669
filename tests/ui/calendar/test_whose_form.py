"""The booking form is for whoever is served; a draft of another one waits under their name, with its time."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from posapp.domain.base.phone import PhoneNumber
from posapp.domain.customers.customers import Customer
from posapp.ui.calendar.cursor import Slot
from posapp.ui.fields.edits import LineEdit
from posapp.ui.scanner import Scanner
from tests.factories import DAY, a_customer, a_phone
from tests.ui.calendar.conftest import ALT, CTRL, Counter
from tests.ui.wedge import Wedge

Key = Qt.Key


def two(counter: Counter) -> tuple[Customer, Customer]:
    """Two customers of the shop."""
    shop, actor = counter.shop, counter.actor
    return a_customer(shop, actor, "Marta", phone=a_phone(1)), a_customer(
        shop, actor, "Neha", phone=a_phone(2)
    )


def half_typed_for(counter: Counter, customer: Customer) -> None:
    """A note typed into the form of a customer at the counter."""
    counter.window.set_counter(customer)
    counter.page.form_steps.open_for(customer.id)
    counter.quiet()
    counter.page.form.note.editor.setFocus()
    counter.type("Drops to 0")


def test_a_slot_that_is_clicked_for_one_customer_does_not_show_the_draft_of_another(counter: Counter) -> None:
    marta, neha = two(counter)
    half_typed_for(counter, marta)
    counter.press(Key.Key_Escape)
    counter.window.set_counter(neha)
    counter.page.view.slot_asked.emit(Slot(DAY, 15 * 60, None, None))
    counter.quiet()
    form = counter.page.form
    assert (form.key(), form.note.text()) == (neha.id, "")
    assert form.when.starts.text() == "15:00"
    assert form.notice.isHidden()
    counter.window.set_counter(marta)
    counter.press(Key.Key_Escape)
    counter.press(Key.Key_B, CTRL)
    counter.quiet()
    assert (form.key(), form.note.text()) == (marta.id, "Drops to 0")
    assert form.notice.text().startswith(f"Draft restored · {marta.pl_id} · typed ")


def test_a_draft_of_the_last_time_does_not_stand_in_the_way_of_who_is_served(
    open_calendar: Callable[..., Counter], counter: Counter
) -> None:
    marta, neha = two(counter)
    half_typed_for(counter, marta)
    counter.window.close()
    again = open_calendar(counter=neha)
    assert (again.page.form.key(), again.page.form.note.text()) == (neha.id, "")
    third = open_calendar(counter=marta)
    assert (third.page.form.key(), third.page.form.note.text()) == (marta.id, "Drops to 0")


def test_a_draft_that_is_shown_and_not_gone_on_with_gives_way_to_who_is_served(
    open_calendar: Callable[..., Counter], counter: Counter
) -> None:
    marta, neha = two(counter)
    half_typed_for(counter, marta)
    counter.window.close()
    again = open_calendar()
    assert again.page.form.key() == marta.id
    again.window.set_counter(neha)
    again.page.view.slot_asked.emit(Slot(DAY, 15 * 60, None, None))
    again.quiet()
    assert (again.page.form.key(), again.page.form.note.text()) == (neha.id, "")
    again.press(Key.Key_Z, CTRL)
    again.quiet()
    assert (again.page.form.key(), again.page.form.note.text()) == (marta.id, "Drops to 0")


def test_what_is_being_typed_in_sight_for_somebody_else_stays_when_a_slot_is_clicked(
    counter: Counter,
) -> None:
    marta, neha = two(counter)
    half_typed_for(counter, marta)
    counter.window.set_counter(neha)
    counter.page.view.slot_asked.emit(Slot(DAY, 15 * 60, None, None))
    counter.quiet()
    form = counter.page.form
    assert (form.key(), form.note.text(), form.when.starts.text()) == (marta.id, "Drops to 0", "15:00")


def test_a_form_opened_for_somebody_who_was_let_go_is_empty_again(counter: Counter) -> None:
    marta, _neha = two(counter)
    counter.window.set_counter(marta)
    counter.page.form_steps.open_for_counter()
    counter.quiet()
    assert counter.page.form.key() == marta.id
    counter.press(Key.Key_Escape)
    assert counter.window.notices.messages() == []  # nothing typed, nothing kept
    counter.window.set_counter(None)
    counter.press(Key.Key_B, CTRL)
    counter.quiet()
    assert counter.page.form.is_for_nobody()
    assert counter.page.session.drafts.load("booking") is None


def test_a_new_customer_who_was_put_aside_is_there_again_when_nobody_is_served(counter: Counter) -> None:
    marta, _neha = two(counter)
    counter.type("0851000009")
    counter.until(lambda: counter.page.form.who.number is not None)
    counter.press(Key.Key_Return)
    counter.type("Ann")
    counter.press(Key.Key_Escape)
    counter.window.set_counter(marta)
    counter.press(Key.Key_B, CTRL)
    counter.quiet()
    form = counter.page.form
    assert (form.key(), form.who.name.text()) == (marta.id, "")
    counter.press(Key.Key_Escape)
    counter.window.set_counter(None)
    counter.press(Key.Key_B, CTRL)
    counter.quiet()
    assert form.who.number is not None
    assert (form.who.name.text(), form.key()) == ("Ann", None)
    assert "085 100 0009" in form.notice.text()


def test_a_form_filled_by_a_card_or_a_slot_is_no_draft(counter: Counter) -> None:
    marta, _neha = two(counter)
    counter.window.set_counter(marta)
    counter.page.view.slot_asked.emit(Slot(DAY, 15 * 60, None, None))
    counter.quiet()
    assert not counter.page.form.keeper.is_typed
    counter.page.form.when.free.choose_number(2)
    counter.quiet()
    counter.page.step(1)
    counter.quiet()
    assert not counter.page.form.keeper.is_typed


def test_discard_empties_the_form_by_key_and_ends_the_draft(
    open_calendar: Callable[..., Counter], counter: Counter
) -> None:
    marta, _neha = two(counter)
    half_typed_for(counter, marta)
    counter.window.close()
    again = open_calendar()
    form = again.page.form
    assert form.notice.shows_draft
    form.note.editor.setFocus()
    again.press(Key.Key_Delete, ALT)
    again.quiet()
    assert form.is_for_nobody()
    assert form.note.text() == ""
    assert form.notice.isHidden()
    assert again.page.session.drafts.load("booking") is None
    again.press(Key.Key_Z, CTRL)
    again.quiet()
    assert (form.key(), form.note.text()) == (marta.id, "Drops to 0")


def test_a_scan_into_the_empty_form_leaves_it_empty(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    scanner = Scanner(counter.window)
    scanned: list[str] = []
    scanner.scanned.connect(scanned.append)
    Wedge(counter.window).scan("PL1")
    counter.quiet()
    form = counter.page.form
    assert scanned == ["PL1"]
    assert (form.who.field.text(), form.keeper.is_typed, form.frame.clear.isHidden()) == ("", False, True)
    counter.press(Key.Key_Escape)
    assert counter.page.session.drafts.load("booking") is None


def test_text_that_a_tool_puts_into_the_phone_field_is_looked_up(counter: Counter) -> None:
    marta, _neha = two(counter)
    edit = counter.page.form.who.field.editor
    assert isinstance(edit, LineEdit)
    edit.setText("0851000001")  # as a screen reader's tool or an input method does
    counter.until(lambda: counter.page.form.who.card is not None)
    assert counter.page.form.key() == marta.id
    assert counter.page.form.keeper.is_typed


def test_a_time_that_a_tool_puts_in_is_meant(counter: Counter) -> None:
    counter.quiet()
    edit = counter.page.form.when.starts.editor
    assert isinstance(edit, LineEdit)
    edit.setText("16:15")
    assert not counter.page.form.when.is_auto
    assert counter.page.form.keeper.is_typed


def test_a_doubled_save_books_once_and_paints_nothing_red(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    counter.press(Key.Key_Return, CTRL)
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    form = counter.page.form
    assert len(counter.bookings()) == 1
    assert form.summary.isHidden()
    assert [field.message() for field in form.fields()] == [""] * len(form.fields())


def test_ctrl_enter_in_the_calendar_saves_the_form_beside_it(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    counter.page.view.setFocus()
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    assert len(counter.bookings()) == 1


def test_ctrl_enter_saves_with_a_list_open_and_takes_what_is_marked_in_it(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.until(lambda: counter.page.form.who.card is not None)
    combo = counter.page.form.service.combo
    combo.setFocus()
    combo.showPopup()
    view = combo.view()
    counter.until(view.isVisible)
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, Key.Key_Return, CTRL)
    counter.quiet()
    assert QApplication.activePopupWidget() is None
    [booking] = counter.bookings()
    assert booking.service == "Glass and frame"


def test_ctrl_enter_saves_while_matches_are_open(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, "Marta", phone=a_phone(1))
    a_customer(counter.shop, counter.actor, "Martin", phone=a_phone(3))
    counter.type("0851000002")
    counter.until(lambda: counter.page.form.who.number is not None)
    counter.page.form.who.name.editor.setFocus()
    counter.type("Neha")
    counter.page.form.who.field.editor.setFocus()
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    assert len(counter.bookings()) == 1


def test_the_sheet_of_a_clicked_booking_has_the_focus_and_none_of_its_buttons(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    counter.to_view()
    counter.until(counter.page.view.booking)
    counter.page.steps.open_sheet(booking)
    sheet = counter.window.sheet_content
    assert counter.focus() is sheet
    counter.press(Key.Key_Return)
    counter.press(Key.Key_Space)
    counter.quiet()
    assert counter.booking(booking.number).status.value == "booked"
    counter.press(Key.Key_A)
    counter.quiet()
    assert counter.booking(booking.number).status.value == "arrived"


def test_a_match_stands_before_a_new_customer_with_the_same_final_digits(counter: Counter) -> None:
    marta = a_customer(counter.shop, counter.actor, "Marta", phone=PhoneNumber.from_key("+353879140873"))
    counter.page.form_steps.open()
    counter.quiet()
    who = counter.page.form.who
    counter.type("9140873")
    counter.until(lambda: who.has_popup)
    rows = [who._rows.delegate.words_of(row) for row in who._rows.rows.rows()]
    assert rows == ["PL1, Marta, 087 914 0873", "New customer with 9140873"]
    assert who.notice.text() == "PL1 Marta has 087 914 0873. Is it the same number?"
    counter.press(Key.Key_Return)
    counter.until(lambda: who.card is not None)
    assert who.card is not None and who.card.customer.id == marta.id
