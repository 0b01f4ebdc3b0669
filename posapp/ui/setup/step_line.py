"""Where one is: three numbered words in a row."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.ui.icons import paint_icon
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, draw_text


class StepLine(QWidget):
    """The current step is filled, those before have a tick."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = tuple(words)
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    def set_current(self, step: int) -> None:
        """Show this step, counted from 0."""
        self._current = step
        words = self.tr("Step {number} of {total}: {what}")
        self.setAccessibleName(words.format(number=step + 1, total=len(self._words), what=self._words[step]))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(theme().px(480), theme().px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc, words, a line to the next."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        side, middle, x = look.px(26), self.height() / 2, 0.0
        for number, words in enumerate(self._words):
            is_now, is_done = number == self._current, number < self._current
            disc = QRectF(x, middle - side / 2, side, side)
            fill = tokens.fill if is_now else tokens.primary_soft if is_done else tokens.surface
            box(painter, disc, side / 2, fill, None if is_now or is_done else tokens.control)
            if is_done:
                icon = look.px(16)
                paint_icon(painter, "check", x + (side - icon) / 2, middle - icon / 2, icon, tokens.primary)
            else:
                self._figure(painter, disc, str(number + 1), is_now)
            x += side + look.px(8)
            ink = tokens.text if is_now else tokens.text2
            x += draw_text(painter, x, middle, words, look.font("body", 600 if is_now else 500), ink)
            if number + 1 < len(self._words):
                painter.fillRect(int(x + look.px(12)), int(middle), look.px(28), 1, tokens.control)
            x += look.px(52)
        painter.end()

    def _figure(self, painter: QPainter, disc: QRectF, figure: str, is_now: bool) -> None:
        look, tokens = theme(), theme().tokens
        width = look.metrics("small", 600).horizontalAdvance(figure)
        x = disc.center().x() - width / 2
        ink = tokens.on_fill if is_now else tokens.text2
        draw_text(painter, x, disc.center().y(), figure, look.font("small", 600), ink)
