"""Possible duplicates: what of each customer is compared, the pairs that were found, those that are none."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, delete, exists, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from posapp.domain.customers.pl_id import PlId
from posapp.domain.old_data.duplicates import DuplicatePair, FoundPair, PairSide, Reason, Traits
from posapp.storage.base.quick import beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import in_parts
from posapp.storage.customers.tables import contact, customer, further_email, phone
from posapp.storage.old_data.same_email import is_open
from posapp.storage.old_data.tables import duplicate_pair, not_duplicate
from posapp.storage.repairs.tables import device, job, ticket

_A, _B = customer.alias("a"), customer.alias("b")
_Of = Callable[[ColumnElement[Any]], ColumnElement[bool]]
_Held = dict[int, set[Any]]


class Duplicates(Repository):
    """Reads customers to be compared and keeps the pairs of one business."""

    # -- what is compared ----------------------------------------------------------------------------
    def extent(self) -> tuple[int, int]:
        """How many customers there are to compare, and the highest key among them."""
        asked = select(func.count(), func.max(customer.c.id)).where(
            and_(customer.c.business_id == self._business, is_open(customer))
        )
        count, last = self._connection.execute(asked).one()
        return int(count), int(last or 0)

    def portion(self, after: int, limit: int) -> list[Traits]:
        """The next customers by key."""
        asked = (
            select(customer.c.id, customer.c.name, customer.c.email, customer.c.address)
            .where(
                and_(beside(customer.c.business_id) == self._business, customer.c.id > after),
                is_open(customer),
            )
            .order_by(customer.c.id)
            .limit(limit)
        )
        rows = self._connection.execute(asked).all()
        if not rows:
            return []
        first, last = rows[0].id, rows[-1].id
        return self._traits(rows, lambda column: column.between(first, last))

    def traits(self, keys: Sequence[int]) -> list[Traits]:
        """The customers with these keys who can still be compared."""
        found: list[Traits] = []
        for part in in_parts(keys):
            asked = select(customer.c.id, customer.c.name, customer.c.email, customer.c.address).where(
                and_(beside(customer.c.business_id) == self._business, customer.c.id.in_(part)),
                is_open(customer),
            )
            rows = self._connection.execute(asked).all()
            found += self._traits(rows, lambda column, part=part: column.in_(part))  # type: ignore[misc]
        return found

    def _traits(self, rows: Sequence[Row[Any]], of: _Of) -> list[Traits]:
        names: _Held = {}
        emails: _Held = {}
        for key, name, email in self._connection.execute(self._contacts(of)):
            names.setdefault(key, set()).add(name)
            emails.setdefault(key, set()).add(email)
        for key, email in self._connection.execute(self._emails(of)):
            emails.setdefault(key, set()).add(email)
        phones: tuple[_Held, _Held] = ({}, {})
        for key, number, ended in self._connection.execute(self._phones(of)):
            phones[ended is not None].setdefault(key, set()).add(number)
        devices: _Held = {}
        for key, brought in self._connection.execute(self._devices(of)):
            devices.setdefault(key, set()).add(brought)
        return [
            Traits(
                row.id,
                tuple(one for one in (row.name, *sorted(names.get(row.id, ()))) if one),
                frozenset({row.email, *emails.get(row.id, ())} - {""}),
                row.address,
                *(frozenset(held.get(row.id, ())) for held in (*phones, devices)),
            )
            for row in rows
        ]

    def _contacts(self, of: _Of) -> Select[Any]:
        return select(contact.c.customer_id, contact.c.name, contact.c.email).where(
            and_(beside(contact.c.business_id) == self._business, of(contact.c.customer_id)),
            contact.c.archived_at.is_(None),
        )

    def _emails(self, of: _Of) -> Select[Any]:
        return select(further_email.c.customer_id, further_email.c.email).where(
            and_(beside(further_email.c.business_id) == self._business, of(further_email.c.customer_id))
        )

    def _phones(self, of: _Of) -> Select[Any]:
        return select(phone.c.customer_id, phone.c.key, phone.c.ended_at).where(
            and_(beside(phone.c.business_id) == self._business, of(phone.c.customer_id))
        )

    def _devices(self, of: _Of) -> Select[Any]:
        own = self._business
        return (
            select(ticket.c.customer_id, job.c.device_id)
            .join(job, and_(job.c.ticket_id == ticket.c.id, beside(job.c.business_id) == own))
            .join(device, and_(device.c.id == job.c.device_id, beside(device.c.business_id) == own))
            .where(
                and_(beside(ticket.c.business_id) == own, of(ticket.c.customer_id)),
                or_(device.c.serial_key != "", device.c.imei != ""),
            )
        )

    # -- the pairs that were found ---------------------------------------------------------------------
    def replace(self, after: int, until: int, pairs: Sequence[FoundPair]) -> int:
        """Put these in the place of the pairs whose older one is after one key and up to another.

        Whoever was merged, archived or taken back since is left out. How many were written.
        """
        self._connection.execute(
            delete(duplicate_pair).where(
                and_(beside(duplicate_pair.c.business_id) == self._business),
                and_(duplicate_pair.c.a_id > after, duplicate_pair.c.a_id <= until),
            )
        )
        people = sorted({key for one in pairs for key in (one.a_id, one.b_id)})
        there = self._still_open(people)
        rows = [
            {
                "business_id": self._business,
                "a_id": one.a_id,
                "b_id": one.b_id,
                "score": one.score,
                "reasons": " ".join(one.reasons),
            }
            for one in pairs
            if {one.a_id, one.b_id} <= there
        ]
        if rows:  # somebody who looks at the same time has written some of them already
            made = sqlite.insert if self._connection.is_direct else postgresql.insert
            self._core.execute(made(duplicate_pair).on_conflict_do_nothing(), rows)
        return len(rows)

    def _still_open(self, keys: Sequence[int]) -> set[int]:
        there: set[int] = set()
        for part in in_parts(keys):
            asked = select(customer.c.id).where(
                and_(beside(customer.c.business_id) == self._business, customer.c.id.in_(part)),
                is_open(customer),
            )
            there.update(self._connection.execute(asked).scalars())
        return there

    def pairs(self, limit: int | None) -> tuple[DuplicatePair, ...]:
        """The pairs that are still to be decided, the surest first."""
        is_none = exists().where(
            and_(
                not_duplicate.c.business_id == duplicate_pair.c.business_id,
                not_duplicate.c.a_id == duplicate_pair.c.a_id,
                not_duplicate.c.b_id == duplicate_pair.c.b_id,
            )
        )
        found = duplicate_pair.c
        asked = (
            self._shown(duplicate_pair, found.score, found.reasons)
            .where(and_(is_open(_A), is_open(_B), ~is_none))
            .order_by(found.score.desc(), found.a_id, found.b_id)
            .limit(limit)
        )
        return self._read(asked)

    # -- pairs that are none ---------------------------------------------------------------------------
    def dismiss(self, a_id: int, b_id: int) -> bool:
        """Remember that two customers are two people; False if that is known."""
        a_id, b_id = sorted((a_id, b_id))
        if self._connection.execute(select(self._dismissed(a_id, b_id))).scalar():
            return False
        self._add(not_duplicate, {"a_id": a_id, "b_id": b_id, "created_at": self._at, "created_by": self._by})
        return True

    def take_back(self, a_id: int, b_id: int) -> bool:
        """Forget that; False if it was not known."""
        a_id, b_id = sorted((a_id, b_id))
        which = and_(
            not_duplicate.c.business_id == self._business,
            not_duplicate.c.a_id == a_id,
            not_duplicate.c.b_id == b_id,
        )
        return bool(self._connection.execute(delete(not_duplicate).where(which)).rowcount)

    def _dismissed(self, a_id: int, b_id: int) -> Any:
        return exists().where(
            and_(
                not_duplicate.c.business_id == self._business,
                not_duplicate.c.a_id == a_id,
                not_duplicate.c.b_id == b_id,
            )
        )

    def dismissed(self) -> tuple[DuplicatePair, ...]:
        """The pairs of which somebody said so, the newest first, with what the finder says of them."""
        told = duplicate_pair.c
        is_told = and_(
            told.business_id == not_duplicate.c.business_id,
            told.a_id == not_duplicate.c.a_id,
            told.b_id == not_duplicate.c.b_id,
        )
        asked = (
            self._shown(not_duplicate, func.coalesce(told.score, 0), func.coalesce(told.reasons, ""))
            .outerjoin(duplicate_pair, is_told)
            .where(and_(is_open(_A), is_open(_B)))
            .order_by(not_duplicate.c.id.desc())
        )
        return self._read(asked)

    # -- lines -----------------------------------------------------------------------------------------
    def _shown(self, pair: Any, score: ColumnElement[int], reasons: ColumnElement[str]) -> Select[Any]:
        sides = [
            column.label(f"{side.name}_{column.name}")
            for side in (_A, _B)
            for column in (side.c.id, side.c.pl_number, side.c.name, side.c.created_at)
        ]
        return (
            select(score.label("score"), reasons.label("reasons"), *sides)
            .select_from(pair)
            .join(_A, and_(_A.c.id == pair.c.a_id, beside(_A.c.business_id) == pair.c.business_id))
            .join(_B, and_(_B.c.id == pair.c.b_id, beside(_B.c.business_id) == pair.c.business_id))
            .where(pair.c.business_id == self._business)
        )

    def _read(self, asked: Select[Any]) -> tuple[DuplicatePair, ...]:
        rows = self._connection.execute(asked).all()
        numbers = self._numbers(sorted({key for row in rows for key in (row.a_id, row.b_id)}))
        return tuple(_pair(row, numbers) for row in rows)

    def _numbers(self, keys: Sequence[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for part in in_parts(keys):
            asked = select(phone.c.customer_id, phone.c.key).where(
                and_(beside(phone.c.business_id) == self._business, phone.c.customer_id.in_(part)),
                and_(phone.c.is_primary, phone.c.ended_at.is_(None)),
            )
            found.update((key, number) for key, number in self._connection.execute(asked))
        return found


def _pair(row: Row[Any], numbers: dict[int, str]) -> DuplicatePair:
    """The pair with the customer first who is older, and so would stay."""
    a = PairSide(row.a_id, PlId(row.a_pl_number), row.a_name, numbers.get(row.a_id, ""))
    b = PairSide(row.b_id, PlId(row.b_pl_number), row.b_name, numbers.get(row.b_id, ""))
    if (row.b_created_at, row.b_pl_number) < (row.a_created_at, row.a_pl_number):
        a, b = b, a
    return DuplicatePair(row.score, tuple(Reason(one) for one in row.reasons.split()), a, b)
