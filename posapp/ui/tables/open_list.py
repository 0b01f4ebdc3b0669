"""A short list whose rows are opened: by Enter, or by a click."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QWidget

from posapp.ui.tables.list_models import RowListModel
from posapp.ui.tables.rows_model import ROW
from posapp.ui.tables.two_line_delegate import dress_list
from posapp.ui.theme import theme

_BAR = 64
"""What a scroll bar needs at least."""


class OpenList(QListView):
    """`opened` tells the row. A list that is entered by key starts at its first row."""

    opened = Signal(object)

    def __init__(
        self,
        name: str,
        delegate: QStyledItemDelegate,
        words: Callable[[Any], str] = lambda row: str(row.spoken()),
        parent: QWidget | None = None,
    ) -> None:
        """`words` say a row in one line, for screen readers."""
        super().__init__(parent)
        self._height: int | None = None
        dress_list(self)
        self.setAccessibleName(name)
        self.rows = RowListModel(words, self)
        self.setModel(self.rows)
        if delegate.parent() is None:
            delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.clicked.connect(lambda index: self._clicked(index.data(ROW)))

    def _clicked(self, row: Any) -> None:
        self.opened.emit(row)

    def current_row(self) -> Any:
        """The row with the bar, None if there is none."""
        return self.rows.row_at(self.currentIndex())

    def choose_at(self, place: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self.rows.index(place, 0))

    def full_height(self) -> int:
        """How high it would be without scrolling; rows are of one height."""
        return self.rows.rowCount() * max(self.sizeHintForRow(0), 0)

    def stand(self, height: int, *, least: int = 1) -> None:
        """Be so high where there is room; in a window that became lower, as low as so many rows.

        Never so low that its scroll bar is squeezed: one row of several shows a part of the next.
        """
        bar = theme().px(_BAR)
        self._height = height = max(height, bar) if 0 < height < self.full_height() else height
        lowest = max(least * max(self.sizeHintForRow(0), 0), bar)
        self.setMinimumHeight(min(height, lowest))
        self.setMaximumHeight(height)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as it was told to stand."""
        usual = super().sizeHint()
        return usual if self._height is None else QSize(usual.width(), self._height)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Never on nothing."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.choose_at(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        row = self.current_row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None:
            self.opened.emit(row)
        else:
            super().keyPressEvent(event)
