"""Items with their codes and stock, and what moved the stock."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, select, update

from posapp.domain.base.clock import day_of, from_us
from posapp.domain.catalogue.items import Item, ItemKind, MoveKind, StockMove
from posapp.storage.base.quick import Hot, Several, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, made_now, stamps_of
from posapp.storage.catalogue.item_search import columns_of, keys_of
from posapp.storage.catalogue.tables import item, item_barcode, stock_move
from posapp.storage.shop.tables import business

_USED = item_barcode.c.archived_at.is_(None)


_KEYED = and_(item.c.business_id == bindparam("business"), item.c.id == bindparam("key"))
_BY_KEY = Hot(select(item).where(_KEYED))
_BY_SKU = Hot(
    select(item).where(
        and_(
            item.c.business_id == bindparam("business"),
            item.c.sku == bindparam("code_"),
            item.c.archived_at.is_(None),
        )
    )
)
_BY_BARCODE = Hot(
    select(item_barcode.c.item_id).where(
        and_(
            item_barcode.c.business_id == bindparam("business"),
            item_barcode.c.code == bindparam("code_"),
            _USED,
        )
    )
)
_SOME = Several(
    lambda keys: select(item).where(
        and_(beside(item.c.business_id) == bindparam("business"), item.c.id.in_(keys))
    )
)
_CODES = Several(
    lambda keys: (
        select(item_barcode.c.item_id, item_barcode.c.code)
        .where(
            and_(
                beside(item_barcode.c.business_id) == bindparam("business"),
                item_barcode.c.item_id.in_(keys),
            )
        )
        .order_by(item_barcode.c.id)
    )
)
_HOLD = Hot(select(item.c.id).where(_KEYED).with_for_update())
_LEVELS = Hot(
    update(item)
    .where(_KEYED)
    .values(
        stock=item.c.stock + bindparam("by_stock"),
        reserved=item.c.reserved + bindparam("by_reserved"),
        average_minor=bindparam("average"),
    )
)


class ItemColumns(TypedDict):
    """What the shop says of an item of its catalogue."""

    sku: str
    name: str
    kind: str
    price_minor: int
    entered_cost_minor: int | None
    tax_id: int | None
    reorder_level: int
    commodity_code: str


class Items(Repository):
    """The items of one business."""

    # -- read ----------------------------------------------------------------------------------------
    def find(self, words: str, *, with_archived: bool, limit: int) -> list[Item]:
        """The item with that code, those whose SKU begins so, those with all the words; all by name."""
        if words:
            coded = self.by_code(words)
            keys = keys_of(self._connection, self._business, words, with_archived=with_archived, limit=limit)
            return self.some(([coded.id] if coded is not None else []) + keys)[:limit]
        wanted = self._own().order_by(item.c.name, item.c.id)
        if not with_archived:
            wanted = wanted.where(item.c.archived_at.is_(None))
        return self._items(self._connection.execute(wanted.limit(limit)).all())

    def some(self, keys: Sequence[int]) -> list[Item]:
        """The items with these keys, in their order, each once."""
        wanted = list(dict.fromkeys(keys))
        rows = _SOME.of(self._connection, wanted, {"business": self._business})
        found = {one.id: one for one in self._items(rows)}
        return [found[key] for key in wanted if key in found]

    def quick(self) -> list[Item]:
        """The items that are sold with one key, in their order."""
        wanted = self._own().where(item.c.quick_position.is_not(None)).order_by(item.c.quick_position)
        return self._items(self._connection.execute(wanted).all())

    def get(self, key: int) -> Item | None:
        """One item."""
        return self._one(_BY_KEY, {"business": self._business, "key": key})

    def by_code(self, code: str) -> Item | None:
        """The item in use that carries this SKU or barcode."""
        named = self._one(_BY_SKU, {"business": self._business, "code_": code})
        if named is not None:
            return named
        key = self._connection.execute(_BY_BARCODE, {"business": self._business, "code_": code}).scalar()
        return None if key is None else self.get(key)

    def _one(self, statement: Hot, keys: dict[str, Any]) -> Item | None:
        row = self._connection.execute(statement, keys).first()
        return None if row is None else self._items([row])[0]

    def of_tax(self, tax_id: int) -> int:
        """How many items in use name a tax."""
        here = and_(
            item.c.business_id == self._business, item.c.tax_id == tax_id, item.c.archived_at.is_(None)
        )
        return int(self._connection.execute(select(func.count()).where(here)).scalar_one())

    def moves(self, item_id: int, *, limit: int) -> list[StockMove]:
        """What moved the stock of an item, the newest first."""
        here = and_(stock_move.c.business_id == self._business, stock_move.c.item_id == item_id)
        wanted = select(stock_move).where(here).order_by(stock_move.c.id.desc()).limit(limit)
        return [_move(row) for row in self._connection.execute(wanted)]

    def opening_cost(self, item_id: int) -> int | None:
        """What each piece with which the stock of an item was opened cost, as far as that is known."""
        here = and_(stock_move.c.business_id == self._business, stock_move.c.item_id == item_id)
        first = select(stock_move.c.unit_cost_minor, stock_move.c.kind).where(here)
        row = self._connection.execute(first.order_by(stock_move.c.id).limit(1)).first()
        if row is None or row.kind != MoveKind.OPENING.value:
            return None
        cost: int | None = row.unit_cost_minor
        return cost

    def _own(self) -> Any:
        return select(item).where(item.c.business_id == self._business)

    def _first(self, which: ColumnElement[bool]) -> Item | None:
        return next(iter(self._items(self._connection.execute(self._own().where(which)).all())), None)

    def _items(self, rows: Sequence[Row[Any]]) -> list[Item]:
        codes: dict[int, list[str]] = defaultdict(list)
        keys = [row.id for row in rows]
        for row in _CODES.of(self._connection, keys, {"business": self._business}):
            codes[row.item_id].append(row.code)
        return [_item(row, codes.get(row.id, ())) for row in rows]

    # -- write ---------------------------------------------------------------------------------------
    def hold(self, key: int) -> None:
        """Keep other tills from taking of an item until this transaction ends; read it afterwards."""
        self._connection.hold(_HOLD, {"business": self._business, "key": key})

    def hold_codes(self) -> None:
        """Keep other tills from giving codes until this transaction ends: a SKU must be no item's barcode."""
        self._connection.execute(
            select(business.c.id).where(business.c.id == self._business).with_for_update(key_share=True)
        )

    def add(self, *, keeps_stock: bool, **values: Unpack[ItemColumns]) -> int:
        """Insert an item without stock and return its key."""
        found_by = columns_of(values["name"], values["sku"])
        return self._add(
            item, {**values, **found_by, "keeps_stock": keeps_stock, **made_now(self._at, self._by)}
        )

    def update(self, key: int, *, is_archived: bool, **values: Unpack[ItemColumns]) -> None:
        """Let an item be so from now on; one that is archived is no quick one any more."""
        archived = {"archived_at": self._at, "quick_position": None} if is_archived else {"archived_at": None}
        found_by = columns_of(values["name"], values["sku"])
        self._change(item, key, {**values, **found_by, **archived, **changed_now(item, self._at, self._by)})

    def set_quick(self, keys: Sequence[int]) -> None:
        """Let these be the quick items, in their order."""
        self._change(item, item.c.quick_position.is_not(None), {"quick_position": None})
        for place, key in enumerate(keys, start=1):
            self._change(item, key, {"quick_position": place})

    def set_barcodes(self, key: int, codes: Iterable[str], *, is_archived: bool) -> None:
        """Let these be the barcodes of an item; they are free for others while it is archived."""
        wanted = tuple(codes)
        here = and_(item_barcode.c.business_id == self._business, item_barcode.c.item_id == key)
        kept = set(self._connection.execute(select(item_barcode.c.code).where(here)).scalars())
        self._connection.execute(item_barcode.delete().where(and_(here, item_barcode.c.code.not_in(wanted))))
        archived = {"archived_at": self._at if is_archived else None}
        if kept & set(wanted):
            self._change(item_barcode, item_barcode.c.item_id == key, archived)
        for code in wanted:
            if code not in kept:
                self._add(item_barcode, {"item_id": key, "code": code, **archived})

    def reserve(self, key: int, by: int) -> None:
        """Promise pieces to an open job, or (below zero) no longer."""
        self._change(item, key, {"reserved": item.c.reserved + by})

    def move(
        self,
        key: int,
        kind: MoveKind,
        quantity: int,
        *,
        business_day: int,
        unit_cost_minor: int | None,
        average_minor: int | None,
        reserved: int = 0,
        number: str = "",
        note: str = "",
    ) -> int:
        """Change stock, average cost and what is reserved in one step, and write the move; returns its key.

        The database refuses a stock below zero or below what is reserved. What the shop says of the item
        stays as it was, and so does its version.
        """
        levels = {"by_stock": quantity, "by_reserved": reserved, "average": average_minor}
        self._connection.execute(_LEVELS, {"business": self._business, "key": key, **levels})
        return self._add(
            stock_move, self._moved(key, kind, quantity, unit_cost_minor, business_day, number, note)
        )

    def sell(self, sold: Sequence[tuple[Item, int]], *, number: str, business_day: int) -> None:
        """Let so many pieces of each item go with a sale, each at what it costs now."""
        levels = [
            {
                "business": self._business,
                "key": one.id,
                "by_stock": -pieces,
                "by_reserved": 0,
                "average": one.average_minor,
            }
            for one, pieces in sold
        ]
        self._connection.execute(_LEVELS, levels)
        kind = MoveKind.SOLD
        moves = [
            self._moved(one.id, kind, -pieces, one.cost_minor, business_day, number, "")
            for one, pieces in sold
        ]
        self._add_all(stock_move, moves)

    def _moved(
        self,
        key: int,
        kind: MoveKind,
        quantity: int,
        unit_cost_minor: int | None,
        business_day: int,
        number: str,
        note: str,
    ) -> dict[str, Any]:
        return {
            "item_id": key,
            "kind": kind.value,
            "quantity": quantity,
            "unit_cost_minor": unit_cost_minor,
            "number": number,
            "note": note,
            "business_day": business_day,
            "created_at": self._at,
            "created_by": self._by,
        }


def _item(row: Row[Any], codes: Iterable[str]) -> Item:
    return Item(
        row.id,
        row.sku,
        row.name,
        ItemKind(row.kind),
        row.price_minor,
        row.entered_cost_minor,
        row.average_minor,
        row.tax_id,
        bool(row.keeps_stock),
        row.stock,
        row.reserved,
        row.reorder_level,
        row.commodity_code,
        row.quick_position,
        tuple(codes),
        row.archived_at is not None,
        stamps_of(row),
    )


def _move(row: Row[Any]) -> StockMove:
    return StockMove(
        row.id,
        row.item_id,
        MoveKind(row.kind),
        row.quantity,
        row.unit_cost_minor,
        row.number,
        row.note,
        day_of(row.business_day),
        from_us(row.created_at),
        row.created_by,
    )
