"""The working week: when the shop, a person or a bench works, and the days that are other than usual.

Hours are minutes of the wall day that they begin on (0 to 1439); what goes on after midnight ends beyond
1440, a day later at most. What is special about a day holds for the hours that begin on it: the night before
still runs to its end.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from posapp.domain.base.errors import DomainError
from posapp.domain.shop.businesses import ExceptionRow, WeekRow
from posapp.domain.shop.hours import merged

DAY_MINUTES = 1440
_ONE_DAY = timedelta(days=1)
Minutes = tuple[int, int]


def check_span(starts: int, ends: int, field: str) -> None:
    """Refuse what begins on no day, or does not end within a day after."""
    if not (0 <= starts < DAY_MINUTES and starts < ends <= starts + DAY_MINUTES):
        raise DomainError(
            "hours_invalid",
            "The end must be later than the start, by a day at most. Enter 24:00 for midnight.",
            field=field,
        )


@dataclass(frozen=True, order=True, slots=True)
class Hours:
    """Open from `opens` to `closes` on a weekday (0 is Monday); a weekday may have several."""

    weekday: int
    opens: int
    closes: int

    def __post_init__(self) -> None:
        check_span(self.opens, self.closes, "hours")


@dataclass(frozen=True, order=True, slots=True)
class Break:
    """Not available from `starts` to `ends` on a weekday."""

    weekday: int
    starts: int
    ends: int
    label: str = ""

    def __post_init__(self) -> None:
        check_span(self.starts, self.ends, "breaks")


@dataclass(frozen=True, slots=True)
class DayException:
    """Other hours on one day, or closed if `opens` is None; a day may have several."""

    day: date
    opens: int | None = None
    closes: int | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.opens is not None or self.closes is not None:
            opens = DAY_MINUTES if self.opens is None else self.opens
            check_span(opens, self.closes or 0, "exceptions")


@dataclass(frozen=True, slots=True)
class WorkingWeek:
    """The usual week of the shop, or of a person or bench, and its exceptions."""

    hours: tuple[Hours, ...] = ()
    breaks: tuple[Break, ...] = ()
    exceptions: tuple[DayException, ...] = ()
    goes_on: bool = field(init=False, compare=False)
    """Whether any of its hours reach midnight, so that a day alone does not tell all."""

    def __post_init__(self) -> None:
        ends = (*(one.closes for one in self.hours), *(one.closes or 0 for one in self.exceptions))
        object.__setattr__(self, "goes_on", max(ends, default=0) >= DAY_MINUTES)

    def exceptions_of(self, day: date) -> tuple[DayException, ...]:
        """What is other than usual on a day."""
        return tuple(each for each in self.exceptions if each.day == day)

    def breaks_of(self, day: date) -> tuple[Break, ...]:
        """The breaks that begin on a day, by start."""
        return tuple(sorted(each for each in self.breaks if each.weekday == day.weekday()))

    def hours_of(self, day: date) -> list[Minutes]:
        """Open times that begin on a day, breaks not taken off."""
        exceptions = self.exceptions_of(day)
        if any(each.opens is None for each in exceptions):
            return []
        if exceptions:
            return merged((each.opens or 0, each.closes or 0) for each in exceptions)
        return merged((each.opens, each.closes) for each in self.hours if each.weekday == day.weekday())


def week_of(
    resource_id: int | None, rows: Iterable[WeekRow], exceptions: Iterable[ExceptionRow]
) -> WorkingWeek:
    """The week of the shop (None), or of a person or bench, out of the rows of all of them."""
    own = [row for row in rows if row.resource_id == resource_id]
    return WorkingWeek(
        tuple(Hours(row.weekday, row.starts, row.ends) for row in own if row.kind == "open"),
        tuple(Break(row.weekday, row.starts, row.ends, row.label) for row in own if row.kind == "break"),
        tuple(
            DayException(row.day, row.opens, row.closes, row.reason)
            for row in exceptions
            if row.resource_id == resource_id
        ),
    )


class Pause(NamedTuple):
    """A break in minutes of some day; below 0 it began the day before."""

    starts: int
    ends: int
    label: str


def within(spans: Sequence[Minutes], others: Sequence[Minutes]) -> list[Minutes]:
    """What both have."""
    pairs = ((max(a, c), min(b, d)) for a, b in spans for c, d in others)
    return sorted((starts, ends) for starts, ends in pairs if starts < ends)


def cut_to_day(spans: Sequence[Minutes]) -> list[Minutes]:
    """What a day shows of them: what began the day before from 0 on, what goes on until 1440."""
    return within(spans, [(0, DAY_MINUTES)])


def without(spans: list[Minutes], breaks: Iterable[Pause]) -> list[Minutes]:
    """The spans with the breaks cut out."""
    for each in breaks:
        cut = [(a, min(b, each.starts)) for a, b in spans] + [(max(a, each.ends), b) for a, b in spans]
        spans = sorted((starts, ends) for starts, ends in cut if starts < ends)
    return spans


def hours_around(day: date, shop: WorkingWeek, resource: WorkingWeek | None = None) -> list[Minutes]:
    """The open hours, breaks not taken off, that a booking of this day can run in, in minutes of this day.

    The night before counts from below 0, and what goes on after midnight is one with the next day's hours
    that it touches.
    """
    has_own = resource is not None and (resource.hours or resource.exceptions)
    if not shop.goes_on:  # the usual shop: its day tells all
        spans = shop.hours_of(day)
        return within(spans, _own_hours(day, shop, resource)) if resource and has_own else spans
    spans = _joined(day, shop.hours_of)
    if resource and has_own:
        spans = within(spans, _joined(day, lambda at: _own_hours(at, shop, resource)))
    return [span for span in spans if span[1] > 0]


def _joined(day: date, hours_of: Callable[[date], list[Minutes]]) -> list[Minutes]:
    """The hours of a day and of those beside it, in minutes of the day."""
    return merged(
        (starts + ahead * DAY_MINUTES, ends + ahead * DAY_MINUTES)
        for ahead, at in _around(day)
        for starts, ends in hours_of(at)
    )


def hours_from(day: date, shop: WorkingWeek, resource: WorkingWeek | None = None) -> list[Minutes]:
    """The hours that begin on a day, as long as they run: what is said of a day in words."""
    if resource is None:
        return shop.hours_of(day)
    spans = within(hours_around(day, shop), _own_hours(day, shop, resource))
    return [span for span in spans if span[0] < DAY_MINUTES]


def breaks_around(day: date, shop: WorkingWeek, *weeks: WorkingWeek | None) -> list[Pause]:
    """The breaks of these weeks that touch a day, or where the shop's hours go on the night beside it."""
    days = _around(day) if shop.goes_on else ((0, day),)
    return [
        Pause(each.starts + ahead * DAY_MINUTES, each.ends + ahead * DAY_MINUTES, each.label)
        for week in weeks
        if week is not None and week.breaks
        for ahead, at in days
        for each in week.breaks_of(at)
        if each.ends + ahead * DAY_MINUTES > 0
    ]


def open_spans(day: date, shop: WorkingWeek, resource: WorkingWeek | None = None) -> list[Minutes]:
    """When a booking may run on a day: the resource's hours within the shop's, breaks of both taken off."""
    spans = hours_around(day, shop, resource)
    return cut_to_day(without(spans, breaks_around(day, shop, shop, resource)))


def _around(day: date) -> tuple[tuple[int, date], ...]:
    """The days whose hours a booking of this day can run in, and how far away they are."""
    return (-1, day - _ONE_DAY), (0, day), (1, day + _ONE_DAY)


def _own_hours(day: date, shop: WorkingWeek, resource: WorkingWeek) -> list[Minutes]:
    """The hours of a resource that begin on a day; without any of its own it keeps the shop's."""
    if not resource.hours and not resource.exceptions_of(day):
        return shop.hours_of(day)
    return resource.hours_of(day)
