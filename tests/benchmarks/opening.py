"""open: a customer at the counter, a ticket and the day of the front desk, against their bare statements."""

import random
import sqlite3
from collections.abc import Callable
from functools import partial

from posapp.services.desks import Shop
from tests.benchmarks.measure import Case, Row, Times, compared, in_turn, show
from tests.benchmarks.shops import opened, raw, shop_file

ROUNDS, SHOWN = 20, 30
"""So often each of so many records is opened."""
MOST_MS = 16
"""A frame: what is opened by a key should stand in it."""
_FRAMES = ("BEGIN", "COMMIT", "ROLLBACK")


def _statements(shop: Shop, opening: Case) -> list[str]:
    """The statements of one opening, their values in them."""
    with shop.store.database.connection(writes=False) as connection:
        driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    said: list[str] = []
    driver.set_trace_callback(said.append)
    opening()
    driver.set_trace_callback(None)
    return [one for one in said if not one.startswith(_FRAMES)]


def _replay(connection: sqlite3.Connection, statements: list[str]) -> Callable[[], None]:
    """The same in one transaction on bare sqlite3, without making anything of the rows."""

    def run() -> None:
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement).fetchall()
        connection.execute("COMMIT")

    return run


def _row(what: str, shop: Shop, connection: sqlite3.Connection, openings: list[Case]) -> Row:
    posapp, bare, most = Times(), Times(), 0
    for opening in openings:
        statements = _statements(shop, opening)
        most = max(most, len(statements))
        times = in_turn({"posapp": opening, "raw": _replay(connection, statements)}, ROUNDS)
        posapp.samples += times["posapp"].samples
        bare.samples += times["raw"].samples
    found = compared(f"{what}, {most} statements", posapp, bare, most=2)
    is_met = bool(found.is_met) and posapp.p99 <= MOST_MS
    return Row(found.what, found.figures, f"{found.goal}; p99 {MOST_MS} ms", is_met)


def opening(customers: int) -> None:
    """What a key opens."""
    file = shop_file(customers)
    connection = raw(file)
    dice = random.Random(17)
    keys = [dice.randint(1, customers) for _ in range(SHOWN)]
    with opened(file) as (shop, actor):
        customers_of: list[Case] = [partial(shop.counter.at_counter, actor, key) for key in keys]
        tickets: list[Case] = [partial(shop.tickets.whole, actor, f"T{key}") for key in keys]
        rows = [
            _row("customer", shop, connection, customers_of),
            _row("ticket", shop, connection, tickets),
            _row("the day", shop, connection, [partial(shop.counter.day, actor)]),
        ]
    connection.close()
    show(f"open, {customers:,} customers (yardstick: its own statements on raw sqlite3)", rows)
