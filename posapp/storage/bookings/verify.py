"""What `verify` asks about bookings: all of them are read once, in the order of their people and benches."""

from collections import defaultdict
from dataclasses import dataclass, field
from heapq import heappop, heappush

from posapp.domain.base.clock import from_us, wall_of
from posapp.domain.base.errors import PosappError
from posapp.domain.bookings.bookings import BookingStatus
from posapp.storage.base.verify_base import DAY, HOUR, Asking, Finding, Question, Sift
from posapp.storage.base.verify_told import Ever, read_ever
from posapp.storage.bookings.bookings import WALL

_FREE = frozenset(state.value for state in BookingStatus if not state.takes_time)
MINUTE = 60_000_000
"""Microseconds; in SQL it is cast, since PostgreSQL multiplies two short integers in 32 bits."""
_MOST_BUSY = (1440 + 240) * MINUTE

BOOKINGS = Question(
    "bookings",
    "Bookings are of one customer and say why",
    "SELECT count(*) FROM booking",
    (
        Sift(
            "booking b",
            "b.number",
            (
                (
                    "B{0} names a person of another customer",
                    "b.contact_id IS NOT NULL AND (SELECT k.customer_id FROM contact k "
                    "WHERE k.id = b.contact_id) <> b.customer_id",
                ),
                ("B{0} is cancelled without a reason", "b.status = 'cancelled' AND trim(b.reason) = ''"),
                ("B{0} was booked anyway without a reason", "trim(b.override_reason) = ''"),
                (
                    "B{0} was booked for a time that was past",
                    f"b.override_reason IS NULL AND b.starts_at < b.created_at - {HOUR}",
                ),
            ),
        ),
    ),
)


@dataclass(slots=True)
class Read:
    """What reading all bookings once brought to light."""

    taking: int = 0
    beyond: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    prices: dict[tuple[int, int | None], int] = field(default_factory=dict)
    """By service and price the number of the first booking at it."""
    longest: dict[int, int] = field(default_factory=dict)
    """The longest span that a booking takes of each person or bench, in microseconds."""


def _go_through(asking: Asking) -> Read:
    found, ever = Read(), asking.once(read_ever)
    now = {row.id: row.capacity for row in asking.rows("SELECT id, capacity FROM resource")}
    most = {key: max(value, asking.story.capacities.get(key, 0)) for key, value in now.items()}
    walls = _Walls(ever)
    buffers = {key: {one * MINUTE for one in minutes} for key, minutes in ever.buffers.items()}
    longest: dict[int, int] = defaultdict(int)
    last, running, room, was_room = None, list[int](), 0, 0
    for row in asking.tuples(
        "SELECT number, business_id, resource_id, starts_at, ends_at, busy_until, wall_start, zone, minutes, "
        "business_day, status, override_reason, created_at, service_id, price_minor FROM booking "
        "ORDER BY resource_id, starts_at"
    ):
        number, business, resource, starts, ends, busy, wall, zone, minutes = row[:9]
        day, status, anyway, made, service, price = row[9:]
        if resource != last:
            last, running, room, was_room = resource, [], now.get(resource, 0), most.get(resource, 0)
        if status not in _FREE and anyway is None:
            found.taking += 1
            while running and running[0] <= starts:
                heappop(running)
            heappush(running, busy)
            # Past bookings are held to the largest capacity their bench ever had, since it may shrink.
            if len(running) > (room if starts >= asking.now else was_room):
                found.beyond.append(f"B{number} is one too many")
        if ends - starts != minutes * MINUTE:
            found.times.append(f"B{number} ends at another time")
        elif busy - ends not in buffers.get(resource, ()):
            found.times.append(f"B{number} keeps its bench for another time")
        if not walls.agree(business, zone, starts, wall):
            found.times.append(f"B{number} says {wall} in {zone}")
        if not ever.is_day_of(business, day, made):
            found.days.append(f"B{number} stands on {day}")
        if busy - starts > longest[resource]:
            longest[resource] = busy - starts
        found.prices.setdefault((service, price), number)
    found.longest = dict(longest)
    return found


class _Walls:
    """What the shop's clock showed at a moment, computed once for each moment."""

    def __init__(self, ever: Ever) -> None:
        self._ever = ever
        self._known: dict[tuple[str, int], str] = {}
        self._zones: dict[int, set[str]] = {}

    def agree(self, business: int, zone: str, at: int, wall: str) -> bool:
        """Whether a booking's wall clock is that of its moment, in a zone that its shop was in."""
        known = self._known.get((zone, at))
        if known is None:
            known = self._known[zone, at] = _shown(zone, at)
            if len(self._known) > 500_000:
                self._known.clear()
        if known != wall:
            return False
        zones = self._zones.get(business)
        if zones is None:
            zones = self._zones[business] = self._ever.zones(business)
        return zone in zones


def _shown(zone: str, at: int) -> str:
    try:
        return wall_of(from_us(at), zone).strftime(WALL)
    except (PosappError, OverflowError):
        return ""


def capacity(asking: Asking) -> Finding:
    """No person or bench is taken beyond its capacity, save by bookings that carry a reason.

    Its longest booking is noted on it: without that the desks would look too short a way back.
    """
    read = asking.once(_go_through)
    found = Finding(read.taking).blame(read.beyond)
    for row in asking.rows("SELECT id, longest_busy FROM resource ORDER BY id"):
        if (
            not read.longest.get(row.id, 0)
            <= row.longest_busy
            <= max(_MOST_BUSY, read.longest.get(row.id, 0))
        ):
            found.blame([f"the longest booking of resource {row.id}"])
    return found


def times(asking: Asking) -> Finding:
    """The UTC time of a booking is what its wall clock and zone say, and its end what its length says."""
    return Finding(asking.count("SELECT count(*) FROM booking")).blame(asking.once(_go_through).times)


def business_days(asking: Asking) -> Finding:
    """The business day of a record is that of its making, by the zone and cut-over of then."""
    ever = asking.once(read_ever)
    found = Finding(asking.count("SELECT count(*) FROM booking")).blame(asking.once(_go_through).days)
    for table, shown, words in (("ticket", "number", "T{}"), ("walk_in", "id", "walk-in {}")):
        rows = asking.tuples(f"SELECT {shown}, business_id, business_day, created_at FROM {table}")
        for name, business, day, made in rows:
            found.checked += 1
            if not ever.is_day_of(business, day, made):
                found.blame([f"{words.format(name)} stands on {day}"])
    return found


def prices(asking: Asking) -> Finding:
    """The price of a booking is one that its service had."""
    ever = asking.once(read_ever)
    found = Finding(asking.count("SELECT count(*) FROM booking"))
    for (service, price), number in asking.once(_go_through).prices.items():
        if price not in ever.prices.get(service, ()):
            found.blame([f"B{number} has a price that its service never had"])
    return found


WALK_INS = Question(
    "walk_ins",
    "Whoever was served has the booking for it",
    "SELECT count(*) FROM walk_in",
    (
        Sift(
            "walk_in w LEFT JOIN booking b ON b.id = w.booking_id",
            "w.id",
            (
                ("walk-in {0} is served without a booking", "w.state = 'served' AND w.booking_id IS NULL"),
                (
                    "walk-in {0} has a booking but was not served",
                    "w.state <> 'served' AND w.booking_id IS NOT NULL",
                ),
                ("walk-in {0} was served as another customer", "b.customer_id <> w.customer_id"),
                ("walk-in {0} was served before coming", f"b.created_at < w.created_at - {DAY}"),
            ),
        ),
    ),
)
