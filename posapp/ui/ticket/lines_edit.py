"""A line that is edited in its row: how many, the price of one, the days of warranty."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from posapp.domain.base.money import Money
from posapp.ui.layout import columns, rows, wide
from posapp.ui.tickets.estimate.line_form import PricedForm
from posapp.ui.tickets.estimate.presenter import DraftLine
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided
from posapp.ui.wording import Wording


class RowForm(PricedForm):
    """Enter takes it from every field; `made` has the line as it is then."""

    made = Signal(object)  # DraftLine
    left = Signal()

    def __init__(self, line: DraftLine, wording: Wording) -> None:
        super().__init__()
        self._line = line
        self.add_priced_fields(wording)
        save = button(self.tr("Take it"), kind="primary", size="s", icon="check", key="Return")
        self.set_save_button(save)
        leave = button(self.tr("Leave it"), kind="quiet", size="s", key="Esc", run=self.left.emit)
        self.setAutoFillBackground(True)
        fields = columns(wide(self.quantity, 2), wide(self.price, 3), wide(self.warranty, 3), gap=10)
        head = columns(wide(Elided(line.text, "field", weight=500)), save, leave, gap=8)
        rows(head, fields, gap=6, pad=(16, 8, 16, 8), host=self)
        self.summary.hide()
        self.quantity.set_text(str(line.quantity))
        self.price.set_money(Money(line.unit_minor, wording.currency))
        self.warranty.set_text(str(line.warranty_days))
        self.accepted.connect(self._make)

    def begin(self) -> None:
        """The price is what is changed most often."""
        self.price.editor.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.isAutoRepeat():
            self.submit()
        elif not is_enter:
            super().keyPressEvent(event)

    def _make(self) -> None:
        price = self.price.value()
        assert price is not None  # it is required
        self.made.emit(
            replace(
                self._line,
                quantity=int(self.quantity.value()),
                unit_minor=price.minor,
                warranty_days=int(self.warranty.value()),
            )
        )
