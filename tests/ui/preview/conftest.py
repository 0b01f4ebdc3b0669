"""A till over a real shop, and further ones over the same."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from posapp.domain.bookings.bookings import Booking
from posapp.services.desks import Shop
from posapp.ui.theme import Theme
from tests.factories import TILL, a_booking, a_customer
from tests.fixtures import sqlite_place, sqlite_shop, sqlite_template
from tests.ui.preview.till import Till, open_till

__all__ = ["sqlite_place", "sqlite_shop", "sqlite_template"]


@pytest.fixture
def open_window(
    qtbot: QtBot, look: Theme, sqlite_shop: Shop, tmp_path: Path
) -> Iterator[Callable[..., Till]]:
    """Open a till over the shop; all are closed at the end."""
    tills: list[Till] = []

    def opened(**values: object) -> Till:
        tills.append(open_till(look, sqlite_shop, tmp_path / "drafts", qtbot, **values))  # type: ignore[arg-type]
        return tills[-1]

    yield opened
    for till in tills:
        till.window.close()


@pytest.fixture
def till(open_window: Callable[..., Till]) -> Till:
    """A till at 1366x768."""
    return open_window()


@pytest.fixture
def booking(sqlite_shop: Shop) -> Booking:
    """Marta's booking."""
    actor = sqlite_shop.actor(TILL)
    return a_booking(sqlite_shop, actor, a_customer(sqlite_shop, actor))
