"""A table over rows that never change: columns are data, a new answer replaces all rows, or adds to them."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

Index = QModelIndex | QPersistentModelIndex
SHOWN = Qt.ItemDataRole.DisplayRole
ROW = Qt.ItemDataRole.UserRole + 1
"""The whole row, for delegates and for whoever opens it."""
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
ALIGN = Qt.ItemDataRole.TextAlignmentRole
_TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class Column(NamedTuple):
    """Head, text and sort key of a column, the text itself if none is given; figures stand at the end."""

    title: str
    text: Callable[[Any], str]
    sort_key: Callable[[Any], Any] | None = None
    is_figure: bool = False


def sort_key(column: Column) -> Callable[[Any], Any]:
    """By what its rows are put in order: what it says, if it has no key of its own."""
    return column.sort_key or (lambda row: column.text(row).casefold())


def nothing_in(column: Column) -> str:
    """What an empty cell says to a listener."""
    return QCoreApplication.translate("RowsModel", "{column}: nothing").format(column=column.title)


class RowsModel(QAbstractTableModel):
    """Shows rows that never change; `show_rows` replaces all of them at once."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Any, ...] = ()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def add_rows(self, rows: Sequence[Any]) -> None:
        """More rows at the end; those that are there stay where they are."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows += tuple(rows)
            self.endInsertRows()

    def rows(self) -> tuple[Any, ...]:
        """All rows in order."""
        return self._rows

    def row_at(self, index: Index) -> Any:
        """The row of an index, None for an invalid one."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = SHOWN) -> Any:
        """The text, or the whole row."""
        if not index.isValid():
            return None
        column, row = self._columns[index.column()], self._rows[index.row()]
        if role == ROW:
            return row
        if role == ALIGN:
            return _TRAILING if column.is_figure else None
        if role == SHOWN:
            return column.text(row)
        if role == SPOKEN:  # nothing would leave a listener without a place
            return column.text(row) or nothing_in(column)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = SHOWN) -> Any:
        """The titles, aligned as their columns."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == SHOWN:
            return self._columns[section].title
        if role == ALIGN:
            is_figure = self._columns[section].is_figure
            return _TRAILING if is_figure else Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None
