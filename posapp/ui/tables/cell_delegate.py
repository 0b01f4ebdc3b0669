"""A cell of plain words in one paint, as the style sheet draws it and in a fraction of its time.

Qt's own delegate asks the style, and the style its sheet, some ten times a cell, and lays its words out anew
in every paint.
"""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posapp.ui.tables.rows_model import ALIGN, SHOWN, Index
from posapp.ui.theme import theme
from posapp.ui.widgets.lines import cut_line, line

_SIDE, _MARGIN, _BORDER = 12, 3, 1
"""Padding and line of a cell in the style sheet, and what Qt leaves beside words."""


class CellDelegate(QStyledItemDelegate):
    """One line, with … where it is too long; figures stand at the end."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then words; what is of several lines is left to Qt."""
        words: str = index.data(SHOWN)
        if "\n" in words:
            super().paint(painter, option, index)
            return
        paint_ground(painter, option)
        if words:
            is_figure = index.data(ALIGN) is not None
            self._paint_words(painter, option.rect, words, option.direction, is_figure=is_figure)

    def _paint_words(
        self, painter: QPainter, rect: QRect, words: str, direction: Qt.LayoutDirection, *, is_figure: bool
    ) -> None:
        side = theme().px(_SIDE) + _MARGIN
        room = rect.width() - 2 * side
        shown = cut_line(words, room, direction=direction)
        is_at_right = is_figure != (direction == Qt.LayoutDirection.RightToLeft)
        x = rect.x() + side + (room - shown.advance if is_at_right else 0)
        height = line(words, direction=direction).height  # also of letters that were cut off
        y = rect.y() + (rect.height() - _BORDER) // 2 - height // 2
        painter.setPen(theme().tokens.text)
        shown.layout.draw(painter, QPointF(x, y))


def paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """What lies under the content of a cell: chosen or not, and the line below."""
    rect, tokens = option.rect, theme().tokens
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, tokens.selection)
    painter.fillRect(rect.x(), rect.bottom(), rect.width(), _BORDER, tokens.border)
