"""What bars and ticks of the chart are."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, draw_text


class Legend(QWidget):
    """A square for the period, a stroke for the days before."""

    def __init__(self) -> None:
        super().__init__()
        self._before = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.say("")

    def say(self, before: str) -> None:
        """The days before in words, "" where there are none."""
        self._before = before
        self.setAccessibleName(", ".join(self._words()))
        self.updateGeometry()
        self.update()

    def _words(self) -> list[str]:
        return [self.tr("this period"), *([self._before] if self._before else [])]

    def sizeHint(self) -> QSize:
        """Marks and words."""
        look, metrics = theme(), theme().metrics("caption")
        wide = sum(metrics.horizontalAdvance(one) + look.px(32) for one in self._words())
        return QSize(wide, look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the colours of now."""
        look, tokens, px = theme(), theme().tokens, theme().px
        painter, x, middle, mirrored = QPainter(self), 0.0, self.height() / 2, self.isRightToLeft()
        for place, words in enumerate(self._words()):
            mark = QRectF(x, middle - px(6), px(12), px(12))
            if place:
                mark = QRectF(x, middle - 1, px(14), 2)
            wide = look.metrics("caption").horizontalAdvance(words)
            at = x + px(18)
            if mirrored:
                mark.moveLeft(self.width() - mark.right())
                at = self.width() - at - wide
            box(painter, mark, 0 if place else px(2), tokens.text if place else tokens.fill)
            draw_text(painter, at, middle, words, look.font("caption"), tokens.text2)
            x += px(32) + wide
        painter.end()
