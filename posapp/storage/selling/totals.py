"""The totals of each day, kept in the transaction of what they sum: reports read them and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, bindparam, insert, select, update

from posapp.domain.base.clock import day_number
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.selling.order_tables import day_total

_COLUMNS = ("count", "gross_minor", "net_minor", "tax_minor", "cost_minor")
_HERE = and_(
    day_total.c.business_id == bindparam("business"),
    day_total.c.business_day == bindparam("day"),
    day_total.c.what == bindparam("of"),
    day_total.c.name == bindparam("named"),
)
_RAISE = Hot(
    update(day_total)
    .where(_HERE)
    .values({name: day_total.c[name] + bindparam(f"by_{name}") for name in _COLUMNS})
    .returning(day_total.c.count)
)
_BEGIN = Hot(
    insert(day_total).values(
        business_id=bindparam("business"),
        business_day=bindparam("day"),
        what=bindparam("of"),
        name=bindparam("named"),
        **{name: bindparam(f"by_{name}") for name in _COLUMNS},
    )
)


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
        for day, what, name in sorted(changes):
            by = changes[day, what, name]
            values = {f"by_{column}": getattr(by, column) for column in _COLUMNS}
            keys = {"business": self._business, "day": day, "of": what, "named": name, **values}
            if self._connection.execute(_RAISE, keys).first() is None:
                self._connection.execute(_BEGIN, keys)

    def between(self, what: str, first: date, last: date) -> list[tuple[int, str, Total]]:
        """The totals of some days (both included): day, name, sums."""
        own = and_(
            day_total.c.business_id == self._business,
            day_total.c.business_day.between(day_number(first), day_number(last)),
            day_total.c.what == what,
        )
        rows = self._connection.execute(
            select(day_total).where(own).order_by(day_total.c.business_day, day_total.c.name)
        )
        return [
            (row.business_day, row.name, Total(*(int(getattr(row, name)) for name in _COLUMNS)))
            for row in rows
        ]
