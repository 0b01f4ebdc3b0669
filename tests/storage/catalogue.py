"""What a database says of its own schema, in words that can be compared with those of another database.

Both engines tell everything but one thing in catalogues; SQLite keeps checks only in the text of a table.
"""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

Facts = dict[str, set[str]]
"""By table: a line for each column, key, check and index."""

_BLANKS = re.compile(r"\s+")
_SIZES = {"INTEGER": "INTEGER", "BIGINT": "INTEGER"}  # one and the same to SQLite


def facts_of(connection: Connection, tables: Iterable[str]) -> Facts:
    """Everything the database holds about some tables of its current schema."""
    tell = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgres
    return {name: set(tell(connection, name)) for name in tables}


def _on_sqlite(connection: Connection, name: str) -> Iterable[str]:
    def ask(pragma: str, of: str) -> list[dict[str, Any]]:
        return [dict(row) for row in connection.exec_driver_sql(f"PRAGMA {pragma}('{of}')").mappings()]

    for column in ask("table_info", name):
        kind = _SIZES.get(column["type"], column["type"])
        yield (
            f"column {column['name']} {kind} not null {column['notnull']} "
            f"default {str(column['dflt_value']).lower()} key {column['pk']}"
        )
    keys: dict[int, list[dict[str, Any]]] = {}
    for key in ask("foreign_key_list", name):
        keys.setdefault(key["id"], []).append(key)
    for parts in keys.values():
        columns = ", ".join(f"{part['from']} -> {part['table']}.{part['to']}" for part in parts)
        yield f"reference {columns} on delete {parts[0]['on_delete']} on update {parts[0]['on_update']}"
    for index in ask("index_list", name):
        parts = [part for part in ask("index_xinfo", index["name"]) if part["key"]]
        columns = ", ".join(f"{part['name']} {part['coll']} {part['desc']}" for part in parts)
        words = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = ?", (index["name"],)
        ).scalar()
        where = _flat(str(words or "").partition(" WHERE ")[2])
        shown = "its own" if index["name"].startswith("sqlite_") else index["name"]
        yield f"index {shown} unique {index['unique']} on {columns} where {where}"
    made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).scalar()
    yield from _named(str(made))


def _named(made: str) -> Iterable[str]:
    """The named constraints in the text of a table."""
    for found in re.finditer(r"CONSTRAINT (\w+) (CHECK|UNIQUE|PRIMARY KEY|FOREIGN KEY)", made):
        name, kind = found.groups()
        rest = made[found.end() :]
        yield f"{kind.lower()} {name} {_flat(rest[: _closing(rest)])}"


def _closing(text: str) -> int:
    """Where the bracket that opens a text is closed."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0 and letter == ")":
            return place + 1
    raise AssertionError(f"no end: {text}")


def _flat(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


_COLUMNS = """
SELECT 'column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' not null ' || a.attnotnull
    || ' default ' || coalesce(pg_get_expr(d.adbin, d.adrelid), 'none')
FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attrelid = CAST(%(name)s AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
"""
_CONSTRAINTS = """
SELECT 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) || ' valid ' || convalidated
FROM pg_constraint WHERE conrelid = CAST(%(name)s AS regclass)
"""
_INDEXES = """
SELECT pg_get_indexdef(indexrelid) || ' valid ' || indisvalid FROM pg_index
WHERE indrelid = CAST(%(name)s AS regclass)
"""


def _on_postgres(connection: Connection, name: str) -> Iterable[str]:
    schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
    for question in (_COLUMNS, _CONSTRAINTS, _INDEXES):
        for line in connection.exec_driver_sql(question, {"name": name}).scalars():
            yield _flat(str(line)).replace(f" ON {schema}.", " ON ")
