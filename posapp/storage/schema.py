"""Brings a database to the schema of this program, and refuses one that is newer.

Alembic costs most of a second to import, so it is loaded only when there is something to do.
"""

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_mock_engine, inspect, text

from posapp.domain.base.errors import EnvironmentFault, PosappError
from posapp.storage.base import sql_extras, sql_item_words, sql_words
from posapp.storage.base.database import Database
from posapp.storage.customers import guards as customer_guards
from posapp.storage.selling import guards

log = logging.getLogger(__name__)
HEAD = "0024"
"""The revision this program works with; a test holds it equal to the newest migration."""

KNOWN = tuple(f"{number:04d}" for number in range(1, int(HEAD) + 1))
_SAFE_ADVISORY_KEY = 0x705F7361  # any fixed number: PostgreSQL's lock that lets one till migrate at a time


def revision_of(connection: Connection) -> str | None:
    """The schema's revision, or None where there is no shop yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def bring_up_to_date(database: Database, *, before_upgrade: Callable[[str], object] | None = None) -> None:
    """Create or upgrade the schema; a database of a newer program is refused untouched.

    `before_upgrade` hears the older revision once nobody else can write any more, and refuses by raising.
    An upgrade is one transaction: one that fails leaves the data as it was (EnvironmentFault
    `upgrade_failed`). Of several programs one upgrades, the others wait for it.
    """
    revision = _known_revision(database)
    if revision != HEAD:
        try:
            _create_or_upgrade(database, before_upgrade)
        except PosappError as error:
            if revision is not None and error.code == "database_busy":
                raise EnvironmentFault(
                    "upgrade_running",
                    "Another program works with this shop's data, or brings it to this version. "
                    "Wait until it is through, then try again.",
                ) from error
            raise
        except Exception as error:
            if revision is None:
                raise
            log.exception("upgrade from revision %s", revision)
            raise EnvironmentFault(
                "upgrade_failed",
                "The shop's data could not be brought to this version and is as it was. "
                "Go on with the posapp of before, and send the log to support: posapp doctor.",
                revision=revision,
            ) from error
    _write_ahead(database)


def _known_revision(database: Database) -> str | None:
    with database.connection(writes=False, snapshot=True) as connection:
        revision = revision_of(connection)
        is_foreign = database.is_sqlite and revision is None and bool(inspect(connection).get_table_names())
    if is_foreign:
        raise EnvironmentFault(
            "database_foreign", "This file holds the data of another program. Choose another file."
        )
    if revision is not None and revision not in KNOWN:
        raise EnvironmentFault(
            "database_newer",
            "This shop's data was written by a newer posapp. Update this till, then open it again.",
            revision=revision,
        )
    return revision


def _create_or_upgrade(database: Database, before_upgrade: Callable[[str], object] | None) -> None:
    with without_foreign_keys(database), database.connection(writes=True) as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SAFE_ADVISORY_KEY})
        revision = revision_of(connection)
        if revision != HEAD:  # another till may have been quicker
            if revision is not None and before_upgrade is not None:
                before_upgrade(revision)
            _upgrade(connection)
        connection.commit()


def _write_ahead(database: Database) -> None:
    """Let tills read while one writes: a property of the file, set last so that a refusal leaves it alone."""
    if database.is_sqlite:
        with database.connection(writes=False) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")


@contextmanager
def without_foreign_keys(database: Database) -> Iterator[None]:
    """SQLite takes a table away and puts a new one into its place only while nothing watches references."""
    if not database.is_sqlite:
        yield
        return
    with database.connection(writes=False) as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        with database.connection(writes=False) as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def lacking(connection: Connection, *, is_sqlite: bool) -> list[str]:
    """The tables, indexes and triggers of this program's schema that a database has not."""
    held = (
        "SELECT name FROM sqlite_master"
        if is_sqlite
        else "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
        "UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    return sorted(_wanted(is_sqlite=is_sqlite) - set(connection.execute(text(held)).scalars()))


def _wanted(*, is_sqlite: bool) -> set[str]:
    """What the tables say that there is, for one kind of database, and the triggers."""
    from posapp.storage.tables import whole_schema

    names: list[str] = []

    def note(made: Any, *_values: object, **_named: object) -> None:
        if made.__visit_name__ in ("create_table", "create_index"):
            names.append(str(made.element.name))

    engine = create_mock_engine("sqlite://" if is_sqlite else "postgresql+psycopg://", note)
    whole_schema()[0].metadata.create_all(engine, checkfirst=False)  # one metadata for all tables
    kept = (
        (*sql_extras.SQLITE_CHAIN_GUARDS, *guards.SQLITE_GUARDS, *customer_guards.SQLITE_CONSENT_GUARDS)
        if is_sqlite
        else (
            *sql_extras.POSTGRES_CHAIN_GUARDS,
            *guards.POSTGRES_GUARDS,
            *customer_guards.POSTGRES_CONSENT_GUARDS,
        )
    )
    words = (
        *sql_extras.SQLITE_SEARCH_TRIGGERS.values(),
        *sql_words.JOB_WORDS_TRIGGERS.values(),
        *sql_item_words.ITEM_WORDS_TRIGGERS.values(),
    )
    words = words if is_sqlite else ()
    triggers = (re.match(r"CREATE TRIGGER (\w+)", one) for one in (*kept, *words))
    return {*names, *(found[1] for found in triggers if found)}
