"""The price list of repairs: found by device, by words, or whole."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Row, and_, select

from posapp.domain.base.folding import fold
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.repair_prices import RepairPrice, key_of_device
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, linked, made_now, stamps_of
from posapp.storage.catalogue.tables import item
from posapp.storage.repairs.tables import repair_price

_USED = repair_price.c.archived_at.is_(None)
_PRICES = select(
    repair_price,
    item.c.sku,
    item.c.name.label("part"),
    item.c.archived_at.label("part_archived_at"),
    (item.c.stock - item.c.reserved).label("free"),
    item.c.keeps_stock,
).outerjoin(item, linked(repair_price.c.item_id, item))


class PriceColumns(TypedDict):
    """What the shop says of a price."""

    kind: str
    make: str
    model: str
    fault: str
    price_minor: int
    minutes: int
    item_id: int | None


class RepairPrices(Repository):
    """The price list of one business."""

    def find(self, words: str, *, with_archived: bool, limit: int) -> list[RepairPrice]:
        """Prices whose device and fault hold each of the words, by device and fault."""
        said = repair_price.c.kind + " " + repair_price.c.device_key + " " + repair_price.c.fault_key
        which = [said.contains(word, autoescape=True) for word in fold(words).split()]
        if not with_archived:
            which.append(_USED)
        return self._prices(*which, limit=limit)

    def for_device(self, keys: Sequence[str]) -> list[RepairPrice]:
        """All prices in use with one of these keys (`keys_for`)."""
        return self._prices(_USED, repair_price.c.device_key.in_(keys))

    def get(self, key: int) -> RepairPrice | None:
        """One price."""
        return next(iter(self._prices(repair_price.c.id == key)), None)

    def _prices(self, *which: ColumnElement[bool], limit: int | None = None) -> list[RepairPrice]:
        wanted = _PRICES.where(and_(repair_price.c.business_id == self._business, *which))
        order = (repair_price.c.device_key, repair_price.c.kind, repair_price.c.fault_key, repair_price.c.id)
        return [_price(row) for row in self._connection.execute(wanted.order_by(*order).limit(limit))]

    def hold(self, key: int) -> None:
        """Keep other tills from changing a price until this transaction ends; read it afterwards."""
        self._hold(repair_price.c.id == key)

    def hold_all(self) -> None:
        """The same for all prices in use."""
        self._hold(_USED)

    def _hold(self, which: ColumnElement[bool]) -> None:
        here = and_(repair_price.c.business_id == self._business, which)
        wanted = select(repair_price.c.id).where(here).order_by(repair_price.c.id).with_for_update()
        self._connection.execute(wanted).all()

    def add(self, **values: Unpack[PriceColumns]) -> int:
        """Insert a price and return its key."""
        return self._add(repair_price, {**values, **_keys(values), **made_now(self._at, self._by)})

    def update(self, key: int, *, is_archived: bool, **values: Unpack[PriceColumns]) -> None:
        """Let a price be so from now on."""
        archived = {"archived_at": self._at if is_archived else None}
        stamps = changed_now(repair_price, self._at, self._by)
        self._change(repair_price, key, {**values, **_keys(values), **archived, **stamps})

    def set_price(self, key: int, minor: int) -> None:
        """Another price for the same."""
        stamps = changed_now(repair_price, self._at, self._by)
        self._change(repair_price, key, {"price_minor": minor, **stamps})


def _keys(values: PriceColumns) -> dict[str, str]:
    return {
        "device_key": key_of_device(values["make"], values["model"]),
        "fault_key": fold(values["fault"]),
    }


def _price(row: Row[Any]) -> RepairPrice:
    has_part = row.item_id is not None and row.part_archived_at is None
    return RepairPrice(
        row.id,
        DeviceKind(row.kind) if row.kind else None,
        row.make,
        row.model,
        row.fault,
        row.price_minor,
        row.minutes,
        row.item_id if has_part else None,
        row.sku if has_part else "",
        row.part if has_part else "",
        row.free if has_part and row.keeps_stock else None,
        row.archived_at is not None,
        stamps_of(row),
    )
