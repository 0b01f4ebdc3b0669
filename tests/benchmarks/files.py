"""demo, size: how long a shop takes to build and how much room it takes, against bare sqlite3."""

import os
import sqlite3
import tempfile
import time
from pathlib import Path

from posapp.services.care.demo import build_demo
from posapp.storage.base.sql_extras import SQLITE_SEARCH_FILL, SQLITE_SEARCH_TRIGGERS
from posapp.storage.base.sql_words import JOB_WORDS_FILL, JOB_WORDS_TRIGGERS
from posapp.storage.old_data.bulk import BUILDING
from tests.benchmarks.measure import Row, Times, compared, show
from tests.benchmarks.shops import folder, raw, shop_file


def _tables(source: sqlite3.Connection) -> list[tuple[str, str]]:
    """Names and definitions of the plain tables."""
    return [
        (name, sql)
        for name, sql in source.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if "_words" not in name and not name.startswith("sqlite_")
    ]


def _indexes(source: sqlite3.Connection) -> list[tuple[str, str]]:
    return source.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql <> '' ORDER BY name"
    ).fetchall()


def _bulk_load(source_file: Path, file: Path) -> None:
    """The barest load of the same rows, indexes and search entries; the rows lie ready in another file."""
    source = raw(source_file)
    made = sqlite3.connect(file, isolation_level=None)
    for pragma in (*BUILDING, "temp_store=MEMORY"):
        made.execute(f"PRAGMA {pragma}")
    made.execute("BEGIN IMMEDIATE")
    for name, sql in _tables(source):
        made.execute(sql)
        found = source.execute(f"SELECT * FROM {name}")
        marks = ", ".join("?" * len(found.description))
        made.executemany(f"INSERT INTO {name} VALUES ({marks})", found)
    for _, sql in _indexes(source):
        made.execute(sql)
    for index, fill, values in (
        ("customer_words", SQLITE_SEARCH_FILL, (0,)),
        ("job_words", JOB_WORDS_FILL, ()),
    ):
        [sql] = source.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()
        made.execute(sql)
        made.execute(fill, values)
        made.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")
    for sql in (*SQLITE_SEARCH_TRIGGERS.values(), *JOB_WORDS_TRIGGERS.values()):
        made.execute(sql)
    made.execute("COMMIT")
    made.close()
    source.close()
    handle = os.open(file, os.O_RDWR)
    os.fsync(handle)
    os.close(handle)


def demo(customers: int) -> None:
    """Building a shop, twice each, in turn."""
    source = shop_file(customers)
    posapp, yardstick = Times(), Times()
    for _ in range(2):
        with tempfile.TemporaryDirectory(dir=folder()) as place:
            started = time.perf_counter()
            build_demo(Path(place) / "shop.db", customers)
            posapp.add((time.perf_counter() - started) * 1000)
        with tempfile.TemporaryDirectory(dir=folder()) as place:
            started = time.perf_counter()
            _bulk_load(source, Path(place) / "bare.db")
            yardstick.add((time.perf_counter() - started) * 1000)
    show(
        f"demo, {customers:,} customers (yardstick: sqlite3 loads the same rows, indexes and search entries)",
        [compared("build", posapp, yardstick, most=3)],
    )


def size(customers: int) -> None:
    """The file, beside one with the same tables and only the keys that rules need."""
    file = shop_file(customers)
    source = raw(file)
    source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with tempfile.TemporaryDirectory(dir=folder()) as place:
        bare_file = Path(place) / "bare.db"
        bare = sqlite3.connect(bare_file, isolation_level=None)
        bare.execute("PRAGMA synchronous=OFF")
        bare.execute("ATTACH ? AS source", (str(file),))
        for name, sql in _tables(source):
            bare.execute(sql)
            bare.execute(f"INSERT INTO main.{name} SELECT * FROM source.{name}")
        for name, sql in _indexes(source):
            if name.startswith("uq_"):
                bare.execute(sql)
        bare.execute("DETACH source")
        bare.execute("VACUUM")
        bare.close()
        ours, theirs = file.stat().st_size, bare_file.stat().st_size
    source.close()
    ratio = ours / theirs
    figures = (f"{ours / customers:.0f} B", f"{theirs / customers:.0f} B", f"{ratio:.2f}")
    show(
        f"size, {customers:,} customers three bookings and a ticket each (yardstick: tables and their keys)",
        [Row("bytes a customer", figures, "<= 1.35 x", ratio <= 1.35)],
        ("posapp", "yardstick", "ratio"),
    )
