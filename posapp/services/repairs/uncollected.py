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
from posapp.domain.repairs.tickets import DISPOSED, BoardCard, Job, StateGroup, Ticket
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
WAITING = (StateGroup.READY, StateGroup.CANCELLED)


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
        """What waits at least `from_days` (None: the shop's setting), the longest waiting first."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            settings = settings_of(uow)
            days = settings.uncollected_days if from_days is None else from_days
            groups = {one.id: one.group for one in uow.tickets.states.states}
            states = [key for key, group in groups.items() if group in WAITING]
            cards = uow.informing.waiting(states, uow.now - timedelta(days=days))
            sent = uow.informing.reminders(sorted({card.ticket_id for card in cards}))
            return [_line(card, sent.get(card.ticket_id, []), settings, uow.now) for card in cards]

    def remind(self, actor: Actor, command: Remind) -> ContactLine:
        """Note that a reminder went out; it counts as every step that was due."""
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
            sent = _reminders_since(uow.informing.reminders([ticket.id]).get(ticket.id, []), job.state_since)
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
    if job.state.group not in WAITING or not job.is_here:
        return 0
    settings, days = settings_of(uow), (uow.now - job.state_since).days
    return storage_fee(days, settings.storage_free_days, settings.storage_fee_minor)


def _line(
    card: BoardCard, sent: "list[tuple[int, datetime]]", settings: RepairSettings, now: datetime
) -> Uncollected:
    days = (now - card.state_since).days
    step = max((step for step, _ in _reminders_since(sent, card.state_since)), default=0)
    due, next_at = reminder_due(card.state_since, now, settings.reminder_days, step)
    return Uncollected(
        card,
        card.state_since,
        days,
        step,
        due,
        next_at,
        storage_fee(days, settings.storage_free_days, settings.storage_fee_minor),
        days >= settings.dispose_days,
    )


def _reminders_since(sent: "list[tuple[int, datetime]]", since: datetime) -> "list[tuple[int, datetime]]":
    """Reminders of an earlier stay do not count."""
    return [(step, at) for step, at in sent if at > since]


def _next_step(uow: "UnitOfWork", ticket: Ticket) -> int:
    waiting = [job for job in ticket.jobs if job.state.group in WAITING]
    if not waiting:
        raise DomainError("nothing_waits", f"Nothing of {ticket.number} waits to be collected.")
    since = min(job.state_since for job in waiting)
    sent = _reminders_since(uow.informing.reminders([ticket.id]).get(ticket.id, []), since)
    last = max((step for step, _ in sent), default=0)
    due, _ = reminder_due(since, uow.now, settings_of(uow).reminder_days, last)
    return due or last + 1


def _refuse_early(ticket: Ticket, job: Job, settings: RepairSettings, now: datetime) -> int:
    if job.state.group not in WAITING:
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
