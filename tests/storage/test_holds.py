"""What a desk holds while it decides, no other till gets at: a server locks row by row."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from posapp.bootstrap import open_shop
from posapp.domain.base.clock import FixedClock
from posapp.storage.unit_of_work import UnitOfWork
from tests.factories import NOW, TILL
from tests.whole_shops import a_whole_shop

HOLDS = {
    "a bench": lambda uow: uow.bookings.hold(_key(uow, "resource")),
    "a booking": lambda uow: uow.bookings.lock(_key(uow, "booking")),
    "a counter": lambda uow: uow.counters.hold("PL"),
    "a customer": lambda uow: uow.customers.hold(_key(uow, "customer")),
    "customers of a merge": lambda uow: uow.merges.hold(_key(uow, "customer")),
    "a device": lambda uow: uow.devices.hold(_key(uow, "device")),
    "a loaner": lambda uow: uow.loaners.hold(_key(uow, "loaner")),
    "a sale": lambda uow: uow.orders.hold(_key(uow, "sale_order")),
    "a price of a repair": lambda uow: uow.repair_prices.hold(_key(uow, "repair_price")),
    "a shift": lambda uow: uow.shifts.hold(_key(uow, "shift")),
    "an item": lambda uow: uow.items.hold(_key(uow, "item")),
    "a ticket": lambda uow: uow.tickets.lock(_key(uow, "ticket")),
    "a walk-in": lambda uow: uow.walk_ins.hold(_key(uow, "walk_in")),
    "the door of the kiosks": lambda uow: uow.kiosk.hold_door(),
    "codes of items": lambda uow: uow.items.hold_codes(),
    "prices of repairs": lambda uow: uow.repair_prices.hold_all(),
    "taxes": lambda uow: uow.taxes.hold(),
    "the first user": lambda uow: uow.users.hold_first(),
    "the states of repairs": lambda uow: uow.ticket_states.hold(),
}


def _key(uow: UnitOfWork, table: str) -> int:
    return int(uow.connection.execute(text(f"SELECT min(id) FROM {table}")).scalar_one())


@pytest.mark.postgres
def test_what_one_till_holds_another_one_waits_for(postgres_place: str) -> None:
    shop, other = (open_shop(postgres_place, clock=FixedClock(NOW)) for _ in range(2))
    actor = shop.actor(TILL)
    a_whole_shop(shop, actor)
    free = []
    for name, hold in HOLDS.items():
        with shop.store.work(actor) as uow, other.store.work(actor) as waits:
            hold(uow)
            waits.connection.execute(text("SET LOCAL lock_timeout = '100ms'"))
            try:
                hold(waits)
            except DBAPIError as error:
                assert "lock timeout" in str(error.orig)
            else:
                free.append(name)
    assert free == []
    other.close()
    shop.close()
