"""Draws the bookings of a demonstration shop: ten years of drop-offs at the bench, and this week's people.

Times are counted in minutes of the shop's wall clock since the midnight of the first day. A booking waits as
one whole number until all are known, so that three million of them are put in the order of their making,
which is the order of their numbers, in little memory.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from posapp.domain.base.clock import day_number, resolve_wall, to_us, wall_of
from posapp.domain.bookings.bookings import BookingStatus
from posapp.services.care.demo_names import FEATURED

DAY = 1440
OPENS, CLOSES = 9 * 60, 18 * 60
YEARS = 10
BEFORE, AHEAD = 6, 14  # days around today with a diary of their own
MINUTE = 60_000_000  # microseconds
CANCELLED_BECAUSE = "The customer called."

BOOKING = (
    "id", "number", "customer_id", "service_id", "resource_id", "starts_at", "ends_at", "busy_until",
    "wall_start", "minutes", "business_day", "status", "reason", "price_minor", "note", "created_at",
    "updated_at",
)  # fmt: skip

# Name, minutes, price in cents or None (after inspection); the last one fits before closing.
SERVICES: tuple[tuple[str, int, int | None], ...] = (
    ("Diagnosis", 30, 2500),
    ("Battery replacement", 45, 4900),
    ("Screen replacement", 60, 8900),
    ("Charging port repair", 45, 5900),
    ("Laptop service", 90, 9900),
    ("Console repair", 60, 7200),
    ("Data recovery", 60, None),
    ("Quick check", 15, 1000),
)
_LAST = len(SERVICES) - 1
PEOPLE = (("Tomasz", 13 * 60), ("Aino", 12 * 60 + 30), ("Ravi", 13 * 60 + 30))
"""Who repairs, and the minute at which their half hour of lunch begins."""
LUNCH = 30
BENCH = "Drop-off bench"

_DEVICES = (
    "iPhone 13", "Pixel 7a", "Galaxy S22", "MacBook keyboard", "Switch, stick drift", "iPad (10th gen)",
    "Dell XPS 13", "PlayStation 5", "Fairphone 4", "ThinkPad T480", "Apple Watch", "Galaxy Tab", "Steam Deck",
    "Kindle",
)  # fmt: skip
_S = BookingStatus
_STATES = tuple(BookingStatus)
_DONE, _NO_SHOW, _CANCELLED = _STATES.index(_S.DONE), _STATES.index(_S.NO_SHOW), _STATES.index(_S.CANCELLED)
_PAST = (_DONE,) * 57 + (_NO_SHOW,) * 4 + (_CANCELLED,) * 3
_VISITS = tuple(state.is_visit for state in _STATES)
# How long before it begins a booking is made: at the counter, or some days ahead.
_LEADS = (5, 5, 5, DAY, 2 * DAY, 3 * DAY, 5 * DAY, 8 * DAY)
_LONGEST_LEAD = 8
_KEY = {"created": 40, "lead": 37, "service": 34, "state": 31}  # where the parts lie in a waiting booking
_BUCKET = _KEY["created"] + 17  # some ninety days


@dataclass(frozen=True, slots=True)
class Planned:
    """A booking of the days around today; `resource` counts the people, then the bench."""

    start: int
    resource: int
    service: int
    state: int
    created: int
    device: str


class Days:
    """The days of the shop from its first one to two weeks ahead."""

    def __init__(self, now: datetime, zone: str) -> None:
        wall = wall_of(now, zone)
        self.today = wall.date()
        self.first = self.today - timedelta(days=YEARS * 365 + 2)
        self.now = (self.today - self.first).days * DAY + wall.hour * 60 + wall.minute
        # The clocks never change between opening and closing, so a day has one distance from UTC.
        dates = [self.first + timedelta(days=at) for at in range(self.index_of(self.today) + AHEAD + 1)]
        self.midnights = [
            to_us(resolve_wall(datetime.combine(day, time(9)), zone)) - OPENS * MINUTE for day in dates
        ]
        self.numbers = [day_number(day) for day in dates]
        self.walls = [f"{day.isoformat()}T" for day in dates]
        self.weekdays = tuple(sorted({*range(6), self.today.weekday()}))
        here = self.index_of(self.today)
        self.past = [at for at in range(here - BEFORE) if dates[at].weekday() < 6]
        self.around = [
            at for at in range(here - BEFORE, here + AHEAD + 1) if dates[at].weekday() in self.weekdays
        ]

    def index_of(self, day: date) -> int:
        """How many days after the first one."""
        return (day - self.first).days

    def instant(self, minute: int) -> int:
        """The microsecond of a minute of the wall clock."""
        return self.midnights[minute // DAY] + minute % DAY * MINUTE


class Diary:
    """Draws three bookings a customer."""

    def __init__(self, days: Days, customers: int, seed: int) -> None:
        self._days = days
        self._customers = customers
        self._bits = Random(f"diary {seed}").getrandbits
        buckets = (days.now >> 17) + 1
        self._waiting = [array("Q") for _ in range(buckets)]
        self._load = [0] * len(days.midnights)
        plans = _plan(days, customers, seed)
        self._plans = dict(zip(_chosen(customers, len(plans)), plans, strict=True))
        for plan in plans:
            if plan.resource == len(PEOPLE):
                self._load[plan.start // DAY] += 1

    @property
    def capacity(self) -> int:
        """How much the bench must hold: no more lies there at once than its busiest day brings."""
        return max(4, *self._load)

    @property
    def bookings(self) -> int:
        """How many there will be."""
        return 3 * self._customers

    def draw(self, index: int) -> tuple[int, int | None]:
        """Draw the bookings of customer number `index` + 1; when the record was made, and the last visit."""
        past, bits = self._days.past, self._bits(63)
        place = index * (len(past) - 1) / self._customers
        first = int(place)
        # At the first visit the record is made: later customers come later, so PL numbers rise with time.
        start = past[first] * DAY + OPENS + int((place - first) * 34) * 15
        created = self._wait(index, start, 0, bits & 0x1FFF)
        last = start if _VISITS[_PAST[bits >> 7 & 63]] else 0
        plan = self._plans.get(index)
        bits >>= 13
        for _ in range(1 if plan else 2):
            bits >>= 25
            later = first + 1 + ((len(past) - first - 1) * (bits & 0xFFF) >> 12)
            start = past[later] * DAY + OPENS + (bits >> 12 & 31) * 15
            lead = bits >> 17 & 7 if past[later] - past[first] > _LONGEST_LEAD else 0
            drawn = self._bits(13)
            self._wait(index, start, lead, drawn)
            if start > last and _VISITS[_PAST[drawn >> 7 & 63]]:
                last = start
        if plan and _VISITS[plan.state]:
            last = plan.start
        return self._days.instant(created), self._days.instant(last) if last else None

    def _wait(self, index: int, start: int, lead: int, bits: int) -> int:
        """Put a past booking into its bucket; the minute at which it was made."""
        service = bits & 7
        if start % DAY + SERVICES[service][1] > CLOSES:
            service = _LAST
        created = start - _LEADS[lead]
        self._load[start // DAY] += 1
        self._waiting[created >> 17].append(
            created << 40 | lead << 37 | service << 34 | _PAST[bits >> 7 & 63] << 31 | index
        )
        return created

    def rows(self, services: list[int], resources: list[int]) -> Iterator[list[tuple[object, ...]]]:
        """All bookings in the order of their making, in portions; services and resources by their keys."""
        number = 0
        for bucket in self._waiting:
            yield self._past_rows(sorted(bucket), number, services, resources[-1])
            number += len(bucket)
        yield self._planned_rows(number, services, resources)

    def _past_rows(
        self, waiting: list[int], number: int, services: list[int], bench: int
    ) -> list[tuple[object, ...]]:
        days = self._days
        rows: list[tuple[object, ...]] = []
        clock = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(DAY)]
        for packed in waiting:
            number += 1
            created, service, state = packed >> 40, packed >> 34 & 7, packed >> 31 & 7
            start = created + _LEADS[packed >> 37 & 7]
            day, minute = divmod(start, DAY)
            minutes, price = SERVICES[service][1:]
            starts = days.midnights[day] + minute * MINUTE
            ends = starts + minutes * MINUTE
            made = created // DAY
            made_at = days.midnights[made] + created % DAY * MINUTE
            rows.append(
                (
                    number,
                    number,
                    (packed & 0x7FFFFFFF) + 1,
                    services[service],
                    bench,
                    starts,
                    ends,
                    ends,
                    days.walls[day] + clock[minute],
                    minutes,
                    days.numbers[made],
                    _STATES[state].value,
                    CANCELLED_BECAUSE if state == _CANCELLED else "",
                    price,
                    _DEVICES[number % 28] if number % 28 < len(_DEVICES) else "",
                    made_at,
                    ends if state == _DONE else made_at,
                )
            )
        return rows

    def _planned_rows(
        self, number: int, services: list[int], resources: list[int]
    ) -> list[tuple[object, ...]]:
        days = self._days
        rows: list[tuple[object, ...]] = []
        plans = sorted(self._plans.items(), key=lambda item: (item[1].created, item[0]))
        for place, (index, plan) in enumerate(plans, number + 1):
            minutes, price = SERVICES[plan.service][1:]
            starts, made_at = days.instant(plan.start), days.instant(plan.created)
            ends = starts + minutes * MINUTE
            rows.append(
                (
                    place,
                    place,
                    index + 1,
                    services[plan.service],
                    resources[plan.resource],
                    starts,
                    ends,
                    ends,
                    days.walls[plan.start // DAY] + f"{plan.start % DAY // 60:02}:{plan.start % 60:02}",
                    minutes,
                    days.numbers[plan.created // DAY],
                    _STATES[plan.state].value,
                    CANCELLED_BECAUSE if plan.state == _CANCELLED else "",
                    price,
                    plan.device,
                    made_at,
                    made_at,
                )
            )
        return rows


def longest(rows: list[tuple[object, ...]], so_far: dict[object, int]) -> None:
    """Note the longest booking of each person and bench, in microseconds."""
    resource, starts, until = (BOOKING.index(name) for name in ("resource_id", "starts_at", "busy_until"))
    for row in rows:
        length = int(str(row[until])) - int(str(row[starts]))
        if length > so_far.get(row[resource], 0):
            so_far[row[resource]] = length


def _chosen(customers: int, wanted: int) -> list[int]:
    """Whom the bookings around today are for: the people of the first screens, then others."""
    featured = [number - 1 for number, *_ in FEATURED if number <= customers]
    step = max(1, customers // max(1, wanted))
    others = [*range(step // 2, customers, step), *range(customers)]
    return list(dict.fromkeys((*featured, *others)))[:wanted]


def _plan(days: Days, customers: int, seed: int) -> list[Planned]:
    """The bookings around today, the nearest first, at most one a customer."""
    dice = Random(f"week {seed}")
    slots = [slot for day in days.around for slot in _day(day, days, customers, dice)]
    slots.sort(key=lambda slot: (abs(slot[0] - days.now), slot))
    plans = []
    for start, resource, service in slots[:customers]:
        earliest = days.around[0] * DAY + OPENS
        created = min(start, days.now) - dice.choice((30, 90, DAY, 2 * DAY, 4 * DAY))
        state = _state(start, SERVICES[service][1], days.now, dice)
        plans.append(
            Planned(start, resource, service, state, max(created, earliest - 60), dice.choice(_DEVICES))
        )
    return plans


def _day(day: int, days: Days, customers: int, dice: Random) -> Iterator[tuple[int, int, int]]:
    """Start, resource and service of the bookings of one day."""
    ahead = day - days.now // DAY
    share = 0.85 if ahead <= 0 else max(0.25, 0.8 - 0.05 * ahead)
    for person, (_, lunch) in enumerate(PEOPLE):
        minute = OPENS + dice.choice((0, 0, 15, 30))
        while True:
            service = dice.randrange(len(SERVICES))
            ends = minute + SERVICES[service][1]
            if minute < lunch + LUNCH and ends > lunch:
                minute = lunch + LUNCH
                ends = minute + SERVICES[service][1]
            if ends > CLOSES:
                break
            if dice.random() < share:
                yield day * DAY + minute, person, service
            minute = ends + dice.choice((0, 0, 15, 15, 30))
    for _ in range(dice.randrange(1, 3) + min(8, customers // 100)):
        yield day * DAY + OPENS + dice.randrange(32) * 15, len(PEOPLE), dice.choice((0, 1, 3, _LAST))


def _state(start: int, minutes: int, now: int, dice: Random) -> int:
    """What has become of a booking by now."""
    if start + minutes <= now:
        return dice.choices((_DONE, _NO_SHOW, _CANCELLED), (92, 5, 3))[0]
    if start <= now - 5:
        return _STATES.index(_S.IN_SERVICE)
    if start <= now + 10:
        return _STATES.index(_S.ARRIVED)
    return _STATES.index(dice.choice((_S.BOOKED, _S.BOOKED, _S.CONFIRMED)))
