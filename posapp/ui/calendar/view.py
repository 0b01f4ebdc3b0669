"""The calendar under keys and mouse. It changes nothing itself: it tells what was asked for.

A booking is lifted by Ctrl or Shift with the arrows, or by dragging; it is put down when Ctrl and Shift are
let go, by Enter, or by letting go of the mouse. Esc puts it back.
"""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from posapp.domain.bookings.bookings import BookingStatus
from posapp.ui.calendar import cursor as steps
from posapp.ui.calendar.arrangement import STEP, Block, More
from posapp.ui.calendar.cursor import Cursor
from posapp.ui.calendar.slots import Item, SlotView
from posapp.ui.theme import theme
from posapp.ui.wording import Wording

_Key = Qt.Key
LETTERS: Final = {
    _Key.Key_A: BookingStatus.ARRIVED,
    _Key.Key_S: BookingStatus.IN_SERVICE,
    _Key.Key_D: BookingStatus.DONE,
    _Key.Key_C: BookingStatus.CONFIRMED,
    _Key.Key_N: BookingStatus.NO_SHOW,
    _Key.Key_X: BookingStatus.CANCELLED,
}
TICKET_LETTER: Final = _Key.Key_T
_ARROWS: Final = {
    _Key.Key_Down: (1, 0),
    _Key.Key_Up: (-1, 0),
    _Key.Key_Right: (0, 1),
    _Key.Key_Left: (0, -1),
}
_CTRL, _SHIFT, _NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
_DRAG_FROM, _EDGE, _PAGE = 6, 6, 8


class CalendarView(SlotView):
    """Day or week of a shop under keys and mouse."""

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(wording, parent)
        self._grab, self._lead = 0.0, 0
        self._at = QPointF()
        self._drift.timeout.connect(self._scroll_along)

    # -- keys --------------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter and plain letters; whatever else travels on to the window."""
        key, modifiers = _Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.picture is None or self.cursor_at is None or not self._take(key, modifiers):
            event.ignore()

    def _take(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        if key in _ARROWS and modifiers in (_CTRL, _SHIFT):
            return self._lift(*_ARROWS[key], is_length=modifiers == _SHIFT)
        if modifiers != _NONE:
            return False
        if key in (_Key.Key_Return, _Key.Key_Enter):
            self._enter()
        elif key in _ARROWS and self.trial is not None:
            self._lift(*_ARROWS[key], is_length=False)
        elif key in _ARROWS:
            self._step(*_ARROWS[key])
        elif key in (_Key.Key_PageDown, _Key.Key_PageUp):
            self._page(_PAGE if key == _Key.Key_PageDown else -_PAGE)
        elif key in (_Key.Key_Home, _Key.Key_End):
            self._edge(is_last=key == _Key.Key_End)
        else:
            return self._letter(key)
        return True

    def _letter(self, key: Qt.Key) -> bool:
        booking = self.booking()
        if not self.plain_keys or booking is None or self.is_read_only:
            return False
        if key == TICKET_LETTER:
            self.ticket_asked.emit(booking)
        elif key in LETTERS:
            self.status_asked.emit(booking, LETTERS[key])
        else:
            return False
        return True

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Letting go of Ctrl or Shift puts down what they lifted."""
        if event.key() in (_Key.Key_Control, _Key.Key_Shift) and self._press is None:
            self._drop()
        super().keyReleaseEvent(event)

    def _step(self, down: int, right: int) -> None:
        assert self.picture is not None and self.cursor_at is not None
        if right:
            self._go(steps.sideways(self.picture, self.cursor_at, -right if self.isRightToLeft() else right))
        else:
            self._go((steps.down if down > 0 else steps.up)(self.picture, self.cursor_at))

    def _page(self, quarters: int) -> None:
        assert self.picture is not None and self.cursor_at is not None
        self._go(steps.land(self.picture, self.cursor_at.column, self.cursor_at.minute + quarters * STEP))

    def _edge(self, *, is_last: bool) -> None:
        assert self.picture is not None and self.cursor_at is not None
        spans = self.picture.columns[self.cursor_at.column].open_spans or ((0, 1440),)
        minute = spans[-1][1] - STEP if is_last else spans[0][0]
        self._go(steps.land(self.picture, self.cursor_at.column, minute))

    def _lift(self, down: int, right: int, *, is_length: bool) -> bool:
        assert self.picture is not None and self.cursor_at is not None
        booking = self.booking()
        if self.trial is None and (booking is None or not steps.can_move(booking) or self.is_read_only):
            if is_length and booking is None and down:
                self._go(steps.longer(self.cursor_at, down * STEP))
            return True
        trial = self.trial or steps.trial_of(booking)  # type: ignore[arg-type]
        if is_length:
            self._try(steps.stretched(trial, down * STEP))
        else:
            columns = -right if self.isRightToLeft() else right
            self._try(steps.moved(self.picture, trial, minutes=down * STEP, columns=columns))
        return True

    def _enter(self) -> None:
        if self.trial is not None:
            self._drop()
            return
        assert self.cursor_at is not None
        self._open(self.cursor_at)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the slot is."""
        super().focusInEvent(event)
        self.viewport().update()
        self._announce(self.describe())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self.viewport().update()

    # -- mouse -------------------------------------------------------------------------------------
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what is under the mouse."""
        if event.button() != Qt.MouseButton.LeftButton or self.picture is None or self.trial is not None:
            return
        place = self.geometry_now().column_at(event.position().x())
        if place is None or event.position().y() < self.geometry_now().head:
            return
        item, part = self._under(event.position(), place)
        self._press = (event.position(), place, item, part)
        if isinstance(item, Block):
            self._grab = event.position().y() - self.geometry_now().block(place, item).y()
            self._lead = steps.lead_of(self.picture.columns[place].day, item)
        minute = self.geometry_now().minute_at(event.position().y())
        self.cursor_at = Cursor(place, item.starts // STEP * STEP if item else minute, STEP, item)
        self.selected.emit(self.booking())
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag, or show what a drag would do."""
        self._at = event.position()
        if self.picture is None:
            return
        if self._press is None:
            self._show_shape(event.position())
            return
        start = self._press[0]
        if self.trial is None and (event.position() - start).manhattanLength() < theme().px(_DRAG_FROM):
            return
        self._drag(event.position())
        near_edge = not self.geometry_now().grid().adjusted(0, 24, 0, -24).contains(event.position())
        (self._drift.start if near_edge else self._drift.stop)()

    def _drag(self, at: QPointF) -> None:
        assert self._press is not None and self.picture is not None and self.cursor_at is not None
        _start, place, item, part = self._press
        geometry = self.geometry_now()
        if isinstance(item, Block) and steps.can_move(item.booking) and not self.is_read_only:
            trial = steps.trial_of(item.booking)
            if part == "edge":
                minutes = geometry.minute_at(at.y() + geometry.hour / 8) - item.starts + self._lead
                self._try(replace(trial, minutes=max(STEP, minutes)))
                return
            target = geometry.column_at(at.x())
            minute = geometry.minute_at(at.y() - self._grab + geometry.hour / 8) - self._lead
            trial = steps.into_column(self.picture, trial, place if target is None else target)
            self._try(steps.at_minute(trial, minute))
        elif item is None and not self.is_read_only:
            minutes = geometry.minute_at(at.y()) + STEP - self.cursor_at.minute
            self.cursor_at = replace(self.cursor_at, minutes=max(STEP, minutes))
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put down what was dragged; a click opens."""
        if event.button() != Qt.MouseButton.LeftButton or self._press is None:
            return
        self._press = None
        self._drift.stop()
        if self.trial is not None:
            self._drop()
        elif self.cursor_at is not None:
            self._announce(self.describe())
            self._open(self.cursor_at)

    def _under(self, at: QPointF, place: int) -> tuple[Item | None, str]:
        assert self.picture is not None
        geometry, column = self.geometry_now(), self.picture.columns[place]
        for more in column.more:
            if geometry.more(place, more).contains(at):
                return more, ""
        for block in reversed(column.blocks):
            rect = geometry.block(place, block)
            if rect.contains(at):
                at_edge = rect.bottom() - at.y() <= theme().px(_EDGE) and rect.height() > theme().px(20)
                return block, "edge" if at_edge else "body"
        return None, ""

    def _show_shape(self, at: QPointF) -> None:
        place = self.geometry_now().column_at(at.x())
        item, part = self._under(at, place) if place is not None else (None, "")
        shape = Qt.CursorShape.ArrowCursor
        if isinstance(item, More):
            shape = Qt.CursorShape.PointingHandCursor
        elif isinstance(item, Block):
            is_edge = part == "edge" and steps.can_move(item.booking)
            shape = Qt.CursorShape.SizeVerCursor if is_edge else Qt.CursorShape.PointingHandCursor
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    def _scroll_along(self) -> None:
        """Scroll on while something is held at the edge."""
        grid, bar = self.geometry_now().grid(), self.verticalScrollBar()
        if self._at.y() < grid.top() + 24:
            bar.setValue(bar.value() - theme().px(12))
        elif self._at.y() > grid.bottom() - 24:
            bar.setValue(bar.value() + theme().px(12))
        if self._press is not None:
            self._drag(self._at)
