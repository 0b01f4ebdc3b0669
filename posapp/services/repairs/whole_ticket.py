"""A ticket with everything around it, read in one snapshot: what its sheet shows and its papers say."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.journal import JournalLine
from posapp.domain.customers.customers import Contact
from posapp.domain.repairs.estimates import Estimate
from posapp.domain.repairs.loaners import Loan, Loaner
from posapp.domain.repairs.photos import Photo
from posapp.domain.repairs.tickets import StateMap, Ticket
from posapp.services.customers.customers import require_customer
from posapp.services.repairs.claims import Guarantees, guarantees_of
from posapp.services.repairs.ticket_states import settings_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class WholeTicket:
    """A ticket, what belongs to it, its steps, and what the shop's settings say about it."""

    ticket: Ticket
    states: StateMap
    estimates: tuple[Estimate, ...]
    loans: tuple[Loan, ...]
    free_loaners: tuple[Loaner, ...]
    photos: tuple[Photo, ...]
    steps: tuple[JournalLine, ...]
    contacts: tuple[Contact, ...]
    checks_quality: bool
    guarantees: Guarantees
    shelves: tuple[str, ...] = ()
    """The codes of the shop's shelves, by which a scan is known as one."""

    @property
    def out(self) -> tuple[Loan, ...]:
        """Loaners that the customer still has."""
        return tuple(loan for loan in self.loans if loan.back_at is None)

    @property
    def has_hand_back(self) -> bool:
        """Whether a device was handed back, so that its paper can be printed, also once all have left."""
        return any(job.handed_at is not None for job in self.ticket.jobs)


def whole_ticket(uow: "UnitOfWork", ticket: Ticket) -> WholeTicket:
    """What there is around a ticket; of loaners only what the shop has to lend now."""
    return WholeTicket(
        ticket,
        uow.tickets.states,
        tuple(uow.estimates.of_ticket(ticket.id)),
        tuple(uow.loaners.of_ticket(ticket.id)),
        tuple(uow.loaners.free()),
        tuple(uow.photos.of_ticket(ticket.id)),
        tuple(steps_of(uow, ticket)),
        require_customer(uow, ticket.customer_id).contacts,
        settings_of(uow).quality_check,
        guarantees_of(uow, ticket),
        uow.tickets.shelves(),
    )


def steps_of(uow: "UnitOfWork", ticket: Ticket) -> list[JournalLine]:
    """Everything that ever happened to a ticket, the oldest first."""
    from posapp.storage.base.journal import lines_about

    return lines_about(uow.connection, uow.actor.business, "ticket", ticket.id)
