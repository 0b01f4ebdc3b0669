"""What a shift sold, gave back and left to be paid: the figures of X and Z beside those of the drawer.

Amounts are whole minor units of the shop's currency.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from posapp.domain.selling.shifts import TenderSum


@dataclass(frozen=True, slots=True)
class RateSum:
    """What one rate of one tax (in millionths) came to, less what refunds gave back of it."""

    name: str
    rate: int
    net_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class Takings:
    """The completed sales and the refunds of a shift; what was voided is in none of it.

    Deposits and gift cards are no revenue: they are in `apart_minor` and in neither of the two sums.
    """

    sales_count: int = 0
    sales_minor: int = 0
    refunds_count: int = 0
    refunds_minor: int = 0
    apart_minor: int = 0
    taxes: tuple[RateSum, ...] = ()

    @property
    def total_minor(self) -> int:
        """What all of it asked for."""
        return self.sales_minor + self.refunds_minor + self.apart_minor


NOTHING = Takings()
"""Of a shift that sold nothing yet."""


class FigureKind(StrEnum):
    """From what was sold to what was taken in, in the order of telling."""

    SALES = "sales"
    REFUNDS = "refunds"
    APART = "apart"
    USED = "used"
    ACCOUNT = "account"
    ROUNDING = "rounding"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Figure:
    """One of them; `count` is 0 where nothing is counted."""

    kind: FigureKind
    count: int
    amount_minor: int


def figures(takings: Takings, tenders: Sequence[TenderSum]) -> tuple[Figure, ...]:
    """How sales lead to the money that came in (rule 11 of money); what there was none of is left out.

    Taken in is money: what deposits, credit and gift cards paid, less what went back to them, is apart. On
    account goes what was sold and not paid, less the debts of before that were paid.
    """
    taken = sum(one.amount_minor for one in tenders if one.tender.is_money)
    used = sum(one.amount_minor for one in tenders if not one.tender.is_money)
    rounded = sum(one.rounding_minor for one in tenders)
    told = (
        Figure(FigureKind.SALES, takings.sales_count, takings.sales_minor),
        Figure(FigureKind.REFUNDS, takings.refunds_count, takings.refunds_minor),
        Figure(FigureKind.APART, 0, takings.apart_minor),
        Figure(FigureKind.USED, 0, -used),
        Figure(FigureKind.ACCOUNT, 0, taken + used - rounded - takings.total_minor),
        Figure(FigureKind.ROUNDING, 0, rounded),
    )
    found = tuple(one for one in told if one.count or one.amount_minor)
    return (*found, Figure(FigureKind.TAKEN, 0, taken)) if found else ()
