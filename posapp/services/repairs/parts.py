"""The parts desk: a plain catalogue with stock, and what repairs reserve, use, return and scrap of it.

Free stock is the stock less what is reserved. Each step holds the item, so that two tills never promise
the same last part, and the database refuses a stock below zero.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name, clean_name, clean_text
from posapp.domain.repairs.parts import Item, ItemKind, PartState, PartUse
from posapp.domain.repairs.tickets import Job, Ticket
from posapp.services.repairs.ticket_steps import (
    check_price,
    held_ticket,
    note_on_job,
    refuse_gone,
    require_job,
    require_ticket,
    stale,
)

if TYPE_CHECKING:
    from posapp.storage.repairs.parts import ItemColumns
    from posapp.storage.unit_of_work import Store, UnitOfWork

SKU_LIMIT, REASON_LIMIT, MOST_PIECES, MOST_STOCK = 40, 200, 10_000, 10**9
_S = PartState
# What may become of pieces, and what that does to the stock: reserved ones still lie on the shelf.
STEPS: dict[tuple[PartState, PartState], int] = {
    (_S.RESERVED, _S.USED): -1,
    (_S.RESERVED, _S.RETURNED): 0,
    (_S.RESERVED, _S.SCRAPPED): -1,
    (_S.USED, _S.RETURNED): 1,
    (_S.USED, _S.SCRAPPED): 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveItem:
    """A new item, or (with `id`) other values for one; its stock changes through `change_stock` alone."""

    sku: str
    name: str
    kind: ItemKind = ItemKind.PART
    price_minor: int = 0
    reorder_level: int = 0
    id: int | None = None
    is_archived: bool = False
    seen_version: int | None = None


class PartDesk:
    """Keeps the catalogue and follows the parts of repairs."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- the catalogue -----------------------------------------------------------------------------
    def items(
        self, actor: Actor, words: str = "", *, with_archived: bool = False, limit: int = 200
    ) -> list[Item]:
        """Items whose SKU begins with the words or whose name holds them, with stock and free stock."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.parts.items(clean_name(words), with_archived=with_archived, limit=limit)

    def item(self, actor: Actor, item_id: int) -> Item:
        """One item."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return _require_item(uow, item_id)

    def save_item(self, actor: Actor, command: SaveItem) -> Item:
        """Put an item into the catalogue, change it, or archive it."""
        actor.require(Permission.SHOP_WRITE)
        values = _item_values(command)
        with self._store.work(actor) as uow:
            known = None if command.is_archived else uow.parts.by_sku(values["sku"])
            if known is not None and known.id != command.id:
                raise DomainError("sku_exists", f"{known.name} has this SKU already.", field="sku")
            if command.id is None:
                key = uow.parts.add_item(**values)
                uow.journal.add(Action.ITEM_ADDED, "item", key, ref=values["sku"], after=_told(values))
            else:
                key = self._change(uow, command, values)
            made = _require_item(uow, key)
            uow.commit()
        return made

    def _change(self, uow: "UnitOfWork", command: SaveItem, values: "ItemColumns") -> int:
        before = _held_item(uow, command.id or 0)
        if command.seen_version not in (None, before.stamps.version):
            raise stale(before.name, before.stamps.updated_by)
        if command.is_archived and before.reserved:
            raise DomainError(
                "item_reserved", f"{before.reserved} of {before.name} are reserved. Return them first."
            )
        uow.parts.update_item(before.id, is_archived=command.is_archived, **values)
        uow.journal.add(
            Action.ITEM_CHANGED,
            "item",
            before.id,
            ref=values["sku"],
            before=_told(_facts(before)),
            after={**_told(values), "is_archived": command.is_archived},
        )
        return before.id

    def change_stock(self, actor: Actor, item_id: int, by: int, reason: str) -> Item:
        """Add to the stock or take from it (`by` below zero), with a reason: delivery, count, loss."""
        actor.require(Permission.SHOP_WRITE)
        reason = _reason(reason)
        if not -MOST_STOCK <= by <= MOST_STOCK or by == 0:
            raise DomainError("quantity_invalid", "Enter how many came in or went out.", field="quantity")
        with self._store.work(actor) as uow:
            item = _held_item(uow, item_id)
            if item.stock + by > MOST_STOCK:
                raise DomainError("quantity_invalid", "That is more than any shelf holds.", field="quantity")
            if item.stock + by < item.reserved:
                raise _short(uow, item)
            uow.parts.change_stock(item.id, by)
            uow.journal.add(
                Action.ITEM_STOCK,
                "item",
                item.id,
                ref=item.sku,
                before={"stock": item.stock},
                after={"stock": item.stock + by, "by": by, "reason": reason},
            )
            made = _require_item(uow, item_id)
            uow.commit()
        return made

    # -- parts of repairs --------------------------------------------------------------------------
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
            item = _held_item(uow, item_id)
            if item.is_archived:
                raise DomainError("item_archived", f"{item.name} is no longer in use.", field="item")
            if item.free < quantity:
                raise _short(uow, item)
            key = uow.parts.add_use(job.id, item.id, quantity, state)
            if state == PartState.USED:
                _stock(uow, item, -quantity)
            _note(uow, ticket, job, state, item.name, quantity)
            made = uow.parts.use(key)
            uow.commit()
        assert made is not None  # it was added above
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
            item = _held_item(uow, part.item_id)
            sign = STEPS.get((part.state, after))
            if sign is None:
                raise DomainError(
                    "part_step", f"This part is {part.state} and cannot become {after}.", field="part"
                )
            pieces = part.quantity if quantity is None else quantity
            if not 1 <= pieces <= part.quantity:
                raise DomainError(
                    "quantity_invalid", f"Enter a quantity from 1 to {part.quantity}.", field="quantity"
                )
            key = part.id
            if pieces < part.quantity:
                uow.parts.update_use(part.id, quantity=part.quantity - pieces)
                key = uow.parts.add_use(part.job_id, part.item_id, pieces, after, reason=reason)
            else:
                uow.parts.update_use(part.id, state=after.value, reason=reason)
            if sign:
                _stock(uow, item, sign * pieces)
            _note(uow, ticket, require_job(ticket, part.position), after, item.name, pieces, reason)
            made = _require_part(uow, key)
            uow.commit()
        return made


# -- inside a transaction ------------------------------------------------------------------------------
def _item_values(command: SaveItem) -> "ItemColumns":
    sku = clean_name(command.sku)
    if not sku or len(sku) > SKU_LIMIT:
        raise DomainError("sku_missing", "Enter a SKU of at most 40 characters.", field="sku")
    if not 0 <= command.reorder_level <= MOST_STOCK:
        raise DomainError("quantity_invalid", "Enter zero or more.", field="reorder_level")
    return {
        "sku": sku,
        "name": check_name(command.name),
        "kind": command.kind.value,
        "price_minor": check_price(command.price_minor) or 0,
        "reorder_level": command.reorder_level,
    }


def _facts(item: Item) -> "ItemColumns":
    return {
        "sku": item.sku,
        "name": item.name,
        "kind": item.kind.value,
        "price_minor": item.price_minor,
        "reorder_level": item.reorder_level,
    }


def _told(values: "ItemColumns") -> dict[str, object]:
    """The values as the journal tells them: an item's name is nobody's personal data."""
    return {("item" if name == "name" else name): value for name, value in values.items()}


def _reason(text: str) -> str:
    reason = clean_text(text, REASON_LIMIT, "reason")
    if not reason:
        raise DomainError("reason_missing", "Say why.", field="reason")
    return reason


def _require_item(uow: "UnitOfWork", key: int) -> Item:
    found = uow.parts.item(key)
    if found is None:
        raise DomainError("item_unknown", "This item is not in the catalogue.", field="item")
    return found


def _held_item(uow: "UnitOfWork", key: int) -> Item:
    uow.parts.hold(key)
    return _require_item(uow, key)


def _require_part(uow: "UnitOfWork", key: int) -> PartUse:
    found = uow.parts.use(key)
    if found is None:
        raise DomainError("part_unknown", "This part is on no ticket of this shop.", field="part")
    return found


def _short(uow: "UnitOfWork", item: Item) -> DomainError:
    holders = ", ".join(dict.fromkeys(part.number for part in uow.parts.holders_of(item.id)))
    reserved = f", {item.reserved} reserved for {holders}" if item.reserved else ""
    return DomainError(
        "stock_short",
        f"Too few of {item.name}: {item.stock} in stock{reserved}, {item.free} free.",
        field="quantity",
        stock=item.stock,
        free=item.free,
    )


def _stock(uow: "UnitOfWork", item: Item, by: int) -> None:
    uow.parts.change_stock(item.id, by)
    uow.journal.add(
        Action.ITEM_STOCK,
        "item",
        item.id,
        ref=item.sku,
        before={"stock": item.stock},
        after={"stock": item.stock + by, "by": by},
    )


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
