"""The desk of uncollected devices: what waits for its owner, reminders, storage fee, disposal.

Days count from the moment a device became ready (or was cancelled). The shop's settings say after how
many days each reminder is due, from when storing costs what, and when a device may be disposed of.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.repairs.informing import (
    ContactKind,
    ContactLine,
    Uncollected,
    reminder_due,
    storage_fee,
)
from posapp.domain.repairs.tickets import DISPOSED, BoardCard, Job, Ticket
from posapp.domain.repairs.waiting import FOR_OWNERS
from posapp.services.repairs.informing import Inform, note_message
from posapp.services.repairs.ticket_states import RepairSettings, settings_of
from posapp.services.repairs.ticket_steps import (
    held_ticket,
    note_on_job,
    passcode_end,
    release_parts,
    require_job,
)

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

WORDS_LIMIT, REASON_LIMIT = 1000, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind(Inform):
    """That the customer was reminded to collect."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispose:
    """A device that nobody collects leaves the shop for good; the reason says how and on what ground."""

    number: str
    reason: str
    position: int = 1


class UncollectedDesk:
    """Lists what waits too long, reminds, disposes."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def list(self, actor: Actor, *, from_days: int | None = None) -> list[Uncollected]:
        """What waits at least `from_days`, the longest waiting first.

        None: what the shop calls uncollected, and whatever a reminder is due for before that.
        """
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            settings = settings_of(uow)
            usual = settings.uncollected_days
            days = min((usual, *settings.reminder_days)) if from_days is None else from_days
            lines = _lines(uow, settings, days)
        return [one for one in lines if from_days is not None or one.days >= usual or one.due_step]

    def remind(self, actor: Actor, command: Remind) -> ContactLine:
        """Note that a reminder went out: the next one for everything on the ticket that waits."""
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, command.number)
            made = note_message(uow, ticket, ContactKind.REMINDER, command, _next_step(uow, ticket))
            uow.commit()
        return made

    def dispose(self, actor: Actor, command: Dispose) -> Ticket:
        """Close a device that nobody collects; refused before the shop's days are over."""
        actor.require(Permission.DEVICE_DISPOSE, of=command)
        reason = clean_text(command.reason, REASON_LIMIT, "reason")
        if not reason:
            raise DomainError("reason_missing", "Say how and why it is disposed of.", field="reason")
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, command.number)
            job = require_job(ticket, command.position)
            settings = settings_of(uow)
            days = _refuse_early(ticket, job, settings, uow.now)
            state = uow.tickets.states.by_code(DISPOSED)
            uow.tickets.set_state(job.id, state.id, is_here=False)
            uow.tickets.update_job(job.id, shelf_id=None, passcode_wipe_at=passcode_end(uow))
            release_parts(uow, ticket, job, "Disposed of")
            sent = _sent_for(uow, ticket)
            note_on_job(
                uow,
                Action.TICKET_DISPOSED,
                ticket,
                job,
                before={"state": job.state.code},
                after={
                    "state": DISPOSED,
                    "reason": reason,
                    "days": days,
                    "reminders": len(sent),
                    "fee_minor": storage_fee(days, settings.storage_free_days, settings.storage_fee_minor),
                },
            )
            after = held_ticket(uow, command.number)
            uow.commit()
        return after


def fee_of(uow: "UnitOfWork", job: Job) -> int:
    """What storing a device that waits for its owner has cost so far."""
    if job.state.group not in FOR_OWNERS or not job.is_here:
        return 0
    settings, days = settings_of(uow), (uow.now - job.state_since).days
    return storage_fee(days, settings.storage_free_days, settings.storage_fee_minor)


def waiting_for_owners(uow: "UnitOfWork") -> list[Uncollected]:
    """Everything with which nothing is left to do but hand it over, the longest waiting first."""
    return _lines(uow, settings_of(uow), 0)


def _lines(uow: "UnitOfWork", settings: RepairSettings, days: int) -> list[Uncollected]:
    """What waits at least so many days."""
    states = [one.id for one in uow.tickets.states.states if one.group in FOR_OWNERS]
    cards = uow.informing.waiting(states, uow.now - timedelta(days=days))
    sent = uow.informing.reminders(sorted({card.ticket_id for card in cards}))
    first = {card.ticket_id: card.state_since for card in reversed(cards)}
    told = {key: _sent_since(sent.get(key, []), since) for key, since in first.items()}
    return [_line(card, told[card.ticket_id], settings, uow.now) for card in cards]


def _line(card: BoardCard, sent: "list[datetime]", settings: RepairSettings, now: datetime) -> Uncollected:
    days = (now - card.state_since).days
    due, next_at = reminder_due(card.state_since, now, settings.reminder_days, sent)
    return Uncollected(
        card,
        card.state_since,
        days,
        len(sent),
        due,
        next_at,
        storage_fee(days, settings.storage_free_days, settings.storage_fee_minor),
        days >= settings.dispose_days,
    )


def _sent_since(sent: "list[datetime]", since: datetime) -> "list[datetime]":
    """Reminders of an earlier stay do not count."""
    return [at for at in sent if at > since]


def _sent_for(uow: "UnitOfWork", ticket: Ticket) -> "list[datetime]":
    """When the customer was reminded of what waits, since the first device of the ticket began to."""
    waiting = [job.state_since for job in ticket.jobs if job.state.group in FOR_OWNERS]
    sent = uow.informing.reminders([ticket.id]).get(ticket.id, [])
    return _sent_since(sent, min(waiting)) if waiting else []


def _next_step(uow: "UnitOfWork", ticket: Ticket) -> int:
    if not any(job.state.group in FOR_OWNERS for job in ticket.jobs):
        raise DomainError("nothing_waits", f"Nothing of {ticket.number} waits to be collected.")
    return len(_sent_for(uow, ticket)) + 1


def _refuse_early(ticket: Ticket, job: Job, settings: RepairSettings, now: datetime) -> int:
    if job.state.group not in FOR_OWNERS:
        raise DomainError(
            "dispose_state", f"{job.device.name} of {ticket.number} does not wait to be collected."
        )
    days = (now - job.state_since).days
    if days < settings.dispose_days:
        raise DomainError(
            "dispose_early",
            f"{job.device.name} waits for {days} days. It may be disposed of after {settings.dispose_days}.",
            days=days,
        )
    return days
