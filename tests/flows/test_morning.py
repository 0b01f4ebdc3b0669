"""A clerk's morning: whoever comes is found by their number, and nobody becomes two customers."""

from collections import Counter

import pytest

from posapp.domain.bookings.bookings import BookingStatus
from posapp.services.care.verify import verify
from posapp.services.desks import Shop
from tests.conftest import PrintQueue
from tests.factories import DAY, TILL, a_customer, a_phone
from tests.flows.clerk import until
from tests.flows.conftest import OpenTill
from tests.flows.hands import HANDS, Hand, told
from tests.repairs import a_ticket, moved

SEARCH = "Phone number, name or PL number"


def typed(number: int) -> str:
    """How a clerk types the number of `a_phone`."""
    return f"085{1_000_000 + number}"


def shown(number: int) -> str:
    """How the shop shows it."""
    return f"085 1{number // 10_000:02} {number % 10_000:04}"


class Morning:
    """The tasks, each said once for both hands."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand

    def _find(self, number: int, name: str) -> None:
        self.hand.do("Desk", "F2")
        self.hand.fill(SEARCH, typed(number))
        self.hand.take(name, "Return")

    def _save_booking(self) -> None:
        self.hand.do("Save booking", "ctrl+Return")

    def _describe(self, model: str, serial: str) -> None:
        self.hand.fill("Model", model)
        self.hand.fill("IMEI or serial", serial)
        self.hand.fill("What is wrong", "Cracked")

    def book(self, number: int, name: str) -> None:
        """Who is known gets the next free time."""
        with self.hand.task("book a known customer"):
            self._find(number, name)
            self.hand.do("Book", "ctrl+B")
            self._save_booking()

    def _make(self, number: int, name: str) -> None:
        hand = self.hand
        hand.do("Desk", "F2")
        hand.fill(SEARCH, typed(number))
        hand.take("New customer with", "Return")
        hand.fill("Name", name)
        hand.do("Save customer", "ctrl+Return")

    def book_new(self, number: int, name: str) -> None:
        """Who is new is made first."""
        with self.hand.task("book a new customer"):
            self._make(number, name)
            self.hand.do("Book", "ctrl+B")
            self._save_booking()

    def book_wrong(self, wrong: str, number: int, name: str) -> None:
        """By phone, with nobody at the counter; the number is too short at first."""
        hand = self.hand
        with hand.task("book by phone, a digit is missing first"):
            self._let_go()
            hand.do("Calendar", "F3", "ctrl+B")
            hand.fill("Phone", wrong)
            self._save_booking()
            assert hand.clerk.page("calendar").form.who.field.is_wrong
            hand.keys("ctrl+A")
            hand.fill("Phone", typed(number))
            hand.fill("Name", name)
            self._save_booking()

    def _let_go(self) -> None:
        self.hand.do("Calendar", "F2")  # on the Desk a key lets go, on other screens a button
        self.hand.do("Let the customer go", "Escape")
        until(lambda: self.hand.clerk.window.counter is None)

    def book_person(self, number: int, name: str, person: str) -> None:
        """One of a family that shares a number."""
        hand = self.hand
        with hand.task("book another person of a family"):
            self._find(number, name)
            hand.do("Book", "ctrl+B")
            hand.do("Another person", "alt+P")
            hand.fill("Person", person)
            self._save_booking()

    def take_in(self, number: int, name: str, model: str, serial: str) -> None:
        """A device of who is known."""
        with self.hand.task("take in of a known customer"):
            self._find(number, name)
            self.hand.do("New ticket", "ctrl+T")
            self._describe(model, serial)
            self.hand.do("Check in", "ctrl+Return")

    def take_in_booked(self, booking: str, model: str, serial: str) -> None:
        """Who was booked is here, with the device."""
        hand = self.hand
        with hand.task("take in of a booking"):
            hand.do("Calendar", "F3")  # the Desk has a search of its own
            hand.do("Search everything", "ctrl+K")
            hand.type(booking)
            hand.take(booking, "Return")
            hand.do("Arrived", "A")
            hand.do("Make a ticket", "T")
            hand.fill("Model", model)
            hand.fill("IMEI or serial", serial)  # what is wrong stands in the booking
            hand.do("Check in", "ctrl+Return")

    def take_in_new(self, number: int, name: str, model: str, serial: str) -> None:
        """Who is new is made first."""
        with self.hand.task("take in of a new customer"):
            self._make(number, name)
            self.hand.do("New ticket", "ctrl+T")
            self._describe(model, serial)
            self.hand.do("Check in", "ctrl+Return")

    def take_in_wrong(self, wrong: str, number: int, name: str, model: str, serial: str) -> None:
        """What is typed stands for no number at first."""
        hand = self.hand
        with hand.task("take in of nobody yet, the number is none first"):
            self._let_go()
            hand.do("Tickets", "F4")
            hand.do("New ticket", "ctrl+T")
            hand.fill("Phone", wrong)
            hand.do("Check in", "ctrl+Return")
            assert hand.clerk.page("intake").form.who.field.is_wrong
            hand.keys("ctrl+A")
            hand.fill("Phone", typed(number))
            hand.fill("Name", name)
            self._describe(model, serial)
            hand.do("Check in", "ctrl+Return")

    def hand_back(self, number: int, name: str) -> None:
        """What is ready leaves."""
        with self.hand.task("hand back"):
            self._find(number, name)
            self.hand.do("Hand over")
            self.hand.do("Hand over", "ctrl+Return")

    def correct(self, wrong: int, right: int, name: str) -> None:
        """A number that was written down wrongly."""
        hand = self.hand
        with hand.task("correct a number"):
            self._find(wrong, name)
            hand.do("Edit", "alt+E")
            hand.do(f"New number instead, {shown(wrong)}")
            hand.fill("New number", typed(right))
            hand.do("Change number")

    def pass_on(self, number: int, name: str, now: str) -> None:
        """Somebody else has the number now."""
        hand = self.hand
        with hand.task("pass a number on"):
            self._find(number, name)
            hand.do("Edit", "alt+E")
            hand.do(f"Another person has it now, {shown(number)}")
            hand.fill("Name of the person who has it now", now)
            hand.do("Make a new customer")


CLAIM_AND_LABEL = 2
OWNERS, GUESTS = range(1, 6), range(11, 16)


def before_opening(shop: Shop) -> None:
    """Five devices are ready since yesterday, and five people are known who have nothing here."""
    actor = shop.actor(TILL)
    for number in OWNERS:
        owner = a_customer(shop, actor, f"Owner {number}", phone=a_phone(number))
        moved(shop, actor, a_ticket(shop, actor, customer_id=owner.id).number, "ready")
    for number in GUESTS:
        a_customer(shop, actor, f"Guest {number}", phone=a_phone(number))


def work(morning: Morning) -> None:
    """As people come."""
    for number in (11, 12, 13):
        morning.book(number, f"Guest {number}")
    for number in OWNERS:
        morning.hand_back(number, f"Owner {number}")
    for number in (21, 22, 23):
        morning.book_new(number, f"New {number}")
    morning.book_wrong("08510", 24, "New 24")
    morning.book_person(14, "Guest 14", "Jan")
    morning.book(14, "Guest 14")
    morning.book(15, "Guest 15")
    for number, booking in enumerate(("B1", "B2", "B3")):
        morning.take_in_booked(booking, "Galaxy S22", f"BOOKED{number}")
    for number in (1, 2, 3):
        morning.take_in(number, f"Owner {number}", "iPhone 12", f"KNOWN{number}")
    for number in (31, 32, 33):
        morning.take_in_new(number, f"New {number}", "Pixel 7", f"NEW{number}")
    morning.take_in_wrong("000 000 0000", 34, "New 34", "Pixel 7", "NEW34")
    morning.correct(23, 25, "New 23")
    morning.pass_on(15, "Guest 15", "Nora Now")


def names_by_number(shop: Shop, count: int) -> dict[str, str]:
    """Whose each number in use is: a number that two people had would be there once only."""
    actor = shop.actor(TILL)
    cards = [shop.customers.card(actor, key).customer for key in range(1, count + 1)]
    return {phone.number.key: one.name for one in cards for phone in one.current_phones}


@pytest.mark.timeout(180)
@pytest.mark.parametrize("kind", HANDS)
def test_a_morning(kind: type[Hand], behind: Shop, open_till: OpenTill, print_queue: PrintQueue) -> None:
    before_opening(behind)
    before = set(print_queue.folder.iterdir())
    clerk = open_till(slip_output="print", receipt_printer="PDF", a4_printer="PDF", label_printer="PDF")
    hand = kind(clerk)
    work(Morning(hand))
    told(hand)
    actor = behind.actor(TILL)
    # ten bookings, the first three of them here; a person of a family under the name of the account
    agenda = behind.bookings.agenda(actor, DAY, DAY).bookings
    booked = ["Guest 11", "Guest 12", "Guest 13", "New 21", "New 22", "New 23", "New 24"]
    booked += ["Guest 14", "Guest 14", "Guest 15"]
    assert [(one.number, one.customer_name) for one in agenda] == [
        (f"B{at}", name) for at, name in enumerate(booked, start=1)
    ]
    assert [one.contact_name for one in agenda if one.contact_name] == ["Jan"]
    assert {one.number for one in agenda if one.status == BookingStatus.ARRIVED} == {"B1", "B2", "B3"}
    # five tickets left, ten came
    owners = [f"Owner {number}" for number in OWNERS]
    came = ["Guest 11", "Guest 12", "Guest 13", *owners[:3], "New 31", "New 32", "New 33", "New 34"]
    tickets = [behind.tickets.get(actor, f"T{at}") for at in range(1, 16)]
    assert [one.customer_name for one in tickets] == [*owners, *came]
    states = Counter(one.jobs[0].state.code for one in tickets)
    assert states == {"collected": 5, "received": 10}
    # nineteen people, each number one person's: one was corrected, one has another owner now
    numbers = [*OWNERS, *GUESTS[:-1], 21, 22, 25, 24, 31, 32, 33, 34, 15]
    people = [*owners, *(f"Guest {number}" for number in GUESTS[:-1])]
    people += ["New 21", "New 22", "New 23", "New 24", "New 31", "New 32", "New 33", "New 34", "Nora Now"]
    mine = names_by_number(behind, 19)
    assert mine == {a_phone(number).key: name for number, name in zip(numbers, people, strict=True)}
    with behind.store.look(actor) as uow:
        assert uow.customers.get(20) is None
    assert [one.rule for one in verify(behind.store) if not one.is_kept] == []
    papers = len(agenda) + 10 * CLAIM_AND_LABEL + 5
    until(lambda: len(set(print_queue.folder.iterdir()) - before) >= papers)
    assert len(set(print_queue.folder.iterdir()) - before) == papers
