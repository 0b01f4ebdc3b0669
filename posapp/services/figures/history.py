"""The history desk: one timeline per customer, and everything about one entry of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.journal import JournalLine
from posapp.domain.bookings.bookings import Booking
from posapp.domain.repairs.estimates import Estimate
from posapp.domain.repairs.informing import ContactLine
from posapp.domain.repairs.tickets import StateMap, Ticket
from posapp.services.bookings.agenda import require_booking
from posapp.services.counter.timeline import PAGE, REPAIRS, Event, EventKind, Page, page_of
from posapp.services.customers.customers import require_customer
from posapp.services.repairs.ticket_steps import require_ticket

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

__all__ = ["PAGE", "REPAIRS", "Counts", "Detail", "Event", "EventKind", "HistoryDesk", "Page"]


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
        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor) as uow:
            require_customer(uow, customer_id)
            return page_of(uow, customer_id, kinds=kinds, mark=mark, limit=limit)

    def counts(self, actor: Actor, customer_id: int) -> Counts:
        """How many entries there are, for the filters."""
        from posapp.storage.figures.history import count_events

        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor) as uow:
            require_customer(uow, customer_id)
            counts = count_events(uow.connection, actor.business, customer_id)
            return Counts({EventKind(kind): count for kind, count in counts.items()})

    def detail(self, actor: Actor, customer_id: int, event: Event) -> Detail:
        """One entry with its steps."""
        from posapp.storage.base.journal import line_of, lines_about
        from posapp.storage.figures.history import papers_of

        actor.require(Permission.CUSTOMER_READ)
        with self._store.look(actor, snapshot=True) as uow:
            require_customer(uow, customer_id)
            if event.kind == EventKind.BOOKING:
                booking = require_booking(uow, event.number)
                steps = lines_about(uow.connection, actor.business, "booking", booking.id)
                for paper in uow.documents.keys_of_booking(booking.id):
                    steps += lines_about(uow.connection, actor.business, "document", paper)
                return Detail(event, booking, _told(steps))
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


def _told(steps: list[JournalLine]) -> tuple[JournalLine, ...]:
    """The steps in their order; that a paper was begun only matters until it is known how it ended."""
    return tuple(
        sorted((one for one in steps if one.action != Action.PAPER_SENDING), key=lambda step: step.id)
    )
