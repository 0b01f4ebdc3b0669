"""What `verify` asks about repairs: tickets, devices, estimates, warranties, parts, photos."""

from posapp.domain.base.actions import Action
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.tickets import Condition
from posapp.storage.base.verify_base import DAY, Listed, Question, Sift

SHORTEST_SEALED = 12 + 16 + 1
"""Bytes of the shortest encrypted passcode: nonce, tag, one letter (see `services/base/passcodes.py`)."""
_GONE = "s.group_code = 'closed'"
_HOWS = ", ".join(f"'{how}'" for how in ContactHow)
_OF_PHOTOS = (Action.PHOTO_ADDED, Action.PHOTO_REMOVED, Action.PHOTO_RESTORED)
_CONDITIONS = frozenset(Condition)
_JOB = "job j JOIN ticket t ON t.id = j.ticket_id JOIN ticket_state s ON s.id = j.state_id"
_LINES = (
    "estimate_line l JOIN estimate e ON e.id = l.estimate_id JOIN ticket t ON t.id = e.ticket_id "
    "JOIN job j ON j.id = l.job_id"
)

QUESTIONS: tuple[Question, ...] = (
    Question(
        "tickets",
        "Tickets hold devices and belong together",
        "SELECT count(*) FROM ticket",
        (
            Sift(
                "ticket t LEFT JOIN (SELECT ticket_id, count(*) AS devices, min(position) AS low, "
                "max(position) AS high FROM job GROUP BY ticket_id) j ON j.ticket_id = t.id",
                "t.number",
                (
                    ("T{0} has no device", "j.devices IS NULL"),
                    ("the devices of T{0} are not counted from 1", "j.low <> 1 OR j.high <> j.devices"),
                    (
                        "T{0} names a person of another customer",
                        "t.contact_id IS NOT NULL AND (SELECT k.customer_id FROM contact k "
                        "WHERE k.id = t.contact_id) <> t.customer_id",
                    ),
                    (
                        "T{0} came from a booking of another customer",
                        "t.booking_id IS NOT NULL AND (SELECT b.customer_id FROM booking b "
                        "WHERE b.id = t.booking_id) <> t.customer_id",
                    ),
                ),
            ),
            Sift(
                "contact_log m JOIN ticket t ON t.id = m.ticket_id",
                "t.number",
                (
                    (
                        "a message of T{0} stands under another customer",
                        "m.customer_id <> t.customer_id OR m.customer_id IS NULL",
                    ),
                    ("a message of T{0} has no words", "trim(m.words) = ''"),
                    (
                        "a message of T{0} is no reminder but has a step, or the other way round",
                        "(m.kind = 'reminder') <> (m.step > 0)",
                    ),
                    ("a message of T{0} is older than the ticket", f"m.created_at < t.created_at - {DAY}"),
                ),
            ),
        ),
    ),
    Question(
        "here",
        "What is in the shop is not handed back, and only once here",
        "SELECT count(*) FROM job",
        (
            Sift(
                _JOB,
                "t.number",
                (
                    ("a device of T{0} is said to be here", f"j.is_here AND {_GONE}"),
                    ("a device of T{0} is said to be gone", f"NOT j.is_here AND NOT ({_GONE})"),
                    (
                        "the hand-back of T{0} and its state differ",
                        "(s.code = 'collected') <> (j.handed_at IS NOT NULL) "
                        "OR (j.handed_at IS NULL) <> (j.outcome IS NULL) "
                        "OR (j.handed_at IS NULL AND (j.handed_to <> '' OR j.signature_hash <> '')) "
                        "OR j.handed_at <> j.state_since",
                    ),
                    ("a device of T{0} is gone and on a shelf", f"{_GONE} AND j.shelf_id IS NOT NULL"),
                    (
                        "a device of T{0} is in a state from another time",
                        f"j.state_since < j.created_at - {DAY} OR j.touched_at < j.state_since - {DAY} "
                        "OR j.touched_at > {soon} OR j.touched_at > j.updated_at + " + str(DAY),
                    ),
                    (
                        "the second look at a device of T{0} is only half noted",
                        "(j.quality_by = '') <> (j.quality_at IS NULL) OR j.quality_at > {soon}",
                    ),
                    ("a device of T{0} has no fault", "trim(j.fault) = ''"),
                    ("a device of T{0} has a price below zero", "j.price_minor < 0"),
                ),
            ),
            Listed(
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
            Sift(
                "estimate e JOIN ticket t ON t.id = e.ticket_id LEFT JOIN (SELECT estimate_id, "
                "count(*) AS lines, min(position) AS low, max(position) AS high, sum(amount_minor) AS total "
                "FROM estimate_line GROUP BY estimate_id) l ON l.estimate_id = e.id",
                "t.number, e.version",
                (
                    (
                        "version {1} of T{0} stands under another customer",
                        "e.customer_id <> t.customer_id OR e.customer_id IS NULL",
                    ),
                    ("version {1} of T{0}", "e.total_minor <> coalesce(l.total, 0)"),
                    (
                        "the lines of version {1} of T{0} are not counted from 1",
                        "l.lines IS NULL OR l.low <> 1 OR l.high <> l.lines",
                    ),
                    (
                        "version {1} of T{0} waits for an answer that it has",
                        "e.status = 'asked' AND (e.answered_at IS NOT NULL OR e.answered_by <> '' "
                        "OR e.limit_minor IS NOT NULL)",
                    ),
                    (
                        "version {1} of T{0} does not say who answered, and how",
                        "(e.status IN ('approved', 'declined') AND e.answered_at IS NULL) "
                        "OR (e.answered_at IS NULL) <> (e.answered_by = '') "
                        "OR (e.answered_at IS NULL) <> (e.answered_how = '') "
                        "OR (e.answered_at IS NULL) <> (e.recorded_by = '') "
                        f"OR (e.answered_how <> '' AND e.answered_how NOT IN ({_HOWS})) "
                        "OR e.answered_at > {soon}",
                    ),
                    (
                        "the limit of version {1} of T{0}",
                        "e.limit_minor < e.total_minor OR (e.status = 'approved') AND e.limit_minor IS NULL "
                        "OR (e.status = 'declined') AND e.limit_minor IS NOT NULL",
                    ),
                    (
                        "version {1} of T{0} waits though there is a newer one",
                        "e.status = 'asked' AND EXISTS (SELECT 1 FROM estimate n "
                        "WHERE n.ticket_id = e.ticket_id AND n.version > e.version)",
                    ),
                    ("version {1} of T{0} is older than the ticket", f"e.created_at < t.created_at - {DAY}"),
                ),
            ),
            Sift(
                _LINES,
                "t.number, e.version",
                (
                    (
                        "a line of version {1} of T{0}",
                        "l.amount_minor <> l.unit_minor * l.quantity OR j.ticket_id <> e.ticket_id",
                    ),
                    ("a line of version {1} of T{0} is for nothing", "trim(l.text) = ''"),
                ),
            ),
            Listed(
                "T{0} has more than one version {1}",
                "SELECT t.number, e.status FROM estimate e JOIN ticket t ON t.id = e.ticket_id "
                "WHERE e.status IN ('asked', 'approved') GROUP BY t.id, t.number, e.status "
                "HAVING count(*) > 1",
            ),
            Listed(
                "what is here of T{0} costs more than was approved",
                "SELECT t.number FROM estimate e JOIN ticket t ON t.id = e.ticket_id "
                "JOIN (SELECT DISTINCT estimate_id, job_id FROM estimate_line) l ON l.estimate_id = e.id "
                "JOIN job j ON j.id = l.job_id WHERE e.status = 'approved' AND j.is_here "
                "GROUP BY t.id, t.number, e.limit_minor HAVING sum(j.price_minor) > e.limit_minor",
            ),
            Listed(
                "a version of T{0} is missing",
                "SELECT t.number FROM estimate e JOIN ticket t ON t.id = e.ticket_id "
                "GROUP BY t.id, t.number HAVING max(e.version) <> count(*) OR min(e.version) <> 1",
            ),
        ),
    ),
    Question(
        "warranties",
        "Warranties are on the device that was repaired, from its hand-back on",
        "SELECT count(*) FROM warranty",
        (
            Sift(
                "warranty w JOIN job j ON j.id = w.line_job_id",
                "w.id",
                (
                    ("warranty {0}", "j.device_id <> w.device_id"),
                    (
                        "warranty {0} is none of a line that was agreed",
                        "NOT EXISTS (SELECT 1 FROM estimate_line l JOIN estimate e ON e.id = l.estimate_id "
                        "WHERE l.job_id = w.line_job_id AND l.text = w.text AND l.warranty_days > 0 "
                        "AND e.status IN ('approved', 'replaced') "
                        f"AND w.ends_at = w.starts_at + l.warranty_days * CAST({DAY} AS BIGINT))",
                    ),
                    (
                        "warranty {0} does not begin with the hand-back",
                        "(j.handed_at IS NULL OR w.starts_at <> j.handed_at OR j.outcome <> 'repaired') "
                        # A device that came back keeps the warranty that somebody has claimed.
                        "AND NOT EXISTS (SELECT 1 FROM warranty_claim c WHERE c.warranty_id = w.id)",
                    ),
                    ("warranty {0} begins in the future", "w.starts_at > {soon}"),
                ),
            ),
            Listed(
                "a warranty of T{0} is missing",
                f"SELECT t.number FROM {_LINES} "
                "WHERE l.warranty_days > 0 AND j.outcome = 'repaired' AND e.version = ("
                "SELECT max(h.version) FROM estimate h WHERE h.ticket_id = e.ticket_id "
                "AND h.status IN ('approved', 'replaced') AND h.answered_at <= j.handed_at "
                "AND h.created_at <= j.handed_at "
                # A version that came while a device was away does not speak of it.
                "AND (j.price_minor IS NULL OR EXISTS (SELECT 1 FROM estimate_line g "
                "WHERE g.estimate_id = h.id AND g.job_id = j.id))) AND NOT EXISTS (SELECT 1 FROM estimate h "
                "WHERE h.ticket_id = e.ticket_id AND h.created_at = j.handed_at AND h.version > 1 "
                "AND h.id <> e.id) AND NOT EXISTS (SELECT 1 FROM warranty w WHERE w.line_job_id = j.id "
                "AND w.text = l.text AND w.starts_at = j.handed_at)",
            ),
            Sift(
                "warranty_claim c JOIN warranty w ON w.id = c.warranty_id JOIN job j ON j.id = c.job_id",
                "w.id",
                (
                    ("claim on warranty {0}", "j.device_id <> w.device_id"),
                    ("claim on warranty {0} before it began", f"j.created_at < w.starts_at - {DAY}"),
                ),
            ),
        ),
    ),
    Question(
        "parts",
        "What is reserved is in stock",
        "SELECT count(*) FROM part_use",
        (
            Listed(
                "item {0}",
                "SELECT i.id FROM item i LEFT JOIN part_use p ON p.item_id = i.id AND p.state = 'reserved' "
                "GROUP BY i.id, i.stock, i.reserved, i.keeps_stock, i.archived_at "
                "HAVING coalesce(sum(p.quantity), 0) <> i.reserved "
                "OR (i.reserved > i.stock AND i.keeps_stock) "
                "OR (i.reserved > 0 AND i.archived_at IS NOT NULL)",
            ),
            Sift(
                "part_use p JOIN item i ON i.id = p.item_id JOIN job j ON j.id = p.job_id "
                "JOIN ticket_state s ON s.id = j.state_id",
                "p.id",
                (
                    (
                        "part {0} is reserved for a repair that was cancelled",
                        "p.state = 'reserved' AND s.group_code = 'cancelled'",
                    ),
                    (
                        "part {0} is reserved for a device that has left",
                        "p.state = 'reserved' AND NOT j.is_here",
                    ),
                    (
                        "part {0} was scrapped without a reason",
                        "p.state = 'scrapped' AND trim(p.reason) = ''",
                    ),
                ),
            ),
        ),
    ),
)
