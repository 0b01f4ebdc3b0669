"""The estimate at the counter: lines for the device that is shown, their sum, and the customer's yes."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.layout import columns, held, rows, wide
from posapp.ui.tickets.estimate.lines import LinesTable
from posapp.ui.tickets.estimate.presenter import DraftLine, put_line, total_of
from posapp.ui.widgets.buttons import CheckBox, button
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording

_MOST_ROWS = 4


class EstimateBlock(QWidget):
    """Says which line is wanted; the page has the form for it. Without lines there is only the button."""

    changed = Signal()
    line_asked = Signal(object)  # the place of the line to change, None for a new one
    line_removed = Signal(int, object)  # where it stood, and the line

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.lines: list[DraftLine] = []
        self.add = button(self.tr("Add line"), kind="quiet", size="s", icon="plus", key="Ctrl+L")
        self.add.clicked.connect(lambda _checked=False: self.line_asked.emit(None))
        self.table = LinesTable(wording, is_narrow=True)
        self.table.pressed_key.connect(self._pressed)
        self.agreed = CheckBox(self.tr("Customer agrees"))
        self.agreed.toggled.connect(self.changed)
        self._total = label("", "strong", weight=700)
        self._lay_out()
        self.show_lines([])

    def _lay_out(self) -> None:
        head = columns(wide(label(self.tr("Estimate"), "field", weight=600)), self.add)
        self._foot = held(columns(wide(self.agreed), self._total, pad=(0, 0, 2, 0)))
        rows(head, self.table, self._foot, gap=4, host=self)

    # -- lines -----------------------------------------------------------------------------------------
    def show_lines(self, lines: Sequence[DraftLine]) -> None:
        """Other lines: those of another device, or none."""
        self.lines = list(lines)
        self._refresh()

    def put(self, place: int | None, made: DraftLine) -> None:
        """A line that was changed, or (None) a new one."""
        at = put_line(self.lines, place, made)
        self._refresh()
        self.table.choose(at)
        self.changed.emit()

    def insert(self, place: int, line: DraftLine) -> None:
        """A line that was taken off is wanted after all."""
        self.lines.insert(place, line)
        self._refresh()
        self.changed.emit()

    def take_out(self, line: DraftLine) -> None:
        """The same line goes again."""
        if line in self.lines:
            self.lines.remove(line)
            self._refresh()
            self.changed.emit()

    def _refresh(self) -> None:
        has = bool(self.lines)
        for part in (self.table, self._foot):
            part.setVisible(has)
        if not has:
            return
        self.table.show_lines(self.lines, with_device=False)
        shown = min(len(self.lines), _MOST_ROWS)
        row = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + shown * row + 4)
        self._total.setText(self._wording.price(total_of(self.lines)))

    def _pressed(self, what: str) -> None:
        place = self.table.currentIndex().row()
        if not 0 <= place < len(self.lines):
            return
        if what == "edit":
            self.line_asked.emit(place)
            return
        gone = self.lines.pop(place)
        self._refresh()
        self.changed.emit()
        self.line_removed.emit(place, gone)
        (self.table if self.lines else self.add).setFocus()

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        return [self.add, self.table, self.agreed]
