"""merge: a customer with a thousand bookings and tickets becomes a part of another one, and is undone."""

import sqlite3
from functools import partial

from posapp.domain.base.actor import Actor
from posapp.domain.old_data.merging import Merge
from posapp.services.desks import Shop
from tests.benchmarks.histories import add_events
from tests.benchmarks.measure import Row, Times, show, timed
from tests.benchmarks.shops import copied, opened, raw

SURVIVOR, SIZES = 1, {2: 1_000, 3: 10_000}
NOBODY = 987_654_321
"""A key that no customer has."""
MOST_MS = 200.0
"""For a customer with 1,000 events; for others in proportion."""
ROUNDS = 5


def merge(customers: int) -> None:
    """Merge and undo in turn, a customer of each size; the yardstick moves the same rows to and fro."""
    rows = []
    with copied(customers) as place:
        connection = raw(place)
        for loser, events in SIZES.items():
            add_events(connection, loser, events)
        connection.execute(
            "UPDATE journal_head SET last_id = (SELECT max(id) FROM journal WHERE business_id = 1) "
            "WHERE business_id = 1"
        )
        with opened(place) as (shop, actor):
            for loser, events in SIZES.items():
                rows += _measured(shop, actor, connection, loser, events)
        connection.close()
    show(
        "merge (yardstick: UPDATE of the same rows by sqlite3)",
        rows,
        ("posapp p50", "yardstick p50", "ratio"),
    )


def _measured(shop: Shop, actor: Actor, connection: sqlite3.Connection, loser: int, events: int) -> list[Row]:
    there, back, barest = Times(), Times(), Times()
    order = Merge(survivor_id=SURVIVOR, loser_id=loser)
    for _ in range(ROUNDS):
        barest.add(timed(partial(_moved, connection, loser)))
        there.add(timed(partial(shop.merging.merge, actor, order)))
        [made] = shop.merging.of_customer(actor, SURVIVOR)
        back.add(timed(partial(shop.merging.unmerge, actor, made.id)))
    most = MOST_MS * events / SIZES[2]
    return [
        Row(
            f"{what}, {events:,} events",
            (f"{times.p50:.0f} ms", f"{barest.p50:.0f} ms", f"{times.p50 / barest.p50:.1f}"),
            f"<= {most:.0f} ms",
            times.p50 <= most,
        )
        for what, times in (("merge", there), ("undo", back))
    ]


def _moved(connection: sqlite3.Connection, loser: int) -> None:
    """The same rows to another customer and back, safe from a power cut."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("PRAGMA defer_foreign_keys = ON")
    for table in ("booking", "ticket"):
        for source, target in ((loser, NOBODY), (NOBODY, loser)):
            connection.execute(f"UPDATE {table} SET customer_id = ? WHERE customer_id = ?", (target, source))
    connection.execute("COMMIT")
