"""board, intake: the board of a busy shop with its filters, and taking a device in, against raw sqlite3."""

import itertools
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import to_us
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.repairs.devices import DeviceKind
from posapp.services.care.demo import ZONE
from posapp.services.care.demo_repairs import imei_of
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from posapp.services.repairs.tickets import CardFilter, TakeIn, TakeInDevice
from tests.benchmarks import barest
from tests.benchmarks.booking import NEXT, note
from tests.benchmarks.measure import Case, Row, Times, compared, in_turn, show
from tests.benchmarks.shops import copied, opened, raw

BOARD_ROUNDS, INTAKE_ROUNDS = 200, 300
OPEN = 400
"""Devices in the shop: far more than the demonstration has."""
MOST_MS = 50
_LIST = "ORDER BY j.id DESC LIMIT 200"
_DEVICE = (
    "INSERT INTO device (business_id, kind, make, model, serial, serial_key, imei, created_at, created_by, "
    "updated_at, updated_by) "
    "VALUES (1, 'phone', 'Samsung', 'Galaxy S22', '', '', ?, ?, 'Till 1', ?, 'Till 1')"
)
_TICKET = (
    "INSERT INTO ticket (business_id, number, customer_id, business_day, source, created_at, created_by, "
    "updated_at, updated_by) VALUES (1, ?, ?, ?, 'counter', ?, 'Till 1', ?, 'Till 1')"
)
_JOB = (
    "INSERT INTO job (business_id, ticket_id, position, device_id, state_id, state_since, is_here, fault, "
    "touched_at, created_at, created_by, updated_at, updated_by) "
    "VALUES (1, ?, 1, ?, ?, ?, 1, 'Cracked screen', ?, ?, 'Till 1', ?, 'Till 1')"
)


def fill_board(connection: sqlite3.Connection, count: int) -> None:
    """Bring back so many devices that were collected."""
    states = [row[0] for row in connection.execute("SELECT DISTINCT state_id FROM job WHERE is_here")]
    connection.execute(
        "UPDATE job SET is_here = 1, handed_at = NULL, outcome = NULL, handed_to = '', "
        f"state_id = {min(states)} + id % {len(states)} WHERE id IN "
        f"(SELECT id FROM job WHERE NOT is_here ORDER BY id DESC LIMIT {count})"
    )
    connection.execute("ANALYZE")


def board(customers: int) -> None:
    """What F4 asks for, and what each filter of its list asks for."""
    with copied(customers) as file:
        connection = raw(file)
        fill_board(connection, OPEN)
        with opened(file) as (shop, actor):
            people = shop.businesses.catalogue(actor).resources
            filters: dict[str, tuple[CardFilter, str]] = {
                "everything here": (CardFilter(), ""),
                "one state": (CardFilter(states=("ready",)), "AND j.state_id = 6"),
                "one person": (
                    CardFilter(technician_id=people[0].id),
                    f"AND j.technician_id = {people[0].id}",
                ),
                "a word": (
                    CardFilter(words="galaxy"),
                    "AND (lower(d.make) LIKE '%galaxy%' OR lower(d.model) LIKE '%galaxy%' "
                    "OR lower(d.serial) LIKE '%galaxy%' OR lower(j.fault) LIKE '%galaxy%' "
                    "OR lower(c.name) LIKE '%galaxy%' OR c.name_fold LIKE '%galaxy%')",
                ),
            }
            cases: dict[str, Case] = {
                "board": lambda: shop.tickets.board(actor),
                "raw board": partial(_fetched, connection, barest.CARDS),
            }
            for name, (wanted, condition) in filters.items():
                cases[name] = partial(shop.tickets.cards, actor, wanted)
                sql = f"{barest.CARDS} {condition} {_LIST}"
                cases[f"raw {name}"] = partial(_fetched, connection, sql)
            times = in_turn(cases, BOARD_ROUNDS, warm_up=3)
        connection.close()
    rows = [_row(name, times[name], times[f"raw {name}"]) for name in ("board", *filters)]
    show(f"board, {OPEN} devices of {customers:,} customers (yardstick: the same rows by sqlite3)", rows)


def _row(name: str, posapp: Times, yardstick: Times) -> Row:
    found = compared(name, posapp, yardstick, most=2)
    return Row(name, found.figures, f"{found.goal}; {MOST_MS} ms", found.is_met and posapp.p99 < MOST_MS)


def _fetched(connection: sqlite3.Connection, sql: str) -> list[object]:
    return connection.execute(sql).fetchall()


class _Bare:
    """The same rows by hand."""

    def __init__(self, connection: sqlite3.Connection, state: int) -> None:
        self._connection = connection
        self._state = state

    def take_in(self, phone: str, imei: str) -> None:
        run = self._connection.execute
        wall = datetime.now(ZoneInfo(ZONE))
        now, day = to_us(wall), wall.year * 10000 + wall.month * 100 + wall.day
        run("BEGIN IMMEDIATE")
        [owner] = run(
            "SELECT customer_id FROM phone WHERE business_id = 1 AND key = ? AND ended_at IS NULL", (phone,)
        ).fetchone()
        run("SELECT id FROM device WHERE business_id = 1 AND imei = ? AND imei <> ''", (imei,)).fetchone()
        device = run(_DEVICE, (imei, now, now)).lastrowid
        number = run(NEXT, ("T",)).fetchone()[0]
        ticket = run(_TICKET, (number, owner, day, now, now)).lastrowid
        run(_JOB, (ticket, device, self._state, now, now, now, now))
        note(run, [("ticket.opened", "ticket", ticket, {"device": "Samsung Galaxy S22", "imei": imei})], now)
        run("COMMIT")


def _ours(shop: Shop, actor: Actor) -> Callable[[str, str], object]:
    def take_in(phone: str, imei: str) -> object:
        device = TakeInDevice(
            kind=DeviceKind.PHONE, make="Samsung", model="Galaxy S22", imei=imei, fault="Cracked screen"
        )
        who = FindOrCreate(phone=PhoneNumber.from_key(phone))
        return shop.tickets.take_in(actor, TakeIn(devices=(device,), who=who))

    return take_in


def intake(customers: int) -> None:
    """A device that was never here, of a known customer, in a transaction that survives a power cut."""
    with copied(customers) as file, copied(customers) as other, opened(file) as (shop, actor):
        bare = raw(other)
        state = bare.execute("SELECT id FROM ticket_state WHERE code = 'received'").fetchone()[0]
        phones = [row[0] for row in bare.execute("SELECT key FROM phone ORDER BY random() LIMIT 1000")]
        left, right = _arrivals(phones), _arrivals(phones)
        cases: dict[str, Case] = {
            "posapp": partial(_next_of, _ours(shop, actor), left),
            "raw": partial(_next_of, _Bare(bare, state).take_in, right),
        }
        times = in_turn(cases, INTAKE_ROUNDS, warm_up=20)
        bare.close()
    show(
        f"intake, {customers:,} customers (yardstick: the same rows by sqlite3, WAL, FULL)",
        [compared("a device", times["posapp"], times["raw"], most=2)],
    )


def _arrivals(phones: list[str]) -> Iterator[tuple[str, str]]:
    """Known customers with devices that the shop has never seen."""
    return zip(itertools.cycle(phones), map(imei_of, itertools.count(50_000_000)), strict=False)


def _next_of(take_in: Callable[[str, str], object], source: Iterator[tuple[str, str]]) -> object:
    return take_in(*next(source))
