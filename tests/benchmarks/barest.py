"""The barest statements that answer the questions of a shop on posapp's own file: what `search`, `phone`,
`postgres`, `history` and `board` are measured against.

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


HISTORY = (
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
    "ORDER BY l.created_at DESC LIMIT :limit) ORDER BY 1 DESC LIMIT :limit"
)
"""The newest events of a customer, merged."""
CARDS = (
    "SELECT j.id, t.id, t.number, j.position, c.pl_number, c.id, c.name, d.make, d.model, j.fault, "
    "j.state_id, j.state_since, j.touched_at, t.due_at, r.name, s.code, j.price_minor, t.is_rush FROM job j "
    "JOIN ticket t ON t.id = j.ticket_id JOIN customer c ON c.id = t.customer_id "
    "JOIN device d ON d.id = j.device_id LEFT JOIN resource r ON r.id = j.technician_id "
    "LEFT JOIN shelf s ON s.id = j.shelf_id WHERE j.business_id = 1 AND j.is_here"
)
"""The devices in the shop with what the board shows of each; a condition follows."""
