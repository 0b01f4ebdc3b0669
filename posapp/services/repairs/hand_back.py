"""Handing back, inside a transaction: which devices leave, and what keeps them here."""

from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.clock import to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.repairs.tickets import (
    COLLECTED,
    REASON_LIMIT,
    SHORT_LIMIT,
    Job,
    Outcome,
    StateGroup,
    Ticket,
)
from posapp.services.repairs.signatures import kept_signature
from posapp.services.repairs.ticket_commands import Apart, HandBack
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
    """Let devices go: who took each, how it ended, what is guaranteed from now on.

    Whether they are paid for is no matter of repairs: the counter asks first, and says in `unpaid` what is
    not and why. The history has a line for all that one person took with one outcome.
    """
    reason = clean_text(command.reason, REASON_LIMIT, "reason")
    jobs = leaving(ticket, command.positions)
    refuse_loaner(uow, ticket, jobs)
    ends = _ends(ticket, jobs, command)
    signature = kept_signature(uow, command.signature)
    collected = uow.tickets.states.by_code(COLLECTED)
    for job in jobs:
        uow.tickets.states.check_move(job.state, collected, reason)
        refuse_step(uow, ticket, job, collected)
        uow.tickets.set_state(job.id, collected.id, is_here=False)
        _let_go(uow, ticket, job, *ends[job.position], signature)
        if job.state.group is StateGroup.CANCELLED and job.price_minor is not None:
            uow.tickets.update_job(job.id, price_minor=None)  # what was given up costs nothing
    told: dict[str, object] = {"reason": reason, "signature": signature, **unpaid}
    for outcome, to in dict.fromkeys(ends.values()):
        together = [job for job in jobs if ends[job.position] == (outcome, to)]
        _note(uow, ticket, together, {"contact": to, "outcome": outcome.value, **told})
        told = {name: value for name, value in told.items() if name not in unpaid}  # it is owed once
    return require_ticket(uow, ticket.number)


def _ends(ticket: Ticket, jobs: tuple[Job, ...], command: HandBack) -> dict[int, tuple[Outcome, str]]:
    """By position: how it ended, and who takes it."""
    apart = {one.position: one for one in command.apart}
    for position in apart.keys() - {job.position for job in jobs}:
        named = require_job(ticket, position).device.name
        raise DomainError("device_stays", f"{named} stays here. Say only of what leaves how it ended.")
    ends = {}
    for job in jobs:
        own = apart.get(job.position, Apart(job.position))
        ends[job.position] = (_outcome(job, own.outcome, command.outcome), _taker(own.to or command.to))
    return ends


def _outcome(job: Job, own: Outcome | None, usual: Outcome) -> Outcome:
    """How a device ended; one that was given up is not repaired."""
    if job.state.group is not StateGroup.CANCELLED or (own or usual) is not Outcome.REPAIRED:
        return own or usual
    if own is not None:
        raise DomainError(
            "outcome_cancelled", f"The repair of {job.device.name} was given up.", field="outcome"
        )
    return Outcome.NOT_REPAIRED


def _taker(name: str) -> str:
    to = clean_name(name)
    if not to or len(to) > SHORT_LIMIT:
        raise DomainError("taker_missing", "Say who takes the device.", field="to")
    return to


def _note(uow: "UnitOfWork", ticket: Ticket, jobs: list[Job], told: dict[str, object]) -> None:
    uow.journal.add(
        Action.TICKET_HANDED_BACK,
        "ticket",
        ticket.id,
        ref=ticket.number,
        before={"state": jobs[0].state.code},
        after={
            **told,
            "devices": [job.device.name for job in jobs],
            "positions": [job.position for job in jobs],
        },
    )


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
