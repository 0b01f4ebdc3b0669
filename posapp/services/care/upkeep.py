"""The upkeep desk: everything that is promised "after N days" or "daily", kept in one place.

    passcodes    wiped the set days after a device has left
    queue        whoever still waits in the queue of an earlier day, or at the kiosk for a nod, has left
    backup       one checked copy a day, on each computer that runs posapp
    imports      staged rows of old imports emptied after 30 days
    privacy      tax papers of forgotten people emptied after their years, files scrubbed
    reminders    what nobody collects is counted; a person sends the reminder

The window asks at its start, every hour and at the turn of the shop's day; `posapp upkeep` asks at once. Each
promise looks for itself whether it is due and locks what it takes, so that tills that meet do nothing twice
and a run that failed half-way is simply run again. What changed stands in the journal; `posapp verify` names
what is overdue (`storage/repairs/verify_upkeep.py`).
"""

import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.services.care.backups import BackupDesk

if TYPE_CHECKING:
    from posapp.services.bookings.walk_ins import WalkInDesk
    from posapp.services.care.backups import Progress
    from posapp.services.care.privacy import PrivacyDesk
    from posapp.services.counter.kiosk import KioskDesk
    from posapp.services.old_data.imports import ImportDesk
    from posapp.services.repairs.tickets import TicketDesk
    from posapp.services.repairs.uncollected import UncollectedDesk
    from posapp.storage.unit_of_work import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Due:
    """What waits to be done, and how many devices wait for a reminder."""

    has_records: bool
    """Passcodes to wipe, a queue of yesterday, rows of old imports, or what is left of forgotten people."""
    has_backup: bool
    reminders: int

    @property
    def is_due(self) -> bool:
        """Whether a run would do something."""
        return self.has_records or self.has_backup


@dataclass(frozen=True, slots=True)
class Upkept:
    """What a run did for one business; `backup` is None where today's had been made."""

    passcodes: int
    walk_ins: int
    backup: Path | None = None
    reminders: int = 0
    tax_papers: int = 0
    imports: int = 0


class UpkeepDesk:
    """Asks each promise whether it is due, and keeps it."""

    def __init__(
        self,
        store: "Store",
        tickets: "TicketDesk",
        walk_ins: "WalkInDesk",
        uncollected: "UncollectedDesk",
        kiosk: "KioskDesk",
        privacy: "PrivacyDesk",
        imports: "ImportDesk",
    ) -> None:
        self._store = store
        self._tickets = tickets
        self._walk_ins = walk_ins
        self._uncollected = uncollected
        self._kiosk = kiosk
        self._privacy = privacy
        self._imports = imports

    def due(self, actor: Actor) -> Due:
        """What waits to be done for a business; reads only, and little."""
        actor = _for_all(actor)
        has_queue = self._walk_ins.has_past(actor) or self._kiosk.has_past(actor)
        has_records = self._tickets.has_due_passcodes(actor) or has_queue or self._privacy.has_due(actor)
        has_records = has_records or self._imports.has_due(actor)
        is_backup_due = BackupDesk(self._store).due(self._store.clock.now())
        return Due(has_records, is_backup_due, self._reminders(actor))

    def run(self, actor: Actor) -> Upkept:
        """Keep what is due for a business but the backup, which is of the whole database."""
        actor = _for_all(actor)
        gone = self._walk_ins.close_past(actor) + self._kiosk.close_past(actor)
        done = Upkept(self._tickets.wipe_passcodes(actor), gone)
        if done.passcodes or done.walk_ins:
            log.info("upkeep: %d passcodes wiped, %d of an earlier queue", done.passcodes, done.walk_ins)
        emptied = self._imports.keep_up(actor)  # before the file is scrubbed
        papers = self._privacy.keep_up(actor)
        return replace(done, tax_papers=papers, imports=emptied, reminders=self._reminders(actor))

    def back_up(self, actor: Actor, *, progress: "Progress | None" = None) -> Path | None:
        """Make today's backup if this computer has none yet, and note it in the journal."""
        actor.require(Permission.DATA_MAINTAIN)
        backups = BackupDesk(self._store)
        if not backups.due(self._store.clock.now()):
            return None
        made = backups.make(actor, progress=progress)
        with self._store.work(replace(actor, business=0)) as uow:
            uow.journal.add(Action.BACKUP_MADE, "database", 0, ref=made.file.name, after={"size": made.size})
            uow.commit()
        return made.file

    def rebuild_totals(self, actor: Actor) -> int:
        """Write the totals of all days and the figures of all customers anew, in every business; how many."""
        from posapp.storage.figures.anew import write_anew

        actor.require(Permission.DATA_MAINTAIN)
        with self._store.work(replace(actor, business=0)) as uow:
            made = write_anew(uow.connection)
            uow.journal.add(Action.TOTALS_REBUILT, "database", 0, after={"totals": made})
            uow.commit()
        log.info("totals: %d written anew", made)
        return made

    def _reminders(self, actor: Actor) -> int:
        return sum(line.due_step is not None for line in self._uncollected.list(actor))


def _for_all(actor: Actor) -> Actor:
    """What is promised is kept by whoever looks after the data, whatever else they may do."""
    actor.require(Permission.DATA_MAINTAIN)
    return replace(actor, permissions=None)
