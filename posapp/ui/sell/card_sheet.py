"""A gift card: sold, topped up, or looked at, in one form over the edge."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from posapp.ui.fields import Form, MoneyField, TextField
from posapp.ui.layout import STRETCH, columns, rows
from posapp.ui.sell.words import about_card
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.selling.gift_cards import GiftCard


class GiftCardSheet(Form):
    """Without a code the shop makes one; the code of a known card tops that one up."""

    code_read = Signal(str)  # which card has it?
    closed = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.about = label("", "body", weight=600, wrap=True)
        self.code = self.add_field(
            TextField(
                "code",
                self.tr("Code on the card"),
                icon="scan-barcode",
                placeholder=self.tr("Empty: the shop makes one"),
            )
        )
        self.amount = self.add_field(
            MoneyField("amount", self.tr("Amount"), wording=wording, missing=self.tr("Enter an amount."))
        )
        save = button(self.tr("Add to the sale"), kind="primary", size="l", key="Ctrl+Return")
        self.set_save_button(save)
        leave = button(self.tr("Cancel"), kind="quiet", size="l", key="Esc", run=self.closed.emit)
        foot = columns(save, leave, STRETCH, gap=8)
        parts = (self.code, self.about, self.amount, self.summary, foot, STRETCH)
        rows(*parts, gap=14, pad=(16, 4, 16, 16), host=self)
        self.code.edited.connect(lambda: self.show_card(None))
        self.code.committed.connect(self._read)
        self.setFocusProxy(self.amount.editor)
        self.show_card(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the amount adds the card; where it is refused, the cursor stays there."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if is_enter and self.amount.editor.hasFocus():
            self.submit()
        else:
            super().keyPressEvent(event)

    def _read(self) -> None:
        if code := self.code.value():
            self.code_read.emit(code)

    def take_code(self, code: str) -> None:
        """It was scanned; the amount is what is asked for next."""
        self.code.set_text(code)
        self.summary.hide()
        self.show_card(None)
        self.amount.editor.setFocus()

    def show_card(self, card: "GiftCard | None") -> None:
        """What is on the card of that code; None for one that is new."""
        if card is None:
            self.about.setText(self.tr("A new card is sold."))
        else:
            words = self.tr("{card}. It is topped up.")
            self.about.setText(words.format(card=about_card(card, self._wording)))

    def minor(self) -> int:
        """How much is loaded; it was checked."""
        amount = self.amount.value()
        return amount.minor if amount is not None else 0
