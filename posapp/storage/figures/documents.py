"""Documents that moved money, one by one: refunds, discounts, void sales, all orders, payments."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import text

from posapp.domain.base.clock import day_number
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository


class Orders(StrEnum):
    """Which orders are told one by one."""

    ALL = "all"
    REFUNDS = "refunds"
    DISCOUNTED = "discounted"
    VOID = "void"


_WHICH = {
    Orders.ALL: "o.status = 'completed'",
    Orders.REFUNDS: "o.status = 'completed' AND o.refund_of_id IS NOT NULL",
    Orders.DISCOUNTED: "o.status = 'completed' AND o.discount_minor <> 0",
    Orders.VOID: "o.status = 'voided'",
}


def _lines(kinds: str) -> str:
    return f"CAST(coalesce(sum(CASE WHEN l.kind {kinds} THEN l.gross_minor ELSE 0 END), 0) AS BIGINT)"


def _orders(which: Orders) -> Hot:
    sums = ", ".join(
        _lines(kinds) for kinds in ("NOT IN ('deposit', 'giftcard')", "= 'deposit'", "= 'giftcard'")
    )
    return Hot(
        text(
            "SELECT o.id, o.number, o.business_day, coalesce(c.pl_number, 0), "
            "CASE WHEN o.status = 'voided' THEN o.voided_by ELSE o.completed_by END, "
            "CASE WHEN o.status = 'voided' THEN o.void_reason ELSE o.note END, "
            "coalesce(f.number, 0), coalesce(f.business_day, 0), o.total_minor, o.discount_minor, "
            f"{sums} FROM sale_order o "
            "LEFT JOIN customer c ON c.id = o.customer_id AND +c.business_id = o.business_id "
            "LEFT JOIN sale_order f ON f.id = o.refund_of_id AND +f.business_id = o.business_id "
            "LEFT JOIN order_line l ON l.order_id = o.id AND +l.business_id = o.business_id "
            "WHERE o.business_id = :business AND o.business_day BETWEEN :first AND :last "
            f"AND {_WHICH[which]} GROUP BY o.id, c.pl_number, f.number, f.business_day "
            "ORDER BY o.business_day, o.id LIMIT :limit"
        ),
        tuple,
    )


_ORDERS = {which: _orders(which) for which in Orders}
_FOUND = (
    "SELECT p.id, p.number, p.business_day, p.tender, p.amount_minor, p.rounding_minor, "
    "coalesce(c.pl_number, 0), p.reference, coalesce(o.number, 0) FROM payment p "
    "LEFT JOIN customer c ON c.id = p.customer_id AND +c.business_id = p.business_id "
    "LEFT JOIN sale_order o ON o.id = p.order_id AND +o.business_id = p.business_id "
    "WHERE p.business_id = :business AND p.business_day BETWEEN :first AND :last "
    "AND (p.business_day > :first OR p.id > :after)"
)
_IN_ORDER = "ORDER BY p.business_day, p.id LIMIT :limit"
_PAYMENTS = Hot(text(f"{_FOUND} {_IN_ORDER}"), tuple)
_BY_TENDER = Hot(text(f"{_FOUND} AND p.tender = :tender {_IN_ORDER}"), tuple)
_MONEY = Hot(text(f"{_FOUND} AND p.tender NOT IN ('deposit', 'giftcard', 'credit') {_IN_ORDER}"), tuple)
_DAY_OF = Hot(text("SELECT business_day FROM payment p WHERE p.business_id = :business AND p.id = :after"))


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order as it was completed; `by` and `note` of a void one are who took it back, and why.

    `refund_of` and `sold_on` are the number and the day of the sale that a refund gives back, else 0.
    """

    id: int
    number: int
    day: int
    pl_number: int
    by: str
    note: str
    refund_of: int
    sold_on: int
    total_minor: int
    discount_minor: int
    revenue_minor: int
    deposits_minor: int
    cards_minor: int


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """A payment as it was taken; `order` is the number of what it pays, 0 where debts were paid."""

    id: int
    number: int
    day: int
    tender: str
    amount_minor: int
    rounding_minor: int
    pl_number: int
    reference: str
    order: int


class DocumentFigures(Repository):
    """The orders and payments of one business."""

    def orders(self, which: Orders, first: date, last: date, limit: int) -> list[OrderFacts]:
        """The orders of some days (both included), the oldest first."""
        keys = {"business": self._business, "first": day_number(first), "last": day_number(last)}
        return [
            OrderFacts(*row) for row in self._connection.execute(_ORDERS[which], {**keys, "limit": limit})
        ]

    def payments(
        self, first: date, last: date, limit: int, *, tender: str = "", is_money: bool = False, after: int = 0
    ) -> Sequence[PaymentFacts]:
        """The payments of some days after one of them: all, those by a tender, or those that moved money."""
        begins = day_number(first)
        if after:
            own = {"business": self._business, "after": after}
            begins = max(begins, self._connection.execute(_DAY_OF, own).scalar() or begins)
        keys = {"business": self._business, "first": begins, "last": day_number(last), "limit": limit}
        keys["after"] = after
        if tender:
            found = self._connection.execute(_BY_TENDER, {**keys, "tender": tender})
        else:
            found = self._connection.execute(_MONEY if is_money else _PAYMENTS, keys)
        return [PaymentFacts(*row) for row in found]
