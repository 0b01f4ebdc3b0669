"""Tab goes through the booking form as it is read, in every state, and leaves it after the last part only."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.factories import a_customer, a_phone, at
from tests.ui.calendar.conftest import CTRL, Counter
from tests.ui.tabbing import assert_tab_reads

Key = Qt.Key


def nothing_typed(counter: Counter) -> None:
    """As it opens."""


def a_new_number(counter: Counter) -> None:
    counter.type("0851000009")
    counter.until(lambda: counter.page.form.who.number is not None)


def a_customer_with_people(counter: Counter) -> None:
    someone = a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.shop.customers.add_contact(counter.actor, someone.id, "Tom")
    counter.page.form_steps.open_for(someone.id)
    counter.quiet()


def a_clash(counter: Counter) -> None:
    counter.booked(9, who="Ravi")
    form = counter.page.form
    form.when.set_resource(next(o.id for o in counter.page.session.catalogue.resources if o.name == "Ravi"))
    form.when.set_start(at(9))
    counter.quiet()
    assert form.when.clash.text()


def a_clash_that_is_overridden(counter: Counter) -> None:
    a_clash(counter)
    counter.page.form.when.clash.anyway.click()
    counter.type("urgent")
    counter.quiet()


def errors(counter: Counter) -> None:
    counter.press(Key.Key_Return, CTRL)
    assert counter.page.form.summary.text()


def a_booking_that_is_changed(counter: Counter) -> None:
    counter.page.form_steps.edit(counter.booked(9, who="Ravi"))
    counter.quiet()


def a_former_number(counter: Counter) -> None:
    someone = a_customer(counter.shop, counter.actor, phone=a_phone(7))
    counter.shop.phones.end_phone(counter.actor, someone.id, someone.phones[0].id)
    counter.type("0851000007")
    counter.quiet()
    assert counter.page.form.who.notice.buttons()


def an_hour_that_comes_twice(counter: Counter) -> None:
    counter.page.form.when.set_start(at(1, 30, date(2027, 10, 31)))
    counter.quiet()
    assert counter.page.form.when.which.isVisible()


def a_refusal_while_saving(counter: Counter) -> None:
    a_customer(counter.shop, counter.actor, phone=a_phone(1))
    counter.type("0851000001")
    counter.quiet()
    a_clash(counter)
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    assert counter.focus() is counter.page.form.when.starts.editor


STATES: list[Callable[[Counter], None]] = [
    nothing_typed,
    a_new_number,
    a_customer_with_people,
    a_former_number,
    a_clash,
    a_clash_that_is_overridden,
    a_refusal_while_saving,
    an_hour_that_comes_twice,
    errors,
    a_booking_that_is_changed,
]


@pytest.mark.parametrize("state", STATES)
def test_tab_goes_through_the_whole_form(counter: Counter, state: Callable[[Counter], None]) -> None:
    state(counter)
    form = counter.page.form
    assert_tab_reads(form, [form.frame.clear])


def test_tab_goes_through_a_restored_draft_and_its_notice(
    open_calendar: Callable[..., Counter], counter: Counter
) -> None:
    a_clash(counter)
    counter.page.form.note.editor.setFocus()
    counter.type("Drops to 0")
    counter.window.close()
    again = open_calendar()
    form = again.page.form
    again.quiet()
    assert form.when.clash.text()
    assert assert_tab_reads(form, [form.frame.clear])[0] == "Discard"


def test_after_a_clash_ctrl_enter_saves_where_tab_leads(counter: Counter) -> None:
    a_refusal_while_saving(counter)
    counter.press(Key.Key_Tab)
    counter.press(Key.Key_Tab)
    assert counter.focus() in counter.page.form.when.clash.buttons()
    counter.press(Key.Key_Space)
    counter.quiet()
    counter.press(Key.Key_Return, CTRL)
    counter.quiet()
    assert [one.wall_start for one in counter.bookings()] == [at(9), at(9, 45)]
