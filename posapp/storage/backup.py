"""Copies of a shop's data that were looked at before they count, and putting one in the place of another.

SQLite: the online backup (https://www.sqlite.org/backup.html) reads one moment while tills go on writing.
A copy is one file, without a write-ahead log beside it. PostgreSQL: see `backup_postgres`.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select

from posapp.domain.errors import DomainError, EnvironmentFault
from posapp.storage.faults import fault_of
from posapp.storage.schema import KNOWN
from posapp.storage.tables import counter

PAGES_AT_ONCE = 4096
WAIT = 2  # seconds for other tills to let go of the file
Progress = Callable[[int, int], None]
"""Called with the pages copied so far and all pages."""
Numbers = dict[tuple[int, str], int]
"""The last number given out, per business and counter."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds, as far as backups need to know."""

    revision: str
    numbers: Numbers = field(default_factory=dict)


def copy_file(source: Path, target: Path, progress: Progress | None = None) -> None:
    """Copy a SQLite database as it is at this moment, check the copy, and only then give it its name."""

    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    with (
        made_whole(target, contents_of) as part,
        _spoken(source),
        closing(_opened(source, "rw")) as one,
        closing(sqlite3.connect(part)) as other,
    ):
        one.execute("BEGIN")
        one.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it is one moment
        one.backup(other, pages=PAGES_AT_ONCE, progress=tell)
        other.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def made_whole(target: Path, look: Callable[[Path], object]) -> Iterator[Path]:
    """A file to write to, which gets its name only once it was looked at and is safe on the disk.

    `look` refuses a file that is no whole copy. Raises EnvironmentFault `backup_unwritten`.
    """
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        yield part
        part.chmod(0o600)
        look(part)
        settle(part)
        part.replace(target)
        settle(target.parent)
    except OSError as error:
        raise unwritten(target, error) from error
    finally:
        part.unlink(missing_ok=True)


def contents_of(file: Path) -> Contents:
    """Read a copy from end to end and say what it holds; refuses what is no whole shop that we know."""
    if not file.is_file():
        raise DomainError("backup_missing", f"There is no file {file}.", field="file")
    try:
        with closing(_opened(file, "ro")) as connection:
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            revision = str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
            numbers = _numbers(connection)
    except (sqlite3.DatabaseError, TypeError) as error:
        raise damaged(file) from error
    if said != "ok":
        raise damaged(file)
    return checked(Contents(revision, numbers))


def checked(contents: Contents) -> Contents:
    """The contents, if this program knows their revision."""
    if contents.revision not in KNOWN:
        raise EnvironmentFault(
            "backup_newer",
            "This backup was made by a newer posapp. Update this till, then restore it.",
            revision=contents.revision,
        )
    return contents


def numbers_of(file: Path) -> Numbers | None:
    """The counters of the database that is to be replaced; None if it cannot be read.

    Refuses a file of another program, and one that another till holds.
    """
    try:
        with closing(_opened(file, "rw")) as connection:
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                return {}
            known = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'counter'").fetchone()
            if not known[0]:
                raise EnvironmentFault(
                    "database_foreign", f"{file} holds the data of another program. Choose another place."
                )
            return _numbers(connection)
    except sqlite3.DatabaseError as error:
        fault = fault_of(error, file)
        if fault is not None and fault.code == "database_busy":
            raise in_use() from error
        return None


def fold(file: Path) -> None:
    """Bring the write-ahead log into the file, which proves that nobody else has it open."""
    try:
        with closing(_opened(file, "rw")) as connection:
            [mode] = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as error:
        raise in_use() from error
    if mode != "delete":
        raise in_use()


def swap(fresh: Path, file: Path, aside: Path) -> None:
    """Put `fresh` in the place of `file`, which is kept as `aside`; at every moment there is a file."""
    for ending in ("-wal", "-shm"):  # of a database too damaged to be folded
        log = Path(f"{file}{ending}")
        if log.exists():
            log.replace(f"{aside}{ending}")
    if file.exists():
        try:
            os.link(file, aside)
        except OSError:  # a file system without links
            shutil.copyfile(file, aside)
        settle(aside)
        _own_alike(file, fresh)
    fresh.replace(file)
    settle(file.parent)


def _own_alike(model: Path, file: Path) -> None:
    """Let whoever could open the file before open the new one, too."""
    shutil.copymode(model, file)
    if os.name == "posix":
        found = model.stat()
        with suppress(PermissionError):
            os.chown(file, found.st_uid, found.st_gid)


def settle(path: Path) -> None:
    """Force a file, or the names in a folder, to the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no such thing for folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritten(target: Path, error: OSError) -> EnvironmentFault:
    """The fault of a folder or disk that does not take a copy."""
    return EnvironmentFault(
        "backup_unwritten",
        f"No backup could be written to {target.parent}: {error.strerror or error}. Choose another folder.",
        field="file",
    )


def damaged(file: Path) -> DomainError:
    """The refusal of a file that is no whole backup."""
    return DomainError(
        "backup_damaged",
        f"{file.name} is damaged or no backup of posapp. Choose another one: posapp backups.",
        field="file",
    )


def in_use() -> EnvironmentFault:
    """The fault of a database that somebody works with."""
    return EnvironmentFault(
        "database_in_use", "The shop's data is open. Close posapp at every till, then try again."
    )


def _opened(file: Path, mode: str) -> sqlite3.Connection:
    address = f"{file.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None)


def _numbers(connection: sqlite3.Connection) -> Numbers:
    rows = connection.execute("SELECT business_id, name, last FROM counter")
    return {(int(business), str(name)): int(last) for business, name, last in rows}


def standing(connection: Connection) -> Numbers:
    """Where the counters of an open database stand."""
    rows = connection.execute(select(counter.c.business_id, counter.c.name, counter.c.last))
    return {(row.business_id, row.name): row.last for row in rows}


@contextmanager
def _spoken(file: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        fault = fault_of(error, file)
        if fault is None:
            raise
        raise fault from error


def remove(file: Path) -> None:
    """Take a database file away with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            Path(f"{file}{ending}").unlink()
