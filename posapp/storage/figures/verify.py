"""What `verify` asks about figures: each sum of a day is read in two ways, which come to the same.

A sale that is void counts on no day, while its money came in on the day of the sale and went back on the day
of the void. Where a shift went over midnight these differ, so such a sale is asked for on the one day, and
asked back on the other.
"""

import json
from collections.abc import Iterator
from typing import Any

from posapp.storage.base.verify_base import Asking, Finding, Listed, Question

_DIFFERS = (
    "SELECT business_id, business_day, CAST(sum(minor) AS BIGINT) FROM ({}) t "
    "GROUP BY business_id, business_day HAVING sum(minor) <> 0"
)


def _same(words: str, *parts: str) -> Listed:
    """What must come to nothing on each day of each business."""
    return Listed(
        f"{words} of day {{1}} of business {{0}}, by {{2}}", _DIFFERS.format(" UNION ALL ".join(parts))
    )


def _of_day(what: str, column: str, sign: str = "") -> str:
    apart = "AND name NOT IN ('deposit', 'giftcard')" if what == "kind" else ""
    amount = f"{sign}{column} AS minor"
    return f"SELECT business_id, business_day, {amount} FROM day_total WHERE what = '{what}' {apart}"


PARTS = Question(
    "figure_parts",
    "Revenue by kind, by who sold it and by tax is the revenue of its day",
    "SELECT count(*) FROM day_total",
    (
        *(
            _same(
                f"the {column.partition('_')[0]} by {what}",
                _of_day(what, column),
                _of_day("order", column, "-"),
            )
            for what in ("kind", "staff")
            for column in ("gross_minor", "net_minor", "tax_minor", "cost_minor")
        ),
        _same("the tax by rate", _of_day("tax", "tax_minor"), _of_day("order", "tax_minor", "-")),
        _same(
            "the tax of the lines",
            _of_day("tax", "tax_minor", "-"),
            "SELECT o.business_id, o.business_day, l.gross_minor - l.net_minor FROM sale_order o "
            "JOIN order_line l ON l.order_id = o.id WHERE o.status = 'completed'",
        ),
        _same(
            "gross less tax, less cost, and the profit",
            "SELECT business_id, business_day, gross_minor - tax_minor - cost_minor AS minor FROM day_total "
            "WHERE what = 'order'",
            "SELECT o.business_id, o.business_day, coalesce(l.cost_minor, 0) - l.net_minor FROM sale_order o "
            "JOIN order_line l ON l.order_id = o.id WHERE o.status = 'completed' "
            "AND l.kind NOT IN ('deposit', 'giftcard')",
        ),
    ),
)
_VOID = (
    "(SELECT e.order_id, max(e.business_day) AS day FROM ledger_entry e JOIN sale_order w "
    "ON w.id = e.order_id AND w.status = 'voided' WHERE e.account = 'debt' AND e.payment_id IS NULL "
    "AND e.amount_minor < 0 GROUP BY e.order_id)"
)


def _lines(kinds: str, sign: str) -> tuple[str, str]:
    """What the lines of orders come to on their day, and what is asked back of those that are void."""
    sold = "SELECT o.business_id, {day}, {sign}l.gross_minor AS minor FROM sale_order o {void} "
    sold += "JOIN order_line l ON l.order_id = o.id AND l.kind {kinds} WHERE o.number IS NOT NULL"
    back = {"+": "-", "-": "+"}[sign]
    return (
        sold.format(day="o.business_day", sign=sign, void="", kinds=kinds),
        sold.format(day="v.day", sign=back, void=f"JOIN {_VOID} v ON v.order_id = o.id", kinds=kinds),
    )


def _settled(tenders: str, sign: str) -> str:
    return (
        f"SELECT business_id, business_day, {sign}(amount_minor - rounding_minor) AS minor FROM payment "
        f"WHERE tender {tenders}"
    )


def _entries(account: str, sign: str) -> str:
    """The ledger without opening balances, which no sale brought."""
    return (
        f"SELECT business_id, business_day, {sign}amount_minor AS minor FROM ledger_entry "
        f"WHERE account {account} AND "
        "(order_id IS NOT NULL OR source_id IS NOT NULL OR payment_id IS NOT NULL)"
    )


_ALL_KINDS = "IN ('item', 'text', 'ticket', 'booking', 'deposit', 'giftcard')"
MONEY = Question(
    "figure_money",
    "Money that came in is what was sold, less what was given back, used and put on account",
    "SELECT count(*) FROM payment",
    (
        _same(
            "what was paid and what was asked for",
            _settled("IS NOT NULL", "+"),
            *_lines(_ALL_KINDS, "-"),
            _entries("= 'debt'", "+"),
        ),
        _same(
            "payments and their total",
            "SELECT business_id, business_day, amount_minor AS minor FROM payment",
            _of_day("tender", "gross_minor", "-"),
        ),
    ),
)
OWED = Question(
    "figure_owed",
    "Deposits, credit and gift cards are what was sold of them less what was used",
    "SELECT count(*) FROM ledger_entry",
    (
        _same(
            "deposits and credit",
            *_lines("= 'deposit'", "+"),
            _settled("IN ('deposit', 'credit')", "-"),
            _entries("IN ('deposit', 'credit')", "+"),
        ),
        _same(
            "gift cards",
            *_lines("= 'giftcard'", "+"),
            _settled("= 'giftcard'", "-"),
            "SELECT business_id, business_day, -amount_minor FROM gift_move WHERE kind <> 'expired'",
        ),
    ),
)


def z_papers(asking: Asking) -> Finding:
    """Every Z that was given out told what its payments come to until the drawer was closed."""
    found = Finding()
    paid: dict[tuple[int, str], dict[str, int]] = {}
    for business, number, tender, minor in asking.tuples(
        "SELECT s.business_id, s.number, p.tender, CAST(sum(p.amount_minor) AS BIGINT) FROM shift s "
        "JOIN payment p ON p.shift_id = s.id WHERE p.created_at <= s.closed_at "
        "GROUP BY s.business_id, s.number, p.tender"
    ):
        paid.setdefault((business, f"Z{number}"), {})[tender] = minor
    for business, number, snapshot in asking.tuples(
        "SELECT business_id, number, snapshot FROM document WHERE kind = 'z_report' ORDER BY id"
    ):
        found.checked += 1
        told = dict(_tenders(json.loads(snapshot)))
        if told != paid.get((business, number), {}):
            found.blame([f"{number} of business {business} tells other payments"])
    return found


def _tenders(told: dict[str, Any]) -> Iterator[tuple[str, int]]:
    for one in told["tenders"]:
        yield one["tender"], one["amount_minor"]
