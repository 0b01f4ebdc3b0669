"""Every key of the window in one table: what it does, on which page, and under which keys on this till.

Keys with Ctrl, Alt or an F work while a field is being typed into; line edits that would keep Ctrl+K, E or D
for themselves are not asked. Plain letters do not belong here: a list or calendar takes them in its own
`keyPressEvent`, where the scanner can hold them back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from posapp.ui.focus_filter import FocusFilter


@dataclass(frozen=True, slots=True)
class Action:
    """Something a key does. `page` None: everywhere."""

    id: str
    text: str
    keys: tuple[str, ...]
    run: Callable[[], object]
    page: str | None = None


class Shortcuts(FocusFilter):
    """The table of keys of one window; an action of the page in front wins over one that works everywhere."""

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._page = ""
        self._actions: dict[tuple[str | None, str], Action] = {}
        self._own_keys: dict[str, tuple[str, ...]] = {}
        self._shortcuts: dict[str, QShortcut] = {}

    def add(
        self,
        action: str,
        text: str,
        keys: str | Sequence[str],
        run: Callable[[], object],
        *,
        page: str | None = None,
    ) -> None:
        """Let `keys` ("Ctrl+T", or several) do `run`. The same action of the same page is replaced."""
        asked = (keys,) if isinstance(keys, str) else tuple(keys)
        self._actions[page, action] = Action(action, text, self._own_keys.get(action, asked), run, page)
        self._bind()

    def rebind(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Use other keys for these actions, also for ones that are added later."""
        self._own_keys = {action: tuple(own) for action, own in keys.items()}
        for place, action in self._actions.items():
            if action.id in self._own_keys:
                self._actions[place] = replace(action, keys=self._own_keys[action.id])
        self._bind()

    def enter_page(self, page: str) -> None:
        """Say which page is in front; its keys work now and those of the others do not."""
        self._page = page
        self._bind()

    def listed(self) -> list[Action]:
        """What works right now: first the page's own, then what works everywhere."""
        own = [action for action in self._actions.values() if action.page == self._page]
        taken = {key for action in own for key in action.keys}
        rest = [action for action in self._actions.values() if action.page is None]
        return own + [action for action in rest if not taken.issuperset(action.keys)]

    def keys_of(self, action: str) -> str:
        """The first key of an action, as `KeyHint` shows it; "" where it has none."""
        for found in self._actions.values():
            if found.id == action and found.keys:
                return found.keys[0]
        return ""

    def _active(self) -> dict[str, Action]:
        active: dict[str, Action] = {}
        for action in (*self._of_page(None), *self._of_page(self._page)):
            active.update({_normal(key): action for key in action.keys})
        return active

    def _of_page(self, page: str | None) -> list[Action]:
        return [action for action in self._actions.values() if action.page == page]

    def _bind(self) -> None:
        active = self._active()
        for key in active:
            if key not in self._shortcuts:
                shortcut = QShortcut(QKeySequence(key), self._window)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(lambda key=key: self._run(key))
                self._shortcuts[key] = shortcut
        for key, shortcut in self._shortcuts.items():
            shortcut.setEnabled(key in active)
        self.changed.emit()

    def _run(self, key: str) -> None:
        action = self._active().get(key)
        if action is not None:
            action.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep text fields from claiming keys that belong to the window."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not _is_command(event) or _undoes_text(watched, event):
            return False
        key = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        shortcut = self._shortcuts.get(key)
        if shortcut is None or not shortcut.isEnabled():
            return False
        event.ignore()
        return True


def _normal(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def _is_command(event: QKeyEvent) -> bool:
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.modifiers() & modifiers) or Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35


def _undoes_text(watched: QObject, event: QKeyEvent) -> bool:
    if not event.matches(QKeySequence.StandardKey.Undo):
        return False
    if isinstance(watched, QLineEdit):
        return watched.isUndoAvailable()
    return isinstance(watched, QPlainTextEdit | QTextEdit) and watched.document().isUndoAvailable()
