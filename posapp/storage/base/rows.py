"""What all records share: who made and changed them, moments that may be missing."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Table, and_
from sqlalchemy.sql.elements import KeyedColumnElement

from posapp.domain.base.clock import from_us
from posapp.domain.base.stamps import Stamps
from posapp.storage.base.quick import beside

_MOST_VALUES = 500


def in_parts(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Keys in lists that one statement takes: databases limit the values of one."""
    return (keys[first : first + _MOST_VALUES] for first in range(0, len(keys), _MOST_VALUES))


def linked(reference: KeyedColumnElement[Any], target: FromClause) -> ColumnElement[bool]:
    """How a record is joined with the one it points to: within its business, and found by its key."""
    assert reference.table is not None
    return and_(target.c.id == reference, beside(target.c.business_id) == reference.table.c.business_id)


def made_now(at: int, by: str) -> dict[str, Any]:
    """The stamps of a new record; `at` in microseconds."""
    return {"created_at": at, "created_by": by, "updated_at": at, "updated_by": by}


def changed_now(table: Table, at: int, by: str) -> dict[str, Any]:
    """The stamps of a change, which counts the version on; `at` in microseconds."""
    return {"updated_at": at, "updated_by": by, "version": table.c.version + 1}


def stamps_of(row: Row[Any]) -> Stamps:
    """The stamps of any record."""
    made, changed = row.created_at, row.updated_at
    at = from_us(made)
    return Stamps(
        at, row.created_by, at if changed == made else from_us(changed), row.updated_by, row.version
    )


def moment_of(at: int | None) -> datetime | None:
    """A moment that may be missing."""
    return from_us(at) if at is not None else None


def after(start: str) -> str:
    """The first text after all that begin with `start`, so that a beginning is a range and never a LIKE."""
    last = ord(start[-1])
    following = 0xE000 if last == 0xD7FF else last + 1
    return start[:-1] + chr(min(following, 0x10FFFF))
