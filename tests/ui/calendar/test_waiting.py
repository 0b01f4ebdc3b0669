"""The queue of walk-ins beside the bookings: how many wait, how long, and calling the next one from there."""

from datetime import UTC

from posapp.domain.bookings.bookings import BookingStatus
from posapp.services.bookings.walk_ins import AddWalkIn
from posapp.ui.calendar.waiting import QueueSheet
from posapp.ui.window.page import PageEntry
from tests.factories import a_customer, at, the_clock
from tests.ui.a11y import assert_named
from tests.ui.calendar.conftest import Counter
from tests.ui.other_page import OtherPage


def test_the_queue_is_seen_with_its_wait_and_called_beside_the_bookings(
    counter: Counter,
) -> None:
    counter.window.add_page(PageEntry("desk", "Desk", "", "", make=OtherPage, in_rail=False))
    waiting, button = counter.page.waiting, counter.page.waiting.button
    assert waiting.isHidden()
    for who in ("Tomasz", "Aino", "Ravi"):
        counter.booked(9, who=who, minutes=45)
    chidi = a_customer(counter.shop, counter.actor, "Chidi Okafor")
    counter.shop.walk_ins.add(counter.actor, AddWalkIn(customer_id=chidi.id))
    counter.until(lambda: not waiting.isHidden())
    [line] = counter.shop.walk_ins.queue(counter.actor)
    assert line.wait_minutes is not None
    assert button.text() == f"1 waiting · {line.wait_minutes // 60} h {line.wait_minutes % 60} min"
    button.click()
    content = counter.window.sheet_content
    assert isinstance(content, QueueSheet)
    assert_named(content)
    sheet = content.walk_ins
    [row] = sheet.list.rows.rows()
    assert row.name == "Chidi Okafor"
    the_clock(counter.shop).set(at(10).replace(tzinfo=UTC))  # in winter Dublin has UTC
    counter.page._reload()
    counter.until(lambda: button.text() == "1 waiting · now")
    sheet.call.click()
    counter.until(lambda: len(counter.bookings()) == 4)
    [served] = [one for one in counter.bookings() if one.customer_id == chidi.id]
    assert served.status == BookingStatus.ARRIVED
    counter.until(lambda: counter.window.current_page_id == "desk")
    counter.window.show_page("calendar")
    counter.until(waiting.isHidden)
