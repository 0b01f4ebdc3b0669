"""Two customers become one: what is chosen field by field, what moves, and what stands in the way."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from posapp.domain.customers.pl_id import PlId


class MergeField(StrEnum):
    """A field of which one value stays, or both are kept."""

    NAME = "name"
    PHONES = "phones"
    EMAIL = "email"
    ADDRESS = "address"
    NOTE = "note"
    MESSAGES = "messages"
    """Whether messages are allowed."""
    PRICE_LEVEL = "price_level"
    TAX_NUMBER = "tax_number"


class Side(StrEnum):
    """Whose value of a field."""

    SURVIVOR = "survivor"
    LOSER = "loser"


class MoneyRow(StrEnum):
    """A sum that a merge must not change."""

    OWED = "owed"
    CREDIT = "credit"
    DEPOSITS = "deposits"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class MergeCard:
    """A customer of a merge as its head shows them."""

    id: int
    pl_id: PlId
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class FieldSight:
    """A field of both; `keeps_both`: what is not chosen is kept beside it, never dropped."""

    field: MergeField
    survivor: tuple[str, ...]
    loser: tuple[str, ...]
    chosen: Side
    keeps_both: bool = False

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to choose."""
        return self.survivor == self.loser or not self.loser


@dataclass(frozen=True, slots=True)
class SumSight:
    """A sum of both in minor units, and what the survivor will have."""

    row: MoneyRow
    survivor_minor: int
    loser_minor: int
    after_minor: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is lost or made."""
        return self.survivor_minor + self.loser_minor == self.after_minor


@dataclass(frozen=True, slots=True)
class OpenJob:
    """A ticket or booking that is not at its end: number, what it is, state, and whose it is now."""

    number: str
    title: str
    state: str
    of: PlId


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Everything a manager sees before two customers become one, read in one moment.

    `moves` counts what goes to the survivor by table (`ticket`, `sale_order`, `payment`, ...). `blocked` is
    the sentence of what stands in the way, "" if nothing does.
    """

    survivor: MergeCard
    loser: MergeCard
    fields: tuple[FieldSight, ...]
    sums: tuple[SumSight, ...]
    jobs: tuple[OpenJob, ...]
    moves: Mapping[str, int]
    blocked: str = ""
    versions: tuple[int, int] | None = None
    """Those of survivor and loser as shown: `Merge.seen`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The order to merge; `choices` are fields of which the loser's value is to stay.

    `seen` are the versions of survivor and loser that the preview showed: what changed since is refused.
    """

    survivor_id: int
    loser_id: int
    choices: Mapping[MergeField, Side] = field(default_factory=dict)
    seen: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: its key, both PL IDs, how many records moved by table."""

    id: int
    survivor: PlId
    loser: PlId
    survivor_id: int
    moved: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unmerged:
    """What an undo put back, and what it left because it stands elsewhere by now (record names)."""

    survivor: PlId
    loser: PlId
    loser_id: int
    returned: Mapping[str, int]
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PastMerge:
    """A merge into a customer that can be undone: who became a part of it, when, by whom."""

    id: int
    loser: PlId
    at: datetime
    by: str
