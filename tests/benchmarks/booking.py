"""book: find or create by phone and book, durable and searchable, against the same rows on raw sqlite3."""

import hashlib
import itertools
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import resolve_wall, to_us
from posapp.domain.base.phone import PhoneNumber
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.care.demo import ZONE
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from tests.benchmarks.measure import Case, compared, in_turn, show
from tests.benchmarks.shops import copied, opened, raw

ROUNDS = 300
MINUTES = 30
_CUSTOMER = (
    "INSERT INTO customer (business_id, pl_number, name, name_fold, email, address, note, created_at, "
    "created_by, updated_at, updated_by) VALUES (1, ?, ?, ?, '', '', '', ?, 'Till 1', ?, 'Till 1')"
)
_PHONE = (
    "INSERT INTO phone (business_id, customer_id, key, reversed, extension, typed, label, is_primary, "
    "started_at, started_by) VALUES (1, ?, ?, ?, '', '', '', 1, ?, 'Till 1')"
)
_BOOKING = (
    "INSERT INTO booking (business_id, number, customer_id, service_id, resource_id, starts_at, ends_at, "
    "busy_until, wall_start, zone, minutes, business_day, status, price_minor, source, created_at, "
    "created_by, updated_at, updated_by) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'booked', ?, "
    "'counter', ?, 'Till 1', ?, 'Till 1')"
)
_JOURNAL = (
    "INSERT INTO journal (id, at, business_id, till, action, subject, subject_id, body, hash) "
    "VALUES (?, ?, 1, 'Till 1', ?, ?, ?, ?, ?)"
)
NEXT = "UPDATE counter SET last = last + 1 WHERE business_id = 1 AND name = ? RETURNING last"


def _new_phones() -> Iterator[str]:
    """Valid Irish mobile numbers that the shop does not have: the demo gives out none that begin so."""
    return (f"+35382{number:07}" for number in itertools.count(2_000_000))


def _times(first: date) -> Iterator[datetime]:
    """Quarter hours of working days, each once."""
    for ahead in itertools.count(20):
        day = first + timedelta(days=ahead)
        if day.weekday() < 5:
            for quarter in range(9 * 4, 17 * 4):
                yield datetime.combine(day, time(quarter // 4, quarter % 4 * 15))


class _Bare:
    """The same rows by hand: what any program on sqlite3 has to write."""

    def __init__(self, connection: sqlite3.Connection, service: tuple[int, int | None], bench: int) -> None:
        self._connection = connection
        self._service, self._price = service
        self._bench = bench

    def book(self, phone: str, name: str, wall: datetime) -> None:
        run = self._connection.execute
        now = to_us(datetime.now(ZoneInfo(ZONE)))
        run("BEGIN IMMEDIATE")
        owner = run(
            "SELECT customer_id FROM phone WHERE business_id = 1 AND key = ? AND ended_at IS NULL", (phone,)
        ).fetchone()
        entries: list[tuple[str, str, Any, dict[str, object]]] = []
        if owner is None:
            number = run(NEXT, ("PL",)).fetchone()[0]
            owner = (run(_CUSTOMER, (number, name, name.lower(), now, now)).lastrowid,)
            run(_PHONE, (owner[0], phone, phone[:0:-1], now))
            entries.append(("customer.created", "customer", owner[0], {"name": name, "phone": phone}))
        starts = to_us(resolve_wall(wall, ZONE))
        ends = starts + MINUTES * 60_000_000
        run(
            "SELECT count(*) FROM booking WHERE resource_id = ? AND starts_at > ? AND starts_at < ? AND "
            "busy_until > ? AND status NOT IN ('no_show', 'cancelled')",
            (self._bench, starts - 5_400_000_000, ends, starts),
        ).fetchone()
        number = run(NEXT, ("B",)).fetchone()[0]
        day = wall.year * 10000 + wall.month * 100 + wall.day
        shown = f"{wall:%Y-%m-%dT%H:%M}"
        values = (
            self._service,
            self._bench,
            starts,
            ends,
            ends,
            shown,
            ZONE,
            MINUTES,
            day,
            self._price,
            now,
            now,
        )
        booking = run(_BOOKING, (number, owner[0], *values)).lastrowid
        entries.append(("booking.made", "booking", booking, {"at": shown, "customer": owner[0]}))
        note(run, entries, now)
        run("COMMIT")


def note(run: Callable[..., Any], entries: list[tuple[str, str, Any, dict[str, object]]], now: int) -> None:
    """Write entries into the journal's chain, as bare as can be."""
    last, digest = run("SELECT last_id, hash FROM journal_head WHERE business_id = 1").fetchone()
    for action, subject, key, after in entries:
        last += 1
        body = json.dumps(after)
        digest = hashlib.sha256(f"{digest}{last}{now}{body}".encode()).hexdigest()
        run(_JOURNAL, (last, now, action, subject, key, body, digest))
        if subject == "customer":
            run("INSERT INTO journal_personal VALUES (1, ?, ?, ?)", (last, secrets.token_hex(8), body))
    run("UPDATE journal_head SET last_id = ?, hash = ? WHERE business_id = 1", (last, digest))


def _ours(shop: Shop, actor: Actor, bench: int) -> Callable[[str, str, datetime], object]:
    def book(phone: str, name: str, wall: datetime) -> object:
        who = FindOrCreate(phone=PhoneNumber.from_key(phone), name=name)  # the form has parsed it
        command = MakeBooking(starts=wall, who=who, minutes=MINUTES, resource_id=bench)
        return shop.bookings.book(actor, command)

    return book


def book(customers: int) -> None:
    """New and known customers, each in a transaction of its own that survives a power cut."""
    with copied(customers) as file, copied(customers) as other, opened(file) as (shop, actor):
        catalogue = shop.businesses.catalogue(actor)
        bench = catalogue.resources[-1].id
        service = (catalogue.services[0].id, catalogue.services[0].price_minor)
        bare = raw(other)
        ours, by_hand = _ours(shop, actor, bench), _Bare(bare, service, bench).book
        today = date.today()  # noqa: DTZ011 - any day will do
        known = [row[0] for row in bare.execute("SELECT key FROM phone ORDER BY random() LIMIT 1000")]
        rows = []
        for kind, phones in (("new customer", _new_phones), ("known customer", lambda: iter(known))):
            left, right = (
                zip(phones(), _times(today), strict=False),
                zip(phones(), _times(today), strict=False),
            )
            cases: dict[str, Case] = {
                "posapp": partial(_next_of, ours, left),
                "raw": partial(_next_of, by_hand, right),
            }
            times = in_turn(cases, ROUNDS, warm_up=20)
            rows.append(compared(kind, times["posapp"], times["raw"], most=1.6))
            today += timedelta(days=200)
        bare.close()
    show(f"book, {customers:,} customers (yardstick: the same rows by sqlite3, WAL, FULL)", rows)


def _next_of(book: Callable[[str, str, datetime], object], source: Iterator[tuple[str, datetime]]) -> object:
    phone, wall = next(source)
    return book(phone, f"Zoe Newcomer {phone[-4:]}", wall)
