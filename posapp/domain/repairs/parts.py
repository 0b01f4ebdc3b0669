"""What repairs take of the items of the catalogue."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PartState(StrEnum):
    """What became of parts that were set aside for a job."""

    RESERVED = "reserved"
    USED = "used"
    RETURNED = "returned"
    SCRAPPED = "scrapped"


@dataclass(frozen=True, slots=True)
class PartUse:
    """Some pieces of an item on one device of a ticket."""

    id: int
    number: str
    position: int
    job_id: int
    item_id: int
    sku: str
    name: str
    quantity: int
    state: PartState
    reason: str
    since: datetime
    by: str
