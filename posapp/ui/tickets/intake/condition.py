"""The intake checklist: one row a point, Works, Faulty or Untested, by keys 1 2 3 or the mouse.

One painted widget and one tab stop: up and down go from row to row, left and right change the row.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.domain.repairs.tickets import Condition
from posapp.ui.icons import paint_icon
from posapp.ui.theme import theme
from posapp.ui.widgets.messages import announce
from posapp.ui.widgets.paint import cut, draw_text

STATES = (Condition.WORKS, Condition.FAULTY, Condition.UNTESTED)
_ROW, _GAP, _BETWEEN, _AROUND, _ICON = 34, 6, 20, 12, 14
_TWO_COLUMNS_FROM = 640
_SIGNS = {Condition.WORKS: "check", Condition.FAULTY: "x", Condition.UNTESTED: ""}


class ConditionGrid(QWidget):
    """Rows in two columns where there is room; `states` has only the rows that were touched."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[str] = []
        self._states: dict[str, Condition] = {}
        self._row = 0
        self.has_digits = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("ring", False)
        self._name()

    # -- values ------------------------------------------------------------------------------------
    def show_rows(self, texts: Sequence[str], states: Mapping[str, str]) -> None:
        """These points, with what is known of them already."""
        self._texts = list(texts)
        self._states = {text: Condition(states[text]) for text in texts if states.get(text) in set(Condition)}
        self._row = 0
        self._fit()
        self._name()

    def states(self) -> dict[str, str]:
        """Point to state, in the order of the rows."""
        return {text: self._states[text].value for text in self._texts if text in self._states}

    def rest_works(self) -> None:
        """Whatever was not touched works."""
        for text in self._texts:
            self._states.setdefault(text, Condition.WORKS)
        self._name()
        announce(self, self.tr("The rest works"))
        self.changed.emit()

    def words(self) -> dict[Condition, str]:
        """The three states as they are called."""
        return {
            Condition.WORKS: self.tr("Works"),
            Condition.FAULTY: self.tr("Faulty"),
            Condition.UNTESTED: self.tr("Untested"),
        }

    def _set(self, row: int, state: Condition) -> None:
        self._states[self._texts[row]] = state
        self._name()
        announce(self, self.accessibleName())
        self.changed.emit()

    def _name(self) -> None:
        self.update()
        if not self._texts:
            self.setAccessibleName(self.tr("Condition at check-in"))
            return
        text = self._texts[self._row]
        state = self._states.get(text)
        self.setAccessibleName(f"{text}: {self.words()[state] if state else self.tr('not looked at')}")

    # -- keys and mouse ------------------------------------------------------------------------------
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 2 3 set the row and go on to the next one; arrows move and change."""
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = key - Qt.Key.Key_1
        if held or not self._texts:
            super().keyPressEvent(event)
        elif 0 <= digit < len(STATES) and self.has_digits:
            self._set(self._row, STATES[digit])
            self._go(self._row + 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(self._row + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            is_later = (key == Qt.Key.Key_Right) != self.isRightToLeft()
            self._step(1 if is_later else -1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        state = self._states.get(self._texts[self._row])
        place = STATES.index(state) + by if state else (0 if by > 0 else len(STATES) - 1)
        self._set(self._row, STATES[min(max(place, 0), len(STATES) - 1)])

    def _go(self, row: int) -> None:
        self._row = min(max(row, 0), len(self._texts) - 1)
        self._name()
        announce(self, self.accessibleName())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on a segment sets it."""
        for row in range(len(self._texts)):
            for place, rect in enumerate(self._segments(row)):
                if rect.contains(event.position()):
                    self._row = row
                    self._set(row, STATES[place])
                    return

    # -- size and picture ----------------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self._fit()

    def _columns(self) -> int:
        return 2 if self.width() >= theme().px(_TWO_COLUMNS_FROM) else 1

    def _lines(self) -> int:
        return -(-len(self._texts) // self._columns())

    def _fit(self) -> None:
        look = theme()
        tall = self._lines() * (look.tool_height(_ROW) + look.px(_GAP)) - look.px(_GAP)
        self.setFixedHeight(max(tall, look.px(_ROW)))

    def _place(self, row: int) -> QRectF:
        look, lines, columns = theme(), max(self._lines(), 1), self._columns()
        column, place = divmod(row, lines)
        tall, between = look.tool_height(_ROW), look.px(_BETWEEN)
        width = (self.width() - between * (columns - 1)) / columns
        if self.isRightToLeft():
            column = columns - 1 - column
        return QRectF(column * (width + between), place * (tall + look.px(_GAP)), width, tall)

    def _segment_width(self) -> int:
        """As wide as the widest word with its sign: other languages need more room."""
        look, words = theme(), self.words()
        metrics, sign = look.metrics("caption", 600), look.px(_ICON + 3)
        widths = [metrics.horizontalAdvance(words[one]) + (sign if _SIGNS[one] else 0) for one in STATES]
        return max(widths) + look.px(_AROUND)

    def _segments(self, row: int) -> list[QRectF]:
        rect, wide = self._place(row), self._segment_width()
        if self.isRightToLeft():
            return [QRectF(rect.left() + (2 - at) * wide, rect.top(), wide, rect.height()) for at in range(3)]
        left = rect.right() - 3 * wide
        return [QRectF(left + at * wide, rect.top(), wide, rect.height()) for at in range(3)]

    def paintEvent(self, event: QPaintEvent) -> None:
        """All rows in the colours of now."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row, text in enumerate(self._texts):
            self._paint_row(painter, row, text)
        painter.end()

    def _paint_row(self, painter: QPainter, row: int, text: str) -> None:
        look, tokens = theme(), theme().tokens
        rect, segments = self._place(row), self._segments(row)
        frame = segments[0].united(segments[2]).adjusted(0.5, 0.5, -0.5, -0.5)
        font = look.font("body")
        room = rect.width() - frame.width() - look.px(8)
        words = cut(text, font, room)
        x = rect.left()
        if self.isRightToLeft():
            x = rect.right() - look.metrics("body").horizontalAdvance(words)
        draw_text(painter, x, rect.center().y(), words, font, tokens.text)
        outline = QPainterPath()
        outline.addRoundedRect(frame, look.px(8), look.px(8))
        painter.fillPath(outline, tokens.surface)
        chosen = self._states.get(text)
        painter.save()
        painter.setClipPath(outline)
        for state, segment in zip(STATES, segments, strict=True):
            self._paint_segment(painter, segment, state, is_chosen=state == chosen)
        painter.setPen(QPen(tokens.border, 1))
        for segment in segments[1:] if not self.isRightToLeft() else segments[:2]:
            painter.drawLine(QPointF(segment.left(), frame.top()), QPointF(segment.left(), frame.bottom()))
        painter.restore()
        is_here = self.hasFocus() and row == self._row
        painter.setPen(QPen(tokens.primary if is_here else tokens.control, 2 if is_here else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)

    def _paint_segment(self, painter: QPainter, rect: QRectF, state: Condition, *, is_chosen: bool) -> None:
        look, tokens = theme(), theme().tokens
        tone = {Condition.WORKS: "success", Condition.FAULTY: "danger", Condition.UNTESTED: "neutral"}[state]
        icon = _SIGNS[state] if is_chosen else ""
        if is_chosen:
            painter.fillRect(rect, tokens.soft(tone))
        weight = 600 if is_chosen else 500
        font, words = look.font("caption", weight), self.words()[state]
        ink = tokens.colour("text" if tone == "neutral" else tone) if is_chosen else tokens.text2
        side = look.px(_ICON)
        wide = look.metrics("caption", weight).horizontalAdvance(words) + (side + look.px(3) if icon else 0)
        x = rect.center().x() - wide / 2
        if icon:
            paint_icon(painter, icon, x, rect.center().y() - side / 2, side, ink)
            x += side + look.px(3)
        draw_text(painter, x, rect.center().y(), words, font, ink)
