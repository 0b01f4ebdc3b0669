"""What is open, taken and free: read by calendars, and asked again inside the transaction that books."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.clock import resolve_wall, wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, number_of
from posapp.domain.bookings.bookings import Booking
from posapp.domain.bookings.schedule import Span, free_starts, peak_use, refusal
from posapp.domain.bookings.weeks import (
    DAY_MINUTES,
    WorkingWeek,
    breaks_around,
    hours_from,
    open_spans,
    week_of,
)
from posapp.domain.shop.businesses import Business, ExceptionRow, Resource, WeekRow

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

STEP = 15
DAYS_AHEAD = 14
ONE_DAY = timedelta(days=1)
USUAL_MINUTES = 30
"""As long is work of a shop that has no services."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a booking: whom or what it takes, from when until when, buffer included in `busy_until`."""

    resource: Resource
    wall_start: datetime
    starts: datetime
    ends: datetime
    busy_until: datetime
    override_reason: str | None = None

    @classmethod
    def of(
        cls,
        resource: Resource,
        wall: datetime,
        starts: datetime,
        minutes: int,
        *,
        override_reason: str | None = None,
    ) -> "Slot":
        """The slot that begins at an instant and lasts some minutes."""
        ends = starts + timedelta(minutes=minutes)
        busy_until = ends + timedelta(minutes=resource.buffer_minutes)
        return cls(resource, wall, starts, ends, busy_until, override_reason)


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A time that can be booked, by the shop's clock, and with whom."""

    starts: datetime
    resource: Resource


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The hours of one person or bench on one day, in minutes of the day; `note` says why it is special.

    Spans and breaks are cut to the day; `hours` are those that begin on it, ending beyond 1440 in a night.
    """

    resource_id: int
    day: date
    hours: tuple[tuple[int, int], ...]
    open_spans: tuple[tuple[int, int], ...]
    breaks: tuple[tuple[int, int, str], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """Some days of the shop: who works when, and the bookings in order of time."""

    first: date
    last: date
    now: datetime  # the shop's wall clock
    moment: datetime
    resources: tuple[Resource, ...]
    plans: tuple[DayPlan, ...]
    bookings: tuple[Booking, ...]


class Weeks:
    """The working weeks of a shop and its people between two days."""

    def __init__(self, rows: Iterable[WeekRow], exceptions: Iterable[ExceptionRow]) -> None:
        self._rows, self._exceptions = tuple(rows), tuple(exceptions)
        self._owners = {row.resource_id for row in self._rows} | {row.resource_id for row in self._exceptions}
        self._weeks: dict[int, WorkingWeek] = {}
        self._plans: dict[tuple[int, date], DayPlan] = {}
        self.shop = week_of(None, self._rows, self._exceptions)

    def of(self, resource: Resource) -> WorkingWeek | None:
        """The own week of a person or bench, None if it keeps the shop's hours."""
        if resource.id not in self._owners:
            return None
        if resource.id not in self._weeks:
            self._weeks[resource.id] = week_of(resource.id, self._rows, self._exceptions)
        return self._weeks[resource.id]

    def plan(self, day: date, resource: Resource) -> DayPlan:
        """The hours of a person or bench on a day; calendars ask for the same ones at every refresh."""
        key = (resource.id, day)
        if key not in self._plans:
            self._plans[key] = _plan(day, resource, self)
        return self._plans[key]


def weeks_of(uow: "UnitOfWork", first: date, last: date) -> Weeks:
    """The weeks that hold between two days, both included, and what reaches into them from beside."""
    return uow.hours.made_of(first - ONE_DAY, last + ONE_DAY, Weeks)


def refuse_closed(uow: "UnitOfWork", wall: datetime, minutes: int, resource: Resource) -> None:
    """Refuse a time outside the hours of the shop or of the person or bench."""
    weeks = weeks_of(uow, wall.date(), wall.date())
    zone = uow.businesses.get().time_zone
    closed = refusal(wall, minutes, zone, weeks.shop, weeks.of(resource), who=resource.name)
    if closed is not None:
        raise DomainError("closed", closed.sentence, field="starts", reason=closed.reason.value)


def refuse_clash(
    uow: "UnitOfWork",
    resource: Resource,
    wall: datetime,
    starts: datetime,
    minutes: int,
    *,
    but: int,
) -> Slot:
    """Hold the person or bench, refuse a time that is taken, and return the slot."""
    capacity, _ = uow.bookings.hold(resource.id)
    slot = Slot.of(resource, wall, starts, minutes)
    taken = uow.bookings.count_taken(resource.id, slot.starts, slot.busy_until, but=but)
    if taken < capacity:  # so many cannot overlap beyond the capacity, wherever they lie
        return slot
    spans = [
        Span(*span) for span in uow.bookings.spans_taken(resource.id, slot.starts, slot.busy_until, but=but)
    ]
    if peak_use(spans, Span(slot.starts, slot.busy_until)) < capacity:
        return slot
    following = free_times(uow, wall.date(), minutes, resource.id, limit=1, but=but, not_before=slot.starts)
    hint = f" Next free: {_when(following[0].starts, wall)}." if following else " Choose another day."
    raise DomainError(
        "taken",
        f"{resource.name} is taken at {wall:%H:%M}.{hint}",
        field="starts",
        next_free=following[0].starts if following else None,
        resource_id=resource.id,
    )


def free_times(
    uow: "UnitOfWork",
    day: date,
    minutes: int,
    resource_id: int | None,
    *,
    limit: int,
    but: int = 0,
    not_before: datetime | None = None,
) -> list[FreeTime]:
    """The next times at which a booking of so many minutes fits, the earliest first."""
    business = uow.businesses.get()
    resources = [one for one in uow.businesses.resources() if resource_id in (None, one.id)]
    weeks = weeks_of(uow, day, day + timedelta(days=DAYS_AHEAD))
    earliest = max(uow.now, not_before) if not_before else uow.now
    found: list[FreeTime] = []
    for ahead in range(DAYS_AHEAD + 1):
        today = day + timedelta(days=ahead)
        starts: dict[time, Resource] = {}
        busy = busy_of(uow, business, resources, today, ahead=minutes, but=but)
        for resource in resources:
            for at in free_starts(
                today,
                business.time_zone,
                weeks.shop,
                weeks.of(resource),
                minutes=minutes,
                step=STEP,
                buffer=resource.buffer_minutes,
                busy=busy[resource.id],
                capacity=resource.capacity,
                not_before=earliest,
            ):
                starts.setdefault(at, resource)
        found += [FreeTime(datetime.combine(today, at), starts[at]) for at in sorted(starts)]
        if len(found) >= limit:
            break
    return found[:limit]


def usual_minutes(uow: "UnitOfWork") -> int:
    """The length of the shop's first service, which is what most people come for."""
    return next((one.minutes for one in uow.businesses.services()), USUAL_MINUTES)


def require_booking(uow: "UnitOfWork", number: str) -> Booking:
    """The booking of that number; refuses with `booking_unknown`."""
    digits = number_of(number, Letter.BOOKING)
    found = uow.bookings.by_number(digits) if digits is not None else None
    if found is None:
        raise DomainError("booking_unknown", f"There is no booking {number.strip()[:20]}.", field="number")
    return found


def busy_of(
    uow: "UnitOfWork",
    business: Business,
    resources: Sequence[Resource],
    day: date,
    *,
    ahead: int = 0,
    but: int = 0,
) -> dict[int, list[Span]]:
    """What bookings take of people and benches on a day, without the pause after each.

    Work that begins on the day and takes `ahead` minutes meets those of the next night, too.
    """
    first, last = day_bounds(day, day, business.time_zone)
    last += timedelta(minutes=ahead + max((one.buffer_minutes for one in resources), default=0))
    taken = uow.bookings.spans_by_resource(first, last, but=but)
    found: dict[int, list[Span]] = {}
    for one in resources:
        pause = timedelta(minutes=one.buffer_minutes)  # `free_starts` adds the pause itself
        found[one.id] = [Span(starts, max(starts, until - pause)) for starts, until in taken.get(one.id, ())]
    return found


def day_bounds(first: date, last: date, zone: str) -> tuple[datetime, datetime]:
    """The instants between which the wall-clock days lie, generously where midnight is skipped."""
    midnight = datetime.combine(first, time())
    following = datetime.combine(last + timedelta(days=1), time())
    return _instant(midnight, zone), _instant(following, zone)


def _instant(wall: datetime, zone: str) -> datetime:
    try:
        return resolve_wall(wall, zone)
    except DomainError:
        return resolve_wall(wall + timedelta(hours=1), zone)


def agenda_of(uow: "UnitOfWork", first: date, last: date) -> Agenda:
    """Everything a calendar paints for some days, both included."""
    business = uow.businesses.get()
    weeks = weeks_of(uow, first, last)
    bookings: list[Booking] = []
    shown: list[Resource] = []
    for resource in uow.businesses.resources(with_archived=True):
        taken = uow.bookings.on_days(resource.id, first, last)
        bookings += taken
        if taken or not resource.is_archived:
            shown.append(resource)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    plans = tuple(weeks.plan(day, resource) for day in days for resource in shown)
    bookings.sort(key=lambda one: (one.starts, one.id))
    now = wall_of(uow.now, business.time_zone)
    return Agenda(first, last, now, uow.now, tuple(shown), plans, tuple(bookings))


def outside_of(uow: "UnitOfWork", first: date, last: date) -> list[Booking]:
    """The bookings to come on some days, both included, that the hours of now would refuse.

    Those that were made anyway, for a reason, are none of them.
    """
    zone, weeks = uow.businesses.get().time_zone, weeks_of(uow, first, last)
    agenda = agenda_of(uow, first, last)
    whom = {one.id: weeks.of(one) for one in agenda.resources}
    return [
        one
        for one in agenda.bookings
        if one.status.is_due and one.starts > uow.now and one.override_reason is None
        if refusal(wall_of(one.starts, zone), one.minutes, zone, weeks.shop, whom[one.resource_id])
    ]


def _plan(day: date, resource: Resource, weeks: Weeks) -> DayPlan:
    own = weeks.of(resource)
    breaks = sorted(breaks_around(day, weeks.shop, weeks.shop, own))
    special = [*weeks.shop.exceptions_of(day), *(own.exceptions_of(day) if own else ())]
    return DayPlan(
        resource.id,
        day,
        tuple(hours_from(day, weeks.shop, own)),
        tuple(open_spans(day, weeks.shop, own)),
        tuple(
            (max(one.starts, 0), min(one.ends, DAY_MINUTES), one.label)
            for one in breaks
            if one.starts < DAY_MINUTES
        ),
        ", ".join(one.reason for one in special if one.reason),
    )


def _when(at: datetime, wanted: datetime) -> str:
    return f"{at:%H:%M}" if at.date() == wanted.date() else f"{at:%a} {at.day} {at:%b %H:%M}"
