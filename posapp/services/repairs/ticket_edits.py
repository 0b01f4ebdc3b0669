"""What the ticket desk changes within a transaction: the ticket's own values, a device's, and its state."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.clock import to_us
from posapp.domain.base.names import clean_text
from posapp.domain.repairs.tickets import NOTE_LIMIT, REASON_LIMIT, Job, Ticket, TicketState
from posapp.services.base.edits import refuse_stale
from posapp.services.base.passcodes import Passcodes
from posapp.services.repairs.approved_prices import refuse_price
from posapp.services.repairs.corrections import edited
from posapp.services.repairs.intake import check_due, iso
from posapp.services.repairs.ticket_commands import EditJob, EditTicket, MoveJob, SaveTicket, Unchanged
from posapp.services.repairs.ticket_moves import check_move
from posapp.services.repairs.ticket_steps import (
    held_ticket,
    note_on_job,
    put_in_state,
    refuse_closed,
    refuse_gone,
    require_job,
    require_ticket,
)
from posapp.services.repairs.whole_ticket import steps_of

if TYPE_CHECKING:
    from posapp.storage.repairs.columns import TicketChange
    from posapp.storage.unit_of_work import UnitOfWork


def held_job(uow: "UnitOfWork", command: EditJob | MoveJob) -> tuple[Ticket, Job]:
    """The ticket and the device that a command is about, kept from other tills' changes."""
    ticket = held_ticket(uow, command.number)
    job = require_job(ticket, command.position)
    refuse_stale(ticket.number, job.stamps, command.seen_version)
    return ticket, job


def change_job(uow: "UnitOfWork", passcodes: Passcodes, command: EditJob) -> bool:
    """Correct or complete what is known of a device; whether anything is another now."""
    ticket, job = held_job(uow, command)
    refuse_gone(ticket, job)
    edits = edited(uow, passcodes, job, command)
    if "price_minor" in edits.columns:
        refuse_price(uow, ticket, job, edits.columns["price_minor"])
    if edits.columns:
        uow.tickets.update_job(job.id, **edits.columns)
        note_on_job(uow, Action.TICKET_EDITED, ticket, job, before=edits.before, after=edits.after)
    return bool(edits.columns)


def change_ticket(uow: "UnitOfWork", command: EditTicket) -> bool:
    """Another promise, rush or note; whether anything is another now."""
    ticket = held_ticket(uow, command.number)
    refuse_closed(ticket)
    refuse_stale(ticket.number, ticket.stamps, command.seen_version)
    _refuse_past(uow, ticket, command)
    before, after, values = _changes(ticket, command)
    if values:
        uow.tickets.update(ticket.id, **values)
        uow.journal.add(
            Action.TICKET_EDITED, "ticket", ticket.id, ref=ticket.number, before=before, after=after
        )
    return bool(values)


def _refuse_past(uow: "UnitOfWork", ticket: Ticket, command: EditTicket) -> None:
    """Refuse a promise that is over; one that was given before comes back with whatever is undone."""
    due = command.due
    if isinstance(due, Unchanged) or due in (None, ticket.due):
        return
    told = {line.before.get("due") for line in steps_of(uow, ticket)}
    if iso(due) not in told:
        check_due(uow, due)


def _changes(
    ticket: Ticket, command: EditTicket
) -> "tuple[dict[str, object], dict[str, object], TicketChange]":
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    values: TicketChange = {}
    due, is_rush = command.due, command.is_rush
    if not isinstance(due, Unchanged) and due != ticket.due:
        _tell(before, after, "due", iso(ticket.due), iso(due))
        values["due_at"] = _moment(due)
    if is_rush is not None and is_rush != ticket.is_rush:
        _tell(before, after, "is_rush", ticket.is_rush, is_rush)
        values["is_rush"] = is_rush
    note = None if command.note is None else clean_text(command.note, NOTE_LIMIT, "note")
    if note is not None and note != ticket.note:
        _tell(before, after, "note", ticket.note, note)
        values["note"] = note
    return before, after, values


def _tell(before: dict[str, object], after: dict[str, object], name: str, old: object, new: object) -> None:
    before[name], after[name] = old, new


def _moment(due: datetime | None) -> int | None:
    return to_us(due) if due else None


def change_state(uow: "UnitOfWork", command: MoveJob, *, is_back: bool = False) -> bool:
    """Put a device into another state as the shop's map allows; whether it is in another one now.

    With `is_back` it was there before: the steps of the map that lead there are taken, all or none.
    """
    ticket, job = held_job(uow, command)
    states, reason = uow.tickets.states, clean_text(command.reason, REASON_LIMIT, "reason")
    wanted = states.by_code(command.to)
    way: Sequence[TicketState] = ()
    if wanted.id != job.state.id:
        way = states.way(job.state, wanted) if is_back else (wanted,)
    for after in way:
        ticket = require_ticket(uow, command.number)
        job = require_job(ticket, command.position)
        check_move(uow, states, ticket, job, after, reason)
        put_in_state(uow, ticket, job, after, reason)
    return bool(way)


def save_all(uow: "UnitOfWork", passcodes: Passcodes, command: SaveTicket) -> bool:
    """Everything that was changed on a ticket at once; whether anything is another now.

    What a state wants to know is written before the move into it; a move back comes first, since it may
    bring a device here that had left.
    """
    _refuse_stale(uow, command)
    move = None if command.move is None else replace(command.move, seen_version=None)
    is_changed = False
    if move is not None and command.is_back:
        is_changed = change_state(uow, move, is_back=True)
    if command.ticket is not None:
        is_changed |= change_ticket(uow, replace(command.ticket, seen_version=None))
    for job in command.jobs:
        is_changed |= change_job(uow, passcodes, replace(job, seen_version=None))
    if move is not None and not command.is_back:
        is_changed |= change_state(uow, move)
    return is_changed


def _refuse_stale(uow: "UnitOfWork", command: SaveTicket) -> None:
    """All of it was asked on the same sight: the parts of one save do not outdate each other."""
    ticket = held_ticket(uow, command.number)
    if command.ticket is not None:
        refuse_stale(ticket.number, ticket.stamps, command.ticket.seen_version)
    moves = () if command.move is None else (command.move,)
    for part in (*command.jobs, *moves):
        refuse_stale(ticket.number, require_job(ticket, part.position).stamps, part.seen_version)
