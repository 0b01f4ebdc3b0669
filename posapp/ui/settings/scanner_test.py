"""A field to try a scanner in: it takes every key itself and measures how fast they came."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from posapp.ui.fields.edits import LineEdit
from posapp.ui.scanner_fields import KEEPS_KEYS
from posapp.ui.scanner_keys import SHIFTS, is_character, is_command, is_enter_or_tab, key_name, moment_of

FORGET_MS = 1500


class ScannerTest(LineEdit):
    """Emits `scanned(text, widest_gap_ms, key)` at Enter or Tab; what is scanned here opens nothing.

    `key` is the key that came before the characters, as the setting writes it: `<F9>`, or "".
    """

    scanned = Signal(str, int, str)

    def __init__(self) -> None:
        super().__init__("scan-barcode")
        self.setProperty(KEEPS_KEYS, True)
        self._typed, self._key = "", ""
        self._last, self._widest = 0, 0

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A half-typed text means nothing."""
        super().focusOutEvent(event)
        self._forget()

    def event(self, event: QEvent) -> bool:
        """Tab ends a scan here; without one before it, it goes to the next field."""
        is_tab = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Tab
        if is_tab and event.type() == QEvent.Type.KeyPress and self._typed:
            self.keyPressEvent(event)  # type: ignore[arg-type]
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Characters, their end, and a key before them are measured; all other keys go their way."""
        if is_enter_or_tab(event) and self._typed:
            self._tell()
        elif is_character(event):
            self._count(event)
        elif is_command(event) and not self._typed:
            self._key = f"<{key_name(event)}>"
            self._last = moment_of(event)
        elif event.key() not in SHIFTS:
            super().keyPressEvent(event)

    def _count(self, event: QKeyEvent) -> None:
        at = moment_of(event)
        if (self._typed or self._key) and at - self._last > FORGET_MS:
            self._forget()
        if self._typed:
            self._widest = max(self._widest, at - self._last)
        self._typed += event.text()
        self._last = at
        self.setText(self._typed)

    def _tell(self) -> None:
        typed, widest, key = self._typed, self._widest, self._key
        self._forget()
        self.scanned.emit(typed, widest, key)

    def _forget(self) -> None:
        self._typed, self._key, self._widest = "", "", 0
        self.setText("")  # which leaves nothing for Ctrl+Z to bring back
