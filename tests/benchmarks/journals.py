"""journal: the chain of a long journal checked, and a page of it read, against raw sqlite3 and hashlib."""

import hashlib
import itertools
import json
import sqlite3
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from posapp.domain.base.journal import canonical
from posapp.services.care.journal import JournalAsked
from posapp.services.desks import Shop
from posapp.storage.base.journal import hash_after
from posapp.storage.base.verify_base import Asking
from posapp.storage.care.verify import journal as rule
from tests.benchmarks.measure import Case, compared, in_turn, show
from tests.benchmarks.shops import folder, opened, raw
from tests.factories import DAY, TILL, a_booking, a_customer, a_shop, at
from tests.sales import a_sale

ENTRIES = 1_000_000
_COLUMNS = "business_id, id, at, till, person, action, subject, subject_id, body, hash"
_ADD = f"INSERT INTO journal ({_COLUMNS}) VALUES ({', '.join('?' * 10)})"
_CHAIN = f"SELECT {_COLUMNS} FROM journal WHERE business_id = 1 ORDER BY id"
_WITH = "LEFT JOIN journal_personal p ON p.business_id = j.business_id AND p.journal_id = j.id"
_PAGE = (
    f"SELECT j.*, p.body FROM journal j {_WITH} WHERE j.business_id = 1 AND j.id < :before {{more}}"
    "ORDER BY j.id DESC LIMIT 200"
)
_OF_KIND = "AND j.action >= 'booking.' AND j.action < 'booking/' "


def _hashed(connection: sqlite3.Connection) -> None:
    """The barest check of a chain: read each entry and hash what it says after the hash before it."""
    encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
    previous = ""
    for row in connection.execute(_CHAIN):
        said = encode([previous, *row[:-1]]).encode("utf-8", "surrogatepass")
        if previous and hashlib.sha256(said).hexdigest() != row[-1]:
            raise SystemExit("The journal of the benchmark is not a chain.")
        previous = row[-1]


def _page(connection: sqlite3.Connection, before: int, more: str = "") -> list[object]:
    """The barest page: its entries with what stands beside them, read as JSON."""
    rows = connection.execute(_PAGE.format(more=more), {"before": before})
    return [(row, json.loads(row[8]), json.loads(row[10] or "{}")) for row in rows]


def _lengthened(file: Path, entries: int) -> None:
    """Repeat what a day of work wrote, each time about other records, until the journal is so long."""
    connection = raw(file)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("BEGIN IMMEDIATE")
    found = connection.execute(f"{_CHAIN}").fetchall()
    pattern = [row for row in found if row[5] != "demo.built"]
    last, previous = found[-1][1], found[-1][-1]
    salts = dict(connection.execute("SELECT journal_id, salt FROM journal_personal WHERE business_id = 1"))
    beside = dict(connection.execute("SELECT journal_id, body FROM journal_personal WHERE business_id = 1"))
    for number, row, shift in _repeated(pattern, last, entries - len(found)):
        values = dict(zip(_COLUMNS.split(", "), row, strict=True))
        values |= {"id": number, "at": row[2] + shift * 1_000_000, "body": _shifted(row[8], shift)}
        values["subject_id"] = row[7] + shift * 1000
        previous = values["hash"] = hash_after(previous, values)
        connection.execute(_ADD, tuple(values.values()))
        if row[1] in salts:
            personal = (number, salts[row[1]], beside[row[1]])
            connection.execute("INSERT INTO journal_personal VALUES (1, ?, ?, ?)", personal)
    connection.execute(
        "UPDATE journal_head SET last_id = ?, hash = ? WHERE business_id = 1", (number, previous)
    )
    connection.execute("COMMIT")
    connection.close()


def _repeated(pattern: list[Any], last: int, count: int) -> Iterator[tuple[int, Any, int]]:
    rows = ((row, shift) for shift in itertools.count(1) for row in pattern)
    for number, (row, shift) in enumerate(itertools.islice(rows, count), start=last + 1):
        yield number, row, shift


def _shifted(body: str, shift: int) -> str:
    """The same said of other records."""
    told = json.loads(body)
    if "rows" in told:
        told["rows"] = {_other(name, shift): one for name, one in told["rows"].items()}
    return canonical(told)


def _other(name: str, shift: int) -> str:
    kind, _, key = name.partition(" ")
    return f"{kind} {int(key) + shift * 1000}" if key.isdecimal() else f"{name}/{shift}"


def _worked(shop: Shop) -> None:
    """What a till writes in a day: people, bookings and sales."""
    actor = shop.actor(TILL)
    for number in range(40):
        customer = a_customer(shop, actor, note=f"door {number}")
        a_booking(shop, actor, customer, starts=at(9 + number % 8, day=DAY + timedelta(1 + number // 8)))
        a_sale(shop, actor, customer_id=customer.id)


def journal(_customers: int) -> None:
    """A million entries."""
    with tempfile.TemporaryDirectory(dir=folder()) as place:
        file = Path(place) / "shop.db"
        shop = a_shop(file)
        _worked(shop)
        shop.close()
        _lengthened(file, ENTRIES)
        connection = raw(file)
        with opened(file) as (shop, actor):

            def check() -> None:
                with shop.store.look(actor, snapshot=True) as uow:
                    found = rule(Asking(uow.connection, uow.now, is_sqlite=uow.is_sqlite))
                    if found.failed:
                        raise SystemExit(f"The journal of the benchmark is broken: {found.examples}")

            times = in_turn({"posapp": check, "raw": partial(_hashed, connection)}, 3)
            middle = ENTRIES // 2
            of_kind = JournalAsked(about="booking")
            pages: dict[str, Case] = {
                "page": partial(shop.journal.page, actor, JournalAsked(before=middle)),
                "raw page": partial(_page, connection, middle),
                "kind": partial(shop.journal.page, actor, of_kind),
                "raw kind": partial(_page, connection, ENTRIES + 1, _OF_KIND),
            }
            read = in_turn(pages, 100, warm_up=5)
        connection.close()
    rows = [
        compared("the chain checked", times["posapp"], times["raw"], most=2),
        compared("a page from the middle", read["page"], read["raw page"], most=4),
        compared("the newest of one kind", read["kind"], read["raw kind"], most=4),
    ]
    show(f"journal, {ENTRIES:,} entries (yardstick: the same entries read and hashed)", rows)
