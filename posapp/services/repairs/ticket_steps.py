"""Steps on a ticket that several desks take within a transaction: find it, hold it, change a state."""

from datetime import timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Permission
from posapp.domain.base.clock import to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, kept_whole, number_of, number_text
from posapp.domain.catalogue.items import MoveKind
from posapp.domain.repairs.estimates import asked_of
from posapp.domain.repairs.parts import PartState, PartUse
from posapp.domain.repairs.tickets import (
    COLLECTED,
    DIAGNOSING,
    Job,
    Needed,
    StateGroup,
    Ticket,
    TicketState,
    missing,
)
from posapp.services.catalogue.stock import held_item, move_stock
from posapp.services.customers.customers import usable_customer

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

NEEDED = {
    Needed.FOUND: "what was found",
    Needed.PRICE: "the price",
    Needed.TECHNICIAN: "who repairs it",
    Needed.SHELF: "the shelf",
}


def require_ticket(uow: "UnitOfWork", number: str) -> Ticket:
    """The ticket of that number; refuses with `ticket_unknown`."""
    digits = number_of(number, Letter.TICKET)
    found = uow.tickets.by_number(digits) if digits is not None else None
    if found is None:
        raise DomainError("ticket_unknown", f"There is no ticket {number.strip()[:20]}.", field="number")
    return found


def held_ticket(uow: "UnitOfWork", number: str) -> Ticket:
    """The ticket, kept from other tills' changes until this transaction ends."""
    uow.tickets.lock(require_ticket(uow, number).id)
    ticket = require_ticket(uow, number)
    if not ticket.is_open:
        usable_customer(uow, ticket.customer_id)
    return ticket


def require_job(ticket: Ticket, position: int) -> Job:
    """The device at that position of a ticket, counted from 1."""
    found = next((job for job in ticket.jobs if job.position == position), None)
    if found is None:
        raise DomainError("job_unknown", f"{ticket.number} has no device {position}.", field="position")
    return found


def refuse_closed(ticket: Ticket) -> None:
    """Refuse to change a ticket whose devices have all left."""
    if not ticket.is_open:
        raise DomainError(
            "ticket_closed", f"{ticket.number} is closed. A manager can open it again with a reason."
        )


def refuse_gone(ticket: Ticket, job: Job) -> None:
    """Refuse to work on a device that has left the shop."""
    refuse_closed(ticket)
    if not job.is_here:
        raise DomainError(
            "device_gone",
            f"{job.device.name} of {ticket.number} has left the shop. A manager can reopen it with a reason.",
            field="position",
        )


def passcode_end(uow: "UnitOfWork") -> int:
    """When the passcode of a device that leaves now is wiped, in microseconds."""
    return to_us(uow.now + timedelta(days=kept_whole(uow.tickets.setting("passcode_days"), 14, most=3650)))


def put_in_state(uow: "UnitOfWork", ticket: Ticket, job: Job, after: TicketState, reason: str = "") -> None:
    """Put a device into a state, with all that hangs on it, and note it; the move was checked before."""
    if not job.is_here:
        _come_back(uow, job)
    uow.tickets.set_state(job.id, after.id, is_here=after.group != StateGroup.CLOSED)
    if after.group == StateGroup.WORK:
        uow.tickets.update_job(job.id, quality_by="", quality_at=None)
    if after.group == StateGroup.CANCELLED:
        release_parts(uow, ticket, job, "Cancelled")
    note_on_job(
        uow,
        Action.TICKET_STATE,
        ticket,
        job,
        before={"state": job.state.code},
        after={"state": after.code, "reason": reason},
    )


def _come_back(uow: "UnitOfWork", job: Job) -> None:
    """A device that had left is here again: the hand-back no longer holds; the journal keeps what it said."""
    refuse_here(uow, job.device.id, f"{job.device.name} {job.device.mark}".strip())
    uow.tickets.update_job(
        job.id, outcome=None, handed_to="", handed_at=None, signature_hash="", passcode_wipe_at=None
    )
    uow.estimates.take_back_warranties(job.id)


def refuse_here(uow: "UnitOfWork", device_id: int, shown: str) -> None:
    """Refuse a device that is in the shop already, on whichever ticket."""
    job_id = uow.devices.job_here(device_id)
    if job_id is None:
        return
    found = uow.tickets.number_of_job(job_id)
    number = number_text(Letter.TICKET, found[0]) if found else ""
    raise DomainError(
        "device_here",
        f"{shown} is in the shop already, on {number}. Open that ticket.",
        field="serial",
        number=number,
    )


def refuse_step(uow: "UnitOfWork", ticket: Ticket, job: Job, after: TicketState) -> None:
    """Refuse to bring a device into a state that is reserved, or that wants to know more of it."""
    if after.is_reserved:
        uow.actor.require(Permission.TICKET_RESERVED, number=ticket.number)
    _refuse_unanswered(uow, ticket, job, after)
    unknown = missing(job, after)
    if unknown:
        *first, last = (NEEDED[one] for one in unknown)
        words = f"{', '.join(first)} and {last}" if first else last
        raise DomainError(
            "state_needs",
            f"Before {ticket.number} is {after.name.lower()}, enter {words}.",
            field=unknown[0].value,
            number=ticket.number,
            position=job.position,
        )


def _refuse_unanswered(uow: "UnitOfWork", ticket: Ticket, job: Job, after: TicketState) -> None:
    """While the customer is asked for a price nobody repairs at it: the device is looked at, or waits.

    One that left unanswered may come back as ready: only here can the answer be noted.
    """
    if not job.is_here and after.group is StateGroup.READY:
        return
    goes_on = after.group is StateGroup.WORK and after.code != DIAGNOSING
    leaves = after.code == COLLECTED and job.state.group is StateGroup.READY
    if not goes_on and not leaves and after.group is not StateGroup.READY:
        return
    asked = asked_of(uow.estimates.of_ticket(ticket.id))
    if asked is not None and job.position in asked.positions:
        raise DomainError(
            "estimate_waits",
            f"Estimate {asked.version} of {ticket.number} waits for the customer. Note the answer first.",
            field="status",
            number=ticket.number,
            position=job.position,
        )


def move_where_allowed(uow: "UnitOfWork", ticket: Ticket, job: Job, to: str, reason: str) -> bool:
    """Put a device into a state if the shop lets it go there, as it is and from where it is."""
    states = uow.tickets.states
    target = next((one for one in states.states if one.code == to and not one.is_archived), None)
    if target is None or (job.state.id, target.id) not in states.moves:
        return False
    try:
        refuse_step(uow, ticket, job, target)
    except DomainError:
        return False
    put_in_state(uow, ticket, job, target, reason)
    return True


def release_parts(uow: "UnitOfWork", ticket: Ticket, job: Job, reason: str) -> None:
    """What was set aside for a device is free again."""
    for part in _reserved_for(uow, job):
        uow.items.reserve(part.item_id, -part.quantity)
        uow.parts.update_use(part.id, state=PartState.RETURNED.value, reason=reason)
        note_on_job(
            uow,
            Action.PART_RETURNED,
            ticket,
            job,
            after={"part": part.name, "quantity": part.quantity, "reason": reason},
        )


def use_reserved_parts(uow: "UnitOfWork", ticket: Ticket, job: Job) -> None:
    """What was set aside for a repaired device went into it: the stock goes down."""
    for part in _reserved_for(uow, job):
        move_stock(
            uow,
            held_item(uow, part.item_id),
            MoveKind.USED,
            -part.quantity,
            reserved=-part.quantity,
            number=ticket.number,
        )
        uow.parts.update_use(part.id, state=PartState.USED.value)
        note_on_job(uow, Action.PART_USED, ticket, job, after={"part": part.name, "quantity": part.quantity})


def _reserved_for(uow: "UnitOfWork", job: Job) -> list[PartUse]:
    """What is set aside for a device, in the order in which everybody holds items."""
    return sorted(uow.parts.reserved_for(job.id), key=lambda one: one.item_id)


def note_on_job(
    uow: "UnitOfWork",
    action: Action,
    ticket: Ticket,
    job: Job,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    """Write a line of the ticket's history that is about one of its devices."""
    after = {**(after or {}), "device": job.device.name, "position": job.position}
    uow.journal.add(action, "ticket", ticket.id, ref=ticket.number, before=before, after=after)
