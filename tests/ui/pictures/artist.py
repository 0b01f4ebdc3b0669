"""Works a window by keys, as a clerk does, and keeps pictures of it."""

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

ANSWER_MS, STILL_MS, PATIENCE_S, SOON_MS = 40, 120, 20.0, 10_000
_HELD = {
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
    "shift": Qt.KeyboardModifier.ShiftModifier,
}


class Artist:
    """Works a window by keys and keeps what it shows."""

    def __init__(self, window: QWidget, folder: Path, is_busy: Callable[[], bool], only: str = "") -> None:
        self.window: Any = window
        self._folder = folder
        self._is_busy = is_busy
        self._only = only
        self.drawn: list[str] = []

    def shot(self, name: str, *, still: bool = True) -> None:
        """Keep what the window and all that lies over it look like."""
        if still:
            self.rest()
        self.drawn.append(name)
        if self._only in name:
            self.picture().save(str(self._folder / f"{name}.png"))

    def picture(self) -> QImage:
        """The window and what lies over it."""
        picture = self.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        painter = QPainter(picture)
        for other in QApplication.topLevelWidgets():
            if other is not self.window and other.isVisible():
                at = other.mapToGlobal(QPoint()) - self.window.mapToGlobal(QPoint())
                painter.drawPixmap(at, other.grab())
        painter.end()
        return picture

    def rest(self) -> None:
        """Let come now what waits for its time, until the lanes are quiet and nothing changes any more."""
        end, before, since = monotonic() + PATIENCE_S, None, monotonic()
        hastened: Counter[QTimer] = Counter()
        while monotonic() < end:
            self.answer()
            waiting = [timer for timer in self.window.findChildren(QTimer) if self._is_soon(timer, hastened)]
            for timer in waiting:
                timer.setInterval(0)  # a draft that is kept, a message that goes
            waiting += self._toasts()
            now = self.picture()
            if waiting or now != before:
                before, since = now, monotonic()
            elif (monotonic() - since) * 1000 > STILL_MS:
                return
        print(f"  never still: after {self.drawn[-1:]}", file=sys.stderr)

    def _toasts(self) -> list[QTimer]:
        """The clocks of toasts that still stand; each tick is asked for at once."""
        clocks = [
            timer for timer in self.window.findChildren(QTimer) if "Toast" in type(timer.parent()).__name__
        ]
        running = [timer for timer in clocks if timer.isActive()]
        for timer in running:
            timer.timeout.emit()
        return running

    @staticmethod
    def _is_soon(timer: QTimer, hastened: "Counter[QTimer]") -> bool:
        """Whether something comes once and soon; what comes again and again is let be."""
        if not (timer.isSingleShot() and timer.isActive() and 0 < timer.remainingTime() < SOON_MS):
            return False
        hastened[timer] += 1
        return hastened[timer] < 5

    def answer(self) -> None:
        """Wait until the lanes are quiet and have been so for a moment."""
        end, since = monotonic() + PATIENCE_S, monotonic()
        while monotonic() < end and (monotonic() - since) * 1000 < ANSWER_MS:
            QTest.qWait(5)
            if self._is_busy():
                since = monotonic()

    def press(self, *keys: str) -> None:
        """Press keys such as "Return" or "ctrl+B", each when the last one has been answered."""
        for key in keys:
            *held, name = key.split("+")
            modifiers = Qt.KeyboardModifier.NoModifier
            for one in held:
                modifiers |= _HELD[one]
            QTest.keyClick(self._focus(), getattr(Qt.Key, f"Key_{name}"), modifiers)
            self.answer()

    def come_to_front(self) -> None:
        """As a desktop does when a window over it closes; where there is no desktop, nobody does."""
        self.window.activateWindow()
        self.answer()

    def type(self, text: str) -> None:
        """Characters, one after the other."""
        for character in text:
            QTest.keyClick(self._focus(), character)  # type: ignore[call-overload]
        self.answer()

    def _focus(self) -> QWidget:
        popup: QWidget | None = QApplication.activePopupWidget()
        inside: QWidget | None = popup.focusWidget() if popup is not None else QApplication.focusWidget()
        return next(one for one in (inside, popup, self.window) if one is not None)

    def _parts(self) -> Iterator[QWidget]:
        for top in QApplication.topLevelWidgets():
            if top.isVisible():
                yield from (part for part in top.findChildren(QWidget) if part.isVisible())

    def focus(self, name: str) -> None:
        """Put the focus on the part of that accessible name, or on the button with these words."""
        for part in self._parts():
            words = part.text() if isinstance(part, QAbstractButton) else ""
            if name in (part.accessibleName(), words) and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                part.setFocus(Qt.FocusReason.TabFocusReason)
                return self.answer()
        raise LookupError(f"nothing visible is called {name}")

    def click(self, words: str) -> None:
        """Press the button with these words."""
        for part in self._parts():
            if isinstance(part, QAbstractButton) and words in (part.text(), part.accessibleName()):
                part.click()
                return self.answer()
        raise LookupError(f"no button {words}")

    def go(self, what: str) -> None:
        """Open the first thing that "search everything" finds."""
        self.press("ctrl+K")
        self.type(what)
        self.rest()
        self.press("Return")
        self.rest()

    def focus_list(self) -> None:
        """Back to the list of the settings, which has no name that is sure to stay."""
        for part in self._parts():
            if part.accessibleName() in ("Sections of the settings",):
                part.setFocus(Qt.FocusReason.TabFocusReason)
                return self.answer()
        raise LookupError("no list of sections")
