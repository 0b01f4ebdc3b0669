"""The cells of a settings table: names are bold, archived rows are grey and say so."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posapp.ui.tables import ROW, SHOWN
from posapp.ui.tables.rows_model import Index
from posapp.ui.theme import theme


class FadedDelegate(QStyledItemDelegate):
    """Paints a cell in the colours of now; the chosen row has a bar at its beginning."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the words, as they are painted."""
        look = theme()
        width = look.metrics("body", 600).horizontalAdvance(str(index.data(SHOWN) or ""))
        return QSize(width + look.px(34), look.row_height(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, line, words."""
        look, tokens, rect = theme(), theme().tokens, option.rect
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_gone = bool(getattr(index.data(ROW), "is_archived", False))
        painter.save()
        if is_selected:
            painter.fillRect(rect, tokens.selection)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        is_first = index.column() == 0
        if is_selected and is_first:
            is_rtl = option.direction == Qt.LayoutDirection.RightToLeft
            at = rect.right() + 1 - look.px(4) if is_rtl else rect.x()
            painter.fillRect(at, rect.y(), look.px(4), rect.height(), tokens.primary)
        font = look.font("body", 600 if is_first and not is_gone else None)
        painter.setFont(font)
        painter.setPen(tokens.text3 if is_gone else tokens.text if is_first else tokens.text2)
        side = look.px(16)
        inner = QRect(rect).adjusted(side, 0, -look.px(16), 0)
        words = str(index.data(SHOWN) or "")
        if is_gone and is_first:
            words = self.tr("{name}, archived").format(name=words)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        flags = Qt.AlignmentFlag.AlignVCenter | (align or Qt.AlignmentFlag.AlignLeading)
        metrics = look.metrics("body", 600 if is_first and not is_gone else None)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(flags), shown)
        painter.restore()
