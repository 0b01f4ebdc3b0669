"""A scanner plugged into a window: keys with times of their own, as the system hands them to the window."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from posapp.ui.scanner import Scanner

_KINDS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


class Wedge:
    """Types into whatever is open in a window; `now` is the clock of the keyboard in milliseconds.

    Capitals are typed with Shift, as scanners do.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.now = 1_000

    def scan(self, code: str, *, gap: int = 5, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
        """A code with that many milliseconds between its keys."""
        for character in code:
            self.now += gap
            if character.isupper():
                self.key(Qt.Key.Key_Shift, kinds=_KINDS[:2])
            self.key(_key_of(character), character, _SHIFT if character.isupper() else _NONE)
            if character.isupper():
                self.key(Qt.Key.Key_Shift, kinds=_KINDS[2:])
        if end is not None:
            self.now += gap
            self.key(end, "\t" if end == Qt.Key.Key_Tab else "\r")

    def key(
        self,
        key: Qt.Key,
        text: str = "",
        held: Qt.KeyboardModifier = _NONE,
        *,
        kinds: tuple[QEvent.Type, ...] = _KINDS,
        again: bool = False,
    ) -> None:
        """One key at this moment; `again`: it is held down and repeats."""
        popup = QApplication.activePopupWidget()
        for kind in kinds:
            in_front = popup if popup is not None and kind != _KINDS[0] else self._window.window()
            event = QKeyEvent(kind, key, held, text, again)
            event.setTimestamp(self.now)
            QCoreApplication.sendEvent(in_front.windowHandle(), event)

    def rest(self, milliseconds: int = 1_000) -> None:
        """Nothing is typed for a while."""
        self.now += milliseconds
        scanner = _scanner(self._window)
        if scanner is not None:
            scanner.settle()


def _scanner(widget: QWidget) -> Scanner | None:
    found = widget.window().findChild(Scanner)
    return found if isinstance(found, Scanner) else None


def _key_of(character: str) -> Qt.Key:
    try:
        return Qt.Key(ord(character.upper()))
    except ValueError:
        return Qt.Key.Key_unknown
