"""The calendar in words: a slot, a booking, a booking on the move, and when one is."""

from posapp.domain.base.clock import wall_at
from posapp.domain.bookings.bookings import Booking
from posapp.ui.calendar.arrangement import Block, More, Picture
from posapp.ui.calendar.cursor import Cursor, Trial
from posapp.ui.widgets.status import booking_look
from posapp.ui.wording import Wording, shown_minutes, translator

_tr = translator("Calendar")


def slot_words(picture: Picture, cursor: Cursor, wording: Wording) -> str:
    """Whose column, which day, and what lies there: `Ravi, Thu 12 Mar 2026, 15:00, free`."""
    column, item = picture.columns[cursor.column], cursor.item
    name = column.resource.name if column.resource else ""
    where = ", ".join(filter(None, (name, wording.day(column.day))))
    if isinstance(item, More):
        return _tr("{where}, {count} more bookings").format(where=where, count=len(item.bookings))
    if isinstance(item, Block):
        return f"{where}, {booking_words(item.booking, wording)}"
    time = wording.time(wall_at(column.day, cursor.minute).time())
    is_open = any(opens <= cursor.minute < closes for opens, closes in column.open_spans)
    return f"{where}, {time}, {_tr('free') if is_open else _tr('closed')}"


def booking_words(booking: Booking, wording: Wording) -> str:
    """`15:00, Booked, Chidi Okafor, Battery check, 45 min, B319`."""
    parts = (
        wording.booked(booking),
        booking_look(booking.status).word,
        booking.shown_name(wording.region),
        booking.service,
        shown_minutes(booking.minutes),
        booking.number,
    )
    return ", ".join(parts)


def trial_words(picture: Picture, trial: Trial, wording: Wording) -> str:
    """Where a booking on the move is held now."""
    who = next((one.name for one in picture.resources if one.id == trial.resource_id), "")
    time = wording.time(trial.starts.time())
    return ", ".join(filter(None, (wording.day(trial.day), time, shown_minutes(trial.minutes), who)))


def when_words(booking: Booking, wording: Wording) -> str:
    """`Thu 15:00 with Ravi`, with the day of the month where it is not this week's."""
    day = wording.day(booking.wall_start.date())
    return _tr("{day} {time} with {who}").format(
        day=day.rsplit(" ", 1)[0], time=wording.booked(booking), who=booking.resource
    )
