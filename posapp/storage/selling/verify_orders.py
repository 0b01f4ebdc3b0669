"""What `verify` asks about orders: each is the sum of its lines, each line of its net and its taxes."""

from collections.abc import Iterator
from typing import Any

from posapp.domain.base.actions import Action
from posapp.domain.catalogue.taxes import WHOLE
from posapp.domain.selling.carts import cart_of
from posapp.storage.base.verify_base import DAY, Asking, Finding, Listed, Question, Sift, Told

_CALLED = "CASE WHEN o.number IS NULL THEN 'H' || o.held_number ELSE 'S' || o.number END"
_WAITS = "o.number IS NULL"
_IS_SOLD = "o.number IS NOT NULL"
_UNPAID_FOR = "('deposit', 'giftcard')"

ORDERS = Question(
    "orders",
    "An order is the sum of its lines, and each line of its net and its taxes",
    "SELECT count(*) FROM sale_order",
    (
        Sift(
            "sale_order o LEFT JOIN (SELECT order_id, count(*) AS lines, min(position) AS first, "
            "max(position) AS last, sum(gross_minor) AS gross, sum(net_minor) AS net, "
            "sum(discount_minor) AS off FROM order_line GROUP BY order_id) l ON l.order_id = o.id "
            "LEFT JOIN shift s ON s.id = o.shift_id LEFT JOIN sale_order r ON r.id = o.refund_of_id",
            _CALLED,
            (
                (
                    "{0} does not come to its lines",
                    f"{_IS_SOLD} AND (o.total_minor <> coalesce(l.gross, 0) "
                    "OR o.net_minor <> coalesce(l.net, 0) OR o.discount_minor <> coalesce(l.off, 0))",
                ),
                (
                    "{0} misses a line",
                    f"{_IS_SOLD} AND (l.lines IS NULL OR l.first <> 1 OR l.last <> l.lines)",
                ),
                (
                    "{0} waits as if it were completed",
                    f"{_WAITS} AND (l.lines IS NOT NULL OR o.status = 'completed' OR o.total_minor <> 0 "
                    "OR o.net_minor <> 0 OR o.discount_minor <> 0 OR o.completed_at IS NOT NULL "
                    "OR o.completed_by <> '' OR o.refund_of_id IS NOT NULL OR o.exempt <> '' "
                    "OR o.includes_tax OR o.shift_id IS NOT NULL OR o.business_day IS NOT NULL)",
                ),
                (
                    "{0} is half completed",
                    f"{_IS_SOLD} AND (o.completed_at IS NULL OR o.business_day IS NULL "
                    "OR o.shift_id IS NULL OR trim(o.completed_by) = '' OR trim(o.till) = '' "
                    "OR o.status NOT IN ('completed', 'voided') OR o.cart <> '')",
                ),
                ("{0} is in hand at no till", "o.status = 'open' AND trim(o.till) = ''"),
                (
                    "{0} is void, and nobody knows since when, by whom or why",
                    "(o.status = 'voided') <> (o.voided_at IS NOT NULL) "
                    "OR (o.status = 'voided') <> (o.voided_by <> '') "
                    "OR (o.status <> 'voided' AND o.void_reason <> '') "
                    f"OR (o.status = 'voided' AND {_IS_SOLD} AND trim(o.void_reason) = '')",
                ),
                (
                    "{0} was completed outside its shift",
                    f"o.completed_at < s.opened_at - {DAY} OR o.completed_at > s.closed_at + {DAY} "
                    "OR o.business_day < s.business_day",
                ),
                ("{0} is from the future", "o.completed_at > {soon} OR o.voided_at > {soon}"),
                (
                    "{0} gives back what is no sale of its customer",
                    "r.id IS NOT NULL AND (r.refund_of_id IS NOT NULL OR r.status <> 'completed' "
                    "OR r.customer_id {differs} o.customer_id OR r.number > o.number)",
                ),
                (
                    "{0} has the wrong sign",
                    "(o.refund_of_id IS NULL AND o.total_minor < 0) "
                    "OR (o.refund_of_id IS NOT NULL AND o.total_minor > 0)",
                ),
                ("{0} is called nothing", "o.number IS NULL AND o.held_number IS NULL"),
            ),
        ),
        Sift(
            "order_line l JOIN sale_order o ON o.id = l.order_id "
            "LEFT JOIN (SELECT line_id, count(*) AS parts, sum(tax_minor) AS tax, min(position) AS first, "
            "max(position) AS last, min(length(trim(name))) AS named, min(rate) AS least, max(rate) AS most, "
            "min(tax_minor) AS lowest, max(tax_minor) AS highest FROM line_tax GROUP BY line_id) t "
            "ON t.line_id = l.id LEFT JOIN order_line b ON b.id = l.refunds_id "
            "LEFT JOIN job j ON j.id = l.job_id LEFT JOIN ticket k ON k.id = l.ticket_id "
            "LEFT JOIN booking g ON g.id = l.booking_id",
            f"{_CALLED}, l.position",
            (
                ("line {1} of {0} says nothing", "trim(l.text) = ''"),
                (
                    "line {1} of {0} is not net and taxes",
                    "l.gross_minor <> l.net_minor + coalesce(t.tax, 0)",
                ),
                (
                    "the taxes of line {1} of {0}",
                    "t.first <> 1 OR t.last <> t.parts OR t.named = 0 OR t.least < 0 "
                    f"OR t.most > {WHOLE} OR (l.refunds_id IS NULL AND t.lowest < 0) "
                    "OR (l.refunds_id IS NOT NULL AND t.highest > 0)",
                ),
                (
                    "line {1} of {0} is not its pieces",
                    "l.refunds_id IS NULL AND (l.quantity < 1 OR l.unit_minor < 0 "
                    "OR l.priced_minor <> l.unit_minor * l.quantity "
                    "OR l.discount_minor NOT BETWEEN 0 AND l.priced_minor "
                    "OR l.net_minor < 0 OR l.gross_minor < l.net_minor)",
                ),
                (
                    "line {1} of {0} is not its price less what was taken off",
                    "l.refunds_id IS NULL AND CASE WHEN o.includes_tax OR l.kind = 'ticket' "
                    "THEN o.exempt = '' AND l.gross_minor <> l.priced_minor - l.discount_minor "
                    "ELSE l.net_minor <> l.priced_minor - l.discount_minor END",
                ),
                (
                    "line {1} of {0} gives back what it does not name",
                    "(l.refunds_id IS NULL) <> (o.refund_of_id IS NULL) OR b.order_id <> o.refund_of_id "
                    "OR b.kind <> l.kind OR b.item_id {differs} l.item_id AND b.id IS NOT NULL "
                    "OR b.unit_minor <> l.unit_minor OR b.text <> l.text OR b.sku <> l.sku "
                    "OR b.tax_name <> l.tax_name",
                ),
                (
                    "line {1} of {0} gives back the wrong way",
                    "l.refunds_id IS NOT NULL AND (l.quantity > 0 OR l.net_minor > 0 "
                    "OR l.gross_minor > l.net_minor OR l.priced_minor <> l.unit_minor * l.quantity "
                    "OR l.discount_minor <> 0)",
                ),
                (
                    "line {1} of {0} is about nothing, or about two things",
                    "CASE l.kind WHEN 'item' THEN l.item_id IS NULL WHEN 'ticket' THEN l.ticket_id IS NULL "
                    "WHEN 'booking' THEN l.booking_id IS NULL "
                    "WHEN 'deposit' THEN l.ticket_id IS NULL AND l.booking_id IS NULL "
                    "WHEN 'text' THEN false WHEN 'giftcard' THEN false ELSE true END "
                    "OR (l.ticket_id IS NOT NULL AND l.booking_id IS NOT NULL) "
                    "OR (l.ticket_id IS NOT NULL AND l.kind NOT IN ('ticket', 'deposit', 'text')) "
                    "OR (l.booking_id IS NOT NULL AND l.kind NOT IN ('booking', 'deposit')) "
                    "OR (l.kind = 'item') <> (l.item_kind IN ('goods', 'part', 'service'))",
                ),
                (
                    "line {1} of {0} is about the work of somebody else",
                    "j.ticket_id <> l.ticket_id OR (j.id IS NOT NULL AND l.ticket_id IS NULL) "
                    "OR (k.id IS NOT NULL AND k.customer_id {differs} o.customer_id) "
                    "OR (g.id IS NOT NULL AND g.customer_id {differs} o.customer_id)",
                ),
                (
                    "line {1} of {0} bears tax or a discount, but earns nothing",
                    f"l.kind IN {_UNPAID_FOR} AND (t.parts IS NOT NULL OR l.discount_minor <> 0)",
                ),
                (
                    "the cost of line {1} of {0}",
                    "(l.refunds_id IS NULL AND l.cost_minor < 0) "
                    "OR (l.refunds_id IS NOT NULL AND l.cost_minor > 0)",
                ),
                (
                    "line {1} of {0} comes back to the shelf",
                    "l.is_restocked AND (l.refunds_id IS NULL OR l.kind <> 'item')",
                ),
                ("line {1} of {0} was listed below zero", "l.listed_minor < 0"),
            ),
        ),
    ),
)
_BACK = (
    "SELECT b.refunds_id, sum(b.quantity) AS units, sum(b.gross_minor) AS gross, sum(b.net_minor) AS net, "
    "coalesce(sum(b.cost_minor), 0) AS cost FROM order_line b WHERE b.refunds_id IS NOT NULL "
    "GROUP BY b.refunds_id"
)
REFUNDS = Question(
    "refunds",
    "No line is given back above what it was sold for",
    "SELECT count(*) FROM order_line WHERE refunds_id IS NOT NULL",
    (
        Listed(
            "more of line {1} of S{0} was given back than was sold",
            "SELECT o.number, l.position FROM order_line l JOIN sale_order o ON o.id = l.order_id "
            f"JOIN ({_BACK}) b ON b.refunds_id = l.id WHERE l.quantity + b.units < 0 "
            "OR l.gross_minor + b.gross < 0 OR l.net_minor + b.net < 0 OR l.cost_minor + b.cost < 0",
        ),
        Listed(
            "more tax of line {1} of S{0} was given back than was taken",
            "SELECT o.number, l.position FROM line_tax t JOIN order_line l ON l.id = t.line_id "
            "JOIN sale_order o ON o.id = l.order_id JOIN (SELECT b.refunds_id, x.position, x.name, x.rate, "
            "sum(x.tax_minor) AS tax FROM line_tax x JOIN order_line b ON b.id = x.line_id "
            "WHERE b.refunds_id IS NOT NULL GROUP BY b.refunds_id, x.position, x.name, x.rate) g "
            "ON g.refunds_id = l.id AND g.position = t.position "
            "WHERE t.tax_minor + g.tax < 0 OR g.name <> t.name OR g.rate <> t.rate",
        ),
    ),
)
_SOLD = (
    "SELECT o.business_id, 'S' || o.number AS number, l.item_id, CASE WHEN o.status = 'voided' THEN 0 "
    "WHEN l.refunds_id IS NULL OR l.is_restocked THEN l.quantity ELSE 0 END AS pieces FROM order_line l "
    "JOIN sale_order o ON o.id = l.order_id JOIN item i ON i.id = l.item_id "
    "WHERE l.kind = 'item' AND i.keeps_stock"
)
SOLD = Question(
    "sold",
    "What was sold left the stock, and what was put back is there again",
    "SELECT count(*) FROM order_line WHERE kind = 'item'",
    (
        Listed(
            "{0} moved {2} of item {1} too many or too few",
            "SELECT number, item_id, sum(pieces) FROM (SELECT business_id, number, item_id, "
            "quantity AS pieces FROM stock_move WHERE number LIKE 'S%' "
            f"UNION ALL {_SOLD}) m GROUP BY business_id, number, item_id HAVING sum(pieces) <> 0",
        ),
    ),
)


def orders(asking: Asking) -> Finding:
    """Orders are whole, and the journal tells of the same ones."""
    found = ORDERS(asking)
    wanted = "SELECT id, number, held_number, status, total_minor, completed_at, voided_at FROM sale_order "
    for key, told, rows in asking.beside("order", wanted + "ORDER BY id"):
        if not rows:
            found.blame([f"order {key} is lost"])
        elif told:  # others came in one go, and that entry counts them
            found.blame(_told_otherwise(rows[0], told))
    return found


def _told_otherwise(row: tuple[Any, ...], told: list[Told]) -> Iterator[str]:
    _, number, held, status, total, completed_at, voided_at = row
    name = f"S{number}" if number else f"H{held}"
    done = [one for one in told if one.action in (Action.ORDER_COMPLETED, Action.ORDER_REFUNDED)]
    said = [(one.ref, one.after.get("total_minor"), one.at) for one in done]
    if said != ([(f"S{number}", total, completed_at)] if number else []):
        yield f"{name} was completed otherwise"
    waited = {one.ref for one in told if one.action == Action.ORDER_HELD}
    if waited != ({f"H{held}"} if held else set()):
        yield f"{name} waited otherwise"
    gone = [one.at for one in told if one.action in (Action.ORDER_VOIDED, Action.ORDER_DROPPED)]
    if gone != ([voided_at] if status == "voided" else []):
        yield f"{name} was given up otherwise"


def held(asking: Asking) -> Finding:
    """What waits under a reference can be read, and rung up again."""
    found = Finding(asking.count("SELECT count(*) FROM sale_order WHERE number IS NULL"))
    asked = (
        "SELECT o.held_number, o.cart FROM sale_order o LEFT JOIN customer c ON c.id = o.customer_id "
        "WHERE o.number IS NULL AND c.erased_at IS NULL"  # what somebody anonymised gave up was emptied
    )
    for number, cart in asking.tuples(asked):
        if not _is_cart(cart):
            found.blame([f"H{number} is no cart"])
    return found


def _is_cart(written: str) -> bool:
    try:
        return bool(cart_of(written).lines)
    except (ValueError, KeyError, TypeError):
        return False
