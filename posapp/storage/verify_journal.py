"""Reads the whole journal once: does the chain hold, and what does it say about numbers and records?"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from posapp.domain.journal import GENESIS, chain_hash, personal_hash
from posapp.storage.tables import journal, journal_head, journal_personal

_CHAIN = (
    select(journal, journal_personal.c.salt, journal_personal.c.body.label("personal"))
    .select_from(journal.outerjoin(journal_personal, journal_personal.c.journal_id == journal.c.id))
    .order_by(journal.c.id)
    .execution_options(yield_per=5000)
)
_MADE = {"customer.created": "PL", "booking.made": "B", "ticket.opened": "T"}


@dataclass(slots=True)
class JournalStory:
    """What the journal tells; customers, bookings and tickets map keys to the numbers they were given."""

    entries: int = 0
    broken: list[int] = field(default_factory=list)
    """Entries whose hash does not follow from the one before; the head counts as the last."""
    altered: list[int] = field(default_factory=list)
    """Entries whose personal values are not those that were hashed."""
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

    def explains(self, business: int, counter: str, first: int, last: int) -> bool:
        """Whether the journal says why these numbers are missing."""
        for low, high in sorted(self.skipped.get((business, counter), ())):
            if low <= first <= high:
                first = high + 1
        return first > last


def read_story(connection: Connection) -> JournalStory:
    """Go through the journal from its first entry to its head."""
    story, previous, last_id = JournalStory(), GENESIS, 0
    owners: dict[tuple[int, int], int] = {}
    for row in connection.execute(_CHAIN):
        story.entries += 1
        if row.hash != _hash_after(previous, row) or row.id != last_id + 1:
            story.broken.append(row.id)
        previous, last_id = row.hash, row.id
        body = _object(row.body)
        if row.personal and not _is_own(body, _object(row.personal), row.salt):
            story.altered.append(row.id)
        _note(story, owners, row, body)
    head = connection.execute(select(journal_head.c.last_id, journal_head.c.hash)).first()
    if head is None or (head.last_id, head.hash) != (last_id, previous):
        story.broken.append(last_id + 1)
    return story


def _hash_after(previous: str, row: Any) -> str:
    return chain_hash(
        previous,
        row.id,
        row.at,
        row.business_id,
        row.till,
        row.person,
        row.action,
        row.subject,
        row.subject_id,
        row.body,
    )


def _object(written: str) -> dict[str, Any]:
    try:
        value = json.loads(written)
    except ValueError:
        return {}  # the chain itself says that this entry is damaged
    return value if isinstance(value, dict) else {}


def _is_own(body: Mapping[str, Any], personal: Mapping[str, Any], salt: str) -> bool:
    return bool(personal) and all(
        body.get(side, {}).get(name) == personal_hash(salt, name, value)
        for side, values in personal.items()
        for name, value in values.items()
    )


def _note(story: JournalStory, owners: dict[tuple[int, int], int], row: Any, body: dict[str, Any]) -> None:
    before, after = body.get("before") or {}, body.get("after") or {}
    letters = _MADE.get(row.action)
    number = str(body.get("ref", "")).removeprefix(letters or "")
    if letters == "B" and number.isdecimal():
        story.bookings[row.subject_id] = int(number)
    elif letters == "T" and number.isdecimal():
        story.tickets[row.subject_id] = int(number)
    elif row.action == "item.stock" and isinstance(after.get("by"), int):
        story.stocks[row.subject_id] = story.stocks.get(row.subject_id, 0) + after["by"]
    elif letters == "PL" and number.isdecimal():
        story.customers[row.subject_id] = int(number)
        if owners.setdefault((row.business_id or 0, int(number)), row.subject_id) != row.subject_id:
            story.twice.append(int(number))
    elif row.subject == "counter" and "counter" in after:
        low = int(after.get("given_out", before.get("counter", 0))) + 1
        high = max(int(after["counter"]), int(before.get("counter", 0)))
        story.skipped[(row.subject_id, str(body.get("ref", "")))].append((low, high))
    elif row.subject == "resource":
        for values in (before, after):
            if str(values.get("capacity", "")).isdecimal():
                most = max(story.capacities.get(row.subject_id, 0), int(values["capacity"]))
                story.capacities[row.subject_id] = most
