"""How long devices were in each state: the times that ended on some days, and the tickets behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import text

from posapp.domain.base.clock import day_number
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository

_WAYS: Final = {
    "state": "s.code",
    "technician": "coalesce(r.name, '')",
    "kind": "d.kind",
    "day": "x.until_day",
}
WAYS = tuple(_WAYS)
"""In how many ways times in states are divided."""
_JOB = "JOIN job j ON j.id = x.job_id AND +j.business_id = x.business_id"
_WHO = "LEFT JOIN resource r ON r.id = j.technician_id AND +r.business_id = j.business_id"
_WHAT = "JOIN device d ON d.id = j.device_id AND +d.business_id = j.business_id"
_BESIDE = {"technician": f"{_JOB} {_WHO}", "kind": f"{_JOB} {_WHAT}"}
_ENDED = (
    "FROM job_time x JOIN ticket_state s ON s.id = x.state_id AND +s.business_id = x.business_id {joins} "
    "WHERE x.business_id = :business AND x.until_day BETWEEN :first AND :last"
)
_MINUTES = "(x.until - x.since) / 60000000"
_LATE = "s.limit_hours IS NOT NULL AND x.until - x.since > s.limit_hours * CAST(3600000000 AS BIGINT)"
_KEYS = 4096
"""A device steps less often from state to state; so a time in a state has a key of one number."""


@cache
def _stays(way: str) -> Hot:
    return Hot(
        text(
            f"SELECT {_WAYS[way]} AS part, count(*), CAST(sum({_MINUTES}) AS BIGINT), max({_MINUTES}), "
            f"CAST(sum(CASE WHEN {_LATE} THEN 1 ELSE 0 END) AS BIGINT) "
            f"{_ENDED.format(joins=_BESIDE.get(way, ''))} GROUP BY 1 ORDER BY 1"
        ),
        tuple,
    )


@cache
def _behind(way: str) -> Hot:
    joins = (
        f"{_JOB} {_WHO} {_WHAT} JOIN ticket t ON t.id = j.ticket_id AND +t.business_id = j.business_id "
        "LEFT JOIN customer c ON c.id = t.customer_id AND +c.business_id = t.business_id"
    )
    return Hot(
        text(
            "SELECT x.job_id, x.number, t.number, x.until_day, coalesce(c.pl_number, 0), s.name, "
            f"trim(d.make || ' ' || d.model), {_MINUTES} {_ENDED.format(joins=joins)} "
            f"AND {_WAYS[way]} = :part AND (x.until_day > :first OR x.job_id > :job "
            "OR (x.job_id = :job AND x.number > :number)) "
            "ORDER BY x.until_day, x.job_id, x.number LIMIT :limit"
        ),
        tuple,
    )


_DAY_OF = Hot(
    text(
        "SELECT until_day FROM job_time x WHERE x.business_id = :business AND x.job_id = :job "
        "AND x.number = :number"
    )
)


@dataclass(frozen=True, slots=True)
class Stays:
    """The times in states of one part: how many, how long together, the longest, how many too long."""

    part: Any
    count: int
    minutes: int
    longest: int
    late: int


@dataclass(frozen=True, slots=True)
class StayBehind:
    """One time in a state; `key` is where the next page goes on."""

    key: int
    number: int
    day: int
    pl_number: int
    state: str
    device: str
    minutes: int


class StayFigures(Repository):
    """The times in states of one business."""

    def parts(self, way: str, first: date, last: date) -> list[Stays]:
        """The times that ended on some days (both included), part by part."""
        keys = {"business": self._business, "first": day_number(first), "last": day_number(last)}
        return [Stays(*row) for row in self._connection.execute(_stays(way), keys)]

    def behind(
        self, way: str, part: object, first: date, last: date, after: int, limit: int
    ) -> Sequence[StayBehind]:
        """The next times of a part, those that ended first before others."""
        job, number = divmod(after, _KEYS)
        begins = day_number(first)
        own = {"business": self._business, "job": job, "number": number}
        if after:
            begins = max(begins, self._connection.execute(_DAY_OF, own).scalar() or begins)
        keys = {**own, "first": begins, "last": day_number(last), "part": part, "limit": limit}
        return [
            StayBehind(at * _KEYS + place, *told)
            for at, place, *told in self._connection.execute(_behind(way), keys)
        ]
