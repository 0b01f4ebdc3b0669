"""The books of some days beside the Z reports of the same days: each difference, and what explains it."""

from dataclasses import dataclass
from datetime import date

from posapp.domain.selling.payments import Tender


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document that explains a part of a difference: a payment (P), or a count (Z) with its note.

    What is not `is_enough` says where the difference is, and not why: a count without a note.
    """

    number: str
    day: date
    customer: str
    text: str
    amount_minor: int
    is_enough: bool = True


@dataclass(frozen=True, slots=True)
class Compared:
    """One tender of one drawer; `report` is the number of its Z, "" while it is open.

    The Z says what was paid until the drawer was closed, of cash what was counted; it belongs to the day on
    which the drawer was opened. The books have each payment on its own business day.
    """

    report: str
    day: date
    till: str
    tender: Tender
    z_minor: int
    books_minor: int
    explanations: tuple[Explanation, ...]

    @property
    def difference_minor(self) -> int:
        """The Z less the books."""
        return self.z_minor - self.books_minor

    @property
    def unexplained_minor(self) -> int:
        """What of the difference no document says why it is."""
        explained = sum(one.amount_minor for one in self.explanations if one.is_enough)
        return self.difference_minor - explained


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """All drawers of some days."""

    rows: tuple[Compared, ...]

    @property
    def unexplained(self) -> int:
        """How many differences are not explained."""
        return sum(one.unexplained_minor != 0 for one in self.rows)
