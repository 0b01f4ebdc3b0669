"""A card of the board in one paint: number, PL ID and price, device, fault and name, due, technician."""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posapp.ui.icons import paint_icon
from posapp.ui.tables import ROW, Index
from posapp.ui.theme import theme
from posapp.ui.tickets.presenter import ShownCard
from posapp.ui.widgets.lines import Line, cut_line, forget_with_fonts, line
from posapp.ui.widgets.paint import box, draw_text

CARD_HEIGHT, GAP, CIRCLE = 98, 8, 24
_CHOSEN = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected


class CardDelegate(QStyledItemDelegate):
    """Late cards have a bar, a triangle and words; colour never stands alone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All cards are of the same height."""
        return QSize(0, theme().px(CARD_HEIGHT + GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The card, in the colours of now."""
        shown: ShownCard = index.data(ROW)
        look, rect = theme(), option.rect
        size = QSize(rect.width(), rect.height() - look.px(GAP))
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        is_selected = option.state & _CHOSEN == _CHOSEN
        ground = _Ground(is_selected, shown.is_urgent, initials(shown.card.technician), is_mirrored)
        painter.translate(rect.topLeft())
        painter.drawPixmap(0, 0, _drawn(size, painter.device().devicePixelRatioF(), ground))
        _written(shown, size.width(), is_mirrored, look.scale, look.is_dark).paint(painter)
        painter.translate(-rect.topLeft())


@lru_cache(maxsize=512)
def _written(shown: ShownCard, width: int, is_mirrored: bool, _scale: int, _is_dark: bool) -> "_Words":
    """What stands on a card: a board that is filtered shows the same cards again and again."""
    return _Words(shown, width, is_mirrored)


forget_with_fonts(_written.cache_clear)


class _Words:
    """What stands on a card, from the side where one begins to read: lines with their places, and an icon."""

    def __init__(self, shown: ShownCard, width: int, is_mirrored: bool) -> None:
        """Number, PL ID and price; the device; fault and name; due and technician."""
        self.lines: list[tuple[Line, float, float, QColor]] = []
        self.icon: tuple[str, float, float, int, QColor] | None = None
        self._is_mirrored, self._left = is_mirrored, theme().px(11)
        self._room = width - 2 * self._left
        tokens, px, card = theme().tokens, theme().px, shown.card
        number = line(shown.number, "small", 600)
        self._write(17, number, tokens.text)
        if shown.price:
            price = line(shown.price, "small", 600)
            self._write(17, price, tokens.text, self._room - price.width)
        self._write(17, line(f"PL{card.pl_number}", "small"), tokens.text2, number.width + px(6))
        self._write(38, cut_line(card.device, self._room, "body", 600), tokens.text)
        who = " · ".join(filter(None, (card.fault.replace("\n", " "), _surname(card.customer_name))))
        self._write(55, cut_line(who, self._room, "small"), tokens.text2)
        if shown.due_words:
            self._write_due(shown)

    def _write_due(self, shown: ShownCard) -> None:
        px = theme().px
        icon, ink, weight = urgency(shown) or ("clock", theme().tokens.text2, None)
        self.icon = icon, self._x(0, px(14)), px(79) - px(7), px(14), ink
        due = cut_line(shown.due_words, self._room - px(34 + 18), "small", weight)
        self._write(79, due, ink, px(18))

    def _write(self, middle: int, words: Line, ink: QColor, at: float = 0) -> None:
        self.lines.append((words, self._x(at, words.width), theme().px(middle), ink))

    def _x(self, at: float, width: float) -> float:
        return self._left + (self._room - at - width if self._is_mirrored else at)

    def paint(self, painter: QPainter) -> None:
        """With the corner of the card at the painter's origin."""
        for words, x, middle, ink in self.lines:
            words.draw(painter, x, middle, ink)
        if self.icon is not None:
            paint_icon(painter, *self.icon)


class _Ground(NamedTuple):
    """What a card looks like without its words."""

    is_selected: bool
    is_urgent: bool
    initials: str
    is_mirrored: bool


def _drawn(size: QSize, ratio: float, look: _Ground) -> QPixmap:
    """A card without its words, drawn once: a board that is filtered paints thirty of them at every key."""
    key = f"card {size.width()} {size.height()} {ratio} {theme().scale} {theme().is_dark} {look}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    rect = QRectF(0, 0, size.width(), size.height())
    if look.is_mirrored:
        painter.save()
        painter.translate(size.width(), 0)
        painter.scale(-1, 1)
        _paint_ground(painter, rect, look)
        painter.restore()
    else:
        _paint_ground(painter, rect, look)
    _paint_initials(painter, rect, look)
    painter.end()
    QPixmapCache.insert(key, made)
    return made


def _paint_ground(painter: QPainter, rect: QRectF, look: _Ground) -> None:
    tokens, px = theme().tokens, theme().px
    fill = tokens.selection if look.is_selected else tokens.surface
    line = tokens.primary if look.is_selected else tokens.border
    box(painter, rect, px(8), fill, line, 2 if look.is_selected else 1)
    if look.is_urgent:
        painter.save()
        painter.setClipRect(QRectF(0, 0, px(4), rect.height()))
        box(painter, rect, px(8), tokens.danger)
        painter.restore()
    has_person = bool(look.initials)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if has_person else QPen(tokens.control, 1, Qt.PenStyle.DashLine))
    painter.setBrush(tokens.neutral_soft if has_person else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(_circle(rect).adjusted(0.5, 0.5, -0.5, -0.5))


def _paint_initials(painter: QPainter, rect: QRectF, look: _Ground) -> None:
    words, font = look.initials or "–", theme().font("caption", 600)
    centre = _circle(rect).center()
    x = rect.width() - centre.x() if look.is_mirrored else centre.x()
    width = theme().metrics("caption", 600).horizontalAdvance(words)
    draw_text(painter, x - width / 2, centre.y(), words, font, theme().tokens.text)


def _circle(rect: QRectF) -> QRectF:
    """Where the initials of a technician stand."""
    px = theme().px
    size = px(CIRCLE)
    return QRectF(rect.right() - px(11) - size, px(79) - size / 2, size, size)


def urgency(shown: ShownCard) -> tuple[str, QColor, int] | None:
    """Icon, ink and weight of what somebody waits for, is due today, or stands still."""
    if shown.is_urgent:
        return "triangle-alert", theme().tokens.danger, 600
    if shown.is_due_today or shown.is_too_long:
        return "clock", theme().tokens.warning, 600
    return None


def initials(name: str) -> str:
    """At most two letters that stand for a person."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()[:2]


def _surname(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1] if name.split() else ""
