"""What is counted of a customer: bookings, when they were here, and the money between them and the shop."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    BindParameter,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    true,
    union_all,
)

from posapp.domain.base.clock import from_us
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.customers.customers import CustomerFacts
from posapp.domain.selling.orders import OrderStatus
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.bookings.tables import booking
from posapp.storage.old_data.spent import spent_of
from posapp.storage.repairs.tables import job, ticket
from posapp.storage.selling.order_tables import ledger_entry, sale_order

_BUSINESS: BindParameter[int] = bindparam("business")
_VISITS = [literal(state.value) for state in BookingStatus if state.is_visit]
_COUNTS = (
    select(
        func.count().label("bookings"),
        func.count().filter(booking.c.status == BookingStatus.NO_SHOW.value).label("no_shows"),
    )
    .where(and_(beside(booking.c.business_id) == _BUSINESS, booking.c.customer_id == bindparam("key")))
    .subquery("counts")
)
_JOBS = job.join(ticket, linked(job.c.ticket_id, ticket))
# Whenever the customer stood at the counter: came for a booking, brought or collected a device, bought.
_WAS_HERE = tuple(
    (moment, rows, and_(beside(of.c.business_id) == _BUSINESS, of.c.customer_id == bindparam("key"), which))
    for moment, rows, of, which in (
        (booking.c.starts_at, booking, booking, booking.c.status.in_(_VISITS)),
        (ticket.c.created_at, ticket, ticket, true()),
        (job.c.handed_at, _JOBS, ticket, job.c.handed_at.is_not(None)),
        (
            sale_order.c.completed_at,
            sale_order,
            sale_order,
            sale_order.c.status == literal(OrderStatus.COMPLETED.value),
        ),
    )
)
_OWED = func.sum(ledger_entry.c.amount_minor)
_MONEY = (
    select(
        func.coalesce(_OWED, 0).label("balance_minor"),
        func.coalesce(-_OWED.filter(ledger_entry.c.account != "debt"), 0).label("credit_minor"),
    )
    .where(
        and_(beside(ledger_entry.c.business_id) == _BUSINESS, ledger_entry.c.customer_id == bindparam("key"))
    )
    .subquery("money")
)
_HERE = (
    select(func.count().filter(job.c.is_here).label("here"))
    .select_from(_JOBS)
    .where(and_(beside(ticket.c.business_id) == _BUSINESS, ticket.c.customer_id == bindparam("key")))
    .subquery("here")
)
_SPENT = select(spent_of(_BUSINESS, bindparam("key")).label("spent_minor")).subquery("spent")
_NOTHING = [literal(0)] * 6
# One row of counts and sums, whose moment is none, and one for each moment: one way to the database.
_FACTS = Hot(
    union_all(
        select(_COUNTS, _MONEY, _SPENT, _HERE, cast(null(), BigInteger).label("at")).select_from(
            _COUNTS.join(_MONEY, true()).join(_SPENT, true()).join(_HERE, true())
        ),
        *(select(*_NOTHING, moment).select_from(rows).where(which) for moment, rows, which in _WAS_HERE),
    )
)


class Facts(Repository):
    """What the shop knows of each customer of one business."""

    def of_customer(self, key: int) -> tuple[CustomerFacts, list[datetime]]:
        """Counts and sums, from the bookings, sales and entries themselves; neither visits nor what comes.

        With every moment at which the customer came, brought, collected or bought something, in no order.
        """
        rows = self._connection.execute(_FACTS, {"business": self._business, "key": key}).all()
        row = next(one for one in rows if one.at is None)
        facts = CustomerFacts(
            row.bookings,
            row.no_shows,
            devices_here=row.here,
            balance_minor=int(row.balance_minor),
            credit_minor=int(row.credit_minor),
            spent_minor=int(row.spent_minor),
        )
        return facts, [from_us(one.at) for one in rows if one.at is not None]
