"""The table of an estimate's lines."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from posapp.ui.tables import Column, RowsModel
from posapp.ui.tables.two_line_delegate import dress_table
from posapp.ui.tickets.estimate.presenter import DraftLine
from posapp.ui.wording import Wording, shown_count

DEVICE, UNIT, WARRANTY = 1, 3, 4


class LinesTable(QTableView):
    """Enter changes a line ("edit"), Delete takes it off ("remove")."""

    pressed_key = Signal(str)

    def __init__(self, wording: Wording, *, is_narrow: bool = False) -> None:
        """A narrow one shows what for, how many and the amount."""
        super().__init__()
        self._wording = wording
        self._model = RowsModel(self._columns(), self)
        self.setModel(self._model)
        self.setAccessibleName(self.tr("Lines of the estimate"))
        dress_table(self)
        self.horizontalHeader().setStretchLastSection(False)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (DEVICE, UNIT, WARRANTY) if is_narrow else ():
            self.setColumnHidden(column, True)
        self.doubleClicked.connect(lambda _index: self.pressed_key.emit("edit"))

    def _columns(self) -> tuple[Column, ...]:
        price = self._wording.price
        return (
            Column(self.tr("What for"), lambda row: row.text),
            Column(self.tr("Device"), lambda row: row.device),
            Column(self.tr("Quantity"), lambda row: str(row.quantity), lambda row: row.quantity, True),
            Column(
                self.tr("Price of one"), lambda row: price(row.unit_minor), lambda row: row.unit_minor, True
            ),
            Column(
                self.tr("Warranty"),
                lambda row: shown_count(row.warranty_days, "day", "days") if row.warranty_days else "",
                lambda row: row.warranty_days,
                True,
            ),
            Column(
                self.tr("Amount"), lambda row: price(row.amount_minor), lambda row: row.amount_minor, True
            ),
        )

    def show_lines(self, lines: Sequence[DraftLine], *, with_device: bool) -> None:
        """Replace the lines; the chosen place stays chosen."""
        row = self.currentIndex().row()
        self._model.show_rows(lines)
        if self.isColumnHidden(DEVICE) == with_device:
            self.setColumnHidden(DEVICE, not with_device)
        self.resizeColumnsToContents()
        # The stretched column takes what is left only when it is told again.
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        if lines:
            self.choose(min(max(row, 0), len(lines) - 1))

    def choose(self, place: int) -> None:
        """Make a line the current one."""
        self.setCurrentIndex(self._model.index(place, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The rest is the table's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.pressed_key.emit("edit")
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.pressed_key.emit("remove")
        else:
            super().keyPressEvent(event)
