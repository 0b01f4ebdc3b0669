"""Painting from the other side, where people read from right to left: words and icons stay as they are.

A row that is painted by hand says `mirror(painter, rect)` before its first stroke and then measures from the
left as ever; what is drawn by the shared helpers of `posapp.ui.widgets.paint` and by `paint_icon` lies on the
other side and can be read. Where the mouse was is asked of `mirrored_x`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget


def mirror(painter: QPainter, rect: QRect | QRectF) -> None:
    """From here on this place is painted from its right edge, until the painter is restored."""
    painter.translate(2 * rect.x() + rect.width(), 0)
    painter.scale(-1, 1)


def mirrored_x(rect: QRect, x: float) -> float:
    """Where a point of this place was before it was mirrored."""
    return 2 * rect.x() + rect.width() - x


def as_on_a_telephone(keys: QWidget) -> None:
    """Keys with digits lie everywhere in the same order."""
    keys.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@contextmanager
def upright(painter: QPainter, x: float, width: float) -> Iterator[None]:
    """What is painted from `x` on, so wide, is not turned round itself where everything else is."""
    if painter.worldTransform().m11() >= 0:
        yield
        return
    painter.save()
    mirror(painter, QRectF(x, 0, width, 0))
    yield
    painter.restore()
