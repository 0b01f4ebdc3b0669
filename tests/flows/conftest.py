"""A shop in a file, and the whole program on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from posapp.domain.base.actor import Actor
from posapp.services.desks import Shop
from posapp.ui.theme import Theme
from tests.factories import TILL
from tests.fixtures import sqlite_place, sqlite_shop, sqlite_template
from tests.flows.clerk import Clerk, closed_after, start_program, till_settings
from tests.sales import goods
from tests.ui.conftest import dressed, look

__all__ = ["dressed", "look", "sqlite_place", "sqlite_shop", "sqlite_template"]

OpenTill = Callable[..., Clerk]
GLASS, CABLE = "5391510000017", "5391510000024"
"""The barcodes of what `seller` has on the shelf."""


@pytest.fixture
def open_till(qtbot: QtBot, qapp: QApplication, look: Theme, sqlite_place: str) -> Iterator[OpenTill]:
    """Start the program on the shop; called again, another window. Values are settings of the till.

    `place` is another shop's.
    """
    clerks: list[Clerk] = []

    def opened(place: str | Path = sqlite_place, **settings: object) -> Clerk:
        till_settings(**settings)
        clerk = start_program(qapp, Path(place))
        qtbot.addWidget(clerk.window)
        clerks.append(clerk)
        return clerk

    with closed_after(clerks):
        yield opened
    look.apply(qapp)


@pytest.fixture
def behind(sqlite_shop: Shop) -> Shop:
    """The same shop as seen by another program: what is stored, and what another till does."""
    return sqlite_shop


@pytest.fixture
def seller(behind: Shop) -> Actor:
    """Two kinds of goods on the shelf, and an open shift at the till of the window."""
    actor = behind.actor(TILL)
    goods(behind, actor, 1490, sku="GLS-13", name="Tempered glass", barcodes=(GLASS,), opening=20)
    goods(behind, actor, 1250, sku="CBL-2", name="USB-C cable 2 m", barcodes=(CABLE,), opening=20)
    behind.shifts.open(actor, 10_000)
    return actor


@pytest.fixture
def till(seller: Actor, open_till: OpenTill) -> Clerk:
    """The sale in front."""
    clerk = open_till()
    clerk.press("F5")
    clerk.on("sell")
    return clerk
