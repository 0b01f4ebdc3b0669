"""What `verify` asks about repairs: each fault is a row of a question in SQL, or found by reading."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from posapp.storage.repair_tables import item, job, photo

SHORTEST_SEALED = 12 + 16 + 1
"""Bytes of the shortest encrypted passcode: nonce, tag, one letter (see `services/passcodes.py`)."""
_GONE = "s.group_code = 'closed'"


@dataclass(frozen=True, slots=True)
class Question:
    """A rule: what is counted, and by which rows it is broken (`words` are filled with their columns)."""

    code: str
    sentence: str
    counted: str
    faults: tuple[tuple[str, str], ...]


QUESTIONS: tuple[Question, ...] = (
    Question(
        "tickets",
        "Tickets hold devices and belong together",
        "SELECT count(*) FROM ticket",
        (
            (
                "T{0} has no device",
                "SELECT t.number FROM ticket t WHERE NOT EXISTS "
                "(SELECT 1 FROM job j WHERE j.ticket_id = t.id)",
            ),
            (
                "T{0} is of another business than its customer",
                "SELECT t.number FROM ticket t JOIN customer c ON c.id = t.customer_id "
                "WHERE c.business_id <> t.business_id",
            ),
            (
                "T{0} names a person of another customer",
                "SELECT t.number FROM ticket t JOIN contact c ON c.id = t.contact_id "
                "WHERE c.customer_id <> t.customer_id",
            ),
            (
                "T{0} came from a booking of another customer",
                "SELECT t.number FROM ticket t JOIN booking b ON b.id = t.booking_id "
                "WHERE b.customer_id <> t.customer_id",
            ),
            (
                "a device of T{0} is of another business",
                "SELECT t.number FROM job j JOIN ticket t ON t.id = j.ticket_id "
                "JOIN device d ON d.id = j.device_id JOIN ticket_state s ON s.id = j.state_id "
                "LEFT JOIN shelf h ON h.id = j.shelf_id LEFT JOIN resource r ON r.id = j.technician_id "
                "WHERE j.business_id <> t.business_id OR d.business_id <> t.business_id "
                "OR s.business_id <> t.business_id "
                "OR coalesce(h.business_id, t.business_id) <> t.business_id "
                "OR coalesce(r.business_id, t.business_id) <> t.business_id",
            ),
        ),
    ),
    Question(
        "here",
        "What is in the shop is not handed back, and only once here",
        "SELECT count(*) FROM job",
        (
            (
                "a device of T{0} is said to be here",
                "SELECT t.number FROM job j JOIN ticket t ON t.id = j.ticket_id "
                f"JOIN ticket_state s ON s.id = j.state_id WHERE j.is_here AND {_GONE}",
            ),
            (
                "a device of T{0} is said to be gone",
                "SELECT t.number FROM job j JOIN ticket t ON t.id = j.ticket_id "
                f"JOIN ticket_state s ON s.id = j.state_id WHERE NOT j.is_here AND NOT ({_GONE})",
            ),
            (
                "the hand-back of T{0} and its state differ",
                "SELECT t.number FROM job j JOIN ticket t ON t.id = j.ticket_id "
                "JOIN ticket_state s ON s.id = j.state_id "
                "WHERE (s.code = 'collected') <> (j.handed_at IS NOT NULL) "
                "OR (j.handed_at IS NULL) <> (j.outcome IS NULL)",
            ),
            (
                "device {0} is here {1} times",
                "SELECT device_id, count(*) FROM job WHERE is_here GROUP BY device_id HAVING count(*) > 1",
            ),
        ),
    ),
    Question(
        "estimates",
        "Estimates are the sum of their lines",
        "SELECT count(*) FROM estimate",
        (
            (
                "version {1} of T{0} stands under another customer",
                "SELECT t.number, e.version FROM estimate e JOIN ticket t ON t.id = e.ticket_id "
                "WHERE e.customer_id <> t.customer_id OR e.customer_id IS NULL",
            ),
            (
                "a message of T{0} stands under another customer",
                "SELECT t.number FROM contact_log m JOIN ticket t ON t.id = m.ticket_id "
                "WHERE m.customer_id <> t.customer_id OR m.customer_id IS NULL",
            ),
            (
                "version {1} of T{0}",
                "SELECT t.number, e.version FROM estimate e JOIN ticket t ON t.id = e.ticket_id "
                "WHERE e.total_minor <> (SELECT coalesce(sum(l.amount_minor), 0) FROM estimate_line l "
                "WHERE l.estimate_id = e.id)",
            ),
            (
                "a line of version {1} of T{0}",
                "SELECT t.number, e.version FROM estimate_line l JOIN estimate e ON e.id = l.estimate_id "
                "JOIN ticket t ON t.id = e.ticket_id JOIN job j ON j.id = l.job_id "
                "WHERE l.amount_minor <> l.unit_minor * l.quantity OR j.ticket_id <> e.ticket_id",
            ),
            (
                "T{0} has more than one version {1}",
                "SELECT t.number, e.status FROM estimate e JOIN ticket t ON t.id = e.ticket_id "
                "WHERE e.status IN ('asked', 'approved') GROUP BY t.id, t.number, e.status "
                "HAVING count(*) > 1",
            ),
            (
                "a version of T{0} is missing",
                "SELECT t.number FROM estimate e JOIN ticket t ON t.id = e.ticket_id "
                "GROUP BY t.id, t.number HAVING max(e.version) <> count(*)",
            ),
        ),
    ),
    Question(
        "warranties",
        "Warranties are on the device that was repaired",
        "SELECT count(*) FROM warranty",
        (
            (
                "warranty {0}",
                "SELECT w.id FROM warranty w JOIN job j ON j.id = w.line_job_id "
                "WHERE j.device_id <> w.device_id",
            ),
            (
                "claim on warranty {0}",
                "SELECT w.id FROM warranty_claim c JOIN warranty w ON w.id = c.warranty_id "
                "JOIN job j ON j.id = c.job_id WHERE j.device_id <> w.device_id",
            ),
        ),
    ),
    Question(
        "loaners",
        "A loaner is out with one customer at a time",
        "SELECT count(*) FROM loaner",
        (
            (
                "loaner {0}",
                "SELECT loaner_id FROM loan WHERE back_at IS NULL GROUP BY loaner_id HAVING count(*) > 1",
            ),
            (
                "loan {0} is of another business",
                "SELECT l.id FROM loan l JOIN loaner o ON o.id = l.loaner_id "
                "JOIN ticket t ON t.id = l.ticket_id WHERE o.business_id <> t.business_id",
            ),
        ),
    ),
    Question(
        "parts",
        "What is reserved is in stock",
        "SELECT count(*) FROM part_use",
        (
            (
                "item {0}",
                "SELECT i.id FROM item i JOIN part_use p ON p.item_id = i.id AND p.state = 'reserved' "
                "GROUP BY i.id, i.stock HAVING sum(p.quantity) > i.stock",
            ),
            (
                "part {0} is of another business",
                "SELECT p.id FROM part_use p JOIN item i ON i.id = p.item_id JOIN job j ON j.id = p.job_id "
                "WHERE i.business_id <> j.business_id",
            ),
            (
                "part {0} is reserved for a device that has left",
                "SELECT p.id FROM part_use p JOIN job j ON j.id = p.job_id "
                "WHERE p.state = 'reserved' AND NOT j.is_here",
            ),
        ),
    ),
)


def faults_of_stock(connection: Connection, told: Mapping[int, int]) -> Iterator[str]:
    """Items whose stock is not the sum of the changes that the journal tells."""
    for row in connection.execute(select(item.c.id, item.c.sku, item.c.stock)):
        if row.stock != told.get(row.id, 0):
            yield f"{row.sku}: {row.stock} in stock, {told.get(row.id, 0)} by the journal"


def faults_of_passcodes(connection: Connection) -> Iterator[str]:
    """Passcodes that are not encrypted: too short to be, or readable."""
    sealed = select(job.c.id, job.c.passcode).where(job.c.passcode.is_not(None))
    for row in connection.execute(sealed.execution_options(yield_per=5000)):
        if len(row.passcode) < SHORTEST_SEALED or _is_readable(bytes(row.passcode)):
            yield f"job {row.id}"


def _is_readable(stored: bytes) -> bool:
    try:
        return stored.decode().isprintable()
    except UnicodeDecodeError:
        return False


def faults_of_photos(connection: Connection) -> Iterator[str]:
    """Photos that are not what was kept."""
    kept = select(photo.c.id, photo.c.hash, photo.c.jpeg).execution_options(yield_per=20)
    for row in connection.execute(kept):
        if hashlib.sha256(bytes(row.jpeg)).hexdigest() != row.hash:
            yield f"photo {row.id}"
