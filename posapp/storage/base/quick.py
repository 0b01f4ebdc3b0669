"""Quick ways to the database: the statements that every booking runs, straight to SQLite's driver.

Core costs four to five times as much as a look-up itself, and a booking makes some twenty of them. A `Hot`
statement is written in Core like any other, compiled once, and on SQLite run on the driver within the same
transaction; on PostgreSQL, where the way to the server counts, Core runs it.
"""

import sqlite3
from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    Connection,
    Executable,
    Insert,
    Table,
    and_,
    bindparam,
    select,
)
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from posapp.storage.base.database import go_on
from posapp.storage.base.faults import refusal_of
from posapp.storage.base.records import (
    Key,
    Kind,
    Written,
    before_of,
    is_watched,
    kept_columns,
    kind_of,
    notes_of,
    primary_of,
)
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
        return self._for(tuple(values)).run(driver, values)

    def run_all(self, driver: sqlite3.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run on SQLite once for each; all name the same values."""
        compiled = self._for(tuple(rows[0]))
        driver.executemany(compiled.sql, [compiled.bound(values) for values in rows])

    def insert_all(self, driver: sqlite3.Connection, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert on SQLite one after the other; answers the keys that the rows got."""
        compiled, found = self._for(tuple(rows[0])), []
        for values in rows:
            found.append(driver.execute(compiled.sql, compiled.bound(values)).lastrowid or 0)
        return found

    def _for(self, names: tuple[str, ...]) -> "_Compiled":
        compiled = self._compiled.get(names)
        if compiled is None:
            compiled = self._compiled[names] = _Compiled(self.statement, names, self._row)
        return compiled

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

    def bound(self, values: Mapping[str, Any]) -> list[Any]:
        """The values in their order."""
        own = self.own
        return [values[name] if name in values else own[name] for name in self.order]

    def run(self, driver: sqlite3.Connection, values: Mapping[str, Any]) -> "Rows":
        cursor = driver.execute(self.sql, self.bound(values))
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
        cursor = driver.execute(self.sql, self.bound(values))
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

    def hold(self, statement: Hot, values: Mapping[str, Any]) -> None:
        """Run a statement that only locks; on SQLite whoever writes has kept everybody out already."""
        if self._driver is None:
            self.core.execute(statement.statement, values)

    def execute(self, statement: Hot | Executable, values: Any = None) -> Any:
        """Run a statement; a list of values runs it once for each, and answers the keys of what it inserts.

        Each of a list that changes records names the one that it changes by `key`, and its `business`.
        """
        if not isinstance(statement, Hot):
            return self.core.execute(statement, values)
        if self._driver is None:
            if isinstance(values, list) and statement.table is not None and not statement.is_insert:
                return [self.core.execute(statement.statement, each) for each in values]
            found = self.core.execute(statement.statement, values)
            return statement.shaped(found)
        try:
            if isinstance(values, list):
                return self._write_all(statement, self._driver, values)
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

    def _write_all(
        self, statement: Hot, driver: sqlite3.Connection, rows: list[Mapping[str, Any]]
    ) -> list[int]:
        """Run on SQLite once for each; what is written is read for the journal in one go at the end."""
        if not rows:
            return []
        if statement.sets_up and self._settled is not None:
            self._settled.changed()
        if not driver.in_transaction:
            go_on(self.core)
        if self._written is None or statement.table is None:
            statement.run_all(driver, rows)
            return []
        table, kind = statement.table, kind_of(statement.table)
        if statement.is_insert:
            made = statement.insert_all(driver, rows)
            for key, values in zip(made, rows, strict=True):
                self._written.added(table, kind.inserted(key, values))
            return made
        keys = list(dict.fromkeys(values["key"] for values in rows))
        mine = {"business": rows[0]["business"]}
        self._written.touching(table, _in_business(table).of(self, keys, mine))
        statement.run_all(driver, rows)
        return []


# -- several at once -----------------------------------------------------------------------------------
_MOST_KEYS = 64


class Several:
    """A hot statement about some keys at once, which is compiled for 1, 2, 4, … of them."""

    def __init__(self, make: "Callable[[list[BindParameter[int]]], Executable]", row: Any = None) -> None:
        """`make` writes the statement for so many keys."""
        self._make, self._row = make, row
        self._made: dict[int, Hot] = {}

    def of(self, hands: Hands, keys: Sequence[int], values: Mapping[str, Any]) -> list[Any]:
        """The rows of these keys, in the statement's order within each 64 of them."""
        found: list[Any] = []
        for first in range(0, len(keys), _MOST_KEYS):
            part = keys[first : first + _MOST_KEYS]
            size = 1 << (len(part) - 1).bit_length()
            statement = self._made.get(size)
            if statement is None:
                asked = self._make([bindparam(f"key_{place}", type_=BigInteger) for place in range(size)])
                statement = self._made[size] = Hot(asked, self._row)
            named = {f"key_{place}": part[min(place, len(part) - 1)] for place in range(size)}
            found += hands.execute(statement, {**values, **named}).all()
        return found


def records_of(hands: Hands, kind: Kind, keys: Sequence[Key]) -> Iterator[Sequence[Any]]:
    """The records of a kind with these primary keys, as they are now."""
    first = primary_of(kind.table)[0]
    if first.name == "business_id" or (len(keys) == 1 and len(keys[0]) > 1):
        for key in keys:
            values = {f"key_{place}": value for place, value in enumerate(key)}
            yield from hands.execute(_by_key(kind.table), values)
        return
    wanted = set(keys)
    for row in _by_first(kind.table).of(hands, list(dict.fromkeys(key[0] for key in keys)), {}):
        if kind.primary_key(row) in wanted:
            yield row


@cache
def _by_key(table: Table) -> Hot:
    """The image of one record, by its primary key."""
    keys = [one == bindparam(f"key_{place}") for place, one in enumerate(primary_of(table))]
    return Hot(select(*kept_columns(table)).where(and_(*keys)), tuple)


@cache
def _by_first(table: Table) -> Several:
    """The images of records, by the first column of their primary keys."""
    return Several(lambda keys: select(*kept_columns(table)).where(primary_of(table)[0].in_(keys)), tuple)


@cache
def _in_business(table: Table) -> Several:
    """The images of records of one business, by their `id`."""
    here = beside(table.c.business_id) == bindparam("business")
    return Several(lambda keys: select(*kept_columns(table)).where(and_(here, table.c.id.in_(keys))), tuple)
