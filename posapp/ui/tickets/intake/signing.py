"""What the customer signs at the intake: a pad that opens where it is wanted.

It is the last thing of an intake and no part of its draft: whoever comes back to a draft signs again.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.ui.layout import STRETCH, columns, rows
from posapp.ui.tickets.signature import SignaturePad
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label

SIGN_KEY = "Alt+G"


class SigningBlock(QWidget):
    """Hidden but for its button until somebody signs."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pad = SignaturePad()
        self.sign = button(
            self.tr("Sign on the screen"), kind="quiet", size="s", icon="pencil", key=SIGN_KEY, run=self.open
        )
        self.wipe = button(self.tr("Clear"), kind="quiet", size="s", icon="x", run=self.clear)
        title = label(self.tr("Signature"), "small", tone="text2", weight=500)
        rows(columns(title, STRETCH, self.sign, self.wipe, gap=8), self.pad, gap=6, host=self)
        self.clear()

    def open(self) -> None:
        """The customer signs."""
        self._show(True)
        self.pad.setFocus()

    def clear(self) -> None:
        """Nobody signs."""
        self.pad.clear()
        self._show(False)

    def _show(self, is_open: bool) -> None:
        self.pad.setVisible(is_open)
        self.wipe.setVisible(is_open)
        self.sign.setVisible(not is_open)
        self.opened.emit()

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        return [self.sign, self.wipe, self.pad]
