"""A list beside what it chooses: the arrows turn to another row at once, Enter goes into it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView

from posapp.ui.tables.list_models import RowListModel
from posapp.ui.tables.two_line_delegate import TwoLineDelegate, dress_list


class InwardList(QListView):
    """Up and Down change the row at once (`turned` tells its number); Enter and Right go into it."""

    turned = Signal(int)
    went_inside = Signal()

    def __init__(
        self, name: str, words: Callable[[Any], str], delegate: TwoLineDelegate, rows: Sequence[Any]
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        dress_list(self)
        self.rows = RowListModel(words, self)
        self.rows.show_rows(rows)
        self.setModel(self.rows)
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.selectionModel().currentRowChanged.connect(lambda now, _old: self.turned.emit(now.row()))

    def turn_to(self, row: int) -> None:
        """Choose a row."""
        self.setCurrentIndex(self.rows.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, everything else moves."""
        inward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, inward) and not event.modifiers():
            self.went_inside.emit()
        else:
            super().keyPressEvent(event)
