"""How many bookings and repairs of a kind there were on each day."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from sqlalchemy import and_, bindparam, select, text

from posapp.domain.base.clock import day_number
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.figures.work_tables import work_total

_RAISE = Hot(
    text(
        "INSERT INTO work_total (business_id, business_day, what, name, count) "
        "VALUES (:business, :day, :what, :name, :by) ON CONFLICT (business_id, business_day, what, name) "
        "DO UPDATE SET count = work_total.count + excluded.count"
    )
)
_BETWEEN = Hot(
    select(work_total.c.what, work_total.c.name, work_total.c.business_day, work_total.c.count)
    .where(
        and_(
            work_total.c.business_id == bindparam("business"),
            work_total.c.business_day.between(bindparam("first"), bindparam("last")),
            work_total.c.count != 0,
        )
    )
    .order_by(work_total.c.business_day, work_total.c.what, work_total.c.name),
    tuple,
)
ANEW: Final = (
    "SELECT business_id, business_day, 'booking' AS what, status AS name, count(*) AS count FROM booking "
    "GROUP BY business_id, business_day, status UNION ALL "
    "SELECT business_id, day, 'handed', coalesce(CAST(technician_id AS TEXT), ''), count(*) FROM job_figure "
    "GROUP BY business_id, day, technician_id UNION ALL "
    "SELECT business_id, day, 'ready', coalesce(CAST(technician_id AS TEXT), '') || ':' || "
    "CAST(minutes AS TEXT), count(*) FROM job_figure "
    "WHERE minutes IS NOT NULL GROUP BY business_id, day, technician_id, minutes UNION ALL "
    "SELECT business_id, day, 'back', coalesce(CAST(technician_id AS TEXT), ''), count(*) FROM job_figure "
    "WHERE came_back GROUP BY business_id, day, technician_id"
)
"""All totals computed from their records."""


class WorkTotals(Repository):
    """The totals of work of one business."""

    def raise_by(self, changes: Mapping[tuple[int, str, str], int]) -> None:
        """Add to the totals of some days (20261121, what, name), in one order at every till."""
        rows = [
            {
                "business": self._business,
                "day": day,
                "what": what,
                "name": name,
                "by": changes[day, what, name],
            }
            for day, what, name in sorted(changes)
            if changes[day, what, name]
        ]
        if rows:
            self._connection.execute(_RAISE, rows)

    def between(self, first: date, last: date) -> list[tuple[str, str, int, int]]:
        """The totals of some days (both included): what, name, day (20261121), how many."""
        keys = {"business": self._business, "first": day_number(first), "last": day_number(last)}
        found: list[tuple[str, str, int, int]] = self._connection.execute(_BETWEEN, keys).all()
        return found
