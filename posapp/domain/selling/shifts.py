"""A drawer's time from float to count: what it should hold, what was counted, what was verified.

Amounts are whole minor units of the shop's currency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import LIMIT
from posapp.domain.selling.payments import Tender

NOTE_LIMIT, REASON_LIMIT = 500, 200
MOST_PIECES = 1_000_000
"""So many notes or coins of one kind are in no drawer."""


class CashKind(StrEnum):
    """Which way cash goes that no sale moves."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class CashMove:
    """Cash that somebody put into a drawer or took out of it; `day` is its business day."""

    id: int
    kind: CashKind
    amount_minor: int
    reason: str
    at: datetime
    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Verified:
    """What somebody else found when the drawer was counted once more."""

    amount_minor: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Closing:
    """How a shift ended; its number is that of its Z. Nothing of it ever changes.

    `pieces` are the notes and coins as they were counted: what each is worth, and how many; empty where only
    a sum was told.
    """

    number: str
    at: datetime
    by: str
    expected_minor: int
    counted_minor: int
    pieces: tuple[tuple[int, int], ...]
    note: str

    @property
    def difference_minor(self) -> int:
        """What was counted beyond what was expected; below zero where cash is missing."""
        return self.counted_minor - self.expected_minor


@dataclass(frozen=True, slots=True)
class Shift:
    """The shift of a till; `day` is the business day of its opening, `closing` is None while it is open."""

    id: int
    till: str
    day: date
    opened_at: datetime
    opened_by: str
    float_minor: int
    closing: Closing | None

    def is_forgotten(self, today: date) -> bool:
        """Whether it is still open although its business day is over."""
        return self.closing is None and self.day < today


@dataclass(frozen=True, slots=True)
class Drawer:
    """What goes into and out of a drawer in one shift; `cash_minor` is what payments brought."""

    float_minor: int
    in_minor: int
    out_minor: int
    cash_minor: int = 0

    @property
    def expected_minor(self) -> int:
        """What the drawer should hold: X, Z and every check of cash ask this and nothing else."""
        return self.float_minor + self.in_minor - self.out_minor + self.cash_minor


def needs_note(difference_minor: int, above_minor: int) -> bool:
    """Whether a difference of either sign has to be explained; a limit of 0 asks for no words at all."""
    return 0 < above_minor < abs(difference_minor)


@dataclass(frozen=True, slots=True)
class TenderSum:
    """What one tender brought in a shift, less what went back by it; `rounding_minor` is in it."""

    tender: Tender
    count: int
    amount_minor: int
    rounding_minor: int


def card_sum(tenders: Sequence[TenderSum]) -> int:
    """What the terminal should have taken: all cards of a shift, less what went back to them."""
    return sum(one.amount_minor for one in tenders if one.tender is Tender.CARD)


def drawer_of(shift: Shift, moves: Sequence[CashMove], cash_minor: int) -> Drawer:
    """What a shift's records make of its drawer; `cash_minor` is the sum of its payments in cash."""
    sums = {kind: sum(move.amount_minor for move in moves if move.kind is kind) for kind in CashKind}
    return Drawer(shift.float_minor, sums[CashKind.IN], sums[CashKind.OUT], cash_minor)


def day_within(shift: Shift, moves: Sequence[CashMove], today: date, last: date) -> date:
    """The business day of what is written into a shift now: never before the last one of the shift.

    `last` is that of its sales and payments so far.
    """
    return max(shift.day, today, last, *(move.day for move in moves))


def check_cash(minor: int, *, field: str, least: int = 0) -> int:
    """An amount of cash that a drawer can hold; `DomainError` amount_invalid."""
    if not least <= minor < LIMIT:
        words = (
            "Enter an amount above zero." if 0 <= minor < least else "Enter an amount such as 50 or 12.50."
        )
        raise DomainError("amount_invalid", words, field=field)
    return minor


def counted_sum(pieces: Sequence[tuple[int, int]]) -> int:
    """What notes and coins come to."""
    return sum(minor * count for minor, count in pieces)


def pieces_text(pieces: Sequence[tuple[int, int]]) -> str:
    """Notes and coins as they are stored, in minor units: `2000x3,50x4`."""
    return ",".join(f"{minor}x{count}" for minor, count in pieces)


def pieces_of(text: str) -> tuple[tuple[int, int], ...]:
    """The way back from `pieces_text`; raises `ValueError` for anything else."""
    found = []
    for part in filter(None, text.split(",")):
        minor, _, count = part.partition("x")
        found.append((int(minor), int(count)))
    return tuple(found)
