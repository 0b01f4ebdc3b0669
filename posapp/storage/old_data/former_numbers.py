"""Numbers that were somebody's until now have a customer again."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, select, text, update

from posapp.storage.base.rows import in_parts
from posapp.storage.customers.tables import phone


def no_longer_former(connection: Connection, business: int, keys: Sequence[str]) -> None:
    """Whoever had one of these numbers before is no longer called its former owner."""
    for some in in_parts(keys):
        former = and_(phone.c.business_id == business, phone.c.key.in_(some), text("phone.is_former"))
        found = list(connection.execute(select(phone.c.id).where(former)).scalars())
        if found:
            connection.execute(update(phone).where(phone.c.id.in_(found)).values(is_former=False))
