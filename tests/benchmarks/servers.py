"""postgres: the same search on PostgreSQL, against psycopg with the barest statements and against SQLite."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import psycopg

from posapp.services.care.demo import build_demo
from posapp.storage.counter.search import NEWEST, _postgres
from tests.benchmarks import barest
from tests.benchmarks.measure import BOTH, Case, Row, Times, compared, in_turn, show
from tests.benchmarks.searching import replay, statements_of, texts_of
from tests.benchmarks.shops import opened, postgres, raw, shop_file

ROUNDS = 5
WORDS = ("1 letter", "2 letters", "3 letters", "4 letters", "6 letters", "two words", "whole name")
Asked = list[tuple[str, dict[str, object]]]


def _replay(connection: "psycopg.Connection[Any]", asked: Asked) -> Callable[[], None]:
    spelled = [(_postgres(sql), values) for sql, values in asked]

    def run() -> None:
        for sql, values in spelled:
            connection.execute(sql, values).fetchall()

    return run


def _scans(connection: "psycopg.Connection[Any]", asked: Asked) -> list[str]:
    """Big tables read from end to end: a scan that its LIMIT will not stop early, as it finds too little."""
    found = []
    for sql, values in asked:
        for row in connection.execute("EXPLAIN " + _postgres(sql), values).fetchall():
            scan = re.search(r"Seq Scan on (customer|phone)\b.* rows=(\d+)", row[0])
            if scan and int(scan[2]) < 10 * NEWEST:
                found.append(row[0].strip())
    return found


def search(customers: int) -> None:
    """Every kind of text; a private server with its default settings."""
    kinds = texts_of(shop_file(customers), seed=13)
    with postgres() as place:
        print("filling PostgreSQL ...", flush=True)
        build_demo(place, customers)
        bare: psycopg.Connection[Any] = psycopg.connect(
            place.replace("postgresql+psycopg", "postgresql"), autocommit=True
        )
        lite = raw(shop_file(customers))
        rows, scanned = [], set()
        with opened(place) as (shop, actor):
            for kind, texts in kinds.items():
                times = {name: Times() for name in ("posapp", "own", "barest", "sqlite")}
                for text in dict.fromkeys(texts[:40]):
                    asked = statements_of(shop, actor, text)
                    scanned |= {f"{kind}: {scan}" for scan in _scans(bare, asked)}
                    cases: dict[str, Case] = {
                        "posapp": partial(shop.search.search, actor, text),
                        "own": _replay(bare, asked),
                        "barest": _replay(bare, [barest.search(kind, text, is_postgres=True)]),
                        "sqlite": replay(lite, [barest.search(kind, text)]),
                    }
                    for name, found in in_turn(cases, ROUNDS).items():
                        times[name].samples += found.samples
                rows.append(
                    compared(kind, times["posapp"], times["barest"], own=times["own"], most=1.5, spare=0.05)
                )
                if kind in WORDS:  # a look-up by key costs one way to the server, whatever it reads
                    of_limit = times["posapp"].p50 / times["sqlite"].p50
                    figures = ("", "", f"{of_limit:.2f}")
                    rows.append(Row("    to SQLite's limit", figures, "<= 6 x", of_limit <= 6))
        bare.close()
        lite.close()
    rows.append(Row("tables read from end to end", (str(len(scanned)),), "0", not scanned))
    show(f"postgres, {customers:,} customers (barest: one statement by psycopg)", rows, BOTH)
    for scan in sorted(scanned):
        print("   ", scan)
