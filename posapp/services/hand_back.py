"""Handing back, inside a transaction: which devices leave, and what keeps them here."""

from typing import TYPE_CHECKING

from posapp.domain.errors import DomainError
from posapp.domain.tickets import Job, StateGroup, Ticket
from posapp.services.ticket_steps import refuse_gone, require_job

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

DONE = (StateGroup.READY, StateGroup.CANCELLED)


def leaving(ticket: Ticket, positions: tuple[int, ...]) -> tuple[Job, ...]:
    """The devices that are handed back: the named ones, or all that are done."""
    if positions:
        named = tuple(require_job(ticket, position) for position in dict.fromkeys(positions))
        for job in named:
            refuse_gone(ticket, job)
        return named
    done = tuple(job for job in ticket.jobs if job.state.group in DONE)
    if not done:
        raise DomainError("nothing_ready", f"No device of {ticket.number} is ready to be handed back.")
    return done


def refuse_loaner(uow: "UnitOfWork", ticket: Ticket, jobs: tuple[Job, ...]) -> None:
    """The last device stays until the loaner is back."""
    staying = [job for job in ticket.jobs if job.state.group != StateGroup.CLOSED and job not in jobs]
    out = [loan.name for loan in uow.loaners.of_ticket(ticket.id) if loan.back_at is None]
    if out and not staying:
        raise DomainError(
            "loaner_out",
            f"{', '.join(out)} is still out on {ticket.number}. Take it back first.",
            field="loaner",
        )
