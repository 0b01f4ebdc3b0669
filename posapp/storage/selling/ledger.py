"""The ledger: one table of entries, of which every balance, debt and credit is a sum."""

from datetime import date
from typing import Any, TypedDict, Unpack

from sqlalchemy import Row, and_, bindparam, case, func, select

from posapp.domain.base.clock import day_number, day_of, from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.selling.ledger import Account, DepositMove, Due, Entry, Held, Settled, Standing
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.bookings.tables import booking
from posapp.storage.repairs.tables import ticket
from posapp.storage.selling.order_tables import ledger_entry, payment, sale_order

_MINE = and_(
    beside(ledger_entry.c.business_id) == bindparam("business"),
    ledger_entry.c.customer_id == bindparam("of_customer"),
)
_SUM = func.sum(ledger_entry.c.amount_minor)
_BY_ACCOUNT = Hot(
    select(ledger_entry.c.account, _SUM.label("amount_minor")).where(_MINE).group_by(ledger_entry.c.account)
)
_TAKEN_IN = ticket.alias("taken_in")
_DEPOSITS = Hot(
    select(
        ticket.c.number.label("ticket_number"),
        booking.c.number.label("booking_number"),
        _TAKEN_IN.c.number.label("taken_in_number"),
        _SUM.label("amount_minor"),
    )
    .outerjoin(ticket, linked(ledger_entry.c.ticket_id, ticket))
    .outerjoin(booking, linked(ledger_entry.c.booking_id, booking))
    .outerjoin(
        _TAKEN_IN,
        and_(
            _TAKEN_IN.c.booking_id == ledger_entry.c.booking_id,
            beside(_TAKEN_IN.c.business_id) == ledger_entry.c.business_id,
        ),
    )
    .where(and_(_MINE, ledger_entry.c.account == "deposit"))
    .group_by(ticket.c.number, booking.c.number, _TAKEN_IN.c.number)
    .having(_SUM != 0)
    .order_by(ticket.c.number, booking.c.number)
)
_DUES = Hot(
    select(
        ledger_entry.c.order_id,
        sale_order.c.number,
        func.min(ledger_entry.c.business_day).label("business_day"),
        func.min(ledger_entry.c.id).label("first"),
        _SUM.label("amount_minor"),
    )
    .outerjoin(sale_order, linked(ledger_entry.c.order_id, sale_order))
    .where(and_(_MINE, ledger_entry.c.account == "debt"))
    .group_by(ledger_entry.c.order_id, sale_order.c.number)
    .having(_SUM != 0)
    .order_by("first")
)
_HELD_TICKET = Hot(
    select(func.coalesce(-_SUM, 0)).where(
        and_(
            beside(ledger_entry.c.business_id) == bindparam("business"),
            ledger_entry.c.ticket_id == bindparam("of_ticket"),
        )
    )
)
_HELD_BOOKING = Hot(
    select(func.coalesce(-_SUM, 0)).where(
        and_(
            beside(ledger_entry.c.business_id) == bindparam("business"),
            ledger_entry.c.booking_id == bindparam("of_booking"),
        )
    )
)
_SETTLED = Hot(
    select(sale_order.c.number, ledger_entry.c.amount_minor)
    .outerjoin(sale_order, linked(ledger_entry.c.order_id, sale_order))
    .where(
        and_(
            beside(ledger_entry.c.business_id) == bindparam("business"),
            ledger_entry.c.payment_id == bindparam("of_payment"),
            ledger_entry.c.account == "debt",
        )
    )
    .order_by(ledger_entry.c.id)
)
_SOURCE = sale_order.alias("source")
_ENTRIES = (
    select(
        ledger_entry,
        payment.c.number.label("payment_number"),
        sale_order.c.number.label("order_number"),
        _SOURCE.c.number.label("source_number"),
        ticket.c.number.label("ticket_number"),
        booking.c.number.label("booking_number"),
    )
    .outerjoin(payment, linked(ledger_entry.c.payment_id, payment))
    .outerjoin(sale_order, linked(ledger_entry.c.order_id, sale_order))
    .outerjoin(_SOURCE, linked(ledger_entry.c.source_id, _SOURCE))
    .outerjoin(ticket, linked(ledger_entry.c.ticket_id, ticket))
    .outerjoin(booking, linked(ledger_entry.c.booking_id, booking))
)


class NewEntry(TypedDict, total=False):
    """An entry as it is stored."""

    customer_id: int | None
    order_id: int | None
    source_id: int | None
    payment_id: int | None
    ticket_id: int | None
    booking_id: int | None
    business_day: int


class Ledger(Repository):
    """The entries of one business."""

    def standing(self, customer_id: int) -> Standing:
        """How a customer stands."""
        keys = {"business": self._business, "of_customer": customer_id}
        sums = {row.account: int(row.amount_minor) for row in self._connection.execute(_BY_ACCOUNT, keys)}
        deposits = (
            tuple(
                Held(
                    _about(row),
                    -int(row.amount_minor),
                    number_text(Letter.TICKET, row.taken_in_number) if row.taken_in_number else "",
                )
                for row in self._connection.execute(_DEPOSITS, keys)
            )
            if sums.get(Account.DEPOSIT)
            else ()
        )
        dues = tuple(one for _, one in self.dues(customer_id)) if sums.get(Account.DEBT) else ()
        return Standing(sums.get(Account.DEBT, 0), -sums.get(Account.CREDIT, 0), deposits, dues)

    def dues(self, customer_id: int) -> list[tuple[int | None, Due]]:
        """What sales still ask of a customer with the key of each, the oldest first."""
        keys = {"business": self._business, "of_customer": customer_id}
        return [
            (
                row.order_id,
                Due(
                    number_text(Letter.SALE, row.number) if row.number else "",
                    int(row.amount_minor),
                    day_of(row.business_day),
                ),
            )
            for row in self._connection.execute(_DUES, keys)
        ]

    def held_for_ticket(self, ticket_id: int) -> int:
        """The deposit that the shop holds for a ticket."""
        keys = {"business": self._business, "of_ticket": ticket_id}
        return int(self._connection.execute(_HELD_TICKET, keys).scalar_one())

    def held_for_booking(self, booking_id: int) -> int:
        """The deposit that the shop holds for a booking."""
        keys = {"business": self._business, "of_booking": booking_id}
        return int(self._connection.execute(_HELD_BOOKING, keys).scalar_one())

    def bound_to(self, order_id: int) -> list[tuple[Account, int | None, int | None, int]]:
        """What an order did to deposits and credit: account, ticket, booking, amount."""
        wanted = (
            select(
                ledger_entry.c.account,
                ledger_entry.c.ticket_id,
                ledger_entry.c.booking_id,
                _SUM.label("amount_minor"),
            )
            .where(
                and_(
                    beside(ledger_entry.c.business_id) == self._business,
                    ledger_entry.c.source_id == order_id,
                    ledger_entry.c.account != "debt",
                )
            )
            .group_by(ledger_entry.c.account, ledger_entry.c.ticket_id, ledger_entry.c.booking_id)
        )
        return [
            (Account(row.account), row.ticket_id, row.booking_id, int(row.amount_minor))
            for row in self._connection.execute(wanted)
        ]

    def deposit_moves(
        self, *, ticket_id: int | None = None, booking_id: int | None = None
    ) -> list[DepositMove]:
        """What orders did to the deposits for a ticket or booking, the first one first; no void ones."""
        about = (
            ledger_entry.c.ticket_id == ticket_id if ticket_id else ledger_entry.c.booking_id == booking_id
        )
        used = case((ledger_entry.c.payment_id.is_not(None), ledger_entry.c.amount_minor), else_=0)
        wanted = (
            select(
                ledger_entry.c.source_id,
                sale_order.c.refund_of_id,
                _SUM.label("amount_minor"),
                func.sum(used).label("used_minor"),
            )
            .join(sale_order, linked(ledger_entry.c.source_id, sale_order))
            .where(
                and_(
                    beside(ledger_entry.c.business_id) == self._business,
                    about,
                    ledger_entry.c.account == "deposit",
                )
            )
            .group_by(ledger_entry.c.source_id, sale_order.c.refund_of_id)
            .having(_SUM != 0)
            .order_by(func.min(ledger_entry.c.id))
        )
        return [
            DepositMove(row.source_id, row.refund_of_id, int(row.amount_minor), int(row.used_minor))
            for row in self._connection.execute(wanted)
        ]

    def settled_by(self, payment_id: int) -> list[Settled]:
        """What a payment took off the debts for sales, the oldest first."""
        keys = {"business": self._business, "of_payment": payment_id}
        return [
            Settled(number_text(Letter.SALE, row.number) if row.number else "", -int(row.amount_minor))
            for row in self._connection.execute(_SETTLED, keys)
        ]

    def before(self, customer_id: int, day: date) -> int:
        """A customer's balance at the beginning of a day."""
        own = and_(
            beside(ledger_entry.c.business_id) == self._business,
            ledger_entry.c.customer_id == customer_id,
            ledger_entry.c.business_day < day_number(day),
        )
        found = self._connection.execute(select(func.coalesce(_SUM, 0)).where(own))
        return int(found.scalar_one())

    def between(self, customer_id: int, first: date, last: date) -> list[Entry]:
        """A customer's entries of some days (both included), in the order of writing."""
        own = and_(
            beside(ledger_entry.c.business_id) == self._business,
            ledger_entry.c.customer_id == customer_id,
            ledger_entry.c.business_day.between(day_number(first), day_number(last)),
        )
        rows = self._connection.execute(_ENTRIES.where(own).order_by(ledger_entry.c.id))
        return [_entry(row) for row in rows]

    def add(self, account: Account, amount_minor: int, **values: Unpack[NewEntry]) -> None:
        """Write an entry; one of nothing is none."""
        if amount_minor:
            stamps = {"created_at": self._at, "created_by": self._by}
            self._add(
                ledger_entry,
                {"account": account.value, "amount_minor": amount_minor, **values, **stamps},
            )


def _about(row: Any) -> str:
    if row.ticket_number:
        return number_text(Letter.TICKET, row.ticket_number)
    return number_text(Letter.BOOKING, row.booking_number) if row.booking_number else ""


def _entry(row: Row[Any]) -> Entry:
    order = row.source_number or row.order_number
    number = number_text(Letter.SALE, order) if order else ""
    if row.payment_number:
        number = number_text(Letter.PAYMENT, row.payment_number)
    return Entry(
        row.id,
        Account(row.account),
        row.amount_minor,
        number,
        _about(row) or (number_text(Letter.SALE, row.order_number) if row.order_number else ""),
        day_of(row.business_day),
        from_us(row.created_at),
        row.created_by,
    )
