"""What customers owe the shop and the shop owes them: entries, of which every balance is a sum.

An entry above zero means that the customer owes more (or has less credit), one below zero the opposite.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from posapp.domain.selling.ages import aged


class Account(StrEnum):
    """Which part of a balance an entry belongs to.

    Debt is what sales ask for less what was paid. Deposits are bound to a ticket or booking, credit is free:
    both stand below zero while the shop owes them.
    """

    DEBT = "debt"
    DEPOSIT = "deposit"
    CREDIT = "credit"


@dataclass(frozen=True, slots=True)
class DepositMove:
    """What one order did to the deposits for a ticket or booking; below zero where it took some.

    `used_minor` of it settled the order itself, the rest became credit or went back. `refund_of_id` is the
    order that gave it back again, None but for refunds.
    """

    order_id: int
    refund_of_id: int | None
    amount_minor: int
    used_minor: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `number` is that of the order or payment it comes from, `about` the ticket or booking."""

    id: int
    account: Account
    amount_minor: int
    number: str
    about: str
    day: date
    at: datetime
    by: str

    @property
    def shown_about(self) -> str:
        """What it is about where its own number does not say so already."""
        return self.about if self.about != self.number else ""


@dataclass(frozen=True, slots=True)
class Due:
    """A sale that still asks for money, or a part of an opening balance (no number)."""

    number: str
    owed_minor: int
    day: date


@dataclass(frozen=True, slots=True)
class Settled:
    """What a payment took off the debt for a sale (no number: one without a sale)."""

    number: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Held:
    """A deposit that the shop still holds for a ticket or booking.

    `ticket` is the one whose sale takes it off, where that came of the booking.
    """

    number: str
    amount_minor: int
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a customer stands; all amounts are at or above zero but the balance (above zero: owes)."""

    debt_minor: int
    credit_minor: int
    deposits: tuple[Held, ...]
    dues: tuple[Due, ...]

    @property
    def balance_minor(self) -> int:
        """Everything together."""
        return self.debt_minor - self.all_credit_minor

    def aged(self, on: date) -> tuple[int, ...]:
        """What is owed by its age on a day (`AGE_WORDS`)."""
        return aged(((one.day, one.owed_minor) for one in self.dues if one.owed_minor > 0), on)

    @property
    def all_credit_minor(self) -> int:
        """All that the shop owes the customer, deposits included."""
        return self.credit_minor + sum(one.amount_minor for one in self.deposits)
