"""A table whose rows are painted whole, as those of a list are; its columns are there for screen readers."""

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QTableView

from posapp.ui.tables.two_line_delegate import dress_table


class PaintedTable(QTableView):
    """The delegate paints a row once, over its whole width; the cursor stays in the first column.

    The columns share the width, so that each cell has a place on the screen and says its part of the row.
    """

    def __init__(self, *, row: int) -> None:
        super().__init__()
        self._hovered = -1
        dress_table(self, row=row)
        head = self.horizontalHeader()
        head.hide()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(1)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.entered.connect(lambda index: self._hover(index.row()))

    def row_rect(self, row: int) -> QRect:
        """Where a row is, over its whole width."""
        return QRect(0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row))

    def indexAt(self, pos: QPoint) -> QModelIndex:
        """A row is pressed as a whole."""
        return super().indexAt(pos).siblingAtColumn(0)

    def moveCursor(self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Home and End are the first and the last row; there is nothing sideways."""
        moves = QTableView.CursorAction
        if action == moves.MoveHome:
            return self.model().index(0, 0)
        if action == moves.MoveEnd:
            return self.model().index(self.model().rowCount() - 1, 0)
        if action in {moves.MoveLeft, moves.MoveRight}:
            return self.currentIndex()
        return super().moveCursor(action, modifiers)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Each row that is to be seen, in one call."""
        painter, area = QPainter(self.viewport()), event.rect()
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first >= 0:
            option, delegate = QStyleOptionViewItem(), self.itemDelegate()
            self.initViewItemOption(option)
            usual = option.state & ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver)
            cursor = self.currentIndex().row() if self.hasFocus() else -1
            for row in range(first, (last if last >= 0 else self.model().rowCount() - 1) + 1):
                index = self.model().index(row, 0)
                option.rect, option.state = self.row_rect(row), usual | self._state_of(index, cursor)
                delegate.paint(painter, option, index)
        painter.end()

    def _state_of(self, index: QModelIndex, cursor: int) -> QStyle.StateFlag:
        flags, state = QStyle.StateFlag, QStyle.StateFlag.State_None
        if self.selectionModel().isSelected(index):
            state |= flags.State_Selected
        if index.row() == cursor:
            state |= flags.State_HasFocus
        return state | flags.State_MouseOver if index.row() == self._hovered else state

    def _hover(self, row: int) -> None:
        for one in {self._hovered, row} - {-1}:
            self.viewport().update(self.row_rect(one))
        self._hovered = row

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Below the last row the mouse is over none."""
        super().mouseMoveEvent(event)
        if not self.indexAt(event.position().toPoint()).isValid():
            self._hover(-1)

    def viewportEvent(self, event: QEvent) -> bool:
        """The mouse that leaves is over no row."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)
