"""Every step that the desks write, in words."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor
from posapp.domain.base.journal import JournalLine
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.customers.customers import Customer
from posapp.domain.papers.documents import PaperSize
from posapp.services.bookings.bookings import MoveBooking
from posapp.services.customers.customers import AddWithoutPhone, EditCustomer, FindOrCreate
from posapp.services.desks import Shop
from posapp.services.figures.history import EventKind
from posapp.services.papers.papers import Output
from posapp.storage.base.tables import journal_personal
from posapp.ui.front_desk.events import event_row
from posapp.ui.history.words import change_words, icon_of, step_look, step_words, title_of
from posapp.ui.widgets.status import booking_look
from posapp.ui.wording import Wording
from tests.factories import NOW, TILL, a_booking, a_customer, a_phone, at

WORDING = Wording()
OF_TICKETS = {"ticket", "passcode", "photo", "estimate", "warranty", "part", "loaner"}
ELSEWHERE = {
    "business", "hours", "day", "service", "resource", "ids", "walk_in", "device", "item", "tax", "state",
    "price", "price_level", "shift", "checklist", "settings", "backup", "database", "counter", "demo",
    "journal", "records", "books", "count", "shelf", "gift_card", "totals", "user", "role", "sign_in",
    "import", "customers",
}  # fmt: skip
"""What these actions are about has no timeline and no sheet yet that tells its steps."""
UNSHOWN = {action for action in Action if action.about in ELSEWHERE} | {
    Action.PAPER_TILL,
    Action.PERSON_PAPERS,
    Action.LOANER_ADDED,
    Action.LOANER_CHANGED,
}


@pytest.fixture
def actor(sqlite_shop: Shop) -> Actor:
    return sqlite_shop.actor(TILL)


def changes(shop: Shop, actor: Actor, customer: Customer) -> list[str]:
    """The customer's changes in words, oldest first."""
    return [step_words(step, WORDING) for step in steps_of(shop, actor, customer, EventKind.CHANGE)]


def steps_of(shop: Shop, actor: Actor, customer: Customer, kind: EventKind) -> Iterator[JournalLine]:
    events = shop.history.page(actor, customer.id, kinds=frozenset({kind})).events
    for event in reversed(events):
        yield from shop.history.detail(actor, customer.id, event).steps


def test_every_action_that_a_screen_shows_has_words_and_an_icon() -> None:
    shown = [action for action in Action if action not in UNSHOWN]
    assert len(shown) > 45
    for action in shown:
        subject = "ticket" if action.about in OF_TICKETS else "x"
        step = JournalLine(1, NOW, TILL, None, action, subject, 1, "", {}, {"status": "done", "copy": 2})
        assert "." not in step_words(step, WORDING), action
        assert icon_of(action) != "info" or action.about in ("warranty", "part", "loaner"), action


def test_every_change_that_stands_in_a_timeline_has_a_title() -> None:
    for action in Action:
        if action.about in ("customer", "contact", "phone"):
            assert title_of(action)


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("passcode.wiped", "Passcode wiped, as promised"),
        ("part.reserved", "Part reserved: 2 Display"),
        ("part.used", "Part used: 2 Display"),
        ("part.returned", "Part put back: 2 Display"),
        ("part.scrapped", "Part scrapped: 2 Display"),
    ],
)
def test_what_became_of_passcodes_and_parts_is_told(action: str, words: str) -> None:
    step = JournalLine(1, NOW, TILL, None, action, "ticket", 1, "T1", {}, {"part": "Display", "quantity": 2})
    assert step_words(step, WORDING) == words


def test_an_action_of_a_newer_program_is_still_readable() -> None:
    assert title_of("customer.merged_into") == "Customer merged into"


def test_the_steps_of_a_customer(sqlite_shop: Shop, actor: Actor) -> None:
    desk = sqlite_shop.customers
    first, second, third = a_phone(7), a_phone(8), a_phone(9)
    customer = a_customer(sqlite_shop, actor, "Marta", phone=first)
    desk.edit(actor, EditCustomer(customer_id=customer.id, name="Marta Nowak", email="m@example.com"))
    desk.edit(actor, EditCustomer(customer_id=customer.id, email="", note="Pays late", is_flagged=True))
    customer = desk.add_contact(actor, customer.id, "Jan")
    desk.remove_contact(actor, customer.id, customer.contacts[0].id)
    customer = sqlite_shop.phones.add_phone(actor, customer.id, second)
    line = customer.current_phones[1]
    sqlite_shop.phones.label_phone(actor, customer.id, line.id, "work")
    sqlite_shop.phones.label_phone(actor, customer.id, line.id, "")
    sqlite_shop.phones.make_primary(actor, customer.id, line.id)
    sqlite_shop.phones.end_phone(actor, customer.id, line.id)
    sqlite_shop.phones.take_back(actor, customer.id, second)
    sqlite_shop.phones.pass_on(actor, FindOrCreate(phone=second, name="Somebody else"))
    sqlite_shop.phones.change_number(
        actor, customer.id, desk.card(actor, customer.id).customer.current_phones[0].id, third
    )
    assert changes(sqlite_shop, actor, customer) == [
        "Customer created: 085 100 0007",
        "Name from “Marta” to “Marta Nowak”, E-mail “m@example.com”",
        "E-mail “m@example.com” taken off, Note “Pays late”, Note shown as a warning",
        "Person added to the account: Jan",
        "Person taken off the account: Jan",
        "Number added: 085 100 0008",
        "085 100 0008 labelled “work”",
        "Label “work” taken off 085 100 0008",
        "Main number chosen: 085 100 0008",
        "Number ended: 085 100 0008",
        "Number taken back: 085 100 0008",
        "Number 085 100 0008 passed to PL2",
        "Number ended: 085 100 0007",
        "Number added: 085 100 0009",
    ]


def test_a_customer_without_a_phone_says_why(sqlite_shop: Shop, actor: Actor) -> None:
    command = AddWithoutPhone(name="Ravi", reason="Tourist")
    customer = sqlite_shop.customers.add_without_phone(actor, command)
    assert changes(sqlite_shop, actor, customer) == ["Customer created without a phone: Tourist"]


def test_values_that_were_emptied_say_so(sqlite_shop: Shop, actor: Actor) -> None:
    customer = a_customer(sqlite_shop, actor)
    edit = EditCustomer(customer_id=customer.id, name="Marta Nowak", note="Pays late")
    sqlite_shop.customers.edit(actor, edit)
    sqlite_shop.customers.add_contact(actor, customer.id, "Jan")
    with sqlite_shop.store.work(actor) as uow:
        uow.connection.execute(update(journal_personal).values(body="", salt=""))
        uow.commit()
    assert changes(sqlite_shop, actor, customer) == [
        "Customer created: (removed)",
        "Name from (removed) to (removed), Note (removed)",
        "Person added to the account: (removed)",
    ]


def test_the_steps_of_a_booking(sqlite_shop: Shop, actor: Actor) -> None:
    customer = a_customer(sqlite_shop, actor)
    booking = a_booking(sqlite_shop, actor, customer)
    desk = sqlite_shop.bookings
    desk.move(actor, MoveBooking(number=booking.number, starts=at(10), minutes=90, note="Screen"))
    desk.set_status(actor, booking.number, BookingStatus.CONFIRMED)
    desk.set_status(actor, booking.number, BookingStatus.CANCELLED, reason="Mended it himself")
    sqlite_shop.papers.print(actor, booking.number, Output(paper=PaperSize.ROLL_80, printer="none"))
    steps = list(steps_of(sqlite_shop, actor, customer, EventKind.BOOKING))
    assert [step_words(step, WORDING) for step in steps] == [
        "Booked for Wed 18 Nov 2026, 09:00 with Counter",
        "Moved to Wed 18 Nov 2026, 10:00, now 1 h 30 min, note “Screen”",
        "Confirmed",
        "Cancelled: Mended it himself",
        "Slip sent to the printer",
        "Slip could not be printed",
    ]
    assert step_look(steps[2]) == booking_look("confirmed")
    assert step_look(steps[5]).tone == "danger"


def test_copies_are_told_apart_by_how_they_were_given_out(
    sqlite_shop: Shop, actor: Actor, tmp_path: Path
) -> None:
    customer = a_customer(sqlite_shop, actor)
    booking = a_booking(sqlite_shop, actor, customer)
    for name in ("slip.pdf", "again.pdf"):
        sqlite_shop.papers.save_pdf(actor, booking.number, PaperSize.A4, tmp_path / name)
    steps = steps_of(sqlite_shop, actor, customer, EventKind.BOOKING)
    said = [step_words(step, WORDING) for step in steps]
    assert said[1:] == ["Slip saved as PDF", "COPY 2 saved as PDF"]


def test_a_list_of_events_names_what_a_change_is_about(sqlite_shop: Shop, actor: Actor) -> None:
    marta = a_customer(sqlite_shop, actor, "Marta", phone=a_phone(7))
    sqlite_shop.phones.add_phone(actor, marta.id, a_phone(8))
    tom = sqlite_shop.phones.pass_on(actor, FindOrCreate(phone=a_phone(8), name="Tom")).customer
    told = [
        [event_row(event, WORDING).text for event in sqlite_shop.counter.at_counter(actor, one.id).events]
        for one in (marta, tom)
    ]
    assert told == [
        ["Number 085 100 0008 passed to PL2", "Number added: 085 100 0008", "Customer created"],
        ["Number 085 100 0008 taken over from PL1", "Customer created"],
    ]
    assert change_words(sqlite_shop.history.page(actor, tom.id).events[0], WORDING) == told[1][0]
