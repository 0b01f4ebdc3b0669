"""open: a customer at the counter, a ticket and the day of the front desk, against the barest statements."""

import random
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from posapp.domain.base.clock import day_number, to_us
from posapp.services.care.demo import ZONE
from posapp.services.counter.counter import EVENTS
from tests.benchmarks import barest
from tests.benchmarks.measure import Case, Row, Times, compared, in_turn, show
from tests.benchmarks.shops import opened, raw, shop_file

ROUNDS, SHOWN = 20, 30
"""So often each of so many records is opened."""
MOST_MS = 16
"""A frame: what is opened by a key should stand in it."""
Values = dict[str, object]


def _bare(connection: sqlite3.Connection, statements: Sequence[str], values: Values) -> Case:
    """The barest statements in one transaction on bare sqlite3, without making anything of the rows."""

    def run() -> None:
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement, values).fetchall()
        connection.execute("COMMIT")

    return run


def _row(what: str, openings: Sequence[tuple[Case, Case]]) -> Row:
    posapp, bare = Times(), Times()
    for ours, barest_ones in openings:
        times = in_turn({"posapp": ours, "barest": barest_ones}, ROUNDS)
        posapp.samples += times["posapp"].samples
        bare.samples += times["barest"].samples
    found = compared(what, posapp, bare, most=2)
    is_met = bool(found.is_met) and posapp.p99 <= MOST_MS
    return Row(found.what, found.figures, f"{found.goal}; p99 {MOST_MS} ms", is_met)


def of_day(connection: sqlite3.Connection, now: datetime) -> Values:
    """The moments between which the front desk's day looks, and the state of devices that wait."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    since, until, after = (to_us(today + timedelta(days=ahead)) for ahead in (0, 2, 6))
    last = day_number((today + timedelta(days=14)).date())
    [ready] = connection.execute("SELECT id FROM ticket_state WHERE code = 'ready'").fetchone()
    values = {"since": since, "until": until, "after": after, "last": last, "ready": ready}
    return {**values, "first": day_number(today.date())}


def opening(customers: int) -> None:
    """What a key opens."""
    file = shop_file(customers)
    connection = raw(file)
    dice = random.Random(17)
    keys = [dice.randint(1, customers) for _ in range(SHOWN)]
    with opened(file) as (shop, actor):
        day = of_day(connection, datetime.now(ZoneInfo(ZONE)))
        found: list[tuple[Case, Case]] = []
        tickets: list[tuple[Case, Case]] = []
        for key in keys:
            of_customer = _bare(connection, barest.CUSTOMER, {**day, "customer": key, "limit": EVENTS})
            found.append((partial(shop.counter.at_counter, actor, key), of_customer))
            of_ticket = _bare(connection, barest.TICKET, {"ticket": key, "number": key})
            tickets.append((partial(shop.tickets.whole, actor, f"T{key}"), of_ticket))
        the_day = [(partial(shop.counter.day, actor), _bare(connection, barest.DAY, day))]
        rows = [_row("customer", found), _row("ticket", tickets), _row("the day", the_day)]
    connection.close()
    show(f"open, {customers:,} customers (barest: a statement for each thing shown, on raw sqlite3)", rows)
