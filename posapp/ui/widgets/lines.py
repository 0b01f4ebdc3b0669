"""Lines of words that are laid out once and drawn often.

Finding the shapes of letters is dearer than drawing them, and a list that is filtered draws the same words at
every key. Colours are no part of a line; other fonts or another scale lay it out anew.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QApplication

from posapp.ui.mirror import upright
from posapp.ui.theme import theme

_ENDLESS = 1e6
_ONE_LINE = dict.fromkeys(map(ord, "\n\r\u2028\u2029"), " ")


class Line(NamedTuple):
    """Words in a step and weight of the type scale."""

    layout: QTextLayout
    advance: float
    rise: float
    """How far its upper edge is above the middle of the letters."""
    height: int

    @property
    def width(self) -> int:
        """In whole pixels."""
        return int(self.advance + 0.5)

    def draw(self, painter: QPainter, x: float, middle: float, ink: QColor) -> None:
        """From x on, the middle of the letters at `middle`."""
        painter.setPen(ink)
        with upright(painter, x, self.width):
            self.layout.draw(painter, QPointF(x, middle - self.rise))


_BY_WORDS = Qt.LayoutDirection.LayoutDirectionAuto


def line(
    words: str, step: str = "body", weight: int | None = None, direction: Qt.LayoutDirection = _BY_WORDS
) -> Line:
    """The whole line."""
    _hear_of_fonts()
    return _laid_out(words, step, weight, direction, theme().scale)


def cut_line(
    words: str,
    room: float,
    step: str = "body",
    weight: int | None = None,
    direction: Qt.LayoutDirection = _BY_WORDS,
) -> Line:
    """The line, with … where it is wider than its room."""
    whole, most = line(words, step, weight, direction), max(0, int(room))
    return whole if whole.advance <= most else _cut(words, most, step, weight, direction, theme().scale)


@lru_cache(maxsize=4096)
def _laid_out(words: str, step: str, weight: int | None, direction: Qt.LayoutDirection, scale: int) -> Line:
    metrics = theme().metrics(step, weight)
    layout = QTextLayout(words.translate(_ONE_LINE), theme().font(step, weight))
    layout.setTextOption(_option(direction))
    layout.setCacheEnabled(True)
    layout.beginLayout()
    shaped = layout.createLine()
    shaped.setLineWidth(_ENDLESS)
    layout.endLayout()
    rise = shaped.ascent() - (metrics.ascent() - metrics.descent()) / 2
    return Line(layout, shaped.horizontalAdvance(), rise, int(shaped.height() + 0.5))


@lru_cache(maxsize=1024)
def _cut(
    words: str, room: int, step: str, weight: int | None, direction: Qt.LayoutDirection, scale: int
) -> Line:
    shown = theme().metrics(step, weight).elidedText(words, Qt.TextElideMode.ElideRight, room)
    return _laid_out(shown, step, weight, direction, scale)


@cache
def _option(direction: Qt.LayoutDirection) -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute)
    option.setTextDirection(direction)
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option


_FORGETTING: list[Callable[[], None]] = []


def forget_with_fonts(forget: Callable[[], None]) -> None:
    """Other scripts get their letters after the first frame: what was laid out before has boxes."""
    _FORGETTING.append(forget)


@cache
def _hear_of_fonts() -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.fontDatabaseChanged.connect(lambda: [forget() for forget in _FORGETTING])


forget_with_fonts(_laid_out.cache_clear)
forget_with_fonts(_cut.cache_clear)
