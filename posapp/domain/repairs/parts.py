"""Goods and parts: a plain catalogue with stock, and what repairs take of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from posapp.domain.base.stamps import Stamps


class ItemKind(StrEnum):
    """Used in repairs, or sold."""

    PART = "part"
    GOODS = "goods"


class PartState(StrEnum):
    """What became of parts that were set aside for a job."""

    RESERVED = "reserved"
    USED = "used"
    RETURNED = "returned"
    SCRAPPED = "scrapped"


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its stock; `reserved` of it are promised to open jobs. The price is in minor units."""

    id: int
    sku: str
    name: str
    kind: ItemKind
    price_minor: int
    stock: int
    reserved: int
    reorder_level: int
    is_archived: bool
    stamps: Stamps

    @property
    def free(self) -> int:
        """How many can still be reserved."""
        return self.stock - self.reserved

    @property
    def is_low(self) -> bool:
        """Whether it is time to order."""
        return self.free <= self.reorder_level


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
