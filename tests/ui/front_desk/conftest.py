"""A real shop in a file, its Desk in a real window, and a clerk who only has a keyboard."""

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
from posapp.domain.bookings.bookings import Booking
from posapp.domain.customers.customers import Customer
from posapp.domain.repairs.devices import DeviceKind
from posapp.services.base.drafts import Drafts
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from posapp.services.repairs.tickets import MoveJob, TakeIn, TakeInDevice
from posapp.services.shop.businesses import CreateBusiness
from posapp.till_settings import TillSettings
from posapp.ui.background import Lanes
from posapp.ui.change_feed import ChangeFeed
from posapp.ui.front_desk.page import FrontDeskPage
from posapp.ui.session import Session
from posapp.ui.theme import Theme
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
    page: FrontDeskPage
    clock: FixedClock
    toasts: list[str] = field(default_factory=list)

    @property
    def actor(self) -> Actor:
        return self.session.actor

    def settle(self) -> None:
        """Wait until every lane is quiet and every screen has heard of it."""

        def is_quiet() -> bool:
            QCoreApplication.processEvents()
            return not self.session.lanes.is_busy and not self.page.is_refreshing

        self.qtbot.waitUntil(is_quiet)

    def type(self, text: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        self.qtbot.keyClicks(focus, text)
        self.settle()

    def press(self, *keys: str) -> None:
        """Press keys such as "Enter", "ctrl+N", "alt+E" one after the other."""
        for key in keys:
            self.hit(key)
            self.settle()

    def hit(self, key: str) -> None:
        """Press a key and wait for nothing."""
        *modifiers, name = key.split("+") if not key.endswith("+.") else [key[:-2], "Period"]
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= _MODIFIERS[modifier]
        focus = QApplication.focusWidget() or self.window
        self.qtbot.keyClick(focus, getattr(Qt.Key, f"Key_{name}"), held)

    @property
    def focus(self) -> QWidget:
        focus = QApplication.focusWidget()
        assert focus is not None
        return focus

    def tab_to(self, name: str) -> None:
        """Tab until the part of that accessible name has the focus."""
        been: list[str] = []
        for _ in range(60):
            been.append(f"{type(self.focus).__name__} {self.focus.accessibleName()}")
            if self.focus.accessibleName() == name or getattr(self.focus, "text", lambda: "")() == name:
                return
            self.hit("Tab")
        raise AssertionError(f"Tab never came to {name}, only to {been}")

    def matches(self) -> list[str]:
        model = self.page.finder.matches.rows
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def customer(self, name: str, phone: str, **more: str) -> Customer:
        number = PhoneNumber.parse(phone, region="IE")
        command = FindOrCreate(phone=number, name=name, **more)
        found = self.shop.customers.find_or_create(self.actor, command)
        self.settle()
        return found.customer

    def booking(self, customer: Customer, hours: float) -> Booking:
        at = (MONDAY + timedelta(hours=hours)).replace(tzinfo=None)
        made = self.shop.bookings.book(self.actor, MakeBooking(starts=at, customer_id=customer.id))
        self.settle()
        return made.booking

    def ticket(self, customer: Customer, model: str, *states: str, price: int | None = None) -> str:
        """A ticket with one device, moved through these states; returns its number."""
        device = TakeInDevice(
            kind=DeviceKind.PHONE,
            make="Acme",
            model=model,
            no_serial_reason="worn off",
            fault="Cracked screen",
            price_minor=price,
        )
        made = self.shop.tickets.take_in(self.actor, TakeIn(customer_id=customer.id, devices=(device,)))
        for state in states:
            self.shop.tickets.move(self.actor, MoveJob(number=made.ticket.number, to=state))
        self.settle()
        return made.ticket.number

    @property
    def went_to(self) -> tuple[str, object]:
        """The screen in front and what it was shown with."""
        return self.window.current_page_id, getattr(self.window.current_page, "payload", None)

    def count(self) -> int:
        """How many customers the shop has."""
        return len([row for row in range(1, 50) if self._exists(row)])

    def _exists(self, key: int) -> bool:
        with self.shop.store.look(self.actor) as uow:
            return uow.customers.get(key) is not None


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
def session(shop: Shop, lanes: Lanes, tmp_path: Path) -> Iterator[Session]:
    actor = shop.actor("Till 1")
    feed = ChangeFeed()
    feed.listen_to(shop.changes)
    lanes.search.set_interrupt(shop.search.interrupt)
    yield Session(
        shop=shop,
        actor=actor,
        till=TillSettings(name="Till 1"),
        drafts=Drafts(tmp_path / "drafts", "shop-1"),
        catalogue=shop.businesses.catalogue(actor),
        lanes=lanes,
        feed=feed,
        save_till=lambda _till: None,
    )
    feed.stop()
    assert lanes.close()


@pytest.fixture
def open_desk(
    qtbot: QtBot,
    look: Theme,
    session: Session,
    clock: FixedClock,
    show: Callable[[QWidget], QWidget],
) -> Iterator[Callable[[], Clerk]]:
    """A Desk in a window of its own; called again, it is the till after a restart."""

    windows: list[MainWindow] = []

    def opened() -> Clerk:
        window = MainWindow(look, till="Till 1", shop="Harbour Lane Repairs", lanes=session.lanes)
        entries = [PageEntry("desk", "Desk", "house", "F2", make=lambda shell: FrontDeskPage(shell, session))]
        entries.append(PageEntry("calendar", "Calendar", "calendar-days", "F3", make=OtherPage))
        entries.append(PageEntry("tickets", "Tickets", "wrench", "F4", make=OtherPage))
        entries.append(PageEntry("ticket", "Ticket", "wrench", "", make=OtherPage, in_rail=False))
        for hidden in ("intake", "hand_back", "sell"):
            entries.append(PageEntry(hidden, hidden, "wrench", "", make=OtherPage, in_rail=False))
        entries.append(PageEntry("history", "History", "history", "", make=OtherPage, in_rail=False))
        for entry in entries:
            window.add_page(entry)
        window.resize(1366, 768)
        page = window.show_page("desk")
        assert isinstance(page, FrontDeskPage)
        clerk = Clerk(qtbot, session.shop, session, window, page, clock)

        def heard(message: Message) -> None:
            clerk.toasts.append(message.text)

        window.notices.toasted.connect(heard)
        windows.append(window)
        show(window)
        page.restore_focus()
        clerk.settle()
        return clerk

    yield opened
    for window in windows:
        window.close()


@pytest.fixture
def clerk(open_desk: Callable[[], Clerk]) -> Clerk:
    return open_desk()
