"""Small drawings that widgets and delegates share: key caps, badges, pills, text that may be cut."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QRegion
from PySide6.QtWidgets import QWidget

from posapp.ui.icons import paint_icon
from posapp.ui.mirror import upright
from posapp.ui.own_keys import own_keys
from posapp.ui.theme import theme
from posapp.ui.widgets.lines import line
from posapp.ui.widgets.status import StatusLook

_CAPS = {
    "Return": "↵",
    "Enter": "↵",
    "Up": "↑",
    "Down": "↓",
    "Left": "←",
    "Right": "→",
    "Space": "Space",
    "Escape": "Esc",
    "Delete": "Del",
}


def key_words(keys: str) -> str:
    """What is printed on the cap of a standard key: the key that this till has for it."""
    return printed(own_keys().of(keys))


@lru_cache(maxsize=256)
def printed(keys: str) -> str:
    """A key as it is printed, moved or not: "Ctrl+Return" is "Ctrl+↵"."""
    return "+".join(_CAPS.get(part, part) for part in keys.split("+")) if keys != "+" else keys


def box(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    line: QColor | None = None,
    width: int = 1,
) -> None:
    """A rounded box whose line lies wholly inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    inset = width / 2 if line is not None else 0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def round_window(widget: QWidget) -> None:
    """Cut the corners of a popup to its border; call it whenever its size changed."""
    path = QPainterPath()
    radius = theme().px(10)
    path.addRoundedRect(QRectF(widget.rect()), radius, radius)
    widget.setMask(QRegion(path.toFillPolygon().toPolygon()))


def draw_text(painter: QPainter, x: float, middle: float, text: str, font: QFont, colour: QColor) -> float:
    """One line of text with its middle at `middle`; returns how wide it is."""
    metrics = QFontMetrics(font)
    width = metrics.horizontalAdvance(text)
    painter.setFont(font)
    painter.setPen(colour)
    # The words decide: in the direction of the window a phone number would change the order of its parts.
    window = painter.layoutDirection()
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    with upright(painter, x, width):
        painter.drawText(QPointF(x, middle + (metrics.ascent() - metrics.descent()) / 2), text)
    painter.setLayoutDirection(window)
    return width


def cut(text: str, font: QFont, width: float) -> str:
    """The text, with … where it is wider than `width`.

    What fits is asked first: Qt cuts some words that are given exactly the width that it says they have.
    """
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) <= width:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, int(width)))


def key_cap_width(keys: str) -> int:
    """How wide `draw_key_cap` draws."""
    return max(line(key_words(keys), "caption", 500).width + theme().px(14), theme().px(24))


def draw_key_cap(painter: QPainter, x: float, middle: float, keys: str, *, on_fill: bool = False) -> float:
    """A key as it is printed on a button or in the key bar; returns how wide it is."""
    look, tokens = theme(), theme().tokens
    width, height = key_cap_width(keys), look.px(18)
    rect = QRectF(x, round(middle - height / 2), width, height)
    if on_fill:
        edge, fill, text = QColor(255, 255, 255, 150), QColor(255, 255, 255, 40), tokens.on_fill
    else:
        edge, fill, text = tokens.border, tokens.sunken, tokens.text2
    box(painter, rect, look.px(4), fill, edge)
    painter.fillRect(QRectF(x + 3, rect.bottom() - 1.5, width - 6, 1.5), edge)
    words = line(key_words(keys), "caption", 500)
    words.draw(painter, x + (width - words.width) / 2, middle - 0.5, text)
    return width


_BADGES = {"s": ("caption", 8, 22), "m": ("small", 8, 24), "l": ("strong", 12, 30)}


@lru_cache(maxsize=2048)
def _width(text: str, step: str, weight: int, scale: int) -> int:
    return QFontMetrics(theme().font(step, weight)).horizontalAdvance(text)


@lru_cache(maxsize=64)
def _rise(step: str, scale: int) -> float:
    metrics = QFontMetrics(theme().font(step, 600))
    return (metrics.ascent() - metrics.descent()) / 2


@lru_cache(maxsize=256)
def _badge_ground(width: int, height: int, radius: int, colour: str, ratio: float) -> QPixmap:
    # Rounded boxes are the dearest part of a row; digits are of one width, so few of them serve a whole list.
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    box(painter, QRectF(0, 0, width, height), radius, QColor(colour))
    painter.end()
    return picture


def badge_size(text: str, size: str = "s") -> tuple[int, int]:
    """Width and height of a PL badge; `size` is s (lists), m (forms) or l (customer card)."""
    look = theme()
    step, side, height = _BADGES[size]
    return _width(text, step, 600, look.scale) + 2 * look.px(side), look.px(height)


def draw_badge(
    painter: QPainter, x: float, middle: float, text: str, *, strong: bool = False, size: str = "s"
) -> float:
    """A PL number in its badge: strong (dark) for the current customer, quiet in lists; returns its width."""
    look, tokens = theme(), theme().tokens
    width, height = badge_size(text, size)
    fill, ink = (tokens.text, tokens.surface) if strong else (tokens.neutral_soft, tokens.text)
    ratio = painter.device().devicePixelRatio()
    ground = _badge_ground(width, height, look.px(5), fill.name(), ratio)
    painter.drawPixmap(int(x), round(middle - height / 2), ground)
    step, side, _ = _BADGES[size]
    font = look.font(step, 600)
    painter.setFont(font)
    painter.setPen(ink)
    painter.drawText(QPointF(int(x) + look.px(side), middle + _rise(step, look.scale)), text)
    return width


def pill_width(look: StatusLook) -> int:
    """How wide `draw_pill` draws."""
    return line(look.word, "caption", 600).width + theme().px(34 if look.icon else 20)


def draw_pill(painter: QPainter, x: float, middle: float, look: StatusLook) -> float:
    """A state as icon, word and tone: the one painter of states for lists, cards and the calendar."""
    style, tokens = theme(), theme().tokens
    width, height = pill_width(look), style.px(22)
    soft, ink = look.colours(tokens)
    box(painter, QRectF(x, round(middle - height / 2), width, height), height / 2, soft)
    inner = x + style.px(7 if look.icon else 10)
    if look.icon:
        paint_icon(painter, look.icon, inner, round(middle - style.px(14) / 2), style.px(14), ink)
        inner += style.px(18)
    if look.is_struck:
        font = QFont(style.font("caption", 600))
        font.setStrikeOut(True)
        draw_text(painter, inner, middle, look.word, font, ink)
    else:
        line(look.word, "caption", 600).draw(painter, inner, middle, ink)
    return width
