"""Which records a transaction writes, and how all records of a business are counted for the journal.

Every insert, update and delete that a repository runs is noted here, with the record as it was before; at the
end of the transaction the journal asks for the records as they are now. A record's place is its business,
whose chain tells of it; every table that is watched says whose its records are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Delete,
    Engine,
    Insert,
    LargeBinary,
    Select,
    Table,
    Text,
    Update,
    event,
    select,
    text,
)

from posapp.domain.base.images import (
    KEY_MODULUS,
    LEFT_OUT,
    LETTERS,
    MASK,
    MODULUS,
    Look,
    Shape,
    Values,
    factor,
    looked_at,
)
from posapp.domain.base.spans import spans_of

UNWATCHED = frozenset(
    {
        "journal",
        "journal_personal",
        "journal_head",
        "identity",
        "alembic_version",
        "counter",
        "day_total",
        "job_time",
        "job_figure",
        "work_total",
        "sold_total",
        "customer_figure",
        "user_pass",
        "staged_record",
        "staged_group",
        "import_note",
        "duplicate_pair",
    }
)
"""Tables of which the journal keeps no images: itself, what names the database, counters, which follow from
the numbers that records carry and the entries that explain the missing ones, sums of other records,
what is good for ten minutes, rows of an import that are no records of the shop yet, and suggestions."""
_NOTES = "posapp_written"
Key = tuple[Any, ...]


def key_columns(table: Table) -> list[Column[Any]]:
    """What tells a record of its business from the others: `id`, else the key without the business."""
    if "id" in table.c:
        return [table.c.id]
    return [column for column in primary_of(table) if column.name != "business_id"]


def primary_of(table: Any) -> list[Column[Any]]:
    """The columns of the whole primary key."""
    whole: Any = table.primary_key
    return list(whole.columns)


def kept_columns(table: Table) -> list[Column[Any]]:
    """The columns that an image is made of."""
    left_out = LEFT_OUT.get(table.name, frozenset())
    return [column for column in table.columns if column.name not in left_out]


class Kind:
    """A table as the journal sees it; a row of it is the tuple of its kept columns."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.name = table.name
        columns = [column.name for column in kept_columns(table)]
        self.shape = Shape(table.name, columns)
        self.count = len(columns)
        self.has_id = "id" in table.c
        self._primary_names = [column.name for column in primary_of(table)]
        self._primary = [columns.index(name) for name in self._primary_names]
        self._key = [columns.index(column.name) for column in key_columns(table)]
        self._owner = columns.index(place_of(table))

    def primary_key(self, row: Values) -> Key:
        """The whole primary key of a row."""
        return tuple([row[place] for place in self._primary])

    def inserted(self, key: int, values: Mapping[str, Any]) -> Key:
        """The whole primary key of a row that was inserted so; `key` is what became its `id`."""
        return (key,) if self.has_id else tuple([values[name] for name in self._primary_names])

    def name_of(self, row: Values) -> str:
        """The name of a record within its chain, such as `customer 5`."""
        return " ".join([self.name, *[str(row[place]) for place in self._key]])

    def owner_of(self, row: Values) -> int:
        """The business of a record, whose chain tells of it."""
        owner: Any = row[self._owner]
        return int(owner)


@cache
def kind_of(table: Table) -> Kind:
    """The one kind of a table."""
    return Kind(table)


class Image(NamedTuple):
    """A record that a transaction wrote: as it was (None: it was not) and as it is (None: it is gone)."""

    kind: Kind
    name: str
    owner: int
    before: Values | None
    after: Values | None


class Written:
    """The records that one transaction writes."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Kind, Key], list[Any]] = {}

    # -- noting ------------------------------------------------------------------------------------
    def added(self, table: Table, key: Sequence[Any]) -> None:
        """A record with this whole primary key was inserted; it will be read."""
        self._seen.setdefault((kind_of(table), tuple(key)), [None, None])[1] = _UNREAD

    def touching(self, table: Table, rows: Iterable[Values]) -> None:
        """These records, as they are, will be changed or deleted."""
        kind = kind_of(table)
        for row in rows:
            self._seen.setdefault((kind, kind.primary_key(row)), [row, None])[1] = _UNREAD

    def stands(self, table: Table, rows: Iterable[Values]) -> None:
        """These records were inserted or changed, and are so now."""
        kind = kind_of(table)
        for row in rows:
            self._seen.setdefault((kind, kind.primary_key(row)), [None, None])[1] = row

    # -- telling -----------------------------------------------------------------------------------
    def images(self, now: "Now") -> list[Image]:
        """What was written, in the order in which each record was first met; then forget it.

        `now` reads the records of a kind with some keys, as they are.
        """
        self._read(now)
        found = []
        for (kind, _), (before, after) in self._seen.items():
            row = before if after is None else after
            if row is not None and (before is None or after is None or tuple(before) != tuple(after)):
                found.append(Image(kind, kind.name_of(row), kind.owner_of(row), before, after))
        self._seen = {}
        return found

    def _read(self, now: "Now") -> None:
        """Read the records that are not known as they are now."""
        unread: dict[Kind, list[Key]] = {}
        for (kind, key), (_, after) in self._seen.items():
            if after is _UNREAD:
                unread.setdefault(kind, []).append(key)
        for kind, keys in unread.items():
            for key in keys:
                self._seen[kind, key][1] = None
            for row in now(kind, keys):
                self._seen[kind, kind.primary_key(row)][1] = row


_UNREAD: Any = object()
Now = Callable[[Kind, Sequence[Key]], Iterable[Values]]


def before_of(statement: Update | Delete) -> Select[Any]:
    """The records that a statement will change, locked as the statement itself would lock them."""
    table: Any = statement.table
    asked = select(*kept_columns(table)).with_for_update(key_share=isinstance(statement, Update))
    return asked if statement.whereclause is None else asked.where(statement.whereclause)


# -- watching a connection -----------------------------------------------------------------------------
def begin_notes(connection: Connection) -> Written:
    """Note from now on what is written through this connection."""
    connection.info[_NOTES] = written = Written()
    return written


def end_notes(connection: Connection) -> None:
    """Note nothing more; the connection may serve another transaction."""
    if not connection.closed and not connection.invalidated:
        connection.info.pop(_NOTES, None)


def notes_of(connection: Connection) -> Written | None:
    """The notes of this connection's transaction, if it keeps any."""
    return connection.info.get(_NOTES)


def is_watched(statement: object) -> bool:
    """Whether the journal wants to know what this statement writes."""
    return (
        isinstance(statement, Insert | Update | Delete)
        and isinstance(statement.table, Table)
        and statement.table.name not in UNWATCHED
    )


def watch(engine: Engine) -> None:
    """Hear of every statement that Core runs on this engine; hot ones tell of themselves (`quick.py`)."""

    @event.listens_for(engine, "before_execute", retval=True)
    def _before(connection: Connection, statement: Any, many: Any, one: Any, _options: Any) -> Any:
        if is_watched(statement):
            written = notes_of(connection)
            if written is not None:
                if isinstance(statement, Insert):
                    if len(many) > 1:  # then nobody asks for the keys, and they come only so
                        statement = statement.returning(*primary_of(statement.table))
                else:
                    table: Any = statement.table
                    rows = connection.execute(before_of(statement), one or (many[0] if many else {}))
                    written.touching(table, rows)
        return statement, many, one

    @event.listens_for(engine, "after_execute")
    def _after(
        connection: Connection, statement: Any, many: Any, _one: Any, _options: Any, result: Any
    ) -> None:
        if isinstance(statement, Insert) and is_watched(statement):
            written = notes_of(connection)
            if written is not None:
                table: Any = statement.table
                keys = result.all() if len(many) > 1 else [result.inserted_primary_key]
                for key in keys:
                    written.added(table, key)


# -- all records of a business -------------------------------------------------------------------------
def weight_sql(table: Table, *, is_sqlite: bool) -> str:
    """The weight of a record in SQL; `domain/base/images.py` computes the same."""
    parts = [
        f"{factor(column.name)}{'' if is_sqlite else '::bigint'} * {_number(column, is_sqlite)}"
        for column in kept_columns(table)
    ]
    key = f" * (1 + id % {KEY_MODULUS})" if "id" in table.c else ""
    return f"({' + '.join(parts)}) % {MODULUS}{key}"


def _number(column: Column[Any], is_sqlite: bool) -> str:
    name = f'"{column.name}"'
    if isinstance(column.type, Text):
        number, look = f"length({name})", looked_at(column.table.name, column.name)
        if look is Look.MIDDLE:
            number = f"({number} + 31 * {_code(name, f'length({name}) / 2 + 1', is_sqlite)})"
        elif look is Look.LETTERS:
            letters = (f"{place} * {_code(name, str(place), is_sqlite)}" for place in range(1, LETTERS + 1))
            number = f"({number} + {' + '.join(letters)})"
    elif isinstance(column.type, LargeBinary):
        number = f"length({name})"
    else:
        cast = "::int" if isinstance(column.type, Boolean) and not is_sqlite else ""
        number = f"({name}{cast} & {MASK})"
    return f"coalesce({number}, 0)" if column.nullable else number


def _code(text_column: str, place: str, is_sqlite: bool) -> str:
    """The code point at a place of a text, 0 beyond its end."""
    letter = f"substr({text_column}, {place}, 1)"
    return f"coalesce(unicode({letter}), 0)" if is_sqlite else f"ascii({letter})"


def place_of(table: Table) -> str:
    """The column that says whose a record is: whose chain tells of it."""
    return "id" if table.name == "business" else "business_id"


def count_records(
    connection: Connection, tables: Iterable[Table], *, is_sqlite: bool
) -> dict[int, dict[str, list[int]]]:
    """Per chain and table, how many records there are and what they weigh together."""
    found: dict[int, dict[str, list[int]]] = {}
    for table in tables:
        asked = (
            f"SELECT {place_of(table)} AS place, count(*), sum({weight_sql(table, is_sqlite=is_sqlite)}) "
            f'FROM "{table.name}" GROUP BY place'
        )
        for place, count, weighs in connection.execute(text(asked)):
            found.setdefault(place, {})[table.name] = [count, int(weighs)]
    return found


def weigh(
    connection: Connection, table: Table, keys: Sequence[int], *, business: int, is_sqlite: bool
) -> list[int]:
    """How many records with these keys there are, and what they weigh together.

    Other tills may add records meanwhile, whose keys stand between these: a span is asked for only where
    every key of it is among them.
    """
    found = [0, 0]
    asked = f'SELECT count(*), coalesce(sum({weight_sql(table, is_sqlite=is_sqlite)}), 0) FROM "{table.name}"'
    for low, high in spans_of(keys):
        count, weighs = connection.execute(
            text(f"{asked} WHERE business_id = :business AND id BETWEEN :low AND :high"),
            {"business": business, "low": low, "high": high},
        ).one()
        found = [found[0] + count, found[1] + int(weighs)]
    return found


def watched_tables(tables: Mapping[str, Table]) -> list[Table]:
    """The tables whose records the journal tells of."""
    return [
        table
        for name, table in sorted(tables.items())
        if name not in UNWATCHED and not name.startswith(("customer_words", "job_words", "item_words"))
    ]
