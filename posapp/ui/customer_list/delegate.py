"""Paints a customer of the list in one call: badge, name, phone and figures, each below its head."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from posapp.domain.figures.customer_list import SortBy
from posapp.ui.customer_list.chosen import Chosen
from posapp.ui.customer_list.words import NOTHING, ORDER, balance_tone, tickets_look
from posapp.ui.icons import paint_icon
from posapp.ui.tables import ROW, Column, Index
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import badge_size, box, cut, draw_badge, draw_text

if TYPE_CHECKING:
    from posapp.domain.figures.customer_list import CustomerLine

ROW_HEIGHT, SIDE, TICK = 40, 16, 16
_STRONG = frozenset({SortBy.NAME, SortBy.BALANCE})
Paint = Callable[[QPainter, QRect, "CustomerLine", bool], None]


def id_width(widest: str) -> int:
    """Room for a PL number in its badge and the tick behind it."""
    return badge_size(widest)[0] + theme().px(SIDE + 10 + TICK + 10)


class CustomerDelegate(QStyledItemDelegate):
    """Asks the table where its columns are, and paints those that are shown."""

    def __init__(self, table: QTableView, chosen: Chosen, columns: "tuple[Column, ...]") -> None:
        super().__init__(table)
        self._table, self._chosen, self._columns = table, chosen, columns

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of the same height."""
        return QSize(0, theme().row_height(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row, in the colours of now."""
        line: CustomerLine = index.data(ROW)
        is_current = index.row() == self._table.currentIndex().row()
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        self._ground(painter, option, line, is_current, is_hovered)
        for place, sort in enumerate(ORDER):
            if self._table.isColumnHidden(place):
                continue
            left, width = self._table.columnViewportPosition(place), self._table.columnWidth(place)
            cell = QRect(left, option.rect.y(), width, option.rect.height())
            if sort is SortBy.ID:
                self._id(painter, cell, line, is_current, is_hovered)
            elif sort is SortBy.TICKETS:
                self._tickets(painter, cell, line)
            else:
                self._words(painter, cell, sort, line)

    def _ground(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        line: "CustomerLine",
        is_current: bool,
        is_hovered: bool,
    ) -> None:
        tokens, rect = theme().tokens, option.rect
        if is_current:
            painter.fillRect(rect, tokens.selection)
        elif line.id in self._chosen:
            painter.fillRect(rect, tokens.primary_soft)
        elif is_hovered:
            painter.fillRect(rect, tokens.sunken)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        if is_current:
            bar = theme().px(4)
            at = rect.right() + 1 - bar if self._is_mirrored() else rect.x()
            painter.fillRect(at, rect.y(), bar, rect.height(), tokens.primary)

    def _id(
        self, painter: QPainter, cell: QRect, line: "CustomerLine", is_current: bool, is_hovered: bool
    ) -> None:
        """The number, and a box to tick: seen where it is ticked, or may be next."""
        px, tokens, middle = theme().px, theme().tokens, cell.center().y() + 0.5
        words, size = str(line.pl_id), px(TICK)
        badge = self._at(cell, px(SIDE), badge_size(words)[0])
        draw_badge(painter, badge, middle, words, strong=is_current)
        is_chosen = line.id in self._chosen
        if not (is_chosen or is_current or is_hovered):
            return
        x = self._at(cell, cell.width() - size - px(10), size)
        tick = QRectF(x, round(middle - size / 2), size, size)
        fill, edge = (tokens.fill, tokens.fill) if is_chosen else (tokens.surface, tokens.control)
        box(painter, tick, px(4), fill, edge)
        if is_chosen:
            inner = size - px(4)
            paint_icon(painter, "check", tick.x() + px(2), tick.y() + px(2), inner, tokens.on_fill)

    def _tickets(self, painter: QPainter, cell: QRect, line: "CustomerLine") -> None:
        look, tokens = theme(), theme().tokens
        found = tickets_look(line)
        side, size, middle = look.px(SIDE), look.px(16), cell.center().y() + 0.5
        if found is None:
            self._text(painter, cell, NOTHING, "body", None, tokens.text3, is_figure=False)
            return
        at = self._at(cell, side, size)
        paint_icon(painter, found.icon, at, middle - size / 2, size, tokens.colour(found.tone))
        begin = side + size + look.px(6)
        font = look.font("body", 600 if found.tone == "danger" else None)
        words = cut(found.words, font, cell.width() - begin)
        ink = tokens.danger if found.tone == "danger" else tokens.text
        width = look.metrics("body", 600 if found.tone == "danger" else None).horizontalAdvance(words)
        draw_text(painter, self._at(cell, begin, width), middle, words, font, ink)

    def _words(self, painter: QPainter, cell: QRect, sort: SortBy, line: "CustomerLine") -> None:
        tokens, column = theme().tokens, self._columns[ORDER.index(sort)]
        words = column.text(line)
        ink = tokens.text if words and words != NOTHING else tokens.text3
        is_strong = sort in _STRONG and bool(words) and words != NOTHING
        if sort is SortBy.BALANCE and is_strong:
            ink = tokens.colour(balance_tone(line))
        weight = 600 if is_strong else None
        self._text(painter, cell, words or NOTHING, "body", weight, ink, is_figure=column.is_figure)

    def _text(
        self,
        painter: QPainter,
        cell: QRect,
        words: str,
        step: str,
        weight: int | None,
        ink: QColor,
        *,
        is_figure: bool,
    ) -> None:
        look = theme()
        side, font = look.px(SIDE), look.font(step, weight)
        room = cell.width() - side - (side if is_figure else look.px(4))
        shown = cut(words, font, room)
        width = look.metrics(step, weight).horizontalAdvance(shown)
        begin = cell.width() - side - width if is_figure else side
        draw_text(painter, self._at(cell, begin, width), cell.center().y() + 0.5, shown, font, ink)

    def _at(self, cell: QRect, begin: float, width: float) -> float:
        """Where something stands that is so wide and begins so far from the leading side of its cell."""
        return cell.right() + 1 - begin - width if self._is_mirrored() else cell.x() + begin

    def _is_mirrored(self) -> bool:
        return self._table.layoutDirection() == Qt.LayoutDirection.RightToLeft
