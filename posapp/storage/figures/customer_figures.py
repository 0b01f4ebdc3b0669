"""The figures of each customer: read from their one row, and written with the records that they count.

A customer is counted anew by the one statement of `counting`, at the end of each transaction that wrote
something of theirs; what was brought or taken away without images is noted by whoever does so.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, delete, insert, select, text, update

from posapp.domain.base.clock import from_us
from posapp.domain.customers.customers import CustomerFacts
from posapp.storage.base.quick import Hot, Several, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import in_parts
from posapp.storage.base.tables import take_postgres_options
from posapp.storage.customers.tables import customer
from posapp.storage.figures.counting import BUSINESS, COLUMNS, counted, is_listed
from posapp.storage.figures.tables import customer_figure
from posapp.storage.repairs.tables import ticket

_KEY: BindParameter[int] = bindparam("key")
_MINE = and_(customer_figure.c.business_id == BUSINESS, customer_figure.c.customer_id == _KEY)
_ROW = Hot(select(*(customer_figure.c[name] for name in COLUMNS)).where(_MINE), tuple)
_THE_ONE = and_(beside(customer.c.business_id) == BUSINESS, customer.c.id == _KEY)
_COUNTED = Hot(counted(_THE_ONE, is_one=True), tuple)
_ADD = Hot(insert(customer_figure).inline())
_REMOVE = Hot(delete(customer_figure).where(_MINE))
_OF_TICKETS = Several(
    lambda keys: select(ticket.c.id, ticket.c.customer_id).where(
        and_(beside(ticket.c.business_id) == BUSINESS, ticket.c.id.in_(keys))
    ),
    tuple,
)


class CustomerFigures(Repository):
    """What the customers of one business come to."""

    def __init__(self, *made: Any) -> None:
        super().__init__(*made)
        self._noted: set[int] = set()
        self._is_all = False

    # -- read ----------------------------------------------------------------------------------------
    def of_customer(self, key: int) -> CustomerFacts:
        """The facts of a customer but for what comes; somebody archived has no row and is counted."""
        row = self._connection.execute(_ROW, {"business": self._business, "key": key}).first()
        return self.counted(key) if row is None else _facts(row)

    def counted(self, key: int) -> CustomerFacts:
        """The same from the records themselves, what this transaction wrote included."""
        row = self._connection.execute(_COUNTED, {"business": self._business, "key": key}).first()
        return CustomerFacts(0, 0) if row is None else _facts(row[2:])

    # -- written ---------------------------------------------------------------------------------------
    def note(self, keys: Iterable[int]) -> None:
        """These customers got or lost records without images: count them anew when the transaction ends."""
        self._noted.update(keys)

    def note_all(self) -> None:
        """The same for every customer of every business."""
        self._is_all = True

    def follow(
        self,
        customers: Mapping[int, frozenset[str]],
        *,
        tickets: Mapping[int, frozenset[str]],
        new: Set[int] = frozenset(),
        whole: Set[int] = frozenset(),
        is_whole: bool = False,
    ) -> None:
        """Write the figures that may be others, of customers and of those with these tickets.

        Who is `new` in this transaction has no others; of the `whole` each figure is counted, or (`is_whole`)
        of everybody here.
        """
        noted, self._noted, is_all, self._is_all = self._noted, set(), self._is_all, False
        if is_all:
            rebuild(self._core)
        elif is_whole:
            _write(self._core, self._business)
        elif noted:
            _write(self._core, self._business, sorted(noted))
        if is_all or is_whole:
            return
        wanted = dict(customers)
        if tickets:
            here = {"business": self._business}
            for ticket_key, key in _OF_TICKETS.of(self._connection, sorted(tickets), here):
                wanted[key] = wanted.get(key, frozenset()) | tickets[ticket_key]
        every = frozenset(COLUMNS)
        wanted |= {key: _NEW | wanted.get(key, frozenset()) for key in new} | dict.fromkeys(whole, every)
        for key in sorted(wanted.keys() - noted):
            names = wanted[key]
            self._refresh(key, tuple(one for one in COLUMNS if one in names), is_new=key in new)

    def _refresh(self, key: int, names: tuple[str, ...], *, is_new: bool) -> None:
        """Write what differs of one row: an index whose figure stayed is not touched."""
        mine = {"business": self._business, "key": key}
        before = None if is_new else self._connection.execute(_some(names), mine).first()
        if before is None and not is_new:
            names = COLUMNS
        now = self._connection.execute(_listed(names), mine).first()
        if now is None:
            if before is not None:
                self._connection.execute(_REMOVE, mine)
        elif before is None:
            told = {**_NOTHING, **dict(zip(names, now[2:], strict=True))}
            self._connection.execute(_ADD, {"business_id": now[0], "customer_id": now[1], **told})
        else:
            changed = {
                name: is_now
                for name, was, is_now in zip(names, before, now[2:], strict=True)
                if was != is_now
            }
            if changed:
                self._connection.execute(_change(tuple(changed)), {**mine, **changed})


_NEW = frozenset({"created_at"})
_NOTHING = dict.fromkeys(COLUMNS, 0) | {"has_phone": False}


@cache
def _some(names: tuple[str, ...]) -> Hot:
    return Hot(select(*(customer_figure.c[name] for name in names)).where(_MINE), tuple)


@cache
def _listed(names: tuple[str, ...]) -> Hot:
    return Hot(counted(_THE_ONE, is_listed(), names=names, is_one=True), tuple)


@cache
def _change(names: tuple[str, ...]) -> Hot:
    return Hot(update(customer_figure).where(_MINE).values({name: bindparam(name) for name in names}))


def _facts(row: Sequence[Any]) -> CustomerFacts:
    told = dict(zip(COLUMNS, row, strict=True))
    return CustomerFacts(
        told["bookings"],
        told["no_shows"],
        visits=told["visits"],
        last_visit=from_us(told["last_visit_at"]) if told["last_visit_at"] else None,
        devices_here=told["devices_here"],
        balance_minor=told["balance_minor"],
        credit_minor=told["credit_minor"],
        spent_minor=told["spent_minor"],
    )


# -- many at once --------------------------------------------------------------------------------------
_INTO = insert(customer_figure)
_NAMES = ("business_id", "customer_id", *COLUMNS)


def _write(connection: Connection, business: int, keys: Sequence[int] | None = None) -> None:
    """Write the rows of a business anew: all of them, or those of some customers."""
    rows, people = customer_figure.c, customer.c
    for part in in_parts(keys) if keys is not None else (None,):
        old, new = [rows.business_id == business], [people.business_id == business, is_listed()]
        if part is not None:
            old.append(rows.customer_id.in_(part))
            new.append(people.id.in_(part))
        connection.execute(delete(customer_figure).where(and_(*old)))
        connection.execute(_INTO.from_select(_NAMES, counted(*new).order_by(people.id)))


def rebuild(connection: Connection) -> int:
    """Write the rows of all customers of all businesses anew; how many there are.

    Who writes records meanwhile waits, on a server for the table: a row is written last of all. A file gets
    its indexes once the rows are there, which takes a third of the time.
    """
    is_file = connection.dialect.name == "sqlite"
    if not is_file:
        connection.execute(text("LOCK TABLE customer_figure IN EXCLUSIVE MODE"))
    indexes = sorted(customer_figure.indexes, key=lambda one: str(one.name)) if is_file else []
    for index in indexes:
        take_postgres_options(index)
        index.drop(connection)
    connection.execute(delete(customer_figure))
    wanted = counted(is_listed()).order_by(customer.c.business_id, customer.c.id)
    made = connection.execute(_INTO.from_select(_NAMES, wanted)).rowcount
    for index in indexes:
        index.create(connection)
    return made
