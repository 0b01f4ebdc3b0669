"""What an export says of customers in a few words: the shape that the rules for old data define.

Customers come in the order of their PL numbers, a portion at a time, so that memory does not grow with them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, func, literal, select

from posapp.domain.base.clock import from_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import PL
from posapp.domain.customers.pl_id import PlId
from posapp.domain.old_data.imports import BatchState, PastKind
from posapp.storage.base.quick import beside
from posapp.storage.base.rows import in_parts
from posapp.storage.base.tables import counter
from posapp.storage.customers.tables import alias, contact, customer, further_email, phone
from posapp.storage.old_data.same_email import told_alike
from posapp.storage.old_data.spent import spent_of
from posapp.storage.old_data.tables import (
    customer_merge,
    import_batch,
    import_note,
    legacy_business,
    legacy_id,
    past_record,
)
from posapp.storage.selling.order_tables import ledger_entry
from posapp.storage.shop.tables import business

Row = dict[str, Any]
_PORTION = 500
_LISTS = {kind: f"{kind.value}s" for kind in PastKind}


class ExportedLists:
    """Reads the lists of an export in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._names = self._business_names()

    def _business_names(self) -> dict[int, str]:
        """How each business is called: by its ID in the old system if it came from one that has several."""
        old = select(legacy_business.c.business_id, legacy_business.c.code).order_by(
            legacy_business.c.id.desc()
        )
        codes = {row.business_id: row.code for row in self._connection.execute(old)}
        asked = select(business.c.id, business.c.name).order_by(business.c.id)
        return {row.id: codes.get(row.id, row.name) for row in self._connection.execute(asked)}

    def businesses(self) -> Iterator[Row]:
        """Each business, with the PL ID of its next new customer."""
        counters = select(counter.c.business_id, counter.c.last).where(counter.c.name == PL)
        last = {row.business_id: row.last for row in self._connection.execute(counters)}
        named = select(business.c.id, business.c.name, business.c.currency).order_by(business.c.id)
        for row in self._connection.execute(named).all():
            yield {
                "business": self._names[row.id],
                "currency": row.currency,
                "name": row.name,
                "next_pl_id": f"{PL}{last.get(row.id, 0) + 1}",
            }

    def count(self) -> int:
        """How many customers there are, merged ones aside."""
        asked = select(func.count()).select_from(customer).where(customer.c.merged_into.is_(None))
        return int(self._connection.execute(asked).scalar_one())

    # -- customers -----------------------------------------------------------------------------------
    def customers(self) -> Iterator[Row]:
        """All customers but those who were merged into another one."""
        for key, name in self._names.items():
            last = 0
            while portion := self._portion(key, last):
                last = portion[-1].pl_number
                yield from self._told(key, name, portion)

    def _portion(self, key: int, last: int) -> Sequence[Any]:
        asked = (
            select(
                *(customer.c[name] for name in ("id", "pl_number", "name", "email", "created_at")),
                spent_of(literal(key), customer.c.id).label("spent"),
            )
            .where(
                and_(
                    customer.c.business_id == key,
                    customer.c.pl_number > last,
                    customer.c.merged_into.is_(None),
                )
            )
            .order_by(customer.c.pl_number)
            .limit(_PORTION)
        )
        return self._connection.execute(asked).all()

    def _told(self, key: int, name: str, portion: Sequence[Any]) -> Iterator[Row]:
        found = _Portion(self._connection, key, [row.id for row in portion])
        for row in portion:
            past = found.past[row.id]
            yield {
                "business": name,
                "pl_id": f"{PL}{row.pl_number}",
                "old_pl_ids": [f"{PL}{one}" for one in sorted(found.old_numbers(row.id) - {row.pl_number})],
                "phones": found.phones[row.id],
                "name": row.name,
                "other_names": found.contacts[row.id],
                "emails": [*filter(None, [row.email]), *found.emails[row.id]],
                "legacy_ids": found.legacy[row.id],
                **{words: [code for kind, code in past if kind == one] for one, words in _LISTS.items()},
                "total_spent_minor": int(row.spent),
                "balance_minor": found.balances.get(row.id, 0),
                "created_at": _utc(row.created_at),
            }

    # -- the latest import, and suggestions ----------------------------------------------------------
    def notes(self, kind: str, says: str) -> Iterator[Row]:
        """The rows that the latest import refused, or warned of; `says` is the name of the code."""
        latest = (
            select(import_batch.c.run)
            .where(import_batch.c.state != BatchState.UNDONE.value)
            .order_by(import_batch.c.id.desc())
            .limit(1)
            .scalar_subquery()
        )
        asked = (
            select(import_note.c.file, import_note.c.row, import_note.c.code)
            .join(import_batch, import_batch.c.id == import_note.c.batch_id)
            .where(and_(import_batch.c.run == latest, import_note.c.kind == kind))
            .order_by(import_note.c.file, import_note.c.row, import_note.c.id)
            .execution_options(yield_per=_PORTION)
        )
        for row in self._connection.execute(asked):
            yield {"file": row.file, "row": row.row, says: row.code}

    def pairs(self) -> Iterator[Row]:
        """Pairs of customers who must be suggested as one person."""
        for key, name in self._names.items():
            for pairs in in_parts(told_alike(self._connection, key)):
                people = sorted({one for pair in pairs for one in pair})
                asked = select(customer.c.id, customer.c.pl_number).where(
                    and_(beside(customer.c.business_id) == key, customer.c.id.in_(people))
                )
                numbers = {row.id: row.pl_number for row in self._connection.execute(asked)}
                for pair in pairs:
                    told = sorted(numbers[one] for one in pair)
                    yield {"business": name, "pl_ids": [f"{PL}{one}" for one in told]}


class _Portion:
    """What hangs on some customers of a business, each by the key of the customer."""

    def __init__(self, connection: Connection, key: int, customers: list[int]) -> None:
        self._connection, self._business, self._keys = connection, key, customers
        newest = (phone.c.is_primary.desc(), phone.c.id)
        self.phones = self._lists(phone, phone.c.key, *newest, where=phone.c.ended_at.is_(None))
        self.contacts = self._lists(
            contact, contact.c.name, contact.c.id, where=contact.c.archived_at.is_(None)
        )
        self.emails = self._lists(further_email, further_email.c.email, further_email.c.id)
        self.legacy = self._lists(
            legacy_id,
            legacy_id.c.system + ":" + legacy_id.c.collection + ":" + legacy_id.c.code,
            legacy_id.c.id,
        )
        self._aliases = self._lists(alias, alias.c.code, alias.c.id)
        self.past = self._past()
        self.balances = self._balances()
        self._losers = self._all_losers()

    def _rows(self, table: Table, columns: Sequence[Any], *order: Any, where: Any = None) -> Sequence[Any]:
        own = and_(beside(table.c.business_id) == self._business, table.c.customer_id.in_(self._keys))
        asked = select(table.c.customer_id, *columns).where(own if where is None else and_(own, where))
        return self._connection.execute(asked.order_by(*order)).all()

    def _lists(
        self, table: Table, value: ColumnElement[Any], *order: Any, where: Any = None
    ) -> dict[int, Any]:
        found: dict[int, list[Any]] = defaultdict(list)
        for owner, said in self._rows(table, [value], *order, where=where):
            found[owner].append(said)
        return found

    def _past(self) -> dict[int, list[tuple[str, str]]]:
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        columns = [past_record.c.kind, past_record.c.code]
        for owner, kind, code in self._rows(past_record, columns, past_record.c.at, past_record.c.id):
            found[owner].append((kind, code))
        return found

    def _balances(self) -> dict[int, int]:
        owner = ledger_entry.c.customer_id
        own = and_(beside(ledger_entry.c.business_id) == self._business, owner.in_(self._keys))
        asked = select(owner, func.sum(ledger_entry.c.amount_minor)).where(own).group_by(owner)
        return {key: int(minor) for key, minor in self._connection.execute(asked)}

    def _all_losers(self) -> dict[int, set[int]]:
        """The PL numbers of those who were merged into each, also by way of another one."""
        found: dict[int, set[int]] = defaultdict(set)
        into = {key: key for key in self._keys}
        while into:
            asked = (
                select(customer.c.id, customer_merge.c.survivor_id, customer.c.pl_number)
                .join(customer_merge, customer_merge.c.loser_id == customer.c.id)
                .where(
                    and_(
                        beside(customer_merge.c.business_id) == self._business,
                        customer_merge.c.survivor_id.in_(into),
                        customer_merge.c.undone_at.is_(None),
                    )
                )
            )
            further = {}
            for key, survivor, number in self._connection.execute(asked):
                further[key] = into[survivor]
                found[into[survivor]].add(number)
            into = further
        return found

    def old_numbers(self, key: int) -> set[int]:
        """The PL numbers that find this customer besides the own one."""
        found = set(self._losers[key])
        for code in self._aliases[key]:
            try:
                found.add(PlId.parse(code).number)
            except DomainError:
                continue  # an ID of another kind
        return found


def _utc(at: int) -> str:
    """With a fraction of a second where there is one, as short as it is whole."""
    exact = "seconds" if at % 1_000_000 == 0 else "milliseconds" if at % 1000 == 0 else "microseconds"
    return from_us(at).isoformat(timespec=exact).replace("+00:00", "Z")
