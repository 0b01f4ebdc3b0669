"""Reads statements: does each say of every table whose rows it means?"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from posapp.storage.base.database import Database
from posapp.storage.base.records import Now, Written
from posapp.storage.base.tables import metadata

OWNED = {table.name for table in metadata.tables.values() if "business_id" in table.c}
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
    """The statements that a database is asked on the way of `database.connection` until the block ends.

    Without those by which the journal reads, by its whole key, what was written a moment before.
    """
    said: list[str] = []
    read, is_reading_again = Written._read, False

    def hear(statement: str) -> None:
        if not is_reading_again:
            said.append(statement)

    def hear_core(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        hear(statement)

    def read_again(written: Written, now: Now) -> None:
        nonlocal is_reading_again
        is_reading_again = True
        try:
            read(written, now)
        finally:
            is_reading_again = False

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Written, "_read", read_again)
        if not database.is_sqlite:
            event.listen(database.engine, "before_cursor_execute", hear_core)
            yield said
            event.remove(database.engine, "before_cursor_execute", hear_core)
            return
        with database.connection(writes=False) as connection:
            driver: Any = connection.connection.driver_connection
        driver.set_trace_callback(hear)  # the quick way to the driver is heard only there
        yield said
        driver.set_trace_callback(None)


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
