"""Which days of the books are shown: one day, or the month, quarter or year that it lies in."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from posapp.domain.base.errors import DomainError
from posapp.domain.figures.periods import Period


class Step(StrEnum):
    """How long the shown days are, in the order of Alt+1 to Alt+4."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_MONTHS = {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}


@dataclass(frozen=True, slots=True)
class BookDays:
    """A day, and how much around it is shown."""

    step: Step
    day: date

    @property
    def period(self) -> Period:
        """The days; a month, quarter or year is whole, whatever day it is today."""
        months = _MONTHS.get(self.step)
        if months is None:
            return Period(self.day, self.day)
        first = self.day.replace(month=(self.day.month - 1) // months * months + 1, day=1)
        return Period(first, _months_on(first, months) - timedelta(1))

    def moved(self, by: int) -> "BookDays":
        """As many days, months, quarters or years on or back; the same where there are none any more."""
        months = _MONTHS.get(self.step)
        try:
            if months is None:
                return replace(self, day=Period(self.day + timedelta(by), self.day + timedelta(by)).first)
            moved = replace(self, day=_months_on(self.period.first, by * months))
            return replace(moved, day=moved.period.first)
        except (DomainError, ValueError, OverflowError):
            return self


def _months_on(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)
