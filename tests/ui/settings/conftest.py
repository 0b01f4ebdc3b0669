"""A real shop in a file, its Settings in a real window, and a manager who only has a keyboard."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from posapp import paths
from posapp.bootstrap import open_shop
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.shop.businesses import Business
from posapp.services.base.drafts import Drafts
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from posapp.services.repairs.tickets import TakeIn, TakeInDevice
from posapp.services.shop.businesses import Catalogue, CreateBusiness
from posapp.till_settings import TillSettings, load, save
from posapp.ui.background import Lanes
from posapp.ui.change_feed import ChangeFeed
from posapp.ui.own_keys import own_keys
from posapp.ui.session import Session
from posapp.ui.settings.page import SettingsPage
from posapp.ui.settings.section import Section
from posapp.ui.start.screens import everywhere
from posapp.ui.theme import Theme
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Message
from posapp.ui.window.page import PageEntry

_MODIFIERS = {
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
    "shift": Qt.KeyboardModifier.ShiftModifier,
}


@dataclass
class Manager:
    """Types and presses keys on whatever has the focus, and reads what the shop has stored."""

    qtbot: QtBot
    session: Session
    window: MainWindow
    page: SettingsPage
    toasts: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until every lane is quiet and the screen has heard of it."""

        def is_quiet() -> bool:
            QCoreApplication.processEvents()
            return not self.session.lanes.is_busy

        for _ in range(3):  # what was saved is announced, and read anew after that
            self.qtbot.waitUntil(is_quiet)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall)

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.focus, text)
        self.settle()

    def press(self, *keys: str) -> None:
        """Press keys such as "Return", "ctrl+Z", "alt+3" one after the other."""
        for key in keys:
            *modifiers, name = key.split("+")
            held = Qt.KeyboardModifier.NoModifier
            for modifier in modifiers:
                held |= _MODIFIERS[modifier]
            self.come_back()
            self.qtbot.keyClick(self.focus, getattr(Qt.Key, f"Key_{name}"), held)
            self.settle()

    def come_back(self) -> None:
        """Without a window manager nobody activates the window again after a popup."""
        if QApplication.activePopupWidget() is None and not self.window.isActiveWindow():
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)

    def replace(self, text: str) -> None:
        """Type over what stands in the field."""
        self.press("ctrl+A", "Delete")
        self.type(text)

    @property
    def focus(self) -> QWidget:
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window

    def tab_to(self, name: str) -> None:
        """Tab until the part of that accessible name (or its words) has the focus."""
        for _ in range(80):
            words = getattr(self.focus, "text", lambda: "")()
            if name in (self.focus.accessibleName(), words):
                return
            self.come_back()
            self.qtbot.keyClick(self.focus, Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came to {name}")

    def open(self, section: str) -> Section:
        """Choose a section in the list, without a stop at those before it, and go into it by Return."""
        self.press("F8", "alt+1")
        self.page.show_section(section)
        self.press("Return")
        found = self.page.section
        assert found is not None
        return found

    @property
    def business(self) -> Business:
        return self.session.shop.businesses.get(self.session.actor)

    def catalogue(self, *, with_archived: bool = False) -> Catalogue:
        return self.session.shop.businesses.catalogue(self.session.actor, with_archived=with_archived)


@pytest.fixture
def shop(sqlite_schema: Path) -> Iterator[Shop]:
    paths.data_dir().mkdir(parents=True)
    opened = open_shop(shutil.copyfile(sqlite_schema, paths.default_database()))
    opened.businesses.create(
        "Till 1",
        CreateBusiness(name="Harbour Lane Repairs", region="IE", currency="EUR", time_zone="Europe/Dublin"),
    )
    yield opened
    opened.close()


@pytest.fixture
def session(shop: Shop, lanes: Lanes, look: Theme) -> Iterator[Session]:
    actor = shop.actor("Till 1")
    feed = ChangeFeed()
    feed.listen_to(shop.changes)

    def save_till(till: TillSettings) -> None:
        save(till, paths.till_settings_file())
        look.change(choice=till.theme, scale=till.ui_scale, touch=till.touch)
        own_keys().wear(till.keys)

    yield Session(
        shop=shop,
        actor=actor,
        till=TillSettings(name="Till 1", theme="light"),
        drafts=Drafts(paths.draft_folder("Till 1"), "shop-1"),
        catalogue=shop.businesses.catalogue(actor),
        lanes=lanes,
        feed=feed,
        save_till=save_till,
    )
    feed.stop()
    assert lanes.close()


@pytest.fixture
def manager(
    qtbot: QtBot, look: Theme, session: Session, show: Callable[[QWidget], QWidget]
) -> Iterator[Manager]:
    window = MainWindow(look, till="Till 1", shop="Harbour Lane Repairs", lanes=session.lanes)
    page = SettingsPage(window, session)
    window.add_page(PageEntry("settings", "Settings", "settings", "F8", make=lambda _shell: page))
    window.shortcuts.bind(everywhere(window))
    window.resize(1366, 768)
    made = Manager(qtbot, session, window, page)

    def toasted(message: Message) -> None:
        made.toasts.append(message.text)

    def status_said(message: Message) -> None:
        made.said.append(message.text)

    window.notices.toasted.connect(toasted)
    window.notices.status_said.connect(status_said)
    window.show_page("settings")
    show(window)
    made.settle()
    yield made
    made.settle()


@pytest.fixture
def taken_in(shop: Shop) -> str:
    """The number of a ticket with one phone, just received."""
    who = FindOrCreate(phone=PhoneNumber.parse("085 123 4567", region="IE"), name="Aoife")
    phone = TakeInDevice(make="Samsung", model="Galaxy S22", imei="356938035643809", fault="Cracked")
    return shop.tickets.take_in(shop.actor("Till 1"), TakeIn(who=who, devices=(phone,))).ticket.number


@pytest.fixture
def stored_till() -> Callable[[], TillSettings]:
    """What the next start of this till would read."""
    return lambda: load(paths.till_settings_file())
