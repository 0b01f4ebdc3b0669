"""What `verify` asks about gift cards: balances, and moves that agree with lines and payments."""

from posapp.storage.base.verify_base import Asking, Finding, Listed, Question, Sift
from posapp.storage.base.verify_told import read_ever

_DAY_OF_CAUSE = (
    "coalesce((SELECT p.business_day FROM payment p WHERE p.id = m.payment_id), "
    "(SELECT o.business_day FROM order_line l JOIN sale_order o ON o.id = l.order_id WHERE l.id = m.line_id))"
)
_SUM = "coalesce((SELECT sum(m.amount_minor) FROM gift_move m WHERE {}), 0)"

GIFT_CARDS = Question(
    "gift_cards",
    "What is on a gift card is the sum of its moves, never below zero; each agrees with its line or payment",
    "SELECT count(*) FROM gift_card",
    (
        Sift(
            "gift_card c",
            "c.number",
            (
                ("there is less than nothing on G{0}", f"{_SUM.format('m.card_id = c.id')} < 0"),
                (
                    "G{0} was neither sold nor given for another",
                    "NOT EXISTS (SELECT 1 FROM gift_move m WHERE m.card_id = c.id)",
                ),
                ("what is kept of the code of G{0} is none", "length(c.code_hash) <> 64"),
                ("the last four of G{0} are not four", "length(c.last_four) <> 4"),
                ("G{0} ends on no day", "c.expires_on NOT BETWEEN 20000101 AND 99991231"),
            ),
        ),
        Sift(
            "gift_move m JOIN gift_card c ON c.id = m.card_id",
            "m.id, c.number",
            (
                (
                    "move {0} of G{1} is of no kind",
                    "m.kind NOT IN ('sold', 'topped_up', 'used', 'returned', 'expired')",
                ),
                (
                    "move {0} of G{1} goes the wrong way",
                    "m.amount_minor = 0 OR (m.kind IN ('sold', 'topped_up') AND m.amount_minor < 0) "
                    "OR (m.kind IN ('used', 'expired') AND m.amount_minor > 0)",
                ),
                (
                    "move {0} of G{1} comes from nothing",
                    "(m.kind IN ('sold', 'topped_up') AND m.line_id IS NULL) "
                    "OR (m.kind = 'used' AND m.payment_id IS NULL) "
                    "OR (m.kind = 'returned' AND m.order_id IS NULL) "
                    "OR (m.kind = 'expired' AND (m.order_id IS NOT NULL OR m.payment_id IS NOT NULL))",
                ),
                ("move {0} of G{1} stands on another day", f"m.business_day <> {_DAY_OF_CAUSE}"),
                (
                    "move {0} of G{1} is of another order than its line",
                    "m.order_id <> (SELECT l.order_id FROM order_line l WHERE l.id = m.line_id)",
                ),
                (
                    "move {0} of G{1} is of a payment by another tender",
                    "(SELECT p.tender FROM payment p WHERE p.id = m.payment_id) <> 'giftcard'",
                ),
            ),
        ),
        Sift(
            "order_line l JOIN sale_order o ON o.id = l.order_id",
            "o.number, l.position",
            (
                (
                    "line {1} of S{0} is not what it moved on a gift card",
                    f"(CASE WHEN l.kind = 'giftcard' THEN l.gross_minor ELSE 0 END) "
                    f"<> {_SUM.format('m.line_id = l.id')}",
                ),
            ),
        ),
        Sift(
            "payment p",
            "p.number",
            (
                (
                    "P{0} is not what it moved on a gift card",
                    f"p.tender = 'giftcard' AND p.amount_minor <> - {_SUM.format('m.payment_id = p.id')}",
                ),
            ),
        ),
        Listed(
            "S{0} is void and left {1} on gift cards",
            "SELECT o.number, sum(m.amount_minor) FROM sale_order o JOIN gift_move m ON m.order_id = o.id "
            "WHERE o.status = 'voided' GROUP BY o.id, o.number, m.card_id HAVING sum(m.amount_minor) <> 0",
        ),
    ),
)


def gift_cards(asking: Asking) -> Finding:
    """Gift cards are whole, and what nobody sold or paid moved on the day of its moment."""
    found = GIFT_CARDS(asking)
    ever = asking.once(read_ever)
    wanted = (
        "SELECT m.id, c.number, m.business_id, m.business_day, m.created_at FROM gift_move m "
        "JOIN gift_card c ON c.id = m.card_id WHERE m.line_id IS NULL AND m.payment_id IS NULL ORDER BY m.id"
    )
    for move, number, business, day, at in asking.tuples(wanted):
        if not ever.is_day_of(business, day, at):
            found.blame([f"move {move} of G{number} stands on {day}"])
    return found
