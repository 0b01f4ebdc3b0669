"""The queue of those who came without a booking."""

from posapp.domain.bookings.bookings import BookingStatus
from posapp.ui.front_desk.today import TodayColumn
from tests.ui.a11y import assert_named
from tests.ui.front_desk.conftest import Clerk


def queue(clerk: Clerk) -> list[tuple[str, str]]:
    return [(row.name, row.turn) for row in clerk.page.today.walk_ins.list.rows.rows()]


def at_counter(clerk: Clerk, name: str, phone: str) -> None:
    clerk.customer(name, phone)
    clerk.press("Escape", "Escape")
    clerk.type(phone)
    clerk.press("Enter")


def test_the_customer_at_the_counter_joins_the_queue_with_a_service(clerk: Clerk) -> None:
    at_counter(clerk, "Marta Kowalczyk", "087 914 0873")
    clerk.press("alt+Q")
    assert clerk.focus.accessibleName() == "Service of the walk-in"
    clerk.hit("Tab")
    clerk.press("Enter")
    assert queue(clerk) == [("Marta Kowalczyk", "now")]
    assert clerk.focus.accessibleName() == "Queue of walk-ins"
    at_counter(clerk, "Aisling Byrne", "087 911 5520")
    clerk.press("alt+Q", "Tab", "Enter")
    assert [name for name, _turn in queue(clerk)] == ["Marta Kowalczyk", "Aisling Byrne"]
    assert queue(clerk)[1][1].startswith("in ")
    assert_named(clerk.page)


def test_calling_serves_and_brings_the_customer_to_the_counter(clerk: Clerk) -> None:
    at_counter(clerk, "Marta Kowalczyk", "087 914 0873")
    clerk.press("alt+Q", "Tab", "Enter", "Escape", "F2", "alt+Q")
    clerk.tab_to("Queue of walk-ins")
    clerk.press("Enter")
    assert queue(clerk) == []
    bookings = clerk.shop.bookings.of_customer(clerk.actor, clerk.page.counter.shown_id or 0)
    assert [(one.customer_name, one.status) for one in bookings] == [
        ("Marta Kowalczyk", BookingStatus.ARRIVED)
    ]
    assert clerk.window.counter is not None


def test_somebody_leaves_and_comes_back_with_ctrl_z(clerk: Clerk) -> None:
    at_counter(clerk, "Marta Kowalczyk", "087 914 0873")
    clerk.press("alt+Q", "Tab", "Enter")
    clerk.tab_to("Queue of walk-ins")
    clerk.press("Delete")
    assert queue(clerk) == []
    clerk.press("ctrl+Z")
    assert [name for name, _turn in queue(clerk)] == ["Marta Kowalczyk"]


def test_the_slot_of_one_who_did_not_come_goes_to_the_next_walk_in(clerk: Clerk) -> None:
    missed = clerk.booking(clerk.customer("Aisling Byrne", "087 911 5520"), 0)
    clerk.shop.bookings.set_status(clerk.actor, missed.number, BookingStatus.NO_SHOW)
    at_counter(clerk, "Marta Kowalczyk", "087 914 0873")
    clerk.press("alt+Q", "Tab", "Enter")
    assert queue(clerk) == [("Marta Kowalczyk", f"now, for {missed.number}")]
    clerk.tab_to("Queue of walk-ins")
    clerk.press("Enter")
    served = clerk.shop.bookings.of_customer(clerk.actor, clerk.page.counter.shown_id or 0)[0]
    assert served.resource_id == missed.resource_id
    assert served.status == BookingStatus.ARRIVED


def test_a_narrow_window_shows_the_queue_in_the_sheet(clerk: Clerk) -> None:
    at_counter(clerk, "Marta Kowalczyk", "087 914 0873")
    clerk.window.resize(1024, 720)
    clerk.qtbot.waitUntil(clerk.page.today.isHidden)
    clerk.press("alt+Q")
    sheet = clerk.window.sheet_content
    assert isinstance(sheet, TodayColumn)
    clerk.press("Tab", "Enter")
    assert [row.name for row in sheet.walk_ins.list.rows.rows()] == ["Marta Kowalczyk"]
