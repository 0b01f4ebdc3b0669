"""A backup examined from end to end beside the shop, and the drill that does so for practice."""

import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files, paths
from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import EnvironmentFault, PosappError
from posapp.services.care.backup_sight import latest, vouched_for
from posapp.services.care.backups import Backup
from posapp.services.care.restore_refusals import damaged_copy, faulty, told_as_damage, unproven
from posapp.storage.base.manifests import Facts, Manifest

if TYPE_CHECKING:
    from posapp.services.care.verify import RuleResult
    from posapp.storage.base.database import Database
    from posapp.storage.care.backup_places import Aside
    from posapp.storage.unit_of_work import Store

log = logging.getLogger(__name__)
# Rules about what the day promises, not about the copy: an old backup is late with all of it.
_OF_THE_DAY = frozenset({"upkeep"})
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how far it is, and how far there is to go."""


@dataclass(frozen=True, slots=True)
class Drilled:
    """A drill that went well: which backup would bring the shop back, and how many rules it keeps."""

    backup: Backup
    rules: int


def examine(
    aside: "Aside", file: Path, manifest: Manifest | None, now: datetime, tell: Progress
) -> "tuple[Facts, list[RuleResult]]":
    """Copy a backup aside, look at all of it, bring it to this program's schema, and ask every rule."""
    from posapp.services.care.verify import verify
    from posapp.storage.care.backup_refusals import altered
    from posapp.storage.schema import bring_up_to_date, lacking
    from posapp.storage.unit_of_work import Store

    with told_as_damage(file):
        proof = manifest.sha256 if manifest else ""
        aside.fill(file, lambda done, total: tell("copy", done, total), digest=proof)
        tell("examine", 0, 1)
        facts = aside.examine()
        if manifest is not None and not manifest.tells_of(facts):
            raise altered(file)
        database = aside.database()
        try:
            bring_up_to_date(database)
            with database.connection(writes=False) as connection:
                missing = lacking(connection, is_sqlite=database.is_sqlite)
            if missing:
                log.warning("%s lacks %s", file.name, ", ".join(missing))
                raise damaged_copy(file)
            moment = min(now, manifest.made_at) if manifest else now
            store = Store(database, FixedClock(moment), lambda _changes: None)
            return facts, verify(store, progress=tell)
        finally:
            database.close()


def faults_of(results: "list[RuleResult]") -> list[str]:
    """The rules that a copy breaks."""
    return [one.rule for one in results if not one.is_kept and one.rule not in _OF_THE_DAY]


def drill(
    actor: Actor,
    store: "Store",
    *,
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Drilled:
    """Restore the newest backup aside as if the shop were lost, examine it, and leave nothing but a word.

    The journal tells of the drill, also of one that failed. Raises what `restore` would.
    """
    actor.require(Permission.DATA_MAINTAIN)
    tell = progress or (lambda _step, _done, _total: None)
    folder = folder or paths.backup_dir()
    backup = latest(store.database.url.render_as_string(), folder)
    try:
        rules = _drilled(store.database, backup.file, folder, store.clock.now(), tell)
    except PosappError as error:
        _note_drill(store, actor, backup, error.code)
        raise
    _note_drill(store, actor, backup, "ok")
    return Drilled(backup, rules)


def _drilled(database: "Database", file: Path, folder: Path, now: datetime, tell: Progress) -> int:
    from posapp.storage.care.backup import FileAside
    from posapp.storage.care.backup_postgres import ServerAside

    manifest = vouched_for(file)
    if manifest is None:
        raise unproven(file)
    # As on a new computer: nothing of the shop is there, the room for it is.
    with tempfile.TemporaryDirectory(prefix=files.ROOM, dir=folder) as room:
        aside = FileAside(Path(room)) if database.file is not None else ServerAside(database.url)
        try:
            _, results = examine(aside, file, manifest, now, tell)
        finally:
            aside.tidy()
    faults = faults_of(results)
    if faults:
        raise faulty(file, results, faults)
    return len(results)


def _note_drill(store: "Store", actor: Actor, backup: Backup, result: str) -> None:
    try:
        with store.work(replace(actor, business=0)) as uow:
            uow.journal.add(
                Action.BACKUP_DRILLED, "database", 0, ref=backup.file.name, after={"result": result}
            )
            uow.commit()
    except EnvironmentFault as fault:  # the shop itself is damaged: then its backup matters all the more
        log.warning("the drill is not in the journal: %s", fault.sentence)
