"""The list view of the tickets: the same cards as a table that sorts by any column."""

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from posapp.ui.tables import SORT, Column, RowsModel
from posapp.ui.tables.two_line_delegate import dress_table
from posapp.ui.tickets.presenter import ShownCard
from posapp.ui.widgets.cards import Card

_FAR = float("inf")


class _Table(QTableView):
    """Enter opens the row."""

    entered_row = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the rest is the table's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.entered_row.emit()
        else:
            super().keyPressEvent(event)


class TicketList(QWidget):
    """A sortable table; `opened` tells the number of the ticket."""

    opened = Signal(str)

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
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSortRole(SORT)
        self._sorted.setSourceModel(self._model)
        self.table = _Table()
        self.table.setModel(self._sorted)
        self.table.setAccessibleName(self.tr("Tickets"))
        dress_table(self.table)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(5, Qt.SortOrder.AscendingOrder)
        self.table.entered_row.connect(self._open)
        self.table.doubleClicked.connect(lambda _index: self._open())
        card = Card()
        card.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.setFocusProxy(self.table)

    def show_cards(self, cards: list[ShownCard]) -> None:
        """Replace the rows; the chosen ticket stays chosen."""
        kept = self.current_card()
        self._model.show_rows(cards)
        self.table.resizeColumnsToContents()
        place = next((n for n, one in enumerate(cards) if kept and one.card.job_id == kept.card.job_id), 0)
        if cards:
            self.table.setCurrentIndex(self._sorted.mapFromSource(self._model.index(place, 0)))

    def current_card(self) -> ShownCard | None:
        """The chosen row."""
        row: ShownCard | None = self._model.row_at(self._sorted.mapToSource(self.table.currentIndex()))
        return row

    def _open(self) -> None:
        card = self.current_card()
        if card is not None:
            self.opened.emit(card.card.number)


def _number(row: ShownCard) -> str:
    return row.card.number if row.card.position == 1 else f"{row.card.number}·{row.card.position}"


def _number_key(row: ShownCard) -> int:
    return int(row.card.number[1:]) * 100 + row.card.position


def _customer(row: ShownCard) -> str:
    return f"PL{row.card.pl_number} {row.card.customer_name}".strip()


def _due_key(row: ShownCard) -> float:
    return row.card.due.timestamp() if row.card.due else _FAR
