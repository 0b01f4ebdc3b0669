"""What `verify` asks about promises with a date: which of them should have been kept by now and were not.

`services/care/upkeep.py` keeps them. A shop that was closed has a day of grace: its first till of the
morning does what fell due meanwhile.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, and_, or_, select

from posapp.domain.base.clock import from_us
from posapp.storage.base.verify_base import Asking, Finding
from posapp.storage.repairs.tables import job, ticket

GRACE = 24 * 3600 * 1_000_000
"""How late a promise may be kept, in microseconds."""


def upkeep(asking: Asking) -> Finding:
    """What is promised after some days has happened."""
    found = Finding(asking.count("SELECT count(*) FROM job WHERE passcode IS NOT NULL"))
    return found.blame(overdue(asking.connection, asking.now))


def overdue(connection: Connection, now: int) -> Iterator[str]:
    """Passcodes to be wiped by now (microseconds), and those of devices that left with no day set."""
    gone = and_(job.c.is_here.is_(False), job.c.passcode_wipe_at.is_(None))
    late = or_(job.c.passcode_wipe_at < now - GRACE, gone)
    rows = connection.execute(
        select(ticket.c.number, job.c.passcode_wipe_at)
        .join(ticket, ticket.c.id == job.c.ticket_id)
        .where(and_(job.c.passcode.is_not(None), late))
        .order_by(job.c.id)
    )
    for number, day in rows:
        since = f"since {from_us(day):%Y-%m-%d}" if day is not None else "and has no day set"
        yield f"the passcode of T{number} is to be wiped {since}: posapp upkeep"
