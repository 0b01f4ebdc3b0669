"""Times, figures and totals of work follow from the repairs and bookings that a transaction wrote."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from posapp.domain.base.clock import from_us
from posapp.storage.base.part import Repositories
from posapp.storage.base.records import Image, kept_columns
from posapp.storage.bookings.tables import booking
from posapp.storage.figures.job_figures import JobFigures
from posapp.storage.figures.job_times import JobTimes, seen
from posapp.storage.figures.work_totals import WorkTotals
from posapp.storage.repairs.tables import job
from posapp.storage.shop.businesses import Businesses

_BOOKING = [column.name for column in kept_columns(booking)]
_DAY, _STATUS = _BOOKING.index("business_day"), _BOOKING.index("status")
_Counts = Counter[tuple[int, str, str]]


def follow_work(uow: Repositories, images: Sequence[Image]) -> None:
    """Write what follows from the jobs and bookings among them; neither is ever deleted."""
    found = [one for one in images if one.after is not None and one.kind.table in (booking, job)]
    for owner in sorted({one.owner for one in found}):
        _Following(uow, owner).follow([one for one in found if one.owner == owner])


class _Following:
    """What follows in one business."""

    def __init__(self, uow: Repositories, business: int) -> None:
        self._businesses = Businesses(uow.hands, business, uow.stamp)
        self._times = JobTimes(uow.hands, business, uow.stamp)
        self._figures = JobFigures(uow.hands, business, uow.stamp)
        self._totals = WorkTotals(uow.hands, business, uow.stamp)

    def follow(self, images: Sequence[Image]) -> None:
        """Write all of it."""
        changes, told = _Counts(), dict[int, None]()
        for image in images:
            if image.kind.table is booking:
                _count(changes, image.before, -1)
                _count(changes, image.after, 1)
            else:
                told |= dict.fromkeys(self._step(image))
        for key in told:
            before, now = self._figures.write_anew(key)
            changes.subtract(before.counts if before is not None else {})
            changes.update(now.counts if now is not None else {})
        self._totals.raise_by(changes)

    def _step(self, image: Image) -> list[int]:
        """Write the times of a job; the keys of those whose figures are to be told anew."""
        assert image.after is not None
        after = seen(image.after)
        if image.before is None:
            self._times.begin(after, self._day(after.state_since))
            return self._figures.handed_before(after.device_id, after.id, after.state_since)
        before = seen(image.before)
        if (before.state_id, before.state_since) != (after.state_id, after.state_since):
            self._times.step(after, self._day(after.state_since))
        is_told = after.outcome is not None or before.outcome is not None
        return [after.id] if is_told and before != after else []

    def _day(self, at: int) -> int:
        return self._businesses.get().packed_day_of(from_us(at))


def _count(changes: _Counts, row: Sequence[Any] | None, by: int) -> None:
    if row is not None:
        changes[row[_DAY], "booking", row[_STATUS]] += by
