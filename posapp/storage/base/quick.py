"""Quick ways to the database: the statements that every booking runs, straight to SQLite's driver.

Core costs four to five times as much as a look-up itself, and a booking makes some twenty of them. A `Hot`
statement is written in Core like any other, compiled once, and on SQLite run on the driver within the same
transaction; on PostgreSQL, where the way to the server counts, Core runs it.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Executable, Insert
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from posapp.storage.base.database import go_on
from posapp.storage.base.faults import refusal_of
from posapp.storage.base.records import Written, before_of, is_watched, kept_columns, notes_of
from posapp.storage.base.settled import SET_UP, settled_of

_DIALECT = SQLiteDialect_pysqlite()


class beside(FunctionElement[int]):  # noqa: N801 - reads like a function of SQL
    """A column that filters rows which another condition finds.

    SQLite takes any two indexes for equally good until it has counted, and would look up all rows of a
    business; a plus keeps it away from that index (https://www.sqlite.org/optoverview.html, section 5).
    """

    type = BigInteger()
    inherit_cache = True

    def __init__(self, column: ColumnElement[int]) -> None:
        super().__init__(column)


@compiles(beside)
def _beside(element: beside, compiler: Any, **how: Any) -> str:
    words: str = compiler.process(element.clauses, **how)
    return words


@compiles(beside, "sqlite")
def _beside_on_sqlite(element: beside, compiler: Any, **how: Any) -> str:
    return "+" + _beside(element, compiler, **how)


class Hot:
    """A statement with bind parameters that is kept for the life of the process.

    Its values are plain ones: numbers, texts, truth, None.
    """

    def __init__(self, statement: Any, row: "type[tuple[Any, ...]] | None" = None) -> None:
        """`row` is the named tuple to put the columns into, `tuple` for bare ones; without it one is made."""
        self.statement: Executable = statement
        self._row = row
        self.table: Any = statement.table if is_watched(statement) else None
        """The table that it writes, if the journal wants to know."""
        self.is_insert = isinstance(statement, Insert)
        self.sets_up = self.table is not None and self.table.name in SET_UP
        self._before: _Compiled | None = None
        self._telling: dict[tuple[str, ...], _Compiled] = {}
        self._own = len(self.statement._returning) if self.table is not None else 0
        self._compiled: dict[tuple[str, ...], _Compiled] = {}

    def run(self, driver: sqlite3.Connection, values: Mapping[str, Any]) -> "Rows":
        """Run on SQLite."""
        names = tuple(values)
        compiled = self._compiled.get(names)
        if compiled is None:
            compiled = self._compiled[names] = _Compiled(self.statement, names, self._row)
        return compiled.run(driver, values)

    @property
    def before(self) -> "_Compiled":
        """Reads the records that it will change."""
        if self._before is None:
            self._before = _Compiled(before_of(self.statement), ())  # type: ignore[arg-type]
        return self._before

    def run_telling(self, driver: sqlite3.Connection, values: Mapping[str, Any], written: Written) -> "Rows":
        """Run on SQLite, and let the statement itself say which records it wrote, as they are now."""
        names = tuple(values)
        telling = self._telling.get(names)
        if telling is None:
            statement: Any = self.statement
            telling = _Compiled(statement.returning(*kept_columns(self.table)), names)
            self._telling[names] = telling
        if not self.is_insert:
            before, _ = self.before.fetch(driver, values)
            if not before:  # nobody else writes now, so it would change nothing
                return Rows([], None)
            written.touching(self.table, before)
        rows, key = telling.fetch(driver, values)
        written.stands(self.table, [row[self._own :] for row in rows] if self._own else rows)
        return Rows([row[: self._own] for row in rows] if self._own else [], key)

    def shaped(self, found: Any) -> Any:
        """What Core answered, in the rows of this statement."""
        if self._row is None:
            return found
        return Rows([tuple(row) if self._row is tuple else self._row(*row) for row in found], None)

    def spelled(self) -> tuple[str, list[tuple[str, Any]]]:
        """SQLite's words and the order of the values, each with its constant if it is one."""
        compiled = _Compiled(self.statement, ())
        return compiled.sql, [(name, compiled.own.get(name)) for name in compiled.order]


class _Compiled:
    """A statement in SQLite's words, for one set of columns or parameters."""

    def __init__(self, statement: Any, names: tuple[str, ...], row: Any = None) -> None:
        compiled = statement.compile(dialect=_DIALECT, column_keys=list(names))
        assert "POSTCOMPILE" not in str(compiled), "name the values of a list one by one: `literal`"
        self.sql = str(compiled)
        self.own: dict[str, Any] = dict(compiled.params)
        self.order = tuple(compiled.positiontup)
        self._is_bare = row is tuple
        self._row: Callable[[Iterable[Any]], Any] | None = None if row in (None, tuple) else row._make

    def run(self, driver: sqlite3.Connection, values: Mapping[str, Any]) -> "Rows":
        own = self.own
        bound = [values[name] if name in values else own[name] for name in self.order]
        cursor = driver.execute(self.sql, bound)
        if cursor.description is None:
            return Rows([], cursor.lastrowid)
        if self._is_bare:
            return Rows(cursor.fetchall(), None)
        if self._row is None:
            kind: Any = namedtuple("Row", [column[0] for column in cursor.description], rename=True)  # type: ignore[misc]
            self._row = kind._make
        return Rows(list(map(self._row, cursor.fetchall())), None)

    def fetch(
        self, driver: sqlite3.Connection, values: Mapping[str, Any]
    ) -> tuple[list[tuple[Any, ...]], int | None]:
        """Run; answers bare rows, and the key of a row that was inserted."""
        own = self.own
        bound = [values[name] if name in values else own[name] for name in self.order]
        cursor = driver.execute(self.sql, bound)
        return cursor.fetchall(), cursor.lastrowid


class Rows:
    """What a hot statement answered; named like SQLAlchemy's result."""

    def __init__(self, rows: list[Any], key: int | None) -> None:
        self._rows = rows
        self.inserted_primary_key = (key,)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> list[Any]:
        """Every row."""
        return self._rows

    def first(self) -> Any:
        """The first row or None."""
        return self._rows[0] if self._rows else None

    def one(self) -> Any:
        """The only row."""
        [row] = self._rows
        return row

    def scalar(self) -> Any:
        """The first value of the first row, or None."""
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        """The first value of the only row."""
        return self.one()[0]

    def scalars(self) -> "Rows":
        """The first value of every row."""
        return Rows([row[0] for row in self._rows], None)


class Hands:
    """The connection that repositories work with: Core for everything, the driver for hot statements."""

    def __init__(self, connection: Connection) -> None:
        self.core = connection
        driver = connection.connection.driver_connection
        self._driver = driver if isinstance(driver, sqlite3.Connection) else None
        self._written = notes_of(connection)
        self._settled = settled_of(connection) if self._driver is not None else None

    @property
    def is_direct(self) -> bool:
        """Whether hot statements go straight to SQLite's driver."""
        return self._driver is not None

    def execute(self, statement: Hot | Executable, values: Any = None) -> Any:
        """Run a statement; a list of values runs it once for each."""
        if not isinstance(statement, Hot):
            return self.core.execute(statement, values)
        if self._driver is None:
            found = self.core.execute(statement.statement, values)
            return statement.shaped(found)
        try:
            if isinstance(values, list):
                return [self._write(statement, self._driver, each) for each in values]
            if statement.table is None:  # reads are not told
                return statement.run(self._driver, values or {})
            return self._write(statement, self._driver, values or {})
        except sqlite3.IntegrityError as error:
            raise refusal_of(error) from error

    def settled(self, statement: Hot, values: Mapping[str, Any], make: Callable[[list[Any]], Any]) -> Any:
        """What `make` makes of the rows of what a shop has set up; kept from one write to the next."""

        def read() -> Any:
            return make(self.execute(statement, values).all())

        return self.settled_as((statement, *values.values()), read)

    def settled_as(self, key: object, read: Callable[[], Any]) -> Any:
        """The same for what is read by several statements of what a shop has set up, under a name."""
        return read() if self._settled is None else self._settled.find(key, read)

    def _write(self, statement: Hot, driver: sqlite3.Connection, values: Mapping[str, Any]) -> Rows:
        """Run on SQLite, and note what is written for the journal."""
        if statement.sets_up and self._settled is not None:
            self._settled.changed()
        if not driver.in_transaction:
            go_on(self.core)
        if self._written is None or statement.table is None:
            return statement.run(driver, values)
        return statement.run_telling(driver, values, self._written)
