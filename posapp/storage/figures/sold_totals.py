"""What was sold on each day under each text of a line: the best sellers of any days come from few rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import BigInteger, and_, bindparam, cast, func, select, text

from posapp.domain.base.clock import day_number
from posapp.storage.base.part import Repositories
from posapp.storage.base.quick import Hot
from posapp.storage.base.records import Image, kept_columns
from posapp.storage.base.repository import Repository
from posapp.storage.figures.work_tables import sold_total
from posapp.storage.selling.order_tables import sale_order

_COLUMNS = [column.name for column in kept_columns(sale_order)]
_ID, _STATUS, _DAY = (_COLUMNS.index(name) for name in ("id", "status", "business_day"))
_SUMS = (
    "sum(l.quantity) AS count, sum(l.gross_minor) AS gross_minor, sum(l.net_minor) AS net_minor, "
    "sum(coalesce(l.cost_minor, 0)) AS cost_minor"
)
_EARNS = "l.kind NOT IN ('deposit', 'giftcard')"
_OF_ORDER = Hot(
    text(
        f"SELECT l.text, {_SUMS} FROM order_line l WHERE +l.business_id = :business AND l.order_id = :sale "
        f"AND {_EARNS} GROUP BY l.text ORDER BY l.text"
    ),
    tuple,
)
_RAISE = Hot(
    text(
        "INSERT INTO sold_total (business_id, business_day, name, count, gross_minor, net_minor, cost_minor) "
        "VALUES (:business, :day, :name, :count, :gross, :net, :cost) "
        "ON CONFLICT (business_id, business_day, name) DO UPDATE SET "
        "count = sold_total.count + excluded.count, "
        "gross_minor = sold_total.gross_minor + excluded.gross_minor, "
        "net_minor = sold_total.net_minor + excluded.net_minor, "
        "cost_minor = sold_total.cost_minor + excluded.cost_minor"
    )
)
_MOST = Hot(
    select(
        sold_total.c.name,
        *(
            cast(func.sum(sold_total.c[name]), BigInteger)
            for name in ("count", "gross_minor", "net_minor", "cost_minor")
        ),
    )
    .where(
        and_(
            sold_total.c.business_id == bindparam("business"),
            sold_total.c.business_day.between(bindparam("first"), bindparam("last")),
        )
    )
    .group_by(sold_total.c.name)
    .order_by(func.sum(sold_total.c.gross_minor).desc(), sold_total.c.name)
    .limit(bindparam("limit")),
    tuple,
)
ANEW: Final = (
    f"SELECT o.business_id, o.business_day, l.text AS name, {_SUMS} FROM sale_order o "
    "JOIN order_line l ON l.order_id = o.id AND +l.business_id = o.business_id "
    f"WHERE o.status = 'completed' AND {_EARNS} GROUP BY o.business_id, o.business_day, l.text"
)
"""All of them computed from the lines of completed orders."""


class SoldTotals(Repository):
    """What one business sold."""

    def raise_by(self, sale: int, day: int, sign: int) -> None:
        """Add the lines of a completed order to its day, or take those of a voided one from it."""
        keys = {"business": self._business}
        rows = [
            {**keys, "day": day, "name": name, "count": sign * count}
            | {"gross": sign * gross, "net": sign * net, "cost": sign * cost}
            for name, count, gross, net, cost in self._connection.execute(_OF_ORDER, {**keys, "sale": sale})
        ]
        if rows:
            self._connection.execute(_RAISE, rows)

    def most(self, first: date, last: date, limit: int) -> list[tuple[str, int, int, int, int]]:
        """What brought most on some days (both included): name, how many, gross, net, cost."""
        keys = {"business": self._business, "first": day_number(first), "last": day_number(last)}
        found: list[tuple[str, int, int, int, int]] = self._connection.execute(
            _MOST, {**keys, "limit": limit}
        ).all()
        return found


def follow_sales(uow: Repositories, images: Sequence[Image]) -> None:
    """Write what follows from the orders that were completed and voided."""
    for image in images:
        if image.kind.table is sale_order:
            was, now = _completed(image.before), _completed(image.after)
            row = image.after or image.before
            if was != now and row is not None:
                totals = SoldTotals(uow.hands, image.owner, uow.stamp)
                sale: Any = row
                totals.raise_by(sale[_ID], sale[_DAY], 1 if now else -1)


def _completed(row: Sequence[Any] | None) -> bool:
    return row is not None and row[_STATUS] == "completed"
