"""Reads the whole journal: does the chain hold, and what does it say about numbers?"""

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, text

from posapp.domain.base.actions import Action
from posapp.domain.base.journal import EMPTIED, NO_BUSINESS, PERSONAL, personal_hash
from posapp.domain.base.numbers import PL, Letter
from posapp.storage.base.journal import OPEN
from posapp.storage.base.tables import journal_head
from posapp.storage.base.verify_chain import Break, Chains, chain_words

_CHAINS = (
    "SELECT j.business_id, j.id, j.at, j.till, j.person, j.action, j.subject, j.subject_id, j.body, j.hash, "
    "p.salt, p.body FROM journal j LEFT JOIN journal_personal p ON p.business_id = j.business_id "
    "AND p.journal_id = j.id ORDER BY j.business_id, j.id"
)
_PORTION = 500
_BUSINESSES = text("SELECT id FROM business")  # a table of a part that stands on this one
_MADE: dict[str, str] = {
    Action.CUSTOMER_CREATED: PL,
    Action.BOOKING_MADE: Letter.BOOKING,
    Action.TICKET_OPENED: Letter.TICKET,
}


@dataclass(slots=True)
class JournalStory:
    """What the journal tells; customers, bookings and tickets map keys to the numbers they were given."""

    entries: int = 0
    broken: list[Break] = field(default_factory=list)
    """Where a chain does not hold; a head counts, too."""
    altered: list[tuple[int, int]] = field(default_factory=list)
    """Entries whose personal values are not those that were hashed."""
    emptied: list[tuple[int, int]] = field(default_factory=list)
    """Entries whose personal values are gone."""
    forgotten: set[tuple[int, int]] = field(default_factory=set)
    """Entries whose personal values went with their person: a later entry lists each of them."""
    customers: dict[int, int] = field(default_factory=dict)
    bookings: dict[int, int] = field(default_factory=dict)
    tickets: dict[int, int] = field(default_factory=dict)
    stocks: dict[int, int] = field(default_factory=dict)
    """What all changes of an item's stock come to."""
    twice: list[int] = field(default_factory=list)
    """PL numbers that were given to two customers."""
    capacities: dict[int, int] = field(default_factory=dict)
    """The largest capacity that a person or bench ever had."""
    skipped: dict[tuple[int, str], list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    """Per business and counter, the spans of numbers that were left out knowingly."""

    kept: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    """Per business, the spans of PL numbers that customers brought along from an old system."""

    def faults(self) -> Iterator[str]:
        """What is wrong with the chains themselves, the first broken entry of each first."""
        gone = set(self.emptied)
        found = [((one.business, one.first), one.words) for one in self.broken]
        for keys, what in (
            (self.altered, "were altered"),
            (gone - self.forgotten, "are gone"),
            (self.forgotten - gone, "are there again"),
        ):
            found += [(key, f"personal values of entry {_named(key)} {what}") for key in keys]
        found.sort(key=lambda one: one[0])
        yield from (words for _, words in found)

    def explains(self, business: int, counter: str, first: int, last: int) -> bool:
        """Whether the journal says why these numbers are missing."""
        for low, high in sorted(self.skipped.get((business, counter), ())):
            if low <= first <= high:
                first = high + 1
        return first > last


def _named(key: tuple[int, int]) -> str:
    business, number = key
    return f"{number} {chain_words(business)}"


_SALTED = re.compile(r'\d,"[0-9a-f]{24}"\]').search
"""What an entry says of a record that holds something of a person (a quote within a text is escaped)."""


def read_story(connection: Connection) -> JournalStory:
    """Go through each chain from its first entry to its head; only what is needed is parsed."""
    story, chains = JournalStory(), Chains()
    owners: dict[tuple[int, int], int] = {}
    heads = {row.business_id: (row.last_id, row.hash) for row in connection.execute(select(journal_head))}
    businesses = (NO_BUSINESS, *connection.execute(_BUSINESSES).scalars())
    entries = 0
    for (
        business, number, _, _, _, action, subject, key, body, _, salt, personal
    ) in chains.followed(entries_of(connection)):  # fmt: skip
        entries += 1
        is_noted = action in _NOTED or subject in _NOTED
        if "sha256:" in body:
            is_personal = True
        elif salt is None:
            is_personal = '"]' in body and _SALTED(body) is not None
        else:
            is_personal = personal != "{}"  # else only the salt stands there
        if is_noted or is_personal:
            said = read_body(body)
            if is_personal:
                _compare_personal(story, (business, number), said, salt, personal)
            if is_noted:
                _note(story, owners, (business, number), action, subject, key, said)
    chains.compare(heads, businesses)
    story.entries, story.broken = entries, chains.breaks
    return story


def _compare_personal(
    story: JournalStory, key: tuple[int, int], body: Mapping[str, Any], salt: str | None, personal: str | None
) -> None:
    """Do the personal values beside an entry stand there, and are they those that it refers to?"""
    if personal is None:
        if _has_personal(body):
            story.emptied.append(key)
    elif not personal:  # it went with its person
        story.emptied.append(key)
    elif personal == "{}":
        if _hashed(body):
            story.altered.append(key)
    elif not _is_own(body, read_body(personal), salt or ""):
        story.altered.append(key)


def entries_of(connection: Connection) -> Iterator[Any]:
    """All entries with what stands beside them; a text that is no text any more is read nevertheless."""
    if connection.dialect.name != "sqlite":
        yield from connection.execute(text(_CHAINS).execution_options(yield_per=5000))
        return
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    done, portion, factory = 0, driver.execute(_CHAINS), driver.text_factory
    while True:
        try:
            rows = portion.fetchmany(_PORTION)
        except sqlite3.OperationalError:  # it is not UTF-8; an index or page that is damaged fails again
            portion = driver.execute(f"{_CHAINS} LIMIT -1 OFFSET {done}")
            driver.text_factory = _any_text
            try:
                rows = portion.fetchmany(_PORTION)
            finally:
                driver.text_factory = factory
            portion = driver.execute(f"{_CHAINS} LIMIT -1 OFFSET {done + len(rows)}")
        if not rows:
            return
        done += len(rows)
        yield from rows


def _any_text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")


# What `json.loads` does, but for blanks, which `canonical` never writes.
_scan: Any = json.JSONDecoder().scan_once  # type: ignore[attr-defined]


def read_body(written: str) -> dict[str, Any]:
    """What an entry says; nothing where somebody wrote another thing there."""
    try:
        value, end = _scan(written, 0)
    except (StopIteration, ValueError):
        return {}  # the chain itself says that this entry is damaged
    return value if isinstance(value, dict) and end == len(written) else {}


def _part(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A part of an entry; an empty one where somebody wrote another thing there."""
    part = body.get(name)
    return part if isinstance(part, dict) else {}


def _hashed(body: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """The personal values that an entry refers to, by side and name: their digests."""
    return {
        (side, name): value
        for side in ("before", "after")
        for name, value in _part(body, side).items()
        if name in PERSONAL and isinstance(value, str) and value.startswith(EMPTIED)
    }


def _has_personal(body: Mapping[str, Any]) -> bool:
    """Whether personal values, or the salt of such, ought to stand beside an entry."""
    told = _part(body, "rows").values()
    return bool(_hashed(body)) or any(isinstance(one, list) and len(one) > OPEN and one[OPEN] for one in told)


def _is_own(body: Mapping[str, Any], personal: Mapping[str, Any], salt: str) -> bool:
    """Whether the personal values beside an entry are just those that it refers to."""
    beside = {
        (side, name): personal_hash(salt, name, value)
        for side in ("before", "after")
        for name, value in _part(personal, side).items()
    }
    return beside == _hashed(body)


_NOTED = frozenset(
    {
        *_MADE,
        Action.ITEM_STOCK,
        Action.IMPORT_BEGUN,
        Action.IMPORT_UNDONE,
        Action.PERSON_ERASED,
        "counter",
        "resource",
    }
)
"""The acts and kinds of records of which numbers are noted."""


def _span(said: Any) -> tuple[int, int]:
    """From the first to the last number; what somebody else wrote there is none."""
    if isinstance(said, list) and len(said) == 2 and all(isinstance(one, int) for one in said):
        return said[0], said[1]
    return 0, 0


def _note(
    story: JournalStory,
    owners: dict[tuple[int, int], int],
    entry: tuple[int, int],
    action: str,
    subject: str,
    subject_id: int,
    body: dict[str, Any],
) -> None:
    business, this = entry
    before, after = _part(body, "before"), _part(body, "after")
    letters = _MADE.get(action)
    number = str(body.get("ref", "")).removeprefix(letters or "")
    if letters == Letter.BOOKING and number.isdecimal():
        story.bookings[subject_id] = int(number)
    elif letters == Letter.TICKET and number.isdecimal():
        story.tickets[subject_id] = int(number)
    elif action == Action.ITEM_STOCK and isinstance(after.get("by"), int):
        story.stocks[subject_id] = story.stocks.get(subject_id, 0) + after["by"]
    elif letters == PL and number.isdecimal():
        story.customers[subject_id] = int(number)
        if owners.setdefault((business, int(number)), subject_id) != subject_id:
            story.twice.append(int(number))
    elif subject == "counter" and "counter" in after:
        low = int(after.get("given_out", before.get("counter", 0))) + 1
        high = max(int(after["counter"]), int(before.get("counter", 0)))
        story.skipped[(subject_id, str(body.get("ref", "")))].append((low, high))
    elif action == Action.IMPORT_BEGUN:
        story.skipped[(business, PL)].append(_span(after.get("pl_left_out")))
        story.kept[business] += map(_span, after.get("pl_kept", ()))
    elif action == Action.IMPORT_UNDONE:
        story.skipped[(business, PL)] += [tuple(span) for span in after.get("pl_numbers", ())]
    elif action == Action.PERSON_ERASED and isinstance(after.get("entries"), list):
        story.forgotten |= {(business, key) for key in after["entries"] if key < this}
    elif subject == "resource":
        for values in (before, after):
            if str(values.get("capacity", "")).isdecimal():
                most = max(story.capacities.get(subject_id, 0), int(values["capacity"]))
                story.capacities[subject_id] = most
