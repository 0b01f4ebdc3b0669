"""Barcode scanners that type like a keyboard ("wedge"): told from a person by the speed of the keys.

A scan is a run of quick characters, however many, and then Enter or Tab. Its characters are taken back out of
a text field, the closing key presses nothing, and the code is emitted.

**A scan never presses anything.** Wherever a key is a command (lists, boards, the calendar, buttons, menus),
a character waits until nothing has followed it for the whole `window`, and acts only if nothing came before
it either; two characters or more never act, with Enter or without. The window is longer than any scanner's
gap, so that a slow scanner cannot slip through. In a text field the gap of the till decides, and a number of
the shop or a product code counts at the speed of the window, too.

Keys are watched where they enter a window, before menus, lists of completions, and shortcuts see them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from posapp.domain.base.codes import is_product_code
from posapp.domain.base.numbers import is_own_number
from posapp.ui.focus_filter import application
from posapp.ui.scanner_fields import (
    KEEPS_KEYS,
    Editor,
    close_popups,
    editor_of,
    memory_of,
    receiver,
    what_lies_under,
)
from posapp.ui.scanner_keys import (
    SHIFTS,
    TYPED,
    is_character,
    is_command,
    is_enter_or_tab,
    key_in,
    key_name,
    moment_of,
)

GAP_MS, WINDOW_MS, SAME_CODE_MS = 35, 100, 700
SUSTAINED = 6
"""So many characters at the speed of the window are no person: their Enter presses nothing."""
_COMMANDS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


@dataclass(slots=True)
class _Run:
    """Keys that followed each other within the window."""

    last: int
    is_alone: bool
    """Whether nothing came shortly before."""
    text: str = ""
    count: int = 0
    widest: int = 0
    held: list[tuple[QWidget, QKeyEvent, object]] = field(default_factory=list)
    """Keys that wait: for which widget, and what lay under its cursor."""
    typed: list[tuple[Editor, Callable[[], None]]] = field(default_factory=list)
    """Text fields that got characters, and how they were before."""
    is_begun: bool = False
    """Whether the key came that scans begin with."""


class Scanner(QObject):
    """Emits `scanned(code)`. One per program; it watches whatever window has the keyboard."""

    scanned = Signal(str)
    said = Signal(str)
    """Why keys did nothing, for the key bar."""
    begun_alone = Signal(str)
    """The key that scans begin with came alone ("F9"): it means what it means without a scanner."""

    def __init__(
        self, parent: QObject | None = None, *, gap_ms: int = GAP_MS, prefix: str = "", suffix: str = ""
    ) -> None:
        super().__init__(parent)
        self._run: _Run | None = None
        self._ended_at = -WINDOW_MS - 1
        self._last_code, self._last_at = "", -SAME_CODE_MS
        self.set_habits(gap_ms=gap_ms, prefix=prefix, suffix=suffix)
        self._wait = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._wait.timeout.connect(self._waited)
        # At the lowest priority: keys that lie in the queue already, because the window was busy, come first.
        self._idle = QTimer(self, singleShot=True, interval=0)
        self._idle.timeout.connect(self.settle)
        watching = application()
        watching.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def set_habits(self, *, gap_ms: int, prefix: str, suffix: str = "") -> None:
        """The longest gap between characters; what scans begin and end with ("" for nothing, or Enter)."""
        self._gap, self.window_ms = gap_ms, max(WINDOW_MS, gap_ms + 20)
        """`window_ms`: how long a command waits."""
        self._prefix, self._prefix_key = prefix, key_in(prefix)
        self._suffix, self._suffix_key = suffix, key_in(suffix)

    def settle(self) -> None:
        """The wait is over: a single key acts now, several have never acted."""
        self._wait.stop()
        self._idle.stop()
        run, self._run = self._run, None
        if run is None:
            return
        if run.is_begun and not run.text:
            self.begun_alone.emit(self._prefix_key)
        elif run.held and (run.count > 1 or not run.is_alone or run.is_begun):
            words = self.tr("“{keys}” came too fast for single keys and did nothing. Press them one by one.")
            self.said.emit(words.format(keys=run.text))
        elif run.held:
            self._press(run)

    def _press(self, run: _Run) -> None:
        widget, _, subject = run.held[0]
        if not isValid(widget) or receiver() is not widget or what_lies_under(widget) != subject:
            self.said.emit(self.tr("What was chosen has changed. Nothing was done."))
            return
        for _, event, _ in run.held:
            if isValid(widget):
                QCoreApplication.sendEvent(widget, event)

    # -- where keys come in ------------------------------------------------------------------------
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch keys; True swallows."""
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._override(event)
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        if kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._released(event)
        return False

    def _override(self, event: QKeyEvent) -> bool:
        """Before shortcuts are looked up: a key of the scanner must not run one. Popups are watched, too."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            self._watch(popup.windowHandle())
        target = receiver()
        is_measured = target is not None and target.property(KEEPS_KEYS) and is_command(event)
        if is_measured or self._is_scanner_key(event):
            event.accept()
            return True
        return False

    def _is_scanner_key(self, event: QKeyEvent) -> bool:
        if not self._prefix_key and not self._suffix_key:
            return False
        return key_name(event) in {self._prefix_key, self._suffix_key} - {""}

    def _pressed(self, event: QKeyEvent) -> bool:
        target = receiver()
        # Scanners press Shift between two characters: it types nothing and breaks nothing off.
        if target is None or event.key() in SHIFTS or target.property(KEEPS_KEYS):
            return False
        at = moment_of(event)
        if self._run is not None and not self._is_soon(self._run.last, at):
            self.settle()
        if self._prefix_key and key_name(event) == self._prefix_key:
            return self._begin(at)
        if is_enter_or_tab(event) or (self._suffix_key and key_name(event) == self._suffix_key):
            return self._end(event, at)
        if is_character(event):
            return self._character(target, event, at)
        if event.key() in _COMMANDS and not event.modifiers() & ~TYPED and editor_of(target) is None:
            return self._hold(target, event, at)
        self.settle()
        return False

    def _released(self, event: QKeyEvent) -> bool:
        """A key that waits is let go of when it is pressed."""
        run = self._run
        if run is None or not run.held or event.key() not in {one.key() for _, one, _ in run.held}:
            return False
        run.held.append((run.held[0][0], event.clone(), None))
        return True

    # -- a run of keys -----------------------------------------------------------------------------
    def _begin(self, at: int) -> bool:
        self.settle()
        self._run = _Run(at, is_alone=True, is_begun=True)
        self._wait.start(self.window_ms + 10)
        return True

    def _joined(self, event: QKeyEvent, at: int) -> _Run:
        run = self._run
        if run is None:
            run = self._run = _Run(at, is_alone=not self._is_soon(self._ended_at, at))
        elif run.count:
            run.widest = max(run.widest, at - run.last)
        run.last = at
        run.count += 1
        run.text += event.text() if is_character(event) else ""
        return run

    def _character(self, target: QWidget, event: QKeyEvent, at: int) -> bool:
        editor = editor_of(target)
        if event.isAutoRepeat() and self._run is None:
            return editor is None  # a key held down types on, but it is pressed once
        if editor is None:
            self._hold(target, event, at)
        else:
            run = self._joined(event, at)
            if not any(one is editor for one, _ in run.typed):
                run.typed.append((editor, memory_of(target, editor)))
            if run.held or run.is_begun:
                self._wait.start(self.window_ms + 10)
        return self._is_ended(event, at) or editor is None

    def _is_ended(self, event: QKeyEvent, at: int) -> bool:
        """Whether the characters that scans end with are complete, and it was a scan."""
        run = self._run
        if run is None or not self._suffix or self._suffix_key or not run.text.endswith(self._suffix):
            return False
        run.text = run.text.removesuffix(self._suffix)
        return self._end(event, at)

    def _hold(self, target: QWidget, event: QKeyEvent, at: int) -> bool:
        if event.isAutoRepeat() and self._run is None:
            return True
        run = self._joined(event, at)
        run.held.append((target, event.clone(), what_lies_under(target)))
        self._idle.stop()
        self._wait.start(self.window_ms + 10)
        return True

    def _waited(self) -> None:
        self._idle.start()

    def _end(self, event: QKeyEvent, at: int) -> bool:
        run = self._run
        if run is None or not run.count:
            is_rest = self._is_soon(self._ended_at, at)  # CR and LF, or Enter held by the trigger
            self._ended_at = at if is_rest else self._ended_at
            self.settle()
            return is_rest
        widest = max(run.widest, at - run.last)
        is_machine = bool(run.held) or run.is_begun or widest <= self._gap
        code = self._code(run)
        if not is_machine and not (code is not None and (is_own_number(code) or is_product_code(code))):
            return self._typed(event, run, at)
        self._forget(at)
        if code is None:
            words = self.tr("“{text}” does not begin with “{prefix}”, as scans do at this till.")
            self.said.emit(words.format(text=run.text, prefix=self._prefix))
            return True
        self._take(run, code, at)
        return True

    def _typed(self, event: QKeyEvent, run: _Run, at: int) -> bool:
        """A person typed into a field; so long a run at an even speed may be a slow scanner all the same."""
        if run.count < SUSTAINED or event.key() == Qt.Key.Key_Tab:
            self.settle()
            return False
        self._forget(at)
        self.said.emit(self.tr("That came almost as fast as a scan. Press Enter again."))
        return True

    def _code(self, run: _Run) -> str | None:
        """What was scanned; None where a scan would begin otherwise."""
        if self._prefix_key:
            return run.text.strip() if run.is_begun else None
        if not run.text.startswith(self._prefix):
            return None
        return run.text.removeprefix(self._prefix).strip()

    def _take(self, run: _Run, code: str, at: int) -> None:
        for editor, put_back in run.typed:
            if isValid(editor):
                put_back()
        close_popups()
        is_same = code == self._last_code and 0 <= at - self._last_at < SAME_CODE_MS
        self._last_code, self._last_at = code, at
        if code and not is_same:
            self.scanned.emit(code)

    def _is_soon(self, before: int, at: int) -> bool:
        """Whether a key came within the window after another; a clock that went back tells of no haste."""
        return 0 <= at - before <= self.window_ms

    def _forget(self, at: int) -> None:
        self._wait.stop()
        self._idle.stop()
        self._run = None
        self._ended_at = at
