"""The parts desk: what repairs reserve, use, return and scrap of the items of the catalogue.

Free stock is the stock less what is reserved. Each step holds the item, so that two tills never promise
the same last part, and the database refuses a stock below zero.
"""

from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.catalogue.items import Item, MoveKind
from posapp.domain.repairs.parts import PartState, PartUse
from posapp.domain.repairs.tickets import Job, StateGroup, Ticket
from posapp.services.catalogue.items import REASON_LIMIT
from posapp.services.catalogue.stock import held_item, move_stock, short_of
from posapp.services.repairs.ticket_steps import (
    held_ticket,
    note_on_job,
    refuse_gone,
    require_job,
    require_ticket,
)

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

MOST_PIECES = 10_000
_S = PartState
STEPS: dict[tuple[PartState, PartState], MoveKind | None] = {
    (_S.RESERVED, _S.USED): MoveKind.USED,
    (_S.RESERVED, _S.RETURNED): None,
    (_S.RESERVED, _S.SCRAPPED): MoveKind.SCRAPPED,
    (_S.USED, _S.RETURNED): MoveKind.RETURNED,
    (_S.USED, _S.SCRAPPED): None,
}
"""What may become of pieces, and how that moves the stock: reserved ones still lie on the shelf."""


class PartDesk:
    """Follows the parts of repairs."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def of_ticket(self, actor: Actor, number: str) -> list[PartUse]:
        """What the devices of a ticket took, in order of taking."""
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.parts.of_ticket(require_ticket(uow, number).id)

    def reserve(
        self, actor: Actor, number: str, item_id: int, *, position: int = 1, quantity: int = 1
    ) -> PartUse:
        """Set pieces aside for a device; refused where too few are free."""
        return self._take(actor, number, item_id, position, quantity, PartState.RESERVED)

    def use_now(
        self, actor: Actor, number: str, item_id: int, *, position: int = 1, quantity: int = 1
    ) -> PartUse:
        """Take pieces of the free stock and use them at once."""
        return self._take(actor, number, item_id, position, quantity, PartState.USED)

    def _take(
        self, actor: Actor, number: str, item_id: int, position: int, quantity: int, state: PartState
    ) -> PartUse:
        actor.require(Permission.TICKET_WRITE)
        if not 1 <= quantity <= MOST_PIECES:
            raise DomainError("quantity_invalid", "Enter a quantity from 1 to 10,000.", field="quantity")
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, number)
            job = require_job(ticket, position)
            refuse_gone(ticket, job)
            if job.state.group is StateGroup.CANCELLED:
                raise DomainError(
                    "repair_cancelled",
                    f"The repair of {job.device.name} was cancelled. Bring it back into another state first.",
                    field="position",
                )
            item = held_item(uow, item_id)
            if item.is_archived:
                raise DomainError("item_archived", f"{item.name} is no longer in use.", field="item")
            if item.free < quantity:
                raise _short(uow, item)
            made = _require_part(uow, take_part(uow, ticket, job, item, quantity, state))
            uow.commit()
        return made

    def use(self, actor: Actor, part_id: int, *, quantity: int | None = None) -> PartUse:
        """Reserved pieces (all, or some) went into the device."""
        return self._step(actor, part_id, PartState.USED, quantity, "")

    def give_back(
        self, actor: Actor, part_id: int, *, quantity: int | None = None, reason: str = ""
    ) -> PartUse:
        """Pieces that were reserved or used go back to the shelf."""
        return self._step(actor, part_id, PartState.RETURNED, quantity, reason)

    def scrap(self, actor: Actor, part_id: int, reason: str, *, quantity: int | None = None) -> PartUse:
        """Pieces are broken or lost: they leave the stock, with a reason."""
        actor.require(Permission.TICKET_WRITE)
        return self._step(actor, part_id, PartState.SCRAPPED, quantity, _reason(reason))

    def _step(
        self, actor: Actor, part_id: int, after: PartState, quantity: int | None, reason: str
    ) -> PartUse:
        actor.require(Permission.TICKET_WRITE)
        reason = clean_text(reason, REASON_LIMIT, "reason")
        with self._store.work(actor) as uow:
            ticket = held_ticket(uow, _require_part(uow, part_id).number)
            part = _require_part(uow, part_id)
            refuse_gone(ticket, require_job(ticket, part.position))
            item = held_item(uow, part.item_id)
            if (part.state, after) not in STEPS:
                raise DomainError(
                    "part_step", f"This part is {part.state} and cannot become {after}.", field="part"
                )
            pieces = part.quantity if quantity is None else quantity
            if not 1 <= pieces <= part.quantity:
                raise DomainError(
                    "quantity_invalid", f"Enter a quantity from 1 to {part.quantity}.", field="quantity"
                )
            made = _require_part(uow, step_part(uow, ticket, part, item, after, pieces, reason))
            uow.commit()
        return made


# -- inside a transaction ------------------------------------------------------------------------------
def take_part(
    uow: "UnitOfWork", ticket: Ticket, job: Job, item: Item, quantity: int, state: PartState
) -> int:
    """Set pieces of a held item aside for a device, or use them at once; returns the key of their row."""
    key = uow.parts.add_use(job.id, item.id, quantity, state)
    if state == PartState.USED:
        move_stock(uow, item, MoveKind.USED, -quantity, number=ticket.number)
    else:
        uow.items.reserve(item.id, quantity)
    _note(uow, ticket, job, state, item.name, quantity)
    return key


def step_part(
    uow: "UnitOfWork",
    ticket: Ticket,
    part: PartUse,
    item: Item,
    after: PartState,
    pieces: int,
    reason: str,
) -> int:
    """Let some pieces of a held item, or all, become what is allowed by `STEPS`; returns their row's key."""
    key = part.id
    if pieces < part.quantity:
        uow.parts.update_use(part.id, quantity=part.quantity - pieces)
        key = uow.parts.add_use(part.job_id, part.item_id, pieces, after, reason=reason)
    else:
        uow.parts.update_use(part.id, state=after.value, reason=reason)
    _shelve(uow, item, ticket, (part.state, after), pieces)
    _note(uow, ticket, require_job(ticket, part.position), after, item.name, pieces, reason)
    return key


def _reason(text: str) -> str:
    reason = clean_text(text, REASON_LIMIT, "reason")
    if not reason:
        raise DomainError("reason_missing", "Say why.", field="reason")
    return reason


def _require_part(uow: "UnitOfWork", key: int) -> PartUse:
    found = uow.parts.use(key)
    if found is None:
        raise DomainError("part_unknown", "This part is on no ticket of this shop.", field="part")
    return found


def _short(uow: "UnitOfWork", item: Item) -> DomainError:
    return short_of(item, ", ".join(dict.fromkeys(part.number for part in uow.parts.holders_of(item.id))))


def _shelve(
    uow: "UnitOfWork", item: Item, ticket: Ticket, step: tuple[PartState, PartState], pieces: int
) -> None:
    """Let the stock, and what is reserved of it, follow a step of a part."""
    kind, freed = STEPS[step], -pieces if step[0] is PartState.RESERVED else 0
    if kind is not None:
        by = pieces if kind is MoveKind.RETURNED else -pieces
        move_stock(uow, item, kind, by, reserved=freed, number=ticket.number)
    elif freed:
        uow.items.reserve(item.id, freed)


def _note(
    uow: "UnitOfWork",
    ticket: Ticket,
    job: Job,
    state: PartState,
    name: str,
    quantity: int,
    reason: str = "",
) -> None:
    note_on_job(
        uow,
        Action(f"part.{state.value}"),
        ticket,
        job,
        after={"part": name, "quantity": quantity, "reason": reason},
    )
