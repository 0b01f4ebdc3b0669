"""The totals of all days computed anew from their records: to compare them with, and to begin with."""

from sqlalchemy import Connection, text

from posapp.storage.base.verify_base import Asking, Finding, Listed

_EARNS = "l.kind NOT IN ('deposit', 'giftcard')"
_LINES = "order_line l JOIN sale_order o ON o.id = l.order_id WHERE o.status = 'completed'"
_OF_ORDER = (
    "SELECT o.business_id, o.business_day, o.completed_by, "
    "CASE WHEN o.refund_of_id IS NULL THEN 'sale' ELSE 'refund' END AS kind, "
    "coalesce(sum(l.gross_minor), 0) AS gross, coalesce(sum(l.net_minor), 0) AS net, "
    "coalesce(sum(l.cost_minor), 0) AS cost FROM sale_order o "
    f"LEFT JOIN order_line l ON l.order_id = o.id AND {_EARNS} WHERE o.status = 'completed' "
    "GROUP BY o.id, o.business_id, o.business_day, o.completed_by, o.refund_of_id"
)
_OF_DAY = (
    "SELECT business_id, business_day, completed_by, kind, count(*) AS orders, sum(gross) AS gross, "
    f"sum(net) AS net, sum(cost) AS cost FROM ({_OF_ORDER}) a "
    "GROUP BY business_id, business_day, completed_by, kind"
)
_PARTS = (
    "SELECT business_id, business_day, 'order' AS what, kind AS name, sum(orders) AS count, "
    "sum(gross) AS gross_minor, sum(net) AS net_minor, sum(gross - net) AS tax_minor, "
    "sum(cost) AS cost_minor FROM of_day GROUP BY business_id, business_day, kind",
    "SELECT business_id, business_day, 'staff', completed_by, sum(orders), sum(gross), sum(net), "
    "sum(gross - net), sum(cost) FROM of_day GROUP BY business_id, business_day, completed_by",
    "SELECT o.business_id, o.business_day, 'kind', "
    "CASE WHEN l.kind = 'item' THEN l.item_kind ELSE l.kind END, count(*), sum(l.gross_minor), "
    "sum(l.net_minor), sum(l.gross_minor - l.net_minor), sum(coalesce(l.cost_minor, 0)) "
    f"FROM {_LINES} GROUP BY o.business_id, o.business_day, "
    "CASE WHEN l.kind = 'item' THEN l.item_kind ELSE l.kind END",
    "SELECT o.business_id, o.business_day, 'tax', t.name || ':' || t.rate, count(*), 0, "
    "sum(l.net_minor), sum(t.tax_minor), 0 FROM line_tax t JOIN order_line l ON l.id = t.line_id "
    f"JOIN sale_order o ON o.id = l.order_id WHERE o.status = 'completed' AND {_EARNS} "
    "GROUP BY o.business_id, o.business_day, t.name || ':' || t.rate",
    "SELECT business_id, business_day, 'tender', tender, count(*), sum(amount_minor), "
    "sum(amount_minor - rounding_minor), 0, 0 FROM payment GROUP BY business_id, business_day, tender",
)
_ANEW = f"WITH of_day AS MATERIALIZED ({_OF_DAY}) {' UNION ALL '.join(_PARTS)}"
_SUMS = ("count", "gross_minor", "net_minor", "tax_minor", "cost_minor")
_KEPT = (
    f"SELECT business_id, business_day, what, name, {', '.join(f'-{one}' for one in _SUMS)} FROM day_total"
)


def day_totals(asking: Asking) -> Finding:
    """The totals of each day are those of its orders, lines, taxes and payments; all of them summed anew."""
    found = Finding(asking.count("SELECT count(*) FROM day_total"))
    differs = " OR ".join(f"sum({one}) <> 0" for one in _SUMS)
    asking.put(
        found,
        Listed(
            "{2} {3} of day {1} of business {0}",
            "SELECT business_id, business_day, what, name "
            f"FROM ({_ANEW} UNION ALL {_KEPT}) t GROUP BY business_id, business_day, what, name "
            f"HAVING {differs}",
        ),
    )
    return found


def rebuild(connection: Connection) -> int:
    """Write all totals of all shops anew from what was sold and paid; how many there are.

    Whoever sells meanwhile waits: on SQLite for the writer, on a server for the table, since each sale raises
    its totals last. What is committed by then is in the sums, and what waits is added to them.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE day_total IN EXCLUSIVE MODE"))
    connection.execute(text("DELETE FROM day_total"))
    into = f"INSERT INTO day_total (business_id, business_day, what, name, {', '.join(_SUMS)})"
    return connection.execute(text(f"{into} {_ANEW}")).rowcount
