"""A kiosk in a window on a shop of its own, and somebody who touches it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.customers.customers import Customer
from posapp.services.desks import Shop
from posapp.ui.background import Lanes
from posapp.ui.kiosk.presenter import KioskPresenter, Place
from posapp.ui.kiosk.program import kiosk_of
from posapp.ui.kiosk.window import KioskWindow
from posapp.ui.theme import Theme
from tests.factories import NOW, TILL
from tests.fixtures import sqlite_template

__all__ = ["sqlite_template"]


@dataclass
class Visitor:
    """Fingers, and a keyboard that somebody may have left plugged in."""

    window: KioskWindow
    shop: Shop
    actor: Actor
    lanes: Lanes

    def quiet(self) -> None:
        """Every answer has come."""
        for _ in range(2):
            QApplication.processEvents()
            while self.lanes.is_busy:
                QTest.qWait(2)

    def touch(self, part: QAbstractButton | QWidget) -> None:
        """One touch in the middle of something."""
        QTest.mouseClick(part, Qt.MouseButton.LeftButton)
        self.quiet()

    def key(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        """A key of the keyboard, with others held."""
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= one
        QTest.keyClick(self.window, key, modifiers)
        self.quiet()

    def type(self, text: str) -> None:
        """Letters and digits of the keyboard."""
        QTest.keyClicks(self.window, text)
        self.quiet()

    def sign_in(self, customer: Customer) -> None:
        """With the own number and a code from the counter."""
        assert customer.phone is not None
        code = self.shop.kiosk.give_code(self.actor, customer.id)
        self.type(customer.phone.key)
        self.key(Qt.Key.Key_Return)
        self.type(code)


@pytest.fixture
def visitor(qtbot: QtBot, look: Theme, tmp_path: Path, sqlite_template: Path) -> Iterator[Visitor]:
    """Somebody before a kiosk that nobody has touched."""
    shop = open_shop(shutil.copyfile(sqlite_template, tmp_path / "posapp.db"), clock=FixedClock(NOW))
    actor, lanes = shop.actor(TILL), Lanes()
    place = Place(shop, kiosk_of(actor), shop.businesses.get(actor))
    window = KioskWindow(KioskPresenter(place, lanes))
    window._tick.stop()  # seconds pass when a test says so
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Visitor(window, shop, actor, lanes)
    yield made
    made.quiet()
    window.end()
    assert lanes.close()
    shop.close()
