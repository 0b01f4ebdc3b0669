"""What was built on an import since: whatever points at what it made, and changes of that.

The references come from the tables themselves, so that none of a later part is forgotten.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, false, func, or_, select

from posapp.domain.base.actions import Action
from posapp.domain.base.spans import Spans, spans_of
from posapp.domain.old_data.batches import Made
from posapp.storage.base.repository import Repository
from posapp.storage.base.tables import journal, metadata, references
from posapp.storage.customers.tables import contact, customer
from posapp.storage.old_data.tables import customer_merge, import_batch, legacy_id, past_record

OF_BATCH = (past_record, legacy_id)
"""Their records say which batch they are of."""
BY_KEY = ("ledger_entry", "further_email", "alias", "contact", "phone")
"""Of these a batch keeps the keys; in the order in which they are taken away."""
FOUND_ANEW = frozenset({"duplicate_pair", "not_duplicate", "staged_group", "staged_record"})
"""What points at customers and builds nothing on them."""
_HARMLESS = (Action.PERSON_EXPORTED.value,)
EDITED, MERGED, TAKEN_IN = "edited", "merged", "taken_in"


@dataclass(frozen=True, slots=True)
class Built:
    """Records of a kind that stand on an import: a table or "edited", "merged", "taken_in"."""

    what: str
    count: int
    first_pl: int
    """The PL number of the customer whom the first of them is about."""


def within(column: ColumnElement[int], spans: Spans) -> ColumnElement[bool]:
    """Whether a key is one of these."""
    return or_(false(), *(column.between(low, high) for low, high in spans))


def came_with(table: Table, batch: int, keys: Spans) -> ColumnElement[bool]:
    """Records of `BY_KEY` that a batch brought: the key of one that is gone may be somebody else's by now."""
    moment = table.c.started_at if table.name == "phone" else table.c.created_at
    mine = and_(import_batch.c.business_id == table.c.business_id, import_batch.c.id == batch)
    brought = select(import_batch.c.created_at).where(mine).correlate(table).scalar_subquery()
    return and_(within(table.c.id, keys), moment == brought)


def pointing_at(target: Table) -> Iterator[tuple[Table, ColumnElement[int]]]:
    """Every column of another record that points at such a record."""
    for table in metadata.sorted_tables:
        for name, aimed in references(table).items():
            if aimed is target and table.name not in FOUND_ANEW:
                yield table, table.c[name]


class BuiltOn(Repository):
    """Asks the records of one business."""

    def all(self, batch: int, made: Made) -> list[Built]:
        """What stands on a batch, most telling first."""
        people = made.of("customer")
        found = [
            self._references(batch, made, table, column, people) for table, column in pointing_at(customer)
        ]
        found += [
            self._of_contacts(table, column, made.of("contact")) for table, column in pointing_at(contact)
        ]
        found += [self._edits(made), self._contacts(made), self._merges(batch, made), self._taken_in(batch)]
        return sorted((one for one in found if one.count), key=lambda one: one.what == EDITED)

    def on(self, batch: int, made: Made, keys: Sequence[int]) -> set[int]:
        """Those of some customers whom it made on whom something was built."""
        here = made.but("customer", spans_of(keys))
        spans = here.of("customer")
        found: set[int] = set()
        for table, column in pointing_at(customer):
            which = and_(self._strangers(batch, made, table), within(column, spans))
            found.update(self._connection.execute(select(column).where(which)).scalars())
        found.update(self._connection.execute(select(journal.c.subject_id).where(self._told(here))).scalars())
        return found

    def _strangers(self, batch: int, made: Made, table: Table) -> ColumnElement[bool]:
        """Records of a table that the batch did not bring."""
        own = table.c.business_id == self._business
        if table in OF_BATCH:
            return and_(own, table.c.batch_id != batch)
        if table.name in BY_KEY and made.of(table.name):
            return and_(own, ~came_with(table, batch, made.of(table.name)))
        return own

    def _references(
        self, batch: int, made: Made, table: Table, column: ColumnElement[int], spans: Spans
    ) -> Built:
        which = and_(self._strangers(batch, made, table), within(column, spans))
        return self._counted(table.name, column, which)

    def _of_contacts(self, table: Table, column: ColumnElement[int], spans: Spans) -> Built:
        which = and_(table.c.business_id == self._business, within(column, spans))
        own = and_(contact.c.business_id == self._business, contact.c.id == column)
        person = select(contact.c.customer_id).where(own).scalar_subquery()
        return self._counted(table.name, person, which, table)

    def _counted(
        self, what: str, person: ColumnElement[Any], which: ColumnElement[bool], table: Table | None = None
    ) -> Built:
        asked = select(func.count(), func.min(person)).where(which)
        count, first = self._connection.execute(asked if table is None else asked.select_from(table)).one()
        return Built(what, count, self._pl(first) if count else 0)

    def _told(self, made: Made) -> ColumnElement[bool]:
        """The entries about its customers."""
        return and_(
            journal.c.business_id == self._business,
            journal.c.subject == "customer",
            within(journal.c.subject_id, made.of("customer")),
            journal.c.id > made.after,
            journal.c.action.not_in(_HARMLESS),
        )

    def _edits(self, made: Made) -> Built:
        return self._counted(EDITED, journal.c.subject_id, self._told(made))

    def _contacts(self, made: Made) -> Built:
        """People whom it put on accounts that were there, changed since."""
        changed = or_(contact.c.version > 1, contact.c.archived_at.is_not(None))
        mine = and_(contact.c.business_id == self._business, within(contact.c.id, made.of("contact")))
        outside = ~within(contact.c.customer_id, made.of("customer"))
        return self._counted(EDITED, contact.c.customer_id, and_(mine, outside, changed))

    def _merges(self, batch: int, made: Made) -> Built:
        """Customers who were there and got something from it, merged since."""
        met = [
            side.in_(
                select(table.c.customer_id).where(
                    and_(table.c.business_id == self._business, table.c.batch_id == batch)
                )
            )
            for table in OF_BATCH
            for side in (customer_merge.c.survivor_id, customer_merge.c.loser_id)
        ]
        began = select(journal.c.at).where(
            and_(journal.c.business_id == self._business, journal.c.id == max(made.after, 1))
        )
        which = and_(
            customer_merge.c.business_id == self._business,
            customer_merge.c.undone_at.is_(None),
            customer_merge.c.created_at >= began.scalar_subquery(),
            or_(*met),
        )
        return self._counted(MERGED, customer_merge.c.survivor_id, which)

    def _taken_in(self, batch: int) -> Built:
        which = and_(
            past_record.c.business_id == self._business,
            past_record.c.batch_id == batch,
            past_record.c.ticket_id.is_not(None),
        )
        return self._counted(TAKEN_IN, past_record.c.customer_id, which)

    def _pl(self, key: int) -> int:
        found: int = self._connection.execute(
            select(customer.c.pl_number).where(
                and_(customer.c.business_id == self._business, customer.c.id == key)
            )
        ).scalar_one()
        return found
