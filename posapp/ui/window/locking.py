"""Who is at the till, as the window sees it: a cover over all screens, and what comes back from under it.

Under the cover nothing is read, pressed, scanned or heard: popups and questions of their own window close,
keys are those of the cover, and what is said meanwhile waits. The work itself stays where it is. The same
person finds everything as they left it, the focus included. For another one whatever lay over the pages is
closed (forms keep their drafts), and a screen that is not theirs gives way to their first.
"""

from collections.abc import Hashable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QToolTip, QWidget
from shiboken6 import isValid

from posapp.domain.base.actor import Permission
from posapp.ui.actions import KeyWord
from posapp.ui.crash_dialog import STAYS
from posapp.ui.focus_filter import application
from posapp.ui.scanner_fields import close_popups
from posapp.ui.window.front import Front
from posapp.ui.window.key_bar import KeyBar
from posapp.ui.window.notices import Notices
from posapp.ui.window.page import Page
from posapp.ui.window.pages import Pages
from posapp.ui.window.rail import NavRail
from posapp.ui.window.shortcuts import Shortcuts

COVER = "login"
"""Under this name the keys of the cover are bound."""


class Parts(Protocol):
    """What a window has that is covered, closed or shown anew."""

    notices: Notices
    shortcuts: Shortcuts
    rail: NavRail
    key_bar: KeyBar

    @property
    def closing(self) -> SignalInstance:
        """The window closes."""

    @property
    def current_page(self) -> Page | None:
        """The screen in front."""

    def may(self, permission: Permission | None) -> bool:
        """Whether whoever works here may do this."""

    def leave_for(self, page_id: str, payload: object = None) -> None:
        """Bring a screen to the front over nothing."""

    def close_sheet(self) -> None:
        """Close the side sheet."""

    def forget_search(self) -> None:
        """What was typed into "search everything" is nobody else's."""

    def show_state(self) -> None:
        """Title and keys as they are now."""


class Locking(QObject):
    """One for a window; `frame` is all of it."""

    changed = Signal(bool)
    """Whether the window is covered."""

    def __init__(self, window: QMainWindow, parts: Parts, frame: QWidget, front: Front, pages: Pages) -> None:
        super().__init__(window)
        self._window, self._parts, self._front, self._pages = window, parts, front, pages
        self._over = QStackedWidget()
        self._over.addWidget(frame)
        window.setCentralWidget(self._over)
        self._frame: QWidget = frame
        self._focus: QWidget | None = None
        self._gate: QWidget | None = None
        self._who: Hashable = None
        self._is_closing = False
        parts.closing.connect(self._close)

    @property
    def is_covered(self) -> bool:
        """Whether nobody is signed in."""
        return self._over.currentWidget() is not self._frame

    def cover(self, page: QWidget, focus: QWidget) -> None:
        """Show nothing but this; `focus` gets the keys. A second call shows another cover."""
        parts = self._parts
        if self._over.indexOf(page) < 0:
            self._over.addWidget(page)
        if not self.is_covered:
            self._focus = self._window.focusWidget()
            parts.notices.hold()
            self._front.close_keys()
            parts.key_bar.clear_message()
            parts.shortcuts.only(COVER)
            application().focusWindowChanged.connect(self._close_later)
        self._over.setCurrentWidget(page)
        self._close_windows()
        self._gate = focus
        self.focus_cover()
        self.changed.emit(True)

    def toggle_keys(self, word: str, bar: Sequence[KeyWord]) -> None:
        """Show or hide the keys of the cover."""
        self._front.toggle_keys(word, self._parts.shortcuts.listed(), bar)

    def close_keys(self) -> bool:
        """Hide them; False if they were not shown."""
        return self._front.close_keys()

    def restore_focus(self) -> None:
        """The focus was on nothing."""
        if self.is_covered:
            self.focus_cover()
        elif self._parts.current_page is not None:
            self._parts.current_page.restore_focus()

    def focus_cover(self) -> None:
        """Keys go into the cover."""
        if self._gate is not None:
            self._gate.setFocus()

    def uncover(self, who: Hashable) -> bool:
        """Somebody is signed in; True if `who` is another person than the one before."""
        parts = self._parts
        is_same, self._who = who == self._who, who
        if self.is_covered:
            application().focusWindowChanged.disconnect(self._close_later)
            self._over.setCurrentWidget(self._frame)
            parts.shortcuts.only("")
        if not is_same:
            self._leave_to(who)
        self.show_rights()
        self._give_focus_back(is_same=is_same)
        parts.notices.release()
        self.changed.emit(False)
        return not is_same

    def _leave_to(self, who: Hashable) -> None:
        """Somebody else works here: what lies over the pages is closed; forms keep their drafts."""
        while self._front.close_questions():
            pass
        self._parts.close_sheet()
        self._parts.forget_search()
        self._parts.notices.work_for(who)

    def show_rights(self) -> None:
        """Leave out what whoever works here may not open; what is in front gives way where it must."""
        parts, pages = self._parts, self._pages
        parts.rail.show_only(lambda page_id: parts.may(pages.needs(page_id)))
        first = pages.first(parts.may)
        if first and pages.current_id and not parts.may(pages.needs(pages.current_id)):
            parts.leave_for(first)
        parts.show_state()

    def _give_focus_back(self, *, is_same: bool) -> None:
        before, self._focus = self._focus, None
        if is_same and before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus()
        elif self._parts.current_page is not None:
            self._parts.current_page.restore_focus()

    def _close(self) -> None:
        self._is_closing = True

    def _close_later(self, _window: object) -> None:
        """A late answer opened a window of its own over the cover."""
        QTimer.singleShot(0, self, self._close_windows)

    def _close_windows(self) -> None:
        if self._is_closing or not self.is_covered:
            return
        close_popups()
        QToolTip.hideText()
        for one in QApplication.topLevelWidgets():
            if not isinstance(one, QDialog) or not one.isVisible() or one.property(STAYS):
                continue
            if _belongs(one, self._window):
                one.reject()


def _belongs(dialog: QDialog, window: QWidget) -> bool:
    step: QWidget | None = dialog
    while step is not None and step is not window:
        step = step.parentWidget()
    return step is window
