"""The append-only, hash-chained record of who did what.

An entry's hash covers the hash before it and its own body, so nothing can be changed or taken out
unseen. Personal values (name, phone, ...) stand beside the chain in a row that may be emptied; the body
holds only their salted SHA-256, so that anonymising a person leaves the chain whole.

There is one chain per business and one (`NO_BUSINESS`) for what belongs to none. Beside what a clerk
reads, one entry of a transaction in a chain holds under `rows` the digest of each record that the
transaction wrote, before and after (`domain/base/images.py`), and, where many records came at once, under
`base` the count and weight of all records of the chain, or under `more` and `less` those of the records that
came and went. From these `verify` recomputes whether the records
are what was written.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

GENESIS = "0" * 64
NO_BUSINESS = 0
"""The chain of what belongs to no business."""
PERSONAL = frozenset(
    {"name", "phone", "email", "address", "note", "typed", "contact", "no_phone_reason", "former_name"}
    | {"tax_exempt_reason", "tax_number"}
    | {"accessories", "anyway", "answer", "fault", "found", "imei", "label", "mark", "reason", "serial"}
    | {"words"}
)
"""Names under which an entry may tell of a person: also what was typed freely, and the marks of devices."""
EMPTIED = "sha256:"
"""How what stands in the chain for a personal value begins: all that is left of one that was emptied."""
SEAL_LENGTH = 20
"""Digits of a hash that are printed: 80 bits."""
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit wrote: the kind of record and its key; screens refresh by it."""

    subject: str
    id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry before it is chained."""

    action: str
    subject: str
    subject_id: int
    ref: str
    before: Values | None
    after: Values | None
    business: int


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain at a moment: what stands elsewhere to prove that the chain was not rebuilt.

    `sealed_day` is the last business day (such as 20261121) whose first paper carries the end of that moment.
    """

    business: int
    last: int
    hash: str
    sealed_day: int = 0

    @property
    def seal(self) -> str:
        """What a paper carries: the entry and the beginning of its hash."""
        return f"{self.last}-{self.hash[:SEAL_LENGTH]}"


@dataclass(frozen=True, slots=True)
class JournalLine:
    """An entry as read back, personal values in place (or None once emptied)."""

    id: int
    at: datetime
    till: str
    person: str | None
    action: str
    subject: str
    subject_id: int
    ref: str
    before: Values
    after: Values
    approved_by: str = ""
    """The manager who lent what it needed."""

    @property
    def who(self) -> str:
        """The person, else the till."""
        return self.person or self.till


def personal_hash(salt: str, field: str, value: object) -> str:
    """The salted digest that stands in the chain for a personal value."""
    return EMPTIED + hashlib.sha256(f"{salt}\0{field}\0{value}".encode("utf-8", "surrogatepass")).hexdigest()


def is_personal(entry: Entry) -> bool:
    """Whether an entry holds a value that stays beside the chain."""
    return any(values is not None and _personal(values) for values in (entry.before, entry.after))


def _personal(values: Values) -> dict[str, object]:
    if PERSONAL.isdisjoint(values):
        return {}
    return {key: value for key, value in values.items() if key in PERSONAL and value not in (None, "")}


def split_personal(entry: Entry, salt: str) -> tuple[dict[str, object], dict[str, dict[str, object]]]:
    """The body for the chain, and the personal values that stay beside it."""
    body: dict[str, object] = {"ref": entry.ref}
    personal: dict[str, dict[str, object]] = {}
    for side, values in (("before", entry.before), ("after", entry.after)):
        if values is None:
            continue
        kept = _personal(values)
        body[side] = values
        if kept:
            body[side] = {**values, **{key: personal_hash(salt, key, one) for key, one in kept.items()}}
            personal[side] = kept
    return body, personal


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical(value: object) -> str:
    """JSON with one spelling for one value, so that a hash can be computed again."""
    return _encode(value)


def chain_hash(previous: str, *parts: object) -> str:
    """The hash of an entry: over the one before it and all that the entry says."""
    return hashlib.sha256(canonical([previous, *parts]).encode("utf-8", "surrogatepass")).hexdigest()
