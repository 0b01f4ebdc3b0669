"""Copies of a shop's file that were looked at before they count, and putting one in the place of another.

The online backup (https://www.sqlite.org/backup.html) reads one moment while tills go on writing. A copy is
one file, without a write-ahead log beside it. PostgreSQL: see `backup_postgres`, which has the same two
halves: `Target`, the shop that a restore replaces, and `Aside`, the copy that is examined before it does.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, select, text, update

from posapp import files
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.storage.base.counters import NUMBERED
from posapp.storage.base.database import Database
from posapp.storage.base.faults import fault_of
from posapp.storage.base.manifests import Facts, copy_with_digest, facts_of
from posapp.storage.base.place import check_folder
from posapp.storage.base.tables import counter, identity
from posapp.storage.care.backup_places import Aside, Progress, Standing
from posapp.storage.care.backup_refusals import altered, damaged, in_use, uncopied, unwritten
from posapp.storage.schema import KNOWN

PAGES_AT_ONCE = 4096
WAIT = 2  # seconds for other tills to let go of the file


# -- making ------------------------------------------------------------------------------------------------
def copy_file(source: Path, part: Path, progress: Progress | None = None) -> Facts:
    """Copy a SQLite database as it is at this moment into a new file, and examine the copy."""

    def tell(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, files.PRIVATE))
    with _spoken(source), closing(_opened(source, "rw")) as one, closing(sqlite3.connect(part)) as other:
        one.execute("BEGIN")
        one.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it is one moment
        one.backup(other, pages=PAGES_AT_ONCE, progress=tell)
        other.execute("PRAGMA journal_mode=DELETE")
    try:
        return examined(part, source)
    except DomainError as error:
        raise EnvironmentFault(
            "database_damaged",
            "The shop's data file is damaged, so no backup is made. Restore the latest one: "
            "posapp restore --latest.",
        ) from error


@contextmanager
def made_whole(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """A name to write to, which becomes `target` once the block ends well, safe on the disk."""
    part = files.temporary(target)
    try:
        yield part
        part.chmod(files.PRIVATE)
        files.settle(part)
        files.put(part, target, replace=replace)
    except OSError as error:
        raise unwritten(target, error) from error
    finally:
        remove(part)


def examined(file: Path, shown: Path | None = None) -> Facts:
    """Read a copy from end to end and say what it holds; refuses what is no whole shop that we know.

    Whether its records fit together is for `verify`: also a shop that breaks a rule can be copied. `shown`
    is the file to name in a refusal, where the copy has a name that nobody knows.
    """
    shown = shown or file
    try:
        with closing(_opened(file, "ro")) as connection:
            facts = _facts(connection)
            whole = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")] == ["ok"]
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise damaged(shown) from error
    if not (whole and facts.revision):
        raise damaged(shown)
    return checked(facts)


def checked(facts: Facts) -> Facts:
    """The facts, if this program knows their revision."""
    if facts.revision not in KNOWN:
        raise EnvironmentFault(
            "backup_newer",
            "This backup was made by a newer posapp. Update this till, then restore it.",
            revision=facts.revision[:20],
        )
    return facts


def glance(file: Path) -> Facts:
    """What a copy says about itself, before anybody has examined it; refuses what is no database."""
    try:
        with closing(_opened(file, "ro")) as connection:
            facts = _facts(connection)
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise damaged(file) from error
    if not facts.revision:
        raise damaged(file)
    return facts


def _facts(connection: sqlite3.Connection) -> Facts:
    def columns(table: str) -> set[str]:
        return {row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))}

    return facts_of(lambda sql: connection.execute(sql).fetchall(), columns)


def open_facts(database: Database) -> Facts:
    """What a shop that is open says about itself."""
    with database.connection(writes=False, snapshot=True) as connection:
        return connected_facts(connection)


def connected_facts(connection: Connection) -> Facts:
    """The same on a connection."""
    seen = inspect(connection)

    def columns(table: str) -> set[str]:
        return {one["name"] for one in seen.get_columns(table)} if seen.has_table(table) else set()

    return facts_of(lambda sql: list(connection.execute(text(sql)).all()), columns)


# -- the shop that is replaced ---------------------------------------------------------------------------
class FileTarget:
    """The file of a shop; through a link, the file that the link means."""

    def __init__(self, place: Path, stamp: str) -> None:
        check_folder(place)
        self.file = place.resolve()
        check_folder(self.file)
        self._wanted = self.file.with_name(f"{self.file.stem}-replaced-{stamp}{self.file.suffix}")
        self._kept = files.free_name(self._wanted)
        self._held: sqlite3.Connection | None = None

    @property
    def _is_there(self) -> bool:
        return self.file.exists() and self.file.stat().st_size > 0

    @property
    def kept_as(self) -> str | None:
        return str(self._kept) if self._is_there else None

    def standing(self) -> Standing:
        """Opens the file for itself alone, which proves that nobody else has it open."""
        if not self._is_there:
            return Standing(is_there=False, is_whole=False)
        try:
            if self._held is not None:
                return self._look(self._held)
            with closing(_opened(self.file, "rw")) as connection:
                connection.execute("PRAGMA locking_mode=EXCLUSIVE")
                return self._look(connection)
        except sqlite3.DatabaseError as error:
            fault = fault_of(error, self.file)
            if fault is not None and fault.code == "database_busy":
                raise in_use() from error
            return Standing(is_there=True, is_whole=False)

    def _look(self, connection: sqlite3.Connection) -> Standing:
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        self._refuse_foreign(names)
        if not names:
            return Standing(is_there=False, is_whole=False)
        return _whole(connection) or Standing(True, False, _what_is_left(connection))

    def _refuse_foreign(self, names: set[str]) -> None:
        if names and not names & {"alembic_version", "counter"}:
            raise EnvironmentFault(
                "database_foreign", f"{self.file} holds the data of another program. Choose another place."
            )

    def close_off(self) -> None:
        """Bring the write-ahead log into the file, so that all is kept; a damaged one stays as it is.

        The lock is held until the file is replaced: who waits for it meanwhile finds another file there and
        writes nothing into the one that is kept.
        """
        if not self._is_there:
            return
        before = self._identity()
        try:
            fold(self.file)
            self._held = _opened(self.file, "rw")
            self._held.execute("BEGIN EXCLUSIVE")
            [mode] = self._held.execute("PRAGMA journal_mode").fetchone()
        except sqlite3.DatabaseError as error:
            self.release()
            if isinstance(error, sqlite3.OperationalError) and _is_busy(error, self.file):
                raise in_use() from error
        else:
            if mode != "delete" or self._identity() != before:  # a till, or another restore, was faster
                raise in_use()
        self._kept = files.free_name(self._wanted)

    def _identity(self) -> tuple[int, int]:
        found = self.file.stat()
        return found.st_dev, found.st_ino

    def put(self, aside: Aside) -> None:
        assert isinstance(aside, FileAside)
        try:
            swap(aside.file, self.file, self._kept if self._is_there else None)
        except FileExistsError as error:
            raise in_use() from error

    def release(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None


def _whole(connection: sqlite3.Connection) -> Standing | None:
    """The standing of a shop whose counters can be believed, None of a damaged one."""
    try:
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            return None
        facts = _facts(connection)
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        if isinstance(error, sqlite3.OperationalError) and "locked" in str(error):
            raise
        return None
    if not facts.numbers and facts.revision and not facts.businesses:
        return Standing(is_there=False, is_whole=False)  # a database that waits for its first shop
    return Standing(True, True, facts) if facts.numbers else None


def _what_is_left(connection: sqlite3.Connection) -> Facts:
    """What a damaged shop still tells: each table by itself, and the numbers that its records carry."""

    def ask(sql: str, *values: object) -> list[Any]:
        try:
            return connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError:
            return []

    def columns(table: str) -> set[str]:
        return {row[0] for row in ask("SELECT name FROM pragma_table_info(?)", table)}

    try:
        facts = facts_of(ask, columns)
        numbers = dict(facts.numbers)
        for name, (table, column) in NUMBERED.items():
            for business, highest in ask(
                f"SELECT business_id, max({column}) FROM {table} WHERE {column} > 0 GROUP BY 1"
            ):
                numbers[(business, name)] = max(numbers.get((business, name), 0), int(highest))
    except (ValueError, TypeError):  # what was read is no number
        return Facts()
    return Facts(facts.revision, facts.identity, facts.born, facts.businesses, numbers)


def fold(file: Path) -> None:
    """Bring the write-ahead log into the file, which proves that nobody else has it open."""
    with closing(_opened(file, "rw")) as connection:
        [mode] = connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    if mode != "delete":
        raise in_use()


def swap(fresh: Path, file: Path, kept: Path | None) -> None:
    """Put `fresh` in the place of `file`, which is kept as `kept`; at every moment there is a file."""
    for ending in files.COMPANIONS:  # of a database too damaged to be folded, or one that is gone
        log = Path(f"{file}{ending}")
        if log.exists():
            log.replace(f"{kept or files.free_name(file.with_name(f'{file.name}-left'))}{ending}")
    if kept is not None:
        try:
            os.link(
                file, kept
            )  # not opened: closing any handle of a file gives up the locks that are held on it
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            shutil.copyfile(file, kept)
            files.settle(kept)
    if file.exists():
        _own_alike(file, fresh)
    fresh.replace(file)
    files.settle(file.parent)


def _own_alike(model: Path, file: Path) -> None:
    """Let whoever could open the file before open the new one, too."""
    shutil.copymode(model, file)
    if os.name == "posix":
        found = model.stat()
        with suppress(PermissionError):
            os.chown(file, found.st_uid, found.st_gid)


# -- the copy that is examined -----------------------------------------------------------------------------
class FileAside:
    """A copy of a backup in a file of its own in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.file = files.temporary(folder / "restoring")
        self._source = self.file

    def fill(self, file: Path, tell: Progress | None = None, *, digest: str = "") -> None:
        """Without a digest the log beside the file counts, too: it may have been copied while it was open."""
        self._source = file
        try:
            seen = copy_with_digest(file, self.file, tell)
            if digest and seen != digest:
                raise altered(file)
            log = Path(f"{file}-wal")
            if not digest and log.is_file() and log.stat().st_size:
                copy_with_digest(log, Path(f"{self.file}-wal"))
                self._fold()
        except OSError as error:
            raise uncopied(file, self.file, error) from error

    def _fold(self) -> None:
        try:
            fold(self.file)
        except sqlite3.DatabaseError as error:
            raise damaged(self._source) from error

    def examine(self) -> Facts:
        return examined(self.file, self._source)

    def database(self) -> Database:
        return Database(self.file)

    def seal(self) -> None:
        """Bring everything into the one file, in the way in which tills work, safe on the disk."""
        self._fold()
        with closing(_opened(self.file, "rw")) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
        files.settle(self.file)

    def tidy(self) -> None:
        remove(self.file)


# -- small parts -------------------------------------------------------------------------------------------
def standing_numbers(connection: Connection) -> dict[tuple[int, str], int]:
    """Where the counters of an open database stand."""
    rows = connection.execute(select(counter.c.business_id, counter.c.name, counter.c.last))
    return {(row.business_id, row.name): row.last for row in rows}


def take_identity(connection: Connection, code: str) -> None:
    """Let a database carry the identity of the shop that it is a copy of."""
    connection.execute(update(identity).values(code=code))


def _is_busy(error: sqlite3.Error, file: Path) -> bool:
    fault = fault_of(error, file)
    return fault is not None and fault.code == "database_busy"


def _opened(file: Path, mode: str) -> sqlite3.Connection:
    address = f"{file.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None)


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
    for ending in ("", *files.COMPANIONS):
        with suppress(OSError):
            Path(f"{file}{ending}").unlink()
