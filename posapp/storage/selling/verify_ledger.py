"""What `verify` asks about money: payments, and the entries that are to say the same once more."""

from posapp.domain.base.actions import Action
from posapp.storage.base.verify_base import DAY, Asking, Finding, Listed, Question, Sift

_OF_PAYMENT = (
    "LEFT JOIN (SELECT payment_id, sum(amount_minor) FILTER (WHERE account = 'debt') AS debt, "
    "sum(amount_minor) FILTER (WHERE account = 'credit') AS credit, "
    "sum(amount_minor) FILTER (WHERE account = 'deposit') AS deposit "
    "FROM ledger_entry WHERE payment_id IS NOT NULL GROUP BY payment_id) e ON e.payment_id = p.id"
)
PAYMENTS = Question(
    "payments",
    "A payment is made in a shift of its time, for an order or by a customer, and entered as it is",
    "SELECT count(*) FROM payment",
    (
        Sift(
            "payment p JOIN shift s ON s.id = p.shift_id LEFT JOIN sale_order o ON o.id = p.order_id "
            f"LEFT JOIN payment v ON v.id = p.reverses_id {_OF_PAYMENT}",
            "p.number",
            (
                (
                    "P{0} is by no tender",
                    "p.tender NOT IN ('cash', 'card', 'transfer', 'qr', 'giftcard', 'credit', 'deposit')",
                ),
                ("P{0} is of nothing", "p.amount_minor = 0 AND p.tender <> 'cash'"),
                ("P{0} is nobody's", "p.order_id IS NULL AND p.customer_id IS NULL"),
                ("P{0} was taken by nobody", "trim(p.created_by) = ''"),
                (
                    "the change or the rounding of P{0}",
                    "(p.tender <> 'cash' AND (p.tendered_minor <> p.amount_minor OR p.rounding_minor <> 0)) "
                    "OR (p.amount_minor > 0 AND p.tendered_minor < p.amount_minor) "
                    "OR (p.amount_minor < 0 AND p.tendered_minor <> p.amount_minor AND v.id IS NULL)",
                ),
                (
                    "P{0} was made outside its shift",
                    f"p.created_at < s.opened_at - {DAY} OR p.created_at > s.closed_at + {DAY} "
                    "OR p.business_day < s.business_day",
                ),
                (
                    "P{0} is of another customer than its order",
                    "o.id IS NOT NULL AND o.customer_id {differs} p.customer_id",
                ),
                ("P{0} is for a sale that waits", "o.id IS NOT NULL AND o.number IS NULL"),
                (
                    "P{0} goes the wrong way",
                    "(o.refund_of_id IS NOT NULL AND p.amount_minor > 0) "
                    "OR (o.refund_of_id IS NULL AND p.reverses_id IS NULL AND p.amount_minor < 0)",
                ),
                (
                    "P{0} reverses another payment than it names",
                    "v.id IS NOT NULL AND (v.amount_minor + p.amount_minor <> 0 "
                    "OR v.rounding_minor + p.rounding_minor <> 0 OR v.tender <> p.tender "
                    "OR v.order_id {differs} p.order_id OR o.status {differs} 'voided' "
                    "OR v.shift_id <> p.shift_id)",
                ),
                (
                    "P{0} paid what is void",
                    "o.status = 'voided' AND p.reverses_id IS NULL "
                    "AND NOT EXISTS (SELECT 1 FROM payment w WHERE w.reverses_id = p.id)",
                ),
                (
                    "P{0} settled something else than it says",
                    "coalesce(e.debt, 0) <> -(p.amount_minor - p.rounding_minor)",
                ),
                (
                    "P{0} spent another credit or deposit",
                    "coalesce(e.credit, 0) <> CASE WHEN p.tender = 'credit' AND v.id IS NULL "
                    "THEN p.amount_minor ELSE 0 END OR CASE WHEN p.tender = 'deposit' AND v.id IS NULL "
                    "THEN coalesce(e.deposit, 0) < p.amount_minor ELSE e.deposit IS NOT NULL END",
                ),
            ),
        ),
    ),
)
# The balance that an import brought carries the moment of its batch.
_FROM_NOTHING = "e.order_id IS NULL AND e.source_id IS NULL AND e.payment_id IS NULL"
_ENTRIES = Sift(
    "ledger_entry e LEFT JOIN sale_order o ON o.id = e.order_id "
    "LEFT JOIN sale_order s ON s.id = e.source_id LEFT JOIN payment p ON p.id = e.payment_id "
    "LEFT JOIN sale_order q ON q.id = p.order_id "
    "LEFT JOIN ticket t ON t.id = e.ticket_id LEFT JOIN booking b ON b.id = e.booking_id",
    "e.id",
    (
        (
            "entry {0} is of no account",
            "e.account NOT IN ('debt', 'deposit', 'credit') OR e.amount_minor = 0",
        ),
        ("entry {0} is nobody's", "e.account <> 'debt' AND e.customer_id IS NULL"),
        (
            "entry {0} is bound to no work, or to more than one",
            "(e.account = 'deposit') <> (e.ticket_id IS NOT NULL OR e.booking_id IS NOT NULL) "
            "OR (e.ticket_id IS NOT NULL AND e.booking_id IS NOT NULL)",
        ),
        (
            "entry {0} is of another customer than what it is about",
            " OR ".join(
                f"({one}.id IS NOT NULL AND {one}.customer_id {{differs}} e.customer_id)" for one in "ospqtb"
            ),
        ),
        (
            "entry {0} comes from nothing",
            f"{_FROM_NOTHING} AND NOT EXISTS (SELECT 1 FROM import_batch i "
            "WHERE i.business_id = e.business_id AND i.created_at = e.created_at "
            "AND i.state IN ('applying', 'applied', 'undoing'))",
        ),
        (
            "entry {0} is about another sale",
            "e.account = 'debt' AND ((p.id IS NULL AND s.id IS NOT NULL AND s.refund_of_id {differs} o.id) "
            "OR (q.id IS NOT NULL AND coalesce(q.refund_of_id, q.id) {differs} o.id)) "
            "OR (e.account <> 'debt' AND e.order_id IS NOT NULL)",
        ),
        (
            "entry {0} was made at another time than what it comes from",
            f"CASE WHEN {_FROM_NOTHING} THEN false WHEN p.id IS NOT NULL "
            "THEN e.business_day <> p.business_day OR e.created_at <> p.created_at "
            "OR e.created_by <> p.created_by WHEN coalesce(s.voided_at, o.voided_at) = e.created_at "
            "THEN e.business_day < coalesce(s.business_day, o.business_day) "
            "OR e.created_by <> coalesce(s.voided_by, o.voided_by) "
            "ELSE e.created_at <> coalesce(s.completed_at, o.completed_at) "
            "OR e.business_day <> coalesce(s.business_day, o.business_day) "
            "OR e.created_by <> coalesce(s.completed_by, o.completed_by) END",
        ),
    ),
)
_ASKED = (
    "SELECT coalesce(source_id, order_id) AS origin, sum(amount_minor) AS minor FROM ledger_entry "
    "WHERE account = 'debt' AND payment_id IS NULL GROUP BY coalesce(source_id, order_id)"
)
_LEFT = (
    "SELECT order_id, sum(amount_minor) AS minor FROM ledger_entry WHERE account = 'debt' GROUP BY order_id"
)
_BOUND = (
    "SELECT source_id, sum(amount_minor) AS minor FROM ledger_entry "
    "WHERE account <> 'debt' AND source_id IS NOT NULL GROUP BY source_id"
)
_DEPOSITS = (
    "SELECT order_id, sum(gross_minor) AS minor FROM order_line WHERE kind = 'deposit' GROUP BY order_id"
)
_SPENT = (
    "SELECT order_id, sum(amount_minor) AS minor FROM payment WHERE tender IN ('deposit', 'credit') "
    "GROUP BY order_id"
)
LEDGER = Question(
    "ledger",
    "The ledger says what orders ask for and payments settle, and nothing is spent twice",
    "SELECT count(*) FROM ledger_entry",
    (
        _ENTRIES,
        Sift(
            f"sale_order o LEFT JOIN ({_ASKED}) a ON a.origin = o.id LEFT JOIN ({_LEFT}) w "
            f"ON w.order_id = o.id LEFT JOIN ({_BOUND}) b ON b.source_id = o.id "
            f"LEFT JOIN ({_DEPOSITS}) d ON d.order_id = o.id LEFT JOIN ({_SPENT}) c ON c.order_id = o.id",
            "o.number",
            (
                (
                    "S{0} asks for something else than it comes to",
                    "coalesce(a.minor, 0) <> CASE WHEN o.status = 'completed' THEN o.total_minor ELSE 0 END",
                ),
                (
                    "S{0} is owed to its customer, or by nobody",
                    "coalesce(w.minor, 0) < 0 "
                    "OR (w.minor <> 0 AND (o.customer_id IS NULL OR o.status <> 'completed'))",
                ),
                (
                    "the deposits and credit of S{0} are not those of its lines and payments",
                    "coalesce(b.minor, 0) <> coalesce(c.minor, 0) "
                    "- CASE WHEN o.status = 'completed' THEN coalesce(d.minor, 0) ELSE 0 END",
                ),
            ),
        ),
        *(
            Listed(
                f"more {words} than there was",
                f"SELECT r.{shown} FROM ledger_entry e JOIN {table} r ON r.id = e.{table}_id "
                f"WHERE e.account = '{account}' GROUP BY r.id, r.{shown} HAVING sum(e.amount_minor) > 0",
            )
            for table, shown, account, words in (
                ("customer", "pl_number", "credit", "credit of PL{0} was spent"),
                ("ticket", "number", "deposit", "of the deposit for T{0} was taken off"),
                ("booking", "number", "deposit", "of the deposit for B{0} was taken off"),
            )
        ),
    ),
)


def payments(asking: Asking) -> Finding:
    """Payments are whole, and the journal tells of the same ones."""
    found = PAYMENTS(asking)
    for key, told, rows in asking.beside(
        "payment", "SELECT id, number, amount_minor, tender FROM payment ORDER BY id"
    ):
        said = [
            (one.ref, one.after.get("amount_minor"), one.after.get("tender"))
            for one in told
            if one.action == Action.PAYMENT_TAKEN
        ]
        if said and said != [(f"P{number}", minor, tender) for _, number, minor, tender in rows]:
            found.blame([f"payment {key} was taken otherwise, or is lost"])
    return found
