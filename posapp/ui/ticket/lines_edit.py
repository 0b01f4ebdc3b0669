"""A line that is edited in its row: how many, the price of one, the days of warranty."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from posapp.domain.base.money import Money
from posapp.domain.repairs.estimates import LONGEST_WARRANTY, MOST_PIECES
from posapp.ui.fields import Form, MoneyField, TextField
from posapp.ui.layout import columns, rows, wide
from posapp.ui.tickets.estimate.line_form import whole_number
from posapp.ui.tickets.estimate.presenter import DraftLine
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided
from posapp.ui.wording import Wording


class RowForm(Form):
    """Enter takes it from every field; `made` has the line as it is then."""

    made = Signal(object)  # DraftLine
    left = Signal()

    def __init__(self, line: DraftLine, wording: Wording) -> None:
        super().__init__()
        self._line = line
        pieces = whole_number(1, MOST_PIECES, "quantity", self.tr("Enter a quantity from 1 to 10,000."))
        days = whole_number(0, LONGEST_WARRANTY, "warranty", self.tr("Enter 0 to 3,650 days."))
        self.quantity = self.add_field(TextField("quantity", self.tr("Quantity"), read=pieces))
        self.price = self.add_field(
            MoneyField(
                "price",
                self.tr("Price of one"),
                wording=wording,
                required=True,
                missing=self.tr("Enter a price, or 0 for free."),
            )
        )
        self.warranty = self.add_field(TextField("warranty", self.tr("Warranty days"), read=days))
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
