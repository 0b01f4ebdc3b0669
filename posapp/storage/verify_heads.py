"""What stands elsewhere of the journal's ends: on each day's first paper, and beside each backup.

Whoever empties, cuts or rebuilds a chain cannot make these fit: the entry that was the last one at that
moment must still be there with the hash that was noted then.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, select, text

from posapp.domain.clock import to_us
from posapp.domain.journal import NO_BUSINESS, SEAL_LENGTH, Head
from posapp.storage.tables import journal

_SEAL = re.compile(rf'"seal":"(\d+)-([0-9a-f]{{{SEAL_LENGTH}}})"')
_SEALED = (
    "SELECT id, business_id, number, snapshot FROM document "
    """WHERE snapshot LIKE '%"seal":"%' AND snapshot NOT LIKE '%"seal":""%' ORDER BY id"""
)


@dataclass(frozen=True, slots=True)
class HeadElsewhere:
    """The end of a chain as a file beside the database has it, and when it was noted there."""

    head: Head
    at: datetime
    where: str


class Heads:
    """Compares the chains with what was noted of their ends."""

    def __init__(self, connection: Connection, elsewhere: Iterable[HeadElsewhere] = ()) -> None:
        self._connection = connection
        self._elsewhere = tuple(elsewhere)
        self.checked = 0

    def faults(self) -> Iterator[str]:
        """Each note of an end that the journal does not have any more."""
        yield from self._on_papers()
        restored = self._last_restore()
        for one in self._elsewhere:
            self.checked += 1
            if not self._stands(one.head) and to_us(one.at) > restored:
                yield f"the journal is not the one that {one.where} names at entry {one.head.last}"

    def _on_papers(self) -> Iterator[str]:
        for row in self._connection.execute(text(_SEALED).execution_options(yield_per=500)):
            self.checked += 1
            found = _SEAL.search(row.snapshot)
            if found is None or not self._stands(Head(row.business_id, int(found[1]), found[2])):
                yield f"the journal is not the one that paper {row.id} of {row.number} names"

    def _stands(self, head: Head) -> bool:
        if head.last == 0:
            return True
        here = and_(journal.c.business_id == head.business, journal.c.id == head.last)
        found = self._connection.execute(select(journal.c.hash).where(here)).scalar()
        return found is not None and str(found).startswith(head.hash)

    def _last_restore(self) -> int:
        """When the database was last replaced by a backup: what was noted before may be gone with it."""
        asked = (
            select(journal.c.at)
            .where(
                journal.c.business_id == NO_BUSINESS,
                journal.c.subject == "database",
                journal.c.subject_id == 0,
                journal.c.action == "database.restored",
            )
            .order_by(journal.c.at.desc())
            .limit(1)
        )
        found = self._connection.execute(asked).scalar()
        return int(found) if found is not None else -1
