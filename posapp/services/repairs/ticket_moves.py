"""What stands against bringing a device into another state."""

from typing import TYPE_CHECKING

from posapp.domain.base.actor import Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.tickets import COLLECTED, Job, StateGroup, StateMap, Ticket, TicketState
from posapp.services.repairs.ticket_states import settings_of
from posapp.services.repairs.ticket_steps import refuse_step

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def check_move(
    uow: "UnitOfWork", states: StateMap, ticket: Ticket, job: Job, after: TicketState, reason: str
) -> None:
    """Refuse a move that the shop does not allow, that leaves by the wrong door, or that lacks a check."""
    if not job.is_here:
        uow.actor.require(Permission.TICKET_REOPEN, number=ticket.number)
    states.check_move(job.state, after, reason)
    if after.group == StateGroup.CLOSED:
        raise DomainError(
            "hand_back_first",
            f"Hand {ticket.number} back to mark it as collected."
            if after.code == COLLECTED
            else f"Dispose of {ticket.number} in the list of devices that nobody collects.",
            field="status",
        )
    refuse_step(uow, ticket, job, after)
    if after.group == StateGroup.READY and settings_of(uow).quality_check and not job.quality_by:
        raise DomainError(
            "quality_first", "A second person must check the repair before it is ready.", field="status"
        )
