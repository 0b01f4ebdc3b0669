"""The barest statements that answer the questions of a shop on posapp's own file: what `search`, `phone`,
`postgres`, `history`, `open` and `board` are measured against.

None of them is taken from the program, so none gets slower with it. Each says one way to one answer: the
newest 200 of the word index, those that begin so first, cut to 20; a unique index; a range of reversed
digits; a page merged from its kinds. There is one business, nothing is archived and nothing is merged.
"""

from posapp.domain.base.folding import fold

NAMES, WORDS = ("1 letter", "2 letters", "3 letters", "4 letters", "6 letters"), ("two words", "whole name")
"""Kinds of texts that are looked for as words."""
_SHOWN = "c.id, c.pl_number, c.name, c.email, p.key"
_PHONE = "LEFT JOIN phone p ON p.customer_id = c.id AND p.is_primary AND p.ended_at IS NULL"
_RANKED = "ORDER BY c.name_fold >= :low AND c.name_fold < :high DESC, c.last_visit_at DESC LIMIT 20"
_NEWEST = "SELECT rowid FROM customer_words WHERE customer_words MATCH :words ORDER BY rowid DESC LIMIT 200"
_BY_WORDS = (
    f"SELECT {_SHOWN} FROM (SELECT c.id FROM ({_NEWEST}) w JOIN customer c ON c.id = w.rowid {_RANKED}) best "
    f"JOIN customer c ON c.id = best.id {_PHONE}"
)
_POSTGRES_NEWEST = (
    "SELECT * FROM customer c WHERE array_to_tsvector(string_to_array(btrim((name_fold || ' '::text) || "
    "COALESCE(more_words, ''::text)), ' '::text)) @@ CAST(:words AS tsquery) LIMIT 200"
)
_POSTGRES_BY_WORDS = (
    f"WITH newest AS MATERIALIZED ({_POSTGRES_NEWEST}) "
    f"SELECT {_SHOWN} FROM (SELECT * FROM newest c {_RANKED}) c {_PHONE}"
)
_OF_PHONE = f"SELECT {_SHOWN} FROM phone p JOIN customer c ON c.id = p.customer_id WHERE p.business_id = 1"
_STATEMENTS = {
    "PL ID": f"SELECT {_SHOWN} FROM customer c {_PHONE} WHERE c.business_id = 1 AND c.pl_number = :number",
    "booking": (
        f"SELECT {_SHOWN}, b.number FROM booking b JOIN customer c ON c.id = b.customer_id {_PHONE} "
        "WHERE b.business_id = 1 AND b.number = :number"
    ),
    "e-mail": (
        f"SELECT {_SHOWN} FROM customer c {_PHONE} WHERE c.business_id = 1 AND c.email <> '' "
        "AND c.email >= :low AND c.email < :high LIMIT 20"
    ),
    "phone": f"{_OF_PHONE} AND p.key = :text AND p.ended_at IS NULL",
    "last digits": f"{_OF_PHONE} AND p.reversed >= :last AND p.reversed < :past LIMIT 20",
    "first digits": (f"{_OF_PHONE} AND p.key >= :low AND p.key < :high AND p.ended_at IS NULL LIMIT 20"),
}
Asked = tuple[str, dict[str, object]]


def search(kind: str, text: str, *, is_postgres: bool = False) -> Asked:
    """The statement for a typed text of a kind, and its values."""
    folded = fold(text) if kind in (*NAMES, *WORDS) else text
    last = folded[::-1]
    values: dict[str, object] = {"text": text, "low": folded, "high": past(folded), "last": last}
    values |= {"past": past(last), "number": int(text.lstrip("PLb")) if kind in ("PL ID", "booking") else 0}
    if kind in (*NAMES, *WORDS):
        values["words"] = _words(folded, is_postgres=is_postgres)
        return (_POSTGRES_BY_WORDS if is_postgres else _BY_WORDS), values
    return _STATEMENTS["last digits" if kind.startswith("last") else kind], values


def past(text: str) -> str:
    """The end of the range of texts that begin so."""
    return text[:-1] + chr(ord(text[-1]) + 1)


def _words(folded: str, *, is_postgres: bool) -> str:
    if is_postgres:
        return " & ".join(f"'{word}':*" for word in folded.split())
    return " ".join(f'"{word}"*' for word in folded.split())


_TOLD = (
    "SELECT * FROM (SELECT b.starts_at AS at, 1, b.id, b.number, s.name, b.status, r.name, b.price_minor "
    "FROM booking b JOIN service s ON s.id = b.service_id JOIN resource r ON r.id = b.resource_id "
    "WHERE b.customer_id = :customer ORDER BY b.starts_at DESC LIMIT :limit) UNION ALL "
    "SELECT * FROM (SELECT at, 2, id, 0, action, till, '', 0 FROM journal WHERE business_id = 1 "
    "AND subject = 'customer' AND subject_id = :customer ORDER BY at DESC LIMIT :limit) UNION ALL "
    "SELECT * FROM (SELECT t.created_at, 3, t.id, t.number, d.make || ' ' || d.model, j.state_id, "
    "(SELECT count(*) FROM job o WHERE o.ticket_id = t.id), j.price_minor FROM ticket t "
    "JOIN job j ON j.ticket_id = t.id AND j.position = 1 JOIN device d ON d.id = j.device_id "
    "WHERE t.customer_id = :customer ORDER BY t.created_at DESC LIMIT :limit) UNION ALL "
    "SELECT * FROM (SELECT e.created_at, 4, e.id, t.number, '', e.status, e.answered_by, e.total_minor "
    "FROM estimate e JOIN ticket t ON t.id = e.ticket_id WHERE e.customer_id = :customer "
    "ORDER BY e.created_at DESC LIMIT :limit) UNION ALL "
    "SELECT * FROM (SELECT l.created_at, 5, l.id, t.number, l.words, l.how, l.kind, 0 FROM contact_log l "
    "JOIN ticket t ON t.id = l.ticket_id WHERE l.customer_id = :customer "
    "ORDER BY l.created_at DESC LIMIT :limit) UNION ALL "
    "SELECT * FROM (SELECT s.completed_at, 6, s.id, s.number, l.text, s.status, '', s.total_minor "
    "FROM sale_order s JOIN order_line l ON l.order_id = s.id AND l.position = 1 "
    "WHERE s.customer_id = :customer AND s.number IS NOT NULL ORDER BY s.completed_at DESC LIMIT :limit) "
    "UNION ALL SELECT * FROM (SELECT p.at, 8, p.id, 0, p.code, p.status, p.kind, p.amount_minor "
    "FROM past_record p WHERE p.customer_id = :customer ORDER BY p.at DESC LIMIT :limit)"
)
LATEST = f"{_TOLD} ORDER BY 1 DESC LIMIT :limit"
"""The newest events of a customer without payments, merged."""
HISTORY = (
    f"{_TOLD} UNION ALL SELECT * FROM (SELECT created_at, 7, id, number, '', tender, reference, amount_minor "
    "FROM payment WHERE customer_id = :customer ORDER BY created_at DESC LIMIT :limit) "
    "ORDER BY 1 DESC LIMIT :limit"
)
"""The newest events of a customer, merged."""
_CARD = (
    "SELECT j.id, t.id, t.number, j.position, c.pl_number, c.id, c.name, d.make, d.model, j.fault, "
    "j.state_id, j.state_since, j.touched_at, t.due_at, r.name, s.code, j.price_minor, t.is_rush, "
    "CASE WHEN j.price_minor IS NULL THEN (SELECT sum(l.amount_minor) FROM estimate_line l "
    "JOIN estimate e ON e.id = l.estimate_id WHERE l.job_id = j.id AND e.status IN ('asked', 'approved') "
    "AND e.version = (SELECT max(version) FROM estimate WHERE ticket_id = e.ticket_id)) END FROM job j "
    "JOIN ticket t ON t.id = j.ticket_id JOIN customer c ON c.id = t.customer_id "
    "JOIN device d ON d.id = j.device_id LEFT JOIN resource r ON r.id = j.technician_id "
    "LEFT JOIN shelf s ON s.id = j.shelf_id WHERE j.is_here"
)
CARDS = f"{_CARD} AND j.business_id = 1"
"""The devices in the shop with what the board shows of each; a condition follows."""

_VISITS = "('arrived', 'in_service', 'done')"
_DUE = "('booked', 'confirmed')"
_BOOKINGS = (
    "SELECT b.id, b.number, b.starts_at, b.ends_at, b.wall_start, b.minutes, b.status, b.price_minor, "
    "b.note, c.pl_number, c.name, p.key, s.name, r.name FROM resource r "
    "CROSS JOIN booking b ON b.resource_id = r.id "
    f"JOIN customer c ON c.id = b.customer_id JOIN service s ON s.id = b.service_id {_PHONE}"
)
CUSTOMER = (
    "SELECT * FROM customer WHERE id = :customer",
    "SELECT * FROM phone WHERE customer_id = :customer",
    "SELECT id, name, email, note FROM contact WHERE customer_id = :customer AND archived_at IS NULL",
    "SELECT code FROM alias WHERE customer_id = :customer",
    "SELECT b.*, s.name, r.name FROM booking b JOIN service s ON s.id = b.service_id "
    "JOIN resource r ON r.id = b.resource_id WHERE b.customer_id = :customer AND b.starts_at >= :since "
    f"AND b.status IN {_DUE} ORDER BY b.starts_at LIMIT 50",
    LATEST,
    "SELECT count(*), count(*) FILTER (WHERE status = 'no_show') FROM booking WHERE customer_id = :customer",
    f"SELECT starts_at FROM booking WHERE customer_id = :customer AND status IN {_VISITS} UNION ALL "
    "SELECT created_at FROM ticket WHERE customer_id = :customer UNION ALL "
    "SELECT j.handed_at FROM ticket t JOIN job j ON j.ticket_id = t.id "
    "WHERE t.customer_id = :customer AND j.handed_at IS NOT NULL UNION ALL "
    "SELECT completed_at FROM sale_order WHERE customer_id = :customer AND status = 'completed'",
    f"{_CARD} AND t.customer_id = :customer",
)
"""A customer at the counter: phones, people and old IDs, what is to come, the latest, facts, devices here."""
TICKET = (
    "SELECT t.*, c.pl_number, c.name, p.key, b.number FROM ticket t JOIN customer c ON c.id = t.customer_id "
    f"LEFT JOIN booking b ON b.id = t.booking_id {_PHONE} WHERE t.business_id = 1 AND t.number = :number",
    "SELECT j.*, d.kind, d.make, d.model, d.colour, d.serial, d.imei, r.name, s.code, w.warranty_id "
    "FROM job j JOIN device d ON d.id = j.device_id LEFT JOIN resource r ON r.id = j.technician_id "
    "LEFT JOIN shelf s ON s.id = j.shelf_id LEFT JOIN warranty_claim w ON w.job_id = j.id "
    "WHERE j.ticket_id = :ticket ORDER BY j.position",
    "SELECT * FROM ticket_state WHERE business_id = 1 ORDER BY position",
    "SELECT from_id, to_id FROM ticket_move WHERE business_id = 1",
    "SELECT * FROM estimate WHERE ticket_id = :ticket ORDER BY version DESC",
    "SELECT l.*, o.name FROM loan l JOIN loaner o ON o.id = l.loaner_id WHERE l.ticket_id = :ticket",
    "SELECT * FROM loaner o WHERE business_id = 1 AND archived_at IS NULL AND NOT EXISTS "
    "(SELECT 1 FROM loan l WHERE l.loaner_id = o.id AND l.back_at IS NULL)",
    "SELECT * FROM contact_log WHERE ticket_id = :ticket ORDER BY id DESC",
    "SELECT f.id, f.job_id, f.hash, f.width, f.height, f.created_at FROM job j "
    "JOIN photo f ON f.job_id = j.id WHERE j.ticket_id = :ticket AND f.removed_at IS NULL",
    "SELECT j.*, p.body FROM journal j "
    "LEFT JOIN journal_personal p ON p.business_id = 1 AND p.journal_id = j.id "
    "WHERE j.business_id = 1 AND j.subject = 'ticket' AND j.subject_id = :ticket ORDER BY j.at",
    "SELECT c.id, c.name, c.email, c.note FROM ticket t JOIN contact c ON c.customer_id = t.customer_id "
    "WHERE t.id = :ticket AND c.archived_at IS NULL",
    "SELECT name, value FROM setting WHERE business_id = 1",
)
"""A ticket with its devices and all that belongs to it."""
_SPANS = (
    "SELECT b.resource_id, b.starts_at, b.busy_until FROM resource r JOIN booking b ON b.resource_id = r.id "
    "AND b.starts_at > :since - r.longest_busy AND b.starts_at < :until "
    "WHERE r.business_id = 1 AND b.busy_until > :since AND b.status NOT IN ('no_show', 'cancelled')"
)
DAY = (
    "SELECT * FROM business WHERE id = 1",
    "SELECT * FROM service WHERE business_id = 1 AND archived_at IS NULL ORDER BY position",
    "SELECT * FROM resource WHERE business_id = 1 AND archived_at IS NULL ORDER BY position",
    "SELECT * FROM working_hours WHERE business_id = 1",
    "SELECT * FROM day_exception WHERE business_id = 1 AND day BETWEEN :first AND :last",
    f"{_BOOKINGS} WHERE r.business_id = 1 AND b.starts_at >= :since AND b.starts_at < :after "
    "ORDER BY b.starts_at",
    _SPANS,
    "SELECT state_id, count(*) FROM job WHERE business_id = 1 AND is_here GROUP BY 1",
    f"{CARDS} AND j.state_id = :ready ORDER BY j.state_since LIMIT 16",
    "SELECT w.*, c.pl_number, c.name FROM walk_in w JOIN customer c ON c.id = w.customer_id "
    "WHERE w.business_id = 1 AND w.state = 'waiting' AND w.business_day = :first ORDER BY w.created_at",
    "SELECT name, value FROM setting WHERE business_id = 1",
)
"""The front desk's day: hours, bookings of six days, what two of them take of anybody, what waits."""
