"""What is counted of a customer: bookings, visits, the next one, and the money between them and the shop."""

from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, func, literal, select, true

from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.customers.customers import CustomerFacts
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked, moment_of
from posapp.storage.bookings.tables import booking
from posapp.storage.old_data.spent import spent_of
from posapp.storage.selling.order_tables import ledger_entry
from posapp.storage.shop.tables import resource

_BUSINESS: BindParameter[int] = bindparam("business")
_VISITS = [literal(state.value) for state in BookingStatus if state.is_visit]
_DUE = [literal(state.value) for state in BookingStatus if state.is_due]
_COUNTS = (
    select(
        func.count().label("bookings"),
        func.count().filter(booking.c.status.in_(_VISITS)).label("visits"),
        func.count().filter(booking.c.status == BookingStatus.NO_SHOW.value).label("no_shows"),
        func.max(booking.c.starts_at).filter(booking.c.status.in_(_VISITS)).label("last"),
    )
    .where(and_(beside(booking.c.business_id) == _BUSINESS, booking.c.customer_id == bindparam("key")))
    .subquery("counts")
)
_NEXT = (
    select(booking.c.number, booking.c.starts_at, booking.c.wall_start, resource.c.name)
    .join(resource, linked(booking.c.resource_id, resource))
    .where(
        and_(
            beside(booking.c.business_id) == _BUSINESS,
            booking.c.customer_id == bindparam("key"),
            booking.c.starts_at >= bindparam("now"),
            booking.c.status.in_(_DUE),
        )
    )
    .order_by(booking.c.starts_at)
    .limit(1)
    .subquery("coming")
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
_SPENT = select(spent_of(_BUSINESS, bindparam("key")).label("spent_minor")).subquery("spent")
_FACTS = Hot(
    select(_COUNTS, _MONEY, _SPENT, _NEXT).select_from(
        _COUNTS.join(_MONEY, true()).join(_SPENT, true()).outerjoin(_NEXT, true())
    )
)


class Facts(Repository):
    """What the shop knows of each customer of one business."""

    def of_customer(self, key: int) -> CustomerFacts:
        """Counts, dates and sums, from the bookings, sales and entries themselves."""
        keys = {"business": self._business, "key": key, "now": self._at}
        row = self._connection.execute(_FACTS, keys).one()
        is_coming = row.number is not None
        return CustomerFacts(
            row.bookings,
            row.visits,
            row.no_shows,
            moment_of(row.last),
            number_text(Letter.BOOKING, row.number) if is_coming else None,
            moment_of(row.starts_at),
            row.name,
            int(row.balance_minor),
            int(row.credit_minor),
            int(row.spent_minor),
            next_booking_wall=datetime.fromisoformat(row.wall_start) if is_coming else None,
        )
