"""A customer's timeline: what happened here and what came from old systems, in pages."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Permission
from posapp.domain.base.clock import from_us
from posapp.domain.base.journal import JournalLine
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.old_data.imports import PastKind
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.tickets import TicketState
from posapp.domain.selling.orders import OrderStatus, state_of

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
    ORDER = "order"
    PAYMENT = "payment"
    PAST = "past"
    """What an old system says: a booking, ticket, order or appointment."""


REPAIRS = frozenset({EventKind.TICKET, EventKind.ESTIMATE, EventKind.MESSAGE})
"""What belongs to tickets."""
MONEY = frozenset({EventKind.ORDER, EventKind.PAYMENT})
"""What moves money."""


class Part(StrEnum):
    """A smaller part of the timeline that may be asked for alone."""

    TICKETS = "tickets"
    ESTIMATES = "estimates"
    CALLS = "calls"
    MESSAGES = "messages"
    NUMBERS = "numbers"
    MERGES = "merges"

    @property
    def kind(self) -> EventKind:
        """Of which kind its entries are."""
        return _PARTS[self][0]

    @property
    def only(self) -> frozenset[str]:
        """The words of that kind which are meant, none for all."""
        return _PARTS[self][1]


_PARTS: dict[Part, tuple[EventKind, frozenset[str]]] = {
    Part.TICKETS: (EventKind.TICKET, frozenset()),
    Part.ESTIMATES: (EventKind.ESTIMATE, frozenset()),
    Part.CALLS: (EventKind.MESSAGE, frozenset({ContactHow.PHONE.value})),
    Part.MESSAGES: (
        EventKind.MESSAGE,
        frozenset(how.value for how in ContactHow if how is not ContactHow.PHONE),
    ),
    Part.NUMBERS: (
        EventKind.CHANGE,
        frozenset(action.value for action in Action if action.about in ("phone", "phones")),
    ),
    Part.MERGES: (
        EventKind.CHANGE,
        frozenset({Action.CUSTOMERS_MERGED.value, Action.MERGE_UNDONE.value}),
    ),
}
_READ = {
    **dict.fromkeys(MONEY, Permission.ORDER_READ),
    **dict.fromkeys((*REPAIRS, EventKind.PAST), Permission.TICKET_READ),
    EventKind.BOOKING: Permission.BOOKING_READ,
}


_SAYS_ENOUGH = frozenset({Action.CUSTOMER_CREATED.value})
"""Changes that everybody has: their story is not read for a list."""


def told_kinds(uow: "UnitOfWork") -> frozenset[EventKind]:
    """What of a timeline is told to the actor."""
    return frozenset(kind for kind in EventKind if kind not in _READ or uow.actor.may(_READ[kind]))


def require_kind(uow: "UnitOfWork", kind: EventKind) -> None:
    """Refuse an entry of a kind that is not told to the actor."""
    if kind in _READ:
        uow.actor.require(_READ[kind])


class Event(NamedTuple):
    """One entry: a booking (`number`, `status`), a ticket, or a change of the customer ("phone.added").

    Of a ticket `title`, `with_whom` (the technician) and `state` are those of its first device. An estimate
    and a message have the number of their ticket: the one its `version`, its `word` (an `EstimateStatus`)
    and `with_whom` who answered; the other in `title` what was said, in `word` how (a `ContactHow`), and in
    `with_whom` of which `ContactKind` it was.

    An order has its first line as `title`, its lines as `devices`, in `with_whom` of which `LineKind` all of
    them are ("" where they differ), in `word` its `OrderState` and in `order` the sale that it gives back. A
    payment has its tender as `word`, its reference as `with_whom`, and in `order` the number of the sale or
    refund that it belongs to ("": debts). `owed_after_minor` is the customer's balance once that was done.

    A past record has its old ID as `title`, its state as it was written as `word`, its `PastKind` as
    `with_whom`, its system as `by`, and in `order` the ticket that it was taken in as.
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
    order: str = ""
    owed_minor: int = 0
    owed_after_minor: int | None = None
    line: JournalLine | None = None
    """What the journal says of a change, where that names something: a number, a person, another customer."""

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
    only: frozenset[str] = frozenset(),
    mark: tuple[int, int, int] | None = None,
    limit: int = PAGE,
) -> Page:
    """The next entries of a customer after `mark`, newest first; `only` are the words that a `Part` means."""
    from posapp.storage.figures.history import START, STATE, timeline

    if not kinds:
        return Page((), None)
    rows = timeline(
        uow.connection,
        uow.actor.business,
        customer_id,
        kinds=kinds,
        only=only,
        mark=mark or START,
        limit=limit + 1,
    )
    states = uow.tickets.states_by_id if any(row[STATE] for row in rows) else {}
    kind_of = _kind_of_rank()
    events = tuple([_event(row, kind_of[row[1]], states) for row in rows[:limit]])
    if EventKind.PAST in kinds and not uow.actor.may(Permission.ORDER_READ):
        events = tuple(map(without_price, events))
    events = _with_lines(uow, events)
    return Page(events, events[-1].mark if len(rows) > limit else None)


def _with_lines(uow: "UnitOfWork", events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Changes with what they name; nothing is read where there are none."""
    from posapp.storage.base.journal import lines_of

    keys = [one.key for one in events if one.kind is EventKind.CHANGE and one.title not in _SAYS_ENOUGH]
    if not keys:
        return events
    lines = lines_of(uow.connection, uow.actor.business, keys)
    return tuple(
        one._replace(line=lines.get(one.key)) if one.kind is EventKind.CHANGE else one for one in events
    )


def without_price(event: Event) -> Event:
    """An entry for somebody who may not read sales: what an old order came to is not told."""
    is_told = event.kind is not EventKind.PAST or event.with_whom != PastKind.ORDER
    return event if is_told else event._replace(price_minor=None)


@cache
def _kind_of_rank() -> dict[int, EventKind]:
    from posapp.storage.figures.history import KINDS

    return {rank: EventKind(kind) for rank, kind in KINDS.items()}


_STATUS: dict[str, BookingStatus] = {status.value: status for status in BookingStatus}


def _event(row: "EventRow", kind: EventKind, states: dict[int, TicketState]) -> Event:
    """An event of its row, taken apart at once: a page makes fifty."""
    if kind is EventKind.ORDER or kind is EventKind.PAYMENT:
        return _of_money(row, kind)
    if kind is EventKind.PAST:
        return _of_past(row, kind)
    at, rank, key, number, title, word, with_whom, wall, price, by, state_id, devices, *_money = row
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


def _of_past(row: "EventRow", kind: EventKind) -> Event:
    """A record of an old system."""
    at, rank, key, _number, title, word, with_whom, _wall, price, by, _state, _count, order, *_money = row
    taken_in, mark = number_text(Letter.TICKET, order) if order else "", (at, rank, key)
    when = from_us(at)
    return Event(kind, key, when, "", title, None, with_whom, None, price, by, mark, None, 0, word, taken_in)


def _of_money(row: "EventRow", kind: EventKind) -> Event:
    """A sale, a refund or a payment."""
    at, rank, key, number, title, word, with_whom, _wall, price, by, _state, count, order, owed, back = row
    letter = Letter.PAYMENT
    if kind is EventKind.ORDER:
        letter = Letter.SALE
        word = state_of(
            OrderStatus(word),
            is_refund=bool(order),
            total_minor=price or 0,
            owed_minor=int(owed),
            back_minor=int(back),
        ).value
    return Event(
        kind,
        key,
        from_us(at),
        number_text(letter, number),
        title,
        None,
        with_whom,
        None,
        price,
        by,
        (at, rank, key),
        None,
        count,
        word,
        number_text(Letter.SALE, order) if order else "",
        int(owed),
    )
