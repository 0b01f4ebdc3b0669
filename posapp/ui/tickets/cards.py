"""A card of the board in one paint: number, PL ID and price, device, fault and name, due, technician."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posapp.ui.icons import paint_icon
from posapp.ui.tables import ROW, Index
from posapp.ui.theme import theme
from posapp.ui.tickets.presenter import ShownCard
from posapp.ui.widgets.paint import box, cut, draw_text

CARD_HEIGHT, GAP = 98, 8


class CardDelegate(QStyledItemDelegate):
    """Late cards have a bar, a triangle and words; colour never stands alone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All cards are of the same height."""
        return QSize(0, theme().px(CARD_HEIGHT + GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The card, in the colours of now."""
        shown: ShownCard = index.data(ROW)
        look, tokens, px = theme(), theme().tokens, theme().px
        rect = option.rect.adjusted(0, 0, 0, -px(GAP))
        is_current = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected) and is_current
        fill = tokens.selection if is_selected else tokens.surface
        line = tokens.primary if is_selected else tokens.border
        box(painter, QRectF(rect), px(8), fill, line, 2 if is_selected else 1)
        if shown.is_urgent:
            self._paint_bar(painter, rect)
        left, right = rect.x() + px(11), rect.right() - px(10)
        card, top = shown.card, rect.y()
        if shown.price:
            font = look.font("small", 600)
            room = look.metrics("small", 600).horizontalAdvance(shown.price)
            draw_text(painter, right - room, top + px(17), shown.price, font, tokens.text)
        width = draw_text(painter, left, top + px(17), shown.number, look.font("small", 600), tokens.text)
        pl_number = f"PL{card.pl_number}"
        draw_text(painter, left + width + px(6), top + px(17), pl_number, look.font("small"), tokens.text2)
        strong, small = look.font("body", 600), look.font("small")
        draw_text(painter, left, top + px(38), cut(card.device, strong, right - left), strong, tokens.text)
        who = " · ".join(filter(None, (card.fault.replace("\n", " "), _surname(card.customer_name))))
        draw_text(painter, left, top + px(55), cut(who, small, right - left), small, tokens.text2)
        self._paint_due(painter, shown, left, top + px(79), right - left - px(34))
        self._paint_technician(painter, card.technician, right, top + px(79))

    def _paint_bar(self, painter: QPainter, rect: QRect) -> None:
        px = theme().px
        painter.save()
        painter.setClipRect(QRectF(rect.x(), rect.y(), px(4), rect.height()))
        box(painter, QRectF(rect), px(8), theme().tokens.danger)
        painter.restore()

    def _paint_due(self, painter: QPainter, shown: ShownCard, x: float, middle: float, room: float) -> None:
        look, tokens, px = theme(), theme().tokens, theme().px
        if not shown.due_words:
            return
        icon, ink, weight = urgency(shown) or ("clock", tokens.text2, None)
        paint_icon(painter, icon, x, middle - px(7), px(14), ink)
        font = look.font("small", weight)
        draw_text(painter, x + px(18), middle, cut(shown.due_words, font, room - px(18)), font, ink)

    def _paint_technician(self, painter: QPainter, name: str, right: float, middle: float) -> None:
        look, tokens, px = theme(), theme().tokens, theme().px
        size = px(24)
        circle = QRectF(right - size, middle - size / 2, size, size)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if name:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.neutral_soft)
        else:
            painter.setPen(QPen(tokens.control, 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.restore()
        words, font = initials(name) or "–", look.font("caption", 600)
        width = look.metrics("caption", 600).horizontalAdvance(words)
        draw_text(painter, circle.center().x() - width / 2, middle, words, font, tokens.text)


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
