"""The one search box: what was typed becomes a few bounded index look-ups, never a sort of all matches.

Order of answers: exact number or ID, phone by final and leading digits, names that begin so, then newest
matches of the word index, the latest visitors first. SQLite uses FTS5 with a prefix index, PostgreSQL a
GIN index over the same folded words; both cut inside the index scan
(resources/docs/decisions/03-search-never-sorts-all.md has the figures).
"""

import re
import sqlite3
from collections.abc import Mapping
from functools import cache
from threading import Thread
from typing import Any

from sqlalchemy import Connection

from posapp.domain.base.folding import query_words
from posapp.storage.base.database import Database
from posapp.storage.base.faults import fault_of, is_lost, unstorable
from posapp.storage.base.rows import after
from posapp.storage.base.sql_extras import POSTGRES_WORDS
from posapp.storage.base.stopping import cancel, psycopg_error

NEWEST = 200
"""How many of the newest word matches are ranked; older ones show once more letters are typed."""

ALIKE = 400
"""How many names are looked at for one that was misspelt."""

_CANCELLED = "57014"

_COLUMNS = "c.id, c.pl_number, c.name, c.email, p.key, p.extension, c.is_flagged"
_PRIMARY = (
    "LEFT JOIN phone p ON p.business_id = c.business_id AND p.customer_id = c.id "
    "AND p.is_primary AND p.ended_at IS NULL"
)
_HERE = "c.business_id = :business AND c.archived_at IS NULL AND c.merged_into IS NULL"


def _found(why: str, *, former: str = "false", number: str = "0", found: str = "''") -> str:
    """The columns of a `FoundRow`; `number` is that of the booking or ticket that is meant."""
    return f"SELECT '{why}' AS why, {_COLUMNS}, {former} AS is_former, {number} AS number, {found} AS found"


def _bounded(branch: str) -> str:
    return f"SELECT * FROM ({branch} LIMIT :limit) bounded"


# The PL ID of a merged customer, typed without its letters, too, finds the survivor.
_BY_PL = (
    f"{_found('pl')} FROM customer o JOIN customer c ON c.business_id = o.business_id "
    f"AND c.id = coalesce(o.merged_into, o.id) {_PRIMARY} "
    "WHERE o.business_id = :business AND o.pl_number = :pl"
)
_BY_ALIAS = (
    f"{_found('alias')} FROM alias a "
    f"JOIN customer c ON c.business_id = a.business_id AND c.id = a.customer_id {_PRIMARY} "
    "WHERE a.business_id = :business AND a.code = :alias"
)


def _by_old(why: str, table: str, which: str) -> str:
    """Whose ID it was in an old system, or whose record had it: the same ID may have been in several."""
    return _bounded(
        f"{_found(why, found=_OLD_ID)} FROM {table} o "
        f"JOIN customer c ON c.business_id = o.business_id AND c.id = o.customer_id {_PRIMARY} "
        f"WHERE o.business_id = :business AND {which}"
    )


_OLD_ID = "o.system || ':' || o.collection || ':' || o.code"
_ANYWHERE, _IN_SYSTEM = "o.code_fold = :{0}", "o.code_fold = :code_{0} AND o.system = :system_{0}"
_OLD = {
    why: _by_old(why, table, which.format(why))
    for why, table, which in (
        ("old_id", "legacy_id", _ANYWHERE),
        ("old_record", "past_record", _ANYWHERE),
        ("id_in_system", "legacy_id", _IN_SYSTEM),
        ("record_in_system", "past_record", _IN_SYSTEM),
    )
}
_BY_BOOKING = (
    f"{_found('booking', number='b.number')} FROM booking b "
    f"JOIN customer c ON c.business_id = b.business_id AND c.id = b.customer_id {_PRIMARY} "
    "WHERE b.business_id = :business AND b.number = :booking"
)
_BY_TICKET = (
    f"{_found('ticket', number='t.number')} FROM ticket t "
    f"JOIN customer c ON c.business_id = t.business_id AND c.id = t.customer_id {_PRIMARY} "
    "WHERE t.business_id = :business AND t.number = :ticket"
)
# A report is nobody's: it is found by its number alone, and called by its till.
_BY_REPORT = (
    "SELECT 'report' AS why, 0, 0, s.till, '', NULL, NULL, false, false, s.number, '' "
    "FROM shift s WHERE s.business_id = :business AND s.number = :report"
)
# A sale may be nobody's: then it is called by its till.
_NAMED = (
    "coalesce(c.id, 0), coalesce(c.pl_number, 0), coalesce(c.name, o.till), coalesce(c.email, ''), NULL, NULL"
)
_BUYER = "LEFT JOIN customer c ON c.business_id = o.business_id AND c.id = o.customer_id"
_BY_SALE = (
    f"SELECT 'sale' AS why, {_NAMED}, false, false, o.number, '' FROM sale_order o {_BUYER} "
    "WHERE o.business_id = :business AND o.number = :sale"
)
_BY_PAYMENT = (
    "SELECT 'payment' AS why, coalesce(c.id, 0), coalesce(c.pl_number, 0), coalesce(c.name, s.till), "
    "coalesce(c.email, ''), NULL, NULL, false, false, p.number, '' FROM payment p "
    "JOIN shift s ON s.business_id = p.business_id AND s.id = p.shift_id "
    "LEFT JOIN customer c ON c.business_id = p.business_id AND c.id = p.customer_id "
    "WHERE p.business_id = :business AND p.number = :payment"
)
# The latest visit of a device says who has it now. The second condition lets the partial index answer.
_VISIT = (
    "FROM device d JOIN job j ON j.business_id = d.business_id AND j.id = "
    "(SELECT max(l.id) FROM job l WHERE l.business_id = d.business_id AND l.device_id = d.id) "
    "JOIN ticket t ON t.business_id = j.business_id AND t.id = j.ticket_id "
    f"JOIN customer c ON c.business_id = t.business_id AND c.id = t.customer_id {_PRIMARY} "
)
_BY_SERIAL = (
    f"{_found('serial', number='t.number')} {_VISIT} "
    "WHERE d.business_id = :business AND d.serial_key = :serial AND d.serial_key <> ''"
)
_BY_IMEI = (
    f"{_found('imei', number='t.number')} {_VISIT} "
    "WHERE d.business_id = :business AND d.imei = :imei AND d.imei <> ''"
)
_BY_EMAIL = _bounded(
    f"{_found('email')} FROM customer c {_PRIMARY} WHERE {_HERE} AND c.email <> '' "
    "AND c.email >= :low_email AND c.email < :high_email ORDER BY c.email"
)
# The address that was found is shown, too, beside the customer's own.
_BY_FURTHER_EMAIL = _bounded(
    f"{_found('email', found='f.email')} FROM further_email f "
    f"JOIN customer c ON c.business_id = f.business_id AND c.id = f.customer_id {_PRIMARY} "
    "WHERE f.business_id = :business AND f.email >= :low_further AND f.email < :high_further ORDER BY f.email"
)
# The matching number is shown, so a former or second number explains why its customer is listed.
_PHONES = "FROM phone p JOIN customer c ON c.business_id = p.business_id AND c.id = p.customer_id"
_IS_FORMER = "p.ended_at IS NOT NULL"
# Current and former numbers apart: each has an index of its own, which an OR of both would not use.
_BY_KEY = (
    f"{_found('phone')} {_PHONES} WHERE p.business_id = :business AND p.key = :phone AND p.ended_at IS NULL "
    f"UNION ALL {_found('phone', former=_IS_FORMER)} {_PHONES} "
    "WHERE p.business_id = :business AND p.key = :phone AND p.is_former"
)
_BY_FINAL = _bounded(
    f"{_found('final', former=_IS_FORMER)} {_PHONES} WHERE p.business_id = :business "
    "AND (p.ended_at IS NULL OR p.is_former) AND p.reversed >= :low_final AND p.reversed < :high_final"
)
_BEGINS = "p.business_id = :business AND p.key >= :low_leading AND p.key < :high_leading"
_BY_LEADING = " UNION ALL ".join(
    _bounded(f"{_found('leading', former=_IS_FORMER)} {_PHONES} WHERE {_BEGINS} AND {which}")
    for which in ("p.ended_at IS NULL", "p.is_former")
)
_EXACT = {
    "pl": _BY_PL,
    "booking": _BY_BOOKING,
    "ticket": _BY_TICKET,
    "report": _BY_REPORT,
    "sale": _BY_SALE,
    "payment": _BY_PAYMENT,
    "imei": _BY_IMEI,
    "serial": _BY_SERIAL,
    "alias": _BY_ALIAS,
    **_OLD,
    "phone": _BY_KEY,
}
_RANGES = {"email": _BY_EMAIL, "further": _BY_FURTHER_EMAIL, "final": _BY_FINAL, "leading": _BY_LEADING}
# Two bounded branches, ranked, cut, and only then joined with what is shown.
_MATCH = (
    "c.id AS id, c.name_fold = :low AS same, (c.name_fold >= :low AND c.name_fold < :high) AS whole, "
    "coalesce(c.last_visit_at, c.created_at) AS seen"
)
_BEGINNING = (
    f"SELECT {_MATCH} FROM customer c WHERE {_HERE} AND c.name_fold >= :low AND c.name_fold < :high "
    "ORDER BY c.name_fold LIMIT :limit"
)
_BEST = "ORDER BY same DESC, whole DESC, seen DESC, id DESC LIMIT :limit"
_SHOWN = (
    f"{_found('name')} FROM m JOIN customer c ON c.business_id = :business AND c.id = m.id {_PRIMARY} "
    "ORDER BY m.same DESC, m.whole DESC, m.seen DESC, m.id DESC"
)
# CROSS JOIN keeps SQLite's planner from asking the word index for one customer after the other.
_SQLITE_NAMES = (
    f"WITH m AS (SELECT * FROM (SELECT * FROM ({_BEGINNING}) UNION SELECT * FROM (SELECT * FROM ("
    f"SELECT {_MATCH} FROM customer_words w CROSS JOIN customer c ON c.id = w.rowid "
    f"WHERE w.customer_words MATCH :words AND {_HERE} ORDER BY w.rowid DESC LIMIT :newest) {_BEST})) "
    f"{_BEST}) {_SHOWN}"
)
# MATERIALIZED keeps PostgreSQL's planner from turning the branches into one wide scan.
_POSTGRES_NAMES = (
    f"WITH begins AS MATERIALIZED ({_BEGINNING}), "
    f"words AS MATERIALIZED (SELECT {_MATCH} FROM customer c WHERE {_HERE} "
    f"AND {POSTGRES_WORDS} @@ CAST(:words AS tsquery) LIMIT :newest), "
    f"m AS (SELECT * FROM (SELECT * FROM begins UNION SELECT * FROM words) u {_BEST}) {_SHOWN}"
)
# Names that may be meant by a misspelt one: the newest of those whose words begin so, judged outside.
_NAMED_SO = "SELECT c.id, c.name_fold || ' ' || coalesce(c.more_words, '')"
_SQLITE_BEGUN = (
    f"{_NAMED_SO} FROM customer_words w CROSS JOIN customer c ON c.id = w.rowid "
    f"WHERE w.customer_words MATCH :words AND {_HERE} ORDER BY w.rowid DESC LIMIT :most"
)
_POSTGRES_BEGUN = (
    f"{_NAMED_SO} FROM customer c WHERE {_HERE} AND {POSTGRES_WORDS} @@ CAST(:words AS tsquery) LIMIT :most"
)


FoundRow = tuple[str, int, int, str, str, str | None, str | None, int, int, int, str]
"""A customer as search finds one: why, key, PL number, name, e-mail; key and extension of the phone; whether
flagged, and whether the phone is a former one; the number of the booking, ticket or report meant, else 0; the
old ID or further address that was found, else "". A report has no customer (0, 0), but its till as name."""


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
            self._ending = Thread(target=cancel, args=(driver,), name="search-interrupt", daemon=True)
            self._ending.start()

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = self._driver = None

    def _rows(self, sql: str, values: dict[str, object]) -> list[Any]:
        if not self._is_sqlite:
            with self._database.translated():
                return self._postgres_rows(_postgres(sql), values)
        try:
            found: list[Any] = self._open().execute(sql, values).fetchall()
        except (sqlite3.DatabaseError, OverflowError, UnicodeEncodeError):
            with self._database.translated():
                raise
        return found

    def _postgres_rows(self, sql: str, values: dict[str, object], *, is_again: bool = False) -> list[Any]:
        """The rows; a connection that a restart of the server has ended is made anew, once and unnoticed."""
        driver, connection, interrupts = self._open(), self._connection, self._interrupts
        try:
            return list(driver.execute(sql, values).fetchall())
        except psycopg_error() as error:
            if error.sqlstate == _CANCELLED and interrupts == self._interrupts:
                return self._postgres_rows(sql, values)  # the wish was about an older statement
            if driver.broken and connection is not None:
                connection.invalidate()
                if not is_again and is_lost(error):
                    return self._postgres_rows(sql, values, is_again=True)
            raise unstorable(error) or fault_of(error, None) or error from error

    # -- look-ups, each bounded -------------------------------------------------------------------
    def look_up(self, business: int, wanted: Mapping[str, Any], limit: int) -> list[FoundRow]:
        """What a text may mean, the most exact first, in one statement.

        `wanted` gives a value for each meaning: the number of a `pl`, `booking`, `ticket`,
        `report`, `sale` or `payment`; `imei`, `serial`, `alias`, `old_id` and `old_record` in the forms
        in which they compare; system and ID for an `id_in_system` and a `record_in_system`; the key of a
        `phone`; the beginning of an `email` or `further` one; `final` digits; beginnings of keys as
        `leading`. Of those that mean a range `limit` rows are found.
        """
        starts = wanted.get("leading", ())
        values: dict[str, Any] = {"business": business, "limit": limit, "most": limit + len(wanted)}
        for kind, value in wanted.items():
            if isinstance(value, tuple) and kind in _OLD:
                values[f"system_{kind}"], values[f"code_{kind}"] = value
            elif kind in _EXACT:
                values[kind] = value
            elif kind != "leading":
                values |= _range(kind, value[::-1] if kind == "final" else value)
        for place, start in enumerate(starts):
            values |= _range(f"leading_{place}", start)
        return self._rows(_one_of(tuple(wanted), len(starts)), values)

    def by_name(self, business: int, text: str, limit: int) -> list[FoundRow]:
        """Names with all these words or beginnings of words, in any order."""
        words = query_words(text)
        if not words:
            return []
        low = " ".join(words)
        values: dict[str, object] = {"business": business, "limit": limit, "newest": NEWEST}
        values |= {"low": low, "high": after(low)}
        if self._is_sqlite:
            values["words"] = " ".join(f'"{word}"*' for word in words)
            return self._rows(_SQLITE_NAMES, values)
        values["words"] = " & ".join(f"'{word}':*" for word in words)
        return self._rows(_POSTGRES_NAMES, values)

    def names_that_begin(self, business: int, beginnings: list[list[str]]) -> dict[int, str]:
        """The newest customers with a word that begins in one way of each list: key to folded names."""
        begins, either, both = ('"{0}"*', " OR ", " AND ") if self._is_sqlite else ("'{0}':*", " | ", " & ")
        words = both.join("(" + either.join(map(begins.format, ways)) + ")" for ways in beginnings)
        values: dict[str, object] = {"business": business, "words": words, "most": ALIKE}
        return dict(self._rows(_SQLITE_BEGUN if self._is_sqlite else _POSTGRES_BEGUN, values))

    def customers(self, business: int, keys: list[int]) -> list[FoundRow]:
        """The customers with these keys, in that order, as the names that were meant by another."""
        values: dict[str, object] = {f"key_{place}": key for place, key in enumerate(keys)}
        rows = self._rows(_meant(len(keys)), {"business": business, **values})
        return sorted(rows, key=lambda row: keys.index(row[1]))


@cache
def _meant(count: int) -> str:
    keys = ", ".join(f":key_{place}" for place in range(count))
    # The plus keeps SQLite from reading the customers of a business one after the other.
    here = _HERE.replace("c.business_id", "+c.business_id")
    return f"{_found('alike')} FROM customer c {_PRIMARY} WHERE {here} AND c.id IN ({keys})"


def _range(name: str, start: str) -> dict[str, str]:
    return {f"low_{name}": start, f"high_{name}": after(start)}


@cache
def _one_of(kinds: tuple[str, ...], starts: int) -> str:
    """The statement that looks for several meanings; it ends as soon as there is enough."""
    branches: list[str] = []
    for kind in kinds:
        if kind == "leading":
            branches += [_BY_LEADING.replace("_leading", f"_leading_{place}") for place in range(starts)]
        else:
            branches.append(_EXACT.get(kind) or _RANGES[kind])
    return " UNION ALL ".join(branches) + " LIMIT :most"


@cache
def _postgres(sql: str) -> str:
    """A statement in the driver's words, compared as the text_pattern_ops indexes compare."""
    spelled = re.sub(r">= (:low\w*)", r"~>=~ \1", re.sub(r"< (:high\w*)", r"~<~ \1", sql.replace("%", "%%")))
    return re.sub(r"(?<!:):(\w+)", r"%(\1)s", spelled)
