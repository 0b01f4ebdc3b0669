"""The append-only, hash-chained record of who did what.

An entry's hash covers the hash before it and its own body, so nothing can be changed or taken out
unseen. Personal values (name, phone, ...) stand beside the chain in a row that may be emptied; the body
holds only their salted SHA-256, so that anonymising a person leaves the chain whole.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

GENESIS = "0" * 64
PERSONAL = frozenset(
    {"name", "phone", "email", "address", "note", "typed", "contact", "no_phone_reason", "former_name"}
)
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

    @property
    def who(self) -> str:
        """The person, else the till."""
        return self.person or self.till


def personal_hash(salt: str, field: str, value: object) -> str:
    """The salted digest that stands in the chain for a personal value."""
    return (
        "sha256:" + hashlib.sha256(f"{salt}\0{field}\0{value}".encode("utf-8", "surrogatepass")).hexdigest()
    )


def split_personal(entry: Entry, salt: str) -> tuple[dict[str, object], dict[str, dict[str, object]]]:
    """The body for the chain, and the personal values that stay beside it."""
    body: dict[str, object] = {"ref": entry.ref}
    personal: dict[str, dict[str, object]] = {}
    for side, values in (("before", entry.before), ("after", entry.after)):
        if values is None:
            continue
        kept = {key: value for key, value in values.items() if key in PERSONAL and value not in (None, "")}
        body[side] = {**values, **{key: personal_hash(salt, key, value) for key, value in kept.items()}}
        if kept:
            personal[side] = kept
    return body, personal


def canonical(value: object) -> str:
    """JSON with one spelling for one value, so that a hash can be computed again."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chain_hash(previous: str, *parts: object) -> str:
    """The hash of an entry: over the one before it and all that the entry says."""
    return hashlib.sha256(canonical([previous, *parts]).encode("utf-8", "surrogatepass")).hexdigest()
