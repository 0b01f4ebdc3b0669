"""Many records at once: bare rows first, then each index and the search words in one go.

Row by row into live indexes costs two to three times as much, through the search triggers ten times. Beside a
working shop the indexes stay, and only the search words wait for the end of a portion.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Index, Table, text
from sqlalchemy.exc import DBAPIError

from posapp.domain.base.errors import DomainError
from posapp.storage.base.database import Database
from posapp.storage.base.sql_extras import SQLITE_SEARCH_FILL, SQLITE_SEARCH_TRIGGERS
from posapp.storage.base.sql_words import JOB_WORDS_FILL, JOB_WORDS_TRIGGERS
from posapp.storage.base.tables import take_postgres_options
from posapp.storage.bookings.tables import booking
from posapp.storage.catalogue.tables import stock_move
from posapp.storage.customers.tables import alias, contact, customer, further_email, phone
from posapp.storage.old_data.tables import legacy_id, past_record
from posapp.storage.repairs.tables import device, job, ticket
from posapp.storage.selling.order_tables import ledger_entry, line_tax, order_line, payment, sale_order
from posapp.storage.selling.tables import shift

LOADED = (
    customer,
    phone,
    contact,
    further_email,
    alias,
    legacy_id,
    past_record,
    booking,
    device,
    ticket,
    job,
    shift,
    sale_order,
    order_line,
    line_tax,
    payment,
    ledger_entry,
    stock_move,
)
# Only while a new file is built: if the machine goes down, the file was never there.
BUILDING = (
    "journal_mode=MEMORY",
    "synchronous=OFF",
    "foreign_keys=OFF",
    "cache_size=-262144",
    "threads=2",
)
_STEPS_BETWEEN_ASKING = 500_000  # of SQLite's machine; some ten milliseconds


def _never() -> bool:
    return False


class BulkLoad:
    """Rows for the big tables of a new database, inside one transaction."""

    def __init__(self, connection: Connection, *, is_sqlite: bool) -> None:
        self.connection = connection
        self._is_sqlite = is_sqlite
        self._driver: Any = connection.connection.driver_connection
        self._indexed: set[str] = set()

    def prepare(self) -> None:
        """Take the indexes and search triggers off."""
        if self._is_sqlite:
            for name in (*SQLITE_SEARCH_TRIGGERS, *JOB_WORDS_TRIGGERS):
                self.connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for table in LOADED:
            for index in _indexes(table):
                index.drop(self.connection)

    def add(
        self, table: Table, columns: Sequence[str], rows: Iterable[Sequence[object]], **same: int | str
    ) -> None:
        """Add rows; `same` are columns that have one value in all of them."""
        names = ", ".join((*columns, *same))
        if self._is_sqlite:
            marks = ", ".join(["?"] * len(columns) + [_literal(value) for value in same.values()])
            self._driver.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", rows)
            return
        tail = tuple(same.values())
        with (
            self._driver.cursor() as cursor,
            cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row((*row, *tail))

    def change(
        self, table: Table, columns: Sequence[str], rows: Sequence[Sequence[object]], **same: int | str
    ) -> None:
        """Change rows by their key, which stands last in `columns`."""
        *names, key = columns
        mark = "?" if self._is_sqlite else "%s"
        told = ", ".join(f"{name} = {mark}" for name in names)
        told += "".join(f", {name} = {_literal(value)}" for name, value in same.items())
        put = f"UPDATE {table.name} SET {told} WHERE {key} = {mark}"
        if self._is_sqlite:
            self._driver.executemany(put, rows)
            return
        with self._driver.cursor() as cursor:
            cursor.executemany(put, rows)

    def index(self, table: Table) -> None:
        """Build the indexes of a table now, because others are filled by it."""
        for index in _indexes(table):
            index.create(self.connection)
        self._indexed.add(table.name)

    def finishing(self) -> list[Callable[[], None]]:
        """The steps that make the rows searchable again, in order."""
        steps: list[Callable[[], None]] = []
        for table in LOADED:
            if table.name not in self._indexed:
                steps += [self._building(index) for index in _indexes(table)]
        return [*steps, self._fill_search if self._is_sqlite else self._tell_postgres]

    def _building(self, index: Index) -> Callable[[], None]:
        return lambda: index.create(self.connection)

    def _fill_search(self) -> None:
        self.connection.exec_driver_sql(SQLITE_SEARCH_FILL, (0,))
        self.connection.exec_driver_sql(JOB_WORDS_FILL)
        for index in ("customer_words", "job_words"):
            self.connection.exec_driver_sql(f"INSERT INTO {index}({index}) VALUES ('optimize')")
        for trigger in (*SQLITE_SEARCH_TRIGGERS.values(), *JOB_WORDS_TRIGGERS.values()):
            self.connection.exec_driver_sql(trigger)

    def _tell_postgres(self) -> None:
        """Let the sequences go on after the given keys, and the planner know the tables."""
        for table in LOADED:
            if "id" not in table.c:
                continue
            self.connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                    f"(SELECT coalesce(max(id), 0) + 1 FROM {table.name}), false)"
                )
            )
            self.connection.execute(text(f"ANALYZE {table.name}"))


@contextmanager
def words_at_the_end(connection: Connection, *, is_sqlite: bool) -> Iterator[None]:
    """Within a transaction: customers who are added in the block become searchable at its end, all at once.

    Whoever the block has added must not be changed in it. Other tills see nothing of it: they wait to write.
    """
    if not is_sqlite:  # the server keeps the words of a portion back by itself
        yield
        return
    added = "customer_words_added"
    last = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM customer").scalar_one()
    connection.exec_driver_sql(f"DROP TRIGGER {added}")
    yield
    connection.exec_driver_sql(SQLITE_SEARCH_FILL, (last,))
    connection.exec_driver_sql(SQLITE_SEARCH_TRIGGERS[added])


def _indexes(table: Table) -> list[Index]:
    """The indexes of a table in a lasting order; those of the other kind of database do nothing here.

    Without the one of the key: on PostgreSQL references lean on it. Each with all that PostgreSQL is told of
    it: a program that never made the schema has not asked for that, and would build it without its condition.
    """
    lasting = [each for each in table.indexes if each.name != f"uq_{table.name}_record"]
    for each in lasting:
        take_postgres_options(each)
    return sorted(lasting, key=lambda each: str(each.name))


def _literal(value: int | str) -> str:
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


@contextmanager
def bulk_load(database: Database, *, is_stopped: Callable[[], bool] = _never) -> Iterator[BulkLoad]:
    """A transaction for filling an empty database; the block commits.

    Where `is_stopped` turns true, even within a long statement, a `DomainError` "stopped" is raised.
    """
    with database.connection(writes=False) as connection:
        if database.is_sqlite:
            for pragma in BUILDING:
                connection.exec_driver_sql(f"PRAGMA {pragma}")
    with database.connection(writes=True) as connection:
        driver = connection.connection.driver_connection
        if isinstance(driver, sqlite3.Connection):
            driver.set_progress_handler(is_stopped, _STEPS_BETWEEN_ASKING)
        load = BulkLoad(connection, is_sqlite=database.is_sqlite)
        try:
            load.prepare()
            yield load
        except (DBAPIError, sqlite3.OperationalError) as error:
            if is_stopped():
                raise DomainError("stopped", "Stopped. Nothing was kept.") from error
            raise
        finally:
            if isinstance(driver, sqlite3.Connection):
                driver.set_progress_handler(None, 0)
