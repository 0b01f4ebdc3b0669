"""Devices that the shop lends while it repairs the customer's own."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Loan:
    """A loaner that went out with a ticket; `back_at` is None while it is out."""

    id: int
    loaner_id: int
    name: str
    serial: str
    number: str
    out_at: datetime
    out_by: str
    back_at: datetime | None
    back_by: str
    note: str


@dataclass(frozen=True, slots=True)
class Loaner:
    """A device to lend, and the loan with which it is out right now."""

    id: int
    name: str
    serial: str
    is_archived: bool
    loan: Loan | None
