"""What the calendar asks the desks: plain Python, owned by the page, knows no widget."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from posapp.domain.bookings.bookings import Booking, BookingStatus
from posapp.services.bookings.bookings import MakeBooking, MoveBooking
from posapp.ui.calendar.arrangement import day_picture, week_picture
from posapp.ui.calendar.geometry import beside_in
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.presenter import Done, Failed, ignore

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.base.errors import DomainError
    from posapp.domain.base.journal import JournalLine
    from posapp.domain.customers.customers import Customer, CustomerCard
    from posapp.services.bookings.agenda import FreeTime
    from posapp.services.bookings.bookings import Booked
    from posapp.services.bookings.near import AlsoBooked
    from posapp.services.desks import Shop
    from posapp.ui.calendar.arrangement import Picture
    from posapp.ui.calendar.cursor import Wish
    from posapp.ui.record.drafts import Forget

_FREE = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """What the calendar shows: which day or week, and in a week of whom (None: everybody)."""

    day: date
    is_week: bool = False
    resource_id: int | None = None

    @property
    def span(self) -> tuple[date, date]:
        """First and last day; weeks begin on Monday (ISO 8601)."""
        if not self.is_week:
            return self.day, self.day
        monday = self.day - timedelta(days=self.day.weekday())
        return monday, monday + timedelta(days=6)

    def moved(self, step: int) -> "Shown":
        """The next or the previous day or week."""
        return replace(self, day=self.day + timedelta(days=step * (7 if self.is_week else 1)))


_AT_TEN = time(10)


class CalendarPresenter(CustomerPresenter):
    """Reads and writes bookings for the calendar."""

    topic = "calendar"

    # -- reading -----------------------------------------------------------------------------------
    def load(self, shown: Shown, width: int, done: "Done[Picture]", failed: Failed) -> None:
        """The picture of a day or week, for a calendar of that width."""
        zone = self.session.catalogue.business.time_zone
        halves = len(self.wording.time(_AT_TEN)) > len("10:00")

        def work(shop: "Shop", actor: "Actor") -> "Picture":
            agenda = shop.bookings.agenda(actor, *shown.span)
            if shown.is_week:
                room = beside_in(width, 7, is_week=True, has_halves=halves)
                return week_picture(agenda, zone, shown.resource_id, room)
            room = beside_in(width, len(agenda.resources), is_week=False, has_halves=halves)
            return day_picture(agenda, zone, room)

        self.read(work, done, failed)

    def objection(
        self, wish: "Wish", done: "Done[DomainError | None]", failed: Failed = ignore, *, topic: str = "wish"
    ) -> None:
        """What stands against a time: a `DomainError`, or None."""
        self.read(
            lambda shop, actor: shop.bookings.objection(
                actor, wish.starts, wish.minutes, wish.resource_id, but=wish.but, offset=wish.offset
            ),
            done,
            failed,
            topic=topic,
        )

    def free_times(
        self,
        day: date,
        minutes: int,
        resource_id: int | None,
        wanted: time | None,
        but: str | None,
        done: "Done[Sequence[FreeTime]]",
    ) -> None:
        """The next free times from a day on, or those nearest to a time of it."""
        self.read(
            lambda shop, actor: shop.bookings.free_times(
                actor, day, minutes, resource_id, limit=_FREE, but=but, wanted=wanted
            ),
            done,
            topic="free",
        )

    def also_booked(self, customer_id: int, wish: "Wish", done: "Done[Sequence[AlsoBooked]]") -> None:
        """What the customer has at that time or on that day already."""
        self.read(
            lambda shop, actor: shop.bookings.also_booked(
                actor, customer_id, wish.starts, wish.minutes, but=wish.but, offset=wish.offset
            ),
            done,
            topic="also",
        )

    def card(self, customer_id: int, done: "Done[CustomerCard]", failed: Failed = ignore) -> None:
        """A customer with the facts; a newer question drops this one."""
        self.read(lambda shop, actor: shop.customers.card(actor, customer_id), done, failed, topic="card")

    def customer(self, customer_id: int, done: "Done[Customer]", failed: Failed) -> None:
        """A customer for the counter."""
        self.do(lambda shop, actor: shop.customers.card(actor, customer_id).customer, done, failed)

    def booking(self, number: str, done: Done[Booking], failed: Failed) -> None:
        """The booking of that number."""
        self.read(lambda shop, actor: shop.bookings.get(actor, number), done, failed, topic="booking")

    def told(self, booking: Booking, done: "Done[tuple[JournalLine, ...]]", failed: Failed) -> None:
        """The steps of a booking that the journal tells."""
        number = booking.number
        self.read(lambda shop, actor: shop.history.of_booking(actor, number), done, failed, topic="told")

    def tickets(
        self,
        bookings: Sequence[Booking],
        done: "Done[dict[str, str]]",
        failed: Failed = ignore,
        *,
        topic: str = "tickets",
    ) -> None:
        """Which of the bookings have become tickets: number of booking -> of ticket."""
        keys = [one.id for one in bookings]
        self.read(lambda shop, actor: shop.tickets.of_bookings(actor, keys), done, failed, topic=topic)

    # -- writing -----------------------------------------------------------------------------------
    def book(self, command: MakeBooking, done: "Done[Booked]", failed: Failed, forget: "Forget") -> None:
        """Save a new booking; `forget` its draft on the lane, the window may be gone before the answer."""
        self.do(lambda shop, actor: shop.bookings.book(actor, command), done, failed, saved=forget)

    def move(self, command: MoveBooking, done: Done[Booking], failed: Failed) -> None:
        """Save another time, length, person, service or note of the booking as it was shown."""
        assert command.seen_version is not None
        self._write(
            command.number,
            command.seen_version,
            lambda shop, actor, seen: shop.bookings.move(actor, replace(command, seen_version=seen)),
            done,
            failed,
        )

    def move_back(self, then: Booking, done: Done[Booking], failed: Failed) -> None:
        """Put a booking where it was then."""
        self._write(
            then.number,
            then.stamps.version,
            lambda shop, actor, seen: shop.bookings.move_back(actor, then, seen_version=seen),
            done,
            failed,
        )

    def set_status(
        self,
        booking: Booking,
        status: BookingStatus,
        done: Done[Booking],
        failed: Failed,
        *,
        reason: str = "",
    ) -> None:
        """Follow a booking, whatever else another till changed of it."""
        self._write(
            booking.number,
            booking.stamps.version,
            lambda shop, actor, seen: shop.bookings.set_status(
                actor, booking.number, status, reason=reason, seen_version=seen
            ),
            done,
            failed,
            always=True,
        )

    def restore_status(self, then: Booking, done: Done[Booking], failed: Failed) -> None:
        """Give a booking the state it had then."""
        self._write(
            then.number,
            then.stamps.version,
            lambda shop, actor, seen: shop.bookings.restore_status(
                actor, then.number, then.status, reason=then.reason, seen_version=seen
            ),
            done,
            failed,
        )

    def _write(
        self,
        number: str,
        seen: int,
        work: "Callable[[Shop, Actor, int | None], Booking]",
        done: Done[Booking],
        failed: Failed,
        *,
        always: bool = False,
    ) -> None:
        self.write(("booking", number), seen, work, _version, done, failed, always=always)


def _version(booking: Booking) -> int:
    return booking.stamps.version
