"""Leaves no byte of what was emptied in the files of the database.

SQLite only marks deleted records as free: their letters stay in the file, in the index of words until its
parts are merged, and in the write-ahead log. So after somebody was forgotten the index is merged, the file
written anew, and the log cut to nothing. That something waits to be scrubbed stands in the file itself
(`user_version`), set with the transaction that emptied, so that whoever comes next goes on after a crash.
https://www.sqlite.org/lang_vacuum.html, https://www.sqlite.org/pragma.html#pragma_wal_checkpoint

On a server `VACUUM` gives the room of old versions back; its log and its copies are its own matter.
"""

import logging
import sqlite3
from contextlib import closing

from sqlalchemy import Connection, text

from posapp.storage.base import database as engine
from posapp.storage.base.database import Database

log = logging.getLogger(__name__)
_OWED = 1
_WORDS = ("customer_words", "job_words")
_TABLES = (
    "alias, booking, consent, contact, contact_log, customer, device, document, estimate, further_email, "
    "import_note, job, journal_personal, legacy_id, loan, past_record, payment, phone, photo, picture, "
    "sale_order, staged_record, ticket, walk_in"
)


def owe(connection: Connection, *, is_sqlite: bool) -> None:
    """Note in the file, with this transaction, that it is to be scrubbed."""
    if is_sqlite:
        connection.exec_driver_sql(f"PRAGMA user_version={_OWED}")


def is_owed(connection: Connection, *, is_sqlite: bool) -> bool:
    """Whether something that was emptied may still be read from the file."""
    return is_sqlite and connection.exec_driver_sql("PRAGMA user_version").scalar() == _OWED


def scrub(database: Database) -> bool:
    """Scrub; False where others are at work, so that it has to be tried again."""
    if database.file is None:
        _on_server(database)
        return True
    try:
        with closing(sqlite3.connect(database.file, isolation_level=None)) as driver:
            driver.execute(f"PRAGMA busy_timeout={engine.BUSY_SECONDS * 1000:.0f}")
            for name in _WORDS:
                driver.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")
            driver.execute("VACUUM")
            [busy, *_] = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if not busy:
                driver.execute("PRAGMA user_version=0")
    except sqlite3.OperationalError as error:  # busy, or no room for the copy
        log.warning("not scrubbed: %s", error)
        return False
    return not busy


def _on_server(database: Database) -> None:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM {_TABLES}"))
