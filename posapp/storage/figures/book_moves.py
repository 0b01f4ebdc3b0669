"""What moves the accounts of the books, in SQL: each record of some days, with its account and amount.

What the rules are stands in `posapp.domain.figures.books`. A record is found by the shift it was made in,
so that no index by day is needed where sales are written; what an order wrote at its completion and what was
written when it became void are told apart by their moments. Parameters: business, first, last (days as
numbers), since (a moment that no shift of these days was closed before).
"""

from datetime import UTC, date, datetime, time, timedelta

from posapp.domain.base.clock import to_us
from posapp.domain.figures.books import OF_LEDGER, OF_LINE, OF_TENDER, DocumentKind, Role

_K = {kind.name: int(kind) for kind in DocumentKind}


def _case(column: str, of: dict[str, str]) -> str:
    whens = " ".join(f"WHEN '{name}' THEN '{role}'" for name, role in of.items())
    return f"CASE {column} {whens} END"


_EARNS = (
    f"CASE WHEN l.ticket_id IS NOT NULL THEN '{Role.REPAIRS}' ELSE "
    + _case(
        "CASE WHEN l.kind = 'item' THEN l.item_kind ELSE l.kind END", {k: str(v) for k, v in OF_LINE.items()}
    )
    + " END"
)
_TENDER = _case("p.tender", {str(k): str(v) for k, v in OF_TENDER.items()})
_MONEY = ", ".join(f"'{tender}'" for tender in OF_TENDER)
_LEDGER = _case("e.account", {str(k): str(v) for k, v in OF_LEDGER.items()})
_RATE = (
    "CASE WHEN EXISTS (SELECT 1 FROM line_tax t WHERE t.line_id = l.id AND +t.business_id = l.business_id) "
    "THEN l.tax_name || ':' || (SELECT sum(t.rate) FROM line_tax t "
    "WHERE t.line_id = l.id AND +t.business_id = l.business_id) ELSE '' END"
)
_IS_REVENUE = "l.kind NOT IN ('deposit', 'giftcard')"
_NONE, _NOBODY = "''", "CAST(NULL AS BIGINT)"

# -- which records -----------------------------------------------------------------------------------------
_NEAR = (
    "SELECT s.id, s.business_id FROM shift s WHERE s.business_id = :business AND s.business_day <= :last "
    "AND (s.business_day >= :first OR s.closed_at IS NULL OR s.closed_at >= :since)"
)
_ORDER = (
    "near n JOIN sale_order o ON o.shift_id = +n.id AND +o.business_id = n.business_id "
    "AND o.number IS NOT NULL AND n.business_id = :business"
)
_HERE = "BETWEEN :first AND :last"
_SOLD = f"{_ORDER} AND o.business_day {_HERE}"
_VOID = (
    f"{_ORDER} AND o.status = 'voided' JOIN ledger_entry v ON v.order_id = +o.id "
    "AND +v.business_id = o.business_id AND v.source_id IS NULL "
    f"AND v.payment_id IS NULL AND v.amount_minor < 0 AND v.business_day {_HERE}"
)
_PAID = (
    "near n JOIN payment p ON p.shift_id = +n.id AND +p.business_id = n.business_id "
    f"AND n.business_id = :business AND p.business_day {_HERE} "
    "LEFT JOIN sale_order o ON o.id = p.order_id AND +o.business_id = p.business_id"
)
_LINES = "JOIN order_line l ON l.order_id = +o.id AND +l.business_id = o.business_id"
_TAXES = f"{_LINES} JOIN line_tax t ON t.line_id = +l.id AND +t.business_id = l.business_id"

# -- whose document ------------------------------------------------------------------------------------------
_ABOUT = (
    "coalesce((SELECT 'S' || r.number FROM sale_order r "
    "WHERE r.id = o.refund_of_id AND +r.business_id = o.business_id), '')"
)


def _of_order(at: str) -> str:
    """What was written for an order: with it, or when it became void."""
    kind = f"CASE WHEN {at} = o.completed_at THEN {_K['SALE']} ELSE {_K['VOID']} END"
    return f"{kind}, o.id, o.number, {_ABOUT}, o.customer_id"


_OF_PAYMENT = (
    f"CASE WHEN p.created_at = o.completed_at THEN {_K['SALE']} WHEN p.reverses_id IS NOT NULL "
    f"THEN {_K['VOID']} ELSE {_K['PAYMENT']} END, "
    "CASE WHEN p.created_at = o.completed_at OR p.reverses_id IS NOT NULL THEN o.id ELSE p.id END, "
    "CASE WHEN p.created_at = o.completed_at OR p.reverses_id IS NOT NULL THEN o.number ELSE p.number END, "
    f"{_ABOUT}, p.customer_id"
)


def _moves(day: str, document: str, role: str, tax: str, minor: str, source: str) -> str:
    """One kind of record. What is nothing is left out later, since a document may come to nothing."""
    return f"SELECT {day}, {document}, {role}, {tax}, {minor} FROM {source}"


_PART = "t.name || ':' || t.rate"
_BACK = f"CASE WHEN o.refund_of_id IS NULL THEN {_EARNS} ELSE '{Role.REFUNDS}' END"
_UNDONE = _of_order("o.voided_at")
_ENTRY_OF_ORDER = (
    f"{_ORDER} JOIN ledger_entry e ON e.order_id = +o.id AND +e.business_id = o.business_id "
    f"AND e.source_id IS NULL AND e.payment_id IS NULL AND e.business_day {_HERE}"
)
_ENTRY_OF_SOURCE = (
    f"{_ORDER} JOIN ledger_entry e ON e.source_id = +o.id AND +e.business_id = o.business_id "
    f"AND e.payment_id IS NULL AND e.business_day {_HERE}"
)
_ENTRY_OF_PAYMENT = f"{_PAID} JOIN ledger_entry e ON e.payment_id = +p.id AND +e.business_id = p.business_id"
_CARD_OF_ORDER = (
    f"{_ORDER} JOIN gift_move g ON g.order_id = +o.id AND +g.business_id = o.business_id "
    f"AND g.payment_id IS NULL AND g.business_day {_HERE}"
)
_CARD_OF_PAYMENT = f"{_PAID} JOIN gift_move g ON g.payment_id = +p.id AND +g.business_id = p.business_id"
_EXPIRED = (
    "gift_move g JOIN gift_card c ON c.id = g.card_id AND +c.business_id = g.business_id "
    f"WHERE g.business_id = :business AND g.kind = 'expired' AND g.business_day {_HERE}"
)
_CARD = f"{_K['CARD']}, g.id, c.number, {_NONE}, c.customer_id"
_BROUGHT = (
    "ledger_entry e WHERE e.business_id = :business AND e.order_id IS NULL AND e.source_id IS NULL "
    f"AND e.payment_id IS NULL AND e.business_day {_HERE}"
)
_OPENING = f"{_K['OPENING']}, e.id, 0, {_NONE}, e.customer_id"
_CASH = (
    "near n JOIN cash_move m ON m.shift_id = +n.id AND +m.business_id = n.business_id "
    f"AND n.business_id = :business AND m.business_day {_HERE}"
)
_OF_CASH = f"{_K['CASH']}, m.id, 0, m.reason, {_NOBODY}"
_OF_SHIFT = f"{_K['SHIFT']}, s.id, coalesce(s.number, 0), s.till, {_NOBODY}"
_OPENED = f"shift s WHERE s.business_id = :business AND s.business_day {_HERE}"
_CLOSED_ON = (
    "SELECT s.id, s.business_id, s.number, s.till, s.counted_minor, s.expected_minor, s.difference_minor, "
    "(SELECT max(d.day) FROM (SELECT s.business_day AS day "
    + "".join(
        f"UNION ALL SELECT max(x.business_day) FROM {table} x "
        "WHERE x.shift_id = s.id AND +x.business_id = :business "
        for table in ("sale_order", "payment", "cash_move")
    )
    + ") d) AS day FROM shift s JOIN near n ON n.id = s.id AND n.business_id = s.business_id "
    "WHERE s.business_id = :business AND s.closed_at IS NOT NULL"
)
_CLOSED = f"closed s WHERE s.business_id = :business AND s.day {_HERE}"
_PUT = f"CASE m.kind WHEN 'in' THEN '{Role.PAID_IN}' ELSE '{Role.PAID_OUT}' END"
_WAY = "CASE m.kind WHEN 'in' THEN m.amount_minor ELSE -m.amount_minor END"


def _role(role: Role) -> str:
    return f"'{role}'"


_BRANCHES = (
    _moves(
        "o.business_day",
        _of_order("o.completed_at"),
        _BACK,
        _RATE,
        "-l.net_minor",
        f"{_SOLD} {_LINES} WHERE {_IS_REVENUE}",
    ),
    _moves(
        "o.business_day",
        _of_order("o.completed_at"),
        _role(Role.TAX),
        _PART,
        "-t.tax_minor",
        f"{_SOLD} {_TAXES} WHERE {_IS_REVENUE}",
    ),
    _moves("v.business_day", _UNDONE, _EARNS, _RATE, "l.net_minor", f"{_VOID} {_LINES} WHERE {_IS_REVENUE}"),
    _moves(
        "v.business_day",
        _UNDONE,
        _role(Role.TAX),
        _PART,
        "t.tax_minor",
        f"{_VOID} {_TAXES} WHERE {_IS_REVENUE}",
    ),
    _moves(
        "p.business_day",
        _OF_PAYMENT,
        _TENDER,
        _NONE,
        "p.amount_minor",
        f"{_PAID} WHERE p.tender IN ({_MONEY})",
    ),
    _moves(
        "p.business_day",
        _OF_PAYMENT,
        _role(Role.ROUNDING),
        _NONE,
        "-p.rounding_minor",
        f"{_PAID} WHERE p.rounding_minor <> 0",
    ),
    _moves("e.business_day", _of_order("e.created_at"), _LEDGER, _NONE, "e.amount_minor", _ENTRY_OF_ORDER),
    _moves("e.business_day", _of_order("e.created_at"), _LEDGER, _NONE, "e.amount_minor", _ENTRY_OF_SOURCE),
    _moves("e.business_day", _OF_PAYMENT, _LEDGER, _NONE, "e.amount_minor", _ENTRY_OF_PAYMENT),
    _moves(
        "g.business_day",
        _of_order("g.created_at"),
        _role(Role.GIFT_CARDS),
        _NONE,
        "-g.amount_minor",
        _CARD_OF_ORDER,
    ),
    _moves("g.business_day", _OF_PAYMENT, _role(Role.GIFT_CARDS), _NONE, "-g.amount_minor", _CARD_OF_PAYMENT),
    _moves("g.business_day", _CARD, _role(Role.GIFT_CARDS), _NONE, "-g.amount_minor", _EXPIRED),
    _moves("g.business_day", _CARD, _role(Role.EXPIRED), _NONE, "g.amount_minor", _EXPIRED),
    _moves("e.business_day", _OPENING, _LEDGER, _NONE, "e.amount_minor", _BROUGHT),
    _moves("e.business_day", _OPENING, _role(Role.OPENING), _NONE, "-e.amount_minor", _BROUGHT),
    _moves("m.business_day", _OF_CASH, _role(Role.CASH), _NONE, _WAY, _CASH),
    _moves("m.business_day", _OF_CASH, _PUT, _NONE, f"-({_WAY})", _CASH),
    _moves("s.business_day", _OF_SHIFT, _role(Role.CASH), _NONE, "s.float_minor", _OPENED),
    _moves("s.business_day", _OF_SHIFT, _role(Role.SAFE), _NONE, "-s.float_minor", _OPENED),
    _moves("s.day", _OF_SHIFT, _role(Role.CASH), _NONE, "-s.expected_minor", _CLOSED),
    _moves("s.day", _OF_SHIFT, _role(Role.SAFE), _NONE, "s.counted_minor", _CLOSED),
    _moves("s.day", _OF_SHIFT, _role(Role.DIFFERENCES), _NONE, "-s.difference_minor", _CLOSED),
)
_COLUMNS = "day, kind, record, number, about, customer_id, role, tax, minor"
_PLACE = "CAST(day AS BIGINT) * 137438953472 + CAST(kind AS BIGINT) * 17179869184 + record"
DOCUMENTS = (
    f"WITH near AS ({_NEAR}), closed AS ({_CLOSED_ON}), "
    f"moves ({_COLUMNS}) AS ({' UNION ALL '.join(_BRANCHES)}), "
    "documents AS (SELECT day, kind, record, max(number) AS number, max(about) AS about, "
    "max(customer_id) AS customer_id, role, tax, CAST(sum(minor) AS BIGINT) AS minor, "
    f"{_PLACE} AS place FROM moves GROUP BY day, kind, record, role, tax HAVING sum(minor) <> 0) "
)
"""All documents of these days, a row for each account that one moves; `place` is where they stand."""

_PATIENCE = timedelta(days=3)
"""Zones, hours past midnight and clocks of tills that differ."""


def shifts_since(first: date) -> int:
    """A moment that no shift with a record of that day or a later one was closed before."""
    return to_us(datetime.combine(first, time(), UTC) - _PATIENCE)
