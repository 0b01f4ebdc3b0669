"""Free times: when a person or bench can be booked, and why not.

Hours are minutes of the shop's wall day (`weeks`); bookings are spans of real time in UTC, so a day on which
the clocks change has its true length, and what begins before midnight may end after it. Spans include their
start and exclude their end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from posapp.domain.base.clock import (
    SkippedTime,
    even_midnight,
    resolve_wall,
    wall_at,
)
from posapp.domain.base.typed_dates import shown_day
from posapp.domain.bookings.weeks import (
    DAY_MINUTES,
    Minutes,
    Pause,
    WorkingWeek,
    breaks_around,
    cut_to_day,
    hours_around,
    open_spans,
)


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """A stretch of real time between two aware UTC instants."""

    starts: datetime
    ends: datetime

    def overlaps(self, other: "Span") -> bool:
        """Whether both share some time; touching is not overlapping."""
        return self.starts < other.ends and other.starts < self.ends

    def is_within(self, other: "Span") -> bool:
        """Whether the other covers this one."""
        return other.starts <= self.starts and self.ends <= other.ends


class ClosedReason(StrEnum):
    """Why a time cannot be booked."""

    CLOSED_DAY = "closed_day"
    CLOSED_HOUR = "closed_hour"
    IN_BREAK = "in_break"


@dataclass(frozen=True, slots=True)
class Closed:
    """A refusal by working hours.

    `spans` are the hours of that day (none on a closed day) or the one break, in minutes of the day;
    `label` is the exception's reason or the break's label; `who` the person or bench, empty for the shop.
    """

    reason: ClosedReason
    day: date
    spans: tuple[Minutes, ...] = ()
    label: str = ""
    who: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong and what to do, for the clerk."""
        label = f" ({self.label})" if self.label else ""
        times = " and ".join(f"{_hh_mm(starts)} to {_hh_mm(ends)}" for starts, ends in self.spans)
        match self.reason:
            case ClosedReason.CLOSED_DAY:
                state = f"{self.who} is off" if self.who else "The shop is closed"
                return f"{state} on {shown_day(self.day)}{label}. Choose another day."
            case ClosedReason.CLOSED_HOUR:
                state = f"{self.who} works" if self.who else "the shop is open"
                return f"On {shown_day(self.day)} {state} {times}{label}. Choose a time that fits."
        return f"{self.who or 'The shop'} has a break{label} from {times}. Choose a time before or after it."


def _hh_mm(minutes: int) -> str:
    minutes = minutes if minutes == DAY_MINUTES else minutes % DAY_MINUTES
    return f"{minutes // 60:02}:{minutes % 60:02}"


def peak_use(spans: Iterable[Span], window: Span) -> int:
    """How many of the spans run at once, at most, during the window."""
    edges: list[tuple[datetime, int]] = []
    for span in spans:
        if span.overlaps(window):
            edges += [(max(span.starts, window.starts), 1), (span.ends, -1)]
    running = peak = 0
    for _, step in sorted(edges):  # at one instant ends (-1) come before starts
        running += step
        peak = max(peak, running)
    return peak


def free_starts(
    day: date,
    zone: str,
    shop: WorkingWeek,
    resource: WorkingWeek | None = None,
    *,
    minutes: int,
    step: int = 15,
    buffer: int = 0,
    busy: Sequence[Span] = (),
    capacity: int = 1,
    not_before: datetime | None = None,
) -> list[time]:
    """The wall times of a day at which a booking of so many minutes can start.

    Starts lie on the `step` grid of the clock and at each opening. `busy` are the bookings that the resource
    has; `buffer` minutes stay free after each of them and after the new one. Of a doubled hour the
    first counts.
    """
    pause = timedelta(minutes=buffer)
    padded = [(each.starts, each.ends + pause) for each in busy]
    hours, breaks = _real_day(day, zone, shop, resource)
    midnight = even_midnight(day, zone)
    found: list[time] = []
    for minute in _candidates(open_spans(day, shop, resource), step):
        span = _span(day, minute, minutes, zone, midnight)
        if span is None or (not_before is not None and span.starts < not_before):
            continue
        if not any(map(span.is_within, hours)) or any(map(span.overlaps, breaks)):
            continue
        since, until = span.starts, span.ends + pause
        met = [Span(starts, ends) for starts, ends in padded if starts < until and since < ends]
        if len(met) < capacity or peak_use(met, Span(since, until)) < capacity:
            found.append(time(minute // 60, minute % 60))
    return found


def _candidates(spans: list[Minutes], step: int) -> list[int]:
    on_grid = {minute for opens, closes in spans for minute in range(-(-opens // step) * step, closes, step)}
    return sorted(on_grid | {opens for opens, _ in spans})


def _real_day(
    day: date, zone: str, shop: WorkingWeek, resource: WorkingWeek | None
) -> tuple[list[Span], list[Span]]:
    """The open hours and the breaks in which bookings of a day run, in real time."""
    breaks = breaks_around(day, shop, shop, resource)
    return (
        [_real(day, each, zone) for each in hours_around(day, shop, resource)],
        [_real(day, (each.starts, each.ends), zone) for each in breaks],
    )


def _span(day: date, minute: int, minutes: int, zone: str, midnight: datetime | None) -> Span | None:
    """The booking that starts at a minute of the day, or None in an hour that the clocks skip."""
    if midnight is not None:
        starts = midnight + timedelta(minutes=minute)
        return Span(starts, starts + timedelta(minutes=minutes))
    try:
        starts = resolve_wall(wall_at(day, minute), zone)
    except SkippedTime:
        return None
    return Span(starts, starts + timedelta(minutes=minutes))


def _instant(day: date, minute: int, zone: str, *, fold: int) -> datetime:
    """The instant of an opening or closing time; a skipped one is the moment of the change."""
    wall = wall_at(day, minute)
    try:
        return resolve_wall(wall, zone, fold=fold)
    except SkippedTime as skipped:
        return resolve_wall(skipped.later, zone)


def refusal(
    wall: datetime,
    minutes: int,
    zone: str,
    shop: WorkingWeek,
    resource: WorkingWeek | None = None,
    *,
    who: str = "",
) -> Closed | None:
    """Why a booking of so many minutes cannot start at a wall time, or None if the hours allow it.

    `who` is the name of the resource. Raises `SkippedTime` as `resolve_wall` does.
    """
    day = wall.date()
    starts = resolve_wall(wall, zone)
    span = Span(starts, starts + timedelta(minutes=minutes))
    breaks = breaks_around(day, shop, shop)
    refused = _refusal_of(shop, hours_around(day, shop), breaks, span, day, zone, "")
    if refused is None and resource is not None:
        hours, breaks = hours_around(day, shop, resource), breaks_around(day, shop, resource)
        refused = _refusal_of(resource, hours, breaks, span, day, zone, who)
    return refused


def _refusal_of(
    week: WorkingWeek,
    hours: list[Minutes],
    breaks: list[Pause],
    span: Span,
    day: date,
    zone: str,
    who: str,
) -> Closed | None:
    label = next((each.reason for each in week.exceptions_of(day) if each.reason), "")
    if not cut_to_day(hours):
        return Closed(ClosedReason.CLOSED_DAY, day, (), label, who)
    for each in breaks:
        if span.overlaps(_real(day, (each.starts, each.ends), zone)):
            return Closed(ClosedReason.IN_BREAK, day, ((each.starts, each.ends),), each.label, who)
    if not any(span.is_within(_real(day, each, zone)) for each in hours):
        return Closed(ClosedReason.CLOSED_HOUR, day, _told(hours), label, who)
    return None


def _told(hours: list[Minutes]) -> tuple[Minutes, ...]:
    """The hours of a day as they are said: of what goes on and on, the part of the day."""
    return tuple(
        (max(starts, 0), DAY_MINUTES if ends > max(starts, 0) + DAY_MINUTES else ends)
        for starts, ends in hours
        if starts < DAY_MINUTES
    )


@lru_cache(maxsize=1024)
def _real(day: date, minutes: Minutes, zone: str) -> Span:
    """Minutes of a day in real time; of a day the same few are asked for again and again."""
    return Span(_instant(day, minutes[0], zone, fold=0), _instant(day, minutes[1], zone, fold=1))
