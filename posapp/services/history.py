"""The history desk: one timeline per customer, and everything about one entry of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from posapp.domain.actor import Actor, Permission
from posapp.domain.bookings import Booking, BookingStatus
from posapp.domain.clock import from_us
from posapp.domain.journal import JournalLine
from posapp.domain.tickets import StateMap, Ticket, TicketState
from posapp.services.agenda import require_booking
from posapp.services.customers import require_customer
from posapp.services.ticket_steps import require_ticket

if TYPE_CHECKING:
    from posapp.storage.history import EventRow
    from posapp.storage.unit_of_work import Store

PAGE = 50


class EventKind(StrEnum):
    """What an entry of the timeline is."""

    BOOKING = "booking"
    TICKET = "ticket"
    CHANGE = "change"


class Event(NamedTuple):
    """One entry: a booking (`number`, `status`), a ticket, or a change of the customer ("phone.added").

    Of a ticket `title`, `with_whom` (the technician) and `state` are those of its first device.
    """

    kind: EventKind
    key: int
    at: datetime
    number: str
    title: str
    status: BookingStatus | None
    with_whom: str
    wall_start: datetime | None
    price_minor: int | None
    by: str
    mark: tuple[int, int, int]
    state: TicketState | None = None
    devices: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, newest first; `next_mark` goes on after them, None at the end."""

    events: tuple[Event, ...]
    next_mark: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Detail:
    """One entry in full: the booking or ticket if it is one, and the steps that the journal tells."""

    event: Event
    booking: Booking | None
    steps: tuple[JournalLine, ...]
    ticket: Ticket | None = None
    states: StateMap | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries of each kind a customer has."""

    bookings: int
    tickets: int
    changes: int

    @property
    def all(self) -> int:
        """Every entry."""
        return self.bookings + self.tickets + self.changes


class HistoryDesk:
    """Reads the story of a customer."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def page(
        self,
        actor: Actor,
        customer_id: int,
        *,
        kinds: frozenset[EventKind] = frozenset(EventKind),
        mark: tuple[int, int, int] | None = None,
        limit: int = PAGE,
    ) -> Page:
        """The next entries after `mark`, newest first."""
        from posapp.storage.history import START, states_by_key, timeline

        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor) as uow:
            require_customer(uow, customer_id)
            rows = timeline(
                uow.connection,
                customer_id,
                kinds=frozenset(kind.value for kind in kinds),
                mark=mark or START,
                limit=limit + 1,
            )
            has_tickets = any(row.state_id for row in rows)
            states = states_by_key(uow.connection, actor.business) if has_tickets else {}
        events = tuple(_event(row, states) for row in rows[:limit])
        return Page(events, events[-1].mark if len(rows) > limit else None)

    def counts(self, actor: Actor, customer_id: int) -> Counts:
        """How many entries there are, for the filters."""
        from posapp.storage.history import count_events

        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor) as uow:
            require_customer(uow, customer_id)
            return Counts(*count_events(uow.connection, customer_id))

    def detail(self, actor: Actor, customer_id: int, event: Event) -> Detail:
        """One entry with its steps."""
        from posapp.storage.history import papers_of
        from posapp.storage.journal import line_of, lines_about

        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            require_customer(uow, customer_id)
            if event.kind == EventKind.BOOKING:
                booking = require_booking(uow, event.number)
                steps = lines_about(uow.connection, "booking", booking.id)
                for paper in uow.documents.keys_of_booking(booking.id):
                    steps += lines_about(uow.connection, "document", paper)
                return Detail(event, booking, tuple(sorted(steps, key=lambda step: step.id)))
            if event.kind == EventKind.TICKET:
                ticket = require_ticket(uow, event.number)
                steps = lines_about(uow.connection, "ticket", ticket.id)
                for paper in papers_of(uow.connection, actor.business, ticket.number):
                    steps += lines_about(uow.connection, "document", paper)
                told = tuple(sorted(steps, key=lambda step: step.id))
                return Detail(event, None, told, ticket, uow.tickets.states)
            line = line_of(uow.connection, event.key)
            is_of = line is not None and (line.subject, line.subject_id) == ("customer", customer_id)
            return Detail(event, None, (line,) if line is not None and is_of else ())


def _event(row: "EventRow", states: dict[int, TicketState]) -> Event:
    is_booking, is_ticket = bool(row.status), bool(row.state_id)  # changes have neither
    kind = EventKind.TICKET if is_ticket else EventKind.BOOKING if is_booking else EventKind.CHANGE
    return Event(
        kind,
        row.id,
        from_us(row.at),
        f"{'T' if is_ticket else 'B'}{row.number}" if row.number else "",
        row.title,
        BookingStatus(row.status) if is_booking else None,
        row.with_whom,
        datetime.fromisoformat(row.wall) if is_booking else None,
        row.price_minor,
        row.by,
        row.mark,
        states[row.state_id] if is_ticket else None,
        row.devices,
    )
