"""Lists for delegates: one row, one value; short ones at once, long ones in pages of 200."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from posapp.ui.tables.rows_model import ROW, SHOWN, SPOKEN, Column, Index, nothing_in

PAGE = 200


class RowListModel(QAbstractTableModel):
    """A list of values. `words` says a row in one line, for screen readers and typing ahead.

    With `cells` it is a table whose cells say the parts of a row: the first one is found by typing ahead, and
    spoken it is the whole row.
    """

    def __init__(
        self, words: Callable[[Any], str], parent: QObject | None = None, *, cells: Sequence[Column] = ()
    ) -> None:
        super().__init__(parent)
        self._words = words
        self._cells = tuple(cells)
        self._rows: list[Any] = []

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rows(self) -> Sequence[Any]:
        """All rows that are here."""
        return tuple(self._rows)

    def row_at(self, index: Index) -> Any:
        """The row of an index, None for an invalid one."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows are here."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """How many cells a row has."""
        return 0 if parent.isValid() else max(len(self._cells), 1)

    def data(self, index: Index, role: int = SHOWN) -> Any:
        """The row itself, its words, or those of a cell."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role not in (SHOWN, SPOKEN):
            return None
        column = index.column()
        if not self._cells or (column == 0 and role == SPOKEN):
            return self._words(row)
        said = self._cells[column].text(row)
        return said if said or role == SHOWN else nothing_in(self._cells[column])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = SHOWN) -> Any:
        """What the cells are called."""
        is_named = orientation == Qt.Orientation.Horizontal and 0 <= section < len(self._cells)
        return self._cells[section].title if is_named and role == SHOWN else None


Fetch = Callable[[Any, int, Callable[[Sequence[Any]], None]], None]
"""fetch(last_row, how_many, arrived): asks for rows after `last_row` (None: from the start)."""


class PagedModel(RowListModel):
    """A long list that asks for the next 200 rows when the view nears its end; by key, never by offset."""

    loading = Signal(bool)

    def __init__(
        self,
        words: Callable[[Any], str],
        fetch: Fetch,
        parent: QObject | None = None,
        *,
        cells: Sequence[Column] = (),
    ) -> None:
        super().__init__(words, parent, cells=cells)
        self._fetch = fetch
        self._asked = 0
        self._is_waiting = False
        self._is_whole = True

    def restart(self) -> None:
        """Begin anew (another filter, other data); the old rows stay until the first page is here."""
        self._ask(None)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace all rows by a first page; a full page means that there may be more."""
        self._asked += 1
        self._is_whole = len(rows) < PAGE
        super().show_rows(rows)
        self._wait(False)

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:
        """Whether a further page may exist and is not yet on its way."""
        return not parent.isValid() and not self._is_whole and not self._is_waiting

    def fetchMore(self, parent: Index = QModelIndex()) -> None:
        """Ask for the page after the last row."""
        if self.canFetchMore(parent):
            self._ask(self._rows[-1] if self._rows else None)

    def stop(self) -> None:
        """The page that was asked for will not come; scrolling asks again."""
        self._asked += 1
        self._wait(False)

    def _ask(self, after: Any) -> None:
        self._asked += 1
        number = self._asked
        self._wait(True)
        self._fetch(after, PAGE, lambda rows: self._arrived(number, after, rows))

    def _arrived(self, number: int, after: Any, rows: Sequence[Any]) -> None:
        if number != self._asked:
            return
        if after is None:
            self.show_rows(rows)
            return
        self._is_whole = len(rows) < PAGE
        if rows:
            start = len(self._rows)
            self.beginInsertRows(QModelIndex(), start, start + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()
        self._wait(False)  # last: a view may ask in the middle of an insertion, with the old last row

    def _wait(self, is_waiting: bool) -> None:
        if self._is_waiting != is_waiting:
            self._is_waiting = is_waiting
            self.loading.emit(is_waiting)
