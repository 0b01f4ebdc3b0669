"""What is told of each device that left repaired, and which of them came back."""

from typing import Any, Final, NamedTuple

from sqlalchemy import and_, bindparam, delete, insert, select, text

from posapp.domain.figures.work import CAME_BACK_DAYS, graded_sql
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.figures.work_tables import job_figure

_BACK_US: Final = CAME_BACK_DAYS * 86_400 * 1_000_000
_MINUTES = "(ready - taken_in) / 60000000"
DEFINITION: Final = (
    f"SELECT business_id, job_id, day, technician_id, CASE WHEN ready IS NULL THEN NULL "
    f"ELSE {graded_sql(_MINUTES)} END AS minutes, came_back FROM ("
    "SELECT j.business_id, j.id AS job_id, c.since_day AS day, j.technician_id, t.created_at AS taken_in, "
    "(SELECT max(r.since) FROM job_time r JOIN ticket_state s ON s.id = r.state_id "
    "AND +s.business_id = r.business_id "
    "WHERE r.job_id = j.id AND +r.business_id = j.business_id AND s.group_code = 'ready') AS ready, "
    "EXISTS (SELECT 1 FROM job again WHERE again.device_id = j.device_id "
    "AND +again.business_id = j.business_id AND again.id <> j.id AND again.created_at >= j.handed_at "
    f"AND again.created_at <= j.handed_at + {_BACK_US}) AS came_back "
    "FROM job j JOIN ticket t ON t.id = j.ticket_id AND +t.business_id = j.business_id "
    "JOIN job_time c ON c.job_id = j.id AND +c.business_id = j.business_id AND c.until IS NULL "
    "WHERE j.outcome = 'repaired' AND j.handed_at IS NOT NULL{which}) f"
)
"""Every device that left repaired: the day it left, who repaired it, how long until it was ready (graded
minutes), whether it came back. `{which}` narrows it down."""

_ONE = Hot(text(DEFINITION.format(which=" AND j.business_id = :business AND j.id = :job")), tuple)
_KEPT = Hot(
    select(job_figure.c.day, job_figure.c.technician_id, job_figure.c.minutes, job_figure.c.came_back).where(
        and_(
            beside(job_figure.c.business_id) == bindparam("business"), job_figure.c.job_id == bindparam("job")
        )
    ),
    tuple,
)
_FORGET = Hot(
    delete(job_figure).where(
        and_(
            beside(job_figure.c.business_id) == bindparam("business"), job_figure.c.job_id == bindparam("job")
        )
    )
)
_ADD = Hot(insert(job_figure))
# The last hand-backs of a device before a moment, which are few.
_BEFORE = Hot(
    text(
        "SELECT id FROM job WHERE +business_id = :business AND device_id = :device AND id <> :job "
        f"AND handed_at IS NOT NULL AND handed_at >= :at - {_BACK_US} AND handed_at <= :at"
    ),
    tuple,
)


class JobFigure(NamedTuple):
    """What is told of a device that left repaired."""

    day: int
    technician_id: int | None
    minutes: int | None
    came_back: bool

    @property
    def counts(self) -> dict[tuple[int, str, str], int]:
        """What it adds to the totals of its day."""
        who = str(self.technician_id or "")
        found = {(self.day, "handed", who): 1}
        if self.minutes is not None:
            found[self.day, "ready", f"{who}:{self.minutes}"] = 1
        if self.came_back:
            found[self.day, "back", who] = 1
        return found


class JobFigures(Repository):
    """The figures of the repairs of one business."""

    def write_anew(self, job_id: int) -> tuple[JobFigure | None, JobFigure | None]:
        """Write what is told of one device from its records; what was told before, and what is now."""
        keys = {"business": self._business, "job": job_id}
        before = self._figure(self._connection.execute(_KEPT, keys).first())
        row = self._connection.execute(_ONE, keys).first()
        now = self._figure(row[2:]) if row is not None else None
        if before != now:
            if before is not None:
                self._connection.execute(_FORGET, keys)
            if now is not None:
                values = {"business_id": self._business, "job_id": job_id, **now._asdict()}
                self._connection.execute(_ADD, values)
        return before, now

    def handed_before(self, device_id: int, job_id: int, at: int) -> list[int]:
        """The jobs after which a device came back, if it is taken in again at the moment `at`."""
        keys = {"business": self._business, "device": device_id, "job": job_id, "at": at}
        return [int(key) for (key,) in self._connection.execute(_BEFORE, keys)]

    @staticmethod
    def _figure(row: Any) -> JobFigure | None:
        if row is None:
            return None
        day, technician, minutes, came_back = row
        return JobFigure(int(day), technician, minutes, bool(came_back))
