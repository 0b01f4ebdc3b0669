"""What the front desk asks of the shop."""

from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from posapp.ui.presenter import Done, Failed, Presenter, ignore
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.bookings.bookings import Booking, BookingStatus
    from posapp.domain.bookings.walk_ins import QueueLine, WalkIn
    from posapp.domain.customers.customers import Customer
    from posapp.services.bookings.walk_ins import Served
    from posapp.services.counter.counter import AtCounter, Day
    from posapp.services.counter.search import Answer
    from posapp.services.customers.customers import Found
    from posapp.ui.window.undo import Work

T = TypeVar("T")


class FrontDeskPresenter(Presenter):
    """What is written on the card is warmed up on the lane, so that no window waits for it."""

    topic = "front desk"

    def prepare(self, done: Done[None]) -> None:
        """Load what the first day needs; the search lane is left to the first key."""
        wording = self.wording
        self.session.lanes.database.run(lambda: warm_up(wording), done=done, failed=ignore)

    def prepare_forms(self) -> None:
        """Load what the first e-mail address needs, once everything that is shown has been read."""
        self.session.lanes.database.run(warm_up_forms, done=ignore, failed=ignore)

    def search(self, text: str, done: Done["Answer"], failed: Failed) -> None:
        """Look a text up now; answers to older texts never come."""
        wording, lane = self.wording, self.session.lanes.search
        self.read(
            lambda shop, actor: _with_phones(wording, shop.search.answer(actor, text)),
            done,
            failed,
            topic="search",
            lane=lane,
        )

    def forget_search(self) -> None:
        """The field was emptied: whatever is on its way may stay away."""
        self.forget("search")

    def customer(self, customer_id: int, done: Done["AtCounter"], failed: Failed) -> None:
        """A customer for the card."""
        wording = self.wording
        self.read(
            lambda shop, actor: _warm(wording, shop.counter.at_counter(actor, customer_id)),
            done,
            failed,
            topic="customer",
        )

    def glance(self, customer_id: int, done: Done["AtCounter"]) -> None:
        """A customer to look at; a newer question drops this one, and whoever is gone is not shown."""
        wording = self.wording
        self.read(
            lambda shop, actor: _warm(wording, shop.counter.at_counter(actor, customer_id)),
            done,
            topic="glance",
        )

    def day(self, done: Done["Day"], failed: Failed) -> None:
        """The bookings of today, what waits, and the next free times."""
        wording = self.wording
        self.read(lambda shop, actor: _warm(wording, shop.counter.day(actor)), done, failed, topic="day")

    def recent(self, keys: list[int], done: Done["list[Customer]"]) -> None:
        """The customers with these keys, as they are now; keys that are gone are left out."""
        wording = self.wording
        self.read(lambda shop, actor: _warm(wording, shop.customers.cards(actor, keys)), done, topic="recent")

    def set_status(
        self, booking: "Booking", status: "BookingStatus", done: Done["Booking"], failed: Failed
    ) -> None:
        """Follow a booking as it was shown, or as this window left it: arrived, or back to what it was."""
        number = booking.number
        self.write(
            ("booking", number),
            booking.stamps.version,
            lambda shop, actor, seen: shop.bookings.set_status(actor, number, status, seen_version=seen),
            lambda after: after.stamps.version,
            done,
            failed,
        )

    # -- the queue ---------------------------------------------------------------------------------
    def add_walk_in(self, customer_id: int, service_id: int, done: Done["QueueLine"], failed: Failed) -> None:
        """A customer joins the queue."""
        from posapp.services.bookings.walk_ins import AddWalkIn

        command = AddWalkIn(customer_id=customer_id, service_id=service_id)
        self.do(lambda shop, actor: shop.walk_ins.add(actor, command), done, failed)

    def serve_walk_in(
        self, line: "QueueLine", slot_of: str, anyway: str | None, done: Done["Served"], failed: Failed
    ) -> None:
        """Book somebody of the queue for now, in the slot of a booking that did not come if one is named."""
        from posapp.services.bookings.walk_ins import ServeWalkIn

        whom = line.resource_id if not slot_of and line.is_now else None
        command = ServeWalkIn(walk_in_id=line.walk_in.id, resource_id=whom, slot_of=slot_of, anyway=anyway)
        self.do(lambda shop, actor: shop.walk_ins.serve(actor, command), done, failed)

    def nod(self, arrival_id: int, done: Done["Found"], failed: Failed) -> None:
        """Let somebody in who waits at the kiosk."""
        self.do(lambda shop, actor: shop.kiosk.nod(actor, arrival_id), done, failed)

    def turn_away(self, arrival_id: int, done: Done[None], failed: Failed) -> None:
        """Turn somebody away who waits at the kiosk."""
        self.do(lambda shop, actor: shop.kiosk.turn_away(actor, arrival_id), done, failed)

    def give_code(self, customer_id: int, done: Done[str], failed: Failed) -> None:
        """A code that lets a customer in at the kiosk."""
        self.do(lambda shop, actor: shop.kiosk.give_code(actor, customer_id), done, failed)

    def leave_queue(self, walk_in_id: int, done: Done["WalkIn"], failed: Failed) -> None:
        """Somebody leaves the queue."""
        self.do(lambda shop, actor: shop.walk_ins.left(actor, walk_in_id), done, failed)

    def turns_of_queue(self, walk_in_id: int) -> "tuple[Work, Work]":
        """Out of the queue and back into it, for Ctrl+Z and Ctrl+Y."""
        return (
            self.turn(lambda shop, actor: shop.walk_ins.left(actor, walk_in_id)),
            self.turn(lambda shop, actor: shop.walk_ins.come_back(actor, walk_in_id)),
        )


@lru_cache(maxsize=8)
def warm_up(wording: Wording) -> None:
    """Load what writing days and phones takes (some 30 ms each), on a lane: no window waits."""
    wording.day(date(2026, 1, 1))
    wording.time(time(12))
    _warm_up_phones(wording)


@lru_cache(maxsize=8)
def _warm_up_phones(wording: Wording) -> None:
    from posapp.domain.base.phone import PhoneNumber

    wording.phone(PhoneNumber.from_key("+35312345678"))


def _with_phones(wording: Wording, answer: T) -> T:
    """What is found is written with phones alone."""
    _warm_up_phones(wording)
    return answer


def _warm(wording: Wording, answer: T) -> T:
    warm_up(wording)
    return answer


def warm_up_forms() -> None:
    """Load the rules of e-mail addresses."""
    from posapp.domain.base.emails import check_email

    check_email("ana@example.com")
