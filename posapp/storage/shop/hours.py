"""When the shop and everybody in it work: the usual week, and days that are special."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Row, and_, bindparam, delete, insert, select

from posapp.domain.base.clock import day_number, day_of
from posapp.domain.shop.businesses import ExceptionRow, WeekRow
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.shop.tables import day_exception, working_hours

T = TypeVar("T")
_BUSINESS: BindParameter[int] = bindparam("business")
_WEEK = Hot(
    select(working_hours)
    .where(working_hours.c.business_id == _BUSINESS)
    .order_by(working_hours.c.weekday, working_hours.c.starts)
)
_EXCEPTIONS = Hot(
    select(day_exception)
    .where(
        and_(
            day_exception.c.business_id == _BUSINESS,
            day_exception.c.day.between(bindparam("first"), bindparam("last")),
        )
    )
    .order_by(day_exception.c.day, day_exception.c.opens)
)


class Hours(Repository):
    """The hours of one business and of its people and benches."""

    def week(self) -> list[WeekRow]:
        """Working hours and breaks of the shop and of everybody in it."""
        return list(self._connection.settled(_WEEK, {"business": self._business}, _week))

    def set_week(self, resource_id: int | None, rows: Sequence[WeekRow]) -> None:
        """Replace the hours of the shop (None) or of one person or bench."""
        self._refuse_strays(working_hours, {"resource_id": resource_id})
        self._connection.execute(
            delete(working_hours).where(
                and_(
                    working_hours.c.business_id == self._business,
                    working_hours.c.resource_id.is_not_distinct_from(resource_id),
                )
            )
        )
        if rows:
            self._connection.execute(
                insert(working_hours),
                [
                    {
                        "business_id": self._business,
                        "resource_id": resource_id,
                        "weekday": row.weekday,
                        "kind": row.kind,
                        "starts": row.starts,
                        "ends": row.ends,
                        "label": row.label,
                    }
                    for row in rows
                ],
            )

    def exceptions(self, first: date, last: date) -> list[ExceptionRow]:
        """Days with other hours between two days, both included."""
        days = {"business": self._business, "first": day_number(first), "last": day_number(last)}
        return list(self._connection.settled(_EXCEPTIONS, days, _exceptions))

    def made_of(
        self,
        first: date,
        last: date,
        make: Callable[[Sequence[WeekRow], Sequence[ExceptionRow]], T],
    ) -> T:
        """What `make` makes of the week and of what is special between two days, both included."""
        found: T = self._connection.settled_as(
            (make, self._business, first, last), lambda: make(self.week(), self.exceptions(first, last))
        )
        return found

    def set_exceptions(self, resource_id: int | None, day: date, rows: Sequence[ExceptionRow]) -> None:
        """Replace what is special about one day; no rows: the usual hours again."""
        here = and_(
            day_exception.c.business_id == self._business,
            day_exception.c.resource_id.is_not_distinct_from(resource_id),
            day_exception.c.day == day_number(day),
        )
        self._connection.execute(delete(day_exception).where(here))
        for row in rows:
            self._add(
                day_exception,
                {
                    "resource_id": resource_id,
                    "day": day_number(day),
                    "opens": row.opens,
                    "closes": row.closes,
                    "reason": row.reason,
                },
            )


def _week(rows: Sequence[Row[Any]]) -> tuple[WeekRow, ...]:
    return tuple(
        WeekRow(row.resource_id, row.weekday, row.kind, row.starts, row.ends, row.label) for row in rows
    )


def _exceptions(rows: Sequence[Row[Any]]) -> tuple[ExceptionRow, ...]:
    return tuple(
        ExceptionRow(row.resource_id, day_of(row.day), row.opens, row.closes, row.reason) for row in rows
    )
