"""history: the newest entries of a customer with ten thousand of them, against one merged page."""

import sqlite3
from collections.abc import Callable

from posapp.storage.figures.history import KINDS, START, statement_of
from tests.benchmarks import barest
from tests.benchmarks.measure import BOTH, Case, compared, in_turn, show
from tests.benchmarks.shops import copied, opened, raw

ROUNDS = 400
PAGE = 50


def add_events(connection: sqlite3.Connection, customer: int, events: int) -> None:
    """Give a customer eight bookings and a ticket for every change, spread over the years before today."""
    connection.execute("BEGIN IMMEDIATE")
    last, number = connection.execute("SELECT max(id), max(number) FROM booking").fetchone()
    row = connection.execute("SELECT * FROM booking WHERE id = 1").fetchone()
    names = [column[1] for column in connection.execute("PRAGMA table_info(booking)")]
    first = row[names.index("starts_at")]
    for at in range(events * 8 // 10):
        values = dict(zip(names, row, strict=True))
        starts = first + at * 3_600_000_000
        values |= {
            "id": last + at + 1,
            "number": number + at + 1,
            "customer_id": customer,
            "starts_at": starts,
        }
        values |= {"ends_at": starts + 1_800_000_000, "busy_until": starts + 1_800_000_000}
        marks = ", ".join(f":{name}" for name in names)
        connection.execute(f"INSERT INTO booking ({', '.join(names)}) VALUES ({marks})", values)
    _add_tickets(connection, customer, first, events // 10)
    entry = connection.execute("SELECT max(id) FROM journal WHERE business_id = 1").fetchone()[0]
    for at in range(events // 10):
        starts = first + at * 36_000_000_000 + 1
        connection.execute(
            "INSERT INTO journal (id, at, business_id, till, action, subject, subject_id, body, hash) "
            "VALUES (?, ?, 1, 'Till 1', 'customer.edited', 'customer', ?, '{}', '')",
            (entry + at + 1, starts, customer),
        )
    connection.execute("COMMIT")


def _add_tickets(connection: sqlite3.Connection, customer: int, first: int, tickets: int) -> None:
    """Copy the first ticket with its job and device, ten hours between each."""
    for at in range(1, tickets + 1):
        made = first + at * 36_000_000_000 + 2
        keys: list[int] = []
        for table in ("ticket", "device", "job"):
            names = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
            row = dict(
                zip(names, connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone(), strict=True)
            )
            row["id"] = connection.execute(f"SELECT max(id) + 1 FROM {table}").fetchone()[0]
            row["created_at"] = made
            changes = {
                "ticket": {"number": row["id"], "customer_id": customer},
                "device": {"serial": "", "serial_key": "", "imei": ""},
                "job": dict(zip(("ticket_id", "device_id"), keys, strict=False)),
            }
            row |= changes[table]
            keys.append(row["id"])
            marks = ", ".join(f":{name}" for name in row)
            connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", row)


def _bare(connection: sqlite3.Connection, customer: int) -> Callable[[], object]:
    values = {"customer": customer, "limit": PAGE}
    return lambda: connection.execute(barest.HISTORY, values).fetchall()


def _own(connection: sqlite3.Connection, customer: int) -> Callable[[], object]:
    sql, order = statement_of(frozenset(KINDS.values())).spelled()
    at, rank, key = START
    values = {"business": 1, "customer": customer, "at": at, "rank": rank, "key": key, "limit": PAGE + 1}
    bound = [values.get(name, default) for name, default in order]
    return lambda: connection.execute(sql, bound).fetchall()


def history(customers: int) -> None:
    """A page of fifty from a long and from a shorter story."""
    with copied(customers) as file:
        connection = raw(file)
        long, short = 2, 3
        add_events(connection, long, 10_000)
        add_events(connection, short, 1_000)
        with opened(file) as (shop, actor):
            middle = shop.history.page(actor, long, limit=5_000).next_mark
            cases: dict[str, Case] = {
                "10k": lambda: shop.history.page(actor, long, limit=PAGE),
                "1k": lambda: shop.history.page(actor, short, limit=PAGE),
                "later page": lambda: shop.history.page(actor, long, limit=PAGE, mark=middle),
                "raw 10k": _bare(connection, long),
                "own 10k": _own(connection, long),
            }
            times = in_turn(cases, ROUNDS, warm_up=5)
        connection.close()
    bare, own = times["raw 10k"], times["own 10k"]
    rows = [
        compared("newest 50 of 10,000 events", times["10k"], bare, own=own, most=2),
        compared("50 from the middle of them", times["later page"], bare, own=own, most=2),
        compared("10,000 events against 1,000", times["10k"], times["1k"], own=own, most=1.5),
    ]
    show(f"history, {customers:,} customers (barest: one merged page on raw sqlite3)", rows, BOTH)
