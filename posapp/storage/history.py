"""A customer's timeline: each kind of event read from its own index, merged, in pages that go on by key."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, literal, select, union_all
from sqlalchemy.sql import Select

from posapp.storage.tables import booking, journal, resource, service

BOOKING, CHANGE = "booking", "change"
# At the same moment a change stands after (above) a booking.
_RANK = {BOOKING: 1, CHANGE: 2}

RANK_OF_BOOKING = _RANK[BOOKING]

# (at, rank, id): where the next page goes on.
Mark = tuple[int, int, int]
START: Mark = (1 << 62, 0, 0)


@dataclass(frozen=True, slots=True)
class EventRow:
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


def _bookings(customer_id: int, mark: Mark, limit: int) -> Select[Any]:
    at, rank, key = mark
    older = booking.c.starts_at < at
    if rank >= _RANK[BOOKING]:
        tie = (
            (booking.c.starts_at == at) & (booking.c.id < key)
            if rank == _RANK[BOOKING]
            else booking.c.starts_at == at
        )
        older = older | tie
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
        .where(booking.c.customer_id == customer_id, booking.c.starts_at <= at, older)
        .order_by(booking.c.starts_at.desc(), booking.c.id.desc())
        .limit(limit)
    )


def _changes(customer_id: int, mark: Mark, limit: int) -> Select[Any]:
    at, rank, key = mark
    # A clock may be set back, so the keys alone do not carry the order.
    older = journal.c.at < at
    if rank == _RANK[CHANGE]:
        older = older | ((journal.c.at == at) & (journal.c.id < key))
    here = [journal.c.subject == "customer", journal.c.subject_id == customer_id, journal.c.at <= at, older]
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
        .where(*here)
        .order_by(journal.c.at.desc(), journal.c.id.desc())
        .limit(limit)
    )


def timeline(
    connection: Connection, customer_id: int, *, kinds: frozenset[str], mark: Mark = START, limit: int = 50
) -> list[EventRow]:
    """The next `limit` events after `mark`, newest first."""
    branches = []
    if BOOKING in kinds:
        branches.append(_bookings(customer_id, mark, limit).subquery().select())
    if CHANGE in kinds:
        branches.append(_changes(customer_id, mark, limit).subquery().select())
    merged = union_all(*branches).subquery() if len(branches) > 1 else branches[0].subquery()
    ordered = (
        select(merged).order_by(merged.c.at.desc(), merged.c.rank.desc(), merged.c.id.desc()).limit(limit)
    )
    return [EventRow(*row) for row in connection.execute(ordered)]


def count_events(connection: Connection, customer_id: int) -> tuple[int, int]:
    """How many bookings and how many changes a customer has."""
    bookings = select(func.count()).where(booking.c.customer_id == customer_id)
    changes = select(func.count()).where(journal.c.subject == "customer", journal.c.subject_id == customer_id)
    return connection.execute(bookings).scalar_one(), connection.execute(changes).scalar_one()
