"""duplicates: comparing all customers of a shop, against rapidfuzz alone over as many pairs of names."""

import sqlite3
import time
from collections.abc import Callable
from itertools import islice, pairwise

from rapidfuzz import fuzz

from posapp.domain.base.actor import Actor
from posapp.domain.base.folding import fold
from posapp.domain.old_data.duplicates import Traits
from posapp.services.desks import Shop
from posapp.services.old_data.finding import Finder
from posapp.storage.old_data.duplicates import Duplicates
from tests.benchmarks.measure import Row, show
from tests.benchmarks.shops import copied, opened, raw

MOST_SECONDS_A_CUSTOMER = 120 / 100_000


def _make_alike(connection: sqlite3.Connection) -> None:
    """Two of three customers get an e-mail, half an address, and each tenth is the one before, mistyped."""
    connection.execute("BEGIN IMMEDIATE")
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.execute("UPDATE customer SET email = 'c' || id || '@example.com' WHERE id % 3")
    connection.execute(
        "UPDATE customer SET address = (id % 180) || ' S' || (id % 977) || ' Street, Dublin ' || (id % 24) "
        "WHERE id % 2"
    )
    connection.execute(
        "UPDATE customer SET name = substr(b.name, 1, length(b.name) - 2) || substr(b.name, -1), "
        "name_fold = fold(substr(b.name, 1, length(b.name) - 2) || substr(b.name, -1)), email = b.email, "
        "address = b.address FROM customer b WHERE b.id = customer.id - 1 AND customer.id % 10 = 0"
    )
    connection.execute("COMMIT")


def duplicates(customers: int) -> None:
    """One look over a shop of that size, and the same pairs by rapidfuzz alone."""
    with copied(customers) as place:
        connection = raw(place)
        _make_alike(connection)
        names = [name for (name,) in connection.execute("SELECT name_fold FROM customer ORDER BY id")]
        connection.close()
        with opened(place) as (shop, actor):
            started = time.perf_counter()
            found = shop.duplicates.look_again(actor)
            took = time.perf_counter() - started
            compared = _compared(shop, actor)
    started = time.perf_counter()
    pairs = 0
    while pairs < compared:
        for a, b in islice(pairwise(names), compared - pairs):
            fuzz.ratio(a, b, score_cutoff=86)
            pairs += 1
    barest = time.perf_counter() - started
    figures = (
        f"{took:.1f} s",
        f"{compared:,} compared, {found:,} found",
        f"{barest:.2f} s",
        f"{took / max(barest, 1e-9):.0f}",
    )
    most = MOST_SECONDS_A_CUSTOMER * customers
    show(
        "duplicates (yardstick: rapidfuzz alone over as many names)",
        [Row(f"all {customers:,} customers", figures, f"<= {most:.0f} s", is_met=took <= most)],
        ("posapp", "pairs", "yardstick", "ratio"),
    )


def _compared(shop: Shop, actor: Actor) -> int:
    """How many pairs a look compares."""

    def read(ask: Callable[[Duplicates], list[Traits]]) -> list[Traits]:
        with shop.store.look(actor) as uow:
            return ask(uow.duplicates)

    with shop.store.look(actor) as uow:
        count, last = uow.duplicates.extent()
    finder = Finder(read, customers=count, last=last)
    for _ in finder.pairs():
        pass
    return finder.compared
