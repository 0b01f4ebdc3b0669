"""Looks at a database without changing it: is there a shop, which revision, is it whole, how large."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, inspect, select, text
from sqlalchemy.engine import URL

from posapp.domain.base.errors import PosappError
from posapp.storage.base.database import BUSY_SECONDS, Database, database_url
from posapp.storage.base.faults import fault_of
from posapp.storage.base.place import check_name
from posapp.storage.base.tables import journal
from posapp.storage.bookings.tables import booking
from posapp.storage.customers.tables import customer, phone
from posapp.storage.papers.tables import document, print_job
from posapp.storage.people.tables import user_account
from posapp.storage.schema import HEAD
from posapp.storage.shop.tables import business

_COUNTED = (business, user_account, customer, phone, booking, document, print_job, journal)
_ADMINS = (
    "SELECT count(*) FROM user_account WHERE role = 'admin' AND disabled_at IS NULL "
    "AND (pin_hash <> '' OR password_hash <> '' OR badge_hash <> '')"
)
_VERSION_TABLE = "alembic_version"


class Holds(StrEnum):
    """What a place holds."""

    NOTHING = "nothing"
    EMPTY = "empty"
    OTHER = "other"
    SHOP = "shop"


@dataclass(slots=True)
class Health:
    """What was found; `problem` is the sentence that ended the examination early, if any."""

    place: str
    kind: str = ""
    holds: Holds | None = None
    size: int | None = None
    server: str = ""
    revision: str = ""
    wanted: str = HEAD
    check: str = ""
    """`ok`, or the first fault that SQLite's quick_check names; empty if it was not run."""
    counts: dict[str, int] = field(default_factory=dict)
    admins: int = 0
    """How many ADMINs can sign in."""
    problem: str = ""


def shown_place(place: str) -> str:
    """A place for messages: the path, or the address without its password."""
    url = database_url(place)
    if _is_file(url):
        return str(_file(url))
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def holds(place: str) -> Holds:
    """What a place holds; creates nothing. Raises EnvironmentFault where it cannot be read."""
    url = database_url(place)
    if not _is_file(url):
        with _server(place) as database, database.connection(writes=False) as connection:
            kind = _kind_of(set(inspect(connection).get_table_names()))
            return (
                Holds.EMPTY if kind is Holds.OTHER else kind
            )  # a server's database may have other tables, too
    check_name(_file(url))
    if not _file(url).exists():
        return Holds.NOTHING
    with _opened(_file(url)) as connection:
        return _kind_of({row[0] for row in connection.execute("SELECT name FROM sqlite_master")})


def examine(place: str) -> Health:
    """Everything that support wants to know; never raises for what a database can be like."""
    health = Health(place)
    try:
        health.place = shown_place(place)
        url = database_url(place)
        health.kind = "SQLite" if _is_file(url) else "PostgreSQL"
        health.holds = holds(place)
        if _is_file(url):
            _examine_file(_file(url), health)
        else:
            _examine_server(place, health)
    except PosappError as error:
        health.problem = error.sentence
    except OSError as error:
        health.problem = f"The file cannot be read: {error.strerror}."
    return health


def _examine_file(path: Path, health: Health) -> None:
    if not path.exists():
        return
    health.size = sum(
        beside.stat().st_size for end in ("", "-wal") if (beside := path.with_name(path.name + end)).exists()
    )
    with _opened(path) as connection:
        if health.holds is Holds.SHOP:
            health.revision = str(
                connection.execute(f"SELECT version_num FROM {_VERSION_TABLE}").fetchone()[0]
            )
        health.check = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        if health.revision == HEAD:
            for table in _COUNTED:
                [health.counts[table.name]] = connection.execute(
                    f'SELECT count(*) FROM "{table.name}"'
                ).fetchone()
            [health.admins] = connection.execute(_ADMINS).fetchone()


def _examine_server(place: str, health: Health) -> None:
    with _server(place) as database, database.connection(writes=False) as connection:
        health.server = str(connection.execute(text("SHOW server_version")).scalar())
        health.size = connection.execute(text("SELECT pg_database_size(current_database())")).scalar()
        if health.holds is not Holds.SHOP:
            return
        health.revision = str(connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar())
        if health.revision == HEAD:
            for table in _COUNTED:
                counted = select(func.count()).select_from(table)
                health.counts[table.name] = connection.execute(counted).scalar_one()
            health.admins = connection.execute(text(_ADMINS)).scalar_one()


def _kind_of(names: set[str]) -> Holds:
    if _VERSION_TABLE in names and business.name in names:
        return Holds.SHOP
    return Holds.OTHER if names - {_VERSION_TABLE} else Holds.EMPTY


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _file(url: URL) -> Path:
    return Path(url.database or "").absolute()


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, opened without creating it or setting anything in it."""
    try:
        with closing(
            sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)
        ) as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        fault = fault_of(error, path)
        if fault is None:
            raise
        raise fault from error


@contextmanager
def _server(place: str) -> Iterator[Database]:
    database = Database(place)
    try:
        yield database
    finally:
        database.close()
