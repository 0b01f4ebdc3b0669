"""Bookings as a list: when, who or what, the state, and one action per row that Enter or `A` does."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from posapp.ui.tables import ROW, RowListModel, dress_list
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, cut, draw_pill, draw_text, pill_width
from posapp.ui.widgets.status import StatusLook

if TYPE_CHECKING:
    from posapp.domain.bookings import Booking

Index = QModelIndex | QPersistentModelIndex


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

    def spoken(self) -> str:
        """The row in one line, for screen readers."""
        parts = (self.when, self.first, self.second, self.look.word)
        return ", ".join(part for part in parts if part)


class BookingDelegate(QStyledItemDelegate):
    """Paints the row in one go. Times and buttons of all rows are as wide as the widest of them."""

    def __init__(self, parent: QWidget, *, button: bool) -> None:
        super().__init__(parent)
        self._has_button = button
        self._lead = self._button_width = 0
        self.marked = ""
        """The number of the booking that was searched for."""

    def measure(self, rows: Sequence[BookingRow]) -> None:
        """Find out how wide times and buttons are."""
        metrics = theme().metrics("body", 600)
        self._lead = max((metrics.horizontalAdvance(row.when) for row in rows), default=0)
        words = max((metrics.horizontalAdvance(row.action) for row in rows), default=0)
        self._button_width = words + theme().px(26)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(0, theme().row_height(52 if self._has_button else 50))

    def button_rect(self, rect: QRect, row: BookingRow) -> QRect:
        """Where the button of a row is; empty for a row without one."""
        if not self._has_button or not row.action:
            return QRect()
        look = theme()
        width, height = self._button_width, look.px(36)
        left = rect.right() + 1 - look.px(14) - width
        return QRect(left, rect.center().y() - height // 2 + 1, width, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Time, two lines, pill, button."""
        row: BookingRow = index.data(ROW)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # names decide for themselves
        look, tokens, rect = theme(), theme().tokens, option.rect
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_last = index.row() + 1 == index.model().rowCount()
        is_marked = row.booking.number == self.marked
        self._paint_ground(painter, option, row.is_here, is_marked, is_last)
        middle = rect.center().y() + 0.5
        x = rect.x() + look.px(16)
        ink = tokens.text3 if row.is_past else tokens.text
        draw_text(painter, x, middle, row.when, look.font("body", 600), ink)
        right = rect.right() + 1 - look.px(14)
        button = self.button_rect(rect, row)
        if not button.isEmpty():
            self._paint_button(painter, button, row.action, has_focus)
            right = button.left() - look.px(12)
        width = pill_width(row.look)
        draw_pill(painter, right - width, middle, row.look)
        x += self._lead + look.px(16)
        room = right - width - look.px(8) - x
        upper, lower = middle - look.px(9), middle + look.px(9)
        name, small = look.font("body", 500), look.font("small")
        draw_text(painter, x, upper, cut(row.first, name, room), name, ink)
        draw_text(painter, x, lower, cut(row.second, small, room), small, tokens.text2)

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, is_here: bool, is_marked: bool, is_last: bool
    ) -> None:
        look, tokens, rect = theme(), theme().tokens, option.rect
        state = option.state
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if is_here:
            painter.fillRect(rect, tokens.selection)
        elif has_focus or is_marked or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.sunken)
        if not is_last:  # there the next head or the edge of the card has a line of its own
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        if has_focus:
            width = look.px(4)
            left = (
                rect.x() if option.direction == Qt.LayoutDirection.LeftToRight else rect.right() + 1 - width
            )
            painter.fillRect(left, rect.y(), width, rect.height(), tokens.primary)

    def _paint_button(self, painter: QPainter, rect: QRect, words: str, has_focus: bool) -> None:
        look, tokens = theme(), theme().tokens
        outline = tokens.primary if has_focus else tokens.control
        box(painter, QRectF(rect), look.px(8), tokens.surface, outline)
        font = look.font("body", 600)
        width = look.metrics("body", 600).horizontalAdvance(words)
        middle = QPointF(rect.center())
        draw_text(painter, middle.x() - width / 2 + 0.5, middle.y() + 0.5, words, font, tokens.text)


class BookingsList(QListView):
    """`acted`: the action of a row (Enter, `A`, its button); `opened`: the row itself (click)."""

    acted = Signal(object)
    opened = Signal(object)

    def __init__(self, name: str, *, button: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress_list(self)
        self.setUniformItemSizes(True)
        self.setAccessibleName(name)
        self.plain_keys = True
        self.rows = RowListModel(lambda row: row.spoken(), self)
        self._delegate = BookingDelegate(self, button=button)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)

    def show_rows(self, rows: list[BookingRow]) -> None:
        """Replace the rows; the current booking stays current."""
        before = self.current_row()
        self._delegate.measure(rows)
        self.rows.show_rows(rows)
        kept = [
            place for place, row in enumerate(rows) if before and row.booking.number == before.booking.number
        ]
        if kept:
            self.setCurrentIndex(self.rows.index(kept[0], 0))

    def choose(self, number: str) -> bool:
        """Mark a booking and make it the current row; False if it is not here."""
        self._delegate.marked = number
        for place, row in enumerate(self.rows.rows()):
            if row.booking.number == number:
                self.setCurrentIndex(self.rows.index(place, 0))
                return True
        return False

    def current_row(self) -> BookingRow | None:
        """The row with the bar."""
        index = self.currentIndex()
        return self.rows.row_at(index) if index.isValid() else None

    def full_height(self) -> int:
        """How high it would be without scrolling."""
        return self.rows.rowCount() * max(self.sizeHintForRow(0), 0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A list that is entered by key starts at its first row."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and `A` act."""
        row = self.current_row()
        is_letter = self.plain_keys and event.key() == Qt.Key.Key_A and not event.modifiers()
        if row is not None and (is_letter or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
            self.acted.emit(row)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The button acts, the rest of the row opens."""
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        row: Any = self.rows.row_at(index)
        is_button = self._delegate.button_rect(self.visualRect(index), row).contains(at)
        (self.acted if is_button else self.opened).emit(row)
