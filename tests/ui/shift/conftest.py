"""A real shop in a file, the shift screen in a real window, and a cashier who only has a keyboard."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.services.base.drafts import Drafts
from posapp.services.desks import Shop
from posapp.services.shop.businesses import CreateBusiness
from posapp.till_settings import TillSettings
from posapp.ui.background import Lanes
from posapp.ui.change_feed import ChangeFeed
from posapp.ui.preview.page import PreviewPage
from posapp.ui.preview.print_watch import watch_printing
from posapp.ui.session import Session
from posapp.ui.shift.page import ShiftPage
from posapp.ui.shift.reading_sheet import XSheet, ZSheet
from posapp.ui.shift.till_watch import TillWatch
from posapp.ui.start.screens import Reach
from posapp.ui.theme import Theme
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.page import PageEntry
from tests.ui.other_page import OtherPage

THURSDAY = datetime(2026, 3, 12, 8, 55, tzinfo=UTC)
_MODIFIERS = {
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
    "shift": Qt.KeyboardModifier.ShiftModifier,
}


@dataclass
class Cashier:
    """Types and presses keys on whatever has the focus, and reads what stands there."""

    qtbot: QtBot
    shop: Shop
    session: Session
    window: MainWindow
    clock: FixedClock
    toasts: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return self.session.actor

    @property
    def page(self) -> ShiftPage:
        page = self.window.page("shift")
        assert isinstance(page, ShiftPage)
        return page

    @property
    def z(self) -> ZSheet:
        sheet = self.window.sheet_content
        assert isinstance(sheet, ZSheet)
        return sheet

    @property
    def x(self) -> XSheet:
        sheet = self.window.sheet_content
        assert isinstance(sheet, XSheet)
        return sheet

    @property
    def focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        inside: QWidget | None = popup.focusWidget() if popup is not None else QApplication.focusWidget()
        focus = inside if inside is not None else popup
        assert focus is not None
        return focus

    def is_in(self, widget: QWidget) -> bool:
        """Whether the focus is there."""
        return self.focus is widget

    def settle(self) -> None:
        """Wait until every lane is quiet and every screen has heard of it."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.session.lanes.is_busy)
            QCoreApplication.processEvents()

    def show(self, page: str, payload: object = None) -> None:
        self.window.show_page(page, payload)
        self.settle()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.focus, text)
        self.settle()

    def press(self, *keys: str) -> None:
        """Press keys such as "Return", "alt+C" one after the other."""
        for key in keys:
            *modifiers, name = key.split("+")
            held = Qt.KeyboardModifier.NoModifier
            for modifier in modifiers:
                held |= _MODIFIERS[modifier]
            self.qtbot.keyClick(self.focus, getattr(Qt.Key, f"Key_{name}"), held)
            self.settle()

    def count(self, **pieces: int) -> None:
        """Count from the first field on: count(n50=4, n20=12) names what each is worth, in cents."""
        wanted = {int(name[1:]): many for name, many in pieces.items()}
        for minor in self.page.closing.count.table.edits:
            if minor in wanted:
                self.type(str(wanted[minor]))
            self.press("Return")

    def words(self) -> str:
        """All words in sight."""
        parts = [*self.window.findChildren(QLabel)]
        return "\n".join(one.text() for one in parts if one.isVisible())

    def till(self) -> str:
        """What the top bar says of the till."""
        return self.window.top_bar.till.words()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(THURSDAY)


@pytest.fixture
def shop(tmp_path: Path, sqlite_schema: Path, clock: FixedClock) -> Iterator[Shop]:
    opened = open_shop(shutil.copyfile(sqlite_schema, tmp_path / "shop.db"), clock=clock)
    opened.businesses.create(
        "Till 1",
        CreateBusiness(name="Harbour Lane Repairs", region="IE", currency="EUR", time_zone="Europe/Dublin"),
    )
    yield opened
    opened.close()


@pytest.fixture
def session(shop: Shop, lanes: Lanes, tmp_path: Path) -> Iterator[Session]:
    actor = replace(shop.actor("Till 1"), user="Niamh")
    feed = ChangeFeed()
    feed.listen_to(shop.changes)
    yield Session(
        shop=shop,
        actor=actor,
        till=TillSettings(name="Till 1", slip_output="none"),
        drafts=Drafts(tmp_path / "drafts", "shop-1"),
        catalogue=shop.businesses.catalogue(actor),
        lanes=lanes,
        feed=feed,
        save_till=lambda _till: None,
    )
    feed.stop()
    assert lanes.close()


@pytest.fixture
def open_till(
    qtbot: QtBot,
    look: Theme,
    session: Session,
    clock: FixedClock,
    show: Callable[[QWidget], QWidget],
) -> Iterator[Callable[..., Cashier]]:
    """The shift screen in a window, in front."""
    windows: list[MainWindow] = []

    def opened(width: int = 1366, height: int = 768, *, at_once: bool = True) -> Cashier:
        window = MainWindow(look, till="Till 1", shop="Harbour Lane Repairs", lanes=session.lanes)
        watch_printing(window, session)
        TillWatch(window, session)
        for entry in (
            PageEntry("desk", "Desk", "house", "F2", make=OtherPage),
            PageEntry(
                "shift",
                "Shift",
                "banknote",
                "Shift+F5",
                lambda shell: ShiftPage(shell, session),
                in_rail=False,
            ),
            PageEntry("preview", "Preview", "", "", lambda shell: PreviewPage(shell, session), in_rail=False),
        ):
            window.add_page(entry)
        window.set_search_provider(Reach(window, session).search)
        window.resize(width, height)
        cashier = Cashier(qtbot, session.shop, session, window, clock)
        window.notices.toasted.connect(lambda message: cashier.toasts.append(message.text))
        window.notices.notice_raised.connect(lambda message: cashier.raised.append(message.text))
        windows.append(window)
        window.show_page("desk")
        show(window)
        if at_once:
            cashier.press("shift+F5")
        return cashier

    yield opened
    for window in windows:
        window.close()
