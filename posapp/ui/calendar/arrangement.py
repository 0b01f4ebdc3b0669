"""What the calendar paints, worked out once per change: columns, blocks side by side, what is hidden as "+n".

Plain values, no Qt: it is made on a lane, because a bench with 800 bookings a day takes a moment. Minutes are
minutes of the wall day; a day on which the clocks change is drawn with 24 hours like every other, the skipped
or doubled hour marked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time

from posapp.domain.bookings.bookings import Booking
from posapp.domain.shop.businesses import Resource
from posapp.services.bookings.agenda import Agenda
from posapp.services.bookings.days import DayColumn, day_columns, week_columns

DAY_MINUTES = 1440
STEP = 15
_LEAST_MINUTES = 15  # a shorter booking is painted and packed as if it took this long
_BUCKET = 60
NEAR = 120
"""A booking so many minutes outside the opening hours is still seen with them."""
_USUAL_HOURS = (9 * 60, 18 * 60)
_SHORT = 20
"""A booking shorter than this has one line, which has to fit into a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Beside:
    """How many bookings stand side by side: if those are all, and if more are counted beside them."""

    most: int = 3
    with_more: int = 3


@dataclass(frozen=True, slots=True)
class Block:
    """A booking in its column: from and until which minute, in which lane of how many side by side."""

    booking: Booking
    starts: int
    ends: int
    lane: int = 0
    lanes: int = 1
    width: int = 1
    """Over how many lanes it reaches: beside it there may be nobody."""


@dataclass(frozen=True, slots=True)
class More:
    """Bookings that found no room side by side; painted as "+n"."""

    starts: int
    ends: int
    bookings: tuple[Booking, ...]


@dataclass(frozen=True, slots=True)
class Column(DayColumn):
    """A day of somebody, with its bookings put side by side."""

    blocks: tuple[Block, ...]
    more: tuple[More, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """All columns of some days, and the shop's wall clock when they were read."""

    first: date
    now: datetime
    resources: tuple[Resource, ...]
    columns: tuple[Column, ...]
    is_week: bool
    stretch: tuple[int, int] = field(init=False)
    """From the first opening to the last closing, with the bookings close to them."""
    has_short: bool = field(init=False)
    """Whether a booking has hardly more height than one line."""

    def __post_init__(self) -> None:
        blocks = [block for column in self.columns for block in column.blocks]
        object.__setattr__(self, "stretch", _stretch(self.columns, blocks))
        object.__setattr__(self, "has_short", any(one.ends - one.starts < _SHORT for one in blocks))

    def column_of(self, day: date, resource_id: int | None) -> int | None:
        """The place of the column for a person or bench on a day, None where none shows it."""
        for place, column in enumerate(self.columns):
            if column.day == day and (column.resource is None or column.resource.id == resource_id):
                return place
        return None

    def find(self, number: str) -> tuple[int, Booking] | None:
        """The column and the booking of a number, hidden ones included."""
        for place, column in enumerate(self.columns):
            for booking in column.bookings:
                if booking.number == number:
                    return place, booking
        return None

    def opening(self) -> int:
        """The minute at which the first of them opens; in the morning where nobody does."""
        return min((span[0] for column in self.columns for span in column.open_spans), default=9 * 60)

    def count(self) -> int:
        """How many bookings there are."""
        return sum(column.count for column in self.columns)

    def bookings(self) -> list[Booking]:
        """All of them, hidden ones included."""
        return [booking for column in self.columns for booking in column.bookings]


def _stretch(columns: Iterable[Column], blocks: Sequence[Block]) -> tuple[int, int]:
    spans = [span for column in columns for span in column.open_spans]
    opens = min((span[0] for span in spans), default=_USUAL_HOURS[0])
    closes = max((span[1] for span in spans), default=_USUAL_HOURS[1])
    early = (one.starts for one in blocks if opens - NEAR <= one.starts < opens)
    late = (one.ends for one in blocks if closes < one.ends <= closes + NEAR)
    return min(early, default=opens), max(late, default=closes)


def in_slot(column: Column, minute: int) -> list[Block | More]:
    """What lies in the quarter of an hour that begins at a minute, from lane to lane, "+n" last."""
    until = minute + STEP
    blocks = [
        block
        for block in column.blocks
        if block.starts < until and max(block.ends, block.starts + 1) > minute
    ]
    blocks.sort(key=lambda block: block.lane)
    return [*blocks, *(more for more in column.more if more.starts < until and more.ends > minute)]


def day_picture(agenda: Agenda, zone: str, room: Beside = Beside()) -> Picture:
    """One day: a column per person and bench."""
    return _picture(agenda, day_columns(agenda, zone), room, is_week=False)


def week_picture(
    agenda: Agenda, zone: str, resource_id: int | None = None, room: Beside = Beside()
) -> Picture:
    """Some days: a column per day, of everybody or of one person or bench."""
    return _picture(agenda, week_columns(agenda, zone, resource_id), room, is_week=True)


def _picture(agenda: Agenda, columns: Iterable[DayColumn], room: Beside, *, is_week: bool) -> Picture:
    packed = tuple(_column(one, room) for one in columns)
    return Picture(agenda.first, agenda.now, agenda.resources, packed, is_week)


def _column(one: DayColumn, room: Beside) -> Column:
    blocks, more = pack([_block(booking, one.day) for booking in one.bookings], room)
    read = {field.name: getattr(one, field.name) for field in fields(one)}
    return Column(**read, blocks=blocks, more=more)


def _block(booking: Booking, day: date) -> Block:
    starts, ends = booking.minutes_of(day) or (0, 0)
    return Block(booking, starts, ends)


def pack(blocks: Sequence[Block], room: Beside) -> tuple[tuple[Block, ...], tuple[More, ...]]:
    """Put what overlaps side by side as far as there is room; the rest is hidden, counted by the hour."""
    placed: list[Block] = []
    hidden: list[Block] = []
    cluster: list[Block] = []
    until = 0
    for block in sorted(blocks, key=lambda one: (one.starts, not one.booking.status.takes_time, -one.ends)):
        if cluster and block.starts >= until:
            _settle(cluster, room, placed, hidden)
            cluster = []
        cluster.append(block)
        until = max(until, _end(block))
    _settle(cluster, room, placed, hidden)
    return tuple(placed), _buckets(hidden)


def _end(block: Block) -> int:
    return max(block.ends, block.starts + _LEAST_MINUTES)


def _settle(cluster: list[Block], room: Beside, placed: list[Block], hidden: list[Block]) -> None:
    ends: list[int] = []
    lanes: list[int] = []
    for block in cluster:
        lane = next((place for place, end in enumerate(ends) if end <= block.starts), len(ends))
        if lane == len(ends):
            ends.append(0)
        ends[lane] = _end(block)
        lanes.append(lane)
    shown = len(ends) if len(ends) <= room.most else room.with_more
    for block, lane in zip(cluster, lanes, strict=True):
        if lane < shown:
            width = _reach(block, lane, cluster, lanes, shown)
            placed.append(replace(block, lane=lane, lanes=shown, width=width))
        else:
            hidden.append(block)


def _reach(block: Block, lane: int, cluster: list[Block], lanes: list[int], shown: int) -> int:
    """How many lanes a block can take until somebody else is in the way."""
    taken = [
        other_lane
        for other, other_lane in zip(cluster, lanes, strict=True)
        if other_lane > lane and other.starts < _end(block) and block.starts < _end(other)
    ]
    return min([*taken, shown]) - lane


def _buckets(hidden: Iterable[Block]) -> tuple[More, ...]:
    found: dict[int, list[Block]] = {}
    for block in hidden:
        found.setdefault(block.starts // _BUCKET, []).append(block)
    return tuple(
        More(min(one.starts for one in some), (hour + 1) * _BUCKET, tuple(one.booking for one in some))
        for hour, some in sorted(found.items())
    )


def minute_of(wall: datetime | time) -> int:
    """The minute of the wall day."""
    return wall.hour * 60 + wall.minute


def free_column(picture: Picture, day: date, starts: int, minutes: int) -> int | None:
    """Where a booking with anyone would go, as far as the picture tells: the first with time and room."""
    for place, column in enumerate(picture.columns):
        if column.day != day or column.resource is None or column.resource.is_archived:
            continue
        ends = min(starts + minutes, DAY_MINUTES)
        if not any(opens <= starts and ends <= closes for opens, closes in column.open_spans):
            continue
        taken = sum(
            block.booking.status.takes_time and block.starts < ends and starts < block.ends
            for block in column.blocks
        )
        if taken < column.resource.capacity:
            return place
    return None
