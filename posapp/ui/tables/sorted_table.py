"""A table that sorts by any column and keeps its place when its rows are read anew."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from posapp.ui.tables.rows_model import Column, RowsModel, sort_key
from posapp.ui.tables.two_line_delegate import dress_table


class _SortedRows(RowsModel):
    """Rows that stand in the order of a column, however they come."""

    _by = -1
    _is_descending = False

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace all rows."""
        super().show_rows([rows[place] for place in self._order_of(rows)])

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Stand in the order of a column; what is equal in it stays as it is."""
        self._by, self._is_descending = column, order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        order_of = self._order_of(self._rows)
        now = {was: place for place, was in enumerate(order_of)}
        kept = self.persistentIndexList()
        self._rows = tuple(self._rows[place] for place in order_of)
        self.changePersistentIndexList(kept, [self.index(now[one.row()], one.column()) for one in kept])
        self.layoutChanged.emit()

    def _order_of(self, rows: Sequence[Any]) -> Sequence[int]:
        if not 0 <= self._by < len(self._columns):
            return range(len(rows))
        keys = list(map(sort_key(self._columns[self._by]), rows))
        return sorted(range(len(rows)), key=keys.__getitem__, reverse=self._is_descending)


class SortedTable(QTableView):
    """`key` tells one row from another; `letters` are plain keys and what they mean.

    `pressed_key` says what was meant: "open" for Enter and a double click, else one of `letters`.
    """

    pressed_key = Signal(str)
    plain_keys = True

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        *,
        key: Callable[[Any], Hashable],
        letters: Mapping[Qt.Key, str],
        wide: int,
        is_fitted: bool = False,
    ) -> None:
        """`wide` is the column that takes the room that is left; `is_fitted`: the others fit their words."""
        super().__init__()
        self._key, self._letters = key, letters
        self._model = _SortedRows(columns, self)
        self.setModel(self._model)
        self.setAccessibleName(name)
        dress_table(self)
        self.horizontalHeader().setStretchLastSection(False)
        if is_fitted:
            self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda _index: self.pressed_key.emit("open"))

    def current(self) -> Any:
        """The row of the cursor, None without one."""
        return self._model.row_at(self.currentIndex())

    def chosen(self) -> list[Any]:
        """All chosen rows, else the current one."""
        indexes = self.selectionModel().selectedRows()
        found = [self._model.row_at(index) for index in indexes]
        current = self.current()
        return found or ([current] if current is not None else [])

    def subject(self) -> object:
        """What a key would act on."""
        return self.chosen()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace the rows; the chosen ones stay so. If the current one is gone, no other takes its place."""
        kept, is_first = self.current(), self._model.rowCount() == 0
        chosen = {self._key(one) for one in self.chosen()}
        self._model.show_rows(rows)
        places = self._places_of(chosen if kept is None else {*chosen, self._key(kept)})
        if kept is not None and self._key(kept) in places:
            self.setCurrentIndex(self._index(places[self._key(kept)]))
        elif rows and is_first:
            self.setCurrentIndex(self._index(0))
        flags = QItemSelectionModel.SelectionFlag
        for key in chosen & places.keys():
            self.selectionModel().select(self._index(places[key]), flags.Select | flags.Rows)

    def _places_of(self, keys: set[Hashable]) -> dict[Hashable, int]:
        """Where the rows of those keys stand now; there may be a hundred thousand others."""
        found: dict[Hashable, int] = {}
        for place, row in enumerate(self._model.rows() if keys else ()):
            if (key := self._key(row)) in keys:
                found[key] = place
                if len(found) == len(keys):
                    break
        return found

    def _index(self, place: int) -> QModelIndex:
        return self._model.index(place, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is no key of ours is the table's."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.pressed_key.emit("open")
        elif self.plain_keys and not event.modifiers() and key in self._letters:
            self.pressed_key.emit(self._letters[Qt.Key(key)])
        else:
            super().keyPressEvent(event)
