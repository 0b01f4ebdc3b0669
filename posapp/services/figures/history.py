"""The history desk: one timeline per customer, and everything about one entry of it."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import to_us
from posapp.domain.base.journal import JournalLine
from posapp.domain.bookings.bookings import Booking
from posapp.domain.customers.customers import CustomerCard
from posapp.domain.old_data.past import PastRecord
from posapp.domain.repairs.estimates import Estimate
from posapp.domain.repairs.informing import ContactLine
from posapp.domain.repairs.tickets import StateMap, Ticket
from posapp.domain.selling.ledger import Settled
from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import Payment
from posapp.services.bookings.agenda import require_booking
from posapp.services.counter.past import past_of
from posapp.services.counter.timeline import (
    MONEY,
    PAGE,
    REPAIRS,
    Event,
    EventKind,
    Page,
    Part,
    page_of,
    require_kind,
    told_kinds,
)
from posapp.services.customers.customers import card_of, refuse_unknown
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.selling.finding import require_order
from posapp.services.selling.payments import require_payment

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

__all__ = [
    "MONEY",
    "PAGE",
    "REPAIRS",
    "Counts",
    "Detail",
    "Event",
    "EventKind",
    "HistoryDesk",
    "Page",
    "Part",
    "Story",
]

_LAST = 1 << 62
"""After every payment of a moment."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One entry in full: the record if it is one, and the steps that the journal tells.

    `refunds` are the numbers of what gave something back of a sale, `settled` is what a payment paid.
    """

    event: Event
    booking: Booking | None
    steps: tuple[JournalLine, ...]
    ticket: Ticket | None = None
    states: StateMap | None = None
    estimate: Estimate | None = None
    message: ContactLine | None = None
    order: Order | None = None
    refunds: tuple[str, ...] = ()
    payment: Payment | None = None
    settled: tuple[Settled, ...] = ()
    past: PastRecord | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries of each kind a customer has."""

    of: dict[EventKind, int]
    tells_money: bool = True
    """Whether sales and payments are counted."""

    @property
    def all(self) -> int:
        """Every entry."""
        return sum(self.of.values())

    @property
    def bookings(self) -> int:
        """The bookings."""
        return self.of[EventKind.BOOKING]

    @property
    def repairs(self) -> int:
        """The tickets with their estimates and messages."""
        return sum(self.of[kind] for kind in REPAIRS)

    @property
    def sales(self) -> int:
        """The sales and refunds."""
        return self.of[EventKind.ORDER]

    @property
    def payments(self) -> int:
        """What came in and went back."""
        return self.of[EventKind.PAYMENT]

    @property
    def past(self) -> int:
        """What came from old systems."""
        return self.of[EventKind.PAST]

    @property
    def changes(self) -> int:
        """The changes of the customer."""
        return self.of[EventKind.CHANGE]


@dataclass(frozen=True, slots=True)
class Story:
    """A customer with the facts, and how much there is to tell."""

    card: CustomerCard
    counts: Counts


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
        part: Part | None = None,
        since: datetime | None = None,
        mark: tuple[int, int, int] | None = None,
        limit: int = PAGE,
    ) -> Page:
        """The next entries after `mark`, newest first; those before `since` are not asked for.

        A `part` alone says which are meant.
        """
        kinds, only = (frozenset({part.kind}), part.only) if part is not None else (kinds, frozenset())
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            refuse_unknown(uow, customer_id)
            page = page_of(uow, customer_id, kinds=kinds & told_kinds(uow), only=only, mark=mark, limit=limit)
            wanted = [event for event in page.events if since is None or event.at >= since]
            tells_money = actor.may(Permission.ORDER_READ)
            told = tuple(_with_balances(uow, customer_id, wanted) if tells_money else wanted)
        return Page(told, page.next_mark if len(told) == len(page.events) else None)

    def story(self, actor: Actor, customer_id: int) -> Story:
        """The customer, and how much there is to tell."""
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return Story(card_of(uow, customer_id), _counts(uow, customer_id))

    def detail(self, actor: Actor, customer_id: int, event: Event) -> Detail:
        """One entry with its steps."""
        from posapp.storage.base.journal import line_of

        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            require_kind(uow, event.kind)
            refuse_unknown(uow, customer_id)
            if event.kind == EventKind.BOOKING:
                booking = require_booking(uow, event.number)
                return Detail(event, booking, _told_of_booking(uow, booking.id))
            if event.kind == EventKind.TICKET:
                ticket = require_ticket(uow, event.number)
                steps = _steps_of(uow, "ticket", ticket.id, ticket.number)
                return Detail(event, None, steps, ticket, uow.tickets.states)
            if event.kind in REPAIRS:
                return self._of_ticket(uow, event)
            if event.kind == EventKind.ORDER:
                order = require_order(uow, event.number)
                steps = _steps_of(uow, "order", order.id, order.number)
                return Detail(event, None, steps, order=order, refunds=tuple(uow.orders.refunds_of(order.id)))
            if event.kind == EventKind.PAYMENT:
                payment = require_payment(uow, event.number)
                steps = _steps_of(uow, "payment", payment.id, payment.number)
                settled = tuple(uow.ledger.settled_by(payment.id))
                return Detail(event, None, steps, payment=payment, settled=settled)
            if event.kind == EventKind.PAST:
                return Detail(event, None, (), past=past_of(uow, customer_id, event.key))
            line = line_of(uow.connection, actor.business, event.key)
            is_of = line is not None and (line.subject, line.subject_id) == ("customer", customer_id)
            return Detail(event, None, (line,) if line is not None and is_of else ())

    def of_booking(self, actor: Actor, number: str) -> tuple[JournalLine, ...]:
        """The steps of a booking and of its papers, oldest first."""
        actor.require(Permission.BOOKING_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return _told_of_booking(uow, require_booking(uow, number).id)

    @staticmethod
    def _of_ticket(uow: "UnitOfWork", event: Event) -> Detail:
        """An estimate or a message, with the ticket that it belongs to."""
        ticket = require_ticket(uow, event.number)
        if event.kind == EventKind.ESTIMATE:
            versions = uow.estimates.of_ticket(ticket.id)
            shown = next((one for one in versions if one.id == event.key), None)
            return Detail(event, None, (), ticket, estimate=shown)
        told = uow.informing.of_ticket(ticket.id)
        message = next((one for one in told if one.id == event.key), None)
        return Detail(event, None, (), ticket, message=message)


def _counts(uow: "UnitOfWork", customer_id: int) -> Counts:
    from posapp.storage.figures.history import count_events

    counts = count_events(uow.connection, uow.actor.business, customer_id)
    told = told_kinds(uow)
    of = {EventKind(kind): count if EventKind(kind) in told else 0 for kind, count in counts.items()}
    return Counts(of, tells_money=told >= MONEY)


def _with_balances(uow: "UnitOfWork", customer_id: int, events: list[Event]) -> Iterator[Event]:
    """Each event, the newest first, with the balance after it.

    What one transaction wrote has one moment: the sale comes first there, then its payments.
    """
    from posapp.storage.figures.history import moves_since

    if not events:
        return
    (_, _, balance), *moves = moves_since(
        uow.connection, uow.actor.business, customer_id, to_us(events[-1].at)
    )
    moves.sort(key=lambda move: (move[0], move[1] or 0))
    sums = list(accumulate((minor for _, _, minor in moves), initial=balance))
    places = [(at, paid or 0) for at, paid, _ in moves]
    for event in events:
        kind = event.kind
        if kind is EventKind.PAST:  # what was owed in the old system is not told
            yield event
            continue
        till = 0 if kind is EventKind.ORDER else event.key if kind is EventKind.PAYMENT else _LAST
        yield event._replace(owed_after_minor=sums[bisect_right(places, (event.mark[0], till))])


def _steps_of(uow: "UnitOfWork", subject: str, key: int, number: str) -> tuple[JournalLine, ...]:
    """The steps of a record and of its papers."""
    from posapp.storage.base.journal import lines_about
    from posapp.storage.figures.history import papers_of

    steps = lines_about(uow.connection, uow.actor.business, subject, key)
    for paper in papers_of(uow.connection, uow.actor.business, number):
        steps += lines_about(uow.connection, uow.actor.business, "document", paper)
    return _told(steps)


def _told_of_booking(uow: "UnitOfWork", booking_id: int) -> tuple[JournalLine, ...]:
    from posapp.storage.base.journal import lines_about

    business = uow.actor.business
    steps = lines_about(uow.connection, business, "booking", booking_id)
    for paper in uow.documents.keys_of_booking(booking_id):
        steps += lines_about(uow.connection, business, "document", paper)
    return _told(steps)


def _told(steps: list[JournalLine]) -> tuple[JournalLine, ...]:
    """The steps in their order; that a paper was begun only matters until it is known how it ended."""
    return tuple(
        sorted((one for one in steps if one.action != Action.PAPER_SENDING), key=lambda step: step.id)
    )
