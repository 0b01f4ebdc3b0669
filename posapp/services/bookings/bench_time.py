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
from posapp.domain.bookings.weeks import open_spans
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
    """The turns of a queue today, each person served where and when a time is free first; None: not today."""
    business = uow.businesses.get()
    today = wall_of(uow.now, business.time_zone).date()
    weeks = weeks_of(uow, today, today)
    resources = uow.businesses.resources()
    busy = busy_of(uow, business, resources, today, ahead=max(lengths, default=0))
    found: list[Turn | None] = []
    for minutes in lengths:
        best: Turn | None = None
        for one in resources:
            starts = free_starts(
                today,
                business.time_zone,
                weeks.shop,
                weeks.of(one),
                minutes=minutes,
                step=STEP,
                buffer=one.buffer_minutes,
                busy=busy[one.id],
                capacity=one.capacity,
                not_before=uow.now - timedelta(minutes=STEP, seconds=-1),  # the step that runs is now
            )
            if starts:
                wall = datetime.combine(today, starts[0])
                instant = resolve_wall(wall, business.time_zone)
                if best is None or instant < best.instant:
                    best = Turn(wall, instant, one)
        if best is not None:
            busy[best.resource.id].append(Span(best.instant, best.instant + timedelta(minutes=minutes)))
        found.append(best)
    return found


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
