"""When a repair is promised: times that suit the hours of the shop. All times are by its own clock."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from posapp.domain.base.clock import wall_at
from posapp.domain.shop.businesses import WeekRow

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


def closes_at(week: Sequence[WeekRow], day: date) -> int | None:
    """The minute at which the shop closes on a day, beyond 1440 in the night; None if it is closed.

    Without hours it closes at five.
    """
    shop = _open(week)
    ends = [row.ends for row in shop if row.weekday == day.weekday()]
    return max(ends) if ends else None if shop else USUAL_END


def _open(week: Sequence[WeekRow]) -> list[WeekRow]:
    return [row for row in week if row.resource_id is None and row.kind == "open"]


def _is_open_at_noon(week: Sequence[WeekRow], day: date) -> bool:
    shop = _open(week)
    return not shop or any(row.weekday == day.weekday() and row.starts < _NOON <= row.ends for row in shop)


def times_to_promise(
    week: Sequence[WeekRow], now: datetime, earliest: datetime | None = None
) -> list[datetime]:
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
