"""revenue, rebuild: a month of figures by day, and all totals written anew, against the same in raw SQL."""

import sqlite3
from datetime import date
from functools import partial

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import day_number, day_of
from posapp.domain.figures.periods import Period
from posapp.services.desks import Shop
from tests.benchmarks.measure import Case, Row, compared, in_turn, show
from tests.benchmarks.shops import copied, opened, raw, shop_file

_MONTH = (
    "SELECT business_day, name, count, gross_minor, net_minor, tax_minor, cost_minor FROM day_total "
    "WHERE business_id = 1 AND business_day BETWEEN ? AND ? AND what = 'order' ORDER BY business_day"
)
_EARNS = "CASE WHEN l.kind IN ('deposit', 'giftcard') THEN 0 ELSE"
_SCAN = (
    "SELECT o.business_day, count(DISTINCT CASE WHEN o.refund_of_id IS NULL THEN o.id END), "
    "count(DISTINCT CASE WHEN o.refund_of_id IS NOT NULL THEN o.id END), "
    f"sum({_EARNS} l.gross_minor END), sum({_EARNS} l.net_minor END), "
    f"sum({_EARNS} l.gross_minor - l.net_minor END), sum({_EARNS} coalesce(l.cost_minor, 0) END) "
    "FROM sale_order o JOIN order_line l ON l.order_id = o.id WHERE o.status = 'completed' "
    "AND o.business_day BETWEEN ? AND ? GROUP BY 1 ORDER BY 1"
)
"""Sales of nothing but deposits and cards are sales, too, but earn nothing."""
_OF_LINES = (
    "FROM sale_order o JOIN order_line l ON l.order_id = o.id "
    "WHERE o.status = 'completed' AND l.kind NOT IN ('deposit', 'giftcard')"
)
_SUMS = "sum(l.gross_minor), sum(l.net_minor), sum(l.gross_minor - l.net_minor), sum(l.cost_minor)"
_GROUPS = (
    f"SELECT o.business_day, o.refund_of_id IS NULL, count(DISTINCT o.id), {_SUMS} {_OF_LINES} GROUP BY 1, 2",
    f"SELECT o.business_day, o.completed_by, count(DISTINCT o.id), {_SUMS} {_OF_LINES} GROUP BY 1, 2",
    f"SELECT o.business_day, l.kind, l.item_kind, count(*), {_SUMS} FROM sale_order o "
    "JOIN order_line l ON l.order_id = o.id WHERE o.status = 'completed' GROUP BY 1, 2, 3",
    "SELECT o.business_day, t.name, t.rate, count(*), sum(l.net_minor), sum(t.tax_minor) FROM sale_order o "
    "JOIN order_line l ON l.order_id = o.id JOIN line_tax t ON t.line_id = l.id "
    "WHERE o.status = 'completed' AND l.kind NOT IN ('deposit', 'giftcard') GROUP BY 1, 2, 3",
    "SELECT business_day, tender, count(*), sum(amount_minor), sum(rounding_minor) FROM payment "
    "GROUP BY 1, 2",
)


def revenue(customers: int) -> None:
    """The busiest month by day; two sales a customer."""
    file = shop_file(customers)
    connection = raw(file)
    [month] = connection.execute(
        "SELECT business_day / 100 FROM day_total WHERE what = 'order' "
        "GROUP BY 1 ORDER BY sum(count) DESC LIMIT 1"
    ).fetchone()
    first, last = month * 100 + 1, month * 100 + 31
    sales = connection.execute("SELECT count(*) FROM sale_order").fetchone()[0]
    with opened(file) as (shop, actor):
        days = Period(day_of(first), _last_of(month))
        cases: dict[str, Case] = {
            "posapp": partial(shop.reports.read, actor, "revenue", days),
            "raw": lambda: connection.execute(_MONTH, (first, last)).fetchall(),
        }
        times = in_turn(cases, 500, warm_up=10)
        is_equal = _is_equal(shop, actor, connection, days)
    connection.close()
    rows = [
        compared("a month by day", times["posapp"], times["raw"], most=4),
        Row("    equal to a scan", ("yes" if is_equal else "no",), "", is_equal),
    ]
    show(f"revenue, {sales:,} sales (yardstick: the day totals by sqlite3)", rows)


def _last_of(month: int) -> date:
    return date.fromordinal(
        day_of((month + 89 if month % 100 == 12 else month + 1) * 100 + 1).toordinal() - 1
    )


def _is_equal(shop: Shop, actor: Actor, connection: sqlite3.Connection, days: Period) -> bool:
    told = [
        (int(row.id.replace("-", "")), *row.cells[1:-1])
        for row in shop.reports.read(actor, "revenue", days).rows
    ]
    scanned = connection.execute(_SCAN, (day_number(days.first), day_number(days.last))).fetchall()
    return bool(told) and told == scanned


def rebuild(customers: int) -> None:
    """All totals of all days."""
    with copied(customers) as file, opened(file) as (shop, actor):
        connection = raw(file)
        sales = connection.execute("SELECT count(*) FROM sale_order").fetchone()[0]
        cases: dict[str, Case] = {
            "posapp": partial(shop.upkeep.rebuild_totals, actor),
            "raw": lambda: [connection.execute(one).fetchall() for one in _GROUPS],
        }
        times = in_turn(cases, 5)
        connection.close()
    show(
        f"rebuild, {sales:,} sales (yardstick: the same GROUP BYs by sqlite3, not written)",
        [compared("all totals", times["posapp"], times["raw"], most=1.5)],
    )
