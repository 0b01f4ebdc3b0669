"""Demonstration shops to measure on, built once for each size and kept between runs.

POSAPP_BENCH_DIR says where (default: posapp-benchmarks in the folder for temporary files). A change of the
schema or of the demo data asks for new ones.
"""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from posapp import bootstrap
from posapp.domain.base.actor import Actor
from posapp.services.care.demo import build_demo
from posapp.services.desks import Shop
from posapp.storage.base.database import PRAGMAS

ROOT = Path(__file__).resolve().parents[2]
_MADE_BY = (
    "domain/base/images.py",
    "storage/base/records.py",
    "storage/tables.py",
    "storage/*/tables.py",
    "storage/base/sql_extras.py",
    "storage/base/sql_words.py",
    "services/care/demo*.py",
    "../resources/names/people.txt",
    "storage/migrations/versions/*.py",
)
TILL = "Till 1"
_FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "--")
"""What frames a transaction is none of a page's reading."""


def folder() -> Path:
    """Where shops are kept."""
    named = os.environ.get("POSAPP_BENCH_DIR")
    path = Path(named) if named else Path(tempfile.gettempdir()) / "posapp-benchmarks"
    path.mkdir(parents=True, exist_ok=True)
    return path


@cache
def _edition() -> str:
    digest = hashlib.sha256()
    for pattern in _MADE_BY:
        for path in sorted((ROOT / "posapp").glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def shop_file(customers: int) -> Path:
    """The file of a shop of that size, built if need be."""
    file = folder() / f"shop-{customers}-{_edition()}.db"
    if not file.exists():
        for old in folder().glob(f"shop-{customers}-*.db*"):
            old.unlink()
        print(f"building a shop of {customers:,} customers ...", flush=True)
        started = time.perf_counter()
        build_demo(file, customers)
        print(f"  {time.perf_counter() - started:.1f} s, {file.stat().st_size / 1e6:.0f} MB", flush=True)
    return file


@contextmanager
def opened(place: Path | str) -> Iterator[tuple[Shop, Actor]]:
    """The shop with its desks, and an actor at its till."""
    shop = bootstrap.open_shop(place)
    try:
        yield shop, shop.actor(TILL)
    finally:
        shop.close()


@contextmanager
def copied(customers: int) -> Iterator[Path]:
    """A copy of a shop that may be written to."""
    with tempfile.TemporaryDirectory(dir=folder()) as place:
        copy = Path(place) / "shop.db"
        shutil.copyfile(shop_file(customers), copy)
        yield copy


def raw(file: Path) -> sqlite3.Connection:
    """The barest connection, with the program's own settings."""
    connection = sqlite3.connect(file, isolation_level=None, cached_statements=512)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a private PostgreSQL server's empty database."""
    tool = [sys.executable, str(ROOT / "tests/tools/throwaway-postgres"), "--until-eof"]
    with subprocess.Popen(tool, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin and server.stdout
        try:
            line = server.stdout.readline().removeprefix("export ").strip()
            if not line:
                raise SystemExit("PostgreSQL is not installed: apt-get install postgresql-15")
            yield line.partition("=")[2]
        finally:
            server.stdin.close()
            server.stdout.read()


def statements_of(shop: Shop, actor: Actor, case: Callable[[], object]) -> list[str]:
    """What a desk sends with its values, as SQLite gets it."""
    said: list[str] = []
    with shop.store.look(actor) as uow:
        driver = uow.connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.set_trace_callback(said.append)
    try:
        case()
    finally:
        driver.set_trace_callback(None)
    found = [one for one in said if not one.lstrip().upper().startswith(_FRAME)]
    assert found, "it was read on another connection"
    return found
