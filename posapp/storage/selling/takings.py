"""What the sales and refunds of a shift come to, and the taxes in them."""

from typing import Any

from sqlalchemy import and_, bindparam, func, not_, or_, select

from posapp.domain.selling.takings import RateSum, Takings
from posapp.storage.base.quick import Hot, beside
from posapp.storage.base.repository import Repository
from posapp.storage.selling.order_tables import line_tax, order_line, sale_order

_IS_REFUND = sale_order.c.refund_of_id.is_not(None).label("is_refund")
_IS_APART = or_(order_line.c.kind == "deposit", order_line.c.kind == "giftcard")
_OF_SHIFT = and_(
    beside(sale_order.c.business_id) == bindparam("business"),
    sale_order.c.shift_id == bindparam("shift"),
    sale_order.c.status == "completed",
)
_ORDERS = Hot(
    select(_IS_REFUND, func.count().label("count"), func.sum(sale_order.c.total_minor).label("total_minor"))
    .where(_OF_SHIFT)
    .group_by(_IS_REFUND)
)
_LINES = sale_order.join(
    order_line,
    and_(
        order_line.c.order_id == sale_order.c.id,
        beside(order_line.c.business_id) == sale_order.c.business_id,
    ),
)
_TAXED = _LINES.join(
    line_tax,
    and_(line_tax.c.line_id == order_line.c.id, beside(line_tax.c.business_id) == order_line.c.business_id),
)
_APART = Hot(
    select(_IS_REFUND, func.sum(order_line.c.gross_minor).label("gross_minor"))
    .select_from(_LINES)
    .where(and_(_OF_SHIFT, _IS_APART))
    .group_by(_IS_REFUND)
)
_TAXES = Hot(
    select(
        line_tax.c.name,
        line_tax.c.rate,
        func.sum(order_line.c.net_minor).label("net_minor"),
        func.sum(line_tax.c.tax_minor).label("tax_minor"),
    )
    .select_from(_TAXED)
    .where(and_(_OF_SHIFT, not_(_IS_APART)))
    .group_by(line_tax.c.name, line_tax.c.rate)
    .order_by(line_tax.c.rate.desc(), line_tax.c.name)
)


class ShiftTakings(Repository):
    """The takings of the shifts of one business."""

    def of_shift(self, shift_id: int) -> Takings:
        """What a shift sold and gave back until now; of a closed one it stays as it is."""
        orders, apart = self._by_way(_ORDERS, shift_id), self._by_way(_APART, shift_id)
        sold, given_back = orders.get(False), orders.get(True)
        apart_sold, apart_back = (int(apart[way].gross_minor) if way in apart else 0 for way in (False, True))
        return Takings(
            sales_count=int(sold.count) if sold else 0,
            sales_minor=(int(sold.total_minor) if sold else 0) - apart_sold,
            refunds_count=int(given_back.count) if given_back else 0,
            refunds_minor=(int(given_back.total_minor) if given_back else 0) - apart_back,
            apart_minor=apart_sold + apart_back,
            taxes=tuple(
                RateSum(row.name, int(row.rate), int(row.net_minor), int(row.tax_minor))
                for row in self._rows(_TAXES, shift_id)
            ),
        )

    def _by_way(self, asked: Hot, shift_id: int) -> dict[bool, Any]:
        return {bool(row.is_refund): row for row in self._rows(asked, shift_id)}

    def _rows(self, asked: Hot, shift_id: int) -> list[Any]:
        found: list[Any] = self._connection.execute(
            asked, {"business": self._business, "shift": shift_id}
        ).all()
        return found
