"""The backup desk: dated copies that were checked, told apart by shop, and thinned out with age.

Beside each lies a manifest with its digest and the shop inside. The way back is in `restores`.
"""

import logging
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from posapp import files, paths
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.storage.base.manifests import Manifest, digest, manifest_of, read_manifest, write_manifest

if TYPE_CHECKING:
    from posapp.storage.base.database import Database
    from posapp.storage.unit_of_work import Store

log = logging.getLogger(__name__)
DAILY, WEEKLY, MONTHLY = 7, 4, 12
_STAMP = "%Y%m%d-%H%M%S"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """A checked copy: where it lies, when it was made (UTC), its size in bytes, and what its manifest says.

    `manifest` is None where none lies beside it: then nobody vouches for it.
    """

    file: Path
    made_at: datetime
    size: int
    manifest: Manifest | None = None

    @property
    def businesses(self) -> str:
        """The shop inside, for people; empty where nobody says."""
        return ", ".join(self.manifest.facts.businesses) if self.manifest else ""


class BackupDesk:
    """Makes, lists and thins out the backups of one open shop."""

    def __init__(self, store: "Store", folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder or paths.backup_dir()
        self._place = store.database.url.render_as_string()

    def make(
        self,
        actor: Actor,
        target: Path | None = None,
        *,
        replace: bool = False,
        progress: Progress | None = None,
    ) -> Backup:
        """Copy the shop's data and check the copy; without `target` into the folder of backups, thinned out.

        `target` is a new file (or, with `replace`, one that may go), or a folder for a dated one. Beside the
        copy lies its manifest. `progress` hears what is copied and all there is.
        """
        actor.require(Permission.DATA_MAINTAIN)
        if target is None:
            _make_folder(self._folder)
            made = self._make_dated(self._folder, actor.till, progress)
            self.thin_out()
            return made
        file = target.expanduser().absolute()
        # os.path: of a name that can be none it says no, and files.check says why
        if os.path.isdir(file):  # noqa: PTH112
            return self._make_dated(file, actor.till, progress)
        is_backup = not os.path.exists(file) or _manifest(file) is not None  # noqa: PTH110
        for one in (file, manifest_of(file)):
            files.check(one, replace=replace, is_backup=is_backup)
        return _made(self._store.database, file, self._store.clock.now(), actor.till, replace, progress)

    def _make_dated(self, folder: Path, till: str, progress: Progress | None) -> Backup:
        """Several tills may do so in the same second: each takes a name that no other has."""
        moment = self._store.clock.now()
        while True:
            file = folder / self._name(moment)
            try:
                if not file.exists():
                    return _made(self._store.database, file, moment, till, False, progress)
            except DomainError as error:
                if error.code != "file_exists":
                    raise
            moment += timedelta(seconds=1)

    def due(self, now: datetime) -> bool:
        """Whether today's automatic backup is still to be made (by this computer's calendar)."""
        newest = max((one.made_at for one in self._found()), default=None)
        return newest is None or newest.astimezone().date() < now.astimezone().date()

    def thin_out(self) -> None:
        """Delete old backups except the ones that `kept` chooses; only files that were named here.

        What a program that was killed left half-made goes, too, once it is too old to be still in the making.
        """
        found = self._found()
        files.sweep(self._folder, self._store.clock.now())
        wanted = kept(one.made_at for one in found)
        for one in found:
            if one.made_at not in wanted:
                one.file.unlink(missing_ok=True)
                manifest_of(one.file).unlink(missing_ok=True)
                log.info("backup deleted: %s", one.file.name)

    def all(self, actor: Actor) -> list[Backup]:
        """The backups of this shop in the folder of backups, newest first."""
        actor.require(Permission.DATA_MAINTAIN)
        return self._found()

    def _found(self) -> list[Backup]:
        return backups_of(self._place, self._folder)

    def _name(self, now: datetime) -> str:
        prefix, ending = _names(self._place)
        return f"{prefix}-{now.astimezone(UTC).strftime(_STAMP)}Z{ending}"


def backups_of(place: str | Path, folder: Path | None = None) -> list[Backup]:
    """The backups of a shop that may be closed or damaged, newest first."""
    folder = folder or paths.backup_dir()
    prefix, ending = _names(place)
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{8}}-\d{{6}})Z{re.escape(ending)}")
    files = folder.iterdir() if folder.is_dir() else ()
    named = ((file, pattern.fullmatch(file.name)) for file in files)
    found = [
        Backup(file, _moment(name[1]), file.stat().st_size, _manifest(file)) for file, name in named if name
    ]
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def _names(place: str | Path) -> tuple[str, str]:
    """How the files of a shop's backups begin and end; the default shop's name is plain."""
    from posapp.storage.base.database import database_url

    url = database_url(place)
    if url.get_backend_name() != "sqlite":
        address = f"{url.host}:{url.port}/{url.database}"
        return _told_apart(str(url.database), address), ".dump"
    file = Path(url.database or "").absolute()
    if file == paths.default_database().absolute():
        return "posapp", ".db"
    return _told_apart(file.stem, str(file)), ".db"


def _told_apart(name: str, place: str) -> str:
    return f"{re.sub(r'[^A-Za-z0-9_-]+', '-', name)[:40]}-{crc32(place.encode()):08x}"


def kept(
    moments: Iterable[datetime], *, daily: int = DAILY, weekly: int = WEEKLY, monthly: int = MONTHLY
) -> set[datetime]:
    """Which backups stay: the last of each of the latest days, weeks and months that have any.

    All of the newest day stay, so that a backup made by hand is not gone after the next one.
    """
    ordered = sorted(moments, reverse=True)
    if not ordered:
        return set()
    chosen = {one for one in ordered if ordered[0] - one < timedelta(days=1)}
    for count, span in ((daily, "%Y-%m-%d"), (weekly, "%G-%V"), (monthly, "%Y-%m")):
        newest: dict[str, datetime] = {}
        for one in ordered:
            newest.setdefault(one.strftime(span), one)
        chosen.update(list(newest.values())[:count])
    return chosen


def thinned_out_on(moments: Sequence[datetime], now: datetime) -> dict[datetime, date]:
    """The day from which each backup is gone, where one is made every day from now on."""
    gone: dict[datetime, date] = {}
    left = set(moments)
    for days in range(1, _LONGEST):
        if not left:
            break
        now += timedelta(days=1)
        wanted = kept([*left, *(now - timedelta(days=one) for one in range(days))])
        gone |= dict.fromkeys(left - wanted, now.date())
        left &= wanted
    return gone


_LONGEST = 31 * (MONTHLY + 2)
"""Days after which no backup of today is left."""


def _made(
    database: "Database", file: Path, moment: datetime, till: str, replace: bool, progress: Progress | None
) -> Backup:
    """Copy, examine, name, vouch for; nothing is left of a copy that is not whole."""
    from posapp.storage.care.backup import copy_file, made_whole
    from posapp.storage.care.backup_postgres import dump
    from posapp.storage.care.backup_refusals import unwritten

    with made_whole(file, replace=replace) as part:
        if database.file is not None:
            facts = copy_file(database.file, part, progress)
        else:
            facts = dump(database.url, part)
        manifest = Manifest(digest(part), part.stat().st_size, moment, till, facts)
    try:
        write_manifest(file, manifest)
    except OSError as error:
        file.unlink(missing_ok=True)
        raise unwritten(file, error) from error
    log.info("backup made: %s", file.name)
    return Backup(file, moment, manifest.size, manifest)


def _manifest(file: Path) -> Manifest | None:
    try:
        return read_manifest(file)
    except DomainError:
        return None


def _make_folder(folder: Path) -> None:
    from posapp.storage.care.backup_refusals import unwritten

    try:
        files.make_folder(folder)
    except OSError as error:
        raise unwritten(folder / "x", error) from error


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
