"""Recomputes the rules of the trade from the records: read-only questions, each with what it found.

Everything here reads one snapshot. Questions are set-based where SQL can ask them, and stream where it
cannot, so that a shop of a million customers is checked in a minute or two and in little memory.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from heapq import heappop, heappush
from typing import Any

from sqlalchemy import Connection, text

from posapp.domain.bookings import BookingStatus
from posapp.domain.clock import from_us, to_us, wall_of
from posapp.domain.documents import from_json
from posapp.domain.errors import PosappError
from posapp.domain.phone_plans import KEY
from posapp.storage.bookings import WALL
from posapp.storage.counters import ALL
from posapp.storage.manifests import Manifest
from posapp.storage.tables import metadata
from posapp.storage.verify_heads import Heads
from posapp.storage.verify_journal import JournalStory, read_story
from posapp.storage.verify_repairs import (
    QUESTIONS,
    Question,
    faults_of_passcodes,
    faults_of_photos,
    faults_of_stock,
)
from posapp.storage.verify_replay import Replay
from posapp.storage.verify_upkeep import overdue
from posapp.storage.verify_words import faults_of_index, faults_of_words

EXAMPLES = 5
_VISITS = ", ".join(f"'{state}'" for state in BookingStatus if state.is_visit)
_FREE = ", ".join(f"'{state}'" for state in BookingStatus if not state.takes_time)


@dataclass(slots=True)
class Finding:
    """What one rule looked at and what is wrong; `examples` are the first faults, people by PL ID only."""

    checked: int = 0
    failed: int = 0
    examples: list[str] = field(default_factory=list)

    def blame(self, faults: Iterable[str]) -> "Finding":
        """Count faults and keep the first few."""
        for fault in faults:
            self.failed += 1
            if len(self.examples) < EXAMPLES:
                self.examples.append(fault)
        return self


class Rules:
    """The rules as questions on one connection; each method answers one."""

    def __init__(
        self,
        connection: Connection,
        now: datetime,
        *,
        is_sqlite: bool,
        backups: Iterable[Manifest] = (),
    ) -> None:
        self._connection = connection
        self._backups = backups
        self._now = to_us(now)
        self._is_sqlite = is_sqlite
        self._differs = "IS NOT" if is_sqlite else "IS DISTINCT FROM"

    def _rows(self, sql: str) -> Iterator[Any]:
        yield from self._connection.execute(text(sql).execution_options(yield_per=10_000))

    def _count(self, sql: str) -> int:
        return int(self._connection.execute(text(sql)).scalar_one())

    @cached_property
    def _story(self) -> JournalStory:
        return read_story(self._connection, self._replay)

    @cached_property
    def _replay(self) -> Replay:
        return Replay(self._connection, is_sqlite=self._is_sqlite)

    # -- the database itself ---------------------------------------------------------------------
    def file(self) -> Finding:
        """SQLite reads every page and index; on a server no index and no constraint is invalid."""
        if self._is_sqlite:
            found = Finding(self._count("SELECT page_count FROM pragma_page_count"))
            said = (str(row[0]) for row in self._rows("PRAGMA integrity_check(100)"))
            return found.blame(line for line in said if line != "ok")
        found = Finding(self._count("SELECT count(*) FROM pg_index"))
        found.blame(
            f"index {row[0]}"
            for row in self._rows(
                "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
                "WHERE NOT (i.indisvalid AND i.indisready)"
            )
        )
        return found.blame(
            f"constraint {row[0]}"
            for row in self._rows("SELECT conname FROM pg_constraint WHERE NOT convalidated")
        )

    def references(self) -> Finding:
        """Whatever a record points to exists."""
        found = Finding()
        for table, key, column, other, target in _references():
            found.checked += self._count(f"SELECT count({column}) FROM {table}")
            rows = self._rows(
                f"SELECT a.{key}, a.{column} FROM {table} a LEFT JOIN {other} b ON b.{target} = a.{column} "
                f"WHERE a.{column} IS NOT NULL AND b.{target} IS NULL"
            )
            found.blame([f"{table} {row[0]}: {column} {row[1]}" for row in rows])
        return found

    def businesses(self) -> Finding:
        """No record of one business points to a record of another; every business has its counters."""
        found = Finding(self._count("SELECT count(*) FROM business"))
        for what, sql in _STRAYS.items():
            found.blame(f"{what} {row[0]}" for row in self._rows(sql))
        counters = self._rows(
            "SELECT b.id FROM business b LEFT JOIN counter c ON c.business_id = b.id "
            f"GROUP BY b.id HAVING count(c.name) <> {len(ALL)}"
        )
        return found.blame(f"counters of business {row[0]}" for row in counters)

    # -- customers -------------------------------------------------------------------------------
    def phones(self) -> Finding:
        """A current number has one customer, is canonical, and is nobody's former number."""
        found = Finding(self._count("SELECT count(*) FROM phone"))
        found.blame(
            f"phones {row[0]} are one number"
            for row in self._rows(
                "SELECT min(id) FROM phone WHERE ended_at IS NULL "
                "GROUP BY business_id, key HAVING count(*) > 1"
            )
        )
        found.blame(
            f"phone {row.id} is not in canonical form"
            for row in self._rows("SELECT id, key, reversed FROM phone")
            if not KEY.fullmatch(row.key) or row.reversed != row.key.removeprefix("+")[::-1]
        )
        return found.blame(
            f"phone {row[0]} is called former"
            for row in self._rows(
                "SELECT f.id FROM phone f WHERE f.is_former AND (f.ended_at IS NULL OR EXISTS ("
                "SELECT 1 FROM phone p WHERE p.business_id = f.business_id AND p.key = f.key "
                "AND p.id <> f.id AND (p.is_former OR p.ended_at IS NULL)))"
            )
        )

    def primary_phones(self) -> Finding:
        """Whoever has numbers has exactly one primary one."""
        found = Finding(self._count("SELECT count(DISTINCT customer_id) FROM phone WHERE ended_at IS NULL"))
        found.blame(
            f"customer {row[0]}"
            for row in self._rows(
                "SELECT customer_id FROM phone WHERE ended_at IS NULL GROUP BY customer_id "
                "HAVING sum(CASE WHEN is_primary THEN 1 ELSE 0 END) <> 1"
            )
        )
        return found.blame(
            f"phone {row[0]} has ended"
            for row in self._rows("SELECT id FROM phone WHERE is_primary AND ended_at IS NOT NULL")
        )

    def pl_ids(self) -> Finding:
        """Every PL ID is unique and not above the counter, and the journal never gave one out twice."""
        found = Finding(self._count("SELECT count(*) FROM customer"))
        found.blame(
            f"PL{row[0]} is carried by {row[1]}"
            for row in self._rows(
                "SELECT pl_number, count(*) FROM customer GROUP BY business_id, pl_number HAVING count(*) > 1"
            )
        )
        found.blame(self._above_counter("customer", "pl_number", "PL"))
        return found.blame(f"PL{number} was given out twice" for number in self._story.twice)

    def pl_gaps(self) -> Finding:
        """Where a PL ID is missing, the journal says why."""
        return self._gaps("customer", "pl_number", "PL")

    def last_visits(self) -> Finding:
        """The last visit on the record is that of the bookings."""
        found = Finding(self._count("SELECT count(*) FROM customer"))
        return found.blame(
            f"PL{row[0]}"
            for row in self._rows(
                "SELECT c.pl_number FROM customer c LEFT JOIN (SELECT customer_id, max(starts_at) AS last "
                f"FROM booking WHERE status IN ({_VISITS}) GROUP BY customer_id) v ON v.customer_id = c.id "
                f"WHERE c.last_visit_at {self._differs} v.last"
            )
        )

    def search_words(self) -> Finding:
        """The words by which a customer is found are those of the names, and the index holds just them."""
        found = Finding(self._count("SELECT count(*) FROM customer"))
        found.blame(f"words of PL{number}" for number in faults_of_words(self._connection))
        if self._is_sqlite:
            found.blame(f"index entry of customer {key}" for key in faults_of_index(self._connection))
        return found

    # -- bookings --------------------------------------------------------------------------------
    def booking_numbers(self) -> Finding:
        """Booking numbers are unique and without holes."""
        return self._numbers("booking", "B")

    def capacity(self) -> Finding:
        """No person or bench is taken beyond its capacity, save by bookings that carry a reason.

        Bookings of the past are held to the largest capacity their bench ever had, since it may shrink.
        """
        now = {row.id: row.capacity for row in self._rows("SELECT id, capacity FROM resource")}
        ever = {key: max(value, self._story.capacities.get(key, 0)) for key, value in now.items()}
        found, resource, running = Finding(), None, list[int]()
        for row in self._rows(
            "SELECT resource_id, starts_at, busy_until, number FROM booking "
            f"WHERE override_reason IS NULL AND status NOT IN ({_FREE}) ORDER BY resource_id, starts_at"
        ):
            found.checked += 1
            if row.resource_id != resource:
                resource, running = row.resource_id, []
            while running and running[0] <= row.starts_at:
                heappop(running)
            heappush(running, row.busy_until)
            allowed = now if row.starts_at >= self._now else ever
            if len(running) > allowed.get(resource, 0):
                found.blame([f"B{row.number} is one too many"])
        return found

    def times(self) -> Finding:
        """The UTC time of a booking is what its wall clock and zone say, and its end what its length says."""
        found = Finding(self._count("SELECT count(*) FROM booking"))
        found.blame(
            f"B{row[0]} ends at another time"
            for row in self._rows(
                "SELECT number FROM booking "
                "WHERE ends_at <> starts_at + minutes * 60000000 OR busy_until < ends_at"
            )
        )
        return found.blame(
            f"B{row.number} says {row.wall_start} in {row.zone}"
            for row in self._rows(
                "SELECT zone, wall_start, starts_at, min(number) AS number FROM booking "
                "GROUP BY zone, wall_start, starts_at"
            )
            if not _agrees(row.wall_start, row.zone, row.starts_at)
        )

    # -- repairs ---------------------------------------------------------------------------------
    def ticket_numbers(self) -> Finding:
        """Ticket numbers are unique and without holes."""
        return self._numbers("ticket", "T")

    def ask(self, question: Question) -> Finding:
        """A question about repairs."""
        found = Finding(self._count(question.counted))
        for words, sql in question.faults:
            found.blame(words.format(*row) for row in self._rows(sql))
        return found

    def stock(self) -> Finding:
        """The stock of each item is the sum of its changes."""
        found = Finding(self._count("SELECT count(*) FROM item"))
        return found.blame(faults_of_stock(self._connection, self._story.stocks))

    def passcodes(self) -> Finding:
        """No passcode is kept in clear text."""
        found = Finding(self._count("SELECT count(*) FROM job WHERE passcode IS NOT NULL"))
        return found.blame(faults_of_passcodes(self._connection))

    def upkeep(self) -> Finding:
        """What is promised after some days has happened."""
        found = Finding(self._count("SELECT count(*) FROM job WHERE passcode IS NOT NULL"))
        return found.blame(overdue(self._connection, self._now))

    def photos(self) -> Finding:
        """Every photo is the one that was kept."""
        found = Finding(self._count("SELECT count(*) FROM photo"))
        return found.blame(faults_of_photos(self._connection))

    # -- papers and journal ----------------------------------------------------------------------
    def documents(self) -> Finding:
        """Every stored paper can be read and is that of its booking."""
        found = Finding(self._count("SELECT count(*) FROM document"))
        found.blame(
            f"paper {row[0]}"
            for row in self._rows(
                "SELECT d.id FROM document d JOIN booking b ON b.id = d.booking_id "
                "WHERE d.business_id <> b.business_id OR d.number <> 'B' || b.number"
            )
        )
        return found.blame(
            f"paper {row.id} of {row.number}"
            for row in self._rows("SELECT id, number, snapshot FROM document")
            if not _reads(row.snapshot, row.number)
        )

    def copies(self) -> Finding:
        """The copies of a paper are numbered from 1 without holes."""
        found = Finding(self._count("SELECT count(*) FROM print_job"))
        return found.blame(
            f"paper {row[0]}"
            for row in self._rows(
                "SELECT document_id FROM print_job GROUP BY document_id "
                "HAVING min(copy) <> 1 OR max(copy) <> count(*) OR count(*) <> count(DISTINCT copy)"
            )
        )

    def journal(self) -> Finding:
        """The chain holds from the first entry to the head, and each entry's personal values are its own."""
        found = Finding(self._story.entries)
        return found.blame(self._story.faults())

    def records(self) -> Finding:
        """Every record is what its last entry left, and no entry tells of one that is not there."""
        assert self._story.entries >= 0  # the replay hears the entries while the story is read
        found = Finding(self._replay.count())
        return found.blame(self._replay.faults())

    def heads(self) -> Finding:
        """The journal's ends of earlier moments, on papers and beside backups, are still in it."""
        heads = Heads(self._connection, self._backups)
        found = Finding().blame(heads.faults())
        found.checked = heads.checked
        return found

    def journalled(self) -> Finding:
        """Every customer, booking and ticket that the journal says was made is there, with its number."""
        found = Finding()
        for subject, letters, made in (
            ("customer", "PL", self._story.customers),
            ("booking", "B", self._story.bookings),
            ("ticket", "T", self._story.tickets),
        ):
            column = "pl_number" if subject == "customer" else "number"
            found.checked += len(made)
            missing = dict(made)
            for row in self._rows(f"SELECT id, {column} FROM {subject}"):
                if missing.get(row[0]) == row[1]:
                    del missing[row[0]]
            found.blame(f"{letters}{number} is lost" for number in missing.values())
        return found

    # -- numbers ---------------------------------------------------------------------------------
    def _above_counter(self, table: str, column: str, counter: str) -> Iterator[str]:
        for row in self._rows(
            f"SELECT r.{column} FROM {table} r LEFT JOIN counter c ON c.business_id = r.business_id "
            f"AND c.name = '{counter}' WHERE r.{column} > coalesce(c.last, 0) OR r.{column} < 1"
        ):
            yield f"{counter}{row[0]} is above the counter"

    def _numbers(self, table: str, counter: str) -> Finding:
        found = self._gaps(table, "number", counter)
        found.blame(
            f"{counter}{row[0]} stands twice"
            for row in self._rows(
                f"SELECT number FROM {table} GROUP BY business_id, number HAVING count(*) > 1"
            )
        )
        return found.blame(self._above_counter(table, "number", counter))

    def _gaps(self, table: str, column: str, counter: str) -> Finding:
        found = Finding(self._count(f"SELECT count(*) FROM {table}"))
        inner = (
            "SELECT business_id, "
            f"lag({column}, 1, 0) OVER (PARTITION BY business_id ORDER BY {column}) AS low, "
            f"{column} AS high FROM {table}"
        )
        tail = (
            f"SELECT c.business_id, coalesce(max(r.{column}), 0) AS low, c.last + 1 AS high FROM counter c "
            f"LEFT JOIN {table} r ON r.business_id = c.business_id WHERE c.name = '{counter}' "
            "GROUP BY c.business_id, c.last"
        )
        for sql in (inner, tail):
            for row in self._rows(f"SELECT business_id, low, high FROM ({sql}) g WHERE high > low + 1"):
                if not self._story.explains(row.business_id, counter, row.low + 1, row.high - 1):
                    found.blame([f"{counter}{row.low + 1} to {counter}{row.high - 1} are missing"])
        return found


Rule = tuple[str, str, Callable[[Rules], Finding]]
RULES: tuple[Rule, ...] = (
    ("file", "The database is whole", Rules.file),
    ("references", "Whatever a record points to exists", Rules.references),
    ("businesses", "Businesses are apart from each other", Rules.businesses),
    ("phones", "One customer per phone number", Rules.phones),
    ("primary_phones", "One primary number per customer", Rules.primary_phones),
    ("pl_ids", "PL IDs are unique and within the counter", Rules.pl_ids),
    ("pl_gaps", "Missing PL IDs are explained", Rules.pl_gaps),
    ("last_visits", "Last visits equal the bookings", Rules.last_visits),
    ("search_words", "Search finds what the records say", Rules.search_words),
    ("booking_numbers", "Booking numbers have no holes", Rules.booking_numbers),
    ("capacity", "Nobody is booked beyond capacity", Rules.capacity),
    ("times", "UTC times equal the wall clock", Rules.times),
    ("ticket_numbers", "Ticket numbers have no holes", Rules.ticket_numbers),
    *((one.code, one.sentence, partial(Rules.ask, question=one)) for one in QUESTIONS),
    ("stock", "Stock equals its changes", Rules.stock),
    ("passcodes", "Passcodes are encrypted", Rules.passcodes),
    ("upkeep", "What is promised after some days has happened", Rules.upkeep),
    ("photos", "Photos are whole", Rules.photos),
    ("documents", "Papers can be read", Rules.documents),
    ("copies", "Copies are numbered without holes", Rules.copies),
    ("journal", "The journal's chain holds", Rules.journal),
    ("records", "No record was changed without an entry", Rules.records),
    ("heads", "The journal is the one that papers and backups name", Rules.heads),
    ("journalled", "What the journal says was made is there", Rules.journalled),
)

_STRAYS = {
    "phone": "SELECT p.id FROM phone p JOIN customer c ON c.id = p.customer_id "
    "WHERE c.business_id <> p.business_id",
    "alias": "SELECT a.id FROM alias a JOIN customer c ON c.id = a.customer_id "
    "WHERE c.business_id <> a.business_id",
    "customer": "SELECT a.id FROM customer a JOIN customer c ON c.id = a.merged_into "
    "WHERE c.business_id <> a.business_id",
    "booking": "SELECT b.id FROM booking b JOIN customer c ON c.id = b.customer_id "
    "JOIN service s ON s.id = b.service_id JOIN resource r ON r.id = b.resource_id "
    "WHERE c.business_id <> b.business_id OR s.business_id <> b.business_id "
    "OR r.business_id <> b.business_id",
    "person of booking": "SELECT b.id FROM booking b JOIN contact c ON c.id = b.contact_id "
    "WHERE c.customer_id <> b.customer_id",
    "paper": "SELECT d.id FROM document d JOIN customer c ON c.id = d.customer_id "
    "WHERE c.business_id <> d.business_id",
    "hours": "SELECT h.id FROM working_hours h JOIN resource r ON r.id = h.resource_id "
    "WHERE r.business_id <> h.business_id",
    "day": "SELECT d.id FROM day_exception d JOIN resource r ON r.id = d.resource_id "
    "WHERE r.business_id <> d.business_id",
}


def _references() -> Iterator[tuple[str, str, str, str, str]]:
    """Every foreign key of the schema: table, the key of its rows, column, other table, its column."""
    for table in metadata.sorted_tables:
        [key, *_] = table.primary_key.columns
        for one in table.foreign_keys:
            if one.constraint is not None and len(one.constraint.elements) > 1:
                continue  # the same once more with the business, for PostgreSQL
            yield table.name, key.name, one.parent.name, one.column.table.name, one.column.name


def _agrees(wall: str, zone: str, starts_at: int) -> bool:
    try:
        return wall_of(from_us(starts_at), zone).strftime(WALL) == wall
    except (PosappError, OverflowError):
        return False


def _reads(snapshot: str, number: str) -> bool:
    try:
        return from_json(snapshot).number == number
    except PosappError:
        return False
