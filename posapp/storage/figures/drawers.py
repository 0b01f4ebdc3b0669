"""Drawers that were counted and closed, and what their payments say beside the business days of these."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text

from posapp.domain.base.clock import day_number
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository

_CLOSED = Hot(
    text(
        "SELECT s.id, s.number, s.business_day, s.till, s.closed_by, s.expected_minor, s.counted_minor, "
        "s.difference_minor, s.note FROM shift s WHERE s.business_id = :business "
        "AND s.business_day BETWEEN :first AND :last AND s.number IS NOT NULL ORDER BY s.business_day, s.id"
    ),
    tuple,
)
# On time is what was paid before the drawer was closed: what its Z told.
_ON_TIME = "p.created_at <= s.closed_at"
_IN_BOOKS = "p.business_day BETWEEN :first AND :last"


def _sum(which: str) -> str:
    return f"CAST(coalesce(sum(CASE WHEN {which} THEN p.amount_minor END), 0) AS BIGINT)"


_TAKINGS = Hot(
    text(
        "SELECT s.id, coalesce(s.number, 0), s.business_day, s.till, coalesce(s.closed_by, ''), "
        "coalesce(s.difference_minor, 0), s.note, coalesce(p.tender, 'cash'), "
        f"{_sum(_ON_TIME)}, {_sum(_IN_BOOKS)} "
        "FROM shift s LEFT JOIN payment p ON p.shift_id = s.id AND +p.business_id = s.business_id "
        "WHERE +s.business_id = :business AND s.id IN (SELECT d.id FROM shift d "
        "WHERE d.business_id = :business AND d.business_day BETWEEN :first AND :last "
        "UNION SELECT q.shift_id FROM payment q WHERE q.business_id = :business "
        "AND q.business_day BETWEEN :first AND :last) "
        "GROUP BY s.id, coalesce(p.tender, 'cash') ORDER BY s.business_day, s.id, coalesce(p.tender, 'cash')"
    ),
    tuple,
)
_PAID = Hot(
    text(
        "SELECT p.id, p.number, p.business_day, p.amount_minor, "
        f"CASE WHEN {_ON_TIME} THEN 1 ELSE 0 END, coalesce(c.pl_number, 0) "
        "FROM shift s JOIN payment p ON p.shift_id = s.id AND +p.business_id = s.business_id "
        "LEFT JOIN customer c ON c.id = p.customer_id AND +c.business_id = p.business_id "
        "WHERE +s.business_id = :business AND s.id = :shift AND p.tender = :tender ORDER BY p.id"
    ),
    tuple,
)


@dataclass(frozen=True, slots=True)
class ClosedDrawer:
    """A drawer as it was counted."""

    id: int
    number: int
    day: int
    till: str
    by: str
    expected_minor: int
    counted_minor: int
    difference_minor: int
    note: str


@dataclass(frozen=True, slots=True)
class DrawerTakings:
    """What one tender brought in a shift: until it was closed, and on the days that are asked for.

    `number` is that of its Z, 0 while it is open.
    """

    shift_id: int
    number: int
    day: int
    till: str
    by: str
    difference_minor: int
    note: str
    tender: str
    on_time_minor: int
    in_books_minor: int


@dataclass(frozen=True, slots=True)
class PaidIn:
    """A payment of a shift; not `is_on_time` (0): the drawer was closed before, or is still open."""

    id: int
    number: int
    day: int
    amount_minor: int
    is_on_time: int
    pl_number: int


class DrawerFigures(Repository):
    """The drawers of one business."""

    def closed(self, first: date, last: date) -> list[ClosedDrawer]:
        """The drawers that were opened on some days (both included) and are closed."""
        return [ClosedDrawer(*row) for row in self._connection.execute(_CLOSED, self._days(first, last))]

    def takings(self, first: date, last: date) -> list[DrawerTakings]:
        """Of each shift of these days, and of each that took money on them, what each tender brought."""
        return [DrawerTakings(*row) for row in self._connection.execute(_TAKINGS, self._days(first, last))]

    def paid_in(self, shift_id: int, tender: str) -> list[PaidIn]:
        """The payments of a shift by one tender."""
        keys = {"business": self._business, "shift": shift_id, "tender": tender}
        found = self._connection.execute(_PAID, keys)
        return [PaidIn(*row) for row in found]

    def _days(self, first: date, last: date) -> dict[str, int]:
        return {"business": self._business, "first": day_number(first), "last": day_number(last)}
