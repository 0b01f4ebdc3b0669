"""The estimate desk: priced versions of a ticket, and what the customer answers.

A version that stays within what was approved holds at once; one above it asks again. Amounts are
computed once, here, and stored; the parts of the version that holds are set aside.
"""

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import LIMIT
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.repairs.estimates import (
    LONGEST_WARRANTY,
    MOST_PIECES,
    Estimate,
    EstimateStatus,
    approved_of,
    asked_of,
)
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.lines import TicketLines, sight_of
from posapp.domain.repairs.tickets import (
    IN_REPAIR,
    NEEDS_APPROVAL,
    Job,
    Ticket,
)
from posapp.services.base.edits import check_price, stale
from posapp.services.repairs.approved_prices import limit_left
from posapp.services.repairs.estimate_parts import follow_estimate
from posapp.services.repairs.line_choices import LineChoice, choices_of
from posapp.services.repairs.ticket_states import settings_of
from posapp.services.repairs.ticket_steps import (
    held_ticket,
    move_where_allowed,
    refuse_closed,
    refuse_gone,
    require_job,
    require_ticket,
)

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
TEXT_LIMIT, REASON_LIMIT, MOST_LINES = 200, 200, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAsked:
    """A line to price: work or a part on the device at `position`; `unit_minor` is the price of one."""

    position: int = 1
    text: str
    quantity: int = 1
    unit_minor: int
    warranty_days: int = 0
    item_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskEstimate:
    """A new version; `seen_version` is the newest one the form showed (0: none yet)."""

    number: str
    lines: tuple[LineAsked, ...]
    seen_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveEstimate:
    """The customer's yes: by whom, how, and up to which price (None: just the total)."""

    number: str
    by: str
    how: ContactHow
    limit_minor: int | None = None
    seen_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineEstimate:
    """The customer's no. `then` is the state that waiting devices go to; empty leaves them waiting."""

    number: str
    by: str
    how: ContactHow
    reason: str = ""
    then: str = "cancelled"
    seen_version: int | None = None


class EstimateDesk:
    """Asks for approval and notes the answer."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def lines(self, actor: Actor, number: str) -> TicketLines:
        """The lines of a ticket, what became of their parts, and how far the price may go."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            ticket = require_ticket(uow, number)
            versions, parts = uow.estimates.of_ticket(ticket.id), uow.parts.of_ticket(ticket.id)
            keys = {line.item_id for one in versions for line in one.lines if line.item_id is not None}
            items = uow.items.some(sorted(keys | {part.item_id for part in parts}))
            return sight_of(versions, parts, {one.id: one for one in items})

    def choices(self, actor: Actor, number: str, words: str, *, position: int = 1) -> list[LineChoice]:
        """What words could mean as a line for a device of a ticket."""
        actor.require(Permission.TICKET_READ)
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return choices_of(uow, require_job(require_ticket(uow, number), position), words)

    def ask(self, actor: Actor, command: AskEstimate) -> Estimate:
        """Keep a new version; its devices wait for the answer unless an earlier yes covers it."""
        actor.require(Permission.TICKET_WRITE)
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, command.number)
            refuse_closed(ticket)
            versions = uow.estimates.of_ticket(ticket.id)
            _refuse_stale(ticket, versions, command.seen_version)
            key = uow.estimates.add(ticket.id, _priced(uow, ticket, command.lines))
            made = uow.estimates.of_ticket(ticket.id)[0]
            uow.journal.add(Action.ESTIMATE_ASKED, "ticket", ticket.id, ref=ticket.number, after=_facts(made))
            holding, limit = approved_of(versions), limit_left(ticket, versions)
            if holding is not None and limit is not None and made.total_minor <= limit:
                _take_over(uow, ticket, made, holding, limit)
            else:
                _wait_for_answer(uow, ticket, made)
            made = _newest(uow, ticket)
            uow.commit()
        log.info("estimate %d of %s, %s", made.version, ticket.number, made.status)
        assert made.id == key
        return made

    def approve(self, actor: Actor, command: ApproveEstimate) -> Estimate:
        """Note the yes: prices hold from now on, what waited for it goes on, and a deposit is asked for."""
        actor.require(Permission.TICKET_WRITE)
        by = _answerer(command.by)
        with self._store.work(actor) as uow:
            ticket, asked = _open_question(uow, command.number, command.seen_version)
            limit = asked.total_minor if command.limit_minor is None else command.limit_minor
            if check_price(limit, field="limit") is not None and limit < asked.total_minor:
                raise DomainError(
                    "limit_low", "The limit is below the estimate. Enter at least its total.", field="limit"
                )
            _note_yes(uow, ticket, asked, by, command.how, limit)
            for job in _waiting(ticket):
                move_where_allowed(uow, ticket, job, IN_REPAIR, "")
            deposit = settings_of(uow).deposit_of(asked.total_minor)
            made = replace(_newest(uow, ticket), deposit_minor=deposit)
            uow.commit()
        return made

    def decline(self, actor: Actor, command: DeclineEstimate) -> Estimate:
        """Note the no; an earlier approved version goes on holding."""
        actor.require(Permission.TICKET_WRITE)
        by = _answerer(command.by)
        reason = clean_text(command.reason, REASON_LIMIT, "reason")
        with self._store.work(actor) as uow:
            ticket, asked = _open_question(uow, command.number, command.seen_version)
            status = EstimateStatus.DECLINED
            uow.estimates.answer(asked.id, status, by=by, how=command.how.value, limit_minor=None)
            _note(uow, ticket, Action.ESTIMATE_DECLINED, asked, by, command.how, reason=reason)
            if command.then:
                uow.tickets.states.by_code(command.then)
                for job in _waiting(ticket):
                    move_where_allowed(uow, ticket, job, command.then, reason or "Estimate declined")
            made = _newest(uow, ticket)
            uow.commit()
        return made


# -- inside a transaction ------------------------------------------------------------------------------
def estimate_at_intake(
    uow: "UnitOfWork", ticket: Ticket, lines: tuple[LineAsked, ...], *, is_agreed: bool
) -> None:
    """The first version, made with the ticket: agreed at the counter, or its devices wait for the answer."""
    uow.estimates.add(ticket.id, _priced(uow, ticket, lines))
    made = _newest(uow, ticket)
    uow.journal.add(Action.ESTIMATE_ASKED, "ticket", ticket.id, ref=ticket.number, after=_facts(made))
    if is_agreed:
        by = ticket.contact_name or ticket.customer_name or str(ticket.pl_id)
        _note_yes(uow, ticket, made, by, ContactHow.IN_PERSON, made.total_minor)
    else:
        _wait_for_answer(uow, ticket, made)


def _wait_for_answer(uow: "UnitOfWork", ticket: Ticket, made: Estimate) -> None:
    for position in sorted({line.position for line in made.lines}):
        move_where_allowed(uow, ticket, require_job(ticket, position), NEEDS_APPROVAL, "")


def _note_yes(
    uow: "UnitOfWork", ticket: Ticket, asked: Estimate, by: str, how: ContactHow, limit_minor: int
) -> None:
    uow.estimates.answer(asked.id, EstimateStatus.APPROVED, by=by, how=how.value, limit_minor=limit_minor)
    prices = _hold_prices(uow, ticket, asked)
    _note(
        uow, ticket, Action.ESTIMATE_APPROVED, asked, by, how, prices[0], limit_minor=limit_minor, **prices[1]
    )


def _note(
    uow: "UnitOfWork",
    ticket: Ticket,
    action: Action,
    asked: Estimate,
    by: str,
    how: ContactHow,
    before: dict[str, object] | None = None,
    **more: object,
) -> None:
    after = {**_facts(asked), "contact": by, "how": how.value, **more}
    uow.journal.add(action, "ticket", ticket.id, ref=ticket.number, before=before, after=after)


def _priced(uow: "UnitOfWork", ticket: Ticket, lines: tuple[LineAsked, ...]) -> list[dict[str, object]]:
    if not 1 <= len(lines) <= MOST_LINES:
        raise DomainError("lines_count", "An estimate has between 1 and 100 lines.", field="lines")
    rows = [_row(uow, ticket, place, line) for place, line in enumerate(lines, start=1)]
    if sum(int(str(row["amount_minor"])) for row in rows) >= LIMIT:
        raise DomainError("price_invalid", "This estimate is too high to be true. Check the prices.")
    return rows


def _row(uow: "UnitOfWork", ticket: Ticket, place: int, line: LineAsked) -> dict[str, object]:
    job = require_job(ticket, line.position)
    refuse_gone(ticket, job)
    text = clean_text(line.text, TEXT_LIMIT, "text")
    if not text and line.item_id is not None:
        item = uow.items.get(line.item_id)
        text = item.name if item else ""
    if not text:
        raise DomainError("line_text", "Say what each line is for.", field="text", line=place)
    if not 1 <= line.quantity <= MOST_PIECES:
        raise DomainError(
            "quantity_invalid", "Enter a quantity from 1 to 10,000.", field="quantity", line=place
        )
    if not 0 <= line.unit_minor < LIMIT:
        check_price(line.unit_minor)
    if not 0 <= line.warranty_days <= LONGEST_WARRANTY:
        raise DomainError(
            "warranty_invalid", "Enter a warranty of 0 to 3,650 days.", field="warranty", line=place
        )
    if line.item_id is not None and uow.items.get(line.item_id) is None:
        raise DomainError("item_unknown", "This item is not in the catalogue.", field="item", line=place)
    return {
        "job_id": job.id,
        "item_id": line.item_id,
        "text": text,
        "quantity": line.quantity,
        "unit_minor": line.unit_minor,
        "amount_minor": line.unit_minor * line.quantity,
        "warranty_days": line.warranty_days,
    }


def _take_over(
    uow: "UnitOfWork", ticket: Ticket, made: Estimate, holding: Estimate, limit_minor: int
) -> None:
    """A version within what was approved needs no new yes: the one that was given covers it."""
    uow.estimates.answer(
        made.id,
        EstimateStatus.APPROVED,
        by=holding.answered_by,
        how=holding.answered_how,
        limit_minor=limit_minor,
        at=holding.answered_at,
    )
    before, prices = _hold_prices(uow, ticket, made)
    after = {**_facts(made), "limit_minor": limit_minor, "covered_by": holding.version, **prices}
    uow.journal.add(
        Action.ESTIMATE_COVERED, "ticket", ticket.id, ref=ticket.number, before=before, after=after
    )
    for job in _waiting(ticket):
        move_where_allowed(uow, ticket, job, IN_REPAIR, "")


def _hold_prices(
    uow: "UnitOfWork", ticket: Ticket, made: Estimate
) -> tuple[dict[str, object], dict[str, object]]:
    """The approved version alone says what each device costs that is here; others left at their price.

    Answers the prices by position as the journal tells them, before and after.
    """
    approved = approved_of([one for one in uow.estimates.of_ticket(ticket.id) if one.id != made.id])
    uow.estimates.replace_others(ticket.id, made.id)
    follow_estimate(uow, ticket, approved, made)
    dropped = {line.position for line in approved.lines} if approved else set()
    priced = {line.position for line in made.lines}
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    for job in ticket.jobs:
        if job.is_here and job.position in priced | dropped:
            price = made.total_of(job.position) if job.position in priced else None
            uow.tickets.update_job(job.id, price_minor=price)
            before[str(job.position)], after[str(job.position)] = job.price_minor, price
    return {"prices": before}, {"prices": after}


def _open_question(uow: "UnitOfWork", number: str, seen_version: int | None) -> tuple[Ticket, Estimate]:
    ticket = held_ticket(uow, number)
    refuse_closed(ticket)
    versions = uow.estimates.of_ticket(ticket.id)
    _refuse_stale(ticket, versions, seen_version)
    asked = asked_of(versions)
    if asked is None:
        raise DomainError("estimate_none", f"No estimate of {ticket.number} waits for an answer.")
    return ticket, asked


def _refuse_stale(ticket: Ticket, versions: list[Estimate], seen_version: int | None) -> None:
    newest = versions[0].version if versions else 0
    if seen_version not in (None, newest):
        raise stale(ticket.number, versions[0].created_by if versions else ticket.stamps.updated_by)


def _waiting(ticket: Ticket) -> list[Job]:
    return [job for job in ticket.jobs if job.state.code == NEEDS_APPROVAL]


def _newest(uow: "UnitOfWork", ticket: Ticket) -> Estimate:
    return uow.estimates.of_ticket(ticket.id)[0]


def _answerer(by: str) -> str:
    name = clean_name(by)
    if not name or len(name) > TEXT_LIMIT:
        raise DomainError("answerer_missing", "Say who gave the answer.", field="by")
    return name


def _facts(estimate: Estimate) -> dict[str, object]:
    return {"estimate": estimate.version, "total_minor": estimate.total_minor}
