"""What it means to forget a person: what goes, what stays, and what has to be at its end before."""

from dataclasses import dataclass
from datetime import date, datetime

TAX_YEARS, MOST_TAX_YEARS = 10, 100
"""So many years tax papers keep the name where the shop says nothing else, and at most."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many records of a kind there are; `what` is a code such as "photos"."""

    what: str
    count: int


@dataclass(frozen=True, slots=True)
class Blocker:
    """What keeps a person from being forgotten now, as a code and a sentence."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class OldCopy:
    """A backup that still holds the person, and when it is thinned out if the shop is backed up every day."""

    file: str
    made_at: datetime
    until: date | None


@dataclass(frozen=True, slots=True)
class ErasePlan:
    """What forgetting a customer would do; `tax_until` is the last day on which a tax paper has the name."""

    customer_id: int
    pl_id: str
    version: int
    goes: tuple[Share, ...]
    stays: tuple[Share, ...]
    blocked: tuple[Blocker, ...]
    tax_until: date | None
    backups: tuple[OldCopy, ...]


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done; unless `is_scrubbed`, `posapp upkeep` still has to write the database's file anew."""

    pl_id: str
    goes: tuple[Share, ...]
    stays: tuple[Share, ...]
    tax_until: date | None
    backups: tuple[OldCopy, ...]
    is_scrubbed: bool


def tax_cutoff(today: date, years: int) -> date:
    """Tax papers of before this day were kept for their years, to the end of the last calendar year."""
    return date(max(today.year - years, 1), 1, 1)


def tax_until(made: date, years: int) -> date:
    """The last day on which a tax paper of that day keeps the name."""
    return date(min(made.year + years, date.max.year), 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """Forget a customer; the reason stays on record. `seen_version` is that of the plan that was shown."""

    customer_id: int
    reason: str
    seen_version: int | None = None
