"""The free time of people and benches, as calendars know it: how long a walk-in waits, when a repair is done.

Bookings, hours, breaks and closed days are those that a booking is checked against.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.clock import (
    resolve_wall,
    wall_at,
    wall_of,
)
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.schedule import Span, free_starts
from posapp.domain.bookings.weeks import DAY_MINUTES, hours_around, open_spans
from posapp.domain.shop.businesses import Business, Resource
from posapp.services.bookings.agenda import Weeks, busy_of, weeks_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

STEP = 5
CELL = 15
DAYS_AHEAD = 60


@dataclass(frozen=True, slots=True)
class Turn:
    """When somebody's turn comes, by the shop's clock, and with whom."""

    starts: datetime
    instant: datetime
    resource: Resource


def turns(uow: "UnitOfWork", lengths: Sequence[int]) -> list[Turn | None]:
    """The turns of a queue today, each person served where and when a time is free first; None: not today.

    Today goes on after midnight as long as the hours of now do.
    """
    business, ahead = uow.businesses.get(), max(lengths, default=0)
    today = wall_of(uow.now, business.time_zone).date()
    weeks = weeks_of(uow, today, today + timedelta(days=1))
    resources = uow.businesses.resources()
    nights = {one.id: _night(today, weeks, one) for one in resources}
    ahead += DAY_MINUTES if any(nights.values()) else 0
    busy = busy_of(uow, business, resources, today, ahead=ahead)
    found: list[Turn | None] = []
    for minutes in lengths:
        turns = (
            _turn(uow, business, today, weeks, one, minutes, busy[one.id], nights[one.id])
            for one in resources
        )
        best = min((one for one in turns if one is not None), key=lambda one: one.instant, default=None)
        if best is not None:
            busy[best.resource.id].append(Span(best.instant, best.instant + timedelta(minutes=minutes)))
        found.append(best)
    return found


def _night(today: date, weeks: Weeks, resource: Resource) -> int:
    """Until which minute of tomorrow the hours of today go on, 0 if they end today."""
    spans = hours_around(today, weeks.shop, weeks.of(resource))
    return max((ends - DAY_MINUTES for starts, ends in spans if starts < DAY_MINUTES < ends), default=0)


def _turn(
    uow: "UnitOfWork",
    business: Business,
    today: date,
    weeks: Weeks,
    resource: Resource,
    minutes: int,
    busy: Sequence[Span],
    night: int,
) -> Turn | None:
    """The first time that one person or bench has for so many minutes, today or in the night that follows."""
    days = [(today, DAY_MINUTES), *([(today + timedelta(days=1), night)] if night else [])]
    for day, until in days:
        starts = free_starts(
            day,
            business.time_zone,
            weeks.shop,
            weeks.of(resource),
            minutes=minutes,
            step=STEP,
            buffer=resource.buffer_minutes,
            busy=busy,
            capacity=resource.capacity,
            not_before=uow.now - timedelta(minutes=STEP, seconds=-1),  # the step that runs is now
        )
        if starts and starts[0].hour * 60 + starts[0].minute < until:
            wall = datetime.combine(day, starts[0])
            return Turn(wall, resolve_wall(wall, business.time_zone), resource)
    return None


def done_at(
    uow: "UnitOfWork", ahead_minutes: int, minutes: int, resource_id: int | None = None
) -> datetime | None:
    """When work of so many minutes is done if `ahead_minutes` of other work come first.

    Work fills the time that bookings leave free, on all benches or the named one; None where two months
    do not hold it.
    """
    business = uow.businesses.get()
    first = wall_of(uow.now, business.time_zone).date()
    weeks = weeks_of(uow, first, first + timedelta(days=DAYS_AHEAD))
    resources = [one for one in uow.businesses.resources() if resource_id in (None, one.id)]
    left, own = ahead_minutes + minutes, minutes
    for ahead in range(DAYS_AHEAD + 1):
        day = first + timedelta(days=ahead)
        for span, free in _cells(uow, business, day, resources, weeks):
            if span.ends <= uow.now or not free:
                continue
            usable = int((span.ends - max(span.starts, uow.now)).total_seconds() // 60)
            left -= usable * free
            own -= usable  # one person does not work twice at once
            if left <= 0 and own <= 0:
                return span.ends
    return None


def _cells(
    uow: "UnitOfWork", business: Business, day: date, resources: Sequence[Resource], weeks: Weeks
) -> list[tuple[Span, int]]:
    """The quarters of a day in order, each with how many can work in it."""
    free: dict[int, int] = {}
    spans: dict[int, Span] = {}
    busy = busy_of(uow, business, resources, day)
    for one in resources:
        for opens, closes in open_spans(day, weeks.shop, weeks.of(one)):
            for minute in range(opens, closes - CELL + 1, CELL):
                span = spans.get(minute) or _cell(day, minute, business.time_zone)
                if span is None:
                    continue
                spans[minute] = span
                taken = sum(map(span.overlaps, busy[one.id]))
                free[minute] = free.get(minute, 0) + max(0, one.capacity - taken)
    return [(spans[minute], free[minute]) for minute in sorted(free)]


def _cell(day: date, minute: int, zone: str) -> Span | None:
    wall = wall_at(day, minute)
    try:
        starts = resolve_wall(wall, zone)
    except DomainError:
        return None  # the clocks skip this quarter
    return Span(starts, starts + timedelta(minutes=CELL))
