"""Puts the rows of an export into a database that holds nothing yet, as they were.

What watches single rows (triggers, on a file the indexes, too) is put aside meanwhile and stands again
afterwards; the constraints of the tables hold for each row, and what rows point at is looked at in the end.
Nothing is told to the journal, which comes with the rows.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DataError, IntegrityError

from posapp.domain.base.errors import DomainError
from posapp.storage.base.database import Database, database_url
from posapp.storage.base.sql_extras import SQLITE_SEARCH_FILL
from posapp.storage.base.sql_item_words import ITEM_WORDS_FILL
from posapp.storage.base.sql_words import JOB_WORDS_FILL
from posapp.storage.care.new_database import new_database
from posapp.storage.old_data.bulk import BUILDING
from posapp.storage.schema import bring_up_to_date, without_foreign_keys
from posapp.storage.shop.tables import business
from posapp.storage.tables import whole_schema

Rows = Iterable[Mapping[str, Any]]
_ASIDE = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index') AND sql IS NOT NULL"


class NotLoadable(Exception):
    """The rows are none of a database of ours: another column, a value or a reference that cannot be."""


@contextmanager
def database_without_shop(place: str | Path) -> Iterator[Database]:
    """A database to fill: a new file, which appears only if the block ends well, or one without a shop.

    `DomainError` database_exists where there is a shop already.
    """
    url = database_url(place)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        with new_database(place) as database:
            with database.connection(writes=False) as connection:
                for pragma in BUILDING:
                    connection.exec_driver_sql(f"PRAGMA {pragma}")
            yield database
        return
    database = Database(place)
    try:
        bring_up_to_date(database)
        with without_foreign_keys(database):
            yield database
    finally:
        database.close()


@contextmanager
def loading(database: Database) -> Iterator["RowLoad"]:
    """The transaction in which the rows come in; it is kept if the block ends well."""
    with database.connection(writes=True) as connection:
        if connection.execute(select(business.c.id).limit(1)).first() is not None:
            raise DomainError(
                "database_exists",
                "This database has a shop already. An export goes into an empty one: name another with "
                "--database.",
                field="database",
            )
        load = RowLoad(connection, is_sqlite=database.is_sqlite)
        driver: Any = connection.dialect.loaded_dbapi
        try:
            load.put_aside()
            yield load
            load.finish()
        except (IntegrityError, DataError, driver.IntegrityError, driver.DataError, OverflowError) as error:
            raise NotLoadable from error
        connection.commit()


class RowLoad:
    """Takes the rows of all tables in one transaction."""

    def __init__(self, connection: Connection, *, is_sqlite: bool) -> None:
        self._connection, self._is_sqlite = connection, is_sqlite
        self._driver: Any = connection.connection.driver_connection
        self._columns = {table.name: {column.name for column in table.columns} for table in whole_schema()}
        self._aside: list[tuple[str, str, str]] = []

    @property
    def tables(self) -> Collection[str]:
        """The tables that take rows, those that are pointed to first."""
        return self._columns.keys()

    def put_aside(self) -> None:
        """Let nothing watch single rows, and empty what an empty database begins with."""
        if self._is_sqlite:
            self._aside = [tuple(row) for row in self._connection.exec_driver_sql(_ASIDE)]
            for kind, name, _ in self._aside:
                self._connection.exec_driver_sql(f'DROP {kind} "{name}"')
        else:
            self._let_triggers("DISABLE")
        for name in reversed(self._columns):
            self._connection.exec_driver_sql(f'DELETE FROM "{name}"')

    def add(self, table: str, rows: Rows) -> None:
        """Add rows as they come; all of one table have the same columns (else `NotLoadable`)."""
        waiting = iter(rows)
        first = next(waiting, None)
        if first is None:
            return
        names = list(first)
        if not names or not self._columns[table].issuperset(names):
            raise NotLoadable(table)
        values = self._values(table, first, waiting)
        told = ", ".join(f'"{name}"' for name in names)
        if self._is_sqlite:
            marks = ", ".join("?" * len(names))
            self._driver.executemany(f'INSERT INTO "{table}" ({told}) VALUES ({marks})', values)
            return
        with self._driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({told}) FROM STDIN') as copy:
            for each in values:
                copy.write_row(each)

    def _values(
        self, table: str, first: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]
    ) -> Iterator[list[Any]]:
        yield list(first.values())
        for row in rows:
            if row.keys() != first.keys():
                raise NotLoadable(table)
            yield [row[name] for name in first]

    def finish(self) -> None:
        """Let everything watch again, make the rows searchable, and look at what they point at."""
        if self._is_sqlite:
            self._finish_file()
        else:
            self._finish_server()

    def _finish_file(self) -> None:
        for kind, _, sql in self._aside:
            if kind == "index":
                self._connection.exec_driver_sql(sql)
        self._connection.exec_driver_sql(SQLITE_SEARCH_FILL, (0,))
        self._connection.exec_driver_sql(JOB_WORDS_FILL)
        self._connection.exec_driver_sql(ITEM_WORDS_FILL)
        for index in ("customer_words", "job_words", "item_words"):
            self._connection.exec_driver_sql(f"INSERT INTO {index}({index}) VALUES ('optimize')")
        for kind, _, sql in self._aside:
            if kind == "trigger":
                self._connection.exec_driver_sql(sql)
        stray = self._connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if stray is not None:
            raise NotLoadable(str(stray[0]))

    def _finish_server(self) -> None:
        self._let_triggers("ENABLE")
        for table in whole_schema():
            if "id" in table.c and table.c.id.autoincrement is True:
                self._connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                        f'(SELECT coalesce(max(id), 0) + 1 FROM "{table.name}"), false)'
                    )
                )
            self._connection.execute(text(f'ANALYZE "{table.name}"'))

    def _let_triggers(self, word: str) -> None:
        for name in self._columns:
            self._connection.exec_driver_sql(f'ALTER TABLE "{name}" {word} TRIGGER USER')
