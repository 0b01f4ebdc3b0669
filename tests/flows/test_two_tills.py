"""Two windows on one database: what one writes shows in the other by itself."""

from posapp.services.desks import Shop
from tests.factories import DAY, TILL, a_customer, a_phone
from tests.flows.clerk import until
from tests.flows.conftest import OpenTill


def test_a_customer_edited_and_booked_at_one_till_shows_at_the_other(
    behind: Shop, open_till: OpenTill
) -> None:
    actor = behind.actor(TILL)
    a_customer(behind, actor, "Marta Kowalczyk", phone=a_phone(1))
    first, second = open_till(), open_till(name="Till 2")
    second.type("0851000001")
    second.press("Return")
    card = second.page("desk").card
    until(lambda: card.name.full_text() == "Marta Kowalczyk")

    first.to_front()
    first.type("0851000001")
    first.press("Return", "ctrl+B")
    first.on("calendar")
    until(lambda: first.page("calendar").form.who.card is not None)
    first.press("ctrl+Return")
    assert len(behind.bookings.agenda(actor, DAY, DAY).bookings) == 1
    until(lambda: card.coming.current_row() is not None or card.coming.model().rowCount())
    first.press("F2")
    until(lambda: first.window.counter is not None)
    first.press("alt+E")
    first.tab_to("Name")
    first.press("ctrl+A")
    first.type("Marta Nowak")
    first.press("ctrl+Return")
    until(lambda: card.name.full_text() == "Marta Nowak", "the new name never came to the other till")
