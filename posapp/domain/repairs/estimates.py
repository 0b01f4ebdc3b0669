"""An estimate: the priced lines of a ticket in versions, each with what the customer answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
MOST_PIECES, LONGEST_WARRANTY = 10_000, 3650
"""Of one line: pieces, and days of warranty."""


class EstimateStatus(StrEnum):
    """Where a version stands; `replaced` ones gave way to a newer version."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class EstimateLine:
    """A priced line of the device at `position` of the ticket; amounts are stored, in minor units."""

    id: int
    job_id: int
    position: int
    item_id: int | None
    text: str
    quantity: int
    unit_minor: int
    amount_minor: int
    warranty_days: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """One version of a ticket's estimate; `limit_minor` is how far the customer lets the price go."""

    id: int
    version: int
    status: EstimateStatus
    total_minor: int
    limit_minor: int | None
    answered_by: str
    answered_how: str
    answered_at: datetime | None
    recorded_by: str
    created_at: datetime
    created_by: str
    lines: tuple[EstimateLine, ...]
    deposit_minor: int = 0
    """In the answer to a yes: the deposit that the shop asks for now. It is stored nowhere."""

    @property
    def positions(self) -> frozenset[int]:
        """The devices that it prices."""
        return frozenset(line.position for line in self.lines)

    def total_of(self, position: int) -> int:
        """The sum of the stored amounts of one device."""
        return sum(line.amount_minor for line in self.lines if line.position == position)


@dataclass(frozen=True, slots=True)
class Warranty:
    """A guarantee on one line of a repair; `claims` counts the jobs that leaned on it."""

    id: int
    number: str
    device_id: int
    text: str
    starts_at: datetime
    ends_at: datetime
    claims: int

    def days_left(self, now: datetime) -> int:
        """Whole days that remain, a begun one counted; 0 once it is over."""
        return max(0, -((now - self.ends_at) // DAY))

    def is_over(self, now: datetime) -> bool:
        """Whether the term has run out."""
        return self.ends_at <= now


def approved_of(versions: Sequence[Estimate]) -> Estimate | None:
    """The version that holds: the newest approved one."""
    return next((one for one in versions if one.status == EstimateStatus.APPROVED), None)


def asked_of(versions: Sequence[Estimate]) -> Estimate | None:
    """The version that waits for the customer's answer: only the newest can."""
    return versions[0] if versions and versions[0].status == EstimateStatus.ASKED else None


def approved_limit(versions: Sequence[Estimate]) -> int | None:
    """How far the customer lets the price go, from the newest yes; None before any."""
    holding = approved_of(versions)
    if holding is None:
        return None
    return holding.total_minor if holding.limit_minor is None else holding.limit_minor
