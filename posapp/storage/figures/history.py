"""A customer's timeline: each kind of event read from its own index, merged, in pages that go on by key."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql import Select

from posapp.storage.base.quick import Hands, Hot, beside
from posapp.storage.base.rows import linked
from posapp.storage.base.tables import journal
from posapp.storage.bookings.tables import booking
from posapp.storage.papers.tables import document
from posapp.storage.repairs.tables import contact_log, device, estimate, job, ticket
from posapp.storage.shop.tables import resource, service

BOOKING, CHANGE, TICKET, ESTIMATE, MESSAGE = "booking", "change", "ticket", "estimate", "message"
# At the same moment each stands after (above) those before it.
_RANK = {BOOKING: 1, CHANGE: 2, TICKET: 3, ESTIMATE: 4, MESSAGE: 5}
KINDS = {rank: kind for kind, rank in _RANK.items()}

# (at, rank, id): where the next page goes on.
Mark = tuple[int, int, int]
START: Mark = (1 << 62, 0, 0)

_INTEGER = BigInteger()
_BUSINESS = bindparam("business", type_=_INTEGER)
_CUSTOMER = bindparam("customer", type_=_INTEGER)
_AT = bindparam("at", type_=_INTEGER)
_MARK_RANK = bindparam("rank", type_=_INTEGER)
_MARK_KEY = bindparam("key", type_=_INTEGER)
_LIMIT = bindparam("limit", type_=_INTEGER)


class EventRow(NamedTuple):
    """One event: a booking (`number`, service, status), a ticket, or a change (action, journal key).

    Of a ticket `title`, `with_whom` and `state_id` are those of its first device, `price_minor` is the sum
    of the prices agreed so far, and `devices` how many there are. An estimate and a message carry the number
    of their ticket: the one its version in `devices`, its status and who answered, the other the words that
    were said, how (`status`) and of which kind it was (`with_whom`).
    """

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
    state_id: int
    devices: int

    @property
    def mark(self) -> Mark:
        """The place of this event in the order."""
        return (self.at, self.rank, self.id)


def _older(at: ColumnElement[int], kind: str, key: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether an event of a kind stands after the mark; the first part is what the index answers."""
    rank = literal(_RANK[kind], _INTEGER)
    beside = and_(at == _AT, or_(rank < _MARK_RANK, and_(rank == _MARK_RANK, key < _MARK_KEY)))
    return and_(at <= _AT, or_(at < _AT, beside))


_NOTHING: dict[str, ColumnElement[Any]] = {
    "number": literal(0),
    "title": literal(""),
    "status": literal(""),
    "with_whom": literal(""),
    "wall": literal(""),
    "price_minor": literal(None, _INTEGER),
    "by": literal(""),
    "state_id": literal(0),
    "devices": literal(0),
}
"""The columns of `EventRow` after its place, for kinds of events that do not have them."""


def _branch(
    kind: str, at: ColumnElement[int], key: ColumnElement[int], **columns: ColumnElement[Any]
) -> Select[Any]:
    """The events of a kind, those after the mark, the newest first, with what they have of an `EventRow`."""
    place = (at.label("at"), literal(_RANK[kind]).label("rank"), key.label("id"))
    shown = {**_NOTHING, **columns}
    return (
        select(*place, *(column.label(name) for name, column in shown.items()))
        .where(_older(at, kind, key))
        .order_by(at.desc(), key.desc())
        .limit(_LIMIT)
    )


def _of_customer(table: Table) -> ColumnElement[bool]:
    return and_(beside(table.c.business_id) == _BUSINESS, table.c.customer_id == _CUSTOMER)


def _customer_s_changes() -> ColumnElement[bool]:
    about = and_(journal.c.subject == literal("customer"), journal.c.subject_id == _CUSTOMER)
    return and_(journal.c.business_id == _BUSINESS, about)


def _bookings() -> Select[Any]:
    return (
        _branch(
            BOOKING,
            booking.c.starts_at,
            booking.c.id,
            number=booking.c.number,
            title=service.c.name,
            status=booking.c.status,
            with_whom=resource.c.name,
            wall=booking.c.wall_start,
            price_minor=booking.c.price_minor,
            by=booking.c.created_by,
        )
        .join(service, linked(booking.c.service_id, service))
        .join(resource, linked(booking.c.resource_id, resource))
        .where(_of_customer(booking))
    )


def _changes() -> Select[Any]:
    # A clock may be set back, so the keys alone do not carry the order.
    return _branch(CHANGE, journal.c.at, journal.c.id, title=journal.c.action, by=journal.c.till).where(
        _customer_s_changes()
    )


def _tickets() -> Select[Any]:
    of_ticket = job.alias("of_ticket")
    prices, devices = (
        select(what).where(linked(of_ticket.c.ticket_id, ticket)).scalar_subquery()
        for what in (func.sum(of_ticket.c.price_minor), func.count())
    )
    return (
        _branch(
            TICKET,
            ticket.c.created_at,
            ticket.c.id,
            number=ticket.c.number,
            title=func.trim(device.c.make + literal(" ") + device.c.model),
            with_whom=func.coalesce(resource.c.name, literal("")),
            price_minor=cast(prices, _INTEGER),
            by=ticket.c.created_by,
            state_id=job.c.state_id,
            devices=devices,
        )
        .join(job, and_(linked(job.c.ticket_id, ticket), job.c.position == literal(1)))
        .join(device, linked(job.c.device_id, device))
        .outerjoin(resource, linked(job.c.technician_id, resource))
        .where(_of_customer(ticket))
    )


def _estimates() -> Select[Any]:
    return (
        _branch(
            ESTIMATE,
            estimate.c.created_at,
            estimate.c.id,
            number=ticket.c.number,
            status=estimate.c.status,
            with_whom=estimate.c.answered_by,
            price_minor=estimate.c.total_minor,
            by=estimate.c.created_by,
            devices=estimate.c.version,
        )
        .join(ticket, linked(estimate.c.ticket_id, ticket))
        .where(_of_customer(estimate))
    )


def _messages() -> Select[Any]:
    return (
        _branch(
            MESSAGE,
            contact_log.c.created_at,
            contact_log.c.id,
            number=ticket.c.number,
            title=contact_log.c.words,
            status=contact_log.c.how,
            with_whom=contact_log.c.kind,
            by=contact_log.c.created_by,
        )
        .join(ticket, linked(contact_log.c.ticket_id, ticket))
        .where(_of_customer(contact_log))
    )


_BRANCHES = {
    BOOKING: _bookings,
    CHANGE: _changes,
    TICKET: _tickets,
    ESTIMATE: _estimates,
    MESSAGE: _messages,
}


@cache
def statement_of(kinds: frozenset[str]) -> Hot:
    """The statement that reads events of these kinds, built once; each branch has its own order and limit."""
    branches = [_BRANCHES[kind]().subquery().select() for kind in sorted(kinds)]
    merged = union_all(*branches).subquery() if len(branches) > 1 else branches[0].subquery()
    newest = merged.c.at.desc(), merged.c.rank.desc(), merged.c.id.desc()
    return Hot(select(merged).order_by(*newest).limit(_LIMIT), EventRow)


def timeline(
    connection: Connection,
    business: int,
    customer_id: int,
    *,
    kinds: frozenset[str],
    mark: Mark = START,
    limit: int = 50,
) -> list[EventRow]:
    """The next `limit` events after `mark`, newest first."""
    at, rank, key = mark
    values = {
        "business": business,
        "customer": customer_id,
        "at": at,
        "rank": rank,
        "key": key,
        "limit": limit,
    }
    rows: list[EventRow] = Hands(connection).execute(statement_of(kinds), values).all()
    return rows


def count_events(connection: Connection, business: int, customer_id: int) -> dict[str, int]:
    """How many events of each kind a customer has."""
    count = select(func.count())
    questions = {
        kind: count.where(_of_customer(table))
        for kind, table in (
            (BOOKING, booking),
            (TICKET, ticket),
            (ESTIMATE, estimate),
            (MESSAGE, contact_log),
        )
    }
    questions[CHANGE] = count.where(_customer_s_changes())
    values = {"business": business, "customer": customer_id}
    return {kind: connection.execute(question, values).scalar_one() for kind, question in questions.items()}


def papers_of(connection: Connection, business: int, number: str) -> list[int]:
    """The papers of a ticket, oldest first."""
    found = (
        select(document.c.id)
        .where(document.c.business_id == business, document.c.number == number)
        .order_by(document.c.id)
    )
    return list(connection.execute(found).scalars())
