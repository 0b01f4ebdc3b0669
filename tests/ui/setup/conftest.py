"""A database without a shop, the assistant in a real window, and an owner who only has a keyboard."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from posapp import paths
from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.services.base.drafts import Drafts, shop_mark
from posapp.services.desks import Shop
from posapp.services.shop.businesses import Catalogue
from posapp.till_settings import TillSettings
from posapp.ui.background import Lanes
from posapp.ui.setup.page import SetupPage
from posapp.ui.theme import Theme
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.page import PageEntry

_MODIFIERS = {
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
    "shift": Qt.KeyboardModifier.ShiftModifier,
}


@dataclass
class Owner:
    """Sets a shop up."""

    qtbot: QtBot
    shop: Shop
    window: MainWindow
    page: SetupPage
    done: list[TillSettings] = field(default_factory=list)
    demos: list[bool] = field(default_factory=list)

    def settle(self) -> None:
        def is_quiet() -> bool:
            QCoreApplication.processEvents()
            return not self.window.lanes.is_busy

        self.qtbot.waitUntil(is_quiet, timeout=30_000)

    @property
    def focus(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def come_back(self) -> None:
        """Without a window manager nobody activates the window again after a popup."""
        if QApplication.activePopupWidget() is None and not self.window.isActiveWindow():
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.focus, text)

    def press(self, *keys: str) -> None:
        for key in keys:
            *modifiers, name = key.split("+")
            held = Qt.KeyboardModifier.NoModifier
            for modifier in modifiers:
                held |= _MODIFIERS[modifier]
            self.come_back()
            self.qtbot.keyClick(self.focus, getattr(Qt.Key, f"Key_{name}"), held)
            self.settle()

    def replace(self, text: str) -> None:
        self.press("ctrl+A", "Delete")
        self.type(text)

    def tab_to(self, name: str) -> None:
        for _ in range(60):
            if name in (self.focus.accessibleName(), getattr(self.focus, "text", lambda: "")()):
                return
            self.press("Tab")
        raise AssertionError(f"Tab never came to {name}")

    def catalogue(self) -> Catalogue:
        [business] = self.shop.businesses.all()
        return self.shop.businesses.catalogue(Actor(business.id, "Till 1"))


@pytest.fixture
def shop(sqlite_schema: Path) -> Iterator[Shop]:
    paths.data_dir().mkdir(parents=True)
    opened = open_shop(shutil.copyfile(sqlite_schema, paths.default_database()))
    yield opened
    opened.close()


@pytest.fixture
def open_setup(
    qtbot: QtBot, look: Theme, shop: Shop, lanes: Lanes, show: Callable[[QWidget], QWidget]
) -> Callable[[], Owner]:
    """The assistant in a window of its own; called again, it is the next start."""

    starts: list[Drafts] = []

    def opened() -> Owner:
        window = MainWindow(look, lanes=lanes)
        for earlier in starts:
            earlier.close()
        drafts = Drafts(paths.draft_folder("Till 1"), shop_mark(shop.store.identity, None))
        starts.append(drafts)
        done: list[TillSettings] = []
        demos: list[bool] = []
        page = SetupPage(
            window,
            shop,
            TillSettings(name="Till 1"),
            lanes,
            drafts,
            done=done.append,
            demo=lambda: demos.append(True),
            restore=lambda: None,
        )
        window.add_page(PageEntry("setup", "", "store", "", make=lambda _shell: page, in_rail=False))
        window.resize(1366, 768)
        window.show_page("setup")
        show(window)
        return Owner(qtbot, shop, window, page, done, demos)

    return opened


@pytest.fixture
def owner(open_setup: Callable[[], Owner]) -> Iterator[Owner]:
    made = open_setup()
    yield made
    made.settle()
