"""The list view of the tickets: the same cards as a table that sorts by any column."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from posapp.domain.repairs.tickets import TicketState
from posapp.ui.layout import rows
from posapp.ui.tables import SORT, Column, RowsModel
from posapp.ui.tables.two_line_delegate import dress_table
from posapp.ui.theme import theme
from posapp.ui.tickets.cells import DueCell, StateCell
from posapp.ui.tickets.column import LETTERS
from posapp.ui.tickets.presenter import ShownCard
from posapp.ui.widgets.cards import Card

_FAR = float("inf")


class _Table(QTableView):
    """Enter opens the row; digits and letters act on all chosen rows, as they do on the board."""

    pressed_key = Signal(str)
    plain_keys = True

    def subject(self) -> object:
        """What a key would act on; the list says."""
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is no key of ours is the table's."""
        key, plain = event.key(), self.plain_keys and not event.modifiers()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.pressed_key.emit("open")
        elif plain and Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.pressed_key.emit(str(key - Qt.Key.Key_0))
        elif plain and key in LETTERS:
            self.pressed_key.emit(LETTERS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)


class TicketList(QWidget):
    """A sortable table for bulk work: Ctrl+click and Shift+arrows choose several rows."""

    asked = Signal(str, object)  # what, list of ShownCard
    move_asked = Signal(object, object)  # list of ShownCard, TicketState

    def __init__(self) -> None:
        super().__init__()
        self._model = RowsModel(
            (
                Column(self.tr("Ticket"), _number, _number_key),
                Column(
                    self.tr("Device"), lambda row: row.card.device, lambda row: row.card.device.casefold()
                ),
                Column(self.tr("Fault"), lambda row: row.card.fault, lambda row: row.card.fault.casefold()),
                Column(self.tr("Customer"), _customer, lambda row: row.card.customer_name.casefold()),
                Column(self.tr("Status"), lambda row: row.state.name, lambda row: row.state.position),
                Column(self.tr("Due"), lambda row: row.due_words, _due_key),
                Column(
                    self.tr("Technician"), lambda row: row.card.technician, lambda row: row.card.technician
                ),
                Column(self.tr("Shelf"), lambda row: row.card.shelf, lambda row: row.card.shelf),
                Column(self.tr("Price"), lambda row: row.price, lambda row: row.card.price_minor or 0, True),
            ),
            self,
        )
        self._states: list[TicketState] = []
        self._cards: list[ShownCard] | None = None
        self._is_narrow = False
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSortRole(SORT)
        self._sorted.setSourceModel(self._model)
        self.table = _Table()
        self.table.setModel(self._sorted)
        self.table.setAccessibleName(self.tr("Tickets"))
        dress_table(self.table)
        self._cells = (StateCell(self), DueCell(self))
        self.table.setItemDelegateForColumn(4, self._cells[0])
        self.table.setItemDelegateForColumn(5, self._cells[1])
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(5, Qt.SortOrder.AscendingOrder)
        self.table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.table.subject = self.chosen_cards  # type: ignore[method-assign]
        self.table.pressed_key.connect(self._pressed)
        self.table.doubleClicked.connect(lambda _index: self._pressed("open"))
        card = Card()
        card.body.addWidget(self.table)
        rows(card, host=self)
        self.setFocusProxy(self.table)

    def show_cards(self, cards: list[ShownCard]) -> None:
        """Replace the rows; the chosen ticket stays chosen."""
        if cards == self._cards:
            return
        kept, self._cards = self.current_card(), cards
        is_first = self._model.rowCount() == 0
        chosen = {one.card.job_id for one in self.chosen_cards()}
        self._model.show_rows(cards)
        self.table.resizeColumnsToContents()
        for column, room in ((4, 30), (5, 24)):  # what the cells paint beside the words
            self.table.setColumnWidth(column, self.table.columnWidth(column) + theme().px(room))
        for column, most in ((1, 130), (3, 130)) if self._is_narrow else ((1, 165), (3, 165)):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column), theme().px(most)))
        self._choose_again(kept, chosen, is_first=is_first)

    def _choose_again(self, kept: ShownCard | None, chosen: set[int], *, is_first: bool) -> None:
        """The same rows as before; where the current one is gone, no other takes its keys."""
        keys = [one.card.job_id for one in self._model.rows()]
        if kept is not None and kept.card.job_id in keys:
            self.table.setCurrentIndex(self._index_of(keys.index(kept.card.job_id)))
        elif keys and is_first:
            self.table.setCurrentIndex(self._index_of(0))
        selected = self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for place, key in enumerate(keys):
            if key in chosen:
                selected.select(self._index_of(place), flags.Select | flags.Rows)

    def _index_of(self, place: int) -> QModelIndex:
        return self._sorted.mapFromSource(self._model.index(place, 0))

    def current_card(self) -> ShownCard | None:
        """The chosen row."""
        row: ShownCard | None = self._model.row_at(self._sorted.mapToSource(self.table.currentIndex()))
        return row

    def set_narrow(self, narrow: bool) -> None:
        """A narrow window leaves out technician and shelf."""
        self._is_narrow, self._cards = narrow, None
        for column in (6, 7):
            self.table.setColumnHidden(column, narrow)

    def set_states(self, states: "list[TicketState]") -> None:
        """What the digits stand for."""
        self._states = states

    def set_plain_keys(self, plain: bool) -> None:
        """Whether single letters and digits act."""
        self.table.plain_keys = plain

    def chosen_cards(self) -> list[ShownCard]:
        """All chosen rows, the current one if none is."""
        rows = self.table.selectionModel().selectedRows()
        found = [self._model.row_at(self._sorted.mapToSource(index)) for index in rows]
        current = self.current_card()
        return found or ([current] if current is not None else [])

    def _pressed(self, what: str) -> None:
        cards = self.chosen_cards()
        if what.isdecimal():
            if int(what) <= len(self._states):
                self.move_asked.emit(cards, self._states[int(what) - 1])
        elif what == "assign":
            self.asked.emit(what, cards)
        else:
            current = self.current_card()
            self.asked.emit(what, [current] if current is not None else [])


def _number(row: ShownCard) -> str:
    return row.card.number if row.card.position == 1 else f"{row.card.number}·{row.card.position}"


def _number_key(row: ShownCard) -> int:
    return int(row.card.number[1:]) * 100 + row.card.position


def _customer(row: ShownCard) -> str:
    return f"PL{row.card.pl_number} {row.card.customer_name}".strip()


def _due_key(row: ShownCard) -> float:
    return row.card.due.timestamp() if row.card.due else _FAR
