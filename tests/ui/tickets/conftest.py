"""A real shop in a file, the ticket screens in a real window, and a clerk who only has a keyboard."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.tickets import Job, Ticket
from posapp.services.base.drafts import Drafts
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from posapp.services.repairs.tickets import MoveJob, TakeIn, TakeInDevice
from posapp.services.shop.businesses import CreateBusiness
from posapp.till_settings import TillSettings
from posapp.ui.background import Lanes
from posapp.ui.change_feed import ChangeFeed
from posapp.ui.session import Session
from posapp.ui.theme import Theme
from posapp.ui.ticket.page import WholeTicketPage
from posapp.ui.tickets.another_device.page import AnotherDevicePage
from posapp.ui.tickets.estimate.page import EstimatePage
from posapp.ui.tickets.hand_back.page import HandBackPage
from posapp.ui.tickets.page import TicketsPage
from posapp.ui.tickets.ticket_sheet import TicketSheet
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Message
from posapp.ui.window.page import PageEntry
from tests.ui.other_page import OtherPage

MONDAY = datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
_MODIFIERS = {
    "ctrl": Qt.KeyboardModifier.ControlModifier,
    "alt": Qt.KeyboardModifier.AltModifier,
    "shift": Qt.KeyboardModifier.ShiftModifier,
}


@dataclass
class Clerk:
    """Types and presses keys on whatever has the focus, and reads what stands there."""

    qtbot: QtBot
    shop: Shop
    session: Session
    window: MainWindow
    clock: FixedClock
    toasts: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return self.session.actor

    @property
    def page(self) -> TicketsPage:
        page = self.window.page("tickets")
        assert isinstance(page, TicketsPage)
        return page

    @property
    def hand_back(self) -> HandBackPage:
        page = self.window.page("hand_back")
        assert isinstance(page, HandBackPage)
        return page

    @property
    def estimate(self) -> EstimatePage:
        page = self.window.page("estimate")
        assert isinstance(page, EstimatePage)
        return page

    @property
    def ticket(self) -> WholeTicketPage:
        page = self.window.page("ticket")
        assert isinstance(page, WholeTicketPage)
        return page

    @property
    def sheet(self) -> TicketSheet:
        sheet = self.window.sheet_content
        assert isinstance(sheet, TicketSheet)
        return sheet

    def settle(self) -> None:
        """Wait until every lane is quiet and every screen has heard of it."""
        for _ in range(3):
            self.qtbot.waitUntil(lambda: not self.session.lanes.is_busy, timeout=20_000)
            QCoreApplication.processEvents()

    def show(self, page: str, payload: object = None) -> None:
        self.window.show_page(page, payload)
        self.settle()

    def type(self, text: str) -> None:
        self.qtbot.keyClicks(self.focus, text)
        self.settle()

    def press(self, *keys: str) -> None:
        """Press keys such as "Enter", "ctrl+N", "alt+E" one after the other."""
        for key in keys:
            self.hit(key)
            self.settle()

    def hit(self, key: str) -> None:
        """Press a key and wait for nothing."""
        *modifiers, name = key.split("+")
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= _MODIFIERS[modifier]
        target = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(target, getattr(Qt.Key, f"Key_{name}"), held)

    @property
    def focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def tab_to(self, name: str) -> None:
        """Tab until the part of that accessible name, or with those words, has the focus."""
        been: list[str] = []
        for _ in range(80):
            words = getattr(self.focus, "text", None)
            been.append(f"{type(self.focus).__name__} {self.focus.accessibleName()}")
            if name in (self.focus.accessibleName(), words() if callable(words) else ""):
                return
            self.press("Tab")
        raise AssertionError(f"Tab never came to {name}, only to {been}")

    # -- what stands there --------------------
    def focused_card(self) -> str:
        """The number of the card with the focus."""
        card = self.page.board.current_card()
        assert card is not None
        return card.card.number

    def column(self, name: str) -> list[str]:
        """The numbers of the cards of a column, from the top."""
        views = {view.accessibleName(): view for view in self.page.board.views()}
        return [card.card.number for card in views[name].cards()]

    def job(self, number: str, position: int = 1) -> Job:
        return self.shop.tickets.get(self.actor, number).jobs[position - 1]

    # -- what another till does --------------------
    def move(self, number: str, *states: str, reason: str = "") -> None:
        for state in states:
            command = MoveJob(number=number, to=state, reason=reason)
            self.shop.tickets.move(self.actor, command)
        self.settle()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MONDAY)


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
def take_in(shop: Shop, clock: FixedClock) -> Callable[..., Ticket]:
    """Take a device in: take_in("iPhone 13", hours=5) is promised in five hours."""

    def taken_in(
        model: str = "iPhone 13",
        *more: str,
        kind: DeviceKind = DeviceKind.PHONE,
        name: str = "Anna Byrne",
        hours: float = 48,
    ) -> Ticket:
        who = FindOrCreate(phone=PhoneNumber.parse("087 123 4567", region="IE"), name=name)
        devices = tuple(
            TakeInDevice(
                kind=kind,
                make="Apple",
                model=one,
                fault="Glass",
                passcode="2580",
                no_serial_reason="Worn off",
            )
            for one in (model, *more)
        )
        due = MONDAY + timedelta(hours=hours)
        now = clock.now()
        clock.set(min(now, due - timedelta(hours=1)))  # what is late by now was promised before
        made = shop.tickets.take_in(shop.actor("Till 1"), TakeIn(who=who, devices=devices, due=due)).ticket
        clock.set(now)
        return made

    return taken_in


@pytest.fixture
def session(shop: Shop, lanes: Lanes, tmp_path: Path) -> Iterator[Session]:
    actor = shop.actor("Till 1")
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
) -> Iterator[Callable[..., Clerk]]:
    """The ticket screens in a window, the board in front."""
    windows: list[MainWindow] = []

    def opened(width: int = 1366, height: int = 768) -> Clerk:
        window = MainWindow(look, till="Till 1", shop="Harbour Lane Repairs", lanes=session.lanes)
        for entry in (
            PageEntry("desk", "Desk", "house", "F2", make=OtherPage),
            PageEntry("tickets", "Tickets", "wrench", "F4", lambda shell: TicketsPage(shell, session)),
            PageEntry(
                "hand_back",
                "Hand over",
                "",
                "",
                lambda shell: HandBackPage(shell, session),
                in_rail=False,
            ),
            PageEntry(
                "estimate", "Estimate", "", "", lambda shell: EstimatePage(shell, session), in_rail=False
            ),
            PageEntry(
                "ticket",
                "Ticket",
                "",
                "",
                lambda shell: WholeTicketPage(shell, session),
                in_rail=False,
                under="tickets",
            ),
            PageEntry(
                "another_device",
                "Another device",
                "",
                "",
                lambda shell: AnotherDevicePage(shell, session),
                in_rail=False,
                under="tickets",
            ),
            PageEntry("calendar", "Calendar", "", "", make=OtherPage, in_rail=False),
            PageEntry("history", "History", "", "", make=OtherPage, in_rail=False),
            PageEntry("sell", "Sell", "", "", make=OtherPage, in_rail=False),
            PageEntry("preview", "Preview", "", "", make=OtherPage, in_rail=False),
            PageEntry("intake", "Intake", "", "", make=OtherPage, in_rail=False),
        ):
            window.add_page(entry)
        window.resize(width, height)
        clerk = Clerk(qtbot, session.shop, session, window, clock)
        window.notices.toasted.connect(lambda message: clerk.toasts.append(_text(message)))
        window.notices.status_said.connect(lambda message: clerk.said.append(_text(message)))
        windows.append(window)
        show(window)
        clerk.show("tickets")
        return clerk

    yield opened
    for window in windows:
        window.close()


def _text(message: Message) -> str:
    return message.text
