"""The whole program in a window, and a clerk who only has a keyboard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from posapp import paths
from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.services.care.demo import build_demo
from posapp.services.desks import Shop
from posapp.till_settings import TillSettings, save
from posapp.ui.focus_filter import focused
from posapp.ui.session import Session
from posapp.ui.start.options import WindowOptions
from posapp.ui.start.program import Program
from posapp.ui.window.main_window import MainWindow
from tests.factories import NOW, TILL

PATIENCE_S = 20.0
_HELD = {
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
    "shift": Qt.KeyboardModifier.ShiftModifier,
}


def until(condition: Callable[[], Any], what: str = "") -> None:
    """Let the program work until something holds."""
    patience = monotonic() + PATIENCE_S
    while not condition():
        assert monotonic() < patience, what or "it never came to that"
        QTest.qWait(2)


@dataclass
class Clerk:
    """Keys go to whatever has the focus of this window; `strokes` counts them."""

    program: Program
    strokes: int = 0

    @property
    def window(self) -> MainWindow:
        return self.program.window

    @property
    def session(self) -> Session:
        session = self.program.session
        assert session is not None
        return session

    @property
    def shop(self) -> Shop:
        return self.session.shop

    @property
    def actor(self) -> Actor:
        return self.session.actor

    def page(self, page_id: str) -> Any:
        """A screen of the program."""
        return self.window.page(page_id)

    def quiet(self) -> None:
        """Every lane has answered and the answers are shown."""
        for _ in range(2):
            QApplication.processEvents()
            until(lambda: not self.program.lanes.is_busy, "a lane never came to rest")
        front = QApplication.activeWindow()
        if QApplication.activePopupWidget() is None and (front is None or not front.isVisible()):
            self.to_front()  # a list that closed gives the front back, which no window manager does here

    def focus(self) -> QWidget:
        """What has the focus; it is never on nothing."""
        now = focused()
        assert now is not None
        return now

    def _heard_by(self) -> QWidget:
        """A list of completions below a field hears keys first, and passes on what is not for it."""
        popup = QApplication.activePopupWidget()
        return popup if isinstance(popup, QAbstractItemView) else self.focus()

    def press(self, *keys: str) -> None:
        """Press keys such as "Return", "ctrl+B", "alt+Y", each when the answer to the last one is there."""
        for key in keys:
            *modifiers, name = key.split("+")
            held = Qt.KeyboardModifier.NoModifier
            for modifier in modifiers:
                held |= _HELD[modifier]
            QTest.keyClick(self._heard_by(), getattr(Qt.Key, f"Key_{name}"), held)
            self.strokes += 1
            self.quiet()

    def type(self, text: str) -> None:
        """Characters, one after the other."""
        for character in text:
            QTest.keyClick(self.focus(), character)  # type: ignore[call-overload]
            self.strokes += 1
        self.quiet()

    def tab_to(self, name: str) -> None:
        """Tab until the part of that accessible name, or with those words, has the focus."""
        been: list[str] = []
        for _ in range(80):
            words = getattr(self.focus(), "text", None)
            named = self.focus().accessibleName()
            been.append(named or type(self.focus()).__name__)
            if name in (named, words() if callable(words) else ""):
                return
            self.press("Tab")
        raise AssertionError(f"Tab never came to {name}, only to {been}")

    def fill(self, **texts: str) -> None:
        """Tab to the fields in this order and type; a name has _ for space."""
        for name, text in texts.items():
            self.tab_to(name.replace("_", " "))
            self.type(text)

    def on(self, page_id: str) -> None:
        """That screen is in front."""
        until(lambda: self.window.current_page_id == page_id, f"{page_id} never came")
        self.quiet()

    def said(self) -> list[str]:
        """The messages, the latest first."""
        return [message.text for message in self.window.notices.messages()]

    def to_front(self) -> None:
        """Work in this window."""
        self.window.activateWindow()
        until(self.window.isActiveWindow)


def till_settings(**values: object) -> None:
    """How the till is set when the program starts."""
    usual: dict[str, object] = {"name": TILL, "slip_output": "none", "theme": "light"}
    settings = TillSettings(**{**usual, **values})  # type: ignore[arg-type]
    save(settings, paths.till_settings_file())


def start_program(app: QApplication, place: Path, *, business: str = "") -> Clerk:
    """The program on a shop, its clock at NOW, ready for the first key."""
    program = Program(
        app,
        WindowOptions(database=str(place), business=business),
        partial(open_shop, clock=FixedClock(NOW)),
        lambda where: build_demo(where, 10),
    )
    clerk = Clerk(program)
    program.window.resize(1366, 768)
    program.run()
    until(lambda: program.session is not None, "the shop never opened")
    clerk.to_front()
    if not program.window.locking.is_covered:  # else people sign in first
        clerk.on("desk")
    return clerk


@contextmanager
def closed_after(clerks: list[Clerk]) -> Iterator[None]:
    """Every window is closed in the end, its lanes quiet."""
    try:
        yield
    finally:
        for clerk in clerks:
            clerk.window.close()
            assert not clerk.program.lanes.is_busy
