"""The days that a figure is about, and those that it is compared with.

Days are business days of the shop (rule 6 of figures: its own cut-over hour), both ends included.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from posapp.domain.base.errors import DomainError

_FIRST_YEAR, _LAST_YEAR = 1970, 9000
_EARLIEST = date(_FIRST_YEAR + 1, 1, 1)
"""What begins earlier is compared with nothing."""


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, `first` and `last` included. Refuses with `DomainError` what ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Both ends make sense."""
        if self.first > self.last:
            raise DomainError("days_reversed", "The last day is before the first one.", field="to")
        if self.first.year < _FIRST_YEAR or self.last.year > _LAST_YEAR:
            raise DomainError("days_far", f"Choose days from {_FIRST_YEAR} to {_LAST_YEAR}.", field="from")

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        """Whether a day is one of them."""
        return self.first <= day <= self.last


EVER = Period(date(_FIRST_YEAR, 1, 1), date(_LAST_YEAR, 12, 31))
"""All days that there are."""


class Span(StrEnum):
    """The periods that have a name, in the order of their keys (Alt+1 …)."""

    TODAY = "today"
    WEEK = "7_days"
    FOUR_WEEKS = "28_days"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Comparison(StrEnum):
    """With what a period is compared."""

    BEFORE = "before"
    """As many days right before it; whole months, quarters and years with the whole one before."""
    LAST_YEAR = "last_year"
    NONE = "none"


def span_of(span: Span, today: date) -> Period:
    """The days of a named period that ends today, or of the calendar month, quarter or year up to today."""
    match span:
        case Span.TODAY:
            return Period(today, today)
        case Span.WEEK:
            return Period(today - timedelta(6), today)
        case Span.FOUR_WEEKS:
            return Period(today - timedelta(27), today)
        case Span.MONTH:
            return Period(today.replace(day=1), today)
        case Span.QUARTER:
            return Period(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1), today)
        case Span.YEAR:
            return Period(today.replace(month=1, day=1), today)


def compared(period: Period, comparison: Comparison) -> Period | None:
    """The days that a period is compared with; None where it is compared with nothing.

    What begins with a month, quarter or year and stays within it is compared with the same days of the one
    before, so that March stands beside February and not beside 29 January to 28 February; whole months with
    as many before them.
    """
    if comparison is Comparison.NONE or period.first.toordinal() - period.days < _EARLIEST.toordinal():
        return None
    if comparison is Comparison.LAST_YEAR:
        return Period(months_before(period.first, 12), months_before(period.last, 12))
    months = _stretch_of(period)
    if months:
        last = months_before(period.last, months)
        if _is_month_end(period.last):
            last = month_end(last)
        return Period(months_before(period.first, months), last)
    return Period(period.first - timedelta(period.days), period.first - timedelta(1))


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


def _stretch_of(period: Period) -> int:
    """How many months back the days before a period begin; 0 where they are counted in days."""
    first, last = period.first, period.last
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day != 1:
        return 0
    if _is_month_end(last):
        return months
    for length in (1, 3, 12):  # the month, quarter or year that has begun
        if months <= length and (first.month - 1) % length == 0:
            return length
    return 0


def _is_month_end(day: date) -> bool:
    return day == month_end(day)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, the last one of a month that is shorter."""
    place = day.year * 12 + day.month - 1 - months
    begins = date(place // 12, place % 12 + 1, 1)
    return min(begins.replace(day=1) + timedelta(day.day - 1), month_end(begins))
