"""Reads the whole journal once: does the chain hold, and what does it say about numbers and records?"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, select, text

from posapp.domain.base.actions import Action
from posapp.domain.base.journal import EMPTIED, GENESIS, NO_BUSINESS, PERSONAL, personal_hash
from posapp.domain.base.numbers import PL, Letter
from posapp.storage.base.journal import OPEN, hash_after
from posapp.storage.base.tables import journal, journal_head, journal_personal

if TYPE_CHECKING:
    from posapp.storage.base.verify_replay import Replay

_BESIDE = and_(
    journal_personal.c.business_id == journal.c.business_id,
    journal_personal.c.journal_id == journal.c.id,
)
_CHAINS = (
    select(journal, journal_personal.c.salt, journal_personal.c.body.label("personal"))
    .select_from(journal.outerjoin(journal_personal, _BESIDE))
    .order_by(journal.c.business_id, journal.c.id)
    .execution_options(yield_per=5000)
)
_BUSINESSES = text("SELECT id FROM business")  # a table of a part that stands on this one
_MADE = {
    Action.CUSTOMER_CREATED: PL,
    Action.BOOKING_MADE: Letter.BOOKING,
    Action.TICKET_OPENED: Letter.TICKET,
}


@dataclass(slots=True)
class JournalStory:
    """What the journal tells; customers, bookings and tickets map keys to the numbers they were given."""

    entries: int = 0
    broken: list[tuple[int, int]] = field(default_factory=list)
    """Business and key of entries whose hash does not follow from the one before; a head counts, too."""
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

    def faults(self) -> Iterator[str]:
        """What is wrong with the chains themselves."""
        yield from (f"entry {_named(key)}" for key in self.broken)
        yield from (f"personal values of entry {_named(key)}" for key in self.altered)
        gone = set(self.emptied)
        yield from (
            f"personal values of entry {_named(key)} are gone" for key in sorted(gone - self.forgotten)
        )
        yield from (
            f"personal values of entry {_named(key)} are there again" for key in sorted(self.forgotten - gone)
        )

    def explains(self, business: int, counter: str, first: int, last: int) -> bool:
        """Whether the journal says why these numbers are missing."""
        for low, high in sorted(self.skipped.get((business, counter), ())):
            if low <= first <= high:
                first = high + 1
        return first > last


def _named(key: tuple[int, int]) -> str:
    business, number = key
    return f"{number} of business {business}" if business else f"{number} of no business"


def read_story(connection: Connection, replay: "Replay | None" = None) -> JournalStory:
    """Go through each chain from its first entry to its head; `replay` hears what entries say of records."""
    story = JournalStory()
    owners: dict[tuple[int, int], int] = {}
    heads = {row.business_id: (row.last_id, row.hash) for row in connection.execute(select(journal_head))}
    ends = dict.fromkeys((NO_BUSINESS, *connection.execute(_BUSINESSES).scalars()), (0, GENESIS))
    for row in connection.execute(_CHAINS):
        story.entries += 1
        last, previous = ends.get(row.business_id, (0, GENESIS))
        if row.id != last + 1 or row.hash != hash_after(previous, row._mapping):
            story.broken.append((row.business_id, row.id))
        ends[row.business_id] = (row.id, row.hash)
        body = _object(row.body)
        if row.personal or (row.personal is None and not _has_personal(body)):
            if not _is_own(body, _object(row.personal or "{}"), row.salt or ""):
                story.altered.append((row.business_id, row.id))
        else:
            story.emptied.append((row.business_id, row.id))
        _note(story, owners, row, body)
        if replay is not None:
            replay.hear(row.business_id, row.id, row.at, body, row.salt or "")
    for chain in sorted(ends.keys() | heads.keys()):
        if heads.get(chain) != ends.get(chain):
            story.broken.append((chain, ends.get(chain, (0, ""))[0] + 1))
    return story


def _object(written: str) -> dict[str, Any]:
    try:
        value = json.loads(written)
    except ValueError:
        return {}  # the chain itself says that this entry is damaged
    return value if isinstance(value, dict) else {}


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


def _note(story: JournalStory, owners: dict[tuple[int, int], int], row: Any, body: dict[str, Any]) -> None:
    before, after = _part(body, "before"), _part(body, "after")
    letters = _MADE.get(row.action)
    number = str(body.get("ref", "")).removeprefix(letters or "")
    if letters == Letter.BOOKING and number.isdecimal():
        story.bookings[row.subject_id] = int(number)
    elif letters == Letter.TICKET and number.isdecimal():
        story.tickets[row.subject_id] = int(number)
    elif row.action == Action.ITEM_STOCK and isinstance(after.get("by"), int):
        story.stocks[row.subject_id] = story.stocks.get(row.subject_id, 0) + after["by"]
    elif letters == PL and number.isdecimal():
        story.customers[row.subject_id] = int(number)
        if owners.setdefault((row.business_id, int(number)), row.subject_id) != row.subject_id:
            story.twice.append(int(number))
    elif row.subject == "counter" and "counter" in after:
        low = int(after.get("given_out", before.get("counter", 0))) + 1
        high = max(int(after["counter"]), int(before.get("counter", 0)))
        story.skipped[(row.subject_id, str(body.get("ref", "")))].append((low, high))
    elif row.action == Action.PERSON_ERASED and isinstance(after.get("entries"), list):
        story.forgotten |= {(row.business_id, key) for key in after["entries"] if key < row.id}
    elif row.subject == "resource":
        for values in (before, after):
            if str(values.get("capacity", "")).isdecimal():
                most = max(story.capacities.get(row.subject_id, 0), int(values["capacity"]))
                story.capacities[row.subject_id] = most
