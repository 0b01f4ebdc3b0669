"""The item desk: what the shop sells and uses, under which codes, for how much, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name, clean_name, clean_text
from posapp.domain.catalogue.items import (
    BY_HAND,
    COMMODITY_LIMIT,
    MOST_BARCODES,
    MOST_QUICK,
    MOST_STOCK,
    Item,
    ItemKind,
    MoveKind,
    StockMove,
    check_code,
    check_move,
)
from posapp.services.base.edits import check_price, refuse_stale
from posapp.services.catalogue.stock import held_item, item_of_code, move_stock, require_item, short_of

if TYPE_CHECKING:
    from posapp.storage.catalogue.items import ItemColumns
    from posapp.storage.unit_of_work import Store, UnitOfWork

REASON_LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveItem:
    """A new item, or (with `id`) other values for one.

    A new one begins with `opening` pieces; afterwards its stock changes through `move` alone, and whether it
    keeps one does not change.
    """

    sku: str
    name: str
    kind: ItemKind = ItemKind.PART
    price_minor: int = 0
    entered_cost_minor: int | None = None
    tax_id: int | None = None
    keeps_stock: bool = True
    reorder_level: int = 0
    commodity_code: str = ""
    barcodes: tuple[str, ...] = ()
    opening: int = 0
    id: int | None = None
    is_archived: bool = False
    seen_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStock:
    """Pieces that came in, or (below zero) went out, by hand; all but a delivery wants a note."""

    item_id: int
    kind: MoveKind
    quantity: int
    unit_cost_minor: int | None = None
    note: str = ""


class ItemDesk:
    """Keeps the catalogue and its stock."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- read ----------------------------------------------------------------------------------------
    def find(
        self, actor: Actor, words: str = "", *, with_archived: bool = False, limit: int = 200
    ) -> list[Item]:
        """The item with that code, then those whose SKU begins so, then those with all the words, by name."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.items.find(clean_name(words), with_archived=with_archived, limit=limit)

    def get(self, actor: Actor, item_id: int) -> Item:
        """One item."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return require_item(uow, item_id)

    def by_code(self, actor: Actor, code: str) -> Item:
        """The item in use that carries this SKU or barcode; refuses with `item_unknown`."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return item_of_code(uow, code)

    def quick(self, actor: Actor) -> list[Item]:
        """The items that are sold with one key, in their order."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.items.quick()

    def moves(self, actor: Actor, item_id: int, *, limit: int = 200) -> list[StockMove]:
        """What moved the stock of an item, the newest first."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.items.moves(require_item(uow, item_id).id, limit=limit)

    # -- write ---------------------------------------------------------------------------------------
    def save(self, actor: Actor, command: SaveItem) -> Item:
        """Put an item into the catalogue, change it, or archive it."""
        actor.require(Permission.ITEM_WRITE)
        with self._store.work(actor) as uow:
            uow.items.hold_codes()
            made = require_item(uow, save_item(uow, command))
            uow.commit()
        return made

    def set_quick(self, actor: Actor, keys: Sequence[int]) -> list[Item]:
        """Let these be sold with one key, in this order; at most twelve, none that is archived."""
        actor.require(Permission.ITEM_WRITE)
        wanted = list(dict.fromkeys(keys))
        if len(wanted) > MOST_QUICK:
            raise DomainError("quick_many", f"At most {MOST_QUICK} items have a key.", field="quick")
        with self._store.work(actor) as uow:
            uow.items.hold_codes()
            before, after = uow.items.quick(), [require_item(uow, key) for key in wanted]
            gone = next((one for one in after if one.is_archived), None)
            if gone is not None:
                raise DomainError("item_archived", f"{gone.name} is archived.", field="quick")
            uow.items.set_quick(wanted)
            was, is_now = ([one.sku for one in some] for some in (before, after))
            uow.journal.add(Action.ITEM_QUICK, "item", 0, before={"quick": was}, after={"quick": is_now})
            made = uow.items.quick()
            uow.commit()
        return made

    def move(self, actor: Actor, command: MoveStock) -> Item:
        """Let pieces come in or go out: a delivery, a correction, something broken."""
        actor.require(Permission.STOCK_MOVE)
        note = clean_text(command.note, REASON_LIMIT, "reason")
        if command.kind not in BY_HAND:
            raise DomainError("kind_invalid", f"Stock is not {command.kind} by hand.", field="kind")
        if not note and command.kind is not MoveKind.RECEIVED:
            raise DomainError("reason_missing", "Say why.", field="reason")
        cost = check_price(command.unit_cost_minor, field="cost")
        if cost is not None and command.kind is not MoveKind.RECEIVED:
            raise DomainError("cost_invalid", "Only what is received has a cost of its own.", field="cost")
        check_move(command.kind, command.quantity)
        with self._store.work(actor) as uow:
            item = held_item(uow, command.item_id)
            _refuse_move(item, command.quantity)
            move_stock(uow, item, command.kind, command.quantity, unit_cost_minor=cost, note=note)
            made = require_item(uow, item.id)
            uow.commit()
        return made


# -- inside a transaction ------------------------------------------------------------------------------
def save_item(uow: "UnitOfWork", command: SaveItem) -> int:
    """Add or change an item, its codes being held; returns its key. What is refused has changed nothing."""
    before = None if command.id is None else held_item(uow, command.id)
    values, codes = _item_values(command, before), _codes(command, before)
    _refuse_tax(uow, command)
    if not command.is_archived:
        _refuse_taken(uow, command.id, values["sku"], codes)
    if before is None:
        return _add(uow, command, values, codes)
    return _change(uow, command, before, values, codes)


def command_of(item: Item) -> SaveItem:
    """An item as it would be saved: change a part of it and save."""
    return SaveItem(
        id=item.id,
        sku=item.sku,
        name=item.name,
        kind=item.kind,
        price_minor=item.price_minor,
        entered_cost_minor=item.entered_cost_minor,
        tax_id=item.tax_id,
        keeps_stock=item.keeps_stock,
        reorder_level=item.reorder_level,
        commodity_code=item.commodity_code,
        barcodes=item.barcodes,
    )


def _add(uow: "UnitOfWork", command: SaveItem, values: "ItemColumns", codes: tuple[str, ...]) -> int:
    if command.kind is ItemKind.SERVICE and command.keeps_stock:
        raise DomainError("service_stock", "A service has no stock.", field="keeps_stock")
    if not 0 <= command.opening <= (MOST_STOCK if command.keeps_stock else 0):
        raise DomainError("quantity_invalid", "Enter how many there are, or nothing.", field="quantity")
    key = uow.items.add(keeps_stock=command.keeps_stock, **values)
    uow.items.set_barcodes(key, codes, is_archived=False)
    told = {**_told(values, codes), "keeps_stock": command.keeps_stock}
    uow.journal.add(Action.ITEM_ADDED, "item", key, ref=values["sku"], after=told)
    if command.opening:
        move_stock(uow, require_item(uow, key), MoveKind.OPENING, command.opening)
    return key


def _change(
    uow: "UnitOfWork",
    command: SaveItem,
    before: Item,
    values: "ItemColumns",
    codes: tuple[str, ...],
) -> int:
    refuse_stale(before.name, before.stamps, command.seen_version)
    if command.is_archived and before.reserved:
        raise DomainError(
            "item_reserved", f"{before.reserved} of {before.name} are reserved. Return them first."
        )
    if before.kind is not command.kind and ItemKind.SERVICE in (before.kind, command.kind):
        raise DomainError("kind_fixed", "A service stays one. Archive it and add another.", field="kind")
    uow.items.update(before.id, is_archived=command.is_archived, **values)
    uow.items.set_barcodes(before.id, codes, is_archived=command.is_archived)
    uow.journal.add(
        Action.ITEM_CHANGED,
        "item",
        before.id,
        ref=values["sku"],
        before=_told(_facts(before), before.barcodes),
        after={**_told(values, codes), "is_archived": command.is_archived},
    )
    return before.id


def _item_values(command: SaveItem, before: Item | None) -> "ItemColumns":
    is_kept = before is not None and before.sku == clean_name(command.sku)
    if not 0 <= command.reorder_level <= MOST_STOCK:
        raise DomainError("quantity_invalid", "Enter zero or more.", field="reorder_level")
    return {
        "sku": before.sku if before is not None and is_kept else check_code(command.sku, "sku"),
        "name": check_name(command.name),
        "kind": command.kind.value,
        "price_minor": check_price(command.price_minor) or 0,
        "entered_cost_minor": check_price(command.entered_cost_minor, field="cost"),
        "tax_id": command.tax_id,
        "reorder_level": command.reorder_level,
        "commodity_code": clean_text(command.commodity_code, COMMODITY_LIMIT, "commodity_code"),
    }


def _codes(command: SaveItem, before: Item | None) -> tuple[str, ...]:
    kept = before.barcodes if before is not None else ()
    found = dict.fromkeys(code if code in kept else check_code(code, "barcode") for code in command.barcodes)
    found.pop(clean_name(command.sku), None)
    if len(found) > MOST_BARCODES:
        raise DomainError("barcodes_many", f"An item has at most {MOST_BARCODES} barcodes.", field="barcode")
    return tuple(found)


def _refuse_taken(uow: "UnitOfWork", key: int | None, sku: str, codes: tuple[str, ...]) -> None:
    """A code means one item, whether it is a SKU or a barcode."""
    for field, code in (("sku", sku), *(("barcode", code) for code in codes)):
        known = uow.items.by_code(code)
        if known is not None and known.id != key:
            what = "SKU" if known.sku == code else "barcode"
            raise DomainError(f"{field}_exists", f"{known.name} has this {what} already.", field=field)


def _refuse_tax(uow: "UnitOfWork", command: SaveItem) -> None:
    if command.tax_id is None or command.is_archived:
        return
    uow.taxes.hold()
    if command.tax_id not in {one.id for one in uow.taxes.all()}:
        raise DomainError("tax_unknown", "There is no such tax in this shop.", field="tax")


def _refuse_move(item: Item, quantity: int) -> None:
    if not item.keeps_stock:
        raise DomainError("stock_not_kept", f"No stock is kept of {item.name}.", field="item")
    if item.stock + quantity > MOST_STOCK:
        raise DomainError("quantity_invalid", "That is more than any shelf holds.", field="quantity")
    if quantity < 0 and item.stock + quantity < item.reserved:
        raise short_of(item)


def _facts(item: Item) -> "ItemColumns":
    return {
        "sku": item.sku,
        "name": item.name,
        "kind": item.kind.value,
        "price_minor": item.price_minor,
        "entered_cost_minor": item.entered_cost_minor,
        "tax_id": item.tax_id,
        "reorder_level": item.reorder_level,
        "commodity_code": item.commodity_code,
    }


def _told(values: "ItemColumns", codes: tuple[str, ...]) -> dict[str, object]:
    """The values as the journal tells them: an item's name is nobody's personal data."""
    told: dict[str, object] = {("item" if name == "name" else name): value for name, value in values.items()}
    return {**told, "barcodes": list(codes)}
