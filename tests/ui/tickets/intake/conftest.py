"""A real window with the intake in it, over a real SQLite shop, and a clerk who only has a keyboard."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot

from posapp.domain.base.actor import Actor
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.tickets import Outcome, Ticket
from posapp.domain.shop.businesses import ResourceKind
from posapp.services.base.drafts import Drafts
from posapp.services.desks import Shop
from posapp.services.repairs.estimates import ApproveEstimate, AskEstimate, LineAsked
from posapp.services.repairs.tickets import HandBack, MoveJob, TakeIn, TakeInDevice
from posapp.services.shop.businesses import SaveResource
from posapp.till_settings import TillSettings
from posapp.ui.change_feed import ChangeFeed
from posapp.ui.focus_filter import focused
from posapp.ui.preview.print_watch import watch_printing
from posapp.ui.scanner import Scanner
from posapp.ui.session import Session
from posapp.ui.theme import Theme
from posapp.ui.tickets.intake.page import IntakePage
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.page import PageEntry
from tests.factories import TILL, a_customer
from tests.fixtures import sqlite_place, sqlite_shop, sqlite_template
from tests.ui.other_page import OtherPage
from tests.ui.wedge import Wedge

__all__ = ["sqlite_place", "sqlite_shop", "sqlite_template"]

IMEI, WRONG_IMEI = "353912107704818", "353912107704812"
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@dataclass
class Counter:
    """The intake as a clerk has it: keys go to whatever has the focus."""

    window: MainWindow
    page: IntakePage
    shop: Shop
    actor: Actor
    bot: QtBot

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """One key stroke."""
        QTest.keyClick(self.focus(), key, modifiers)

    def type(self, text: str) -> None:
        """Characters, one after the other."""
        for character in text:
            QTest.keyClick(self.focus(), character)  # type: ignore[call-overload]

    def scan(self, code: str) -> None:
        """Characters as fast as a scanner types them, and its Enter."""
        Scanner(self.window).scanned.connect(self.page.take_scan)
        Wedge(self.window).scan(code)

    def focus(self) -> QWidget:
        """What has the focus; it is never on nothing."""
        now = focused()
        assert now is not None
        return now

    def tab_to(self, name: str) -> None:
        """Tab until the part of that name has the focus."""
        been = []
        for _ in range(60):
            now = self.focus()
            named = now.accessibleName()
            been.append(named or type(now).__name__)
            if named == name or named.startswith(f"{name}:"):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came to {name}, only to {been}")

    def fill(self, **texts: str) -> None:
        """Tab to the fields, in this order, and type: name with _ for space."""
        for name, text in texts.items():
            self.tab_to(name.replace("_", " "))
            self.type(text)
            self.close_popup()

    def close_popup(self) -> None:
        """Let go of the words that are offered."""
        now = self.focus()
        box = now if isinstance(now, QComboBox) else now.parentWidget()
        completer = box.completer() if isinstance(box, QComboBox) else None
        popup = completer.popup() if completer is not None else None
        if popup is not None:
            popup.hide()

    def quiet(self) -> None:
        """Wait until every lane has answered and the answers are shown."""
        self.bot.waitUntil(lambda: not self.window.lanes.is_busy)
        self.bot.wait(1)
        self.bot.waitUntil(lambda: not self.window.lanes.is_busy)

    def until(self, condition: Callable[[], Any]) -> None:
        """Wait for something that a lane brings."""
        self.bot.waitUntil(lambda: bool(condition()))

    def check_in(self) -> None:
        """Ctrl+Enter, and what it brings."""
        self.press(Qt.Key.Key_Return, CTRL)
        self.quiet()

    def ticket(self, number: str) -> Ticket:
        """A ticket as it is stored."""
        return self.shop.tickets.get(self.actor, number)

    def tickets(self) -> int:
        """How many devices are in the shop."""
        return sum(self.shop.tickets.board(self.actor).counts.values())

    def said(self) -> str:
        """The latest message."""
        return self.window.notices.messages()[0].text

    def draft_file(self) -> Path:
        """Where the draft lies."""
        return self.page.session.drafts.folder / "intake.json"

    def brought_before(self, name: str = "Chidi Okafor", *, warranty_days: int = 0) -> Any:
        """A customer whose Galaxy was here once, got a battery and left."""
        customer = a_customer(self.shop, self.actor, name)
        device = TakeInDevice(
            kind=DeviceKind.PHONE, make="Samsung", model="Galaxy S22", imei=IMEI, fault="Battery"
        )
        taken = self.shop.tickets.take_in(self.actor, TakeIn(customer_id=customer.id, devices=(device,)))
        number = taken.ticket.number
        if warranty_days:
            priced = LineAsked(text="Battery", unit_minor=5900, warranty_days=warranty_days)
            self.shop.estimates.ask(self.actor, AskEstimate(number=number, lines=(priced,)))
            yes = ApproveEstimate(number=number, by=name, how=ContactHow.PHONE)
            self.shop.estimates.approve(self.actor, yes)
        self.shop.tickets.move(self.actor, MoveJob(number=number, to="ready"))
        self.shop.counter.hand_back(
            self.actor, HandBack(number=number, outcome=Outcome.REPAIRED, to=name), unpaid="brings it later"
        )
        self.quiet()
        return customer


@pytest.fixture
def actor(sqlite_shop: Shop) -> Actor:
    """Till 1 of the open shop."""
    return sqlite_shop.actor(TILL)


@pytest.fixture
def till() -> dict[str, Any]:
    """Settings of the till; a test module may override this."""
    return {}


@pytest.fixture
def open_intake(
    qtbot: QtBot, look: Theme, sqlite_shop: Shop, actor: Actor, tmp_path: Path, till: dict[str, Any]
) -> Iterator[Callable[..., Counter]]:
    """Open the intake in a window of its own; everything is closed at the end."""
    first = sqlite_shop.businesses.catalogue(actor).resources[0]
    sqlite_shop.businesses.save_resource(
        actor, SaveResource(id=first.id, kind=ResourceKind.STAFF, name="Aino")
    )
    windows: list[MainWindow] = []
    sessions: list[Session] = []

    def opened(payload: object = None, *, size: tuple[int, int] = (1366, 768)) -> Counter:
        window = MainWindow(look, till=TILL, shop="Harbour Lane Repairs")
        windows.append(window)
        feed = ChangeFeed(window)
        feed.listen_to(sqlite_shop.changes)
        session = Session(
            shop=sqlite_shop,
            actor=actor,
            till=TillSettings(**{"name": TILL, "slip_output": "none", **till}),
            drafts=Drafts(tmp_path / "drafts", "shop-1"),
            catalogue=sqlite_shop.businesses.catalogue(actor),
            lanes=window.lanes,
            feed=feed,
            save_till=lambda _kept: None,
        )
        for earlier in sessions:
            earlier.drafts.close()  # it died
        sessions.append(session)
        window.lanes.search.set_interrupt(sqlite_shop.search.interrupt)
        watch_printing(window, session)
        qtbot.addWidget(window)
        window.add_page(PageEntry("desk", "Desk", "house", "F2", make=OtherPage))
        window.add_page(PageEntry("tickets", "Tickets", "wrench", "F4", make=OtherPage))
        window.add_page(PageEntry("ticket", "Ticket", "wrench", "", make=OtherPage, in_rail=False))
        window.add_page(
            PageEntry(
                "intake",
                "New ticket",
                "wrench",
                "",
                lambda shell: IntakePage(shell, session),
                in_rail=False,
            )
        )
        window.resize(*size)
        window.show_page("desk")
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        page = window.show_page("intake", payload)
        assert isinstance(page, IntakePage)
        counter = Counter(window, page, sqlite_shop, actor, qtbot)
        counter.quiet()
        return counter

    yield opened
    for window in windows:
        window.close()


@pytest.fixture
def counter(open_intake: Callable[..., Counter]) -> Counter:
    """The empty intake, the cursor in the customer field."""
    return open_intake()
