"""Moving stock within a transaction, for every part that takes or gives pieces; the item is held before."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name
from posapp.domain.catalogue.items import Item, MoveKind, average_after, check_move

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def require_item(uow: "UnitOfWork", key: int) -> Item:
    """The item; refuses with `item_unknown`."""
    found = uow.items.get(key)
    if found is None:
        raise DomainError("item_unknown", "This item is not in the catalogue.", field="item")
    return found


def find_item(uow: "UnitOfWork", code: str) -> Item | None:
    """The item in use with this SKU or barcode; the case of a SKU does not count where only one fits."""
    found = uow.items.by_code(code)
    begins = [] if found or not code else uow.items.find(code, with_archived=False, limit=50)
    return found or next((one for one in begins if one.is_coded(code)), None)


def item_of_code(uow: "UnitOfWork", code: str) -> Item:
    """The same; refuses with `item_unknown`."""
    wanted = clean_name(code)
    found = find_item(uow, wanted)
    if found is None:
        raise DomainError("item_unknown", f"There is no item {wanted[:40]} in the catalogue.", field="sku")
    return found


def held_items(uow: "UnitOfWork", keys: Iterable[int]) -> dict[int, Item]:
    """The items, kept from other tills until this transaction ends; refuses with `item_unknown`."""
    wanted = sorted(set(keys))
    for key in wanted:
        uow.items.hold(key)
    found = {item.id: item for item in uow.items.some(wanted)}
    return {key: found.get(key) or require_item(uow, key) for key in wanted}


def held_item(uow: "UnitOfWork", key: int) -> Item:
    """The item, kept from other tills until this transaction ends."""
    uow.items.hold(key)
    return require_item(uow, key)


def short_of(item: Item, holders: str = "") -> DomainError:
    """The refusal to take more of an item than is free; `holders` are the tickets that wait for it."""
    whose = f" for {holders}" if holders else ""
    reserved = f", {item.reserved} reserved{whose}" if item.reserved else ""
    return DomainError(
        "stock_short",
        f"Too few of {item.name}: {item.stock} in stock{reserved}, {item.free} free.",
        field="quantity",
        stock=item.stock,
        free=item.free,
    )


def move_stock(
    uow: "UnitOfWork",
    item: Item,
    kind: MoveKind,
    quantity: int,
    *,
    unit_cost_minor: int | None = None,
    reserved: int = 0,
    number: str = "",
    note: str = "",
) -> None:
    """Let pieces come or go, and `reserved` more of them be promised; of an item without stock only that.

    Without a cost of their own pieces go and come back at what the item costs now; what is received so
    leaves the average as it was. `number` is the paper that moves them.
    """
    if not item.keeps_stock:
        if reserved:
            uow.items.reserve(item.id, reserved)
        return
    check_move(kind, quantity)
    is_received = kind is MoveKind.RECEIVED
    uow.items.move(
        item.id,
        kind,
        quantity,
        business_day=uow.businesses.get().packed_day_of(uow.now),
        unit_cost_minor=item.cost_minor if unit_cost_minor is None and not is_received else unit_cost_minor,
        average_minor=_average(uow, item, quantity, unit_cost_minor if is_received else None),
        reserved=reserved,
        number=number,
        note=note,
    )
    said = {"paper": number, "reason": note, "unit_cost_minor": unit_cost_minor}
    _tell(
        uow,
        item,
        item.stock,
        kind,
        quantity,
        {name: value for name, value in said.items() if value not in ("", None)},
    )


def sell_stock(uow: "UnitOfWork", sold: Sequence[tuple[Item, int]], number: str) -> None:
    """Let the pieces of a sale go that has this number; an item may be named more than once."""
    kept = [(item, pieces) for item, pieces in sold if item.keeps_stock]
    uow.items.sell(kept, number=number, business_day=uow.businesses.get().packed_day_of(uow.now))
    left: dict[int, int] = {}
    for item, pieces in kept:
        stock = left.get(item.id, item.stock)
        left[item.id] = stock - pieces
        _tell(uow, item, stock, MoveKind.SOLD, -pieces, {"paper": number})


def _tell(
    uow: "UnitOfWork", item: Item, stock: int, kind: MoveKind, quantity: int, more: Mapping[str, object]
) -> None:
    """Note in the journal how many of an item there were and are."""
    after = {"stock": stock + quantity, "by": quantity, "kind": kind.value, **more}
    uow.journal.add(Action.ITEM_STOCK, "item", item.id, ref=item.sku, before={"stock": stock}, after=after)


def _average(uow: "UnitOfWork", item: Item, received: int, unit_cost_minor: int | None) -> int | None:
    """What a piece costs on average once pieces of a known cost are there; None: none came."""
    if unit_cost_minor is None:
        return item.average_minor
    before = uow.items.opening_cost(item.id) if item.average_minor is None else item.average_minor
    return average_after(before, item.stock, received, unit_cost_minor)
