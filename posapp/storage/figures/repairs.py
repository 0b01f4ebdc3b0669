"""What left repaired and what was taken in, divided in one way or another, and the tickets behind a part.

What left stands in `job_figure` by its day; how long a device was in a state in `job_time`. Both are read by
the index of their day; nothing is told a second way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import text

from posapp.domain.base.clock import day_number
from posapp.domain.figures.work import graded_sql
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository

_DEVICE = "trim(d.make || ' ' || d.model)"
_WAYS: Final = {
    "technician": "coalesce(r.name, '')",
    "fault": "j.fault",
    "device": f"CASE WHEN {_DEVICE} = '' THEN d.kind ELSE {_DEVICE} END",
    "day": "{day}",
    "month": "{day} / 100",
}
WAYS = tuple(_WAYS)
"""In how many ways repairs are divided."""
_BESIDE = {
    "technician": "LEFT JOIN resource r ON r.id = j.technician_id AND +r.business_id = j.business_id",
    "device": "JOIN device d ON d.id = j.device_id AND +d.business_id = j.business_id",
}
_LEFT = (
    "FROM job_figure f JOIN job j ON j.id = f.job_id AND +j.business_id = f.business_id "
    "JOIN ticket t ON t.id = j.ticket_id AND +t.business_id = j.business_id {joins} "
    "WHERE f.business_id = :business AND f.day BETWEEN :first AND :last"
)
_TURNED = graded_sql("(j.handed_at - t.created_at) / 60000000")
_BACK = "CAST(sum(CASE WHEN f.came_back THEN 1 ELSE 0 END) AS BIGINT)"


def _key(way: str, day: str) -> str:
    return _WAYS[way].format(day=day)


@cache
def _times(way: str, minutes: str) -> Hot:
    """By part and (graded) time: how many left so, and how many of them came back."""
    left = _LEFT.format(joins=_BESIDE.get(way, ""))
    key = _key(way, "f.day")
    return Hot(
        text(f"SELECT {key} AS part, {minutes}, count(*), {_BACK} {left} GROUP BY 1, 2 ORDER BY 1, 2"), tuple
    )


@cache
def _taken_in(way: str) -> Hot:
    return Hot(
        text(
            f"SELECT {_key(way, 't.business_day')} AS part, count(*) FROM ticket t "
            "JOIN job j ON j.ticket_id = t.id AND +j.business_id = t.business_id "
            f"{_BESIDE.get(way, '')} WHERE t.business_id = :business "
            "AND t.business_day BETWEEN :first AND :last GROUP BY 1 ORDER BY 1"
        ),
        tuple,
    )


_WHOSE = "LEFT JOIN customer c ON c.id = t.customer_id AND +c.business_id = t.business_id"


@cache
def _behind(way: str) -> Hot:
    joins = " ".join({*_BESIDE.values()}) + " " + _WHOSE
    return Hot(
        text(
            f"SELECT j.id, t.number, f.day, coalesce(c.pl_number, 0), {_WAYS['device']}, j.fault, "
            f"coalesce(r.name, '') {_LEFT.format(joins=joins)} AND {_key(way, 'f.day')} = :part "
            "AND (f.day > :first OR f.job_id > :after) ORDER BY f.day, j.id LIMIT :limit"
        ),
        tuple,
    )


_DAY_OF = Hot(text("SELECT day FROM job_figure f WHERE f.business_id = :business AND f.job_id = :after"))


@dataclass(frozen=True, slots=True)
class RepairBehind:
    """A device that left repaired."""

    id: int
    number: int
    day: int
    pl_number: int
    device: str
    fault: str
    technician: str


class RepairFigures(Repository):
    """The repairs of one business."""

    def ready(self, way: str, first: date, last: date) -> Sequence[tuple[Any, int | None, int, int]]:
        """By part and graded minutes until it was ready: how many left repaired, how many came back."""
        found: Sequence[tuple[Any, int | None, int, int]] = self._read(_times(way, "f.minutes"), first, last)
        return found

    def turned(self, way: str, first: date, last: date) -> Sequence[tuple[Any, int, int, int]]:
        """The same by the graded minutes from intake to the hand-back."""
        found: Sequence[tuple[Any, int, int, int]] = self._read(_times(way, _TURNED), first, last)
        return found

    def taken_in(self, way: str, first: date, last: date) -> Sequence[tuple[Any, int]]:
        """How many devices of each part were taken in."""
        found: Sequence[tuple[Any, int]] = self._read(_taken_in(way), first, last)
        return found

    def behind(
        self, way: str, part: object, first: date, last: date, after: int, limit: int
    ) -> list[RepairBehind]:
        """The next devices of a part that left repaired, the oldest day first."""
        begins = day_number(first)
        if after:
            own = {"business": self._business, "after": after}
            begins = max(begins, self._connection.execute(_DAY_OF, own).scalar() or begins)
        keys = {"business": self._business, "first": begins, "last": day_number(last), "part": part}
        found = self._connection.execute(_behind(way), {**keys, "after": after, "limit": limit})
        return [RepairBehind(*row) for row in found]

    def _read(self, asked: Hot, first: date, last: date) -> Any:
        keys = {"business": self._business, "first": day_number(first), "last": day_number(last)}
        return self._connection.execute(asked, keys).all()
