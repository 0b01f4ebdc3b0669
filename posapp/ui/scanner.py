"""Barcode scanners that type like a keyboard ("wedge"): told from a person by the speed of the keys.

At least three characters with gaps up to the limit (35 ms, a setting of the till), then Enter or Tab,
are a scan: the characters are taken back out of the field, the closing key is swallowed so that it
presses nothing, and the code is emitted. Only keys of the focused widget count, because a key that
nobody takes visits every parent.

In a text field the characters show at once and are taken back. Anywhere else (lists, buttons, the
calendar) a key may do something that cannot be taken back, so it waits for the length of one gap before
it is let through.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from posapp.ui.focus_filter import FocusFilter

GAP_MS, SAME_CODE_MS, FEWEST = 35, 700, 3
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_TYPED = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
_SHIFTS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Mode_switch,
)


@dataclass(slots=True)
class _Burst:
    """Characters that may become a scan, and how the field was before the first of them."""

    widget: QWidget
    text: str
    last: int
    put_back: Callable[[], None]


class Scanner(FocusFilter):
    """Emits `scanned(code)`. One per program; it watches whatever has the focus, in any window."""

    scanned = Signal(str)

    def __init__(self, parent: QObject | None = None, *, gap_ms: int = GAP_MS, prefix: str = "") -> None:
        self._burst: _Burst | None = None
        self._held: list[QKeyEvent] = []
        self._is_replaying = False
        self._last_code, self._last_at = "", -SAME_CODE_MS
        self._gap, self._prefix = gap_ms, prefix
        super().__init__(parent)
        self._release = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._release.timeout.connect(self._let_through)

    def set_habits(self, *, gap_ms: int, prefix: str) -> None:
        """The longest gap between characters, and what every scan begins with ("" for nothing)."""
        self._gap, self._prefix = gap_ms, prefix

    def focus_moved(self, now: QWidget | None) -> None:
        """A burst belongs to one widget; held keys go where they were meant to."""
        if self._burst is not None and self._burst.widget is not now:
            self._let_through()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch key presses; True swallows."""
        if self._is_replaying or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return self._hold_release(event)
        # Scanners press Shift between two characters: it types nothing and breaks nothing off.
        if event.type() != QEvent.Type.KeyPress or event.key() in _SHIFTS:
            return False
        at = _moment(event)
        if event.key() in _ENDS and not event.modifiers() & ~_TYPED:
            return self._end(watched, at)
        if _is_character(event):
            return self._character(watched, event, at)
        self._let_through()
        return False

    def _character(self, widget: QWidget, event: QKeyEvent, at: int) -> bool:
        burst = self._burst
        if burst is None or burst.widget is not widget or at - burst.last > self._gap:
            self._let_through()
            self._burst = _Burst(widget, event.text(), at, _memory(widget))
        else:
            burst.text += event.text()
            burst.last = at
        if _editor(widget) is not None:
            return False
        self._held.append(event.clone())
        self._release.start(self._gap + 10)
        return True

    def _end(self, widget: QWidget, at: int) -> bool:
        burst = self._burst
        code = self._code(burst) if burst is not None and burst.widget is widget else ""
        if burst is None or not code or at - burst.last > self._gap:
            self._let_through()
            return False
        self._forget()
        burst.put_back()
        is_same = code == self._last_code and at - self._last_at < SAME_CODE_MS
        self._last_code, self._last_at = code, at
        if not is_same:
            self.scanned.emit(code)
        return True

    def _code(self, burst: _Burst) -> str:
        if self._prefix and not burst.text.startswith(self._prefix):
            return ""
        code = burst.text.removeprefix(self._prefix).strip()
        return code if len(code) >= FEWEST else ""

    def _hold_release(self, event: QKeyEvent) -> bool:
        if not self._held:
            return False
        self._held.append(event.clone())
        return True

    def _forget(self) -> None:
        self._release.stop()
        self._held = []
        self._burst = None

    def _let_through(self) -> None:
        """Not a scan: give the held keys to the widget they were typed into."""
        burst, held = self._burst, self._held
        self._forget()
        if burst is None or not held:
            return
        self._is_replaying = True
        for event in held:
            QCoreApplication.sendEvent(burst.widget, event)
        self._is_replaying = False


def _is_character(event: QKeyEvent) -> bool:
    text = event.text()
    return (
        len(text) == 1 and text.isprintable() and not event.modifiers() & ~_TYPED and not event.isAutoRepeat()
    )


def _moment(event: QKeyEvent) -> int:
    """Milliseconds by the clock of the keyboard, which does not stand still while the window is busy."""
    return event.timestamp() or int(monotonic() * 1000)


def _editor(widget: QWidget) -> QLineEdit | QPlainTextEdit | None:
    if isinstance(widget, QComboBox):
        return widget.lineEdit()
    if isinstance(widget, QLineEdit | QPlainTextEdit) and not widget.isReadOnly():
        return widget
    return None


def _memory(widget: QWidget) -> Callable[[], None]:
    """How to put the text, the cursor and the selection back as they are now."""
    editor = _editor(widget)
    if isinstance(editor, QLineEdit):
        return _line_memory(editor)
    if isinstance(editor, QPlainTextEdit):
        return _note_memory(editor)
    return lambda: None


def _line_memory(edit: QLineEdit) -> Callable[[], None]:
    text, cursor, start, length = (
        edit.text(),
        edit.cursorPosition(),
        edit.selectionStart(),
        edit.selectionLength(),
    )

    def put_back() -> None:
        edit.setText(text)
        edit.setCursorPosition(cursor)
        if start >= 0:
            edit.setSelection(start, length)

    return put_back


def _note_memory(edit: QPlainTextEdit) -> Callable[[], None]:
    text, position, anchor = edit.toPlainText(), edit.textCursor().position(), edit.textCursor().anchor()

    def put_back() -> None:
        edit.setPlainText(text)
        cursor = edit.textCursor()
        cursor.setPosition(anchor)
        cursor.setPosition(position, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)

    return put_back
