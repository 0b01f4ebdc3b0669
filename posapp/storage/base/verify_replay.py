"""Do the records stand as the journal left them? Every entry is heard once, then each record is asked.

What the last entries say of records is kept in a scratch file of SQLite's, so that a journal of any length
fits into memory. A record that no entry tells of must be one of those that its chain counted when they came
in one go (demo data, an upgrade from a program that kept no images): all of them together have their count
and weight. What this cannot find: changes of counted records that leave the weight as it was (a text of
another spelling with as many letters and the same one in its middle; two changes that outweigh each other).
From its first entry on a record is known by its digests, and nothing about it escapes.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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

_SCRATCH = (
    "CREATE TABLE last (place INTEGER, kind TEXT, name TEXT, digest TEXT, personal TEXT, salt TEXT, "
    "entry INTEGER, PRIMARY KEY (place, kind, name)) WITHOUT ROWID"
)


@dataclass(slots=True)
class _Base:
    """The records of a table that came in one go and have no entry since: how many, and their weight."""

    count: int = 0
    weight: int = 0
    at: int = 0


class Replay:
    """Hears the entries of all chains in order, then compares the records with them."""

    def __init__(self, connection: Connection, *, is_sqlite: bool) -> None:
        self._connection = connection
        self._is_sqlite = is_sqlite
        self._scratch = sqlite3.connect("")
        self._scratch.execute(_SCRATCH)
        self._bases: dict[tuple[int, str], _Base] = {}
        self._at: dict[int, int] = {}
        self._faults: list[str] = []
        self._tables = {table.name: table for table in watched_tables(metadata.tables)}

    # -- hearing -----------------------------------------------------------------------------------
    def hear(self, chain: int, entry: int, at: int, body: Mapping[str, Any], salt: str) -> None:
        """What an entry says of records."""
        rows, base = body.get("rows"), body.get("base")
        if isinstance(rows, dict):
            for name, told in rows.items():
                if isinstance(told, list) and len(told) >= OPEN:
                    self._hear_row(chain, entry, name, told, salt)
        if isinstance(base, dict):
            self._hear_base(chain, at, base)

    def _hear_row(self, chain: int, entry: int, name: str, told: list[Any], salt: str) -> None:
        kind = name.partition(" ")[0]
        before, after, weighed = told[:OPEN]
        known = self._scratch.execute(
            "SELECT digest, personal, salt FROM last WHERE place = ? AND kind = ? AND name = ?",
            (chain, kind, name),
        ).fetchone()
        digest, personal, salted = known or ("", "", "")
        if known is None and before:
            base = self._bases.setdefault((chain, kind), _Base())
            base.count -= 1
            base.weight -= weighed
            personal = None  # not known: it was counted, or (then the count says so) it was never entered
        elif digest != before:
            self._faults.append(f"{name} was changed without an entry before entry {entry}")
        if len(told) > OPEN:
            personal, salted = told[OPEN], salt
        self._scratch.execute(
            "INSERT OR REPLACE INTO last VALUES (?, ?, ?, ?, ?, ?, ?)",
            (chain, kind, name, after, personal if after else "", salted, entry),
        )

    def _hear_base(self, chain: int, at: int, base: Mapping[str, Any]) -> None:
        for kind in self._tables:
            self._scratch.execute("DELETE FROM last WHERE place = ? AND kind = ?", (chain, kind))
            counted = base.get(kind)
            count, weighs = counted if isinstance(counted, list) and len(counted) == 2 else (0, 0)
            self._bases[(chain, kind)] = _Base(count, weighs, at)

    # -- comparing ---------------------------------------------------------------------------------
    def count(self) -> int:
        """How many records are compared."""
        return sum(
            int(self._connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one())
            for name in self._tables
        )

    def faults(self) -> Iterator[str]:
        """Records that are not what the journal says; people are named by key only."""
        yield from self._faults
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
