"""Do the records stand as the journal left them? Every entry is heard, then each record is asked.

What entries say of records is kept in a scratch file of SQLite's, so that a journal of any length fits into
memory; it is put in order there, record by record. A record that no entry tells of must be one of those that
its chain counted when they came in one go (demo data, an import, an upgrade from a program that kept no
images): all of them together have their count and weight. What this cannot find: changes of counted records
that leave the weight as it was (a text of another spelling with as many letters and the same one in its
middle; two changes that outweigh each other). From its first entry on a record is known by its digests, and
nothing about it escapes.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table, select, text, tuple_

from posapp.domain.base.clock import from_us
from posapp.domain.base.images import Shape, Values, personal_digest
from posapp.storage.base.journal import OPEN
from posapp.storage.base.records import (
    count_records,
    kept_columns,
    key_columns,
    kind_of,
    place_of,
    watched_tables,
)
from posapp.storage.base.tables import metadata
from posapp.storage.base.verify_journal import entries_of, read_body

_SCRATCH = (
    "PRAGMA cache_size = -65536",
    "CREATE TABLE told (place INTEGER, name TEXT, entry INTEGER, digest_before TEXT, digest TEXT, "
    "weight INTEGER, personal TEXT, salt TEXT)",
    "CREATE TABLE last (place INTEGER, kind TEXT, name TEXT, digest TEXT, personal TEXT, salt TEXT, "
    "entry INTEGER, PRIMARY KEY (place, kind, name)) WITHOUT ROWID",
)
_TELL = "INSERT INTO told VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_TELLING = ('"rows":{', '"base":{', '"more":{', '"less":{')
_PORTION = 20_000
_Told = tuple[int, str, int, Any, Any, Any, Any, str | None]
"""Chain, record and entry; the digests before and after, the weight before; of what is personal the digest
(None where it stayed as it was) and its salt."""


@dataclass(slots=True)
class _Base:
    """The records of a table that came in one go and have no entry since: how many, and their weight."""

    count: int = 0
    weight: int = 0
    at: int = 0


class Replay:
    """Hears what the journal says of records, then compares the records with it."""

    def __init__(self, connection: Connection, *, is_sqlite: bool) -> None:
        self._connection = connection
        self._is_sqlite = is_sqlite
        self._scratch = sqlite3.connect("")
        for statement in _SCRATCH:
            self._scratch.execute(statement)
        self._heard: list[_Told] = []
        self._bases: dict[tuple[int, str], _Base] = {}
        self._at: dict[int, int] = {}
        self._faults: list[tuple[int, str]] = []
        self._tables = {table.name: table for table in watched_tables(metadata.tables)}

    # -- hearing -----------------------------------------------------------------------------------
    def read(self) -> "Replay":
        """Hear all entries of all chains in order."""
        for business, number, at, *_, body, _, salt, _ in entries_of(self._connection):
            if any(map(body.__contains__, _TELLING)):
                self._hear(business, number, at, read_body(body), salt or "")
        self._settle()
        return self

    def _hear(self, chain: int, entry: int, at: int, body: Mapping[str, Any], salt: str) -> None:
        # Only noted: all of it is gone through record by record.
        rows, base = body.get("rows"), body.get("base")
        if isinstance(rows, dict):
            heard = self._heard
            for name, told in rows.items():
                if isinstance(told, list) and len(told) >= OPEN:
                    is_personal = len(told) > OPEN
                    personal = (told[OPEN], salt) if is_personal else (None, None)
                    heard.append((chain, name, entry, told[0], told[1], told[2], *personal))
            if len(heard) > _PORTION:
                self._keep()
        if isinstance(base, dict):
            self._settle(chain)
            self._hear_base(chain, at, base)
        for which, sign in (("more", 1), ("less", -1)):
            many = body.get(which)
            if isinstance(many, dict):
                self._hear_many(chain, at, many, sign)

    def _keep(self) -> None:
        heard, self._heard = self._heard, []
        with_plain = ([*one[:3], *map(_plain, one[3:])] for one in heard)
        try:
            self._scratch.execute("SAVEPOINT portion")
            self._scratch.executemany(_TELL, heard)
        except (sqlite3.Error, OverflowError, ValueError):  # somebody wrote another thing there
            self._scratch.execute("ROLLBACK TO portion")
            self._scratch.executemany(_TELL, with_plain)
        self._scratch.execute("RELEASE portion")

    def _settle(self, chain: int | None = None) -> None:
        """Go through what was heard of the records, each from its first entry to its last."""
        self._keep()
        where = "" if chain is None else f"WHERE place = {chain}"
        told = self._scratch.execute(f"SELECT * FROM told {where} ORDER BY place, name, rowid")
        lasts = (self._last_of(place, name, some) for (place, name), some in groupby(told, itemgetter(0, 1)))
        self._scratch.executemany("INSERT OR REPLACE INTO last VALUES (?, ?, ?, ?, ?, ?, ?)", lasts)
        self._scratch.execute(f"DELETE FROM told {where}")

    def _last_of(self, chain: int, name: str, entries: Iterable[Any]) -> tuple[Any, ...]:
        """What the last entry says of a record, after each was compared with the one before it."""
        kind = name.partition(" ")[0]
        known = self._scratch.execute(
            "SELECT digest, personal, salt FROM last WHERE place = ? AND kind = ? AND name = ?",
            (chain, kind, name),
        ).fetchone()
        digest, personal, salted = known or ("", "", "")
        entry, after = 0, ""
        for _, _, entry, before, after, weighed, held, salt in entries:
            if before and not digest:  # also where one that had gone came again in one go, under the same key
                base = self._bases.setdefault((chain, kind), _Base())
                base.count -= 1
                base.weight -= weighed
                personal = None  # not known: it was counted, or (then the count says so) it was never entered
            elif digest != before:
                fault = f"{name} was changed without an entry before entry {entry}"
                self._faults.append((entry, fault))
            if salt is not None:
                personal, salted = held, salt
            digest = after
            personal = personal if after else ""
        return chain, kind, name, after, personal, salted, entry

    def _hear_base(self, chain: int, at: int, base: Mapping[str, Any]) -> None:
        for kind in self._tables:
            self._scratch.execute("DELETE FROM last WHERE place = ? AND kind = ?", (chain, kind))
            counted = base.get(kind)
            count, weighs = counted if counted and _is_counted(counted) else (0, 0)
            self._bases[(chain, kind)] = _Base(count, weighs, at)

    def _hear_many(self, chain: int, at: int, many: Mapping[str, Any], sign: int) -> None:
        """Records came or went in one go; which of them later entries tell of does not matter to the sums."""
        for kind, counted in many.items():
            if _is_counted(counted):
                base = self._bases.setdefault((chain, kind), _Base())
                base.count += sign * counted[0]
                base.weight += sign * counted[1]
                base.at = max(base.at, at)

    # -- comparing ---------------------------------------------------------------------------------
    def count(self) -> int:
        """How many records are compared."""
        return sum(
            int(self._connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one())
            for name in self._tables
        )

    def faults(self) -> Iterator[str]:
        """Records that are not what the journal says; people are named by key only."""
        yield from (fault for _, fault in sorted(self._faults))
        for table in self._tables.values():
            yield from self._faults_of(table)

    def _faults_of(self, table: Table) -> Iterator[str]:
        rest, shape = self._count(table), kind_of(table).shape
        for rows, known in self._known(table):
            for name, place, (digest, personal, salt) in known:
                row = rows.get((place, name))
                if row is None:
                    if digest:
                        yield f"{name} is gone"
                    continue
                base = self._bases.get((place, table.name))
                if not digest and base is not None and base.at:
                    continue  # counted with those that came in one go, under the key of one that had gone
                told = rest.setdefault(place, _Base())
                told.count -= 1
                told.weight -= shape.weight(row)
                if not digest:
                    yield f"{name} is back without an entry"
                elif not _is_as_told(shape, name, row, digest, personal, salt):
                    yield f"{name} was changed without an entry"
        for place in sorted({*rest, *(place for place, kind in self._bases if kind == table.name)}):
            base = self._bases.get((place, table.name), _Base())
            found = rest.get(place, _Base())
            if found.count != base.count or (base.at and found.weight != base.weight):
                yield from self._strays(table, place, base, found.count)

    def _count(self, table: Table) -> dict[int, _Base]:
        """All records of a table by place; they are weighed only where some were counted."""
        if any(base.at for (_, kind), base in self._bases.items() if kind == table.name):
            counted = count_records(self._connection, [table], is_sqlite=self._is_sqlite)
            return {place: _Base(*found[table.name]) for place, found in counted.items()}
        asked = f'SELECT {place_of(table)} AS place, count(*) FROM "{table.name}" GROUP BY place'
        return {place: _Base(count) for place, count in self._connection.execute(text(asked))}

    def _known(self, table: Table) -> Iterator[tuple[dict[tuple[int, str], Any], list[Any]]]:
        """The records of which entries tell, in portions: as they are, and as they were told."""
        told = self._scratch.execute(
            "SELECT name, place, digest, personal, salt FROM last WHERE kind = ? ORDER BY place, name",
            (table.name,),
        )
        while portion := told.fetchmany(500):
            known = [(name, place, tuple(said)) for name, place, *said in portion]
            yield self._rows(table, [(place, name) for name, place, _ in known]), known

    def _rows(self, table: Table, wanted: Sequence[tuple[int, str]]) -> dict[tuple[int, str], Any]:
        keys = key_columns(table)
        asked = select(*kept_columns(table))
        values = [_key_of(keys, name) for _, name in wanted]
        whole = [value for value in values if value is not None]
        if len(keys) == 1:
            asked = asked.where(keys[0].in_([value[0] for value in whole]))
        else:
            asked = asked.where(tuple_(*keys).in_(whole))
        kind = kind_of(table)
        rows = [tuple(row) for row in self._connection.execute(asked)]
        return {(kind.owner_of(row), kind.name_of(row)): row for row in rows}

    def _strays(self, table: Table, place: int, base: _Base, found: int) -> Iterator[str]:
        """Records that no entry tells of: one by one, or as a whole where they may be of those counted."""
        moved = "updated_at" if "updated_at" in table.c else "created_at" if "created_at" in table.c else None
        if not base.at or moved:
            where = f"WHERE {place_of(table)} = :place" + (f" AND {moved} > :at" if base.at else "")
            columns = ", ".join(f'"{column.name}"' for column in key_columns(table))
            named = False
            for row in self._connection.execute(
                text(f'SELECT {columns} FROM "{table.name}" {where}'),
                {"place": place, **({"at": base.at} if base.at else {})},
            ):
                name = " ".join([table.name, *map(str, row)])
                if not self._is_told(place, table.name, name):
                    named = True
                    yield f"{name} has no entry"
            if named:
                return
        if found != base.count:
            yield f"{table.name}: {found} records without an entry, {max(base.count, 0)} by the journal"
        else:
            day = from_us(base.at).date().isoformat()
            yield f"{table.name}: of {found} records without an entry some are not what they were on {day}"

    def _is_told(self, place: int, kind: str, name: str) -> bool:
        asked = "SELECT 1 FROM last WHERE place = ? AND kind = ? AND name = ?"
        return self._scratch.execute(asked, (place, kind, name)).fetchone() is not None


def _is_counted(said: Any) -> bool:
    """Whether an entry says how many and how heavy; what somebody else wrote there says nothing."""
    return isinstance(said, list) and len(said) == 2 and all(isinstance(one, int) for one in said)


def _plain(value: object) -> object:
    """What the scratch file can hold in any case; what no program wrote equals nothing there."""
    return value if value is None or (isinstance(value, str) and value.isascii()) else repr(value)


def _key_of(keys: Sequence[Any], name: str) -> tuple[Any, ...] | None:
    """The values of the key in a record's name; the last column takes the spaces."""
    parts = name.split(" ", len(keys))[1:]
    if len(parts) != len(keys):
        return None
    try:
        return tuple(
            int(part) if column.type.python_type is int else part
            for column, part in zip(keys, parts, strict=True)
        )
    except ValueError:
        return None


def _is_as_told(shape: Shape, name: str, row: Values, digest: str, personal: str | None, salt: str) -> bool:
    if shape.open_digest(row) != digest:
        return False
    if personal is None:
        return True
    held = shape.personal(row)
    return (personal_digest(salt, name, held) if held else "") == personal
