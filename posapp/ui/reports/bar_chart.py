"""Bars over days or months: the value, what was there before as a tick, closed days as a dash.

One stop of Tab: arrows go from bar to bar, Enter opens what is behind one. What the eye sees is said when the
cursor moves; Alt+T shows the same as a table.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from posapp.ui.mirror import mirror, mirrored_x
from posapp.ui.reports.axis import Scale, scale_of, shown_places
from posapp.ui.theme import theme
from posapp.ui.widgets.messages import announce
from posapp.ui.widgets.paint import box, draw_text

TOP, FOOT, SIDE, MOST_BAR = 20, 34, 16, 26


@dataclass(frozen=True, slots=True)
class ShownBar:
    """A bar: its key, the word below it, the value (before it, too), and all of it in words."""

    key: str
    label: str
    value: int
    before: int | None = None
    is_closed: bool = False
    spoken: str = ""


class BarChart(QWidget):
    """`opened` tells the key of a bar."""

    opened = Signal(str)
    plain_keys = True

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        self.setMinimumSize(theme().px(240), theme().px(130))
        self.bars: tuple[ShownBar, ...] = ()
        self._scale, self._marks = Scale(0, 1, 1), dict[int, str]()
        self._cursor = self._under = -1

    def sizeHint(self) -> QSize:
        """As pictured."""
        return QSize(theme().px(480), theme().px(210))

    # -- what is shown -----------------------------------------------------------------------------------
    def show_bars(self, bars: tuple[ShownBar, ...], unit: int, words: Callable[[int], str]) -> None:
        """Other bars; the cursor stays on its key. Lines lie on multiples of `unit`, with their `words`."""
        kept = self.current()
        self.bars = bars
        values = [one.value for one in bars] + [one.before for one in bars if one.before is not None]
        self._scale = scale_of(values, unit)
        self._marks = {line: words(line) for line in self._scale.lines}
        keys = [one.key for one in bars]
        self._cursor = keys.index(kept.key) if kept is not None and kept.key in keys else -1
        self._under = -1
        self._describe()
        self.update()

    def current(self) -> ShownBar | None:
        """The bar of the cursor."""
        return self.bars[self._cursor] if 0 <= self._cursor < len(self.bars) else None

    def subject(self) -> object:
        """What a key would act on."""
        return self.current()

    def _describe(self) -> None:
        now = self.current()
        words = self.tr("{count} bars. Alt+T shows them as a table.").format(count=len(self.bars))
        self.setAccessibleDescription(now.spoken if now is not None else words)

    # -- keys and mouse ----------------------------------------------------------------------------------
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Never on nothing."""
        super().focusInEvent(event)
        if self.current() is None and self.bars:
            self._go(len(self.bars) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, Enter opens."""
        keys, mirrored = Qt.Key, self.isRightToLeft()
        forth = keys.Key_Left if mirrored else keys.Key_Right
        back = keys.Key_Right if mirrored else keys.Key_Left
        last = len(self.bars) - 1
        places = {forth: self._cursor + 1, back: self._cursor - 1, keys.Key_Home: 0, keys.Key_End: last}
        key = keys(event.key())
        if key in (keys.Key_Return, keys.Key_Enter) and not event.modifiers():
            self._open(self._cursor)
        elif key in places and not event.modifiers():
            self._go(min(max(places[key], 0), last))
        else:
            super().keyPressEvent(event)

    def _go(self, place: int) -> None:
        self._cursor = place
        self._describe()
        now = self.current()
        if now is not None:
            announce(self, now.spoken)
        self.update()

    def _open(self, place: int) -> None:
        if 0 <= place < len(self.bars):
            self.opened.emit(self.bars[place].key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A bar is opened by a click anywhere above its word."""
        place = self._at(event.position().toPoint())
        if place >= 0:
            self._go(place)
            self._open(place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The bar below the pointer is told."""
        place = self._at(event.position().toPoint())
        if place != self._under:
            self._under = place
            where = event.globalPosition().toPoint()
            QToolTip.showText(where, self.bars[place].spoken if place >= 0 else "", self)
            self.update()

    def _at(self, where: QPoint) -> int:
        area, x = self._area(), float(where.x())
        if self.isRightToLeft():
            x = mirrored_x(self.rect(), x)
        inside = self.bars and area.left() <= x < area.right()
        return int((x - area.left()) / self._pitch(area)) if inside else -1

    # -- painting ----------------------------------------------------------------------------------------
    def _area(self) -> QRectF:
        """Where bars stand: beside the words of the lines."""
        look = theme()
        metrics = look.metrics("caption")
        words = max((metrics.horizontalAdvance(one) for one in self._marks.values()), default=0)
        left = look.px(SIDE) + words + look.px(10)
        foot = look.px(FOOT)
        return QRectF(
            left, look.px(TOP), self.width() - left - look.px(SIDE), self.height() - look.px(TOP) - foot
        )

    def _pitch(self, area: QRectF) -> float:
        return max(area.width(), 1) / max(len(self.bars), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines, bars, ticks and words, in the colours of now."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isRightToLeft():
            mirror(painter, QRect(0, 0, self.width(), self.height()))
        area = self._area()
        self._paint_lines(painter, area)
        for place, bar in enumerate(self.bars):
            self._paint_bar(painter, area, place, bar)
        self._paint_labels(painter, area)
        painter.end()

    def _y(self, area: QRectF, value: int) -> float:
        return area.bottom() - self._scale.height(value, area.height())

    def _paint_lines(self, painter: QPainter, area: QRectF) -> None:
        tokens, look = theme().tokens, theme()
        font, metrics = look.font("caption"), look.metrics("caption")
        for value in self._scale.lines:
            y = round(self._y(area, value))
            painter.fillRect(
                QRectF(area.left(), y, area.width(), 1), tokens.control if not value else tokens.border
            )
            words = self._marks.get(value, "")
            x = area.left() - look.px(10) - metrics.horizontalAdvance(words)
            draw_text(painter, x, y, words, font, tokens.text2)

    def _paint_bar(self, painter: QPainter, area: QRectF, place: int, bar: ShownBar) -> None:
        tokens, px, pitch = theme().tokens, theme().px, self._pitch(area)
        left, zero = area.left() + place * pitch, self._y(area, 0)
        wide = max(min(pitch * 0.68, px(MOST_BAR)), 1.0)
        at, middle = left + (pitch - wide) / 2, left + pitch / 2
        if place in (self._under, self._cursor if self.hasFocus() else -1):
            box(
                painter,
                QRectF(left, area.top() - px(6), pitch, area.height() + px(6)),
                px(4),
                tokens.selection,
            )
        if bar.is_closed:
            painter.fillRect(QRectF(middle - px(3), zero - px(9), px(6), 1), tokens.text3)
        elif bar.value:
            y = self._y(area, bar.value)
            tone = tokens.fill if bar.value > 0 else tokens.danger
            radius = min(px(3), wide / 3, abs(zero - y) / 2)
            box(painter, QRectF(at, min(y, zero), wide, abs(zero - y)), radius, tone)
        if bar.before:
            tick = QPen(tokens.text, 2)
            y, reach = self._y(area, bar.before), max(wide / 2 + px(3), 2)
            painter.setPen(tick)
            painter.drawLine(QPointF(middle - reach, y), QPointF(middle + reach, y))

    def _paint_labels(self, painter: QPainter, area: QRectF) -> None:
        look, tokens, pitch = theme(), theme().tokens, self._pitch(area)
        metrics, font = look.metrics("caption"), look.font("caption")
        widths = [float(metrics.horizontalAdvance(one.label)) for one in self.bars]
        for place in shown_places(widths, pitch, look.px(14)):
            middle = area.left() + (place + 0.5) * pitch
            x = min(max(middle - widths[place] / 2, 0.0), self.width() - widths[place] - look.px(4))
            draw_text(painter, x, area.bottom() + look.px(15), self.bars[place].label, font, tokens.text2)
