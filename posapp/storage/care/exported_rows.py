"""Every table as rows for an export, in a fixed order, and without what must not leave the database.

Order: business, then the customer's PL number or the record's key, which rises with time. Secrets are left
out, and so the journal would take their records for altered ones. Therefore the journal of an export has as
its last entries what was left out of which records: a database that is made from the export is whole by
`posapp verify`, and has nothing more to leave out when it is exported again.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table, and_, func, or_, select

from posapp.domain.base.actions import Action
from posapp.domain.base.journal import Entry, canonical, split_personal
from posapp.storage.base.journal import hash_after
from posapp.storage.base.quick import beside
from posapp.storage.base.records import kept_columns, kind_of, place_of, primary_of
from posapp.storage.base.rows import in_parts
from posapp.storage.base.tables import journal, journal_head
from posapp.storage.counter.tables import access_code
from posapp.storage.customers.tables import customer
from posapp.storage.people.tables import user_account
from posapp.storage.repairs.tables import job
from posapp.storage.shop.tables import business
from posapp.storage.tables import whole_schema

Row = dict[str, Any]
NOT_EXPORTED: Mapping[str, str] = {
    "user_pass": "good for minutes, and only for who holds it",
    "access_code": "good for minutes; short enough that a hash of one could be guessed",
}
"""Tables of which an export has nothing, and why."""
SECRETS: Mapping[str, Mapping[str, object]] = {
    "user_account": {"pin_hash": "", "password_hash": "", "badge_hash": ""},
    "job": {"passcode": None},
}
"""Columns that an export has empty. A gift card's hash stays: its code is too long to be guessed, and without
the hash nobody could use the card."""
TILL = "export"
"""What the journal's entry about the secrets names in the place of a till."""
_PORTION = 500
_IN_AN_ENTRY = 500


def exported_tables() -> tuple[Table, ...]:
    """The tables of an export, those that are pointed to first."""
    return tuple(table for table in whole_schema() if table.name not in NOT_EXPORTED)


class ExportedRows:
    """Reads the whole database in one transaction, never more than a portion of rows at once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._businesses = list(connection.execute(select(business.c.id).order_by(business.c.id)).scalars())
        self._ends: dict[int, Row] = {}

    def count(self) -> int:
        """How many rows there are, roughly: those about secrets are not among them."""
        return sum(
            int(self._connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in exported_tables()
        )

    def rows(self, table: Table) -> Iterator[Row]:
        """The rows of a table by column, the columns in the order of their names; pictures as bytes.

        The journal has to be read before its heads.
        """
        if "business_id" not in table.c:
            yield from self._rows(table, None)
            return
        for key in (0, *self._businesses) if table.name.startswith("journal") else self._businesses:
            yield from self._of_business(table, key)

    def _of_business(self, table: Table, key: int) -> Iterator[Row]:
        rows = self._rows(table, key)
        if table is journal:
            yield from rows
            yield from self._left_out(key)
        elif table is journal_head and key in self._ends:
            end = self._ends[key]
            yield from ({**row, "last_id": end["id"], "hash": end["hash"]} for row in rows)
        else:
            yield from rows

    def _rows(self, table: Table, key: int | None) -> Iterator[Row]:
        emptied = SECRETS.get(table.name, {})
        columns = sorted(table.columns, key=lambda column: column.name)
        names = [column.name for column in columns]
        for row in self._asked(table, columns, _order(table), _own(table, key)):
            made = dict(zip(names, row, strict=True))
            yield {**made, **emptied} if emptied else made

    def _asked(
        self, table: Table, columns: list[Column[Any]], order: Any, where: ColumnElement[bool] | None
    ) -> Iterator[Any]:
        asked = select(*columns).order_by(*order).execution_options(yield_per=_PORTION)
        return iter(self._connection.execute(asked if where is None else asked.where(where)))

    def pl_numbers(self, keys: Iterable[int]) -> dict[int, int]:
        """The PL numbers of some customers by their keys."""
        found: dict[int, int] = {}
        for part in in_parts(sorted(keys)):
            asked = select(customer.c.id, customer.c.pl_number).where(customer.c.id.in_(part))
            found |= {row.id: row.pl_number for row in self._connection.execute(asked)}
        return found

    # -- what is left out ----------------------------------------------------------------------------
    def _left_out(self, key: int) -> Iterator[Row]:
        """The entries at the end of a chain that tell what an export has not."""
        head = self._connection.execute(
            select(journal_head.c.last_id, journal_head.c.hash).where(journal_head.c.business_id == key)
        ).first()
        if head is None:
            return
        at = self._connection.execute(
            select(journal.c.at).where(and_(journal.c.business_id == key, journal.c.id == head.last_id))
        ).scalar()
        last_id, last_hash, told = head.last_id, head.hash, self._told(key)
        while some := dict(islice(told, _IN_AN_ENTRY)):
            entry = Entry(Action.DATABASE_EXPORTED.value, "business", key, "", None, None, key)
            body, _ = split_personal(entry, "")
            last_id += 1
            made: Row = {
                "action": entry.action,
                "at": at or 0,
                "body": canonical({**body, "rows": some}),
                "business_id": key,
                "id": last_id,
                "person": None,
                "subject": entry.subject,
                "subject_id": key,
                "till": TILL,
            }
            last_hash = hash_after(last_hash, made)
            self._ends[key] = made = dict(sorted({**made, "hash": last_hash}.items()))
            yield made

    def _told(self, key: int) -> Iterator[tuple[str, list[object]]]:
        """The records that an export has otherwise, or not, and what an entry says of each."""
        for table in (user_account, job, access_code):
            emptied = SECRETS.get(table.name, {})
            columns, kind = kept_columns(table), kind_of(table)
            holds = [table.c[name] != value for name, value in emptied.items() if value is not None]
            holds += [table.c[name].is_not(None) for name, value in emptied.items() if value is None]
            where = _own(table, key)
            for row in self._asked(
                table, columns, _order(table), and_(where, or_(*holds)) if holds else where
            ):
                before = tuple(row)
                after = tuple(
                    emptied.get(column.name, value) for column, value in zip(columns, before, strict=True)
                )
                digest = kind.shape.open_digest(after) if emptied else ""
                yield (
                    kind.name_of(before),
                    [kind.shape.open_digest(before), digest, kind.shape.weight(before)],
                )


def _own(table: Table, key: int | None) -> Any:
    """The rows of a business; found by their key, since an index of the business would have to be sorted."""
    return None if key is None else beside(table.c[place_of(table)]) == key


def _order(table: Table) -> list[Column[Any]]:
    return [customer.c.business_id, customer.c.pl_number] if table is customer else primary_of(table)
