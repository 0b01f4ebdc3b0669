"""What lies in stock, when something of it last went out, and the moves that make up a stock."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text

from posapp.domain.catalogue.items import GOING
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository

_MOVES = "FROM stock_move m WHERE m.item_id = i.id AND +m.business_id = i.business_id"
_GOING = ", ".join(f"'{one.value}'" for one in sorted(GOING))
_IN_STOCK = "i.business_id = :business AND i.keeps_stock AND i.archived_at IS NULL"
_ALL = Hot(
    text(
        "SELECT i.sku, i.name, i.kind, i.stock, i.reserved, i.reorder_level, "
        "coalesce(i.average_minor, i.entered_cost_minor), "
        f"coalesce((SELECT m.business_day {_MOVES} AND m.kind IN ({_GOING}) ORDER BY m.id DESC LIMIT 1), "
        f"(SELECT m.business_day {_MOVES} ORDER BY m.id LIMIT 1), 0) "
        f"FROM item i WHERE {_IN_STOCK} "
        "AND (i.stock <> 0 OR i.reorder_level > 0) ORDER BY i.name, i.id LIMIT :limit"
    ),
    tuple,
)


def _behind(which: str) -> Hot:
    return Hot(
        text(
            "SELECT m.id, m.number, m.business_day, m.kind, m.note, i.sku, m.quantity "
            "FROM item i JOIN stock_move m ON m.item_id = i.id AND +m.business_id = i.business_id "
            f"WHERE {_IN_STOCK} AND {which} AND m.id > :after ORDER BY m.id LIMIT :limit"
        ),
        tuple,
    )


_OF_ITEM, _OF_KIND = (
    _behind("i.sku = :part"),
    _behind("i.kind = :part AND (i.stock <> 0 OR i.reorder_level > 0)"),
)


@dataclass(frozen=True, slots=True)
class Stocked:
    """An item in stock; `quiet_since` is the day when something of it last went out, else when it came."""

    sku: str
    name: str
    kind: str
    stock: int
    reserved: int
    reorder_level: int
    cost_minor: int | None
    quiet_since: int


@dataclass(frozen=True, slots=True)
class MoveBehind:
    """A move of stock; `number` is that of the paper that moved it, or empty."""

    id: int
    number: str
    day: int
    kind: str
    note: str
    sku: str
    quantity: int


class StockFigures(Repository):
    """The stock of one business."""

    def all(self, limit: int) -> list[Stocked]:
        """Every item in use that has a stock or is to be kept in stock, by name."""
        found = self._connection.execute(_ALL, {"business": self._business, "limit": limit})
        return [Stocked(*row) for row in found]

    def behind(self, sku: str, after: int, limit: int) -> Sequence[MoveBehind]:
        """The next moves of an item."""
        return self._moves(_OF_ITEM, sku, after, limit)

    def of_kind(self, kind: str, after: int, limit: int) -> Sequence[MoveBehind]:
        """The next moves of all items of a kind."""
        return self._moves(_OF_KIND, kind, after, limit)

    def _moves(self, asked: Hot, part: str, after: int, limit: int) -> Sequence[MoveBehind]:
        keys = {"business": self._business, "part": part, "after": after, "limit": limit}
        return [MoveBehind(*row) for row in self._connection.execute(asked, keys)]
