"""The list view of the tickets: the same cards as a table that sorts by any column."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from posapp.domain.repairs.informing import Uncollected
from posapp.ui.icons import paint_icon
from posapp.ui.layout import rows
from posapp.ui.mirror import mirror
from posapp.ui.tables import ROW, Column, Index
from posapp.ui.tables.cell_delegate import CellDelegate, paint_ground
from posapp.ui.tables.sorted_table import SortedTable
from posapp.ui.theme import theme
from posapp.ui.tickets.cards import urgency
from posapp.ui.tickets.column import PLAIN_KEYS
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.tickets.presenter import ShownCard
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.lines import cut_line
from posapp.ui.widgets.paint import draw_pill

_FAR = float("inf")
_Paint = Callable[[QPainter, ShownCard, float, float, float], None]


class _Cell(QStyledItemDelegate):
    """The ground of every cell, the content painted on top: from x on, in the middle, in a room."""

    def __init__(self, paint_card: _Paint, parent: QWidget) -> None:
        super().__init__(parent)
        self._paint_card = paint_card

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        paint_ground(painter, option)
        painter.save()
        shown: ShownCard = index.data(ROW)
        rect = option.rect
        if option.direction == Qt.LayoutDirection.RightToLeft:
            mirror(painter, rect)
        side = theme().px(12)
        self._paint_card(
            painter, shown, rect.x() + side, rect.y() + rect.height() / 2, rect.width() - 2 * side
        )
        painter.restore()


def _paint_state(painter: QPainter, shown: ShownCard, x: float, middle: float, _room: float) -> None:
    """Shape, word and colour, as everywhere."""
    draw_pill(painter, x, middle, ticket_look(shown.state))


def _paint_due(painter: QPainter, shown: ShownCard, x: float, middle: float, room: float) -> None:
    """Late and due today stand out in shape and tone."""
    look, tokens = theme(), theme().tokens
    icon, ink, weight = urgency(shown) or ("", tokens.text, None)
    if icon:
        side = look.px(15)
        paint_icon(painter, icon, x, middle - side / 2, side, ink)
        x, room = x + side + look.px(5), room - side - look.px(5)
    cut_line(shown.due_words, room, "body", weight).draw(painter, x, middle, ink)


class TicketList(QWidget):
    """A sortable table for bulk work: Ctrl+click and Shift+arrows choose several rows."""

    asked = Signal(str, object)  # what, list of ShownCard

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[ShownCard] | None = None
        self._is_narrow = False
        self.table = SortedTable(
            self.tr("Tickets"), self._columns(), key=lambda row: row.card.job_id, letters=PLAIN_KEYS, wide=2
        )
        self.table.setItemDelegate(CellDelegate(self))
        self.table.setItemDelegateForColumn(4, _Cell(_paint_state, self))
        self.table.setItemDelegateForColumn(5, _Cell(_paint_due, self))
        self.table.sortByColumn(5, Qt.SortOrder.AscendingOrder)
        self.table.horizontalHeader().setResizeContentsPrecision(40)
        self.table.setSelectionMode(SortedTable.SelectionMode.ExtendedSelection)
        self.table.pressed_key.connect(self._pressed)
        card = Card()
        card.body.addWidget(self.table)
        rows(card, host=self)
        self.setFocusProxy(self.table)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Ticket"), lambda row: row.number, number_key),
            Column(self.tr("Device"), lambda row: row.card.device),
            Column(self.tr("Fault"), lambda row: row.card.fault),
            Column(self.tr("Customer"), customer_words, lambda row: row.card.customer_name.casefold()),
            Column(self.tr("Status"), lambda row: row.state.name, lambda row: row.state.position),
            Column(self.tr("Due"), lambda row: row.due_words, lambda row: row.card.due_us or _FAR),
            Column(self.tr("Technician"), lambda row: row.card.technician),
            Column(self.tr("Shelf"), lambda row: row.card.shelf),
            Column(self.tr("Price"), lambda row: row.price, lambda row: row.card.about_minor or 0, True),
        )

    def show_cards(self, cards: list[ShownCard]) -> None:
        """Replace the rows; the chosen ticket stays chosen."""
        if cards != self._cards:
            self._cards = cards
            self.table.show_rows(cards)

    def fit_columns(self) -> None:
        """Room for the words of the rows to be seen; a filter leaves the columns where they are."""
        self.table.resizeColumnsToContents()
        for column, room in ((4, 30), (5, 24)):  # what the cells paint beside the words
            self.table.setColumnWidth(column, self.table.columnWidth(column) + theme().px(room))
        for column, most in ((1, 130), (3, 130)) if self._is_narrow else ((1, 165), (3, 165)):
            self.table.setColumnWidth(column, min(self.table.columnWidth(column), theme().px(most)))

    def set_narrow(self, narrow: bool) -> None:
        """A narrow window leaves out technician and shelf."""
        self._is_narrow = narrow
        for column in (6, 7):
            self.table.setColumnHidden(column, narrow)
        self.fit_columns()

    def _pressed(self, what: str) -> None:
        """Another state or technician is for all chosen rows, the rest for the current one."""
        if what.isdecimal() or what == "assign":
            self.asked.emit(what, self.table.chosen())
        else:
            current = self.table.current()
            self.asked.emit(what, [current] if current is not None else [])


def number_key(row: ShownCard | Uncollected) -> int:
    """In the order of tickets and their devices."""
    return row.card.ticket_number * 100 + row.card.position


def customer_words(row: ShownCard | Uncollected) -> str:
    """PL ID and name."""
    return f"PL{row.card.pl_number} {row.card.customer_name}".strip()
