"""Statements are compiled once for all databases of one kind, not anew for the database of each test.

What a statement compiles to depends on the statement and the kind of database; an engine's cache keeps it
under its own dialect, so all dialects of a kind count as one here, and all their engines have one cache.
"""

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

_KINDS = (SQLiteDialect_pysqlite, PGDialect_psycopg)
_caches: dict[type, LRUCache[Any, Any]] = {kind: LRUCache(4096) for kind in _KINDS}


def compile_once() -> None:
    """From now on, for every engine of this process."""
    for kind in _KINDS:
        setattr(kind, "__hash__", lambda self: hash(type(self)))  # noqa: B010 - a class of others
        setattr(kind, "__eq__", lambda self, other: type(self) is type(other))  # noqa: B010
    setattr(Engine, "_compiled_cache", property(_common, _ignored))  # noqa: B010


def _common(engine: Engine) -> LRUCache[Any, Any]:
    return _caches[type(engine.dialect)]


def _ignored(_engine: Engine, _own: object) -> None:
    """Each engine brings a cache of its own."""
