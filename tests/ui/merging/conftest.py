"""A real shop in a file, the merge screen in a real window, and a manager who only has a keyboard."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from posapp.domain.base.actor import Actor
from posapp.services.base.drafts import Drafts
from posapp.services.desks import Shop
from posapp.till_settings import TillSettings
from posapp.ui.background import Lanes
from posapp.ui.change_feed import ChangeFeed
from posapp.ui.merging.page import MergingPage
from posapp.ui.session import Session
from posapp.ui.theme import Theme
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.page import PageEntry
from tests.factories import TILL, a_customer
from tests.fixtures import sqlite_place, sqlite_shop, sqlite_template
from tests.ui.other_page import OtherPage

__all__ = ["sqlite_place", "sqlite_shop", "sqlite_template"]
_HELD = {
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
}


@dataclass
class Manager:
    """Presses keys on whatever has the focus, and reads what stands there."""

    qtbot: QtBot
    shop: Shop
    session: Session
    window: MainWindow
    toasts: list[str] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return self.session.actor

    @property
    def page(self) -> MergingPage:
        page = self.window.page("merging")
        assert isinstance(page, MergingPage)
        return page

    @property
    def focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def settle(self) -> None:
        """Wait until every lane is quiet and every screen has heard of it."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.session.lanes.is_busy)
            QCoreApplication.processEvents()

    def show(self, payload: object = None) -> None:
        self.window.show_page("merging", payload)
        self.settle()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.focus, text)
        self.settle()

    def press(self, *keys: str) -> None:
        """Press keys such as "Return", "alt+N" one after the other."""
        for key in keys:
            *modifiers, name = key.split("+")
            held = Qt.KeyboardModifier.NoModifier
            for modifier in modifiers:
                held |= _HELD[modifier]
            self.qtbot.keyClick(self.focus, getattr(Qt.Key, f"Key_{name}"), held)
            self.settle()

    def pairs(self) -> list[str]:
        """The pairs of the list."""
        return [f"{one.a.pl_id} {one.b.pl_id}" for one in self.page.pairs.list.rows.rows()]

    def words(self) -> str:
        """All words in sight."""
        return "\n".join(one.text() for one in self.window.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def twins(sqlite_shop: Shop) -> Actor:
    """Two pairs of customers who may be one, of which the first is surer."""
    actor = sqlite_shop.actor(TILL)
    for email, names in (
        ("marta@example.com", ("Marta Kowalczyk", "Marta Kowalczik")),
        ("soren@example.com", ("Søren Kjær", "")),
    ):
        for name in names:
            a_customer(sqlite_shop, actor, name, email=email)
    sqlite_shop.duplicates.look_again(actor)
    return actor


@pytest.fixture
def session(sqlite_shop: Shop, lanes: Lanes, tmp_path: Path) -> Iterator[Session]:
    actor = sqlite_shop.actor(TILL)
    feed = ChangeFeed()
    feed.listen_to(sqlite_shop.changes)
    yield Session(
        shop=sqlite_shop,
        actor=actor,
        till=TillSettings(name=TILL, slip_output="none"),
        drafts=Drafts(tmp_path / "drafts", "shop-1"),
        catalogue=sqlite_shop.businesses.catalogue(actor),
        lanes=lanes,
        feed=feed,
        save_till=lambda _till: None,
    )
    feed.stop()
    assert lanes.close()


@pytest.fixture
def open_window(
    qtbot: QtBot, look: Theme, session: Session, show: Callable[[QWidget], QWidget]
) -> Iterator[Callable[..., Manager]]:
    """The merge screen in a window, in front."""
    windows: list[MainWindow] = []

    def opened(payload: Any = None, width: int = 1366, height: int = 768) -> Manager:
        window = MainWindow(look, till=TILL, shop="Harbour Lane Repairs", lanes=session.lanes)
        window.add_page(PageEntry("desk", "Desk", "house", "F2", make=OtherPage))
        entry = PageEntry(
            "merging", "Merge", "users", "Shift+F6", lambda shell: MergingPage(shell, session), in_rail=False
        )
        window.add_page(entry)
        window.resize(width, height)
        manager = Manager(qtbot, session.shop, session, window)
        window.notices.toasted.connect(lambda message: manager.toasts.append(message.text))
        windows.append(window)
        window.show_page("desk")
        show(window)
        manager.show(payload)
        return manager

    yield opened
    for window in windows:
        window.close()
    qtbot.waitUntil(lambda: not any(window.isVisible() for window in windows))


@pytest.fixture
def manager(twins: Actor, open_window: Callable[..., Manager]) -> Manager:
    return open_window()
