"""What a scanner puts before and after its codes: characters, or keys such as F9 or a control character.

In the settings of a till a key stands in angle brackets: `<F9>`, `<Ctrl+B>`, or by its ASCII name, `<STX>`;
anything else is plain characters. A scanner in keyboard mode sends a control character as Ctrl and a letter.
"""

import re
from time import monotonic

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

TYPED = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
SHIFTS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Mode_switch,
)
LONGEST = 8
_KEY = re.compile(r"<([^<>]+)>")
_CONTROLS = {
    name: f"Ctrl+{chr(64 + code)}"
    for code, name in enumerate(
        "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI "
        "DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US".split()
    )
}
"""ASCII name -> the key that types it: STX -> Ctrl+B."""


def key_in(setting: str) -> str:
    """The key that a setting names, as Qt writes it ("F9", "Ctrl+B"); "" where it is plain characters."""
    found = _KEY.fullmatch(setting)
    if found is None:
        return ""
    name = _CONTROLS.get(found[1].upper(), found[1])
    return QKeySequence(name).toString(QKeySequence.SequenceFormat.PortableText)


def is_usable(setting: str) -> bool:
    """Whether it is short, can be typed, and a key it names is one that no text needs."""
    if len(setting) > LONGEST or not setting.isprintable():
        return False
    key = key_in(setting)
    if _KEY.fullmatch(setting) is None:
        return True
    return re.fullmatch(r"(Ctrl\+.+|F\d{1,2})", key) is not None


def key_name(event: QKeyEvent) -> str:
    """The key of an event as Qt writes it, the number pad like the rest of the keyboard."""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    pressed = QKeyCombination(held, Qt.Key(event.key()))
    return QKeySequence(pressed).toString(QKeySequence.SequenceFormat.PortableText)


def is_command(event: QKeyEvent) -> bool:
    """Whether it is a key that could stand before a code: an F-key, or Ctrl with a letter or sign."""
    if Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35:
        return not event.modifiers()
    is_control = event.modifiers() & ~TYPED == Qt.KeyboardModifier.ControlModifier
    return is_control and Qt.Key.Key_At <= event.key() <= Qt.Key.Key_Underscore


def is_character(event: QKeyEvent) -> bool:
    """Whether it types one character; AltGr does so with Ctrl and Alt on some systems."""
    text, held = event.text(), event.modifiers() & ~TYPED & ~Qt.KeyboardModifier.GroupSwitchModifier
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return len(text) == 1 and text.isprintable() and held in (Qt.KeyboardModifier.NoModifier, both)


def is_enter_or_tab(event: QKeyEvent) -> bool:
    """Whether it is one of the keys that scanners end with."""
    return event.key() in ENDS and not event.modifiers() & ~TYPED


def moment_of(event: QKeyEvent) -> int:
    """Milliseconds by the clock of the keyboard, which does not stand still while the window is busy."""
    return event.timestamp() or int(monotonic() * 1000)
