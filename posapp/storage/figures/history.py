"""A customer's timeline: each kind of event read from its own index, merged, in pages that go on by key."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    desc,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql import Select

from posapp.domain.base.numbers import Letter
from posapp.storage.base.quick import Hands, Hot, beside
from posapp.storage.base.rows import linked
from posapp.storage.base.tables import journal
from posapp.storage.bookings.tables import booking
from posapp.storage.old_data.tables import past_record
from posapp.storage.papers.tables import document
from posapp.storage.repairs.tables import contact_log, device, estimate, job, ticket
from posapp.storage.selling.order_tables import ledger_entry, order_line, payment, sale_order
from posapp.storage.shop.tables import resource, service

BOOKING, CHANGE, TICKET, ESTIMATE, MESSAGE = "booking", "change", "ticket", "estimate", "message"
ORDER, PAYMENT, PAST = "order", "payment", "past"
# At the same moment each stands after (above) those before it.
_RANK = {BOOKING: 1, CHANGE: 2, TICKET: 3, ESTIMATE: 4, MESSAGE: 5, ORDER: 6, PAYMENT: 7, PAST: 8}
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


EventRow = tuple[int, int, int, int, str, str, str, str, int | None, str, int, int, int, int, int]
"""One event: at, rank and id (its mark), then number, title, status, with whom, wall time, price, by whom,
state, devices, order, owed and given back. A booking has its service as title, a change its action.

Of a ticket title, with whom and state are those of its first device, the price is the sum of the prices
agreed so far, and devices says how many there are. An estimate and a message carry the number of their
ticket: the one its version as devices, its status and who answered, the other the words that were said, how
(status) and of which kind it was (with whom).

An order has its first line as title, how many lines as devices, of which kind all of them are
as with whom ("" where they differ), the digits of the sale that it gives back as order (0: it is a sale),
what is still owed for it, and what was given back of it. A payment has its tender as status, its reference
as with whom, and the digits of the order that it belongs to as order (0: debts).

A past record has its old ID as title, its state as it was written, what it was as with whom, its system as by
whom, and the digits of the ticket that it was taken in as (0: none) as order.
"""


STATE = 10
"""The place of the state in an `EventRow`."""


def _older(at: ColumnElement[int], kind: str, key: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether an event of a kind stands after the mark; the first part is what the index answers."""
    rank = literal(_RANK[kind], _INTEGER)
    beside = and_(at == _AT, or_(rank < _MARK_RANK, and_(rank == _MARK_RANK, key < _MARK_KEY)))
    return and_(at <= _AT, or_(at < _AT, beside))


_FIRST = job.alias("first_of_ticket")
_BACK_OF = sale_order.alias("given_back")


def _of_customer(table: Table) -> ColumnElement[bool]:
    return and_(beside(table.c.business_id) == _BUSINESS, table.c.customer_id == _CUSTOMER)


def _customer_s_changes() -> ColumnElement[bool]:
    about = and_(journal.c.subject == literal("customer"), journal.c.subject_id == _CUSTOMER)
    return and_(journal.c.business_id == _BUSINESS, about)


# A clock may be set back, so the keys of the journal alone do not carry the order.
_EVENTS: dict[str, tuple[Table, ColumnElement[int], ColumnElement[bool]]] = {
    BOOKING: (booking, booking.c.starts_at, _of_customer(booking)),
    CHANGE: (journal, journal.c.at, _customer_s_changes()),
    TICKET: (ticket, ticket.c.created_at, _of_customer(ticket)),
    ESTIMATE: (estimate, estimate.c.created_at, _of_customer(estimate)),
    MESSAGE: (contact_log, contact_log.c.created_at, _of_customer(contact_log)),
    # A sale that waited stands where it was completed.
    ORDER: (
        sale_order,
        sale_order.c.completed_at,
        and_(_of_customer(sale_order), sale_order.c.number.is_not(None)),
    ),
    PAYMENT: (payment, payment.c.created_at, _of_customer(payment)),
    PAST: (past_record, past_record.c.at, _of_customer(past_record)),
}
"""Of each kind of event where it stands, when it was, and which are the customer's."""
_WORDS: dict[str, ColumnElement[str]] = {CHANGE: journal.c.action, MESSAGE: contact_log.c.how}
"""By what a kind may be narrowed down."""


def _places_of(kind: str, only: frozenset[str]) -> Select[Any]:
    """When the events of a kind were and their keys, those after the mark, the newest first."""
    table, at, own = _EVENTS[kind]
    if only:
        own = and_(own, or_(*(_WORDS[kind] == literal(word) for word in sorted(only))))
    key: ColumnElement[int] = table.c.id
    return (
        select(at.label("at"), literal(_RANK[kind]).label("rank"), key.label("id"))
        .where(and_(_older(at, kind, key), own))
        .order_by(at.desc(), key.desc())
        .limit(_LIMIT)
    )


def _places(kinds: Sequence[str], only: frozenset[str]) -> FromClause:
    """The newest events of several kinds, by their places alone: most of what is found is not shown."""
    branches = [_places_of(kind, only).subquery().select() for kind in kinds]
    merged = union_all(*branches) if len(branches) > 1 else branches[0]
    return merged.order_by(desc("at"), desc("rank"), desc("id")).limit(_LIMIT).subquery("places")


def _joined(places: FromClause, kinds: Sequence[str]) -> FromClause:
    """Beside each place the record that stands there, and what it points to."""
    rank, key = places.c.rank, places.c.id
    found = places
    for kind in kinds:
        table = _EVENTS[kind][0]
        if kind not in (TICKET, ORDER):
            whose = table.c.business_id if kind == CHANGE else beside(table.c.business_id)
            is_it = and_(rank == literal(_RANK[kind]), table.c.id == key, whose == _BUSINESS)
            found = found.outerjoin(table, is_it)
    of_ticket = {TICKET: key, ESTIMATE: estimate.c.ticket_id, MESSAGE: contact_log.c.ticket_id}
    of_ticket[PAST] = past_record.c.ticket_id
    of_order = {ORDER: key, PAYMENT: payment.c.order_id}
    for table, of_it in ((ticket, of_ticket), (sale_order, of_order)):
        which = [(rank == literal(_RANK[kind]), of_it[kind]) for kind in kinds if kind in of_it]
        if which:
            is_its = and_(table.c.id == case(*which), beside(table.c.business_id) == _BUSINESS)
            found = found.outerjoin(table, is_its)
    return _with_names(found, places, kinds)


def _with_names(found: FromClause, places: FromClause, kinds: Sequence[str]) -> FromClause:
    """The service of a booking, the device of a ticket, and with whom both are."""
    with_whom: list[ColumnElement[int]] = []
    if BOOKING in kinds:
        found = found.outerjoin(service, linked(booking.c.service_id, service))
        with_whom.append(booking.c.resource_id)
    if TICKET in kinds:
        is_ticket = and_(places.c.rank == literal(_RANK[TICKET]), _FIRST.c.position == literal(1))
        found = found.outerjoin(_FIRST, and_(linked(_FIRST.c.ticket_id, ticket), is_ticket))
        found = found.outerjoin(device, linked(_FIRST.c.device_id, device))
        with_whom.append(_FIRST.c.technician_id)
    if with_whom:
        which = func.coalesce(*with_whom) if len(with_whom) > 1 else with_whom[0]
        is_its = and_(resource.c.id == which, beside(resource.c.business_id) == _BUSINESS)
        found = found.outerjoin(resource, is_its)
    if ORDER in kinds:
        is_order = and_(places.c.rank == literal(_RANK[ORDER]), order_line.c.position == literal(1))
        own = beside(order_line.c.business_id) == _BUSINESS
        found = found.outerjoin(order_line, and_(order_line.c.order_id == sale_order.c.id, own, is_order))
        found = found.outerjoin(_BACK_OF, linked(sale_order.c.refund_of_id, _BACK_OF))
    return found


def _shown_of_tickets() -> dict[str, ColumnElement[Any]]:
    of_ticket = job.alias("of_ticket")
    own = and_(of_ticket.c.ticket_id == ticket.c.id, beside(of_ticket.c.business_id) == _BUSINESS)
    prices, devices = (
        select(what).where(own).scalar_subquery()
        for what in (func.sum(of_ticket.c.price_minor), func.count())
    )
    return {
        "number": ticket.c.number,
        "title": func.trim(device.c.make + literal(" ") + device.c.model),
        "with_whom": func.coalesce(resource.c.name, literal("")),
        "price_minor": cast(prices, _INTEGER),
        "by": ticket.c.created_by,
        "state_id": _FIRST.c.state_id,
        "devices": devices,
    }


def _about_first_line() -> ColumnElement[str]:
    """The ticket or booking that the first line is about, before its text."""
    found: list[ColumnElement[str]] = []
    for letter, table, key in (
        (Letter.TICKET, ticket.alias("sold_ticket"), order_line.c.ticket_id),
        (Letter.BOOKING, booking.alias("sold_booking"), order_line.c.booking_id),
    ):
        words = literal(letter.value) + cast(table.c.number, Text) + literal(" · ")
        is_its = and_(table.c.id == key, beside(table.c.business_id) == _BUSINESS)
        found.append(select(words).where(is_its).scalar_subquery())
    return func.coalesce(*found, literal(""))


def _shown_of_orders() -> dict[str, ColumnElement[Any]]:
    of_order, refund = order_line.alias("of_order"), sale_order.alias("refund")
    lines = and_(of_order.c.order_id == sale_order.c.id, beside(of_order.c.business_id) == _BUSINESS)
    is_one_kind = func.min(of_order.c.kind) == func.max(of_order.c.kind)
    kind, count = (
        select(what).where(lines).scalar_subquery()
        for what in (case((is_one_kind, func.min(of_order.c.kind)), else_=literal("")), func.count())
    )
    asks = and_(ledger_entry.c.order_id == sale_order.c.id, beside(ledger_entry.c.business_id) == _BUSINESS)
    gives = and_(refund.c.refund_of_id == sale_order.c.id, beside(refund.c.business_id) == _BUSINESS)
    owed, back = (
        func.coalesce(select(func.sum(what)).where(which).scalar_subquery(), 0)
        for what, which in (
            (ledger_entry.c.amount_minor, and_(asks, ledger_entry.c.account == literal("debt"))),
            (-refund.c.total_minor, gives),
        )
    )
    return {
        "number": sale_order.c.number,
        "title": _about_first_line() + func.coalesce(order_line.c.text, literal("")),
        "status": sale_order.c.status,
        "with_whom": func.coalesce(kind, literal("")),
        "price_minor": sale_order.c.total_minor,
        "by": sale_order.c.completed_by,
        "devices": count,
        "order": func.coalesce(_BACK_OF.c.number, 0),
        "owed_minor": cast(owed, _INTEGER),
        "back_minor": cast(back, _INTEGER),
    }


_SHOWN: dict[str, dict[str, ColumnElement[Any]]] = {
    BOOKING: {
        "number": booking.c.number,
        "title": service.c.name,
        "status": booking.c.status,
        "with_whom": resource.c.name,
        "wall": booking.c.wall_start,
        "price_minor": booking.c.price_minor,
        "by": booking.c.created_by,
    },
    CHANGE: {"title": journal.c.action, "by": journal.c.till},
    TICKET: _shown_of_tickets(),
    ESTIMATE: {
        "number": ticket.c.number,
        "status": estimate.c.status,
        "with_whom": estimate.c.answered_by,
        "price_minor": estimate.c.total_minor,
        "by": estimate.c.created_by,
        "devices": estimate.c.version,
    },
    MESSAGE: {
        "number": ticket.c.number,
        "title": contact_log.c.words,
        "status": contact_log.c.how,
        "with_whom": contact_log.c.kind,
        "by": contact_log.c.created_by,
    },
    ORDER: _shown_of_orders(),
    PAYMENT: {
        "number": payment.c.number,
        "status": payment.c.tender,
        "with_whom": payment.c.reference,
        "price_minor": payment.c.amount_minor,
        "by": payment.c.created_by,
        "order": func.coalesce(sale_order.c.number, 0),
    },
    PAST: {
        "title": past_record.c.code,
        "status": past_record.c.status,
        "with_whom": past_record.c.kind,
        # what asked for nothing, or could not, has no amount
        "price_minor": func.nullif(past_record.c.amount_minor, 0),
        "by": past_record.c.system,
        "order": func.coalesce(ticket.c.number, 0),
    },
}
"""What each kind of event has of the columns of an `EventRow` after its mark."""
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
    "order": literal(0),
    "owed_minor": literal(0, _INTEGER),
    "back_minor": literal(0, _INTEGER),
}
"""These columns, where a kind of event does not have them."""


def _column(places: FromClause, name: str, kinds: Sequence[str]) -> ColumnElement[Any]:
    which = [
        (places.c.rank == literal(_RANK[kind]), _SHOWN[kind][name]) for kind in kinds if name in _SHOWN[kind]
    ]
    return case(*which, else_=_NOTHING[name]) if which else _NOTHING[name]


@cache
def statement_of(kinds: frozenset[str], only: frozenset[str] = frozenset()) -> Hot:
    """The statement that reads events of these kinds, built once: the places of each kind from its own index,
    merged and cut, and only then what is shown of them. `only` are the words that are meant of each kind.
    """
    chosen = sorted(kinds, key=_RANK.__getitem__)
    places = _places(chosen, only)
    shown = [_column(places, name, chosen).label(name) for name in _NOTHING]
    newest = places.c.at.desc(), places.c.rank.desc(), places.c.id.desc()
    found = select(*places.c, *shown).select_from(_joined(places, chosen)).order_by(*newest)
    return Hot(found, tuple)


def timeline(
    connection: Connection,
    business: int,
    customer_id: int,
    *,
    kinds: frozenset[str],
    only: frozenset[str] = frozenset(),
    mark: Mark = START,
    limit: int = 50,
) -> list[EventRow]:
    """The next `limit` events after `mark`, newest first."""
    at, rank, key = mark
    values = {"business": business, "customer": customer_id, "at": at, "rank": rank, "key": key}
    values["limit"] = limit
    rows: list[EventRow] = Hands(connection).execute(statement_of(kinds, only), values).all()
    return rows


def count_events(connection: Connection, business: int, customer_id: int) -> dict[str, int]:
    """How many events of each kind a customer has."""
    values = {"business": business, "customer": customer_id}
    count = select(func.count())
    return {
        kind: connection.execute(count.select_from(table).where(own), values).scalar_one()
        for kind, (table, _at, own) in _EVENTS.items()
    }


_OF_LEDGER = _of_customer(ledger_entry)
_BALANCES = Hot(
    union_all(
        select(
            literal(0, _INTEGER).label("at"),
            literal(None, _INTEGER).label("payment_id"),
            cast(func.coalesce(func.sum(ledger_entry.c.amount_minor), 0), _INTEGER).label("amount_minor"),
            literal(0, _INTEGER).label("key"),
        ).where(and_(_OF_LEDGER, ledger_entry.c.created_at < _AT)),
        select(
            ledger_entry.c.created_at,
            ledger_entry.c.payment_id,
            ledger_entry.c.amount_minor,
            ledger_entry.c.id,
        ).where(and_(_OF_LEDGER, ledger_entry.c.created_at >= _AT)),
    ).order_by("key"),
    tuple,
)


def moves_since(
    connection: Connection, business: int, customer_id: int, at: int
) -> list[tuple[int, int | None, int]]:
    """What moved a customer's balance: when, by which payment (None: a sale itself), by how much.

    The first one is the balance as it stood before the moment `at`.
    """
    values = {"business": business, "customer": customer_id, "at": at}
    rows = Hands(connection).execute(_BALANCES, values).all()
    return [(int(row[0]), row[1], int(row[2])) for row in rows]


def papers_of(connection: Connection, business: int, number: str) -> list[int]:
    """The papers of a ticket, oldest first."""
    found = (
        select(document.c.id)
        .where(document.c.business_id == business, document.c.number == number)
        .order_by(document.c.id)
    )
    return list(connection.execute(found).scalars())
