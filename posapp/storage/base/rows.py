"""What all records share: who made and changed them, moments that may be missing, the phone shown beside."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Table, and_, text
from sqlalchemy.sql.elements import KeyedColumnElement

from posapp.domain.base.clock import from_us
from posapp.domain.base.phone import PhoneMark, PhoneNumber
from posapp.domain.customers.customers import Stamps
from posapp.storage.base.quick import beside
from posapp.storage.customers.tables import phone

_MOST_VALUES = 500
_IS_PRIMARY = text("phone.is_primary")
"""As written in the partial index: SQLite does not see that `phone.is_primary = 1` means the same."""


def in_parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Keys in lists that one statement takes: databases limit the values of one."""
    return (keys[first : first + _MOST_VALUES] for first in range(0, len(keys), _MOST_VALUES))


def linked(reference: KeyedColumnElement[Any], target: FromClause) -> ColumnElement[bool]:
    """How a record is joined with the one it points to: within its business, and found by its key."""
    assert reference.table is not None
    return and_(target.c.id == reference, beside(target.c.business_id) == reference.table.c.business_id)


def primary_phone(record: FromClause) -> ColumnElement[bool]:
    """How a record is joined with the number that is shown of its customer."""
    return and_(
        beside(phone.c.business_id) == record.c.business_id,
        phone.c.customer_id == record.c.customer_id,
        _IS_PRIMARY,
        phone.c.ended_at.is_(None),
    )


def made_now(at: int, by: str) -> dict[str, Any]:
    """C18: the stamps of a new record; `at` in microseconds."""
    return {"created_at": at, "created_by": by, "updated_at": at, "updated_by": by}


def changed_now(table: Table, at: int, by: str) -> dict[str, Any]:
    """C18: the stamps of a change, which counts the version on; `at` in microseconds."""
    return {"updated_at": at, "updated_by": by, "version": table.c.version + 1}


def stamps_of(row: Row[Any]) -> Stamps:
    """The stamps of any record."""
    return Stamps(
        from_us(row.created_at), row.created_by, from_us(row.updated_at), row.updated_by, row.version
    )


def moment_of(at: int | None) -> datetime | None:
    """A moment that may be missing."""
    return from_us(at) if at is not None else None


def phone_of(row: Row[Any]) -> PhoneNumber | None:
    """The customer's number in a row with `phone_key`, `extension` and `mark`."""
    if not row.phone_key:
        return None
    return PhoneNumber(row.phone_key, row.extension, PhoneMark(row.mark) if row.mark else None)
