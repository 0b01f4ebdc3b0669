"""Bookings as a list: when, who or what, the state, and one action per row that Enter or `A` does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from posapp.ui.front_desk.action_list import ActionDelegate, ActionList
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import cut, draw_pill, draw_text, pill_width
from posapp.ui.widgets.status import StatusLook

if TYPE_CHECKING:
    from posapp.domain.bookings.bookings import Booking

STACKED_BELOW = 380
"""Narrower lists (pixels of the design) give the first line to the name alone."""


@dataclass(frozen=True, slots=True)
class BookingRow:
    """A booking in words. `action` is the word of its button, "" for none; `is_here` tints the row."""

    booking: "Booking"
    when: str
    first: str
    second: str
    look: StatusLook
    action: str = ""
    is_here: bool = False
    is_past: bool = False

    @property
    def key(self) -> str:
        """The number of the booking."""
        return self.booking.number

    def spoken(self) -> str:
        """The row in one line, for screen readers."""
        parts = (self.when, self.first, self.second, self.look.word)
        return ", ".join(part for part in parts if part)


class BookingDelegate(ActionDelegate):
    """Paints the row in one go. Times of all rows are as wide as the widest of them."""

    def __init__(self, *, button: bool) -> None:
        super().__init__(button=button)
        self.height = 52 if button else 54
        self._lead = 0

    def measure(self, rows: Sequence[BookingRow]) -> None:
        """Find out how wide times and buttons are."""
        super().measure(rows)
        metrics = theme().metrics("body", 600)
        self._lead = max((metrics.horizontalAdvance(row.when) for row in rows), default=0)

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: BookingRow) -> None:
        """Time, two lines, pill, button."""
        look, tokens, rect = theme(), theme().tokens, option.rect
        middle, x = rect.center().y() + 0.5, rect.x() + look.px(16)
        right = self.paint_button(painter, option, row)
        name, small = look.font("body", 500), look.font("small")
        ink = tokens.text3 if row.is_past else tokens.text
        upper, lower = middle - look.px(10), middle + look.px(10)
        is_stacked = self._is_stacked(rect)
        time = upper if is_stacked else middle
        draw_text(painter, x, time, row.when, look.font("body", 600), ink)
        x += self._lead + look.px(12 if is_stacked else 16)
        width = pill_width(row.look)
        draw_pill(painter, right - width, lower if is_stacked else middle, row.look)
        end = right - width - look.px(8)
        draw_text(painter, x, upper, cut(row.first, name, (right if is_stacked else end) - x), name, ink)
        x = rect.x() + look.px(16) if is_stacked else x
        draw_text(painter, x, lower, cut(row.second, small, end - x), small, tokens.text2)

    def _is_stacked(self, rect: QRect) -> bool:
        return rect.width() < theme().px(STACKED_BELOW)


class BookingsList(ActionList):
    """`acted`: the action of a row (Enter, `A`, its button); `opened`: the row itself (click)."""

    letters = frozenset({Qt.Key.Key_A})

    def __init__(self, name: str, *, button: bool, parent: QWidget | None = None) -> None:
        super().__init__(name, BookingDelegate(button=button), parent)
