"""What every rule of `verify` stands on: the snapshot, faults as rows, and what the journal tells.

A rule is asked of all rows in one pass wherever SQL can say what is wrong, and streams where it cannot.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, text

from posapp.domain.base.clock import to_us
from posapp.storage.base.manifests import Manifest
from posapp.storage.base.verify_journal import JournalStory, read_story
from posapp.storage.base.verify_replay import Replay

_Read = TypeVar("_Read")
EXAMPLES = 5
HOUR = 3_600_000_000
DAY = 24 * HOUR
"""Microseconds. Clocks of tills differ a little, so moments that two tills wrote are compared with an hour's
or a day's patience; moments of one transaction must be equal."""


@dataclass(slots=True)
class Finding:
    """What one rule looked at and what is wrong; `examples` are the first faults, people by PL ID only."""

    checked: int = 0
    failed: int = 0
    examples: list[str] = field(default_factory=list)

    def blame(self, faults: Iterable[str]) -> "Finding":
        """Count faults and keep the first few."""
        for fault in faults:
            self.failed += 1
            if len(self.examples) < EXAMPLES:
                self.examples.append(fault)
        return self


@dataclass(frozen=True, slots=True)
class Sift:
    """Conditions that no row of a table or join may meet, asked of all rows in one pass.

    `shown` are the columns that fill the words of a condition; each row must come once.
    """

    source: str
    shown: str
    conditions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A question whose every row is a fault; `words` are filled with its columns."""

    words: str
    sql: str


@dataclass(frozen=True, slots=True)
class Question:
    """A rule that SQL alone can answer: what is counted, and by which rows it is broken."""

    code: str
    sentence: str
    counted: str
    faults: tuple[Sift | Listed, ...]

    def __call__(self, asking: "Asking") -> Finding:
        """Ask it."""
        found = Finding(asking.count(self.counted))
        for one in self.faults:
            asking.put(found, one)
        return found


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the journal as the rules use it; `key` is that of its subject."""

    key: int
    at: int
    action: str
    ref: str
    before: dict[str, Any]
    after: dict[str, Any]


class Asking:
    """A snapshot of a database at a moment, and how rules ask it."""

    def __init__(
        self, connection: Connection, now: datetime, *, is_sqlite: bool, backups: Iterable[Manifest] = ()
    ) -> None:
        """`backups` are what lies beside copies of this database, as far as they are known."""
        self.connection = connection
        self.backups = tuple(backups)
        self.now = to_us(now)
        self.is_sqlite = is_sqlite
        self.differs = "IS NOT" if is_sqlite else "IS DISTINCT FROM"
        self._open: list[CursorResult[Any] | sqlite3.Cursor] = []
        self._known: dict[Callable[[Asking], Any], Any] = {}

    def once(self, read: "Callable[[Asking], _Read]") -> "_Read":
        """What several rules need and is read once; where that fails it fails each of them."""
        if read not in self._known:
            self._known[read] = read(self)
        found: _Read = self._known[read]
        return found

    def rows(self, sql: str, **values: object) -> Iterable[Any]:
        """The rows of a question, streamed."""
        wanted = text(sql).execution_options(yield_per=10_000)
        result = self.connection.execute(wanted, values)
        self._open.append(result)
        return result

    def tuples(self, sql: str) -> Iterable[tuple[Any, ...]]:
        """The rows of a question about millions of records, as cheaply as the driver gives them."""
        if not self.is_sqlite:
            return self.rows(sql)
        driver = self.connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        cursor = driver.execute(sql)
        self._open.append(cursor)
        return cursor

    def rest(self) -> None:
        """Close what a rule that failed has not read to its end."""
        for stream in self._open:
            stream.close()
        self._open.clear()

    def count(self, sql: str) -> int:
        """The one number that a question answers."""
        return int(self.connection.execute(text(sql)).scalar_one())

    def put(self, found: Finding, one: Sift | Listed) -> None:
        """Ask for faults and blame them on a finding."""
        if isinstance(one, Listed):
            found.blame(one.words.format(*row) for row in self.rows(self._said(one.sql)))
            return
        counts = ", ".join(f"count(*) FILTER (WHERE {where})" for _, where in one.conditions)
        [row] = self.rows(self._said(f"SELECT {counts} FROM {one.source}"))
        for broken, (words, where) in zip(row, one.conditions, strict=True):
            if broken:
                some = f"SELECT {one.shown} FROM {one.source} WHERE {where} LIMIT {EXAMPLES}"
                shown = [words.format(*fault) for fault in self.rows(self._said(some))]
                found.failed += broken - len(shown)
                found.blame(shown)

    def _said(self, sql: str) -> str:
        """The question with what differs between the databases, and with the moment of asking."""
        return (
            sql.replace("{differs}", self.differs)
            .replace("{soon}", str(self.now + DAY))
            .replace("{past}", str(self.now - DAY))
        )

    # -- what the journal tells ----------------------------------------------------------------------
    @cached_property
    def story(self) -> JournalStory:
        """The whole journal, read once."""
        return read_story(self.connection)

    @cached_property
    def replay(self) -> Replay:
        """The records as the journal left them, all its entries heard."""
        return Replay(self.connection, is_sqlite=self.is_sqlite).read()

    def told(self, subject: str) -> Iterator[Told]:
        """Everything noted about the records of one kind: by record, in the order of the writing."""
        wanted = (
            f"SELECT subject_id, at, action, body FROM journal WHERE subject = '{subject}' "
            "ORDER BY subject_id, id"  # not by time: a clock may be set back
        )
        for key, at, action, body in self.tuples(wanted):
            said = _object(body)
            before, after = said.get("before"), said.get("after")
            yield Told(key, at, action, str(said.get("ref", "")), _dict(before), _dict(after))

    def beside(self, subject: str, sql: str) -> Iterator[tuple[int, list[Told], list[tuple[Any, ...]]]]:
        """Records and what the journal tells of each, in step; either side may be empty.

        The question gives the record's key first, in order.
        """
        told = groupby(self.told(subject), attrgetter("key"))
        records = groupby(self.tuples(sql), itemgetter(0))
        one, other = next(told, None), next(records, None)
        while one is not None or other is not None:
            if other is None or (one is not None and one[0] < other[0]):
                assert one is not None
                yield one[0], list(one[1]), []
                one = next(told, None)
            elif one is None or other[0] < one[0]:
                yield other[0], [], list(other[1])
                other = next(records, None)
            else:
                yield one[0], list(one[1]), list(other[1])
                one, other = next(told, None), next(records, None)


def _object(written: str) -> dict[str, Any]:
    try:
        return _dict(json.loads(written))
    except ValueError:
        return {}  # the journal's own rule says that this entry is damaged


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


Rule = tuple[str, str, Callable[[Asking], Finding]]
"""A question of `verify`: its code, what holds in a sentence, and what asks it."""
