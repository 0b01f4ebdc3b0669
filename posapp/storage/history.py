"""A customer's timeline: each kind of event read from its own index, merged, in pages that go on by key."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql import Select

from posapp.storage.quick import Hands, Hot
from posapp.storage.tables import booking, journal, resource, service

BOOKING, CHANGE = "booking", "change"
# At the same moment a change stands after (above) a booking.
_RANK = {BOOKING: 1, CHANGE: 2}

# (at, rank, id): where the next page goes on.
Mark = tuple[int, int, int]
START: Mark = (1 << 62, 0, 0)

_INTEGER = BigInteger()
_CUSTOMER = bindparam("customer", type_=_INTEGER)
_AT = bindparam("at", type_=_INTEGER)
_MARK_RANK = bindparam("rank", type_=_INTEGER)
_MARK_KEY = bindparam("key", type_=_INTEGER)
_LIMIT = bindparam("limit", type_=_INTEGER)


class EventRow(NamedTuple):
    """One event: a booking (`number`, service, status) or a change of the customer (action, journal key)."""

    at: int
    rank: int
    id: int
    number: int
    title: str
    status: str
    with_whom: str
    wall: str
    price_minor: int | None
    by: str

    @property
    def mark(self) -> Mark:
        """The place of this event in the order."""
        return (self.at, self.rank, self.id)


def _older(at: ColumnElement[int], kind: str, key: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether an event of a kind stands after the mark; the first part is what the index answers."""
    rank = literal(_RANK[kind], _INTEGER)
    beside = and_(at == _AT, or_(rank < _MARK_RANK, and_(rank == _MARK_RANK, key < _MARK_KEY)))
    return and_(at <= _AT, or_(at < _AT, beside))


def _bookings() -> Select[Any]:
    return (
        select(
            booking.c.starts_at.label("at"),
            literal(_RANK[BOOKING]).label("rank"),
            booking.c.id.label("id"),
            booking.c.number.label("number"),
            service.c.name.label("title"),
            booking.c.status.label("status"),
            resource.c.name.label("with_whom"),
            booking.c.wall_start.label("wall"),
            booking.c.price_minor.label("price_minor"),
            booking.c.created_by.label("by"),
        )
        .join(service, service.c.id == booking.c.service_id)
        .join(resource, resource.c.id == booking.c.resource_id)
        .where(booking.c.customer_id == _CUSTOMER, _older(booking.c.starts_at, BOOKING, booking.c.id))
        .order_by(booking.c.starts_at.desc(), booking.c.id.desc())
        .limit(_LIMIT)
    )


def _changes() -> Select[Any]:
    # A clock may be set back, so the keys alone do not carry the order.
    return (
        select(
            journal.c.at.label("at"),
            literal(_RANK[CHANGE]).label("rank"),
            journal.c.id.label("id"),
            literal(0).label("number"),
            journal.c.action.label("title"),
            literal("").label("status"),
            literal("").label("with_whom"),
            literal("").label("wall"),
            literal(None, journal.c.at.type).label("price_minor"),
            journal.c.till.label("by"),
        )
        .where(
            journal.c.subject == literal("customer"),
            journal.c.subject_id == _CUSTOMER,
            _older(journal.c.at, CHANGE, journal.c.id),
        )
        .order_by(journal.c.at.desc(), journal.c.id.desc())
        .limit(_LIMIT)
    )


_BRANCHES = {BOOKING: _bookings, CHANGE: _changes}


@cache
def statement_of(kinds: frozenset[str]) -> Hot:
    """The statement that reads events of these kinds, built once; each branch has its own order and limit."""
    branches = [_BRANCHES[kind]().subquery().select() for kind in sorted(kinds)]
    merged = union_all(*branches).subquery() if len(branches) > 1 else branches[0].subquery()
    newest = merged.c.at.desc(), merged.c.rank.desc(), merged.c.id.desc()
    return Hot(select(merged).order_by(*newest).limit(_LIMIT), EventRow)


def timeline(
    connection: Connection, customer_id: int, *, kinds: frozenset[str], mark: Mark = START, limit: int = 50
) -> list[EventRow]:
    """The next `limit` events after `mark`, newest first."""
    at, rank, key = mark
    values = {"customer": customer_id, "at": at, "rank": rank, "key": key, "limit": limit}
    rows: list[EventRow] = Hands(connection).execute(statement_of(kinds), values).all()
    return rows


def count_events(connection: Connection, customer_id: int) -> tuple[int, int]:
    """How many bookings and how many changes a customer has."""
    bookings = select(func.count()).where(booking.c.customer_id == customer_id)
    changes = select(func.count()).where(journal.c.subject == "customer", journal.c.subject_id == customer_id)
    return connection.execute(bookings).scalar_one(), connection.execute(changes).scalar_one()
