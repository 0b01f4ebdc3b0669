"""The catalogue with its stock, and the parts that repairs take of it."""

from typing import Any, TypedDict, Unpack

from sqlalchemy import Row, and_, func, or_, select

from posapp.domain.base.clock import from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.repairs.parts import Item, ItemKind, PartState, PartUse
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, linked, made_now, stamps_of
from posapp.storage.repairs.tables import item, job, part_use, ticket

_RESERVED = (
    select(func.coalesce(func.sum(part_use.c.quantity), 0))
    .where(and_(linked(part_use.c.item_id, item), part_use.c.state == PartState.RESERVED.value))
    .correlate(item)
    .scalar_subquery()
    .label("reserved")
)
_ITEMS = select(item, _RESERVED)
_USES = (
    select(part_use, item.c.sku, item.c.name, ticket.c.number, job.c.position)
    .join(item, linked(part_use.c.item_id, item))
    .join(job, linked(part_use.c.job_id, job))
    .join(ticket, linked(job.c.ticket_id, ticket))
    .order_by(part_use.c.id)
)


class ItemColumns(TypedDict):
    """What the shop says of an item of its catalogue."""

    sku: str
    name: str
    kind: str
    price_minor: int
    reorder_level: int


class UseChange(TypedDict, total=False):
    """What changes of some pieces."""

    state: str
    quantity: int
    reason: str


class Parts(Repository):
    """The items of one business and what its repairs use."""

    # -- the catalogue -----------------------------------------------------------------------------
    def items(self, words: str, *, with_archived: bool, limit: int) -> list[Item]:
        """Items whose SKU begins with the words, or whose name holds them, in order of name."""
        wanted = _ITEMS.where(item.c.business_id == self._business).order_by(item.c.name, item.c.id)
        if words:
            escaped = words.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            wanted = wanted.where(
                or_(
                    func.lower(item.c.sku).like(f"{escaped}%", escape="\\"),
                    func.lower(item.c.name).like(f"%{escaped}%", escape="\\"),
                )
            )
        if not with_archived:
            wanted = wanted.where(item.c.archived_at.is_(None))
        return [_item(row) for row in self._connection.execute(wanted.limit(limit))]

    def item(self, key: int) -> Item | None:
        """One item."""
        return self._first(item.c.id == key)

    def by_sku(self, sku: str) -> Item | None:
        """The item in use that carries this SKU."""
        return self._first(and_(item.c.sku == sku, item.c.archived_at.is_(None)))

    def _first(self, which: Any) -> Item | None:
        row = self._connection.execute(
            _ITEMS.where(and_(item.c.business_id == self._business, which))
        ).first()
        return _item(row) if row else None

    def hold(self, key: int) -> None:
        """Keep other tills from taking of an item until this transaction ends; read it afterwards."""
        self._connection.execute(
            select(item.c.id)
            .where(and_(item.c.business_id == self._business, item.c.id == key))
            .with_for_update()
        )

    def add_item(self, **values: Unpack[ItemColumns]) -> int:
        """Insert an item and return its key."""
        return self._add(item, {**values, **made_now(self._at, self._by)})

    def update_item(self, key: int, *, is_archived: bool, **values: Unpack[ItemColumns]) -> None:
        """Let an item be so from now on."""
        archived = {"archived_at": self._at if is_archived else None}
        self._change(item, key, {**values, **archived, **changed_now(item, self._at, self._by)})

    def change_stock(self, key: int, by: int) -> None:
        """Add to the stock or take from it; the database refuses a stock below zero."""
        now = changed_now(item, self._at, self._by)
        self._change(item, key, {"stock": item.c.stock + by, **now})

    # -- parts of repairs --------------------------------------------------------------------------
    def of_ticket(self, ticket_id: int) -> list[PartUse]:
        """What the devices of a ticket took, in order of taking."""
        return self._uses(job.c.ticket_id == ticket_id)

    def reserved_for(self, job_id: int) -> list[PartUse]:
        """What is set aside for a device and not used yet."""
        return self._uses(and_(part_use.c.job_id == job_id, part_use.c.state == PartState.RESERVED.value))

    def holders_of(self, item_id: int) -> list[PartUse]:
        """What is set aside of an item, and for whom."""
        return self._uses(and_(part_use.c.item_id == item_id, part_use.c.state == PartState.RESERVED.value))

    def use(self, key: int) -> PartUse | None:
        """One of them."""
        return next(iter(self._uses(part_use.c.id == key)), None)

    def _uses(self, which: Any) -> list[PartUse]:
        wanted = _USES.where(and_(part_use.c.business_id == self._business, which))
        return [_use(row) for row in self._connection.execute(wanted)]

    def add_use(self, job_id: int, item_id: int, quantity: int, state: PartState, *, reason: str = "") -> int:
        """Note what became of some pieces; returns the key."""
        return self._add(
            part_use,
            {
                "job_id": job_id,
                "item_id": item_id,
                "quantity": quantity,
                "state": state.value,
                "reason": reason,
                **made_now(self._at, self._by),
            },
        )

    def update_use(self, key: int, **values: Unpack[UseChange]) -> None:
        """Change columns of a part's row."""
        self._change(part_use, key, {**values, **changed_now(part_use, self._at, self._by)})


def _item(row: Row[Any]) -> Item:
    return Item(
        row.id,
        row.sku,
        row.name,
        ItemKind(row.kind),
        row.price_minor,
        row.stock,
        int(row.reserved),
        row.reorder_level,
        row.archived_at is not None,
        stamps_of(row),
    )


def _use(row: Row[Any]) -> PartUse:
    return PartUse(
        row.id,
        number_text(Letter.TICKET, row.number),
        row.position,
        row.job_id,
        row.item_id,
        row.sku,
        row.name,
        row.quantity,
        PartState(row.state),
        row.reason,
        from_us(row.updated_at),
        row.updated_by,
    )
