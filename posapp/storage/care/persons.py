"""What a business holds of one customer, through all parts: which records, and what they say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, exists, func, or_, select

from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.papers.documents import PaperKind
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import in_parts
from posapp.storage.bookings.tables import booking, walk_in
from posapp.storage.counter.tables import kiosk_arrival
from posapp.storage.customers.tables import customer
from posapp.storage.papers.tables import document
from posapp.storage.people.tables import user_account
from posapp.storage.repairs.tables import job, loan, photo, ticket
from posapp.storage.selling.gift_card_tables import gift_card
from posapp.storage.selling.order_tables import payment, sale_order

Rows = list[dict[str, Any]]
_AHEAD, _NOW = ("booked", "confirmed"), ("arrived", "in_service")


@dataclass(frozen=True, slots=True)
class Held:
    """The keys of everything that is about one customer, by kind; `customers` are those merged into it, too.

    `own_devices` were never anybody else's.
    """

    customers: tuple[int, ...] = ()
    bookings: tuple[int, ...] = ()
    walk_ins: tuple[int, ...] = ()
    arrivals: tuple[int, ...] = ()
    tickets: tuple[int, ...] = ()
    jobs: tuple[int, ...] = ()
    devices: tuple[int, ...] = ()
    own_devices: tuple[int, ...] = ()
    photos: tuple[int, ...] = ()
    orders: tuple[int, ...] = ()
    payments: tuple[int, ...] = ()
    gift_cards: tuple[int, ...] = ()
    papers: tuple[int, ...] = ()
    tax_papers: tuple[int, ...] = ()
    users: tuple[int, ...] = ()

    def subjects(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """What the journal calls these records."""
        yield "customer", self.customers
        yield "booking", self.bookings
        yield "walk_in", self.walk_ins
        yield "kiosk_arrival", self.arrivals
        yield "ticket", self.tickets
        yield "device", self.own_devices
        yield "order", self.orders
        yield "payment", self.payments
        yield "gift_card", self.gift_cards
        yield "document", (*self.papers, *self.tax_papers)
        yield "user", self.users


@dataclass(frozen=True, slots=True)
class Open:
    """The numbers of what is not at its end yet."""

    here: list[str] = field(default_factory=list)
    lent: list[str] = field(default_factory=list)
    bookings: list[str] = field(default_factory=list)
    is_waiting: bool = False
    held: list[str] = field(default_factory=list)


class Persons(Repository):
    """Reads all parts of one business for one customer."""

    def of(self, customer_id: int) -> Held:
        """The keys of everything about a customer."""
        into = and_(customer.c.business_id == self._business, customer.c.merged_into == customer_id)
        people = (customer_id, *self._connection.execute(select(customer.c.id).where(into)).scalars())
        people = tuple(self._keys(customer, customer.c.id, people))
        bookings = self._keys(booking, booking.c.customer_id, people)
        tickets = self._keys(ticket, ticket.c.customer_id, people)
        jobs = self._keys(job, job.c.ticket_id, tickets)
        devices = tuple(dict.fromkeys(self._values(job, job.c.device_id, job.c.id, jobs)))
        orders = self._keys(sale_order, sale_order.c.customer_id, people)
        paid = self._keys(payment, payment.c.customer_id, people)
        paid += tuple(key for key in self._keys(payment, payment.c.order_id, orders) if key not in set(paid))
        papers, tax = self._papers(people, bookings, tickets, orders, paid)
        return Held(
            people,
            bookings,
            self._keys(walk_in, walk_in.c.customer_id, people),
            self._keys(kiosk_arrival, kiosk_arrival.c.customer_id, people),
            tickets,
            jobs,
            devices,
            self._only_of(devices, people),
            self._keys(photo, photo.c.job_id, jobs),
            orders,
            paid,
            self._keys(gift_card, gift_card.c.customer_id, people),
            papers,
            tax,
            self._keys(user_account, user_account.c.customer_id, people),
        )

    def _values(
        self, table: Table, wanted: Any, column: ColumnElement[Any], keys: Sequence[Any]
    ) -> Iterator[Any]:
        for part in in_parts(keys):
            here = and_(table.c.business_id == self._business, column.in_(part))
            first = [table.c.id] if "id" in table.c else []
            yield from self._connection.execute(select(wanted).where(here).order_by(*first)).scalars()

    def _keys(self, table: Table, column: ColumnElement[Any], keys: Sequence[Any]) -> tuple[int, ...]:
        return tuple(self._values(table, table.c.id, column, keys))

    def _only_of(self, devices: Sequence[int], people: Sequence[int]) -> tuple[int, ...]:
        """Those of the devices that nobody else ever brought."""
        shared: set[int] = set()
        for part in in_parts(devices):
            others = (
                select(job.c.device_id)
                .join(ticket, and_(ticket.c.id == job.c.ticket_id, ticket.c.business_id == job.c.business_id))
                .where(
                    and_(
                        job.c.business_id == self._business,
                        job.c.device_id.in_(part),
                        ticket.c.customer_id.not_in(people),
                    )
                )
            )
            shared.update(self._connection.execute(others).scalars())
        return tuple(one for one in devices if one not in shared)

    def _papers(self, people: Sequence[int], *of: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The papers of these records, found by their numbers: those for the tax office apart."""
        numbers: list[str] = []
        records = ((booking, Letter.BOOKING), (ticket, Letter.TICKET), (sale_order, Letter.SALE))
        for (table, letter), keys in zip((*records, (payment, Letter.PAYMENT)), of, strict=True):
            found = self._values(table, table.c.number, table.c.id, keys)
            numbers += [number_text(letter, one) for one in found if one is not None]
        own = set(people)
        plain: list[int] = []
        tax: list[int] = []
        for part in in_parts(numbers):
            here = and_(document.c.business_id == self._business, document.c.number.in_(part))
            asked = select(document.c.id, document.c.kind, document.c.customer_id).where(here)
            for row in self._connection.execute(asked):
                if row.customer_id in own:
                    kind = PaperKind(row.kind.partition("/")[0])
                    (tax if kind.is_for_tax else plain).append(row.id)
        return tuple(sorted(plain)), tuple(sorted(tax))

    def last_tax_paper(self, held: Held) -> int | None:
        """When the newest tax paper of a person was made that is not emptied, in microseconds."""
        last: int | None = None
        for part in in_parts(held.tax_papers):
            here = and_(
                document.c.business_id == self._business, document.c.id.in_(part), document.c.snapshot != ""
            )
            newest = self._connection.execute(select(func.max(document.c.created_at)).where(here)).scalar()
            last = newest if last is None else max(last, newest or last)
        return last

    def open_things(self, held: Held, now: int) -> Open:
        """What keeps a person from being forgotten at a moment in microseconds."""
        here = self._of_tickets(held, job, job.c.is_here)
        lent = self._of_tickets(held, loan, loan.c.back_at.is_(None))
        is_ahead = or_(
            and_(booking.c.status.in_(_AHEAD), booking.c.starts_at >= now), booking.c.status.in_(_NOW)
        )
        ahead = self._shown(booking, Letter.BOOKING, booking.c.number, booking.c.customer_id, held, is_ahead)
        is_held = and_(sale_order.c.number.is_(None), sale_order.c.status.in_(("open", "held")))
        waits = self._shown(
            sale_order, Letter.HELD, sale_order.c.held_number, sale_order.c.customer_id, held, is_held
        )
        queued = and_(walk_in.c.customer_id.in_(held.customers), walk_in.c.state == "waiting")
        return Open(here, lent, ahead, self._has(walk_in, queued), waits)

    def _of_tickets(self, held: Held, table: Table, which: ColumnElement[bool]) -> list[str]:
        asked = (
            select(ticket.c.number)
            .join(table, and_(table.c.ticket_id == ticket.c.id, table.c.business_id == ticket.c.business_id))
            .where(
                and_(ticket.c.business_id == self._business, ticket.c.customer_id.in_(held.customers), which)
            )
            .distinct()
            .order_by(ticket.c.number)
        )
        return [number_text(Letter.TICKET, one) for one in self._connection.execute(asked).scalars()]

    def _shown(
        self,
        table: Table,
        letter: Letter,
        number: Any,
        whose: ColumnElement[Any],
        held: Held,
        which: ColumnElement[bool],
    ) -> list[str]:
        here = and_(table.c.business_id == self._business, whose.in_(held.customers), which)
        found = self._connection.execute(select(number).where(here).order_by(number)).scalars()
        return [number_text(letter, one) for one in found]

    def _has(self, table: Table, which: ColumnElement[bool]) -> bool:
        asked = select(exists().where(and_(table.c.business_id == self._business, which)))
        return bool(self._connection.execute(asked).scalar())
