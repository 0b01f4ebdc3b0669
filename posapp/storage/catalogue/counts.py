"""Counts that go on at every till, scan by scan."""

from typing import Any

from sqlalchemy import Row, and_, func, select

from posapp.domain.base.clock import from_us
from posapp.domain.catalogue.counts import StockCount
from posapp.storage.base.repository import Repository
from posapp.storage.catalogue.tables import stock_count, stock_count_line


class StockCounts(Repository):
    """The counts of one business; one at a time is open."""

    def current(self) -> StockCount | None:
        """The count that is going on."""
        row = self._connection.execute(select(stock_count).where(self._open())).first()
        return _count(row) if row else None

    def hold(self) -> None:
        """Keep other tills from closing the count until this transaction ends; read it afterwards."""
        self._connection.execute(select(stock_count.c.id).where(self._open()).with_for_update())

    def counted(self, key: int) -> list[tuple[int, int, int]]:
        """Of each item that a count met: its key, how many pieces, and its stock at the last scan."""
        line, scan = stock_count_line.c, stock_count_line.alias("scan").c
        here = and_(line.business_id == self._business, line.count_id == key, line.item_id.is_not(None))
        summed = (
            select(line.item_id, func.sum(line.pieces).label("pieces"), func.max(line.id).label("last"))
            .where(here)
            .group_by(line.item_id)
            .subquery()
        )
        latest = select(summed.c.item_id, summed.c.pieces, scan.stock).where(
            and_(scan.business_id == self._business, scan.id == summed.c.last)
        )
        return [(row.item_id, int(row.pieces), row.stock) for row in self._connection.execute(latest)]

    def unknown(self, key: int) -> list[tuple[str, int]]:
        """The codes that are no item's, each with how often it came."""
        line = stock_count_line.c
        here = and_(line.business_id == self._business, line.count_id == key, line.item_id.is_(None))
        times = select(line.code, func.sum(line.pieces).label("times")).where(here).group_by(line.code)
        rows = self._connection.execute(times.order_by(func.max(line.id)))
        return [(row.code, int(row.times)) for row in rows]

    def counted_of(self, key: int, item_id: int) -> int:
        """How many pieces of an item a count found so far."""
        line = stock_count_line.c
        here = and_(line.business_id == self._business, line.count_id == key, line.item_id == item_id)
        return int(
            self._connection.execute(select(func.coalesce(func.sum(line.pieces), 0)).where(here)).scalar_one()
        )

    def add(self, note: str) -> int:
        """Begin a count and return its key."""
        return self._add(stock_count, {"note": note, "created_at": self._at, "created_by": self._by})

    def add_scan(self, key: int, code: str, pieces: int, item_id: int | None, stock: int | None) -> int:
        """Write a scan down; returns its key."""
        values = {"count_id": key, "item_id": item_id, "code": code, "pieces": pieces, "stock": stock}
        return self._add(stock_count_line, {**values, "created_at": self._at, "created_by": self._by})

    def close(self, key: int, *, is_booked: bool) -> None:
        """End a count; whether what it found was booked."""
        closed = {"closed_at": self._at, "closed_by": self._by, "is_booked": is_booked}
        self._change(stock_count, key, closed)

    def _open(self) -> Any:
        return and_(stock_count.c.business_id == self._business, stock_count.c.closed_at.is_(None))


def _count(row: Row[Any]) -> StockCount:
    return StockCount(row.id, row.note, from_us(row.created_at), row.created_by)
