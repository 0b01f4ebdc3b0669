"""A booking: a promised time for a customer with a service, a person or a bench."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from posapp.domain.base.clock import clock_mark, is_doubled, resolve_wall, wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.base.stamps import Stamps
from posapp.domain.customers.pl_id import PlId

MIN_MINUTES, MAX_MINUTES = 5, 1440
_MINUTE = timedelta(minutes=1)
NOTE_LIMIT, REASON_LIMIT = 1000, 200
"""Characters of a booking's note, and of the reason for a change."""


class BookingStatus(StrEnum):
    """The states of a booking, as codes of the command line and of exports."""

    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    IN_SERVICE = "in_service"
    DONE = "done"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"

    @property
    def takes_time(self) -> bool:
        """Whether a booking in this state holds its person or bench."""
        return self not in (BookingStatus.NO_SHOW, BookingStatus.CANCELLED)

    @property
    def is_visit(self) -> bool:
        """Whether the customer was there."""
        return self in (BookingStatus.ARRIVED, BookingStatus.IN_SERVICE, BookingStatus.DONE)

    @property
    def is_pending(self) -> bool:
        """Whether something is still to come of it."""
        return self.takes_time and self is not BookingStatus.DONE

    @property
    def is_here(self) -> bool:
        """Whether the customer is in the shop for it."""
        return self in (BookingStatus.ARRIVED, BookingStatus.IN_SERVICE)

    @property
    def is_over(self) -> bool:
        """Whether nothing happens any more: it is done, or nobody came."""
        return self in (BookingStatus.DONE, BookingStatus.NO_SHOW)

    @property
    def is_due(self) -> bool:
        """Whether the customer has yet to come."""
        return self in (BookingStatus.BOOKED, BookingStatus.CONFIRMED)


_S = BookingStatus
# Forward moves are free; every move back is allowed too, because a clerk's slip must be mendable (Ctrl+Z).
MOVES: dict[BookingStatus, frozenset[BookingStatus]] = {
    _S.BOOKED: frozenset({_S.CONFIRMED, _S.ARRIVED, _S.IN_SERVICE, _S.NO_SHOW, _S.CANCELLED}),
    _S.CONFIRMED: frozenset({_S.BOOKED, _S.ARRIVED, _S.IN_SERVICE, _S.NO_SHOW, _S.CANCELLED}),
    _S.ARRIVED: frozenset({_S.BOOKED, _S.CONFIRMED, _S.IN_SERVICE, _S.DONE, _S.NO_SHOW, _S.CANCELLED}),
    _S.IN_SERVICE: frozenset({_S.ARRIVED, _S.DONE, _S.CANCELLED}),
    _S.DONE: frozenset({_S.ARRIVED, _S.IN_SERVICE}),
    _S.NO_SHOW: frozenset({_S.BOOKED, _S.CONFIRMED, _S.ARRIVED}),
    _S.CANCELLED: frozenset({_S.BOOKED, _S.CONFIRMED}),
}
WORDS = {
    _S.BOOKED: "Booked",
    _S.CONFIRMED: "Confirmed",
    _S.ARRIVED: "Arrived",
    _S.IN_SERVICE: "In service",
    _S.DONE: "Done",
    _S.NO_SHOW: "Did not come",
    _S.CANCELLED: "Cancelled",
}


OVERRIDABLE = frozenset({"taken", "closed", "past"})
"""The refusals of a time that may be booked anyway, with a reason, by whoever may override."""
IN_THE_WAY_BACK = frozenset({"past", "closed"})
"""The refusals that do not keep a booking from going back to where it was: it stood there."""


class Source(StrEnum):
    """Where a record came in."""

    COUNTER = "counter"
    KIOSK = "kiosk"
    WEB = "web"
    IMPORT = "import"
    CLI = "cli"
    DEMO = "demo"


def check_move(number: str, before: BookingStatus, after: BookingStatus) -> None:
    """Refuse a change of state that the trade does not know."""
    if after not in MOVES[before]:
        allowed = ", ".join(WORDS[state].lower() for state in BookingStatus if state in MOVES[before])
        raise DomainError(
            "booking_move",
            f"{number} is {WORDS[before].lower()} and cannot become {WORDS[after].lower()}. "
            f"Possible: {allowed}.",
            field="status",
        )


def way_back(now: BookingStatus, wanted: BookingStatus) -> list[BookingStatus]:
    """The shortest row of states from one to another; none that needs a reason lies between."""
    ways: dict[BookingStatus, list[BookingStatus]] = {now: []}
    waiting = [now]
    while waiting and wanted not in ways:
        state = waiting.pop(0)
        for following in BookingStatus:
            is_possible = following == wanted or following.takes_time
            if following in MOVES[state] and following not in ways and is_possible:
                ways[following] = [*ways[state], following]
                waiting.append(following)
    return ways.get(wanted, [wanted])


def check_minutes(minutes: int) -> int:
    """The length of a booking, in minutes; refuse what no day can hold."""
    if not MIN_MINUTES <= minutes <= MAX_MINUTES:
        raise DomainError(
            "minutes_invalid", "Enter a length between 5 minutes and 24 hours.", field="minutes"
        )
    return minutes


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking with the words of a list; `starts`, `ends` are aware UTC, `wall_start` the shop's clock."""

    id: int
    number: str
    customer_id: int
    pl_id: PlId
    customer_name: str
    phone: PhoneNumber | None
    contact_id: int | None
    contact_name: str
    service_id: int
    service: str
    resource_id: int
    resource: str
    starts: datetime
    ends: datetime
    wall_start: datetime
    zone: str
    minutes: int
    status: BookingStatus
    reason: str
    override_reason: str | None
    price_minor: int | None
    note: str
    source: str
    stamps: Stamps

    @property
    def is_second(self) -> bool:
        """Whether it begins in the second of two doubled hours."""
        if not is_doubled(self.wall_start, self.zone):
            return False
        return self.starts != resolve_wall(self.wall_start, self.zone)

    def mark(self, zone: str) -> str:
        """What tells its wall time apart in a shop whose clock is now that of `zone`; see `clock_mark`."""
        here, own = (clock_mark(self.starts, self.wall_start, each) for each in (zone, self.zone))
        return here or own

    @property
    def wall_ends(self) -> datetime:
        """When it ends by its own clock."""
        return wall_of(self.ends, self.zone)

    def minutes_of(self, day: date) -> tuple[int, int] | None:
        """From and until which minute of a day it is there by its own clock; None: not at all.

        What began the day before is there from 0 on, what goes on after midnight until 1440. Where the clocks
        change it is as long as it takes, or as the clock says, whichever is longer.
        """
        midnight = datetime.combine(day, time())
        starts = (self.wall_start - midnight) // _MINUTE
        ends = max(starts + self.minutes, (self.wall_ends.replace(fold=0) - midnight) // _MINUTE)
        if starts >= MAX_MINUTES or ends <= 0:
            return None
        return max(starts, 0), min(ends, MAX_MINUTES)

    def shown_name(self, region: str) -> str:
        """Who comes: the person of the account, else the account, else its phone."""
        name = self.contact_name or self.customer_name
        return name or (self.phone.shown(region) if self.phone else str(self.pl_id))


def next_due(coming: Iterable[Booking]) -> Booking | None:
    """Of bookings of today and later, in order, the one that the customer comes for next."""
    return next((one for one in coming if one.status.is_due), None)
