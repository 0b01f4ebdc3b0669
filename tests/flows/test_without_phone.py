"""Somebody books by phone who came with an import, without a number."""

from posapp.services.customers.customers import AddWithoutPhone
from posapp.services.desks import Shop
from tests.factories import DAY, TILL
from tests.flows.clerk import until
from tests.flows.conftest import OpenTill


def test_the_number_goes_to_who_had_none_and_the_booking_is_theirs(behind: Shop, open_till: OpenTill) -> None:
    actor = behind.actor(TILL)
    ida = behind.customers.add_without_phone(actor, AddWithoutPhone(reason="Import", name="Ida Lönn"))
    clerk = open_till()
    clerk.press("F3", "ctrl+B")
    clerk.type("0871112222")
    who = clerk.page("calendar").form.who
    until(lambda: who.number is not None)
    who.name.editor.setFocus()
    clerk.type("Ida Lonn")
    until(lambda: not who.notice.isHidden())
    clerk.press("alt+Z")
    until(lambda: who.card is not None)
    clerk.press("ctrl+Return")
    clerk.quiet()
    [booking] = behind.bookings.agenda(actor, DAY, DAY).bookings
    assert booking.customer_id == ida.id
    assert behind.customers.card(actor, ida.id).customer.phone is not None
