"""What `verify` asks about devices: numbers, checklists, passcodes, photos."""

import hashlib
import json

from posapp.domain.repairs.devices import is_imei, serial_key
from posapp.domain.repairs.photos import jpeg_size
from posapp.domain.repairs.tickets import Condition
from posapp.storage.base.verify_base import DAY, Asking, Finding, Listed, Sift
from posapp.storage.base.verify_told import read_ever

SHORTEST_SEALED = 12 + 16 + 1
"""Bytes of the shortest encrypted passcode: nonce, tag, one letter (see `services/base/passcodes.py`)."""
_GONE = "s.group_code = 'closed'"
_CONDITIONS = frozenset(Condition)
_JOB = "job j JOIN ticket t ON t.id = j.ticket_id JOIN ticket_state s ON s.id = j.state_id"


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


def photos(asking: Asking) -> Finding:
    """Every photo is the one that was kept, and of the size that is noted."""
    found = Finding(asking.count("SELECT count(*) FROM photo"))
    rows = asking.rows(
        "SELECT p.id, p.hash, p.jpeg, p.width, p.height, c.erased_at FROM photo p "
        "JOIN job j ON j.id = p.job_id JOIN ticket t ON t.id = j.ticket_id "
        "JOIN customer c ON c.id = t.customer_id"
    )
    for row in rows:
        jpeg = bytes(row.jpeg)
        if row.erased_at is not None:
            if jpeg:
                found.blame([f"photo {row.id} is of somebody who is anonymised"])
        elif hashlib.sha256(jpeg).hexdigest() != row.hash or jpeg_size(jpeg) != (row.width, row.height):
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
