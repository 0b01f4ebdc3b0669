"""Copies of a shop on a server, through the system's pg_dump and pg_restore.

A restore never empties the shop's database: it fills one beside it and changes their names in one
transaction (https://www.postgresql.org/docs/current/sql-alterdatabase.html), which the server refuses while
a till is connected.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from itertools import chain, count
from pathlib import Path
from secrets import token_hex
from time import monotonic, sleep
from typing import Literal

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from posapp import files
from posapp.domain.base.errors import EnvironmentFault
from posapp.storage.base.database import BUSY_SECONDS, Database
from posapp.storage.base.faults import busy, fault_of
from posapp.storage.base.manifests import Facts, copy_with_digest
from posapp.storage.care.backup import checked, connected_facts
from posapp.storage.care.backup_places import Aside, Progress, Standing
from posapp.storage.care.backup_refusals import altered, damaged, in_use, uncopied

_DEBIAN = Path("/usr/lib/postgresql")
_LEAVING_SECONDS = 2.0
# The server's own workers (autovacuum) count for nobody: it sends them away by itself.
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = :name AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
IsolationLevel = Literal["REPEATABLE READ", "READ COMMITTED", "AUTOCOMMIT"]
_OBJECT_IN_USE, _DENIED = "55006", "42501"


def dump(url: URL, part: Path) -> Facts:
    """Write the shop's data to a new file as it is at this moment, and read it back."""
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, files.PRIVATE))
    with _one_moment(url) as (moment, facts):
        _run(
            "pg_dump",
            url,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--snapshot={moment}",
            f"--lock-wait-timeout={BUSY_SECONDS * 1000:.0f}",
            f"--file={part}",
            _address(url),
        )
    _read_through(part)
    return facts


@contextmanager
def _one_moment(url: URL) -> Iterator[tuple[str, Facts]]:
    """A moment of the database that pg_dump can share, and what the database says about itself then."""
    with _connected(url, "REPEATABLE READ") as connection:
        moment = str(connection.execute(text("SELECT pg_export_snapshot()")).scalar_one())
        yield moment, connected_facts(connection)


def _read_through(file: Path, shown: Path | None = None) -> None:
    """Read a dump from end to end."""
    program = _program("pg_restore")
    whole = subprocess.run([program, "--file", os.devnull, str(file)], capture_output=True, check=False)
    if whole.returncode:
        raise damaged(shown or file)


def glance(file: Path) -> Facts:
    """What a dump says about itself, read from its small tables; refuses what is no dump."""
    _program("pg_restore")
    tables = {name: _rows_in(file, name) for name in ("alembic_version", "identity", "business", "counter")}
    if not tables["alembic_version"]:
        raise damaged(file)
    try:
        return Facts(
            tables["alembic_version"][0]["version_num"],
            next((row["code"] for row in tables["identity"]), ""),
            min((int(row["created_at"]) for row in tables["business"]), default=0),
            tuple(row["name"] for row in tables["business"]),
            {(int(row["business_id"]), row["name"]): int(row["last"]) for row in tables["counter"]},
        )
    except (ValueError, LookupError) as error:
        raise damaged(file) from error


def _rows_in(file: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table in a dump, as text: https://www.postgresql.org/docs/current/sql-copy.html."""
    told = subprocess.run(
        [_program("pg_restore"), "--data-only", f"--table={table}", "--file=-", str(file)],
        capture_output=True,
        check=False,
    )
    if told.returncode:
        raise damaged(file)
    text_of = told.stdout.decode("utf-8", "replace")
    found = re.search(r"^COPY \S+ \(([^)]*)\) FROM stdin;\n(.*?)^\\\.$", text_of, re.MULTILINE | re.DOTALL)
    if found is None:
        return []
    columns = [one.strip(' "') for one in found[1].split(",")]
    return [dict(zip(columns, line.split("\t"), strict=False)) for line in found[2].splitlines()]


class ServerTarget:
    """A shop's database on a server."""

    def __init__(self, url: URL, stamp: str) -> None:
        self.url = url
        # PostgreSQL cuts names at 63 bytes
        self._wanted = f"{str(url.database)[:36]}_replaced_{stamp.replace('-', '_')}"

    @cached_property
    def _kept(self) -> URL:
        """The first name that no database has: two restores in one second keep both of what they replace."""
        with _administration(self.url) as connection:
            taken = set(connection.execute(text("SELECT datname FROM pg_database")).scalars())
        names = chain([self._wanted], (f"{self._wanted}_{number}" for number in count(2)))
        return self.url.set(database=next(name for name in names if name not in taken))

    @property
    def kept_as(self) -> str | None:
        return str(self._kept.database)

    def standing(self) -> Standing:
        """Reads the counters; whether somebody works in it shows when it is to be replaced."""
        with _connected(self.url, "REPEATABLE READ") as connection:
            facts = connected_facts(connection)
        return Standing(bool(facts.businesses), bool(facts.numbers), facts)

    def close_off(self) -> None:
        """Refuse early what the server refuses anyway at the end; who is just leaving gets a moment."""
        end = monotonic() + _LEAVING_SECONDS
        with _administration(self.url) as connection:
            while connection.execute(_OTHERS, {"name": self.url.database}).scalar_one():
                if monotonic() > end:
                    raise in_use()
                sleep(0.05)

    def release(self) -> None:
        """The server lets everybody in by itself."""

    def put(self, aside: Aside) -> None:
        assert isinstance(aside, ServerAside)
        with _administration(self.url, is_one_transaction=True) as connection:
            connection.execute(text(f"ALTER DATABASE {_quoted(self.url)} RENAME TO {_quoted(self._kept)}"))
            connection.execute(text(f"ALTER DATABASE {_quoted(aside.url)} RENAME TO {_quoted(self.url)}"))


class ServerAside:
    """A copy of a backup in a database of its own beside the shop's."""

    def __init__(self, url: URL) -> None:
        self._base = url
        self.url = url.set(database=f"{str(url.database)[:40]}_aside_{token_hex(6)}")
        self._source = Path()
        self._is_made = False

    def fill(self, file: Path, tell: Progress | None = None, *, digest: str = "") -> None:
        """Restore the very bytes that the digest is of."""
        self._source = file
        _program("pg_restore")
        with tempfile.TemporaryDirectory(prefix="posapp-restore-") as folder:
            copy = Path(folder) / "copy.dump"
            try:
                seen = copy_with_digest(file, copy, tell)
            except OSError as error:
                raise uncopied(file, copy, error) from error
            if digest and seen != digest:
                raise altered(file)
            _read_through(copy, file)
            with _administration(self._base) as connection:
                connection.execute(text(f"CREATE DATABASE {_quoted(self.url)} TEMPLATE template0"))
                self._is_made = True
            arguments = ("--no-owner", "--no-privileges", "--exit-on-error", "--dbname", _address(self.url))
            try:
                _run("pg_restore", self._base, *arguments, str(copy))
            except EnvironmentFault as fault:
                if "connect" in fault.sentence:
                    raise
                raise damaged(file) from fault

    def examine(self) -> Facts:
        """The server checks keys and constraints while it restores; the rest is for `verify`."""
        with _connected(self.url, "REPEATABLE READ") as connection:
            facts = connected_facts(connection)
        if not facts.revision:
            raise damaged(self._source)
        return checked(facts)

    def database(self) -> Database:
        return Database(self.url.render_as_string(hide_password=False))

    def seal(self) -> None:
        """A server settles its data by itself."""

    def tidy(self) -> None:
        if self._is_made:
            with _administration(self._base) as connection:
                connection.execute(text(f"DROP DATABASE IF EXISTS {_quoted(self.url)} WITH (FORCE)"))


@contextmanager
def _connected(url: URL, level: IsolationLevel) -> Iterator[Connection]:
    engine = create_engine(url, isolation_level=level)
    try:
        with engine.connect() as connection:
            connection.execute(text(f"SET lock_timeout = {BUSY_SECONDS * 1000:.0f}"))
            yield connection
    except DBAPIError as error:
        fault = fault_of(error, None)
        if fault is None:
            raise
        raise fault from error
    finally:
        engine.dispose()


@contextmanager
def _administration(url: URL, *, is_one_transaction: bool = False) -> Iterator[Connection]:
    level = "READ COMMITTED" if is_one_transaction else "AUTOCOMMIT"
    engine = create_engine(url.set(database="postgres"), isolation_level=level)
    try:
        with engine.begin() as connection:
            yield connection
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        if state == _OBJECT_IN_USE:
            raise in_use() from error
        if state == _DENIED:
            raise EnvironmentFault(
                "database_denied",
                "This user may not make databases on the server. Restore as its administrator.",
            ) from error
        fault = fault_of(error, None)
        if fault is None:
            raise
        raise fault from error
    finally:
        engine.dispose()


def _quoted(url: URL) -> str:
    name = str(url.database).replace('"', '""').replace(":", r"\:")
    return f'"{name}"'


def _address(url: URL) -> str:
    return url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)


def _program(name: str) -> str:
    found = shutil.which(name)
    newest = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    if newest:
        return str(newest[-1])
    if found is None:
        raise EnvironmentFault(
            "postgres_tools",
            f"{name} is not installed. Install PostgreSQL's client programs (Debian: postgresql-client).",
        )
    return found


def _run(name: str, url: URL, *arguments: str) -> None:
    environment = {**os.environ, "LC_ALL": "C"}
    if url.password:
        environment["PGPASSWORD"] = str(url.password)
    done = subprocess.run(
        [_program(name), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        if re.search("canceling statement due to (lock|statement) timeout", done.stderr):
            raise busy()
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise EnvironmentFault("postgres_tools", f"{name} failed, nothing was changed: {last}")
