"""The one search box: what was typed becomes a few bounded index look-ups, never a sort of all matches.

Order of answers: exact number or ID, phone by final and leading digits, names that begin so, then newest
matches of the word index, the latest visitors first. SQLite uses FTS5 with a prefix index, PostgreSQL a
GIN index over the same folded words; both cut inside the index scan (performance.md, sections 2 and 8).
"""

import contextlib
import sqlite3
from functools import cache
from threading import Thread
from typing import Any, NamedTuple

from sqlalchemy import Connection

from posapp.domain.base.folding import query_words
from posapp.storage.base.database import Database
from posapp.storage.base.faults import fault_of, is_lost, unstorable
from posapp.storage.base.sql_extras import POSTGRES_WORDS

NEWEST = 200
"""How many of the newest word matches are ranked; older ones show once more letters are typed."""

CANCEL_SECONDS = 5.0
_CANCELLED = "57014"

_COLUMNS = "c.id, c.pl_number, c.name, c.email, p.key, p.extension, c.is_flagged"
_PRIMARY = (
    "LEFT JOIN phone p ON p.business_id = c.business_id AND p.customer_id = c.id "
    "AND p.is_primary AND p.ended_at IS NULL"
)
_HERE = "c.business_id = :business AND c.archived_at IS NULL AND c.merged_into IS NULL"

_BY_PL = (
    f"SELECT {_COLUMNS} FROM customer c {_PRIMARY} WHERE c.business_id = :business AND c.pl_number = :number"
)
_BY_ALIAS = (
    f"SELECT {_COLUMNS} FROM alias a "
    f"JOIN customer c ON c.business_id = a.business_id AND c.id = a.customer_id {_PRIMARY} "
    "WHERE a.business_id = :business AND a.code = :code"
)
_BY_BOOKING = (
    f"SELECT {_COLUMNS}, b.number FROM booking b "
    f"JOIN customer c ON c.business_id = b.business_id AND c.id = b.customer_id {_PRIMARY} "
    "WHERE b.business_id = :business AND b.number = :number"
)
_BY_TICKET = (
    f"SELECT {_COLUMNS}, t.number FROM ticket t "
    f"JOIN customer c ON c.business_id = t.business_id AND c.id = t.customer_id {_PRIMARY} "
    "WHERE t.business_id = :business AND t.number = :number"
)
# The latest visit of a device says who has it now. The second condition lets the partial index answer.
_VISIT = (
    f"SELECT {_COLUMNS}, t.number FROM device d "
    "JOIN job j ON j.business_id = d.business_id AND j.id = "
    "(SELECT max(l.id) FROM job l WHERE l.business_id = d.business_id AND l.device_id = d.id) "
    "JOIN ticket t ON t.business_id = j.business_id AND t.id = j.ticket_id "
    f"JOIN customer c ON c.business_id = t.business_id AND c.id = t.customer_id {_PRIMARY} "
)
_BY_SERIAL = f"{_VISIT} WHERE d.business_id = :business AND d.serial_key = :code AND d.serial_key <> ''"
_BY_IMEI = f"{_VISIT} WHERE d.business_id = :business AND d.imei = :code AND d.imei <> ''"
# The matching number is shown, so a former or second number explains why its customer is listed.
_PHONE_COLUMNS = (
    "c.id, c.pl_number, c.name, c.email, p.key, p.extension, c.is_flagged, p.ended_at IS NOT NULL"
)
_PHONES = (
    f"SELECT {_PHONE_COLUMNS} FROM phone p "
    "JOIN customer c ON c.business_id = p.business_id AND c.id = p.customer_id"
)
# Current and former numbers apart: each has an index of its own, which an OR of both would not use.
_BY_KEY = (
    f"{_PHONES} WHERE p.business_id = :business AND p.key = :key AND p.ended_at IS NULL "
    f"UNION ALL {_PHONES} WHERE p.business_id = :business AND p.key = :key AND p.is_former"
)
_BY_FINAL = (
    f"{_PHONES} WHERE p.business_id = :business AND (p.ended_at IS NULL OR p.is_former) "
    "AND p.reversed >= :low AND p.reversed < :high LIMIT :limit"
)
_BEGINS = "p.business_id = :business AND p.key >= :low AND p.key < :high"
_BY_LEADING = (
    f"SELECT * FROM ({_PHONES} WHERE {_BEGINS} AND p.ended_at IS NULL LIMIT :limit) a "
    f"UNION ALL SELECT * FROM ({_PHONES} WHERE {_BEGINS} AND p.is_former LIMIT :limit) b LIMIT :limit"
)
_BY_EMAIL = (
    f"SELECT {_COLUMNS} FROM customer c {_PRIMARY} WHERE {_HERE} AND c.email <> '' "
    "AND c.email >= :low AND c.email < :high ORDER BY c.email LIMIT :limit"
)
# Two bounded branches, ranked, cut, and only then joined with what is shown.
_MATCH = "c.id AS id, c.name_fold = :low AS same, coalesce(c.last_visit_at, c.created_at) AS seen"
_BEGINNING = f"SELECT {_MATCH} FROM customer c WHERE {_HERE} AND c.name_fold >= :low AND c.name_fold < :high"
_MERGED = "SELECT id, max(whole) AS whole, same, seen FROM"
_BEST = "GROUP BY id, same, seen ORDER BY same DESC, whole DESC, seen DESC, id DESC LIMIT :limit"
_SHOWN = (
    f"SELECT {_COLUMNS} FROM m JOIN customer c ON c.business_id = :business AND c.id = m.id {_PRIMARY} "
    "ORDER BY m.same DESC, m.whole DESC, m.seen DESC, m.id DESC"
)
# CROSS JOIN keeps SQLite's planner from asking the word index for one customer after the other.
_SQLITE_NAMES = (
    f"WITH m AS ({_MERGED} ("
    f"SELECT id, 1 AS whole, same, seen FROM ({_BEGINNING} ORDER BY c.name_fold LIMIT :limit) "
    f"UNION ALL SELECT id, 0, same, seen FROM (SELECT {_MATCH} FROM customer_words w "
    f"CROSS JOIN customer c ON c.id = w.rowid WHERE w.customer_words MATCH :words AND {_HERE} "
    f"ORDER BY w.rowid DESC LIMIT :newest)) {_BEST}) {_SHOWN}"
)
# MATERIALIZED keeps PostgreSQL's planner from turning the branches into one wide scan.
_POSTGRES_NAMES = (
    f"WITH begins AS MATERIALIZED ({_BEGINNING} LIMIT :limit), "
    f"words AS MATERIALIZED (SELECT {_MATCH} FROM customer c WHERE {_HERE} "
    f"AND {POSTGRES_WORDS} @@ CAST(:words AS tsquery) LIMIT :newest), "
    f"m AS ({_MERGED} (SELECT id, 1 AS whole, same, seen FROM begins "
    f"UNION ALL SELECT id, 0, same, seen FROM words) u {_BEST}) {_SHOWN}"
)


class FoundRow(NamedTuple):
    """A customer as search finds one; `booking` or `ticket` is set where its number was typed or meant."""

    id: int
    pl_number: int
    name: str
    email: str
    phone_key: str | None
    extension: str | None
    is_flagged: bool
    is_former: bool = False
    booking: int | None = None
    ticket: int | None = None


class SearchReader:
    """Reads on a connection of its own, kept by the search lane and interrupted by newer text."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connection: Connection | None = None
        self._is_sqlite = database.is_sqlite
        self._driver: Any = None
        self._ending: Thread | None = None
        self._interrupts = 0
        """How often somebody wanted a statement to end."""

    def _open(self) -> Any:
        """The driver's own connection: through Core a look-up costs twice as much or more."""
        ending, self._ending = self._ending, None
        if ending is not None:
            ending.join()  # it must not end what is asked next
        if self._connection is None or self._connection.closed or self._connection.invalidated:
            self._connection = self._database.reader()
            self._driver = self._connection.connection.driver_connection
        return self._driver

    def interrupt(self) -> None:
        """End the statement that is running, from any thread, at once: a server is asked beside it."""
        driver, connection = self._driver, self._connection
        if driver is None or connection is None or connection.closed:
            return
        self._interrupts += 1
        if isinstance(driver, sqlite3.Connection):
            driver.interrupt()
        elif self._ending is None or not self._ending.is_alive():
            # Asking a server to stop is a connection of its own: who types must not wait for it.
            self._ending = Thread(target=_cancel, args=(driver,), name="search-interrupt", daemon=True)
            self._ending.start()

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = self._driver = None

    def _rows(self, sql: str, **values: object) -> list[Any]:
        with self._database.translated():
            if self._is_sqlite:
                return list(self._open().execute(sql, values))
            return self._postgres_rows(_postgres(sql), values)

    def _postgres_rows(self, sql: str, values: dict[str, object], *, is_again: bool = False) -> list[Any]:
        """The rows; a connection that a restart of the server has ended is made anew, once and unnoticed."""
        driver, connection, interrupts = self._open(), self._connection, self._interrupts
        try:
            return list(driver.execute(sql, values).fetchall())
        except _psycopg_error() as error:
            if error.sqlstate == _CANCELLED and interrupts == self._interrupts:
                return self._postgres_rows(sql, values)  # the wish was about an older statement
            if driver.broken and connection is not None:
                connection.invalidate()
                if not is_again and is_lost(error):
                    return self._postgres_rows(sql, values, is_again=True)
            raise unstorable(error) or fault_of(error, None) or error from error

    # -- look-ups, each bounded -------------------------------------------------------------------
    def by_pl(self, business: int, number: int) -> list[FoundRow]:
        """The customer PL<number>."""
        return [FoundRow(*row) for row in self._rows(_BY_PL, business=business, number=number)]

    def by_alias(self, business: int, code: str) -> list[FoundRow]:
        """The customer that an old ID means."""
        return [FoundRow(*row) for row in self._rows(_BY_ALIAS, business=business, code=code)]

    def by_booking(self, business: int, number: int) -> list[FoundRow]:
        """The customer of booking B<number>."""
        return [
            FoundRow(*row[:7])._replace(booking=row[7])
            for row in self._rows(_BY_BOOKING, business=business, number=number)
        ]

    def by_ticket(self, business: int, number: int) -> list[FoundRow]:
        """The customer of ticket T<number>."""
        return self._tickets(_BY_TICKET, business=business, number=number)

    def by_serial(self, business: int, code: str) -> list[FoundRow]:
        """The latest ticket of the device with this serial, in the form in which serials compare."""
        return self._tickets(_BY_SERIAL, business=business, code=code)

    def by_imei(self, business: int, code: str) -> list[FoundRow]:
        """The latest ticket of the device with this IMEI."""
        return self._tickets(_BY_IMEI, business=business, code=code)

    def _tickets(self, sql: str, **values: object) -> list[FoundRow]:
        return [FoundRow(*row[:7])._replace(ticket=row[7]) for row in self._rows(sql, **values)]

    def by_phone(self, business: int, key: str) -> list[FoundRow]:
        """Who has, or formerly had, this number."""
        return [FoundRow(*row) for row in self._rows(_BY_KEY, business=business, key=key)]

    def by_final_digits(self, business: int, digits: str, limit: int) -> list[FoundRow]:
        """Numbers that end so."""
        low = digits[::-1]
        rows = self._rows(_BY_FINAL, business=business, low=low, high=_after(low), limit=limit)
        return [FoundRow(*row) for row in rows]

    def by_leading(self, business: int, start: str, limit: int) -> list[FoundRow]:
        """Numbers whose canonical form begins so."""
        rows = self._rows(_BY_LEADING, business=business, low=start, high=_after(start), limit=limit)
        return [FoundRow(*row) for row in rows]

    def by_email(self, business: int, start: str, limit: int) -> list[FoundRow]:
        """Addresses that begin so."""
        return [
            FoundRow(*row)
            for row in self._rows(_BY_EMAIL, business=business, low=start, high=_after(start), limit=limit)
        ]

    def by_name(self, business: int, text: str, limit: int) -> list[FoundRow]:
        """Names with all these words or beginnings of words, in any order."""
        words = query_words(text)
        if not words:
            return []
        low = " ".join(words)
        values = {"business": business, "low": low, "high": _after(low), "limit": limit, "newest": NEWEST}
        if self._is_sqlite:
            match = " ".join(f'"{word}"*' for word in words)
            return [FoundRow(*row) for row in self._rows(_SQLITE_NAMES, words=match, **values)]
        query = " & ".join(f"'{word}':*" for word in words)
        return [FoundRow(*row) for row in self._rows(_POSTGRES_NAMES, words=query, **values)]


def _after(text: str) -> str:
    """The first text after all that begin with `text`, so that a prefix is a range and never a LIKE."""
    last = ord(text[-1])
    following = 0xE000 if last == 0xD7FF else last + 1
    return text[:-1] + chr(min(following, 0x10FFFF))


def _postgres(sql: str) -> str:
    cached = _POSTGRES.get(sql)
    if cached is None:
        # Compared as the text_pattern_ops indexes compare, whatever the server's collation.
        cached = sql.replace("%", "%%").replace(">= :low", "~>=~ :low").replace("< :high", "~<~ :high")
        for name in ("business", "number", "code", "key", "low", "high", "limit", "newest", "words"):
            cached = cached.replace(f":{name}", f"%({name})s")
        _POSTGRES[sql] = cached
    return cached


_POSTGRES: dict[str, str] = {}


def _cancel(driver: Any) -> None:
    with contextlib.suppress(_psycopg_error()):  # a server that is gone has nothing to end
        driver.cancel_safe(timeout=CANCEL_SECONDS)


@cache
def _psycopg_error() -> Any:
    """What psycopg raises; it is loaded only where a shop is on a server."""
    import psycopg

    return psycopg.Error
