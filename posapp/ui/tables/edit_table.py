"""A table of records that are opened, archived and put in order by keys; archived ones are grey."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from posapp.ui.tables.rows_model import ROW, SHOWN, Column, Index, RowsModel
from posapp.ui.tables.two_line_delegate import dress_list
from posapp.ui.theme import theme

_HIGHEST = 8
"""Rows of a table that stands among other things; more are scrolled to."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class FadedDelegate(QStyledItemDelegate):
    """Paints a cell in the colours of now; the chosen row has a bar at its beginning.

    `gone` says of a grey row what became of it ("{name}, archived").
    """

    def __init__(self, parent: QWidget, gone: str) -> None:
        super().__init__(parent)
        self._gone = gone

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
        inner = QRect(rect).adjusted(side, 0, -side, 0)
        words = str(index.data(SHOWN) or "")
        if is_gone and is_first:
            words = self._gone.format(name=words)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole)
        flags = Qt.AlignmentFlag.AlignVCenter | (align or Qt.AlignmentFlag.AlignLeading)
        metrics = look.metrics("body", 600 if is_first and not is_gone else None)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, int(flags), shown)
        painter.restore()


class EditTable(QTableView):
    """Rows that open with Enter or a double click, and are archived with Del."""

    opened = Signal()
    removed = Signal()
    moved = Signal(int)
    """Alt+Up and Alt+Down: the chosen row wants to be one place earlier (-1) or later (1)."""

    def __init__(self, name: str, columns: Sequence[Column], *, gone: str = "") -> None:
        """`gone` is said of a row that is out of use: "{name}, archived" unless another word fits better."""
        super().__init__()
        self.rows = RowsModel(columns, self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        dress_list(self)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(FadedDelegate(self, gone or self.tr("{name}, archived")))
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        self._fit()
        theme().changed.connect(self._fit)

    def show_few(self, rows: Sequence[Any]) -> None:
        """Show rows among other things: as high as they are, up to a limit, and hidden without any."""
        self.show_rows(rows)
        self.setVisible(bool(rows))
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + theme().row_height(44) * min(len(rows), _HIGHEST) + 2)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace the rows; the same record stays chosen."""
        kept, row = getattr(self.chosen(), "id", None), self.currentIndex().row()
        self.rows.show_rows(rows)
        ids = [getattr(one, "id", None) for one in rows]
        place = ids.index(kept) if kept is not None and kept in ids else row
        if rows:
            self.selectRow(min(max(place, 0), len(rows) - 1))

    def chosen(self) -> Any:
        """The chosen row, None for none."""
        index = self.currentIndex()
        return self.rows.row_at(index) if index.isValid() and index.row() < self.rows.rowCount() else None

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the table."""
        return QWidget.focusNextPrevChild(self, forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Del archives, everything else moves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self.removed.emit()
        elif event.key() in _STEPS and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.moved.emit(_STEPS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Only rows are walked through; Home and End are the first and the last."""
        edges = {
            QAbstractItemView.CursorAction.MoveHome: 0,
            QAbstractItemView.CursorAction.MoveEnd: self.rows.rowCount() - 1,
        }
        if action in edges:
            return self.rows.index(edges[action], 0)
        index = super().moveCursor(action, modifiers)
        return index.siblingAtColumn(0) if index.isValid() else index

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme().row_height(44))
