"""A card of the board in one paint: number, PL ID and price, device, fault and name, due, technician."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posapp.ui.icons import paint_icon
from posapp.ui.tables import ROW, Index
from posapp.ui.theme import theme
from posapp.ui.tickets.presenter import ShownCard
from posapp.ui.widgets.paint import box, cut, draw_text

CARD_HEIGHT, GAP, CIRCLE = 98, 8, 24


class CardDelegate(QStyledItemDelegate):
    """Late cards have a bar, a triangle and words; colour never stands alone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All cards are of the same height."""
        return QSize(0, theme().px(CARD_HEIGHT + GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The card, in the colours of now."""
        shown: ShownCard = index.data(ROW)
        rect = option.rect.adjusted(0, 0, 0, -theme().px(GAP))
        flags = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        look = _Ground(
            bool(option.state & flags == flags), shown.is_urgent, bool(shown.card.technician), is_mirrored
        )
        painter.drawPixmap(rect.topLeft(), _drawn(rect.size(), painter.device().devicePixelRatioF(), look))
        _Words(painter, rect, is_mirrored).paint(shown)


class _Words:
    """What stands on a card, from the side where one begins to read."""

    def __init__(self, painter: QPainter, rect: QRect, is_mirrored: bool) -> None:
        self._painter, self._rect, self._is_mirrored = painter, rect, is_mirrored
        self._room = rect.width() - 2 * theme().px(11)

    def paint(self, shown: ShownCard) -> None:
        """Number, PL ID and price; the device; fault and name; due and technician."""
        tokens, px, card = theme().tokens, theme().px, shown.card
        if shown.price:
            self._write(17, shown.price, "small", 600, tokens.text, at_end=True)
        width = self._write(17, shown.number, "small", 600, tokens.text)
        self._write(17, f"PL{card.pl_number}", "small", None, tokens.text2, after=width + px(6))
        self._write(38, card.device, "body", 600, tokens.text, room=self._room)
        who = " · ".join(filter(None, (card.fault.replace("\n", " "), _surname(card.customer_name))))
        self._write(55, who, "small", None, tokens.text2, room=self._room)
        if shown.due_words:
            self._paint_due(shown)
        words = initials(card.technician) or "–"
        wide = theme().metrics("caption", 600).horizontalAdvance(words)
        inset = (px(CIRCLE) - wide) / 2
        self._write(79, words, "caption", 600, tokens.text, at_end=True, after=inset)

    def _paint_due(self, shown: ShownCard) -> None:
        px, side = theme().px, theme().px(14)
        icon, ink, weight = urgency(shown) or ("clock", theme().tokens.text2, None)
        paint_icon(self._painter, icon, self._x(0, side), self._rect.y() + px(79) - px(7), side, ink)
        room = self._room - px(34 + 18)
        self._write(79, shown.due_words, "small", weight, ink, after=px(18), room=room)

    def _write(
        self,
        middle: float,
        words: str,
        step: str,
        weight: int | None,
        ink: QColor,
        *,
        after: float = 0,
        room: float | None = None,
        at_end: bool = False,
    ) -> float:
        """One line of words, cut to its room; how wide it became."""
        font = theme().font(step, weight)
        words = words if room is None else cut(words, font, room)
        width = theme().metrics(step, weight).horizontalAdvance(words)
        x = self._x(self._room - after - width if at_end else after, width)
        return draw_text(self._painter, x, self._rect.y() + theme().px(middle), words, font, ink)

    def _x(self, at: float, width: float) -> float:
        left = self._rect.x() + theme().px(11)
        return left + (self._room - at - width if self._is_mirrored else at)


class _Ground(NamedTuple):
    """What a card looks like without its words."""

    is_selected: bool
    is_urgent: bool
    has_person: bool
    is_mirrored: bool


def _drawn(size: QSize, ratio: float, look: _Ground) -> QPixmap:
    """A card without its words, drawn once: a board that is filtered paints thirty of them at every key."""
    is_dark, flags = theme().is_dark, "".join(f"{flag:d}" for flag in look)
    key = f"card {size.width()} {size.height()} {ratio} {theme().scale} {is_dark:d}{flags}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    if look.is_mirrored:
        painter.translate(size.width(), 0)
        painter.scale(-1, 1)
    _paint_ground(painter, QRectF(0, 0, size.width(), size.height()), look)
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
    size = px(CIRCLE)
    circle = QRectF(rect.right() - px(11) - size, px(79) - size / 2, size, size)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if look.has_person else QPen(tokens.control, 1, Qt.PenStyle.DashLine))
    painter.setBrush(tokens.neutral_soft if look.has_person else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))


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
