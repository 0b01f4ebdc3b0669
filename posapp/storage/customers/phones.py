"""The number that is shown beside a record of a customer."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, and_, text

from posapp.domain.base.phone import PhoneMark, PhoneNumber
from posapp.storage.base.quick import beside
from posapp.storage.customers.tables import phone

_IS_PRIMARY = text("phone.is_primary")
"""As written in the partial index: SQLite does not see that `phone.is_primary = 1` means the same."""


def primary_phone(record: FromClause) -> ColumnElement[bool]:
    """How a record is joined with the number that is shown of its customer."""
    return and_(
        beside(phone.c.business_id) == record.c.business_id,
        phone.c.customer_id == record.c.customer_id,
        _IS_PRIMARY,
        phone.c.ended_at.is_(None),
    )


def phone_of(row: Row[Any]) -> PhoneNumber | None:
    """The customer's number in a row with `phone_key`, `extension` and `mark`."""
    if not row.phone_key:
        return None
    return PhoneNumber(row.phone_key, row.extension, PhoneMark(row.mark) if row.mark else None)
