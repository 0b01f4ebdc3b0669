"""Takes away what an import brought, in portions beside a working shop.

Records of which no entry of the journal tells go like they came: counted and weighed. What somebody has
changed since, and put back, is told record by record.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, func, or_, select, text
from sqlalchemy.sql.elements import KeyedColumnElement

from posapp.domain.base.folding import search_words
from posapp.domain.base.spans import spans_of
from posapp.domain.old_data.batches import Made
from posapp.storage.base.records import weigh
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import in_parts
from posapp.storage.base.sql_extras import SQLITE_SEARCH_TRIGGERS
from posapp.storage.base.tables import journal, metadata
from posapp.storage.customers.tables import contact, customer, phone
from posapp.storage.old_data.built_on import BY_KEY, OF_BATCH, came_with, within
from posapp.storage.old_data.tables import duplicate_pair, not_duplicate
from posapp.storage.selling.guards import SQLITE_ORDER_GUARDS

Gone = dict[str, int]
"""How many records went, by table."""
Less = dict[str, list[int]]
_KEPT_LEDGER = "ledger_entry_stays_delete"
_OF_PERSON = tuple(metadata.tables[name] for name in BY_KEY)


class Undoing(Repository):
    """Takes records of one business away."""

    def people(self, made: Made, most: int) -> list[int]:
        """The next of the customers whom it made and who are still here; nobody else can reach for them."""
        which = and_(customer.c.business_id == self._business, within(customer.c.id, made.of("customer")))
        asked = select(customer.c.id).where(which).order_by(customer.c.id).limit(most)
        return list(self._connection.execute(asked.with_for_update()).scalars())

    def pl_numbers(self, keys: Sequence[int]) -> list[int]:
        """Their PL numbers."""
        found: list[int] = []
        for part in in_parts(keys):
            mine = and_(customer.c.business_id == self._business, customer.c.id.in_(part))
            asked = select(customer.c.pl_number).where(mine)
            found += self._connection.execute(asked).scalars()
        return sorted(found)

    def remove_people(self, keys: Sequence[int], told: "ToldSince", *, is_sqlite: bool) -> tuple[Gone, Less]:
        """Take customers away with all that hangs on them; what went, and how what was counted weighs."""
        gone: Gone = {}
        less: Less = {}
        freed = self._values(phone.c.reversed, within(phone.c.customer_id, spans_of(keys)))
        for table in (*OF_BATCH, *_OF_PERSON):
            rows = self._keys(table, within(table.c.customer_id, spans_of(keys)))
            self._remove(table, rows, told, gone, less, is_sqlite=is_sqlite)
        self._give_back(freed)
        for pair in (duplicate_pair, not_duplicate):
            either = or_(*(within(pair.c[side], spans_of(keys)) for side in ("a_id", "b_id")))
            self._connection.execute(delete(pair).where(and_(pair.c.business_id == self._business, either)))
        with _words_forgotten(self._core, self._business, keys, is_sqlite=is_sqlite):
            self._remove(customer, keys, told, gone, less, is_sqlite=is_sqlite)
        return gone, less

    def extras(self, batch: int, made: Made, kept: Iterable[int], most: int) -> dict[str, list[int]]:
        """The next of the records that it added to customers who were there: keys by table."""
        stays = spans_of(kept)
        found: dict[str, list[int]] = {}
        for table in (*OF_BATCH, *_OF_PERSON):
            of_batch = table in OF_BATCH
            mine = table.c.batch_id == batch if of_batch else came_with(table, batch, made.of(table.name))
            which = and_(table.c.business_id == self._business, mine, ~within(table.c.customer_id, stays))
            keys = self._keys(table, which, most)
            if keys:
                found[table.name] = keys
                most -= len(keys)
            if most <= 0:
                break
        return found

    def owners(self, keys: Mapping[str, Sequence[int]]) -> set[int]:
        """Whose such records are."""
        return {
            owner
            for name, some in keys.items()
            for part in in_parts(some)
            for owner in self._values(
                metadata.tables[name].c.customer_id, metadata.tables[name].c.id.in_(part)
            )
        }

    def remove_extras(
        self, keys: Mapping[str, Sequence[int]], told: "ToldSince", *, is_sqlite: bool
    ) -> tuple[Gone, Less]:
        """Take such records away; their customers are found by the names that are left."""
        gone: Gone = {}
        less: Less = {}
        renamed = {
            person
            for part in in_parts(keys.get("contact", ()))
            for person in self._values(contact.c.customer_id, contact.c.id.in_(part))
        }
        freed = [
            turned
            for part in in_parts(keys.get("phone", ()))
            for turned in self._values(phone.c.reversed, phone.c.id.in_(part))
        ]
        for name, some in keys.items():
            self._remove(metadata.tables[name], some, told, gone, less, is_sqlite=is_sqlite)
        self._give_back(freed)
        for key in sorted(renamed):
            self._refresh_words(key)
        return gone, less

    # -- one table -----------------------------------------------------------------------------------
    def _keys(self, table: Table, which: ColumnElement[bool], most: int | None = None) -> list[int]:
        asked = select(table.c.id).where(and_(table.c.business_id == self._business, which))
        asked = asked.order_by(table.c.id).with_for_update()
        return list(self._connection.execute(asked if most is None else asked.limit(most)).scalars())

    def _remove(
        self,
        table: Table,
        keys: Sequence[int],
        told: "ToldSince",
        gone: Gone,
        less: Less,
        *,
        is_sqlite: bool,
    ) -> None:
        if not keys:
            return
        single = told.of(self._core, table.name).intersection(keys)
        many = [key for key in keys if key not in single] if single else keys
        with _ledger_open(self._core, table, is_sqlite=is_sqlite):
            for part in in_parts(sorted(single)):
                mine = and_(table.c.business_id == self._business, table.c.id.in_(part))
                self._connection.execute(delete(table).where(mine))
            less[table.name] = weigh(self._core, table, many, business=self._business, is_sqlite=is_sqlite)
            for low, high in spans_of(many):
                went = text(
                    f"DELETE FROM {table.name} WHERE business_id = :business AND id BETWEEN :low AND :high"
                )
                self._core.execute(went, {"business": self._business, "low": low, "high": high})
        gone[table.name] = gone.get(table.name, 0) + len(keys)

    # -- phones and words ------------------------------------------------------------------------------
    def _values(self, column: KeyedColumnElement[Any], which: ColumnElement[bool]) -> list[Any]:
        assert column.table is not None
        asked = select(column).where(and_(column.table.c.business_id == self._business, which))
        return list(self._connection.execute(asked).scalars())

    def _give_back(self, numbers: Sequence[str]) -> None:
        """Whoever had one of these numbers last is the one who had it last again."""
        later = phone.alias("later")
        is_last = ~exists().where(
            and_(
                later.c.business_id == self._business,
                later.c.reversed == phone.c.reversed,
                later.c.key == phone.c.key,
                later.c.id > phone.c.id,
            )
        )
        for part in in_parts(numbers):
            ended = and_(phone.c.reversed.in_(part), phone.c.ended_at.is_not(None), ~phone.c.is_former)
            self._change(phone, and_(ended, is_last), {"is_former": True})

    def _refresh_words(self, key: int) -> None:
        own = and_(customer.c.business_id == self._business, customer.c.id == key)
        name = self._connection.execute(select(customer.c.name).where(own)).scalar_one()
        others = select(contact.c.name).where(
            and_(
                contact.c.business_id == self._business,
                contact.c.customer_id == key,
                contact.c.archived_at.is_(None),
            )
        )
        people = list(self._connection.execute(others.order_by(contact.c.id)).scalars())
        folded, latin = search_words(name)
        more = [latin, *(word for other in people for word in search_words(other))]
        self._change(customer, key, {"name_fold": folded, "more_words": " ".join(filter(None, more)) or None})


class ToldSince:
    """The records of some tables of which entries tell one by one, since an entry; heard on and on."""

    def __init__(self, business: int, after: int) -> None:
        self._business, self._after = business, after
        self._told: dict[str, set[int]] = {}
        self._names = {"customer", *(table.name for table in (*OF_BATCH, *_OF_PERSON))}

    def of(self, connection: Connection, table: str) -> set[int]:
        """The keys of a table that stand in an entry of now or before."""
        last = select(func.max(journal.c.id)).where(journal.c.business_id == self._business)
        if (connection.execute(last).scalar() or 0) > self._after:
            self._hear(connection)
        return self._told.get(table, set())

    def _hear(self, connection: Connection) -> None:
        asked = (
            select(journal.c.id, journal.c.body)
            .where(and_(journal.c.business_id == self._business, journal.c.id > self._after))
            .order_by(journal.c.id)
        )
        for key, body in connection.execute(asked.execution_options(yield_per=1000)):
            self._after = key
            if '"rows":{' in body:
                for name in json.loads(body).get("rows", {}):
                    table, _, record = name.partition(" ")
                    if table in self._names and record.isdecimal():
                        self._told.setdefault(table, set()).add(int(record))


@contextmanager
def _words_forgotten(
    connection: Connection, business: int, keys: Sequence[int], *, is_sqlite: bool
) -> Iterator[None]:
    """Let the index of words forget these customers at once, not one by one."""
    if not is_sqlite:
        yield
        return
    removed = "customer_words_removed"
    connection.exec_driver_sql(f"DROP TRIGGER {removed}")
    asked = (
        "SELECT id, name_fold || ' ' || coalesce(more_words, '') FROM customer "
        "WHERE business_id = ? AND id BETWEEN ? AND ?"
    )
    forgotten = "INSERT INTO customer_words(customer_words, rowid, words) VALUES ('delete', ?, ?)"
    for low, high in spans_of(keys):
        rows = connection.exec_driver_sql(asked, (business, low, high)).all()
        if rows:
            connection.exec_driver_sql(forgotten, [tuple(row) for row in rows])
    yield
    connection.exec_driver_sql(SQLITE_SEARCH_TRIGGERS[removed])


@contextmanager
def _ledger_open(connection: Connection, table: Table, *, is_sqlite: bool) -> Iterator[None]:
    """The opening balances of an import may go with their customers; nothing else of a ledger ever does."""
    if table.name != "ledger_entry":
        yield
        return
    if is_sqlite:
        connection.exec_driver_sql(f"DROP TRIGGER {_KEPT_LEDGER}")
    else:
        connection.exec_driver_sql(f"ALTER TABLE ledger_entry DISABLE TRIGGER {_KEPT_LEDGER}")
    yield
    if is_sqlite:
        [guard] = [one for one in SQLITE_ORDER_GUARDS if one.startswith(f"CREATE TRIGGER {_KEPT_LEDGER} ")]
        connection.exec_driver_sql(guard)
    else:
        connection.exec_driver_sql(f"ALTER TABLE ledger_entry ENABLE TRIGGER {_KEPT_LEDGER}")
