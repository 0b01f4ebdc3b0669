"""The till of the preview's tests, and customers with long stories."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select

from posapp.domain.customers.customers import Customer
from posapp.services.desks import Shop
from posapp.storage.bookings.tables import booking
from tests.factories import TILL, a_booking, a_customer
from tests.ui.preview.conftest import open_window, sqlite_place, sqlite_shop, sqlite_template, till

__all__ = ["open_window", "sqlite_place", "sqlite_shop", "sqlite_template", "till"]

DAY_US = 86_400_000_000


@pytest.fixture
def marta(sqlite_shop: Shop) -> Customer:
    """A customer with one change, her creation, and three bookings."""
    actor = sqlite_shop.actor(TILL)
    customer = a_customer(sqlite_shop, actor)
    for _ in range(3):
        a_booking(sqlite_shop, actor, customer, note="Steam Deck")
    return customer


@pytest.fixture
def regular(sqlite_shop: Shop, marta: Customer) -> Callable[[int], Customer]:
    """Marta, who has come every day for so many days."""

    def come(days: int) -> Customer:
        actor = sqlite_shop.actor(TILL)
        with sqlite_shop.store.work(actor) as uow:
            last = uow.connection.execute(select(booking).order_by(booking.c.id.desc())).first()
            assert last is not None
            rows = []
            for day in range(1, days + 1):
                row = dict(last._mapping)
                number = 10_000 + day
                wall = datetime.fromisoformat(last.wall_start) - timedelta(days=day)
                row.update(
                    id=last.id + day, number=number, status="done", wall_start=f"{wall:%Y-%m-%dT%H:%M}"
                )
                for column in ("starts_at", "ends_at", "busy_until"):
                    row[column] -= day * DAY_US
                rows.append(row)
            uow.connection.execute(insert(booking), rows)
            uow.commit()
        return marta

    return come
