"""The days of an agenda, one by one: what a person or bench, or the whole shop, has on each."""

from dataclasses import dataclass
from datetime import date, timedelta

from posapp.domain.base.clock import ClockChange, clock_change
from posapp.domain.bookings.bookings import Booking, BookingStatus
from posapp.domain.shop.businesses import Resource
from posapp.domain.shop.hours import merged
from posapp.services.bookings.agenda import Agenda

Spans = tuple[tuple[int, int], ...]
"""From and until which minute of the day."""


@dataclass(frozen=True, slots=True)
class DayColumn:
    """One person or bench on one day, or (`resource` None) everybody.

    `bookings` are those worth showing, in order of time, those that began the day before included
    (`Booking.minutes_of` says from and until when the day sees them); `count` is of all that begin on it and
    were not cancelled. Hours and breaks are cut to the day. The `note` says why the day is special, where it
    is so for all of them.
    """

    day: date
    resource: Resource | None
    bookings: tuple[Booking, ...]
    open_spans: Spans
    breaks: tuple[tuple[int, int, str], ...]
    note: str
    count: int
    change: ClockChange | None


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day at a glance: its bookings that hold somebody, how full it is beside the fullest (0 to 1).

    `hours` are the minutes from the first opening to the last closing of what begins on the day (beyond 1440:
    after midnight), None where nobody works; `note` says why.
    """

    day: date
    count: int
    share: float
    hours: tuple[int, int] | None
    note: str


def day_columns(agenda: Agenda, zone: str) -> list[DayColumn]:
    """The first day: one column per person and bench."""
    change = clock_change(agenda.first, zone)
    return [_column(agenda, agenda.first, resource, change) for resource in agenda.resources]


def week_columns(agenda: Agenda, zone: str, resource_id: int | None) -> list[DayColumn]:
    """Each day of everybody, or of one person or bench."""
    chosen = next((one for one in agenda.resources if one.id == resource_id), None)
    days = [agenda.first + timedelta(days=number) for number in range((agenda.last - agenda.first).days + 1)]
    return [_column(agenda, day, chosen, clock_change(day, zone)) for day in days]


def days_ahead(agenda: Agenda) -> list[DayAhead]:
    """The days of an agenda at a glance."""
    days = sorted({plan.day for plan in agenda.plans})
    taken = [one.wall_start.date() for one in agenda.bookings if one.status.takes_time]
    most = max((taken.count(day) for day in days), default=0)
    found = []
    for day in days:
        plans = [plan for plan in agenda.plans if plan.day == day]
        spans = merged(span for plan in plans for span in plan.hours)
        hours = (spans[0][0], spans[-1][1]) if spans else None
        note = next((plan.note for plan in plans if plan.note), "")
        count = taken.count(day)
        found.append(DayAhead(day, count, count / most if most else 0.0, hours, note))
    return found


def _column(agenda: Agenda, day: date, resource: Resource | None, change: ClockChange | None) -> DayColumn:
    mine = [
        one
        for one in agenda.bookings
        if one.minutes_of(day) and (resource is None or one.resource_id == resource.id)
    ]
    plans = [
        plan
        for plan in agenda.plans
        if plan.day == day and (resource is None or plan.resource_id == resource.id)
    ]
    notes = {plan.note for plan in plans}
    return DayColumn(
        day,
        resource,
        _worth_showing(mine),
        tuple(merged(span for plan in plans for span in plan.open_spans)),
        plans[0].breaks if resource is not None and plans else (),
        notes.pop() if len(notes) == 1 else "",
        sum(one.status != BookingStatus.CANCELLED and one.wall_start.date() == day for one in mine),
        change,
    )


def _worth_showing(bookings: list[Booking]) -> tuple[Booking, ...]:
    """A cancelled booking gives way where its time was given away."""
    live = [one for one in bookings if one.status != BookingStatus.CANCELLED]
    return tuple(
        one
        for one in bookings
        if one.status != BookingStatus.CANCELLED or not any(_overlap(one, other) for other in live)
    )


def _overlap(one: Booking, other: Booking) -> bool:
    return one.resource_id == other.resource_id and one.starts < other.ends and other.starts < one.ends
