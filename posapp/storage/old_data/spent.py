"""What a customer spent: one function for whoever asks, so that every screen and export says the same."""

from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, select

from posapp.domain.selling.carts import LineKind
from posapp.domain.selling.orders import OrderStatus
from posapp.storage.base.quick import beside
from posapp.storage.base.rows import linked
from posapp.storage.old_data.tables import past_record
from posapp.storage.selling.order_tables import order_line, sale_order

_EARNED = [literal(kind.value) for kind in LineKind if kind.is_revenue]


def spent_of(business: ColumnElement[Any], customer: ColumnElement[Any]) -> ColumnElement[int]:
    """The sum in minor units: past records that count, and completed sales less what was refunded.

    Both may be parameters, or columns of the statement that asks, which then answers for many customers.
    Deposits and gift cards are no revenue and do not count. An old repair that goes on as a ticket of ours is
    paid through its sale, so its old amount adds nothing by itself any more.
    """
    sold = (
        select(func.coalesce(func.sum(order_line.c.gross_minor), 0))
        .join(sale_order, linked(order_line.c.order_id, sale_order))
        .where(
            and_(
                beside(sale_order.c.business_id) == business,
                sale_order.c.customer_id == customer,
                sale_order.c.status == literal(OrderStatus.COMPLETED.value),
                beside(order_line.c.business_id) == business,
                order_line.c.kind.in_(_EARNED),
            )
        )
        .scalar_subquery()
    )
    past = (
        select(func.coalesce(func.sum(past_record.c.amount_minor), 0))
        .where(
            and_(
                beside(past_record.c.business_id) == business,
                past_record.c.customer_id == customer,
                past_record.c.is_counted,
                past_record.c.ticket_id.is_(None),
            )
        )
        .scalar_subquery()
    )
    return sold + past
