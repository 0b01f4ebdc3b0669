"""Copies of a shop on a server, through the system's pg_dump and pg_restore.

A restore never empties the shop's database: it fills one beside it and changes their names in one
transaction (https://www.postgresql.org/docs/current/sql-alterdatabase.html), which the server refuses while
a till is connected.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from posapp.domain.errors import EnvironmentFault
from posapp.storage.backup import Contents, Numbers, checked, damaged, in_use, made_whole
from posapp.storage.faults import fault_of

_DEBIAN = Path("/usr/lib/postgresql")
_OBJECT_IN_USE, _DENIED = "55006", "42501"


def dump(url: URL, target: Path) -> None:
    """Write the shop's data to `target` as it is at this moment, and read it back."""
    with made_whole(target, contents_of) as part:
        _run(
            "pg_dump",
            url,
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            f"--file={part}",
            _address(url),
        )


def contents_of(file: Path) -> Contents:
    """Read a dump from end to end; refuses what is no whole shop of a known revision."""
    program = _program("pg_restore")
    whole = subprocess.run([program, "--file", os.devnull, str(file)], capture_output=True, check=False)
    table = subprocess.run(
        [program, "--data-only", "--table=alembic_version", "--file=-", str(file)],
        capture_output=True,
        check=False,
    )
    found = re.search(rb"^COPY .*alembic_version.*\n(\S+)\n", table.stdout, re.MULTILINE)
    if whole.returncode or table.returncode or found is None:
        raise damaged(file)
    return checked(Contents(found[1].decode()))


def fill_beside(url: URL, file: Path) -> URL:
    """Restore a dump into a new database beside the shop's and return its address."""
    beside = url.set(database=f"{url.database}_restoring")
    drop(beside)
    with _administration(url) as connection:
        connection.execute(text(f"CREATE DATABASE {_quoted(beside)} TEMPLATE template0"))
    _run(
        "pg_restore",
        url,
        "--no-owner",
        "--no-privileges",
        "--exit-on-error",
        "--dbname",
        _address(beside),
        str(file),
    )
    return beside


def numbers_of(url: URL) -> Numbers | None:
    """The counters of the database that is to be replaced; None if it cannot be read."""
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            if connection.execute(text("SELECT to_regclass('counter')")).scalar() is None:
                return {}
            rows = connection.execute(text("SELECT business_id, name, last FROM counter")).all()
    except DBAPIError as error:
        fault = fault_of(error, None)
        if fault is not None:
            raise fault from error
        return None
    finally:
        engine.dispose()
    return {(row.business_id, row.name): row.last for row in rows}


def swap(fresh: URL, url: URL, aside: URL) -> None:
    """Let `fresh` be the shop's database; the one before is kept under the name `aside`."""
    with _administration(url, is_one_transaction=True) as connection:
        connection.execute(text(f"ALTER DATABASE {_quoted(url)} RENAME TO {_quoted(aside)}"))
        connection.execute(text(f"ALTER DATABASE {_quoted(fresh)} RENAME TO {_quoted(url)}"))


def drop(url: URL) -> None:
    """Take a database that never became the shop's away."""
    with _administration(url) as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {_quoted(url)}"))


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
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise EnvironmentFault("postgres_tools", f"{name} failed, nothing was changed: {last}")
