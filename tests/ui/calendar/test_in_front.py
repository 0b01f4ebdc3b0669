"""In the calendar keys act on what is seen: no draft hides a booking, the sheet answers before the cursor."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from posapp.domain.bookings.bookings import BookingStatus
from posapp.ui.theme import theme
from posapp.ui.window.page import PageEntry
from tests.factories import a_customer, at
from tests.ui.calendar.conftest import CTRL, Counter
from tests.ui.other_page import OtherPage

Key = Qt.Key


def _colour(counter: Counter, hour: int, minute: int, who: int, share: float = 0.75) -> QColor:
    """What is painted in a column at a time, away from words and edges, so far from its left."""
    view = counter.page.view
    rect = view.geometry_now().span(who, hour * 60 + minute, hour * 60 + minute + 15)
    at_point = QPoint(round(rect.left() + rect.width() * share), round(rect.center().y()))
    return view.viewport().grab().toImage().pixelColor(at_point)


def test_a_draft_at_the_time_of_a_booking_stands_beside_it_and_its_keys_work(
    counter: Counter,
) -> None:
    booking = counter.booked(9, who="Tomasz", minutes=60)
    counter.quiet()
    counter.until(counter.page.view.booking)
    plain = _colour(counter, 9, 45, 0)
    form = counter.page.form
    form.when.set_resource(counter.page.session.catalogue.resources[0].id)
    form.when.set_start(at(9))
    form.note.set_text("typed")
    form._touch()
    form.show_draft()
    draft = counter.page.view.draft
    assert draft is not None and draft.minute == 540
    assert _colour(counter, 9, 30, 0, 0.45) == plain
    assert _colour(counter, 9, 30, 0, 0.9) in (theme().tokens.primary_soft, theme().tokens.danger_soft)
    counter.page.view.setFocus()
    counter.press(Key.Key_C)
    counter.quiet()
    assert counter.booking(booking.number).status == BookingStatus.CONFIRMED
    form.when.set_start(at(14))
    form.show_draft()
    assert _colour(counter, 14, 15, 0) in (theme().tokens.primary_soft, theme().tokens.danger_soft)


def test_after_esc_and_after_saving_no_draft_is_left(counter: Counter) -> None:
    someone = a_customer(counter.shop, counter.actor)
    counter.page.form_steps.open_for(someone.id)
    counter.quiet()
    counter.page.form.note.editor.setFocus()
    counter.type("x")
    assert counter.page.view.draft is not None
    counter.press(Key.Key_Escape)
    counter.quiet()
    assert counter.page.view.draft is None
    counter.page.form.show_draft()  # as an answer does that comes late
    assert counter.page.view.draft is None
    counter.page.form_steps.open()
    counter.page.form.show_draft()
    assert counter.page.view.draft is not None
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    assert len(counter.bookings(counter.page.presenter.wording.today())) == 1
    counter.page.form.ask_again()
    counter.quiet()
    assert counter.page.view.draft is None


def _with_preview(counter: Counter) -> OtherPage:
    counter.window.add_page(PageEntry("preview", "Preview", "", "", make=OtherPage, in_rail=False))
    page = counter.window.page("preview")
    assert isinstance(page, OtherPage)
    return page


def test_the_printed_slip_is_that_of_the_sheet_or_of_the_form(counter: Counter) -> None:
    preview = _with_preview(counter)
    first = counter.booked(9, who="Tomasz")
    second = counter.booked(11, who="Aino")
    counter.to_view()
    counter.until(counter.page.view.booking)
    counter.page.view.select(first.number)
    counter.page.steps.open_sheet(second)
    counter.quiet()
    counter.press(Key.Key_P, CTRL)
    assert (counter.window.current_page_id, preview.payload) == ("preview", second.number)
    counter.window.leave_for("calendar")
    counter.quiet()
    counter.page.view.select(first.number)
    counter.page.form_steps.open_for_counter()
    counter.press(Key.Key_P, CTRL)  # the new booking in the form has no slip yet
    assert counter.window.current_page_id == "calendar"
    counter.page.form_steps.edit(second)
    preview.payload = None
    counter.press(Key.Key_P, CTRL)
    assert preview.payload == second.number


def test_letters_do_nothing_while_a_sheet_or_question_lies_over_the_calendar(counter: Counter) -> None:
    first = counter.booked(9, who="Tomasz")
    second = counter.booked(11, who="Aino")
    counter.to_view()
    counter.until(counter.page.view.booking)
    counter.page.view.select(first.number)
    counter.page.steps.open_sheet(second)
    counter.page.view.setFocus()
    counter.press(Key.Key_C)
    counter.quiet()
    assert counter.booking(first.number).status == BookingStatus.BOOKED
    assert counter.booking(second.number).status == BookingStatus.BOOKED
    counter.window.close_sheet()
    counter.press(Key.Key_X)
    assert counter.page.ask_bar.text()
    counter.page.view.setFocus()
    counter.press(Key.Key_C)
    counter.quiet()
    assert counter.booking(first.number).status == BookingStatus.BOOKED


def test_a_second_press_before_the_answer_makes_no_second_step(counter: Counter) -> None:
    booking = counter.booked(9, who="Tomasz")
    counter.to_view()
    counter.until(counter.page.view.booking)
    counter.press(Key.Key_C)
    counter.press(Key.Key_C)
    counter.quiet()
    counter.press(Key.Key_Z, CTRL)
    counter.quiet()
    assert counter.booking(booking.number).status == BookingStatus.BOOKED
    assert counter.window.notices.steps.last is None
