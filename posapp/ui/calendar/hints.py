"""What the key bar says of the calendar."""

from typing import TYPE_CHECKING

from posapp.domain.bookings.bookings import BookingStatus
from posapp.ui.actions import Action, hint
from posapp.ui.calendar.view import LETTERS, TICKET_LETTER
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.till_settings import TillSettings
    from posapp.ui.calendar.presenter import Shown

_tr = translator("Calendar")


def _mode_hints(shown: "Shown") -> tuple[Action, Action]:
    day, week = _tr("Day"), _tr("Week")
    now, other = (week, day) if shown.is_week else (day, week)
    return hint("Alt+← →", now), hint("Alt+W", other)


def form_hints(shown: "Shown") -> list[Action]:
    """While the cursor is in the form."""
    return [
        hint("Tab", _tr("Next field")),
        hint("Ctrl+Return", _tr("Save")),
        hint("Alt+1", _tr("Free time")),
        *_mode_hints(shown),
        hint("Esc", _tr("Close form")),
    ]


def slot_hints(shown: "Shown") -> list[Action]:
    """On a free time."""
    now, other = _mode_hints(shown)
    return [
        hint("Return", _tr("Book here")),
        hint("Shift+Down", _tr("Longer")),
        now,
        hint("Alt+Home", _tr("Today")),
        hint("Alt+G", _tr("Go to")),
        other,
        hint("Ctrl+B", _tr("New booking")),
    ]


def booking_hints(till: "TillSettings") -> list[Action]:
    """On a booking."""
    words = {
        BookingStatus.ARRIVED: _tr("Arrived"),
        BookingStatus.IN_SERVICE: _tr("In service"),
        BookingStatus.DONE: _tr("Done"),
        BookingStatus.CONFIRMED: _tr("Confirmed"),
        BookingStatus.NO_SHOW: _tr("Did not come"),
        BookingStatus.CANCELLED: _tr("Cancel"),
    }
    letters = [hint(chr(key), words[status]) for key, status in LETTERS.items()]
    letters.append(hint(chr(TICKET_LETTER), _tr("Ticket")))
    return [
        hint("Return", _tr("Open")),
        hint("Ctrl+Down", _tr("Move")),
        *(letters if till.plain_keys else ()),
        hint("Ctrl+P", _tr("Slip")),
    ]
