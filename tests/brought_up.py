"""The migrations make the schema of a new file once in a process; further new files get the same statements.

Twenty migrations take half a second, what they come to a twentieth of it. The code of a shop is each shop's
own. Older shops, servers and the tests of the migrations (`by_migrations`) run them always.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Connection

from posapp.storage import schema

_upgrade = schema._upgrade
_made: list[tuple[str, tuple[Any, ...]]] = []
_ORDER = "CASE type WHEN 'table' THEN 1 WHEN 'index' THEN 2 ELSE 3 END, rowid"
_WITH = "sql IS NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT IN {}"


def bring_up_once() -> None:
    """From now on, for every database of this process."""
    schema._upgrade = _quickly


@pytest.fixture
def by_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    """The migrations themselves, each time."""
    monkeypatch.setattr(schema, "_upgrade", _upgrade)


def _quickly(connection: Connection) -> None:
    is_new = connection.dialect.name == "sqlite" and schema.revision_of(connection) is None
    if not is_new or not _made:
        _upgrade(connection)
        if is_new:
            _made.extend(_statements(connection))
        return
    for statement, values in _made:
        connection.exec_driver_sql(statement, values)
    connection.exec_driver_sql("UPDATE identity SET code = ?", (uuid4().hex,))


def _statements(connection: Connection) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """What makes a schema and its first rows again; an index of words makes its own tables."""
    listed = connection.exec_driver_sql(
        "SELECT name, type FROM pragma_table_list WHERE schema = 'main'"
    ).all()
    kinds = dict(tuple(one) for one in listed)
    own = tuple(name for name, kind in kinds.items() if kind == "shadow")
    found = f"SELECT sql FROM sqlite_master WHERE {_WITH.format(own)} ORDER BY {_ORDER}"
    for (made,) in connection.exec_driver_sql(found).all():
        yield made, ()
    for name in (name for name, kind in kinds.items() if kind == "table" and not name.startswith("sqlite_")):
        for row in connection.exec_driver_sql(f"SELECT * FROM {name}").all():
            yield f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", tuple(row)
