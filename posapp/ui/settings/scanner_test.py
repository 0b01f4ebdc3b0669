"""A field to try a scanner in: it takes every key itself and measures how fast they came."""

from time import monotonic

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from posapp.ui.fields.edits import LineEdit

_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TYPED = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
FORGET_MS = 1500


class ScannerTest(LineEdit):
    """Emits `scanned(text, widest_gap_ms)` at Enter; what is scanned here opens nothing."""

    scanned = Signal(str, int)

    def __init__(self) -> None:
        super().__init__("scan-barcode")
        self._typed = ""
        self._last, self._widest = 0, 0

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Watch the keys before anybody else does: the filter that is put on last is asked first."""
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self._watch)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A half-typed text means nothing."""
        super().focusOutEvent(event)
        self.removeEventFilter(self)
        self._forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Characters and Enter are measured here; all other keys go their way."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _ENDS and not event.modifiers() & ~_TYPED:
            if self._typed:
                self._tell()
                return True
            return False
        if len(event.text()) != 1 or not event.text().isprintable() or event.modifiers() & ~_TYPED:
            return False
        self._count(event)
        return True

    def _watch(self) -> None:
        if self.hasFocus():
            self.removeEventFilter(self)
            self.installEventFilter(self)

    def _count(self, event: QKeyEvent) -> None:
        at = event.timestamp() or int(monotonic() * 1000)
        if self._typed and at - self._last > FORGET_MS:
            self._forget()
        if self._typed:
            self._widest = max(self._widest, at - self._last)
        self._typed += event.text()
        self._last = at
        self.setText(self._typed)

    def _tell(self) -> None:
        typed, widest = self._typed, self._widest
        self._forget()
        self.scanned.emit(typed, widest)

    def _forget(self) -> None:
        self._typed, self._widest = "", 0
        self.clear()
