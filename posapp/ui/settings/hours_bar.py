"""A day as a bar: the open times without their breaks; the rest is closed."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.ui.settings.spans import HourSpan
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box

EARLIEST, LATEST = 6 * 60, 22 * 60
"""What a bar shows at least, in minutes of the day."""


class HoursBar(QWidget):
    """Decorative: the words beside it say the same. All bars of a week show the same stretch of the day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spans: tuple[HourSpan, ...] = ()
        self._first, self._last = EARLIEST, LATEST
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_day(
        self, hours: Sequence[HourSpan], breaks: Sequence[HourSpan], first: int = EARLIEST, last: int = LATEST
    ) -> None:
        """Draw these on a scale from `first` to `last`."""
        self._spans = tuple(without_breaks(hours, breaks))
        self._first, self._last = first, last
        self.update()

    def sizeHint(self) -> QSize:
        """Narrower than the fields."""
        return QSize(theme().px(184), theme().px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and open times."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), look.px(5), tokens.neutral_soft)
        for span in self._spans:
            box(painter, self._place(span), look.px(4), tokens.primary)
        painter.end()

    def _place(self, span: HourSpan) -> QRectF:
        left, right = sorted((self._x(span.starts), self._x(span.ends)))
        return QRectF(left, 0, max(right - left, 2), self.height())

    def _x(self, minute: int) -> float:
        x = (minute - self._first) / max(self._last - self._first, 1) * self.width()
        return self.width() - x if self.isRightToLeft() else x


def without_breaks(hours: Sequence[HourSpan], breaks: Sequence[HourSpan]) -> list[HourSpan]:
    """The open times with the breaks cut out."""
    left = list(hours)
    for each in breaks:
        cut: list[HourSpan] = []
        for span in left:
            cut += [HourSpan(span.starts, min(span.ends, each.starts))]
            cut += [HourSpan(max(span.starts, each.ends), span.ends)]
        left = [span for span in cut if span.starts < span.ends]
    return left
