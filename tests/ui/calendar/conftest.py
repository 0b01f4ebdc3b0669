"""A real window with the calendar in it, over a real SQLite shop with three people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from posapp.domain.base.actor import Actor
from posapp.domain.bookings.bookings import Booking
from posapp.domain.shop.businesses import ResourceKind
from posapp.services.base.drafts import Drafts
from posapp.services.desks import Shop
from posapp.services.shop.businesses import SaveResource, SaveService
from posapp.till_settings import TillSettings
from posapp.ui.calendar.page import CalendarPage
from posapp.ui.change_feed import ChangeFeed
from posapp.ui.fields import LabeledField
from posapp.ui.focus_filter import focused
from posapp.ui.preview.print_watch import watch_printing
from posapp.ui.session import Session
from posapp.ui.theme import Theme
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.page import PageEntry
from tests.factories import DAY, TILL, a_booking, a_customer, at
from tests.fixtures import sqlite_place, sqlite_shop, sqlite_template

__all__ = ["sqlite_place", "sqlite_shop", "sqlite_template"]

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
PEOPLE = ("Tomasz", "Aino", "Ravi")


@dataclass
class Counter:
    """The calendar as a clerk has it: keys go to whatever has the focus."""

    window: MainWindow
    page: CalendarPage
    shop: Shop
    actor: Actor
    bot: QtBot
    pressed: int = 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key stroke."""
        self.pressed += 1
        QTest.keyClick(self.focus(), key, modifiers)

    def type(self, text: str) -> None:
        """Characters, one after the other."""
        for character in text:
            QTest.keyClick(self.focus(), character)  # type: ignore[call-overload]

    def focus(self) -> QWidget:
        """What has the focus; it is never on nothing."""
        now = focused()
        assert now is not None
        return now

    def replace(self, field: LabeledField, text: str) -> None:
        """Type over what stands in a field."""
        field.editor.setFocus(Qt.FocusReason.TabFocusReason)  # which selects it
        self.type(text)

    def quiet(self) -> None:
        """Wait until every lane has answered and the answers are shown."""
        self.bot.waitUntil(lambda: not self.window.lanes.is_busy)
        self.bot.wait(1)
        self.bot.waitUntil(lambda: not self.window.lanes.is_busy)

    def until(self, condition: Callable[[], Any]) -> None:
        """Wait for something that a lane brings."""
        self.bot.waitUntil(lambda: bool(condition()))

    def to_view(self) -> None:
        """Close the form, so that the calendar has the focus."""
        self.press(Qt.Key.Key_Escape)
        assert self.page.view.hasFocus()

    def bookings(self, day: date = DAY) -> list[Booking]:
        """What the shop has on a day."""
        return list(self.shop.bookings.agenda(self.actor, day, day).bookings)

    def booking(self, number: str) -> Booking:
        """One booking, as it is stored."""
        return self.shop.bookings.get(self.actor, number)

    def booked(self, hour: int, minute: int = 0, *, who: str = "Ravi", **values: Any) -> Booking:
        """A booking with one of the three."""
        key = next(one.id for one in self.page.session.catalogue.resources if one.name == who)
        name = values.pop("name", "Marta Kowalczyk")
        values.setdefault("customer", a_customer(self.shop, self.actor, name))
        return a_booking(self.shop, self.actor, starts=at(hour, minute), resource_id=key, **values)


def staff(shop: Shop, actor: Actor) -> None:
    """Three people and a service of 45 minutes."""
    catalogue = shop.businesses.catalogue(actor)
    for place, name in enumerate(PEOPLE):
        key = catalogue.resources[place].id if place < len(catalogue.resources) else None
        shop.businesses.save_resource(actor, SaveResource(id=key, kind=ResourceKind.STAFF, name=name))
    first, *rest = catalogue.services
    for service in rest:
        shop.businesses.archive(actor, "service", service.id)
    shop.businesses.save_service(
        actor, SaveService(id=first.id, name="Battery check", minutes=45, price_minor=2500)
    )
    shop.businesses.save_service(actor, SaveService(name="Glass and frame", minutes=90, price_minor=None))


def a_window(look: Theme, shop: Shop, actor: Actor, drafts: Path, **till: Any) -> tuple[MainWindow, Session]:
    """A window over an open shop, without any page."""
    window = MainWindow(look, till=TILL, shop="Harbour Lane Repairs")
    feed = ChangeFeed(window)
    feed.listen_to(shop.changes)
    settings = TillSettings(**{"name": TILL, "slip_output": "none", **till})
    session = Session(
        shop=shop,
        actor=actor,
        till=settings,
        drafts=Drafts(drafts, "shop-1"),
        catalogue=shop.businesses.catalogue(actor),
        lanes=window.lanes,
        feed=feed,
        save_till=lambda kept: setattr(session, "till", kept),
    )
    window.lanes.search.set_interrupt(shop.search.interrupt)
    watch_printing(window, session)
    return window, session


@pytest.fixture
def actor(sqlite_shop: Shop) -> Actor:
    """Till 1 of the open shop."""
    return sqlite_shop.actor(TILL)


@pytest.fixture
def till() -> dict[str, Any]:
    """Settings of the till; a test module may override this."""
    return {}


@pytest.fixture
def open_calendar(
    qtbot: QtBot, look: Theme, sqlite_shop: Shop, actor: Actor, tmp_path: Path, till: dict[str, Any]
) -> Iterator[Callable[..., Counter]]:
    """Open the calendar in a window of its own; everything is closed at the end."""
    staff(sqlite_shop, actor)
    windows: list[MainWindow] = []
    sessions: list[Session] = []

    def opened(payload: object = None, *, counter: object = None) -> Counter:
        for earlier in sessions:
            earlier.drafts.close()  # it died
        window, session = a_window(look, sqlite_shop, actor, tmp_path / "drafts", **till)
        windows.append(window)
        sessions.append(session)
        qtbot.addWidget(window)
        made = PageEntry(
            "calendar", "Calendar", "calendar-days", "F3", lambda shell: CalendarPage(shell, session)
        )
        window.add_page(made)
        window.resize(1366, 768)
        window.set_counter(counter)  # type: ignore[arg-type]
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        page = window.show_page("calendar", payload)
        assert isinstance(page, CalendarPage)
        made_counter = Counter(window, page, sqlite_shop, actor, qtbot)
        qtbot.waitUntil(lambda: page.view.picture is not None)
        made_counter.quiet()
        return made_counter

    yield opened
    for window in windows:
        window.close()


@pytest.fixture
def counter(open_calendar: Callable[..., Counter]) -> Counter:
    """The calendar of an empty day, the cursor in the phone field."""
    return open_calendar()


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of the shop's wall clock."""
    return at(hour, minute, day)
