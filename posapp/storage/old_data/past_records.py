"""What came from old systems: past records and the IDs that customers had there."""

from typing import Any

from sqlalchemy import Row, and_, bindparam, select

from posapp.domain.base.clock import from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.old_data.imports import PastKind
from posapp.domain.old_data.past import OldId, PastRecord, told_of
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.old_data.tables import import_batch, legacy_id, past_record
from posapp.storage.repairs.tables import ticket

_RECORDS = select(past_record, ticket.c.number.label("ticket_number")).outerjoin(
    ticket, linked(past_record.c.ticket_id, ticket)
)
_HERE = past_record.c.business_id == bindparam("business")
_BY_KEY = Hot(_RECORDS.where(and_(_HERE, past_record.c.id == bindparam("key"))))
_BY_TICKET = Hot(_RECORDS.where(and_(_HERE, past_record.c.ticket_id == bindparam("ticket"))))
_MOST = 20
"""So many customers may have had the same ID in different systems before the rest are not looked at."""


def _owners(table: Any, *, in_system: bool) -> Hot:
    which = [
        table.c.business_id == bindparam("business"),
        table.c.code_fold == bindparam("code"),
        *([table.c.system == bindparam("system")] if in_system else []),
    ]
    columns = table.c.id, table.c.customer_id, table.c.system, table.c.collection, table.c.code
    # Without an order: a server would read them in that of their keys and look at each.
    return Hot(select(*columns).where(and_(*which)).limit(_MOST), tuple)


_OWNERS = {
    (table, in_system): _owners(table, in_system=in_system)
    for table in (legacy_id, past_record)
    for in_system in (True, False)
}
_OF_CUSTOMER = Hot(
    select(legacy_id, import_batch.c.created_at.label("came_at"))
    .join(import_batch, linked(legacy_id.c.batch_id, import_batch))
    .where(
        and_(
            legacy_id.c.business_id == bindparam("business"),
            legacy_id.c.customer_id == bindparam("customer"),
        )
    )
)

Owner = tuple[int, str, str, str]
"""Whose ID it is: key of the customer, system, collection, and the ID itself."""


class PastRecords(Repository):
    """The past records of one business, and whose old IDs mean whom."""

    def get(self, key: int) -> PastRecord | None:
        """One record."""
        row = self._connection.execute(_BY_KEY, {"business": self._business, "key": key}).first()
        return _record(row) if row is not None else None

    def of_ticket(self, ticket_id: int) -> PastRecord | None:
        """What a ticket was taken in from."""
        keys = {"business": self._business, "ticket": ticket_id}
        row = self._connection.execute(_BY_TICKET, keys).first()
        return _record(row) if row is not None else None

    def take_in(self, key: int, ticket_id: int) -> bool:
        """Link a record to the ticket that it became; False if it has one."""
        free = and_(past_record.c.id == key, past_record.c.ticket_id.is_(None))
        return self._change(past_record, free, {"ticket_id": ticket_id}) == 1

    def owners(self, code: str, system: str = "") -> list[Owner]:
        """Whom an old ID means: the customers that had it, then those with a record of that ID."""
        values: dict[str, Any] = {"business": self._business, "code": code.casefold()}
        if system:
            values["system"] = system
        found: list[Owner] = []
        for table in (legacy_id, past_record):
            rows = self._connection.execute(_OWNERS[table, bool(system)], values).all()
            found += [row[1:] for row in sorted(rows)]
        return found

    def ids_of(self, customer_id: int, limit: int) -> list[OldId]:
        """The IDs that a customer had in old systems, in the order in which they came."""
        values = {"business": self._business, "customer": customer_id}
        rows = sorted(self._connection.execute(_OF_CUSTOMER, values), key=lambda row: row.id)[:limit]
        return [
            OldId(row.system, row.collection, row.code, row.batch_id, from_us(row.came_at)) for row in rows
        ]


def _record(row: Row[Any]) -> PastRecord:
    return PastRecord(
        row.id,
        row.customer_id,
        row.batch_id,
        PastKind(row.kind),
        row.system,
        row.collection,
        row.code,
        from_us(row.at),
        row.status,
        bool(row.is_counted),
        int(row.amount_minor),
        told_of(row.body),
        number_text(Letter.TICKET, row.ticket_number) if row.ticket_number else "",
    )
