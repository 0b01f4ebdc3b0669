"""A customer's timeline: bookings, tickets, estimates, messages and changes in one order, in pages."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from posapp.domain.base.clock import from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.repairs.tickets import TicketState

if TYPE_CHECKING:
    from posapp.storage.figures.history import EventRow
    from posapp.storage.unit_of_work import UnitOfWork

PAGE = 50


class EventKind(StrEnum):
    """What an entry of the timeline is."""

    BOOKING = "booking"
    TICKET = "ticket"
    ESTIMATE = "estimate"
    MESSAGE = "message"
    CHANGE = "change"


REPAIRS = frozenset({EventKind.TICKET, EventKind.ESTIMATE, EventKind.MESSAGE})
"""What belongs to tickets."""


class Event(NamedTuple):
    """One entry: a booking (`number`, `status`), a ticket, or a change of the customer ("phone.added").

    Of a ticket `title`, `with_whom` (the technician) and `state` are those of its first device. An estimate
    and a message have the number of their ticket: the one its `version`, its `word` (an `EstimateStatus`)
    and `with_whom` who answered; the other in `title` what was said, in `word` how (a `ContactHow`), and in
    `with_whom` of which `ContactKind` it was.
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
    word: str = ""

    @property
    def code(self) -> str:
        """Where it stands, as programs call it; of a message the way in which it went."""
        if self.status is not None:
            return self.status.value
        return self.state.code if self.state is not None else self.word

    @property
    def version(self) -> int:
        """Which version of the estimate it is."""
        return self.devices


@dataclass(frozen=True, slots=True)
class Page:
    """Some entries, newest first; `next_mark` goes on after them, None at the end."""

    events: tuple[Event, ...]
    next_mark: tuple[int, int, int] | None


def page_of(
    uow: "UnitOfWork",
    customer_id: int,
    *,
    kinds: frozenset[EventKind] = frozenset(EventKind),
    mark: tuple[int, int, int] | None = None,
    limit: int = PAGE,
) -> Page:
    """The next entries of a customer after `mark`, newest first."""
    from posapp.storage.figures.history import START, STATE, timeline

    rows = timeline(
        uow.connection,
        uow.actor.business,
        customer_id,
        kinds=kinds,
        mark=mark or START,
        limit=limit + 1,
    )
    states = uow.tickets.states_by_id if any(row[STATE] for row in rows) else {}
    kind_of = _kind_of_rank()
    events = tuple([_event(row, kind_of[row[1]], states) for row in rows[:limit]])
    return Page(events, events[-1].mark if len(rows) > limit else None)


@cache
def _kind_of_rank() -> dict[int, EventKind]:
    from posapp.storage.figures.history import KINDS

    return {rank: EventKind(kind) for rank, kind in KINDS.items()}


_STATUS: dict[str, BookingStatus] = {status.value: status for status in BookingStatus}


def _event(row: "EventRow", kind: EventKind, states: dict[int, TicketState]) -> Event:
    """An event of its row, taken apart at once: a page makes fifty."""
    at, rank, key, number, title, word, with_whom, wall, price, by, state_id, devices = row
    when, mark = from_us(at), (at, rank, key)
    if kind is EventKind.BOOKING:
        shown, wall_start = number_text(Letter.BOOKING, number), datetime.fromisoformat(wall)
        return Event(
            kind,
            key,
            when,
            shown,
            title,
            _STATUS[word],
            with_whom,
            wall_start,
            price,
            by,
            mark,
            None,
            devices,
        )
    shown = number_text(Letter.TICKET, number) if number else ""
    state = states[state_id] if kind is EventKind.TICKET else None
    return Event(kind, key, when, shown, title, None, with_whom, None, price, by, mark, state, devices, word)
