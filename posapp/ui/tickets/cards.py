"""A card of the board in one paint: number, PL ID and price, device, fault and name, due, technician."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPixmapCache
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posapp.ui.icons import paint_icon
from posapp.ui.tables import ROW, Index
from posapp.ui.theme import theme
from posapp.ui.tickets.presenter import ShownCard
from posapp.ui.widgets.paint import box, draw_text

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
            bool(option.state & flags == flags), shown.is_urgent, initials(shown.card.technician), is_mirrored
        )
        painter.drawPixmap(rect.topLeft(), _drawn(rect.size(), painter.device().devicePixelRatioF(), look))
        _Words(painter, rect, is_mirrored).paint(shown)


class _Words:
    """What stands on a card, from the side where one begins to read.

    Words are measured only where they may have to be cut, or end somewhere: that takes a card longest.
    """

    def __init__(self, painter: QPainter, rect: QRect, is_mirrored: bool) -> None:
        self._painter, self._is_mirrored = painter, is_mirrored
        self._left, self._top = rect.x() + theme().px(11), rect.y()
        self._room = rect.width() - 2 * theme().px(11)

    def paint(self, shown: ShownCard) -> None:
        """Number, PL ID and price; the device; fault and name; due and technician."""
        tokens, px, card = theme().tokens, theme().px, shown.card
        window = self._painter.layoutDirection()
        # The words decide: in the direction of the window a number would change the order of its parts.
        self._painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        small = theme().metrics("small", 600)
        number = small.horizontalAdvance(shown.number)
        self._write(17, shown.number, "small", 600, tokens.text, 0, number)
        if shown.price:
            wide = small.horizontalAdvance(shown.price)
            self._write(17, shown.price, "small", 600, tokens.text, self._room - wide, wide)
        self._write(17, f"PL{card.pl_number}", "small", None, tokens.text2, number + px(6))
        self._cut(38, card.device, "body", 600, tokens.text, 0, self._room)
        who = " · ".join(filter(None, (card.fault.replace("\n", " "), _surname(card.customer_name))))
        self._cut(55, who, "small", None, tokens.text2, 0, self._room)
        if shown.due_words:
            icon, ink, weight = urgency(shown) or ("clock", tokens.text2, None)
            side = px(14)
            paint_icon(self._painter, icon, self._x(0, side), self._top + px(79) - px(7), side, ink)
            self._cut(79, shown.due_words, "small", weight, ink, px(18), self._room - px(34 + 18))
        self._painter.setLayoutDirection(window)

    def _cut(
        self, middle: int, words: str, step: str, weight: int | None, ink: QColor, at: float, room: float
    ) -> None:
        """Words that have only so much room."""
        metrics = theme().metrics(step, weight)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, int(room)))
        self._write(middle, shown, step, weight, ink, at)

    def _write(
        self,
        middle: int,
        words: str,
        step: str,
        weight: int | None,
        ink: QColor,
        at: float,
        width: float | None = None,
    ) -> None:
        """One line of words, so wide if that is known."""
        metrics, painter = theme().metrics(step, weight), self._painter
        if self._is_mirrored and width is None:
            width = metrics.horizontalAdvance(words)
        painter.setFont(theme().font(step, weight))
        painter.setPen(ink)
        base = self._top + theme().px(middle) + (metrics.ascent() - metrics.descent()) / 2
        painter.drawText(QPointF(self._x(at, width or 0), base), words)

    def _x(self, at: float, width: float) -> float:
        return self._left + (self._room - at - width if self._is_mirrored else at)


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
