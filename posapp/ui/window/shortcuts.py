"""Every key of the window in one table: what it does, and on which page.

Keys with Ctrl, Alt or an F work while a field is being typed into; line edits that would keep Ctrl+K, E or D
for themselves are not asked. Plain letters do not belong here: a list or calendar takes them in its own
`keyPressEvent`, where the scanner can hold them back.

**One rule for all keys: they act on what is in front.** What lies over the page (a sheet, a question, the
list of keys) answers first, by its `front_keys`; a key that acts on the page's own record (`on_record`) then
does nothing, and neither do letters, digits and Del in a list behind it.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QWidget

from posapp.domain.base.actor import Permission
from posapp.ui.actions import Action, Keys
from posapp.ui.focus_filter import FocusFilter
from posapp.ui.own_keys import own_keys, portable
from posapp.ui.scanner_fields import editor_of
from posapp.ui.scanner_keys import TYPED, is_character


class Shortcuts(FocusFilter):
    """The table of keys of one window; an action of the page in front wins over one that works everywhere."""

    covered = Signal()
    """A key was not used, because something lies over what it would have acted on."""
    refused = Signal()
    """Whoever works here may not do what a key is for."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._page = ""
        self._actions: dict[tuple[str | None, str], Action] = {}
        self.in_front: Callable[[], QWidget | None] = lambda: None
        """What lies over the page, None for nothing; the window says."""
        self.may: Callable[[Permission | None], bool] = lambda _permission: True
        """Whether whoever works here may do something; the window says."""
        self._only = ""
        self._shortcuts: dict[str, QShortcut] = {}
        own_keys().changed.connect(self._bind)

    def bind(self, actions: Iterable[Action], page: str | None = None) -> None:
        """Let the keys of these actions run them: everywhere, or on one page, which then has no others."""
        if page is not None:
            self._actions = {key: action for key, action in self._actions.items() if key[0] != page}
        for action in actions:
            if action.run is not None:
                self._actions[page, action.id] = replace(action, page=page)
        self._bind()

    def enter_page(self, page: str) -> None:
        """Say which page is in front; its keys work now and those of the others do not."""
        self._page = page
        self._bind()

    def only(self, page: str) -> None:
        """While nobody is signed in the keys of that page work and no others; "" ends it."""
        self._only = page
        self._bind()

    def listed(self) -> list[Action]:
        """What works right now: first the page's own, then what works everywhere."""
        own = self._of_page(self._only or self._page)
        taken = {key for action in own for key in action.bound}
        others = [] if self._only else self._of_page(None)
        both = own + [action for action in others if not taken.issuperset(action.bound)]
        return [action for action in both if self.may(action.needs)]

    def _active(self) -> dict[str, Action]:
        active: dict[str, Action] = {}
        everywhere = [] if self._only else self._of_page(None)
        for action in (*everywhere, *self._of_page(self._only or self._page)):
            active.update({portable(own_keys().of(key)): action for key in action.bound})
        return active

    def _of_page(self, page: str | None) -> list[Action]:
        return [action for action in self._actions.values() if action.page == page]

    def _bind(self) -> None:
        active = self._active()
        for key in active:
            if key not in self._shortcuts:
                shortcut = QShortcut(QKeySequence(key), self._window)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(lambda key=key: self.press(key))
                self._shortcuts[key] = shortcut
        for key, shortcut in self._shortcuts.items():
            shortcut.setEnabled(key in active)

    def press(self, key: str) -> None:
        """Do what a key of the keyboard does now, as if it were pressed."""
        action = self._active().get(portable(key))
        if action is None or action.run is None or not action.when():
            return
        if not self.may(action.needs):
            self.refused.emit()
            return
        front = None if self._only else self.in_front()
        own: Keys = getattr(front, "front_keys", dict)()
        run = next((run for name, run in own.items() if name in action.bound), None)
        if run is not None:
            run()
        elif front is not None and action.on_record:
            self.covered.emit()
        else:
            action.run()

    def _is_covered(self, widget: QWidget, event: QKeyEvent) -> bool:
        """Whether a key is a command of a list that something lies over."""
        front = None if self._only else self.in_front()
        if front is None or front is widget or front.isAncestorOf(widget):
            return False
        is_list = isinstance(widget, QAbstractItemView) or hasattr(widget, "plain_keys")
        is_key = is_character(event) or event.key() == Qt.Key.Key_Delete
        return is_list and is_key and not event.modifiers() & ~TYPED

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep text fields from claiming keys of the window, and lists behind a sheet from acting."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if isinstance(watched, QWidget) and self._is_covered(watched, event):
                self.covered.emit()
                return True
            return False
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if _is_alt_code(event) or _is_asked_for(watched, event):
            event.accept()  # which keeps it from every shortcut
            return True
        if not _is_command(event) or _undoes_text(watched, event):
            return False
        key = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        shortcut = self._shortcuts.get(key)
        if shortcut is None or not shortcut.isEnabled():
            return False
        event.ignore()
        return True


def _is_command(event: QKeyEvent) -> bool:
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.modifiers() & modifiers) or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35


def _is_alt_code(event: QKeyEvent) -> bool:
    """Alt with a digit of the number pad: scanners and people type characters so, and choose nothing."""
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier
    return event.modifiers() == both and Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_9


def _is_asked_for(watched: QObject, event: QKeyEvent) -> bool:
    """Whether a field wants to know the key itself: which one an action is to have."""
    wants = getattr(watched, "wants_key", None)
    return wants is not None and bool(wants(event))


def _undoes_text(watched: QObject, event: QKeyEvent) -> bool:
    if not isinstance(watched, QWidget):
        return False
    if event.matches(QKeySequence.StandardKey.Undo):
        return can_turn_text(watched)
    return event.matches(QKeySequence.StandardKey.Redo) and can_turn_text(watched, is_redo=True)


def can_turn_text(widget: QWidget, *, is_redo: bool = False) -> bool:
    """Whether typing in this field can be taken back, or done again."""
    editor = editor_of(widget)
    if editor is None:
        return False
    source = editor if isinstance(editor, QLineEdit) else editor.document()
    return source.isRedoAvailable() if is_redo else source.isUndoAvailable()
