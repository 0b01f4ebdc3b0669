"""Payments: what came in and went back, by which tender, in which shift."""

from typing import Any, TypedDict, Unpack

from sqlalchemy import ColumnElement, Row, and_, bindparam, func, select

from posapp.domain.base.clock import day_of, from_us
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.selling.payments import Payment, Tender
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.base.rows import linked
from posapp.storage.selling.order_tables import payment, sale_order
from posapp.storage.selling.tables import shift

_REVERSED = payment.alias("reversed")
_PAYMENTS = (
    select(
        payment,
        shift.c.till,
        sale_order.c.number.label("order_number"),
        _REVERSED.c.number.label("reversed_number"),
    )
    .join(shift, linked(payment.c.shift_id, shift))
    .outerjoin(sale_order, linked(payment.c.order_id, sale_order))
    .outerjoin(_REVERSED, linked(payment.c.reverses_id, _REVERSED))
)
_OF_ORDER = Hot(
    _PAYMENTS.where(
        and_(
            beside(payment.c.business_id) == bindparam("business"),
            payment.c.order_id == bindparam("of_order"),
        )
    ).order_by(payment.c.id)
)
_BY_TENDER = Hot(
    select(
        payment.c.tender,
        func.count().label("count"),
        func.sum(payment.c.amount_minor).label("amount_minor"),
        func.sum(payment.c.rounding_minor).label("rounding_minor"),
    )
    .where(
        and_(
            beside(payment.c.business_id) == bindparam("business"),
            payment.c.shift_id == bindparam("shift"),
        )
    )
    .group_by(payment.c.tender)
    .order_by(payment.c.tender)
)
_LAST_DAY = Hot(
    select(
        select(func.max(payment.c.business_day))
        .where(
            and_(
                beside(payment.c.business_id) == bindparam("business"),
                payment.c.shift_id == bindparam("shift"),
            )
        )
        .scalar_subquery()
        .label("paid"),
        select(func.max(sale_order.c.business_day))
        .where(
            and_(
                beside(sale_order.c.business_id) == bindparam("business"),
                sale_order.c.shift_id == bindparam("shift"),
            )
        )
        .scalar_subquery()
        .label("sold"),
    )
)


class NewPayment(TypedDict):
    """A payment as it is stored."""

    number: int
    shift_id: int
    order_id: int | None
    customer_id: int | None
    reverses_id: int | None
    tender: str
    amount_minor: int
    tendered_minor: int
    rounding_minor: int
    reference: str
    business_day: int


class Payments(Repository):
    """The payments of one business."""

    def of_order(self, order_id: int) -> list[Payment]:
        """What was paid for an order, or paid out with a refund, in that order."""
        keys = {"business": self._business, "of_order": order_id}
        return [_payment(row) for row in self._connection.execute(_OF_ORDER, keys)]

    def by_number(self, number: int) -> Payment | None:
        """One payment."""
        rows = self._those(payment.c.number == number)
        return rows[0] if rows else None

    def of_customer(self, customer_id: int, *, limit: int) -> list[Payment]:
        """A customer's payments, the newest first."""
        return self._those(payment.c.customer_id == customer_id, limit=limit)

    def latest(self, limit: int) -> list[Payment]:
        """The payments of all tills, the newest first."""
        return self._those(payment.c.number > 0, limit=limit)

    def _those(self, which: ColumnElement[bool], *, limit: int = 1) -> list[Payment]:
        wanted = _PAYMENTS.where(and_(payment.c.business_id == self._business, which))
        rows = self._connection.execute(wanted.order_by(payment.c.number.desc()).limit(limit))
        return [_payment(row) for row in rows]

    def by_tender(self, shift_id: int) -> list[Any]:
        """For each tender of a shift: how often, how much in all, how much of it rounding."""
        keys = {"business": self._business, "shift": shift_id}
        found: list[Any] = self._connection.execute(_BY_TENDER, keys).all()
        return found

    def last_day(self, shift_id: int) -> int:
        """The last business day on which a shift sold something or took money, 0 for none."""
        row = self._connection.execute(_LAST_DAY, {"business": self._business, "shift": shift_id}).one()
        return max(row.paid or 0, row.sold or 0)

    def add(self, **values: Unpack[NewPayment]) -> int:
        """Keep a payment; returns its key."""
        return self._add(payment, {**values, "created_at": self._at, "created_by": self._by})


def _payment(row: Row[Any]) -> Payment:
    return Payment(
        row.id,
        number_text(Letter.PAYMENT, row.number),
        Tender(row.tender),
        row.amount_minor,
        row.tendered_minor,
        row.rounding_minor,
        row.reference,
        number_text(Letter.SALE, row.order_number) if row.order_number else "",
        row.customer_id,
        day_of(row.business_day),
        from_us(row.created_at),
        row.created_by,
        row.till,
        number_text(Letter.PAYMENT, row.reversed_number) if row.reversed_number else "",
    )
