"""Two customers become one, and two again: which records move, and what stands on record of it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, and_, delete, func, or_, select

from posapp.domain.base.clock import from_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.folding import search_words
from posapp.domain.customers.pl_id import PlId
from posapp.domain.old_data.merging import PastMerge
from posapp.storage.base.quick import beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import changed_now, in_parts, made_now
from posapp.storage.base.tables import metadata, references
from posapp.storage.customers.customers import alias_code
from posapp.storage.customers.tables import alias, contact, customer, further_email, phone
from posapp.storage.old_data.references import of_customers, owned_tables
from posapp.storage.old_data.tables import customer_merge, duplicate_pair, not_duplicate

Keys = dict[str, list[int]]
"""Keys of records by table and column, as `booking.customer_id`."""
Told = Mapping[str, Any]
CODES = "access_code"
"""The table of codes for the kiosk, a part that stands on this one."""


@dataclass(frozen=True, slots=True)
class StoredMerge:
    """A merge that can be undone; `told` is empty once the person was anonymised."""

    id: int
    survivor_id: int
    loser_id: int
    moved: Keys
    told: Told


@dataclass(frozen=True, slots=True)
class Retired:
    """A customer's own row, whoever it leads to."""

    id: int
    pl_id: PlId
    name: str
    merged_into: int | None
    no_phone_reason: str | None


class Merges(Repository):
    """The merges of one business."""

    # -- whom it is about --------------------------------------------------------------------------
    def hold(self, *keys: int) -> None:
        """Keep others from changing these customers, and from pointing at them, until this transaction ends.

        In the order of their keys, so that two tills that merge the same two do not wait for each other.
        """
        here = and_(customer.c.business_id == self._business, customer.c.id.in_(keys))
        self._connection.execute(select(customer.c.id).where(here).order_by(customer.c.id).with_for_update())

    def row(self, key: int) -> Retired | None:
        """A customer's own row."""
        here = and_(customer.c.business_id == self._business, customer.c.id == key)
        row = self._connection.execute(select(customer).where(here)).first()
        if row is None:
            return None
        return Retired(
            row.id,
            PlId(row.pl_number),
            row.name,
            row.merged_into,
            row.no_phone_reason,
        )

    def counts(self, key: int) -> dict[str, int]:
        """How many records a customer has, by table; what there is none of is left out."""
        found = {
            one.table.name: self._connection.execute(
                select(func.count()).where(self._own(one.table, one.column, key))
            ).scalar_one()
            for one in of_customers()
        }
        return {name: count for name, count in found.items() if count}

    def _own(self, table: Table, column: str, key: int) -> Any:
        return and_(beside(table.c.business_id) == self._business, table.c[column] == key)

    # -- moving ------------------------------------------------------------------------------------
    def move(self, source: int, target: int) -> Keys:
        """Let everything of one customer be another one's; what moved.

        On a server somebody may have been writing what hangs on a ticket until that was held: hence again,
        until there is nothing.
        """
        moved: Keys = {}
        found = True
        while found:
            found = False
            for one in of_customers():
                mine = select(one.table.c.id).where(self._own(one.table, one.column, source))
                keys = list(
                    self._connection.execute(mine.order_by(one.table.c.id).with_for_update()).scalars()
                )
                if keys:
                    found = True
                    moved.setdefault(one.name, []).extend(keys)
                    self.hand_over(one.table, one.column, keys, target)
        return moved

    def hand_over(self, table: Table, column: str, keys: Sequence[int], target: int) -> None:
        """Let these records be of another customer."""
        for part in in_parts(keys):
            self._change(table, table.c.id.in_(part), {column: target})

    def still_at(self, table: Table, column: str, keys: Sequence[int], key: int) -> list[int]:
        """Those of the records that are a customer's now."""
        found: list[int] = []
        for part in in_parts(keys):
            mine = and_(self._own(table, column, key), table.c.id.in_(part))
            found += self._connection.execute(select(table.c.id).where(mine).order_by(table.c.id)).scalars()
        return found

    def standing(self, table: Table, keys: Sequence[int]) -> set[int]:
        """Those of the records that are there at all."""
        found: set[int] = set()
        for part in in_parts(keys):
            here = and_(table.c.business_id == self._business, table.c.id.in_(part))
            found.update(self._connection.execute(select(table.c.id).where(here)).scalars())
        return found

    def last_keys(self) -> dict[str, int]:
        """The newest record of each table: what comes later came after a merge."""
        found = {}
        for table in owned_tables():
            own = beside(table.c.business_id) == self._business
            newest = select(table.c.id).where(own).order_by(table.c.id.desc()).limit(1)
            found[table.name] = self._connection.execute(newest).scalar() or 0
        return found

    def called(self, table: Table, keys: Sequence[int]) -> list[tuple[int, Any]]:
        """The numbers (or names) by which records are called, where they have some."""
        column = next((table.c[name] for name in ("number", "key", "name", "email") if name in table.c), None)
        found: list[tuple[int, Any]] = []
        for part in in_parts(keys):
            here = and_(table.c.business_id == self._business, table.c.id.in_(part))
            asked = select(table.c.id, table.c.id if column is None else column).where(here)
            found += [tuple(row) for row in self._connection.execute(asked.order_by(table.c.id))]
        return found

    # -- numbers and codes -------------------------------------------------------------------------
    def primary(self, key: int) -> int | None:
        """The line of a customer's primary number."""
        mine = and_(self._own(phone, "customer_id", key), phone.c.is_primary, phone.c.ended_at.is_(None))
        found: int | None = self._connection.execute(select(phone.c.id).where(mine)).scalar()
        return found

    def no_primary(self, keys: Sequence[int]) -> None:
        """These numbers are not primary ones."""
        for part in in_parts(keys):
            self._change(phone, and_(phone.c.id.in_(part), phone.c.is_primary), {"is_primary": False})

    def set_codes(self, keys: Sequence[int], before: str, after: str) -> None:
        """Codes for the kiosk in one state come into another; each was given to one customer alone."""
        codes = metadata.tables[CODES]
        for part in in_parts(keys):
            self._change(codes, and_(codes.c.id.in_(part), codes.c.state == before), {"state": after})

    def open_codes(self, key: int) -> list[int]:
        """A customer's code for the kiosk that may still be used."""
        codes = metadata.tables[CODES]
        mine = and_(self._own(codes, "customer_id", key), codes.c.state == "open")
        return list(self._connection.execute(select(codes.c.id).where(mine)).scalars())

    # -- addresses, people, IDs --------------------------------------------------------------------
    def emails(self, key: int) -> list[tuple[int, str]]:
        """A customer's further addresses, in the order in which they came."""
        mine = self._own(further_email, "customer_id", key)
        asked = select(further_email.c.id, further_email.c.email).where(mine).order_by(further_email.c.id)
        return [tuple(row) for row in self._connection.execute(asked)]

    def add_email(self, key: int, email: str) -> int:
        """Keep a further address."""
        return self._add(further_email, {"customer_id": key, "email": email, "created_at": self._at})

    def add_contact(self, key: int, name: str) -> int:
        """Keep a name as that of a further person."""
        return self._add(contact, {"customer_id": key, "name": name, **made_now(self._at, self._by)})

    def take_out(self, table: str, keys: Sequence[int]) -> list[dict[str, Any]]:
        """Delete records, and answer them whole."""
        found: list[dict[str, Any]] = []
        source = metadata.tables[table]
        for part in in_parts(keys):
            here = and_(source.c.business_id == self._business, source.c.id.in_(part))
            rows = self._connection.execute(select(source).where(here).order_by(source.c.id)).all()
            found += [dict(row._mapping) for row in rows]
            self._connection.execute(delete(source).where(here))
        return found

    def put_back(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert records that were deleted, as they were; under another key where somebody has theirs."""
        source = metadata.tables[table]
        for row in rows:
            values = {name: row[name] for name in row if name != "business_id"}
            here = and_(source.c.business_id == self._business, source.c.id == row["id"])
            taken = select(source.c.id).where(here)
            if self._core.execute(taken).first() is not None:  # SQLite gives the highest key out again
                del values["id"]
            self._add(source, values)

    def untouched_contacts(self, keys: Sequence[int], key: int) -> list[int]:
        """Those of a customer's people whom nobody changed and no record names."""
        names = [(table, column) for table in metadata.sorted_tables for column in _to_contacts(table)]
        found = []
        for one in keys:
            mine = and_(
                self._own(contact, "customer_id", key),
                contact.c.id == one,
                contact.c.version == 1,
                contact.c.archived_at.is_(None),
            )
            is_there = self._connection.execute(select(contact.c.id).where(mine)).first() is not None
            if is_there and not any(self._has(table, column, one) for table, column in names):
                found.append(one)
        return found

    def _has(self, table: Table, column: str, key: int) -> bool:
        asked = select(table.c.id).where(self._own(table, column, key)).limit(1)
        return self._connection.execute(asked).first() is not None

    def alias_of(self, key: int, code: str) -> int | None:
        """The key of an old ID that finds a customer."""
        mine = and_(self._own(alias, "customer_id", key), alias.c.code == alias_code(code))
        found: int | None = self._connection.execute(select(alias.c.id).where(mine)).scalar()
        return found

    def refresh_words(self, key: int) -> None:
        """Write the search words of a customer's own row from its name and its people."""
        here = and_(customer.c.business_id == self._business, customer.c.id == key)
        name: str = self._connection.execute(select(customer.c.name).where(here)).scalar() or ""
        people = and_(self._own(contact, "customer_id", key), contact.c.archived_at.is_(None))
        names = self._connection.execute(select(contact.c.name).where(people).order_by(contact.c.id))
        folded, latin = search_words(name)
        more = [latin, *(word for other in names.scalars() for word in search_words(other))]
        words = " ".join(filter(None, more)) or None
        self._change(customer, key, {"name_fold": folded, "more_words": words})

    # -- pairs -------------------------------------------------------------------------------------
    def turn_pairs(self, source: int, target: int) -> dict[str, list[Any]]:
        """Whom a customer was said not to be, the other one is not either; what was suggested is gone.

        Answers the pairs as they were: those that were changed, and those that were taken out.
        """
        for one in (source, target):
            of = or_(duplicate_pair.c.a_id == one, duplicate_pair.c.b_id == one)
            self._connection.execute(
                delete(duplicate_pair).where(and_(beside(duplicate_pair.c.business_id) == self._business, of))
            )
        known = {tuple(sorted(row[1:])) for row in self._pairs(target)}
        turned: dict[str, list[Any]] = {"changed": [], "out": []}
        for key, a, b in self._pairs(source):
            pair = tuple(sorted((target, b if a == source else a)))
            if pair[0] == pair[1] or pair in known:
                turned["out"] += self.take_out(not_duplicate.name, [key])
            else:
                self._change(not_duplicate, key, {"a_id": pair[0], "b_id": pair[1]})
                turned["changed"].append([key, a, b, *pair])
        return turned

    def turn_pairs_back(self, turned: Mapping[str, list[Any]]) -> None:
        """Pairs as they were before, as far as they stand where they were put."""
        for key, a, b, now_a, now_b in turned["changed"]:
            as_put = and_(
                not_duplicate.c.id == key, not_duplicate.c.a_id == now_a, not_duplicate.c.b_id == now_b
            )
            self._change(not_duplicate, as_put, {"a_id": a, "b_id": b})
        self.put_back(not_duplicate.name, turned["out"])

    def _pairs(self, key: int) -> list[tuple[int, int, int]]:
        mine = and_(
            not_duplicate.c.business_id == self._business,
            or_(not_duplicate.c.a_id == key, not_duplicate.c.b_id == key),
        )
        asked = select(not_duplicate.c.id, not_duplicate.c.a_id, not_duplicate.c.b_id).where(mine)
        return [tuple(row) for row in self._connection.execute(asked.order_by(not_duplicate.c.id))]

    # -- what stands on record ---------------------------------------------------------------------
    def retire(self, key: int, into: int | None) -> None:
        """Let a customer lead to another one, or (None) stand alone again."""
        self._change(customer, key, {"merged_into": into, **changed_now(customer, self._at, self._by)})

    def add(self, survivor_id: int, loser_id: int, moved: Keys, told: Told) -> int:
        """Put a merge on record."""
        values = {
            "survivor_id": survivor_id,
            "loser_id": loser_id,
            "moved": json.dumps(moved, separators=(",", ":")),
            "told": json.dumps(told, separators=(",", ":"), ensure_ascii=False),
            **made_now(self._at, self._by),
        }
        return self._add(customer_merge, values)

    def get(self, key: int) -> StoredMerge:
        """A merge that was not undone; refuses with `merge_unknown`."""
        here = and_(
            customer_merge.c.business_id == self._business,
            customer_merge.c.id == key,
            customer_merge.c.undone_at.is_(None),
        )
        row = self._connection.execute(select(customer_merge).where(here)).first()
        if row is None:
            raise DomainError(
                "merge_unknown", "This merge is not on record here, or it was undone already.", field="merge"
            )
        told = json.loads(row.told) if row.told else {}
        return StoredMerge(row.id, row.survivor_id, row.loser_id, json.loads(row.moved), told)

    def undone(self, key: int) -> None:
        """A merge is undone."""
        ended = {"undone_at": self._at, **changed_now(customer_merge, self._at, self._by)}
        self._change(customer_merge, key, ended)

    def of_survivor(self, key: int) -> tuple[PastMerge, ...]:
        """The merges into a customer that were not undone, the newest first."""
        asked = (
            select(customer_merge, customer.c.pl_number, customer.c.name)
            .join(
                customer,
                and_(
                    customer.c.id == customer_merge.c.loser_id,
                    customer.c.business_id == customer_merge.c.business_id,
                ),
            )
            .where(and_(self._own(customer_merge, "survivor_id", key), customer_merge.c.undone_at.is_(None)))
            .order_by(customer_merge.c.id.desc())
        )
        return tuple(
            PastMerge(row.id, PlId(row.pl_number), from_us(row.created_at), row.created_by)
            for row in self._connection.execute(asked)
        )


def _to_contacts(table: Table) -> list[str]:
    """The columns of a table that name a further person of an account."""
    return [name for name, target in references(table).items() if target is contact]
