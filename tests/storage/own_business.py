"""Reads statements: does each say of every table whose rows it means?"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from posapp.storage.database import Database
from posapp.storage.tables import metadata

OWNED = {table.name for table in metadata.tables.values() if "business_id" in table.c} - {"journal"}
_TEXTS = re.compile(r"'(?:[^']|'')*'")
_PLACE = re.compile(
    r"\b(?:FROM|JOIN|UPDATE|INTO)\s+(?:main\.)?\"?(\w+)\"?(?:\s+(?:AS\s+)?\"?(\w+)\"?)?", re.I
)
_NO_ALIAS = {
    "on",
    "where",
    "set",
    "join",
    "left",
    "cross",
    "order",
    "group",
    "limit",
    "values",
    "for",
    "using",
}
_TIED = re.compile(r"\(?\+?(?:(\w+)\.)?business_id\)?\s*=\s*\(?(?:(\w+)\.business_id\b|[^\s(]+)", re.I)


@contextmanager
def heard(database: Database) -> Iterator[list[str]]:
    """The statements that a database is asked on the way of `database.connection` until the block ends."""
    said: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        said.append(statement)

    if database.is_sqlite:  # the quick way to the driver is heard only there
        with database.connection(writes=False) as connection:
            driver: Any = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.set_trace_callback(said.append)
        yield said
        driver.set_trace_callback(None)
        return
    event.listen(database.engine, "before_cursor_execute", hear)
    yield said
    event.remove(database.engine, "before_cursor_execute", hear)


def ownerless(statement: str) -> set[str]:
    """The tables of a statement of which it does not say whose rows it means, each by its name in it."""
    words = _TEXTS.sub("''", statement)
    if words.lstrip().startswith("--"):
        return set()  # what a trigger does
    return {name for part in re.split(r"\bUNION ALL\b", words) for name in _ownerless(part)}


def named_in(words: str) -> dict[str, str]:
    """The tables of a statement by their names in it."""
    return {
        table if not alias or alias.lower() in _NO_ALIAS else alias: table
        for table, alias in _PLACE.findall(words)
    }


def _ownerless(words: str) -> set[str]:
    tables = {name: table for name, table in named_in(words).items() if table in OWNED}
    if words.lstrip().upper().startswith("INSERT"):
        head = words.partition(")")[0]
        return set() if "business_id" in head else set(tables)
    known: set[str] = set()
    pairs: list[tuple[str, str]] = []
    for one, other in _TIED.findall(words):
        if other:
            pairs.append((one, other))
        else:
            known.add(one or next(iter(tables), ""))
    for _ in pairs:  # a table that is joined by its business is as good as what it is joined with
        known |= {name for pair in pairs if known & set(pair) for name in pair}
    return set(tables) - known
