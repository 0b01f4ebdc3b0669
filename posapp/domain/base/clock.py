"""Time: instants in UTC, wall clocks of a zone, and what a change of the clocks does to them.

Stored instants are whole microseconds since 1970-01-01 UTC. A wall time is a naive `datetime` that means
something only together with an IANA zone key. Zone rules come from the tz database (zoneinfo, tzdata).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Protocol
from zoneinfo import ZoneInfo

from posapp.domain.base.errors import DomainError
from posapp.domain.base.typed_dates import shown_day

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_STEP = timedelta(minutes=15)  # how far before a skipped hour the earlier suggestion lies


class SkippedTime(DomainError):
    """A wall time that a change of the clocks leaves out; its facts are the nearest times around it."""

    def __init__(self, wall: datetime, earlier: datetime, later: datetime) -> None:
        choices = " or ".join(
            f"{at:%H:%M}" if at.date() == wall.date() else f"{at:%H:%M} on {shown_day(at)}"
            for at in (earlier, later)
        )
        super().__init__(
            "time_skipped",
            f"{wall:%H:%M} does not exist on {shown_day(wall)}: the clocks go forward. Choose {choices}.",
            field="starts",
            earlier=earlier,
            later=later,
        )

    @property
    def later(self) -> datetime:
        """The wall time at the moment of the change."""
        later = self.facts["later"]
        assert isinstance(later, datetime)
        return later


class Clock(Protocol):
    """Tells what time it is."""

    def now(self) -> datetime:
        """The instant, aware, in UTC."""


class SystemClock:
    """The clock of this computer."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands until it is set: for demonstrations, screenshots and tests."""

    def __init__(self, at: datetime) -> None:
        self._at = _in_utc(at)

    def now(self) -> datetime:
        return self._at

    def set(self, at: datetime) -> None:
        """Stand at another (aware) instant."""
        self._at = _in_utc(at)

    def advance(self, by: timedelta) -> None:
        """Stand later by a duration."""
        self._at += by


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)


def to_us(at: datetime) -> int:
    """Microseconds since 1970 of an aware datetime, exactly."""
    return ((at if at.tzinfo is UTC else _in_utc(at)) - _EPOCH) // _MICROSECOND


def from_us(microseconds: int) -> datetime:
    """The UTC datetime of `to_us`."""
    return _EPOCH + timedelta(microseconds=microseconds)


def check_zone(key: str) -> str:
    """The zone key if the tz database has it as a zone of people, or a `DomainError` zone_unknown.

    The same on every computer: what only its system knows (`localtime`, `right/…`) and the placeholder
    `Factory` are none.
    """
    zone = key.strip()
    if zone not in _zones_of_people():
        raise _no_such_zone(zone)
    _zone(zone)
    return zone


@lru_cache(maxsize=1)
def _zones_of_people() -> frozenset[str]:
    names = files("tzdata").joinpath("zones").read_text(encoding="utf-8").split()
    return frozenset(names) - {"Factory"}


def _no_such_zone(key: str) -> DomainError:
    return DomainError(
        "zone_unknown",
        f"There is no time zone {key[:40]!r}. Choose one such as Europe/Dublin or America/New_York.",
        field="time_zone",
    )


@lru_cache(maxsize=64)
def _zone(key: str) -> ZoneInfo:
    try:
        return ZoneInfo(key)
    except (KeyError, ValueError, OSError) as fault:
        raise _no_such_zone(key) from fault


def wall_at(day: date, minute: int) -> datetime:
    """The naive wall time of a minute of a day; minutes from 1440 on are of the days after."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def wall_of(at: datetime, zone: str) -> datetime:
    """The naive wall time of an instant; its `fold` is 1 in the second of two doubled hours."""
    return _in_utc(at).astimezone(_zone(zone)).replace(tzinfo=None)


def business_day(at: datetime, zone: str, cutover_minutes: int) -> date:
    """The day that an instant counts for: until `cutover_minutes` after midnight still the day before."""
    return (wall_of(at, zone) - timedelta(minutes=cutover_minutes)).date()


def begin_of_day(day: date, zone: str, cutover_minutes: int = 0) -> datetime:
    """The UTC instant at which a day begins, one of the calendar or with a cut-over hour a business day.

    Where the clocks skip that time it is what they show next.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=cutover_minutes)
    return wall.replace(tzinfo=_zone(zone)).astimezone(UTC)


def day_number(day: date) -> int:
    """A day as it is stored: 20261121."""
    return day.year * 10000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    """The day that a stored number means."""
    return date(number // 10000, number // 100 % 100, number % 100)


def is_doubled(wall: datetime, zone: str) -> bool:
    """Whether a wall time comes twice because the clocks go back."""
    first, second = _offsets(wall, zone)
    return first > second


def clock_mark(at: datetime, wall: datetime, zone: str) -> str:
    """What tells a shown wall time apart, such as `UTC+01:00`: in an hour that comes twice in this zone, or
    where the clock of another zone is shown; empty where nobody can take it for another moment.
    """
    first, second = _offsets(wall.replace(fold=0), zone)
    offset = wall.replace(fold=0) - at.astimezone(UTC).replace(tzinfo=None)
    if offset == first == second:
        return ""
    minutes = round(offset / timedelta(minutes=1))
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def marked(shown: str, mark: str) -> str:
    """A time in words with its mark behind it: `01:30 (UTC+01:00)`."""
    return f"{shown} ({mark})" if mark else shown


def even_midnight(day: date, zone: str) -> datetime | None:
    """The UTC instant from which the minutes of a day count; None if the clocks change on it."""
    midnight = datetime.combine(day, time())
    offsets = {*_offsets(midnight, zone), *_offsets(midnight + timedelta(days=1), zone)}
    return (midnight - offsets.pop()).replace(tzinfo=UTC) if len(offsets) == 1 else None


@dataclass(frozen=True, slots=True)
class ClockChange:
    """The minutes of a day that the clocks skip, or that come twice."""

    starts: int
    ends: int
    is_doubled: bool


def clock_change(day: date, zone: str) -> ClockChange | None:
    """What the clocks do on a day, to the quarter of an hour; None on a day of 24 hours."""
    if even_midnight(day, zone) is not None:
        return None
    found: dict[bool, list[int]] = {False: [], True: []}
    for minute in range(0, 1440, 15):
        first, second = _offsets(wall_at(day, minute), zone)
        if first != second:
            found[first > second].append(minute)
    for is_doubled, minutes in found.items():
        if minutes:
            return ClockChange(minutes[0], minutes[-1] + 15, is_doubled)
    return None


def resolve_wall(wall: datetime, zone: str, *, fold: int = 0, offset: timedelta | None = None) -> datetime:
    """The UTC instant of a wall time.

    A doubled time is the first one unless `fold` is 1 or `offset` (from UTC) names the second. Raises
    `SkippedTime` for a time that a change of the clocks leaves out (code time_skipped, the nearest wall times
    `earlier` and `later` as facts) and `DomainError` offset_wrong if `offset` is not one of that time.
    """
    first, second = _offsets(wall, zone)
    if first < second:
        raise _skipped(wall, first, second, _zone(zone))
    if offset is not None:
        if offset not in (first, second):
            raise DomainError(
                "offset_wrong",
                f"{zone} has another offset at {wall:%H:%M} on {shown_day(wall)}. Leave the offset out.",
                field="starts",
            )
        return (wall - offset).replace(tzinfo=UTC, fold=0)
    return (wall - (second if fold else first)).replace(tzinfo=UTC, fold=0)


@lru_cache(maxsize=4096)
def _offsets(wall: datetime, zone: str) -> tuple[timedelta, timedelta]:
    """The offsets from UTC by the rule before and after; they differ only around a change of the clocks."""
    if wall.tzinfo is not None:
        raise ValueError("a wall time has no time zone of its own")
    local = wall.replace(tzinfo=_zone(zone))
    first, second = local.replace(fold=0).utcoffset(), local.replace(fold=1).utcoffset()
    assert first is not None and second is not None  # ZoneInfo always knows
    return first, second


def _skipped(wall: datetime, before: timedelta, after: timedelta, zone: ZoneInfo) -> SkippedTime:
    change = _change(wall - after, wall - before, lambda at: at.astimezone(zone).utcoffset() == before)
    return SkippedTime(wall, change + before - _STEP, change + after)


def _change(low: datetime, high: datetime, is_before: Callable[[datetime], bool]) -> datetime:
    """The (naive UTC) second between two instants at which a rule ends, by halving."""
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if is_before(middle.replace(tzinfo=UTC)) else (low, middle)
    return high
