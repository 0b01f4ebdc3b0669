"""The slot that the arrow keys move: a quarter of an hour in a column, and the booking that lies in it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from posapp.domain.base.clock import wall_at
from posapp.domain.bookings.bookings import Booking, BookingStatus
from posapp.ui.calendar.arrangement import (
    DAY_MINUTES,
    STEP,
    Block,
    More,
    Picture,
    in_slot,
    minute_of,
)

LONGEST = 8 * 60


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the calendar. `item` is what lies there; `minutes` how long a new booking would be."""

    column: int
    minute: int
    minutes: int = STEP
    item: Block | More | None = None

    @property
    def booking(self) -> Booking | None:
        """The booking in the slot."""
        return self.item.booking if isinstance(self.item, Block) else None


@dataclass(frozen=True, slots=True)
class Slot:
    """A free place that was chosen for a new booking; `resource_id` None: with anyone."""

    day: date
    minute: int
    resource_id: int | None
    minutes: int | None = None

    @property
    def starts(self) -> datetime:
        """The wall time."""
        return wall_at(self.day, self.minute)


@dataclass(frozen=True, slots=True)
class Wish:
    """When a booking is wanted; `but` is the number of the one that moves: it is not in its own way."""

    starts: datetime
    minutes: int
    resource_id: int | None
    offset: timedelta | None = None
    but: str | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """A booking on the move, not saved yet (`booking` None: the one that is being made)."""

    booking: Booking | None
    day: date
    minute: int
    minutes: int
    resource_id: int | None

    @property
    def starts(self) -> datetime:
        """The wall time it would have."""
        return wall_at(self.day, self.minute)

    @property
    def is_changed(self) -> bool:
        """Whether it differs from where the booking is."""
        return self.booking is None or self != trial_of(self.booking)

    @property
    def wish(self) -> Wish:
        """What is to be asked for."""
        but = self.booking.number if self.booking else None
        return Wish(self.starts, self.minutes, self.resource_id, but=but)


def can_move(booking: Booking) -> bool:
    """Whether keys and mouse may move a booking: one that is over stays where it was."""
    return booking.status.takes_time and booking.status != BookingStatus.DONE


def trial_of(booking: Booking) -> Trial:
    """A booking at its own place, about to be moved."""
    wall = booking.wall_start
    return Trial(booking, wall.date(), minute_of(wall), booking.minutes, booking.resource_id)


def land(picture: Picture, column: int, minute: int, *, is_last: bool = False) -> Cursor:
    """The cursor at a place, on the first (or last) thing that lies there."""
    column = min(max(column, 0), len(picture.columns) - 1)
    minute = min(max(minute, 0), DAY_MINUTES - STEP) // STEP * STEP
    items = in_slot(picture.columns[column], minute)
    item = items[-1 if is_last else 0] if items else None
    return Cursor(column, minute, STEP, item)


def on_booking(picture: Picture, number: str) -> Cursor | None:
    """The cursor on a booking, also a hidden one; None where it is not shown."""
    found = picture.find(number)
    if found is None:
        return None
    place, booking = found
    column = picture.columns[place]
    items: tuple[Block | More, ...] = (*column.blocks, *column.more)
    for item in items:
        lies_there = item.booking == booking if isinstance(item, Block) else booking in item.bookings
        if lies_there:
            return Cursor(place, item.starts // STEP * STEP, STEP, item)
    return None


def down(picture: Picture, cursor: Cursor) -> Cursor:
    """Below: past the end of the booking in the slot."""
    minute = cursor.minute + STEP
    if cursor.item is not None:
        minute = max(minute, -(-cursor.item.ends // STEP) * STEP)
    return land(picture, cursor.column, minute)


def up(picture: Picture, cursor: Cursor) -> Cursor:
    """Above: before the start of the booking in the slot."""
    minute = cursor.minute
    if cursor.item is not None:
        minute = min(minute, cursor.item.starts // STEP * STEP)
    return land(picture, cursor.column, minute - STEP)


def sideways(picture: Picture, cursor: Cursor, step: int) -> Cursor:
    """The next thing in the slot, else the next column."""
    items = in_slot(picture.columns[cursor.column], cursor.minute)
    if cursor.item in items:
        place = items.index(cursor.item) + step
        if 0 <= place < len(items):
            return replace(cursor, item=items[place])
    column = cursor.column + step
    if not 0 <= column < len(picture.columns):
        return cursor
    return land(picture, column, cursor.minute, is_last=step < 0)


def longer(cursor: Cursor, step: int) -> Cursor:
    """Another length for a new booking."""
    minutes = min(max(cursor.minutes + step, STEP), LONGEST)
    return replace(cursor, minutes=minutes)


def moved(picture: Picture, trial: Trial, *, minutes: int = 0, columns: int = 0) -> Trial:
    """A booking on the move, further down or up, or in another column."""
    minute = min(max(trial.minute + minutes, 0), DAY_MINUTES - STEP)
    place = picture.column_of(trial.day, trial.resource_id)
    target = (0 if place is None else place) + columns
    if not columns or not 0 <= target < len(picture.columns):
        return replace(trial, minute=minute)
    return into_column(picture, replace(trial, minute=minute), target)


def lead_of(day: date, block: Block) -> int:
    """For how many minutes a booking was going on when this piece of it begins on the day."""
    wall = block.booking.wall_start
    return (day - wall.date()).days * DAY_MINUTES + block.starts - minute_of(wall)


def at_minute(trial: Trial, minute: int) -> Trial:
    """A booking on the move, from a minute of its day on; one before midnight is of the day before."""
    return replace(trial, day=trial.day + timedelta(days=minute // DAY_MINUTES), minute=minute % DAY_MINUTES)


def into_column(picture: Picture, trial: Trial, place: int) -> Trial:
    """A booking on the move, in that column: its day, and its person or bench where columns are people."""
    column = picture.columns[place]
    resource_id = trial.resource_id if column.resource is None else column.resource.id
    return replace(trial, day=column.day, resource_id=resource_id)


def stretched(trial: Trial, step: int) -> Trial:
    """A booking with another length."""
    least = STEP if trial.minutes % STEP == 0 else trial.minutes % STEP
    minutes = min(max(trial.minutes + step, least), LONGEST)
    return replace(trial, minutes=minutes)
