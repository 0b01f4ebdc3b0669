"""The bookings of some days, divided in one way or another, and the bookings behind a part."""

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
    "all": "1",
    "status": "b.status",
    "source": "b.source",
    "service": "s.name",
    "person": "r.name",
    "day": "b.business_day",
}
WAYS = tuple(_WAYS)
"""In how many ways bookings are divided; weekdays and months are put together from days."""
_SERVICE = "JOIN service s ON s.id = b.service_id AND +s.business_id = b.business_id"
_PERSON = "JOIN resource r ON r.id = b.resource_id AND +r.business_id = b.business_id"
_BESIDE = {"service": _SERVICE, "person": _PERSON}
_OF_DAYS = "WHERE b.business_id = :business AND b.business_day BETWEEN :first AND :last"


@cache
def _parts(way: str) -> Hot:
    return Hot(
        text(
            f"SELECT {_WAYS[way]} AS part, b.resource_id, b.status, count(*), "
            f"CAST(sum(b.minutes) AS BIGINT) FROM booking b {_BESIDE.get(way, '')} {_OF_DAYS} "
            "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        ),
        tuple,
    )


@cache
def _behind(way: str) -> Hot:
    return Hot(
        text(
            "SELECT b.id, b.number, b.business_day, coalesce(c.pl_number, 0), s.name, r.name, b.status "
            f"FROM booking b {_SERVICE} {_PERSON} "
            "LEFT JOIN customer c ON c.id = b.customer_id AND +c.business_id = b.business_id "
            f"{_OF_DAYS} AND {_WAYS[way]} = :part AND (b.business_day > :first OR b.id > :after) "
            "ORDER BY b.business_day, b.id LIMIT :limit"
        ),
        tuple,
    )


_DAY_OF = Hot(text("SELECT business_day FROM booking b WHERE b.business_id = :business AND b.id = :after"))


@dataclass(frozen=True, slots=True)
class Booked:
    """How many bookings of a part and status somebody had, and how long these are together."""

    part: Any
    resource_id: int
    status: str
    count: int
    minutes: int


@dataclass(frozen=True, slots=True)
class BookingBehind:
    """A booking behind a figure."""

    id: int
    number: int
    day: int
    pl_number: int
    service: str
    person: str
    status: str


class BookedFigures(Repository):
    """The bookings of one business."""

    def parts(self, way: str, first: date, last: date) -> list[Booked]:
        """The bookings of some days (both included), part by part."""
        keys = {"business": self._business, "first": day_number(first), "last": day_number(last)}
        return [Booked(*row) for row in self._connection.execute(_parts(way), keys)]

    def day_of(self, key: int) -> int:
        """The business day of a booking, 0 where there is none."""
        own = {"business": self._business, "after": key}
        return int(self._connection.execute(_DAY_OF, own).scalar() or 0)

    def behind(
        self, way: str, part: object, first: date, last: date, after: int, limit: int
    ) -> Sequence[BookingBehind]:
        """The next bookings of a part, the oldest day first."""
        begins = max(day_number(first), self.day_of(after) if after else 0)
        keys = {"business": self._business, "first": begins, "last": day_number(last), "part": part}
        found = self._connection.execute(_behind(way), {**keys, "after": after, "limit": limit})
        return [BookingBehind(*row) for row in found]
