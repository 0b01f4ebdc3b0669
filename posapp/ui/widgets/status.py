"""How states look: an icon, a word and a tone together, so that no state is told by colour alone."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor

from posapp.ui.tokens import Tokens


@dataclass(frozen=True, slots=True)
class StatusLook:
    """Icon name, word and tone of a state; "quiet" is the grey of what is over."""

    icon: str
    word: str
    tone: str
    is_struck: bool = False

    def colours(self, tokens: Tokens) -> tuple[QColor, QColor]:
        """Background and ink of its pill."""
        if self.tone == "quiet":
            return tokens.neutral_soft, tokens.text3
        return tokens.soft(self.tone), tokens.colour(self.tone)


_BOOKING = {
    "booked": ("calendar", "neutral", False),
    "confirmed": ("check", "info", False),
    "arrived": ("map-pin", "success", False),
    "in_service": ("wrench", "primary", False),
    "done": ("check-check", "quiet", False),
    "no_show": ("circle-x", "danger", False),
    "cancelled": ("x", "quiet", True),
}


def booking_look(status: str) -> StatusLook:
    """The look of a booking's state, given as its code or as the enum member; KeyError for another word."""
    icon, tone, is_struck = _BOOKING[status]
    return StatusLook(icon, _booking_word(status), tone, is_struck)


def _booking_word(status: str) -> str:
    words = {
        "booked": QCoreApplication.translate("BookingStatus", "Booked"),
        "confirmed": QCoreApplication.translate("BookingStatus", "Confirmed"),
        "arrived": QCoreApplication.translate("BookingStatus", "Arrived"),
        "in_service": QCoreApplication.translate("BookingStatus", "In service"),
        "done": QCoreApplication.translate("BookingStatus", "Done"),
        "no_show": QCoreApplication.translate("BookingStatus", "Did not come"),
        "cancelled": QCoreApplication.translate("BookingStatus", "Cancelled"),
    }
    return words[status]
