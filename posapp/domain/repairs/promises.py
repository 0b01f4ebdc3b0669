"""When a repair is promised: times that suit the hours of the shop. All times are by its own clock."""

from datetime import date, datetime, timedelta

from posapp.domain.base.clock import wall_at
from posapp.domain.bookings.weeks import Minutes, WorkingWeek

MOST = 3
"""So many times are offered."""
SOONEST = timedelta(hours=2)
"""The end of today is offered only if it is no rush."""
USUAL_END = 17 * 60
"""The minute of the day that ends it where the shop does not say."""
_LOOK_AHEAD, _NOON, _STEP = 10, 12 * 60, 15


def is_too_soon(due: datetime, earliest: datetime | None) -> bool:
    """Whether a promise is earlier than the bench can keep it; `earliest` None: out of sight."""
    return earliest is None or due < earliest


def closes_at(week: WorkingWeek, day: date) -> int | None:
    """The minute at which the shop closes on a day, beyond 1440 in the night; None if it is closed.

    Without hours it closes at five.
    """
    spans = _spans(week, day)
    return max(ends for _, ends in spans) if spans else None


def _spans(week: WorkingWeek, day: date) -> list[Minutes]:
    """The hours of a day; those of a shop that says nothing go from midnight to the usual end."""
    is_told = week.hours or week.exceptions_of(day)
    return week.hours_of(day) if is_told else [(0, USUAL_END)]


def _is_open_at_noon(week: WorkingWeek, day: date) -> bool:
    return any(starts < _NOON <= ends for starts, ends in _spans(week, day))


def times_to_promise(week: WorkingWeek, now: datetime, earliest: datetime | None = None) -> list[datetime]:
    """The end of today if that is no rush, then noon and closing of the next open days.

    With `earliest`, when the bench could have it done, that comes first and nothing before it.
    """
    found: list[datetime] = []
    for day in (now.date() + timedelta(days=step) for step in range(_LOOK_AHEAD)):
        closes = closes_at(week, day)
        if closes is None or len(found) >= MOST:
            continue
        ends = wall_at(day, closes)
        if day == now.date():
            found += [ends] if ends - now >= SOONEST else []
        else:
            found += [wall_at(day, _NOON)] if _is_open_at_noon(week, day) and closes > _NOON else []
            found += [ends]
    if earliest is not None:
        found = [earliest, *(one for one in found[:MOST] if one > earliest)]
    return found[:MOST]


def next_quarter(at: datetime) -> datetime:
    """The quarter of an hour that is not before a time."""
    past = timedelta(minutes=at.minute % _STEP, seconds=at.second, microseconds=at.microsecond)
    return at - past + (timedelta(minutes=_STEP) if past else timedelta())
