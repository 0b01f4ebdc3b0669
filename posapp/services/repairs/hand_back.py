"""Handing back, inside a transaction: which devices leave, and what keeps them here."""

from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.clock import to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.repairs.photos import is_png
from posapp.domain.repairs.tickets import COLLECTED, Job, Outcome, StateGroup, Ticket
from posapp.services.repairs.intake import REASON_LIMIT, SHORT_LIMIT
from posapp.services.repairs.ticket_commands import HandBack
from posapp.services.repairs.ticket_steps import (
    passcode_end,
    refuse_gone,
    refuse_step,
    release_parts,
    require_job,
    require_ticket,
    use_reserved_parts,
)

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

LONGEST_SIGNATURE = 1 << 20
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
    staying = [job for job in ticket.jobs if job.is_here and job not in jobs]
    out = [loan.name for loan in uow.loaners.of_ticket(ticket.id) if loan.back_at is None]
    if out and not staying:
        raise DomainError(
            "loaner_out",
            f"{', '.join(out)} is still out on {ticket.number}. Take it back first.",
            field="loaner",
        )


def hand_over(uow: "UnitOfWork", ticket: Ticket, command: HandBack, unpaid: dict[str, object]) -> Ticket:
    """Let devices go: who took them, how it ended, what is guaranteed from now on.

    Whether they are paid for is no matter of repairs: the counter asks first, and says in `unpaid` what is
    not and why.
    """
    to = clean_name(command.to)
    if not to or len(to) > SHORT_LIMIT:
        raise DomainError("taker_missing", "Say who takes the device.", field="to")
    reason = clean_text(command.reason, REASON_LIMIT, "reason")
    signature = _kept_signature(uow, command.signature)
    jobs = leaving(ticket, command.positions)
    refuse_loaner(uow, ticket, jobs)
    collected = uow.tickets.states.by_code(COLLECTED)
    for job in jobs:
        uow.tickets.states.check_move(job.state, collected, reason)
        refuse_step(uow, ticket, job, collected)
        uow.tickets.set_state(job.id, collected.id, is_here=False)
        _let_go(uow, ticket, job, command.outcome, to, signature)
        if job.state.group is StateGroup.CANCELLED and job.price_minor is not None:
            uow.tickets.update_job(job.id, price_minor=None)  # what was given up costs nothing
    uow.journal.add(
        Action.TICKET_HANDED_BACK,
        "ticket",
        ticket.id,
        ref=ticket.number,
        before={"state": jobs[0].state.code},
        after={
            "contact": to,
            "outcome": command.outcome.value,
            "devices": [job.device.name for job in jobs],
            "positions": [job.position for job in jobs],
            "reason": reason,
            "signature": signature,
            **unpaid,
        },
    )
    return require_ticket(uow, ticket.number)


def _let_go(uow: "UnitOfWork", ticket: Ticket, job: Job, outcome: Outcome, to: str, signature: str) -> None:
    uow.tickets.update_job(
        job.id,
        outcome=outcome.value,
        handed_to=to,
        handed_at=to_us(uow.now),
        signature_hash=signature,
        passcode_wipe_at=passcode_end(uow),
        shelf_id=None,
    )
    if outcome == Outcome.REPAIRED:
        use_reserved_parts(uow, ticket, job)
        uow.estimates.start_warranties(job.id, job.device.id, uow.now)
    else:
        release_parts(uow, ticket, job, "Not repaired")


def _kept_signature(uow: "UnitOfWork", png: bytes | None) -> str:
    """The hash of a signature that is kept for good, "" for none."""
    if png is None:
        return ""
    if len(png) > LONGEST_SIGNATURE or not is_png(png):
        raise DomainError(
            "signature_invalid", "This signature cannot be kept. Sign again.", field="signature"
        )
    return uow.businesses.keep_picture(png)
