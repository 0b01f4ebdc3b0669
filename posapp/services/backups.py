"""The backup desk: dated copies that were checked, thinned out with age, and the way back from one.

A restore never loses what it replaces and never lets a number be given out twice (domain.md, rule 2).
"""

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from posapp import paths
from posapp.domain.actor import Actor, Permission
from posapp.domain.errors import DomainError

if TYPE_CHECKING:
    from posapp.storage.database import Database
    from posapp.storage.unit_of_work import Store

log = logging.getLogger(__name__)
DAILY, WEEKLY, MONTHLY = 7, 4, 12
_STAMP = "%Y%m%d-%H%M%S"
Progress = Callable[[int, int], None]
_NUMBERS_MISSING = (
    "The data that is replaced cannot be read. "
    "Give the last PL ID and the last booking number that were printed, so that none is used twice."
)


@dataclass(frozen=True, slots=True)
class Backup:
    """A checked copy: where it lies, when it was made (UTC) and its size in bytes."""

    file: Path
    made_at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: where the replaced data is kept, and the numbers that go on from now.

    `replaced` is a file or the name of a database, None where there was nothing. `numbers` are the last ones
    given out, by business and counter.
    """

    place: str
    replaced: str | None
    numbers: Mapping[tuple[int, str], int]


class BackupDesk:
    """Makes, lists and thins out the backups of one open shop."""

    def __init__(self, store: "Store", folder: Path | None = None) -> None:
        self._store = store
        self._folder = folder or paths.backup_dir()
        self._place = store.database.url.render_as_string()

    def make(self, actor: Actor, target: Path | None = None, *, progress: Progress | None = None) -> Backup:
        """Copy the shop's data and check the copy; without `target` into the folder of backups, thinned out.

        `target` is a new file, or a folder for a dated one. `progress` hears pages done and all pages.
        """
        actor.require(Permission.DATA_MAINTAIN)
        now = self._store.clock.now()
        file = self._folder / self._name(now) if target is None else self._target(target, now)
        if target is None:
            _make_folder(self._folder)
        _copy(self._store.database, file, progress)
        log.info("backup made: %s", file.name)
        if target is None:
            self.thin_out()
        return Backup(file, now, file.stat().st_size)

    def due(self, now: datetime) -> bool:
        """Whether today's automatic backup is still to be made (by this computer's calendar)."""
        newest = max((one.made_at for one in self._found()), default=None)
        return newest is None or newest.astimezone().date() < now.astimezone().date()

    def thin_out(self) -> None:
        """Delete old backups except the ones that `kept` chooses; only files that were named here."""
        found = self._found()
        wanted = kept(one.made_at for one in found)
        for one in found:
            if one.made_at not in wanted:
                one.file.unlink(missing_ok=True)
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

    def _target(self, target: Path, now: datetime) -> Path:
        file = target.expanduser().absolute()
        if file.is_dir():
            file /= self._name(now)
        if file.exists():
            raise DomainError("backup_exists", f"There is already a file {file}. Name another.", field="file")
        if not file.parent.is_dir():
            raise DomainError(
                "folder_missing", f"There is no folder {file.parent}. Make it first.", field="file"
            )
        return file


def backups_of(place: str | Path, folder: Path | None = None) -> list[Backup]:
    """The backups of a shop that may be closed or damaged, newest first."""
    folder = folder or paths.backup_dir()
    prefix, ending = _names(place)
    pattern = re.compile(rf"{re.escape(prefix)}-(\d{{8}}-\d{{6}})Z{re.escape(ending)}")
    files = folder.iterdir() if folder.is_dir() else ()
    named = ((file, pattern.fullmatch(file.name)) for file in files)
    found = [Backup(file, _moment(name[1]), file.stat().st_size) for file, name in named if name]
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def _names(place: str | Path) -> tuple[str, str]:
    """How the files of a shop's backups begin and end; the default shop's name is plain."""
    from posapp.storage.database import database_url

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


def restore(
    actor: Actor,
    place: str | Path,
    file: Path,
    *,
    now: datetime,
    last_numbers: Mapping[str, int] | None = None,
) -> Restored:
    """Put a backup in the place of a shop's data, which must not be open anywhere.

    The backup is checked first; what it replaces is kept beside it; each counter is set to the higher of
    both, and to `last_numbers` ("PL", "B") if they are higher still. Those must be given where the replaced
    data cannot be read (code `last_numbers_missing`).
    """
    actor.require(Permission.DATA_MAINTAIN)
    work = _work_at(place, now.astimezone(UTC).strftime(_STAMP))
    work.check(file)
    before = work.numbers_before()
    if before is None and not last_numbers:
        raise DomainError("last_numbers_missing", _NUMBERS_MISSING, field="last_numbers")
    try:
        fresh = work.fill(file)
        numbers = _take_over(fresh, actor, now, file, work.aside, before or {}, last_numbers or {})
        work.put_in_place()
    finally:
        work.tidy()
    log.info("restored %s, kept %s", file.name, work.aside)
    return Restored(str(place), work.aside, numbers)


def _work_at(place: str | Path, stamp: str) -> "_FileRestore | _ServerRestore":
    from posapp.storage.database import database_url
    from posapp.storage.place import check_folder

    url = database_url(place)
    if url.get_backend_name() != "sqlite":
        return _ServerRestore(url, stamp)
    file = Path(url.database or "")
    check_folder(file)
    return _FileRestore(file, stamp)


def restore_latest(
    actor: Actor,
    place: str | Path,
    *,
    now: datetime,
    folder: Path | None = None,
    last_numbers: Mapping[str, int] | None = None,
) -> Restored:
    """Restore the newest backup that is whole; refuses (`backup_missing`) where there is none."""
    actor.require(Permission.DATA_MAINTAIN)
    refused: DomainError | None = None
    for backup in backups_of(place, folder):
        try:
            return restore(actor, place, backup.file, now=now, last_numbers=last_numbers)
        except DomainError as error:
            if error.code != "backup_damaged":
                raise
            log.warning("backup %s is damaged", backup.file.name)
            refused = refused or error
    raise refused or DomainError("backup_missing", "There is no backup of this shop on this computer.")


class _FileRestore:
    """A restore of a SQLite file."""

    def __init__(self, file: Path, stamp: str) -> None:
        self._file = file
        self._fresh = file.with_name(f".{file.name}.restoring")
        self._aside = file.with_name(f"{file.stem}-replaced-{stamp}{file.suffix}")
        self._was_there = file.exists()

    @property
    def aside(self) -> str | None:
        return str(self._aside) if self._was_there else None

    def check(self, file: Path) -> None:
        from posapp.storage.backup import contents_of

        contents_of(file)

    def numbers_before(self) -> "dict[tuple[int, str], int] | None":
        from posapp.storage.backup import fold, numbers_of

        if not self._was_there:
            return {}
        numbers = numbers_of(self._file)
        if numbers is not None:
            fold(self._file)
        return numbers

    def fill(self, file: Path) -> "Database":
        from posapp.storage.backup import copy_file, remove
        from posapp.storage.database import Database

        remove(self._fresh)
        copy_file(file, self._fresh)
        return Database(self._fresh)

    def put_in_place(self) -> None:
        from posapp.storage.backup import contents_of, fold, settle, swap

        fold(self._fresh)
        contents_of(self._fresh)
        settle(self._fresh)
        swap(self._fresh, self._file, self._aside)

    def tidy(self) -> None:
        from posapp.storage.backup import remove

        remove(self._fresh)


class _ServerRestore:
    """A restore of a database on a PostgreSQL server."""

    def __init__(self, url: Any, stamp: str) -> None:
        self._url = url
        # PostgreSQL cuts names at 63 bytes
        self._aside = url.set(database=f"{url.database[:36]}_replaced_{stamp.replace('-', '_')}")
        self._fresh = url.set(database=f"{url.database}_restoring")

    @property
    def aside(self) -> str | None:
        return str(self._aside.database)

    def check(self, file: Path) -> None:
        from posapp.storage.backup_postgres import contents_of

        contents_of(file)

    def numbers_before(self) -> "dict[tuple[int, str], int] | None":
        from posapp.storage.backup_postgres import numbers_of

        return numbers_of(self._url)

    def fill(self, file: Path) -> "Database":
        from posapp.storage.backup_postgres import fill_beside
        from posapp.storage.database import Database

        address = fill_beside(self._url, file)
        return Database(address.render_as_string(hide_password=False))

    def put_in_place(self) -> None:
        from posapp.storage.backup_postgres import swap

        swap(self._fresh, self._url, self._aside)

    def tidy(self) -> None:
        from posapp.storage.backup_postgres import drop

        drop(self._fresh)


def _take_over(
    fresh: "Database",
    actor: Actor,
    now: datetime,
    file: Path,
    aside: str | None,
    before: Mapping[tuple[int, str], int],
    last_numbers: Mapping[str, int],
) -> dict[tuple[int, str], int]:
    """Bring the restored data to this program's schema and raise its counters, with a word in the journal."""
    from posapp.domain.clock import FixedClock
    from posapp.storage.backup import standing
    from posapp.storage.counters import Counters
    from posapp.storage.schema import bring_up_to_date
    from posapp.storage.unit_of_work import Store

    try:
        bring_up_to_date(fresh)
        store = Store(fresh, FixedClock(now), lambda _changes: None)
        with store.work(Actor(0, actor.till, actor.user)) as uow:
            numbers = standing(uow.connection)
            for (business, name), last in tuple(numbers.items()):
                highest = max(last, before.get((business, name), 0), last_numbers.get(name, 0))
                if highest > last:
                    numbers[(business, name)] = highest
                    Counters(uow.connection, business).set(name, highest)
                    uow.journal.add(
                        "counter.restored",
                        "counter",
                        business,
                        ref=name,
                        before={"counter": last},
                        after={"counter": highest},
                        business=business,
                    )
            kept_as = Path(aside).name if aside else None
            uow.journal.add("database.restored", "database", 0, ref=file.name, after={"replaced": kept_as})
            uow.commit()
        return numbers
    finally:
        fresh.close()


def _copy(database: "Database", file: Path, progress: Progress | None) -> None:
    if database.file is not None:
        from posapp.storage.backup import copy_file

        copy_file(database.file, file, progress)
        return
    from posapp.storage.backup_postgres import dump

    dump(database.url, file)


def _make_folder(folder: Path) -> None:
    from posapp.storage.backup import unwritten

    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise unwritten(folder / "x", error) from error


def _moment(stamp: str) -> datetime:
    return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
