"""The list view of the tickets: the same cards as a table that sorts by any column."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.tickets import TicketState
from posapp.ui.layout import rows
from posapp.ui.tables import Column
from posapp.ui.tables.sorted_table import SortedTable
from posapp.ui.theme import theme
from posapp.ui.tickets.cells import DueCell, StateCell
from posapp.ui.tickets.column import LETTERS
from posapp.ui.tickets.presenter import ShownCard
from posapp.ui.widgets.cards import Card

_FAR = float("inf")
_KEYS = {**LETTERS, **{Qt.Key(Qt.Key.Key_0 + digit): str(digit) for digit in range(1, 10)}}
"""Digits and letters act on all chosen rows, as they do on the board."""


class TicketList(QWidget):
    """A sortable table for bulk work: Ctrl+click and Shift+arrows choose several rows."""

    asked = Signal(str, object)  # what, list of ShownCard
    move_asked = Signal(object, object)  # list of ShownCard, TicketState

    def __init__(self) -> None:
        super().__init__()
        self._states: list[TicketState] = []
        self._cards: list[ShownCard] | None = None
        self._is_narrow = False
        self.table = SortedTable(
            self.tr("Tickets"), self._columns(), key=lambda row: row.card.job_id, letters=_KEYS, wide=2
        )
        self._cells = (StateCell(self), DueCell(self))
        self.table.setItemDelegateForColumn(4, self._cells[0])
        self.table.setItemDelegateForColumn(5, self._cells[1])
        self.table.sortByColumn(5, Qt.SortOrder.AscendingOrder)
        self.table.setSelectionMode(SortedTable.SelectionMode.ExtendedSelection)
        self.table.pressed_key.connect(self._pressed)
        card = Card()
        card.body.addWidget(self.table)
        rows(card, host=self)
        self.setFocusProxy(self.table)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Ticket"), _number, _number_key),
            Column(self.tr("Device"), lambda row: row.card.device),
            Column(self.tr("Fault"), lambda row: row.card.fault),
            Column(self.tr("Customer"), _customer, lambda row: row.card.customer_name.casefold()),
            Column(self.tr("Status"), lambda row: row.state.name, lambda row: row.state.position),
            Column(self.tr("Due"), lambda row: row.due_words, _due_key),
            Column(self.tr("Technician"), lambda row: row.card.technician),
            Column(self.tr("Shelf"), lambda row: row.card.shelf),
            Column(self.tr("Price"), lambda row: row.price, lambda row: row.card.price_minor or 0, True),
        )

    def show_cards(self, cards: list[ShownCard]) -> None:
        """Replace the rows; the chosen ticket stays chosen."""
        if cards == self._cards:
            return
        self._cards = cards
        self.table.show_rows(cards)
        self.table.resizeColumnsToContents()
        for column, room in ((4, 30), (5, 24)):  # what the cells paint beside the words
            self.table.setColumnWidth(column, self.table.columnWidth(column) + theme().px(room))
        for column, most in ((1, 130), (3, 130)) if self._is_narrow else ((1, 165), (3, 165)):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column), theme().px(most)))

    def current_card(self) -> ShownCard | None:
        """The chosen row."""
        card: ShownCard | None = self.table.current()
        return card

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
        return self.table.chosen()

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
