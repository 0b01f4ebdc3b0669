"""The customers of a list, read in pages: from its beginning, or backwards from its end, always by key.

However long a list is, both of its ends are one page away. What was read hangs together, from that end on.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from posapp.ui.tables import PAGE, SHOWN, Column, RowListModel

if TYPE_CHECKING:
    from posapp.domain.figures.customer_list import CustomerLine, Listed

Place = tuple[int | str, int]
Fetch = Callable[[Place | None, bool, int, "Callable[[Listed], None]"], None]
"""fetch(after, from_end, how_many, arrived): asks for the customers behind a place, seen from either end."""


class CustomerModel(RowListModel):
    """Old rows stay until the first page of a new answer is here."""

    loading = Signal(bool)

    def __init__(
        self, words: Callable[[Any], str], columns: Sequence[Column], fetch: Fetch, parent: QObject
    ) -> None:
        super().__init__(words, parent, cells=columns)
        self._fetch = fetch
        self._place: Place | None = None
        self._asked = 0
        self._is_waiting = False
        self.is_from_end = False

    @property
    def is_whole(self) -> bool:
        """Whether every customer of the list is here."""
        return self._place is None

    def begin(self, *, from_end: bool = False, rows: int = PAGE) -> None:
        """Read anew from an end: so many rows at least."""
        self._ask(None, from_end, max(rows, PAGE))

    def go_on(self) -> None:
        """Ask for the page behind what is here, unless it is on its way."""
        if self._place is not None and not self._is_waiting:
            self._ask(self._place, self.is_from_end, PAGE)

    def stop(self) -> None:
        """What was asked for will not come; scrolling asks again."""
        self._asked += 1
        self._wait(False)

    def place_of(self, key: int) -> int | None:
        """In which row a customer stands, None where they are not here."""
        return next((place for place, line in enumerate(self._rows) if line.id == key), None)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = SHOWN) -> Any:
        """Titles stand as what is below them."""
        if role != Qt.ItemDataRole.TextAlignmentRole or orientation != Qt.Orientation.Horizontal:
            return super().headerData(section, orientation, role)
        flags = Qt.AlignmentFlag
        side = flags.AlignTrailing if self._cells[section].is_figure else flags.AlignLeading
        return side | flags.AlignVCenter

    def _ask(self, after: Place | None, from_end: bool, rows: int) -> None:
        self._asked += 1
        number = self._asked
        self._wait(True)
        self._fetch(after, from_end, rows, lambda listed: self._arrived(number, after, from_end, listed))

    def _arrived(self, number: int, after: Place | None, from_end: bool, listed: "Listed") -> None:
        if number != self._asked:
            return
        self.is_from_end, self._place = from_end, listed.after
        lines = listed.lines[::-1] if from_end else listed.lines
        if after is None:
            self.show_rows(lines)
        elif lines:
            self._put(lines)
        self._wait(False)  # last: a view may ask in the middle of an insertion

    def _put(self, lines: "Sequence[CustomerLine]") -> None:
        first = 0 if self.is_from_end else len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(lines) - 1)
        self._rows[first:first] = lines
        self.endInsertRows()

    def _wait(self, is_waiting: bool) -> None:
        if self._is_waiting != is_waiting:
            self._is_waiting = is_waiting
            self.loading.emit(is_waiting)
