"""What the lines of completed orders come to, divided in one way or another, and the orders behind a part.

The orders of some days are found by an index, and their lines by theirs. What is given out is stored; nothing
is computed again.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import text

from posapp.domain.base.clock import day_number
from posapp.storage.base.quick import Hot
from posapp.storage.base.repository import Repository


@dataclass(frozen=True, slots=True)
class _Way:
    """By what lines are told apart: the part's key, its words, and what is joined for them.

    `counts_orders`: a part is of whole orders, so that these can be counted.
    """

    key: str
    words: str = "''"
    joins: str = ""
    counts_orders: bool = False


def _beside(table: str, alias: str, key: str) -> str:
    return f"LEFT JOIN {table} {alias} ON {alias}.id = {key} AND +{alias}.business_id = l.business_id"


_RATE = (
    "(SELECT coalesce(sum(x.rate), 0) FROM line_tax x WHERE x.line_id = l.id "
    "AND +x.business_id = l.business_id)"
)
_JOB = " ".join(
    (
        _beside("order_line", "s", "l.refunds_id"),
        _beside("job", "j", "coalesce(l.job_id, s.job_id)"),
        _beside("resource", "r", "j.technician_id"),
    )
)
_WAYS = {
    "all": _Way("1"),
    "day": _Way("o.business_day", counts_orders=True),
    "kind": _Way("CASE WHEN l.kind = 'item' THEN l.item_kind ELSE l.kind END"),
    "item": _Way(
        "coalesce(i.sku, ':' || l.kind)",
        "coalesce(max(i.name), '')",
        _beside("item", "i", "l.item_id"),
    ),
    "staff": _Way("o.completed_by", counts_orders=True),
    "source": _Way("o.source", counts_orders=True),
    "till": _Way("o.till", counts_orders=True),
    "customer": _Way(
        "coalesce(w.pl_number, 0)",
        "coalesce(max(w.name), '')",
        _beside("customer", "w", "o.customer_id"),
        counts_orders=True,
    ),
    "ticket": _Way("coalesce(t.number, 0)", joins=_beside("ticket", "t", "l.ticket_id")),
    "technician": _Way("coalesce(r.name, '')", joins=_JOB),
    "rate": _Way(f"l.tax_name || ':' || {_RATE}"),
    "line": _Way("o.number || '/' || l.position"),
}
WAYS = tuple(_WAYS)
"""In how many ways lines are divided."""


class What(StrEnum):
    """What of each line is summed for the orders behind a part."""

    GROSS = "gross"
    TAX = "tax"
    PROFIT = "profit"


_AMOUNTS = {
    What.GROSS: "l.gross_minor",
    What.TAX: "l.gross_minor - l.net_minor",
    What.PROFIT: "l.net_minor - coalesce(l.cost_minor, 0)",
}
_LINES = "order_line l ON l.order_id = o.id AND +l.business_id = o.business_id"
_EARNS = "l.kind NOT IN ('deposit', 'giftcard')"
_SOLD = "o.business_id = :business AND o.business_day BETWEEN :first AND :last AND o.status = 'completed'"


def _sum(what: str, *, of_all: bool) -> str:
    earned = f"CASE WHEN {_EARNS} THEN {what} ELSE 0 END" if of_all else what
    return f"CAST(coalesce(sum({earned}), 0) AS BIGINT)"


@cache
def _parts(name: str, step: int) -> Hot:
    """The parts of some days; `step` tells days (1) or months (100) apart, too, 0 nothing of the kind."""
    way = _WAYS[name]
    sums = [
        _sum(what, of_all=way.counts_orders)
        for what in (
            "l.quantity",
            "l.gross_minor",
            "l.net_minor",
            "coalesce(l.cost_minor, 0)",
            "CASE WHEN l.cost_minor IS NULL THEN l.net_minor ELSE 0 END",
        )
    ]
    counts = [
        f"count(DISTINCT CASE WHEN o.refund_of_id IS {which} THEN o.id END)" if way.counts_orders else "0"
        for which in ("NULL", "NOT NULL")
    ]
    when = f"o.business_day / {step}" if step else "0"
    earns = "" if way.counts_orders else f"AND {_EARNS}"
    join = "LEFT JOIN" if way.counts_orders else "JOIN"
    return Hot(
        text(
            f"SELECT {when} AS moment, {way.key} AS part, {way.words}, {', '.join((*counts, *sums))} "
            f"FROM sale_order o {join} {_LINES} {way.joins} WHERE {_SOLD} {earns} "
            "GROUP BY 1, 2 ORDER BY 1, 2"
        ),
        tuple,
    )


_FACTS = (
    "o.id, o.number, o.business_day, coalesce(c.pl_number, 0), o.completed_by, o.note, coalesce(f.number, 0)"
)
_ORDERS = (
    "sale_order o LEFT JOIN customer c ON c.id = o.customer_id AND +c.business_id = o.business_id "
    "LEFT JOIN sale_order f ON f.id = o.refund_of_id AND +f.business_id = o.business_id"
)
_AFTER = "(o.business_day > :first OR o.id > :after)"
"""Orders stand by day and key; `first` is the day of the last one that was told."""


@cache
def _behind(name: str, what: What) -> Hot:
    way = _WAYS[name]
    amount = (
        f"SELECT CAST(sum({_AMOUNTS[what]}) AS BIGINT) FROM order_line l {way.joins} "
        f"WHERE l.order_id = o.id AND +l.business_id = o.business_id AND {_EARNS} AND {way.key} = :part"
    )
    return Hot(
        text(
            f"SELECT * FROM (SELECT {_FACTS}, ({amount}) AS minor FROM {_ORDERS} WHERE {_SOLD} "
            f"AND {_AFTER}) found WHERE minor IS NOT NULL ORDER BY business_day, id LIMIT :limit"
        ),
        tuple,
    )


_EACH = Hot(
    text(
        "SELECT o.number, l.position, o.business_day, l.text, l.net_minor, l.cost_minor "
        f"FROM sale_order o JOIN {_LINES} WHERE {_SOLD} AND {_EARNS} "
        "ORDER BY o.business_day, o.id, l.position LIMIT :limit"
    ),
    tuple,
)
_DAY_OF = Hot(text("SELECT business_day FROM sale_order o WHERE o.business_id = :business AND o.id = :after"))


@dataclass(frozen=True, slots=True)
class Part:
    """What the lines of one part come to; `when` is its day or month as a number, 0 where none is told."""

    when: int
    key: Any
    words: str
    sales: int
    refunds: int
    pieces: int
    gross_minor: int
    net_minor: int
    cost_minor: int
    uncosted_minor: int

    @property
    def profit_minor(self) -> int:
        """Net less cost."""
        return self.net_minor - self.cost_minor


@dataclass(frozen=True, slots=True)
class OrderBehind:
    """An order and what it adds to a part; `refund_of` is the number of the sale that it gives back, or 0."""

    id: int
    number: int
    day: int
    pl_number: int
    by: str
    note: str
    refund_of: int
    amount_minor: int


class LineFigures(Repository):
    """The lines of one business."""

    def parts(self, way: str, first: date, last: date, step: int = 0) -> list[Part]:
        """What some days (both included) come to, part by part."""
        keys = {"business": self._business, "first": day_number(first), "last": day_number(last)}
        return [Part(*row) for row in self._connection.execute(_parts(way, step), keys)]

    def behind(
        self, way: str, part: object, what: What, first: date, last: date, after: int, limit: int
    ) -> list[OrderBehind]:
        """The next orders of which a part is made, the oldest day first."""
        begins = day_number(first)
        if after:
            own = {"business": self._business, "after": after}
            begins = max(begins, self._connection.execute(_DAY_OF, own).scalar() or begins)
        keys = {"business": self._business, "first": begins, "last": day_number(last), "part": part}
        found = self._connection.execute(_behind(way, what), {**keys, "after": after, "limit": limit})
        return [OrderBehind(*row) for row in found]

    def each(self, first: date, last: date, limit: int) -> list[tuple[int, int, int, str, int, int | None]]:
        """Each line by itself: number of its order, position, day, text, net, cost."""
        keys = {"business": self._business, "first": day_number(first), "last": day_number(last)}
        found: list[tuple[int, int, int, str, int, int | None]]
        found = self._connection.execute(_EACH, {**keys, "limit": limit}).all()
        return found
