"""Hands the calendar's work to the lanes: plain Python, owned by the page, knows no widget.

Each call takes `done` (and `failed`, which gets the error) and returns at once. What only reads has a topic,
so that an answer overtaken by a newer question never comes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import MOVES, Booking, BookingStatus
from posapp.services.bookings.bookings import MakeBooking, MoveBooking
from posapp.services.figures.history import Event, EventKind
from posapp.ui.calendar.arrangement import day_picture, week_picture
from posapp.ui.calendar.cursor import Trial
from posapp.ui.customers.account_presenter import AccountPresenter, Done, Failed
from posapp.ui.front_desk.presenter import look_up

if TYPE_CHECKING:
    pass

DRAFT = "booking"
_MATCHES = 7
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


@dataclass(frozen=True, slots=True)
class Wish:
    """When a booking is wanted; `but` is the number of the one that moves: it is not in its own way."""

    starts: datetime
    minutes: int
    resource_id: int | None
    offset: timedelta | None = None
    but: str | None = None


class CalendarPresenter(AccountPresenter):
    """Reads and writes bookings for the calendar."""

    topic = "calendar"

    # -- reading -----------------------------------------------------------------------------------
    def load(self, shown: Shown, done: Done, failed: Failed) -> None:
        """The picture of a day or week."""
        shop, actor = self._session.shop, self._session.actor
        zone = self._session.catalogue.business.time_zone
        first, last = shown.span

        def work() -> object:
            agenda = shop.bookings.agenda(actor, first, last)
            return (
                week_picture(agenda, zone, shown.resource_id) if shown.is_week else day_picture(agenda, zone)
            )

        self._ask("calendar", work, done, failed)

    def objection(self, wish: Wish, done: Done, failed: Failed, *, topic: str = "objection") -> None:
        """What stands against a time: a `DomainError`, or None."""
        shop, actor = self._session.shop, self._session.actor

        def work() -> object:
            return shop.bookings.objection(
                actor, wish.starts, wish.minutes, wish.resource_id, but=wish.but, offset=wish.offset
            )

        self._ask(topic, work, done, failed)

    def objection_to(self, trial: Trial, done: Done, failed: Failed) -> None:
        """What stands against a move."""
        but = trial.booking.number if trial.booking else None
        wish = Wish(trial.starts, trial.minutes, trial.resource_id, but=but)
        self.objection(wish, done, failed, topic="objection-to-move")

    def free_times(
        self, day: date, minutes: int, resource_id: int | None, but: str | None, done: Done, failed: Failed
    ) -> None:
        """The next free times from a day on."""
        shop, actor = self._session.shop, self._session.actor
        self._ask(
            "free-times",
            lambda: shop.bookings.free_times(actor, day, minutes, resource_id, limit=_FREE, but=but),
            done,
            failed,
        )

    def search(self, text: str, done: Done, failed: Failed) -> None:
        """Everything about what is typed to find the customer; empty text ends what is on its way."""
        shop, actor, region = self._session.shop, self._session.actor, self._session.region

        def work() -> object:
            return look_up(shop, actor, text, region) if text.strip() else None

        self._session.lanes.search.run(work, done=done, failed=failed, topic="calendar-search")

    def card(self, customer_id: int, done: Done, failed: Failed) -> None:
        """A customer with the facts."""
        shop, actor = self._session.shop, self._session.actor
        self._ask("card", lambda: shop.customers.card(actor, customer_id), done, failed)

    def customer(self, customer_id: int, done: Done, failed: Failed) -> None:
        """A customer for the counter."""
        shop, actor = self._session.shop, self._session.actor
        self._write(lambda: shop.customers.card(actor, customer_id).customer, done, failed)

    def booking(self, number: str, done: Done, failed: Failed) -> None:
        """The booking of that number."""
        shop, actor = self._session.shop, self._session.actor
        self._ask("booking", lambda: shop.bookings.get(actor, number), done, failed)

    def detail(self, booking: Booking, done: Done, failed: Failed) -> None:
        """A booking with the steps that the journal tells."""
        shop, actor = self._session.shop, self._session.actor
        event = Event(
            EventKind.BOOKING,
            booking.id,
            booking.starts,
            booking.number,
            booking.service,
            booking.status,
            booking.resource,
            booking.wall_start,
            booking.price_minor,
            booking.stamps.created_by,
            (0, 0, 0),
        )
        self._ask("detail", lambda: shop.history.detail(actor, booking.customer_id, event), done, failed)

    def tickets(
        self, bookings: Sequence[Booking], done: Done, failed: Failed, *, topic: str = "tickets"
    ) -> None:
        """Which of the bookings have become tickets: number of booking -> of ticket."""
        shop, actor = self._session.shop, self._session.actor
        keys = [one.id for one in bookings]
        self._ask(topic, lambda: shop.tickets.of_bookings(actor, keys), done, failed)

    # -- writing -----------------------------------------------------------------------------------
    def book(self, command: MakeBooking, done: Done, failed: Failed) -> None:
        """Save a new booking; its draft is forgotten at once, the window may be gone before the answer."""
        shop, actor = self._session.shop, self._session.actor
        forget = self._session.drafts.dropping(DRAFT)

        def work() -> object:
            booked = shop.bookings.book(actor, command)
            forget()
            return booked

        self._write(work, done, failed)

    def move(self, command: MoveBooking, done: Done, failed: Failed) -> None:
        """Save another time, length, person, service or note."""
        shop, actor, seen = self._session.shop, self._session.actor, command.seen_version

        def move(now: int | None) -> Booking:
            return shop.bookings.move(actor, replace(command, seen_version=now))

        self._write(
            lambda: move(None) if seen is None else self._own(command.number, seen, move), done, failed
        )

    def _own(
        self, number: str, seen: int, work: Callable[[int | None], Booking], *, always: bool = False
    ) -> Booking:
        return self._session.own.write(
            ("booking", number), seen, work, lambda booking: booking.stamps.version, always=always
        )

    def move_back(self, before: Booking, done: Done, failed: Failed) -> None:
        """Put a booking where it was then. That may be past or closed by now, which is no reason against."""
        shop, actor = self._session.shop, self._session.actor
        command = MoveBooking(
            number=before.number,
            starts=before.wall_start,
            minutes=before.minutes,
            resource_id=before.resource_id,
            service_id=before.service_id,
            note=before.note,
            offset=before.wall_start - before.starts.replace(tzinfo=None),
            anyway=before.override_reason,
        )

        def move(now: int | None) -> Booking:
            try:
                return shop.bookings.move(actor, replace(command, seen_version=now))
            except DomainError as refusal:
                if refusal.code not in ("past", "closed"):
                    raise
            return shop.bookings.move(actor, replace(command, seen_version=now, anyway="Move undone"))

        self._write(lambda: self._own(before.number, before.stamps.version, move), done, failed)

    def set_status(
        self, booking: Booking, status: BookingStatus, done: Done, failed: Failed, *, reason: str = ""
    ) -> None:
        """Follow a booking, whatever else another till changed of it."""
        shop, actor = self._session.shop, self._session.actor
        self._write(
            lambda: self._own(
                booking.number,
                booking.stamps.version,
                lambda now: shop.bookings.set_status(
                    actor, booking.number, status, reason=reason, seen_version=now
                ),
                always=True,
            ),
            done,
            failed,
        )

    def restore_status(self, before: Booking, done: Done, failed: Failed) -> None:
        """Give a booking the state it had then, by the steps that the trade knows."""
        shop, actor, number = self._session.shop, self._session.actor, before.number

        def step_to(status: BookingStatus, now: int | None) -> Booking:
            reason = before.reason if status == before.status else ""
            return shop.bookings.set_status(actor, number, status, reason=reason, seen_version=now)

        def work() -> object:
            for step in way_back(shop.bookings.get(actor, number).status, before.status):
                self._own(number, before.stamps.version, partial(step_to, step))
            return shop.bookings.get(actor, number)

        self._write(work, done, failed)

    # -- drafts ------------------------------------------------------------------------------------
    def keep_draft(self, values: dict[str, object]) -> None:
        """Keep what is half typed."""
        self._session.keep(self._session.drafts.keeping(DRAFT, values))

    def drop_draft(self) -> None:
        """The form was emptied: forget its draft."""
        self._session.keep(self._session.drafts.dropping(DRAFT))


def way_back(now: BookingStatus, wanted: BookingStatus) -> list[BookingStatus]:
    """The shortest row of states from one to another; none that needs a reason lies between."""
    ways: dict[BookingStatus, list[BookingStatus]] = {now: []}
    waiting = [now]
    while waiting and wanted not in ways:
        state = waiting.pop(0)
        for following in BookingStatus:
            is_possible = following == wanted or following.takes_time
            if following in MOVES[state] and following not in ways and is_possible:
                ways[following] = [*ways[state], following]
                waiting.append(following)
    return ways.get(wanted, [wanted])
