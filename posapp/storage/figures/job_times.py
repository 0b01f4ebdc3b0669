"""The time of each device in each state, followed from the records of repairs."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, insert, select, update

from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.records import kept_columns
from posapp.storage.base.repository import Repository
from posapp.storage.figures.work_tables import job_time
from posapp.storage.repairs.tables import job

_MINE = and_(beside(job_time.c.business_id) == bindparam("business"), job_time.c.job_id == bindparam("job"))
_END = Hot(
    update(job_time)
    .where(and_(_MINE, job_time.c.until.is_(None)))
    .values(until=bindparam("at"), until_day=bindparam("day"))
)
_COUNT = Hot(select(func.count()).select_from(job_time).where(_MINE))
_BEGIN = Hot(insert(job_time))


class JobSeen(NamedTuple):
    """What of a job its times and figures depend on."""

    id: int
    device_id: int
    state_id: int
    state_since: int
    is_here: bool
    technician_id: int | None
    outcome: str | None


_PLACES = [[column.name for column in kept_columns(job)].index(name) for name in JobSeen._fields]


def seen(row: Sequence[Any]) -> JobSeen:
    """A job as the journal knows it."""
    return JobSeen(*(row[place] for place in _PLACES))


class JobTimes(Repository):
    """The times in states of the repairs of one business."""

    def begin(self, after: JobSeen, day: int) -> None:
        """A job is there, in its first state since the business day `day`."""
        self._begin(after, day, 1)

    def step(self, after: JobSeen, day: int) -> None:
        """A job is in another state since the business day `day`; the one before ends there."""
        keys = {"business": self._business, "job": after.id}
        self._connection.execute(_END, {**keys, "at": after.state_since, "day": day})
        self._begin(after, day, 1 + self._connection.execute(_COUNT, keys).scalar_one())

    def _begin(self, after: JobSeen, day: int, number: int) -> None:
        values = {"business_id": self._business, "job_id": after.id, "number": number}
        when = {"state_id": after.state_id, "since": after.state_since, "since_day": day}
        self._connection.execute(_BEGIN, {**values, **when})
