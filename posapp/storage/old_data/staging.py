"""The rows of an import while they wait: written in portions, looked at in sets, put into groups.

A trial run stages into tables of the same names that only its own connection sees and that go with it, so
that nothing is written into the shop's and every statement is the same one.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import BigInteger, Boolean, Connection, Integer, Table, text

from posapp.domain.old_data.imports import RowNote
from posapp.domain.old_data.staging import StagedRow
from posapp.storage.base.database import Database
from posapp.storage.old_data.tables import import_note, staged_group, staged_record

STAGED = (staged_record, staged_group, import_note)


class Staging:
    """The staged rows of a run on one connection; `business` owns what is written next."""

    def __init__(self, connection: Connection, *, is_sqlite: bool) -> None:
        self._connection = connection
        self.is_sqlite = is_sqlite
        self._driver: Any = connection.connection.driver_connection

    def run(self, words: str, **values: object) -> Any:
        """A statement; `{C}` after a text column compares it by code points."""
        said = words.replace("{C}", "" if self.is_sqlite else ' COLLATE "C"')
        return self._connection.execute(text(said), values)

    def many(self, words: str, rows: Sequence[Sequence[object]]) -> None:
        """A statement with `?` for each of some rows."""
        if not rows:
            return
        if self.is_sqlite:
            self._driver.executemany(words, rows)
            return
        with self._driver.cursor() as cursor:
            cursor.executemany(words.replace("?", "%s"), rows)

    def put(self, table: Table, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """Add rows."""
        if not rows:
            return
        names = ", ".join(f'"{name}"' for name in columns)
        if self.is_sqlite:
            marks = ", ".join("?" * len(columns))
            self._driver.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)
            return
        with (
            self._driver.cursor() as cursor,
            cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy,
        ):
            for row in rows:
                copy.write_row(row)

    # -- writing -----------------------------------------------------------------------------------
    def stage(self, rows: Sequence[StagedRow], owners: dict[int, int]) -> None:
        """Add staged rows; `owners` says whose each batch is."""
        self.put(
            staged_record,
            ("business_id", *StagedRow._fields),
            [(owners[row.batch_id], *row) for row in rows],
        )

    def note(
        self, business: int, batch: int, kind: str, notes: Iterable[tuple[str, int, str, str, str]]
    ) -> None:
        """Say something of rows: file, row, code, message and the row as it came."""
        columns = ("business_id", "batch_id", "kind", "file", "row", "code", "message", "raw")
        self.put(import_note, columns, [(business, batch, kind, *note) for note in notes])

    # -- reading -----------------------------------------------------------------------------------
    def notes(self, batches: Sequence[int], kind: str, limit: int) -> list[RowNote]:
        """What was said of rows, in the order of files and rows."""
        rows = self.run(
            f"SELECT file, row, code, message FROM import_note WHERE {among(batches)} AND kind = :kind "
            "ORDER BY file, row, id LIMIT :limit",
            kind=kind,
            limit=limit,
        )
        return [RowNote(row.file, row.row, row.code, row.message) for row in rows]

    def count_notes(self, batches: Sequence[int], kind: str) -> int:
        """How many rows something of a kind was said of."""
        return int(
            self.run(
                f"SELECT count(*) FROM import_note WHERE {among(batches)} AND kind = :kind", kind=kind
            ).scalar_one()
        )

    def notes_after(self, batch: int, last: int, most: int) -> list[tuple[int, str, str, int, str, str, str]]:
        """Some of what was said of rows, with its keys, behind a key."""
        rows = self.run(
            "SELECT id, kind, file, row, code, message, raw FROM import_note "
            "WHERE batch_id = :b AND id > :last ORDER BY id LIMIT :most",
            b=batch,
            last=last,
            most=most,
        )
        return [tuple(row) for row in rows]

    def keep_notes(
        self, business: int, batch: int, notes: Sequence[tuple[int, str, str, int, str, str, str]]
    ) -> None:
        """Write such notes."""
        columns = ("business_id", "batch_id", "kind", "file", "row", "code", "message", "raw")
        self.put(import_note, columns, [(business, batch, *note[1:]) for note in notes])

    def count_rows_noted(self, batches: Sequence[int], kind: str) -> int:
        """How many rows something of a kind was said of, each counted once."""
        return self.scalar(
            f"SELECT count(*) FROM (SELECT DISTINCT file, row FROM import_note WHERE {among(batches)} "
            "AND kind = :kind) n",
            kind=kind,
        )

    def owners(self, business: int, keys: Sequence[str]) -> dict[str, int]:
        """Which customers of a business have these numbers now."""
        found: dict[str, int] = {}
        for first in range(0, len(keys), 500):
            named = {f"k{place}": key for place, key in enumerate(keys[first : first + 500])}
            rows = self.run(
                "SELECT key, customer_id FROM phone WHERE business_id = :shop AND ended_at IS NULL "
                f"AND key IN ({', '.join(':' + name for name in named)})",
                shop=business,
                **named,
            )
            found.update((row.key, row.customer_id) for row in rows)
        return found

    def scalar(self, words: str, **values: object) -> int:
        """A number that a statement answers."""
        return int(self.run(words, **values).scalar() or 0)


def among(batches: Sequence[int], column: str = "batch_id") -> str:
    """The condition that a row is of one of these batches."""
    if len(batches) == 1:
        return f"{column} = {batches[0]}"
    return f"{column} IN ({', '.join(map(str, batches))})"


@contextmanager
def own_tables(database: Database) -> Iterator[Connection]:
    """A connection with staging tables of its own: it reads the shop, and writes nothing that lasts."""
    connection = database.reader()
    try:
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA temp_store=FILE")  # as large as the files
        with database.translated():
            _make(connection, is_sqlite=database.is_sqlite)
            yield connection
    finally:
        try:
            if not connection.invalidated:  # it goes back to where it was lent
                with database.translated():  # a server that was stopped meanwhile is first noticed here
                    _drop(connection, is_sqlite=database.is_sqlite)
        finally:
            connection.close()


def _drop(connection: Connection, *, is_sqlite: bool) -> None:
    schema = "temp" if is_sqlite else "pg_temp"
    for table in STAGED:
        connection.exec_driver_sql(f'DROP TABLE IF EXISTS {schema}."{table.name}"')
    if is_sqlite:
        connection.exec_driver_sql("PRAGMA temp_store=MEMORY")


@contextmanager
def at_once(connection: Connection, *, is_sqlite: bool) -> Iterator[None]:
    """On such a connection: what the block writes costs SQLite one transaction."""
    driver: Any = connection.connection.driver_connection
    if is_sqlite:
        driver.execute("BEGIN")
    try:
        yield
    finally:
        if is_sqlite:
            driver.execute("COMMIT")


def copy_staged(connection: Connection, batches: Sequence[int], *, is_sqlite: bool) -> None:
    """Bring the staged rows of batches into the tables of such a connection."""
    schema = "main"
    if not is_sqlite:
        schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    names = ", ".join(f'"{column.name}"' for column in staged_record.columns)
    connection.exec_driver_sql(
        f"INSERT INTO staged_record ({names}) SELECT {names} FROM {schema}.staged_record "
        f"WHERE {among(batches)} ORDER BY id"
    )


def _make(connection: Connection, *, is_sqlite: bool) -> None:
    for table in STAGED:
        columns = ", ".join(f'"{column.name}" {_kind(column, is_sqlite)}' for column in table.columns)
        connection.exec_driver_sql(f'CREATE TEMPORARY TABLE "{table.name}" ({columns})')
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            if not str(index.name).endswith("_record"):
                names = ", ".join(f'"{column.name}"' for column in index.columns)
                where = "temp." if is_sqlite else ""
                unique = "UNIQUE " if index.unique else ""
                connection.exec_driver_sql(
                    f'CREATE {unique}INDEX {where}"{index.name}" ON "{table.name}" ({names})'
                )


def _kind(column: Any, is_sqlite: bool) -> str:
    if column.primary_key:
        return "INTEGER PRIMARY KEY" if is_sqlite else "bigserial PRIMARY KEY"
    if isinstance(column.type, Boolean):
        return "BOOLEAN DEFAULT false"
    if isinstance(column.type, Integer | BigInteger) or column.name.endswith("_id"):
        return "BIGINT"
    return "TEXT DEFAULT ''" if column.server_default is not None else "TEXT"
