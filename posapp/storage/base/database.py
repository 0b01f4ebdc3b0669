"""One way to open a database, SQLite or PostgreSQL, and one to work in it.

SQLite: WAL, `synchronous=FULL` (what was reported as saved survives a power cut), foreign keys, and
`BEGIN IMMEDIATE` for writers, because a transaction begun plainly dies of "database is locked" when two
tills meet. Each thread keeps its connection. PostgreSQL: a pooled connection per transaction.
"""

import os
import sqlite3
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError

from posapp import files
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.storage.base.faults import fault_of, refusal_of, unstorable
from posapp.storage.base.place import check_place
from posapp.storage.base.records import watch
from posapp.storage.base.settled import settled_of, watch_set_up
from posapp.storage.base.shop_days import know_shop_days

BUSY_SECONDS: float = 10
"""How long a writer waits for another one, on both engines, before it is told to try again."""
# The write-ahead log is a property of the file: `schema` sets it, once it knows that the file is a shop's.
PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "mmap_size=1073741824",
)
_SERVER = {
    "connect_timeout": 5,
    # A cable that was pulled is noticed in some 20 seconds, not in the two hours that systems wait.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 20_000,
}
CHECK_SECONDS = 0.5
"""Readers ask no more often whether the file is still there; a writer always does."""
FORGOTTEN_SECONDS = 60
"""A till that fell asleep in the middle of a write keeps the others out no longer than this."""
_WORD = "posapp_begin"
"""Under this name a connection keeps the word that begins its transaction."""
_DRIVERS = (DBAPIError, sqlite3.DatabaseError, OverflowError, UnicodeEncodeError)
_NONE: Any = object()
OLDEST_SQLITE = (3, 35, 0)  # the first with RETURNING and DROP COLUMN; the trigram tokenizer is older


def database_url(place: str | Path) -> URL:
    """The URL of a database given as a path or as a URL; DomainError database_kind where it is neither."""
    text = str(place)
    try:
        if "://" not in text:
            return URL.create("sqlite", database=str(Path(text).expanduser().absolute()))
        url = make_url(text)
    except (ArgumentError, ValueError, RuntimeError) as error:  # RuntimeError: the home of an unknown user
        raise _no_place() from error
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise _no_place()  # also a driver that is not here
    return url


def _no_place() -> DomainError:
    return DomainError(
        "database_kind",
        "Give the path of a file, or an address that begins with postgresql://.",
        field="database",
    )


class Database:
    """An open database: hands out connections and turns their failures into our own errors."""

    def __init__(self, place: str | Path) -> None:
        self.url = database_url(place)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        if self.file is not None:
            check_place(self.file)
            _keep_private(self.file)
            files.guard(self.file)
        self._is_guarded = self.file is not None
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        watch(self.engine)
        if self.is_sqlite:
            watch_set_up(self.engine)
        self._local = threading.local()
        self._kept: list[Connection] = []
        self._lock = threading.Lock()
        self._name = str(self.file or "")
        self._opened_file: tuple[int, int] | None = None
        self._checked_at = 0.0

    @property
    def file(self) -> Path | None:
        """The database file, or None on a server."""
        return Path(self.url.database or "") if self.is_sqlite else None

    @contextmanager
    def connection(self, *, writes: bool, snapshot: bool = False) -> Iterator[Connection]:
        """A transaction that commits only if the block calls `commit()`; any error undoes all of it.

        `writes` takes the write lock at once. `snapshot` makes several reads see one moment; without it a
        read costs no transaction.
        """
        try:
            if self.is_sqlite:
                yield from self._on_file(writes, _begin_word(writes, snapshot))
            else:
                yield from self._on_server(_isolation(writes, snapshot))
        except _DRIVERS as error:
            said = self._said(error)
            if said is None:
                raise
            raise said from error

    def _on_server(self, isolation: str) -> Iterator[Connection]:
        with self.engine.connect() as lent:
            connection = lent.execution_options(isolation_level=isolation)
            connection.begin()
            try:
                yield connection
            finally:
                connection.rollback()

    def _on_file(self, writes: bool, word: str | None) -> Iterator[Connection]:
        """The driver begins and undoes; Core hears of the transaction with its first own statement."""
        connection = self._kept_one()
        if not writes and monotonic() - self._checked_at > CHECK_SECONDS:
            self._refuse_moved_file()
        driver, info, settled = _driver_of(connection), connection.info, settled_of(connection)
        outer = info.get(_WORD, _NONE)
        if outer is None or driver.in_transaction:  # its end would undo what the other one has written
            raise RuntimeError("this thread is within a transaction already")
        info[_WORD] = word
        try:
            if word is not None:
                driver.execute(word)
            if writes:  # under the lock: a restore may have had it until now
                self._refuse_moved_file()
            if word is not None:
                settled.begin(driver)
            yield connection
        finally:
            if outer is _NONE:
                del info[_WORD]
            else:  # the other one has committed, and may go on
                info[_WORD] = outer
            settled.end()
            connection.rollback()
            driver.rollback()  # Core may not have heard of it, or its commit failed

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn the driver's errors into sentences."""
        try:
            yield
        except _DRIVERS as error:
            said = self._said(error)
            if said is None:
                raise
            raise said from error

    def _said(self, error: Exception) -> DomainError | EnvironmentFault | None:
        """A driver's error in a sentence; None for a bug of ours."""
        if isinstance(error, IntegrityError | sqlite3.IntegrityError):
            return refusal_of(error)
        return unstorable(error) or fault_of(error, self.file)

    def _kept_one(self) -> Connection:
        """The connection of this thread."""
        kept: Connection | None = getattr(self._local, "connection", None)
        if kept is None or kept.closed or kept.invalidated:
            kept = self._local.connection = self._connected()
            if self._opened_file is None:
                self._opened_file = self._file_now()
            with self._lock:
                self._kept.append(kept)
        return kept

    def _connected(self) -> Connection:
        """A new connection. SQLite would make an empty file where the shop's was taken away meanwhile."""
        if self._opened_file is not None:
            self._refuse_moved_file()
        return self.engine.connect()

    def _file_now(self) -> tuple[int, int] | None:
        """Which file lies there, None for none."""
        try:
            found = os.stat(self._name)  # noqa: PTH116 - asked with every transaction: a Path costs four times it
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _refuse_moved_file(self) -> None:
        """A file that was deleted or replaced still takes what is written, and nobody ever sees it."""
        here = self._file_now()
        self._opened_file = self._opened_file or here
        if self._opened_file != here:
            self._checked_at = 0.0  # whoever looks next must miss it, too
            raise EnvironmentFault(
                "database_unopened",
                "The file with the shop's data was moved or deleted while it was open. Nothing was changed; "
                "put it back, or restore the latest backup, and start posapp again.",
            )
        self._checked_at = monotonic()

    def reader(self) -> Connection:
        """A connection of its own for a thread that reads all day; the caller closes it."""
        with self.translated():
            options: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}
            return self._connected().execution_options(**options)

    def close(self) -> None:
        """Close every connection; SQLite then folds its write-ahead log into the file."""
        with self._lock:
            kept, self._kept = self._kept, []
        self._opened_file = None  # whoever opens it again finds whichever file lies there then
        for connection in kept:
            if not connection.closed:
                connection.close()
        self.engine.dispose()
        if self.file is not None and self._is_guarded:
            self._is_guarded = False
            files.unguard(self.file)


def go_on(connection: Connection) -> None:
    """Begin anew where the block has committed: what follows is kept by its next commit alone."""
    word, driver = connection.info.get(_WORD), _driver_of(connection)
    if word is not None and not driver.in_transaction:
        driver.execute(word)
        settled_of(connection).begin(driver)


def keep(connection: Connection) -> None:
    """Commit what was written, by Core or by the driver alone."""
    if connection.get_transaction() is not None:
        connection.commit()
    else:
        _driver_of(connection).commit()


def _driver_of(connection: Connection) -> sqlite3.Connection:
    driver: Any = connection.connection.driver_connection
    return driver  # type: ignore[no-any-return]


def _begin_word(writes: bool, snapshot: bool) -> str | None:
    if writes:
        return "BEGIN IMMEDIATE"
    return "BEGIN" if snapshot else None


def _isolation(writes: bool, snapshot: bool) -> str:
    """PostgreSQL: writers look again after they waited, so each statement must see the newest commits."""
    if writes:
        return "READ COMMITTED"
    return "REPEATABLE READ" if snapshot else "AUTOCOMMIT"


def _sqlite_engine(url: URL) -> Engine:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        needed = ".".join(map(str, OLDEST_SQLITE[:2]))
        raise DomainError(
            "sqlite_old",
            f"This computer's SQLite is {sqlite3.sqlite_version}; posapp needs {needed} or newer.",
        )
    engine = create_engine(
        url,
        query_cache_size=512,
        hide_parameters=True,  # names and phones stay out of errors, and so out of the log
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "cached_statements": 512},
    )

    @event.listens_for(engine, "do_connect")
    def _make(_dialect: object, _record: object, _arguments: object, _named: object) -> None:
        _make_private(Path(url.database or ""))

    @event.listens_for(engine, "connect")
    def _connect(dbapi: sqlite3.Connection, _record: object) -> None:
        dbapi.isolation_level = None  # BEGIN is ours, so that it can be IMMEDIATE
        cursor = dbapi.cursor()
        for pragma in (f"busy_timeout={BUSY_SECONDS * 1000:.0f}", *PRAGMAS):
            cursor.execute("PRAGMA " + pragma)
        cursor.close()
        know_shop_days(dbapi)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        go_on(connection)

    return engine


def _make_private(file: Path) -> None:
    """A new file is its owner's alone; SQLite gives the log beside it the same rights."""
    with suppress(OSError):  # it is there, or SQLite says why it cannot be made
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, files.PRIVATE))


def _keep_private(file: Path) -> None:
    """Take from everybody what only the shop should read.

    A group that may write keeps its rights: that is how several users of a computer share a shop. One that
    may only read has them from the usual mask, and could not open the shop with them anyway.
    """
    if os.name != "posix":
        return
    for one in files.with_companions(file):
        with suppress(OSError):  # not there, or somebody else's
            mode = stat.S_IMODE(one.stat().st_mode)
            if mode & stat.S_IRWXO:
                kept = mode & ~stat.S_IRWXO
                one.chmod(kept if mode & stat.S_IWGRP else kept & ~stat.S_IRWXG)


def _postgres_engine(url: URL) -> Engine:
    try:
        return create_engine(
            url,
            query_cache_size=512,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={**_SERVER, "options": _session(url)},
        )
    except ModuleNotFoundError as error:
        raise EnvironmentFault(
            "driver_missing",
            "This posapp has no driver for PostgreSQL. Install it with pip install 'posapp[postgres]'.",
        ) from error


def _session(url: URL) -> str:
    """What each connection is set to, after what the address itself asks for."""
    asked = url.query.get("options", "")
    settings = {
        "lock_timeout": f"{BUSY_SECONDS * 1000:.0f}",
        "idle_in_transaction_session_timeout": f"{FORGOTTEN_SECONDS * 1000}",
    }
    own = " ".join(f"-c {name}={value}" for name, value in settings.items())
    return f"{own} {asked if isinstance(asked, str) else ' '.join(asked)}".strip()
