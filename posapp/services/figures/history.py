"""The history desk: one timeline per customer, and everything about one entry of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.journal import JournalLine
from posapp.domain.bookings.bookings import Booking
from posapp.domain.customers.customers import CustomerCard
from posapp.domain.repairs.estimates import Estimate
from posapp.domain.repairs.informing import ContactLine
from posapp.domain.repairs.tickets import StateMap, Ticket
from posapp.services.bookings.agenda import require_booking
from posapp.services.counter.timeline import PAGE, REPAIRS, Event, EventKind, Page, page_of
from posapp.services.customers.customers import card_of, refuse_unknown
from posapp.services.repairs.ticket_steps import require_ticket

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

__all__ = ["PAGE", "REPAIRS", "Counts", "Detail", "Event", "EventKind", "HistoryDesk", "Page", "Story"]


@dataclass(frozen=True, slots=True)
class Detail:
    """One entry in full: the booking or ticket if it is one, and the steps that the journal tells."""

    event: Event
    booking: Booking | None
    steps: tuple[JournalLine, ...]
    ticket: Ticket | None = None
    states: StateMap | None = None
    estimate: Estimate | None = None
    message: ContactLine | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many entries of each kind a customer has."""

    of: dict[EventKind, int]

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
        since: datetime | None = None,
        mark: tuple[int, int, int] | None = None,
        limit: int = PAGE,
    ) -> Page:
        """The next entries after `mark`, newest first; those before `since` are not asked for."""
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            refuse_unknown(uow, customer_id)
            page = page_of(uow, customer_id, kinds=kinds, mark=mark, limit=limit)
        wanted = tuple(event for event in page.events if since is None or event.at >= since)
        return page if len(wanted) == len(page.events) else Page(wanted, None)

    def story(self, actor: Actor, customer_id: int) -> Story:
        """The customer, and how much there is to tell."""
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return Story(card_of(uow, customer_id), _counts(uow, customer_id))

    def detail(self, actor: Actor, customer_id: int, event: Event) -> Detail:
        """One entry with its steps."""
        from posapp.storage.base.journal import line_of, lines_about
        from posapp.storage.figures.history import papers_of

        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            refuse_unknown(uow, customer_id)
            if event.kind == EventKind.BOOKING:
                booking = require_booking(uow, event.number)
                return Detail(event, booking, _told_of_booking(uow, booking.id))
            if event.kind == EventKind.TICKET:
                ticket = require_ticket(uow, event.number)
                steps = lines_about(uow.connection, actor.business, "ticket", ticket.id)
                for paper in papers_of(uow.connection, actor.business, ticket.number):
                    steps += lines_about(uow.connection, actor.business, "document", paper)
                return Detail(event, None, _told(steps), ticket, uow.tickets.states)
            if event.kind in REPAIRS:
                return self._of_ticket(uow, event)
            line = line_of(uow.connection, actor.business, event.key)
            is_of = line is not None and (line.subject, line.subject_id) == ("customer", customer_id)
            return Detail(event, None, (line,) if line is not None and is_of else ())

    def of_booking(self, actor: Actor, number: str) -> tuple[JournalLine, ...]:
        """The steps of a booking and of its papers, oldest first."""
        actor.require(Permission.CUSTOMER_READ)
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
    return Counts({EventKind(kind): count for kind, count in counts.items()})


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
