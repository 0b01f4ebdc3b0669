"""What `verify` asks about repairs: tickets, devices, estimates, warranties, loaners, parts, photos."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from posapp.domain.base.actions import Action
from posapp.domain.repairs.devices import is_imei, serial_key
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.photos import jpeg_size
from posapp.domain.repairs.tickets import Condition
from posapp.storage.base.verify_base import DAY, HOUR, Asking, Finding, Listed, Question, Sift, Told
from posapp.storage.base.verify_told import read_ever

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
                        f"j.state_since < j.created_at - {HOUR} OR j.touched_at < j.state_since - {HOUR} "
                        "OR j.touched_at > {soon} OR j.touched_at > j.updated_at + " + str(HOUR),
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
                "AND h.created_at <= j.handed_at) AND NOT EXISTS (SELECT 1 FROM estimate h "
                "WHERE h.ticket_id = e.ticket_id AND h.created_at = j.handed_at AND h.version > 1 "
                "AND h.id <> e.id) AND NOT EXISTS (SELECT 1 FROM warranty w WHERE w.line_job_id = j.id "
                "AND w.text = l.text AND w.starts_at = j.handed_at)",
            ),
            Sift(
                "warranty_claim c JOIN warranty w ON w.id = c.warranty_id JOIN job j ON j.id = c.job_id",
                "w.id",
                (
                    ("claim on warranty {0}", "j.device_id <> w.device_id"),
                    ("claim on warranty {0} before it began", f"j.created_at < w.starts_at - {HOUR}"),
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
                "SELECT i.id FROM item i JOIN part_use p ON p.item_id = i.id AND p.state = 'reserved' "
                "GROUP BY i.id, i.stock, i.archived_at "
                "HAVING sum(p.quantity) > i.stock OR i.archived_at IS NOT NULL",
            ),
            Sift(
                "part_use p JOIN item i ON i.id = p.item_id JOIN job j ON j.id = p.job_id",
                "p.id",
                (
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

_LOANERS = Question(
    "loaners",
    "A loaner is out with one customer at a time, and back before the last device leaves",
    "SELECT count(*) FROM loaner",
    (
        Listed(
            "loaner {0}",
            "SELECT loaner_id FROM loan WHERE back_at IS NULL GROUP BY loaner_id HAVING count(*) > 1",
        ),
        Sift(
            "loan l JOIN loaner o ON o.id = l.loaner_id JOIN ticket t ON t.id = l.ticket_id",
            "l.id, t.number",
            (
                ("loan {0} began before T{1}", f"l.out_at < t.created_at - {HOUR}"),
                (
                    "loan {0} ended before it began, or in the future",
                    "l.back_at < l.out_at OR l.out_at > {soon} OR l.back_at > {soon}",
                ),
                ("loan {0} does not say who ended it", "(l.back_at IS NULL) <> (l.back_by IS NULL)"),
                (
                    "loan {0} is out though the loaner is archived",
                    "l.back_at IS NULL AND o.archived_at IS NOT NULL",
                ),
                (
                    "loan {0} was out while another was",
                    "EXISTS (SELECT 1 FROM loan n WHERE n.loaner_id = l.loaner_id AND n.id > l.id "
                    f"AND (l.back_at IS NULL OR n.out_at < l.back_at - {HOUR}))",
                ),
                (
                    "loan {0} was still out when the last device of T{1} left",
                    # A disposed device lets its ticket close while the loaner is out.
                    "NOT EXISTS (SELECT 1 FROM job j WHERE j.ticket_id = t.id AND j.handed_at IS NULL) "
                    "AND (l.back_at IS NULL OR l.back_at > "
                    f"(SELECT max(j.handed_at) FROM job j WHERE j.ticket_id = t.id) + {HOUR})",
                ),
            ),
        ),
    ),
)


# -- devices and jobs ----------------------------------------------------------------------------------
def devices(asking: Asking) -> Finding:
    """A device is named, its serial is compared as it reads, and its IMEI has the right last digit."""
    found = Finding(asking.count("SELECT count(*) FROM device"))
    asking.put(found, _NAMELESS)
    for row in asking.tuples("SELECT id, serial, serial_key FROM device WHERE serial <> serial_key"):
        if serial_key(row[1]) != row[2]:
            found.blame([f"device {row[0]} is found by another serial"])
    for row in asking.tuples("SELECT id, serial FROM device WHERE serial = serial_key AND serial <> ''"):
        if not (row[1].isascii() and row[1].isalnum() and row[1] == row[1].upper()):
            found.blame([f"device {row[0]} is found by another serial"])
    return found.blame(
        f"the IMEI of device {row[0]}"
        for row in asking.tuples("SELECT id, imei FROM device WHERE imei <> ''")
        if not is_imei(row[1])
    )


_NAMELESS = Sift(
    "device d", "d.id", (("device {0} has no make and no model", "d.make = '' AND d.model = ''"),)
)


def conditions(asking: Asking) -> Finding:
    """What was looked at when a device was taken in can be read."""
    found = Finding(asking.count("SELECT count(*) FROM job"))
    return found.blame(
        f"the checklist of job {row[0]}"
        for row in asking.tuples("SELECT id, condition FROM job WHERE condition <> '[]'")
        if not _is_checklist(row[1])
    )


def _is_checklist(written: str) -> bool:
    try:
        lines = json.loads(written)
        return isinstance(lines, list) and all(
            isinstance(text, str) and state in _CONDITIONS for text, state in lines
        )
    except (ValueError, TypeError):
        return False


def passcodes(asking: Asking) -> Finding:
    """No passcode is kept in clear text, nor longer than the shop's days after the device has left."""
    found = Finding(asking.count("SELECT count(*) FROM job WHERE passcode IS NOT NULL"))
    days = asking.once(read_ever).passcode_days
    for row in asking.rows(
        "SELECT j.id, j.business_id, j.passcode, j.passcode_wipe_at, j.state_since, j.is_here, t.number "
        "FROM job j JOIN ticket t ON t.id = j.ticket_id "
        "WHERE j.passcode IS NOT NULL OR j.passcode_wipe_at IS NOT NULL"
    ):
        if row.is_here and row.passcode_wipe_at is not None:
            found.blame([f"the passcode of T{row.number} is wiped while the device is here"])
        if row.passcode is None:
            continue
        if len(row.passcode) < SHORTEST_SEALED or _is_readable(bytes(row.passcode)):
            found.blame([f"job {row.id}"])
        if row.is_here:
            continue
        kept = None if row.passcode_wipe_at is None else row.passcode_wipe_at - row.state_since
        if kept is not None and kept not in {one * DAY for one in days.get(row.business_id, ())}:
            found.blame([f"the passcode of T{row.number} is kept for other days than the shop's"])
    return found


def _is_readable(stored: bytes) -> bool:
    try:
        return stored.decode().isprintable()
    except UnicodeDecodeError:
        return False


# -- photos --------------------------------------------------------------------------------------------
def photos(asking: Asking) -> Finding:
    """Every photo is the one that was kept, and of the size that is noted."""
    found = Finding(asking.count("SELECT count(*) FROM photo"))
    rows = asking.rows("SELECT id, hash, jpeg, width, height FROM photo")
    for row in rows:
        jpeg = bytes(row.jpeg)
        if hashlib.sha256(jpeg).hexdigest() != row.hash or jpeg_size(jpeg) != (row.width, row.height):
            found.blame([f"photo {row.id}"])
    asking.put(
        found,
        Listed(
            "photo {0} is kept twice",
            "SELECT max(id) FROM photo GROUP BY job_id, hash HAVING count(*) > 1",
        ),
    )
    asking.put(
        found,
        Sift(
            "photo p JOIN job j ON j.id = p.job_id",
            "p.id",
            (
                (
                    "photo {0} is from another time",
                    f"p.created_at < j.created_at - {DAY} OR p.created_at > {{soon}} "
                    f"OR p.removed_at < p.created_at - {DAY} OR p.removed_at > {{soon}}",
                ),
            ),
        ),
    )
    return found


# -- stock ---------------------------------------------------------------------------------------------
def stock(asking: Asking) -> Finding:
    """The stock of each item is the sum of its changes, and repairs took of it what their parts say."""
    found = Finding(asking.count("SELECT count(*) FROM item"))
    by_repairs: dict[int, int] = {}
    told: dict[int, int] = {}
    for one in asking.told("item"):
        by = one.after.get("by")
        if one.action == Action.ITEM_STOCK and isinstance(by, int):
            told[one.key] = told.get(one.key, 0) + by
            if "reason" not in one.after:
                by_repairs[one.key] = by_repairs.get(one.key, 0) - by
        elif one.action == Action.ITEM_ADDED:
            told.setdefault(one.key, 0)
    taken = (
        "(SELECT sum(p.quantity) FROM part_use p WHERE p.item_id = i.id AND p.state IN ('used', 'scrapped'))"
    )
    for row in asking.rows(f"SELECT i.id, i.sku, i.stock, coalesce({taken}, 0) AS taken FROM item i"):
        wanted = told.pop(row.id, 0)
        if row.stock != wanted:
            found.blame([f"{row.sku}: {row.stock} in stock, {wanted} by the journal"])
        if row.taken != by_repairs.get(row.id, 0):
            found.blame([f"{row.sku}: repairs took {row.taken}, {by_repairs.get(row.id, 0)} by the journal"])
    return found.blame(f"item {key} is lost" for key in told)


# -- the history of tickets ----------------------------------------------------------------------------
def history(asking: Asking) -> Finding:
    """Every device is in the state to which the undeletable history of its ticket brought it."""
    found = Finding()
    photos: dict[int, bool] = {}
    rows = asking.beside(
        "ticket",
        "SELECT j.ticket_id, t.number, j.position, s.code, j.state_since FROM job j "
        "JOIN ticket t ON t.id = j.ticket_id JOIN ticket_state s ON s.id = j.state_id "
        "ORDER BY j.ticket_id, j.position",
    )
    for _, told, jobs in rows:
        found.checked += len(jobs)
        if told and jobs:
            found.blame(_other_than_told(told, jobs))
        for one in told:
            key = one.after.get("photo")
            if one.action in _OF_PHOTOS and isinstance(key, int):
                photos[key] = one.action != Action.PHOTO_REMOVED
    return found.blame(_other_photos(asking, photos))


def _other_than_told(told: list[Told], jobs: list[tuple[Any, ...]]) -> Iterator[str]:
    states: dict[int, tuple[str, int]] = {}
    devices: int | None = None
    for one in told:
        position = one.after.get("position")
        if one.action == Action.TICKET_OPENED:
            devices = len(one.after.get("devices", ()))
        elif one.action == Action.TICKET_DEVICE_ADDED and devices is not None:
            devices += 1
        elif one.action in (Action.TICKET_STATE, Action.TICKET_DISPOSED) and isinstance(position, int):
            states[position] = (str(one.after.get("state")), one.at)
        elif one.action == Action.TICKET_HANDED_BACK:
            for each in one.after.get("positions", ()):
                states[each] = ("collected", one.at)
    number = jobs[0][1]
    if devices not in (None, len(jobs)):
        yield f"T{number} has {len(jobs)} devices, {devices} by its history"
    for _, _, position, code, since in jobs:
        wanted = states.get(position)
        if wanted is not None and wanted != (code, since):
            yield f"T{number} device {position} is {code}, {wanted[0]} by its history"


def _other_photos(asking: Asking, kept: dict[int, bool]) -> Iterator[str]:
    """Photos of which the history says something else, or that are lost."""
    for row in asking.rows("SELECT id, removed_at FROM photo"):
        if kept.pop(row.id, row.removed_at is None) != (row.removed_at is None):
            yield f"photo {row.id} was {'removed' if row.removed_at else 'brought back'} by nobody"
    yield from (f"photo {key} is lost" for key in kept)


def loaners(asking: Asking) -> Finding:
    """A loaner is out with one customer at a time; the journal tells of the same loans."""
    found = _LOANERS(asking)
    wanted = "SELECT loaner_id, out_at, back_at FROM loan ORDER BY loaner_id, id"
    for key, told, rows in asking.beside("loaner", wanted):
        went = [one.at for one in told if one.action == Action.LOANER_OUT]
        came = [one.at for one in told if one.action == Action.LOANER_BACK]
        if went != [row[1] for row in rows] or came != [row[2] for row in rows if row[2] is not None]:
            found.blame([f"the loans of loaner {key} are not those of the journal"])
    return found
