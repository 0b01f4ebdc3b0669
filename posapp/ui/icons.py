"""Line icons (Lucide, ISC), drawn in any colour and size at the sharpness of the screen.

An icon is asked for by its file name without ".svg" and is painted with a colour of the moment; nothing keeps
a tinted icon beyond a change of theme, because the colour is part of the key of the cache.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from posapp.paths import resources
from posapp.ui.mirror import upright
from posapp.ui.theme import theme

_STROKE = 'stroke-width="1.9"'


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    text = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace('stroke-width="2"', _STROKE)


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(round(size * ratio), round(size * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def icon_pixmap(name: str, size: int, colour: QColor, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` pixels (already scaled by the caller) for a screen of that ratio."""
    return _drawn(name, size, colour.name(), ratio)


def paint_icon(painter: QPainter, name: str, x: float, y: float, size: int, colour: QColor) -> None:
    """Draw the icon with its upper left corner at x, y."""
    drawn = _drawn(name, size, colour.name(), painter.device().devicePixelRatio())
    with upright(painter, int(x + 0.5), size):
        painter.drawPixmap(int(x + 0.5), int(y + 0.5), drawn)


def icon(name: str, size: int = 18, tone: str = "text") -> QIcon:
    """The icon for parts of Qt that want a QIcon; make it anew when `theme().changed` comes."""
    colour = theme().tokens.colour(tone)
    made = QIcon()
    for ratio in (1.0, 1.5, 2.0):
        made.addPixmap(icon_pixmap(name, theme().px(size), colour, ratio))
    return made
