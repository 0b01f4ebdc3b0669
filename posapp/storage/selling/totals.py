"""The totals of each day, kept in the transaction of what they sum: reports read them and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, case, cast, func, select, text

from posapp.domain.base.clock import day_number
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.selling.order_tables import day_total

_COLUMNS = ("count", "gross_minor", "net_minor", "tax_minor", "cost_minor")
_NAMES = ", ".join(_COLUMNS)
_RAISE = Hot(
    text(
        f"INSERT INTO day_total (business_id, business_day, what, name, {_NAMES}) "
        f"VALUES (:business, :day, :what, :name, {', '.join(f':{one}' for one in _COLUMNS)}) "
        "ON CONFLICT (business_id, business_day, what, name) DO UPDATE SET "
        + ", ".join(f"{one} = day_total.{one} + excluded.{one}" for one in _COLUMNS)
    )
)

_SUMS = [day_total.c[name] for name in _COLUMNS]
_HERE = and_(
    day_total.c.business_id == bindparam("business"),
    day_total.c.business_day.between(bindparam("first"), bindparam("last")),
)
_BETWEEN = Hot(
    select(day_total.c.business_day, day_total.c.name, *_SUMS)
    .where(and_(_HERE, day_total.c.what == bindparam("of")))
    .order_by(day_total.c.business_day, day_total.c.name),
    tuple,
)


def _sold_by(period: ColumnElement[int]) -> Hot:
    """What orders come to, summed by a part of the day's number."""
    counts = [
        func.sum(case((day_total.c.name == name, day_total.c.count), else_=0)) for name in ("sale", "refund")
    ]
    sums = [func.sum(one) for one in _SUMS[1:]]
    whole = [cast(one, BigInteger) for one in (*counts, *sums)]  # PostgreSQL's sums are decimals
    here = and_(_HERE, day_total.c.what == "order")
    return Hot(select(period, *whole).where(here).group_by(period).order_by(period), tuple)


_SOLD = _sold_by(day_total.c.business_day)
_MONTHS = _sold_by(day_total.c.business_day // 100)


@dataclass(slots=True)
class Total:
    """One sum of a day; amounts of refunds are below zero."""

    count: int = 0
    gross_minor: int = 0
    net_minor: int = 0
    tax_minor: int = 0
    cost_minor: int = 0


class Totals(Repository):
    """The totals of one business."""

    def raise_by(self, changes: Mapping[tuple[int, str, str], Total]) -> None:
        """Add to the totals of a day (20261121, what, name), in one order at every till."""
        rows = []
        for day, what, name in sorted(changes):
            by = changes[day, what, name]
            keys = {"business": self._business, "day": day, "what": what, "name": name}
            rows.append({**keys, **{column: getattr(by, column) for column in _COLUMNS}})
        if rows:
            self._connection.execute(_RAISE, rows)

    def between(self, what: str, first: date, last: date) -> list[tuple[int, str, Total]]:
        """The totals of some days (both included): day, name, sums."""
        keys = {"business": self._business, "of": what, **_days(first, last)}
        return [(day, name, Total(*sums)) for day, name, *sums in self._connection.execute(_BETWEEN, keys)]

    def sold(self, first: date, last: date, *, by_month: bool) -> list[tuple[int, ...]]:
        """What was sold on some days (both included), by day (20261121) or month (202611).

        Each with how many sales and refunds there were, and what both come to: gross, net, tax, cost.
        """
        keys = {"business": self._business, **_days(first, last)}
        found: list[tuple[int, ...]] = self._connection.execute(_MONTHS if by_month else _SOLD, keys).all()
        return found


def _days(first: date, last: date) -> dict[str, int]:
    return {"first": day_number(first), "last": day_number(last)}
