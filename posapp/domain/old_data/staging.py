"""Rows of an import between the file and the shop: cleaned, in the order in which they count."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Role(IntEnum):
    """What a row is to a customer; the names and addresses of a customer are taken in this order."""

    MAIN = 0
    """It makes a customer."""
    FALLBACK = 1
    """It makes one where no main row has that number."""
    LINKED = 2
    """Another row says whose it is."""
    BY_EMAIL = 3
    """A ticket whose customer is known by the address alone."""
    PAST = 4
    """A booking, order or appointment: nothing of it says who the customer is."""
    PASSED = 9
    """Of another kind of person; it counts only where a customer is linked to it."""


KNOWN = "known"
"""The fault of a row that an earlier import brought: it is neither imported again nor refused."""
NO_PHONE = "~"
"""The key of a group without a number begins so."""


class StagedRow(NamedTuple):
    """A row as it is staged; the columns of `staged_record` that a file tells, in their order."""

    batch_id: int
    file: int
    row: int
    collection: str
    role: int
    code: str
    code_fold: str | None
    code_number: int | None
    at: int | None
    phone_key: str | None
    email: str | None
    owner: str | None
    group_key: str | None
    amount_minor: int | None
    status: str | None
    pl_number: int | None
    fault: str | None
    phone_fault: str | None
    warns: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says of a customer, as its `body` holds it; keys that say nothing are left out."""

    name: str = ""
    emails: tuple[str, ...] = ()
    """Those beside the first one, which has a column of its own."""
    phone: tuple[str, str, str] | None = None
    """Extension, mark and what was written of the number that is its key."""
    phones: tuple[tuple[str, str, str, str], ...] = ()
    """Further numbers: key, extension, mark and what was written."""
    address: str = ""
    note: str = ""
    rest: str = ""
    """All other fields, as JSON."""

    @classmethod
    def read(cls, body: str) -> "Told":
        """A body as a value."""
        if not body:
            return _NOTHING
        said = json.loads(body)
        phone = said.get("phone")
        return cls(
            said.get("name", ""),
            tuple(said.get("emails", ())),
            tuple(phone) if phone else None,
            tuple(tuple(one) for one in said.get("phones", ())),
            said.get("address", ""),
            said.get("note", ""),
            said.get("rest", ""),
        )


_NOTHING = Told()


json_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Fields as JSON; made once, because a million rows pass through it."""


def body_of(**said: str | Sequence[object] | None) -> str:
    """A body that says what is not empty."""
    told: Mapping[str, object] = {name: value for name, value in said.items() if value}
    return json_text(told) if told else ""
