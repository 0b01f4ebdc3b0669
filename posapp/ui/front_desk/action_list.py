"""A list whose rows have one action each: Enter, a plain letter or the button of the row does it."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from posapp.ui.front_desk.parts import LineDelegate
from posapp.ui.mirror import mirrored_x
from posapp.ui.tables import Index, OpenList
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, draw_text


class ActionRow(Protocol):
    """What such a list shows. `key` tells rows apart when they are read anew."""

    @property
    def key(self) -> str:
        """The number of what the row is about."""

    @property
    def action(self) -> str:
        """The word of its button, "" for none."""

    @property
    def is_here(self) -> bool:
        """Whether it is about the customer at the counter, which tints it."""

    def spoken(self) -> str:
        """The row in one line, for screen readers."""


class ActionDelegate(LineDelegate):
    """Ground and button of a row. Buttons of all rows are as wide as the widest of them."""

    height = 52

    def __init__(self, *, button: bool) -> None:
        super().__init__()
        self._has_button = button
        self._button_width = 0
        self.marked = ""
        """The key of the row that was searched for."""

    def measure(self, rows: Sequence[Any]) -> None:
        """Find out how wide the buttons are."""
        metrics = theme().metrics("body", 600)
        words = max((metrics.horizontalAdvance(row.action) for row in rows), default=0)
        self._button_width = words + theme().px(26) if self._has_button and words else 0

    def button_rect(self, rect: QRect, row: Any) -> QRect:
        """Where the button of a row is; empty for a row without one."""
        if not self._button_width or not row.action:
            return QRect()
        look = theme()
        width, height = self._button_width, look.px(36)
        left = rect.right() + 1 - look.px(14) - width
        return QRect(left, rect.center().y() - height // 2 + 1, width, height)

    def paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, row: ActionRow
    ) -> None:
        """Tint, line below, and the bar of the row with the focus."""
        look, tokens, rect = theme(), theme().tokens, option.rect
        state = option.state
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        is_marked = bool(self.marked) and row.key == self.marked
        if row.is_here:
            painter.fillRect(rect, tokens.selection)
        elif has_focus or is_marked or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, tokens.sunken)
        # After the last row the next head or the edge of the card has a line of its own.
        if index.row() + 1 < index.model().rowCount():
            painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        if has_focus:
            painter.fillRect(rect.x(), rect.y(), look.px(4), rect.height(), tokens.primary)

    def paint_button(self, painter: QPainter, option: QStyleOptionViewItem, row: Any) -> int:
        """The button, if there is one; returns where the room before it ends."""
        look, tokens = theme(), theme().tokens
        rect = self.button_rect(option.rect, row)
        if rect.isEmpty():
            kept = self._button_width + look.px(12) if self._button_width else 0
            return option.rect.right() + 1 - look.px(14) - kept
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        outline = tokens.primary if has_focus else tokens.control
        box(painter, QRectF(rect), look.px(8), tokens.surface, outline)
        width = look.metrics("body", 600).horizontalAdvance(row.action)
        middle = QPointF(rect.center())
        font = look.font("body", 600)
        draw_text(painter, middle.x() - width / 2 + 0.5, middle.y() + 0.5, row.action, font, tokens.text)
        return rect.left() - look.px(12)


class ActionList(OpenList):
    """`acted`: the action of a row (Enter, a letter of `letters`, its button); `opened`: the row (click)."""

    acted = Signal(object)
    letters: frozenset[Qt.Key] = frozenset()

    def __init__(self, name: str, delegate: ActionDelegate, parent: QWidget | None = None) -> None:
        super().__init__(name, delegate, parent=parent)
        self.plain_keys = True
        self.delegate = delegate

    def _clicked(self, row: Any) -> None:
        """Where in the row it was is asked when the button of the mouse is let go."""

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace the rows; the current one stays current."""
        before = self.current_row()
        self.delegate.measure(rows)
        self.rows.show_rows(rows)
        if before is not None:
            self._choose(before.key)

    def choose(self, key: str) -> bool:
        """Mark a row and make it the current one; False if it is not here."""
        self.delegate.marked = key
        return self._choose(key)

    def start_at(self, key: str) -> None:
        """Bring a row to the top, as far as there are rows below it."""
        if self._choose(key):
            self.scrollTo(self.currentIndex(), ActionList.ScrollHint.PositionAtTop)

    def _choose(self, key: str) -> bool:
        for place, row in enumerate(self.rows.rows()):
            if row.key == key:
                self.setCurrentIndex(self.rows.index(place, 0))
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the letter act."""
        row, key = self.current_row(), Qt.Key(event.key())
        is_letter = self.plain_keys and key in self.letters and not event.modifiers()
        if row is not None and (is_letter or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)):
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
        row, place = self.rows.row_at(index), self.visualRect(index)
        if self.isRightToLeft():
            at.setX(int(mirrored_x(place, at.x())))
        is_button = self.delegate.button_rect(place, row).contains(at)
        (self.acted if is_button else self.opened).emit(row)
