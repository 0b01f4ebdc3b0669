"""The lines of the sale as a table of rows 52 high; what keys act on is the chosen line."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from posapp.domain.selling.amounts import NOTHING_OFF, LineAmounts
from posapp.domain.selling.carts import CartLine
from posapp.ui.icons import paint_icon
from posapp.ui.scanner_keys import is_character
from posapp.ui.sell.words import discount_words, what_it_is
from posapp.ui.tables import ROW, SHOWN, Column, RowsModel, dress_list
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.wording import Wording

ITEM, QUANTITY, PRICE, DISCOUNT, TOTAL = range(5)
_WIDTHS = {QUANTITY: 120, PRICE: 112, DISCOUNT: 84, TOTAL: 104}
ROW_HIGH, _SIDE, _STEPPER = 52, 16, 104


@dataclass(frozen=True, slots=True)
class CartRow:
    """A line with what it comes to."""

    line: CartLine
    amounts: LineAmounts


class CartDelegate(QStyledItemDelegate):
    """Paints a cell; in a narrow window the discount stands under the item."""

    def __init__(self, wording: Wording, parent: QObject) -> None:
        super().__init__(parent)
        self._wording = wording
        self.is_narrow = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Ground, bar and words in the colours of now."""
        tokens, rect = theme().tokens, option.rect
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(rect, tokens.selection)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, tokens.border)
        row: CartRow = index.data(ROW)
        is_mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if index.column() == ITEM:
            if is_chosen:
                x = rect.right() + 1 - theme().px(4) if is_mirrored else rect.x()
                painter.fillRect(x, rect.y(), theme().px(4), rect.height(), tokens.primary)
            self._paint_item(painter, rect, row, is_mirrored=is_mirrored)
        elif index.column() == QUANTITY:
            self._paint_quantity(painter, rect, row.line, is_chosen=is_chosen)
        else:
            is_total = index.column() == TOTAL
            self._figure(painter, rect, str(index.data()), is_mirrored=is_mirrored, is_strong=is_total)

    def _paint_item(self, painter: QPainter, rect: QRect, row: CartRow, *, is_mirrored: bool) -> None:
        look, tokens, line = theme(), theme().tokens, row.line
        second = what_it_is(line)
        if self.is_narrow and line.discount != NOTHING_OFF:
            off = self.tr("less {discount}").format(discount=discount_words(line.discount, self._wording))
            second = " · ".join(filter(None, (second, off)))
        room, upper = rect.width() - look.px(_SIDE + 8), rect.y() + rect.height() * (0.34 if second else 0.5)
        weight = 600 if line.number else 500
        lines = [(line.text, look.font("field", weight), upper, tokens.text)]
        if second:
            lines.append((second, look.font("small"), rect.y() + rect.height() * 0.70, tokens.text2))
        for text, font, middle, ink in lines:
            shown = cut(text, font, room)
            x: float = rect.x() + look.px(_SIDE)
            if is_mirrored:
                metrics = look.metrics("field", weight) if font is lines[0][1] else look.metrics("small")
                x = rect.right() - look.px(_SIDE) - metrics.horizontalAdvance(shown)
            draw_text(painter, x, middle, shown, font, ink)

    def _paint_quantity(self, painter: QPainter, rect: QRect, line: CartLine, *, is_chosen: bool) -> None:
        look, tokens, text = theme(), theme().tokens, str(line.quantity)
        weight = 600 if is_chosen else 400
        middle = rect.y() + rect.height() / 2
        if is_chosen and line.kind.rules.is_counted:
            frame = stepper_in(rect)
            box(painter, QRectF(frame), look.px(8), tokens.surface, tokens.control)
            third, side = frame.width() / 3, look.px(16)
            for place, icon in ((0, "minus"), (2, "plus")):
                x = frame.x() + third * place + (third - side) / 2
                paint_icon(painter, icon, x, middle - side / 2, side, tokens.text)
            for place in (1, 2):
                at = round(frame.x() + third * place)
                painter.fillRect(at, frame.y() + 1, 1, frame.height() - 2, tokens.border)
        width = look.metrics("field", weight).horizontalAdvance(text)
        x = rect.x() + (rect.width() - width) / 2
        draw_text(painter, x, middle, text, look.font("field", weight), tokens.text)

    def _figure(
        self, painter: QPainter, rect: QRect, text: str, *, is_mirrored: bool, is_strong: bool
    ) -> None:
        look, weight = theme(), 700 if is_strong else 400
        side = look.px(_SIDE if is_strong else 8)
        width = look.metrics("field", weight).horizontalAdvance(text)
        x = rect.x() + side if is_mirrored else rect.right() + 1 - side - width
        ink: QColor = theme().tokens.text
        draw_text(painter, x, rect.y() + rect.height() / 2, text, look.font("field", weight), ink)


def stepper_in(cell: QRect) -> QRect:
    """Where − and + stand in the cell of the quantity."""
    width, height = theme().px(_STEPPER), theme().px(36)
    x = cell.x() + (cell.width() - width) // 2
    return QRect(x, cell.y() + (cell.height() - height) // 2, width, height)


class _CartModel(RowsModel):
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = SHOWN) -> Any:
        """The quantity stands in the middle, between − and +."""
        if section == QUANTITY and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return super().headerData(section, orientation, role)


class CartTable(QTableView):
    """`+`, `-`, Del and Enter act on the chosen line; a letter or digit is meant for the item field."""

    stepped = Signal(int, int)  # place, +1 or -1
    removed = Signal(int)
    opened = Signal(int)  # change price, quantity or discount
    typed = Signal(str)
    left = Signal()  # up from the first line

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._delegate = CartDelegate(wording, self)
        self._model = _CartModel(self._columns(), self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Lines of the sale"))
        dress_list(self)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(ITEM, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._fit()
        theme().changed.connect(self._fit)

    def _columns(self) -> tuple[Column, ...]:
        price = self._wording.price
        return (
            Column(self.tr("Item"), lambda row: row.line.text),
            Column(self.tr("Qty"), lambda row: str(row.line.quantity), is_figure=True),
            Column(self.tr("Price"), lambda row: price(row.line.unit_minor), is_figure=True),
            Column(
                self.tr("Discount"), lambda row: discount_words(row.line.discount, self._wording), None, True
            ),
            Column(self.tr("Total"), lambda row: price(row.amounts.gross_minor), is_figure=True),
        )

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().row_height(ROW_HIGH))
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, theme().px(width))
        self.setMinimumHeight(theme().row_height(ROW_HIGH) + theme().px(34))

    def set_narrow(self, is_narrow: bool) -> None:
        """No column for the discount: it stands under the item."""
        self._delegate.is_narrow = is_narrow
        self.setColumnHidden(DISCOUNT, is_narrow)

    def show_lines(self, lines: Sequence[CartLine], amounts: Sequence[LineAmounts], place: int) -> None:
        """Replace the lines and choose one of them."""
        self._model.show_rows([CartRow(*one) for one in zip(lines, amounts, strict=True)])
        if lines:
            self.choose(min(max(place, 0), len(lines) - 1))

    def choose(self, place: int) -> None:
        """Make a line the current one, in sight."""
        index = self._model.index(place, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def place(self) -> int:
        """The place of the chosen line, -1 for none."""
        return self.currentIndex().row() if self.currentIndex().isValid() else -1

    def subject(self) -> object:
        """What a key would act on."""
        row = self._model.row_at(self.currentIndex()) if self.currentIndex().isValid() else None
        return (self.place(), row.line) if row is not None else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Never on nothing."""
        super().focusInEvent(event)
        if self.place() < 0 and self._model.rowCount():
            self.choose(0)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the table."""
        return QWidget.focusNextPrevChild(self, forward)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """− and + of the chosen line; everything else chooses a line."""
        index = self.indexAt(event.position().toPoint())
        is_stepper = index.isValid() and index.column() == QUANTITY and index.row() == self.place()
        super().mousePressEvent(event)
        if not is_stepper:
            return
        frame = stepper_in(self.visualRect(index))
        third = (event.position().x() - frame.x()) / (frame.width() / 3)
        if third < 1 or third > 2:
            self.stepped.emit(index.row(), 1 if third > 2 else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a line; the scanner has let them through."""
        place, key = self.place(), event.key()
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Up and place <= 0:
            self.left.emit()
        elif place >= 0 and key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.stepped.emit(place, 1 if key == Qt.Key.Key_Plus else -1)
        elif place >= 0 and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(place)
        elif place >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(place)
        elif is_character(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
