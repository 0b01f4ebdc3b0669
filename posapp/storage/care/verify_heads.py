"""What stands elsewhere of the journal's ends: on each day's first paper, each Z, and beside each backup.

Whoever empties, cuts or rebuilds a chain cannot make these fit: the entry that was the last one at that
moment must still be there with the hash that was noted then.
"""

import re
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, and_, select, text

from posapp.domain.base.actions import Action
from posapp.domain.base.clock import to_us
from posapp.domain.base.journal import NO_BUSINESS, SEAL_LENGTH
from posapp.storage.base.manifests import Manifest
from posapp.storage.base.tables import identity, journal

_SEAL = re.compile(rf'"seal":"(\d+)-([0-9a-f]{{{SEAL_LENGTH}}})"')
# No colon: SQLAlchemy would take it for a parameter.
_SEALED = (
    "SELECT id, business_id, number, snapshot FROM document "
    'WHERE snapshot LIKE \'%"seal"_"_%\' AND snapshot NOT LIKE \'%"seal"_""%\' ORDER BY id'
)


_FIRST_WITH_CHAINS = "0006"
"""The revision since which a manifest names the ends of chains per business."""


class Heads:
    """Compares the chains with what was noted of their ends."""

    def __init__(self, connection: Connection, backups: Iterable[Manifest] = ()) -> None:
        """`backups` are what lies beside the copies of this very database; those of others are left out."""
        self._connection = connection
        code = connection.execute(select(identity.c.code)).scalar()
        self._backups = [
            one for one in backups if one.facts.identity == code and one.facts.revision >= _FIRST_WITH_CHAINS
        ]
        self.checked = 0

    def faults(self) -> Iterator[str]:
        """Each note of an end that the journal does not have any more."""
        yield from self._on_papers()
        restored = self._last_restore()
        for one in self._backups:
            for head in one.facts.heads:
                self.checked += 1
                is_explained = to_us(one.made_at) <= restored
                if not is_explained and not self._stands(head.business, head.last, head.hash):
                    made = one.made_at.isoformat(timespec="minutes")
                    yield f"the journal is not that of the backup of {made}, at entry {head.last}"

    def _on_papers(self) -> Iterator[str]:
        for row in self._connection.execute(text(_SEALED).execution_options(yield_per=500)):
            self.checked += 1
            found = _SEAL.search(row.snapshot)
            if found is None or not self._stands(row.business_id, int(found[1]), found[2]):
                named = f"{found[1]}-{found[2]}" if found is not None else "what cannot be read"
                yield f"the journal is not the one that paper {row.id} of {row.number} names: {named}"

    def _stands(self, business: int, last: int, digest: str) -> bool:
        if last == 0:
            return True  # nothing was written yet
        here = and_(journal.c.business_id == business, journal.c.id == last)
        found = self._connection.execute(select(journal.c.hash).where(here)).scalar()
        return found is not None and str(found).startswith(digest)

    def _last_restore(self) -> int:
        """When the database was last replaced by a backup: what was noted before may be gone with it."""
        asked = (
            select(journal.c.at)
            .where(
                journal.c.business_id == NO_BUSINESS,
                journal.c.subject == "database",
                journal.c.subject_id == 0,
                journal.c.action == Action.DATABASE_RESTORED,
            )
            .order_by(journal.c.at.desc())
            .limit(1)
        )
        found = self._connection.execute(asked).scalar()
        return int(found) if found is not None else -1
