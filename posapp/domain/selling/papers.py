"""The papers of selling."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from posapp.domain.papers.documents import PaperKind, ShopPaper
from posapp.domain.selling import sale_papers


@dataclass(frozen=True, slots=True)
class MoveLine:
    """Cash that went in, or (below zero) out; `at` is the shop's date and time, `by` is shown."""

    at: str
    by: str
    reason: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class PieceLine:
    """Notes or coins of one kind as they were counted."""

    minor: int
    count: int


@dataclass(frozen=True, slots=True)
class TenderLine:
    """What one tender brought, less what went back by it; `tender` as it is stored ("cash")."""

    tender: str
    count: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class SumLine:
    """What was sold, given back or left to be paid in all; `count` is 0 where nothing is counted."""

    what: str
    count: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class RateLine:
    """What a rate of a tax (in millionths) came to."""

    name: str
    rate: int
    net_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class ShiftReport(ShopPaper):
    """What X and Z have in common: the shift of a till, and what its drawer should hold.

    `day` is the business day of the shift (`2026-03-14`), `opened_at` the shop's date and time; `tenders` are
    there since the fourth layout, `sums` and `taxes` since the fifth.
    """

    ADDED: ClassVar[Mapping[int, Mapping[str, object]]] = {
        4: {"tenders": []},
        5: {"sums": [], "taxes": []},
    }

    till: str
    day: str
    opened_at: str
    opened_by: str
    float_minor: int
    moves: tuple[MoveLine, ...]
    expected_minor: int
    tenders: tuple[TenderLine, ...]
    sums: tuple[SumLine, ...]
    taxes: tuple[RateLine, ...]


@dataclass(frozen=True, slots=True)
class XReport(ShiftReport):
    """A look into an open drawer; it has no number, is kept nowhere, and each one is of its own moment."""

    KIND: ClassVar[PaperKind] = PaperKind.X_REPORT

    @property
    def code(self) -> str:
        """There is nothing to find by it."""
        return ""


@dataclass(frozen=True, slots=True)
class ZReport(ShiftReport):
    """How a shift ended, for good; `note` is what the cashier had to say about it.

    `seal` is the end of the shop's journal as the paper was made; it is there since the sixth layout.
    """

    KIND: ClassVar[PaperKind] = PaperKind.Z_REPORT
    ADDED: ClassVar[Mapping[int, Mapping[str, object]]] = {**ShiftReport.ADDED, 6: {"seal": ""}}

    closed_at: str
    closed_by: str
    counted_minor: int
    difference_minor: int
    pieces: tuple[PieceLine, ...]
    note: str
    seal: str = field(default="", kw_only=True)


PAPERS = (XReport, ZReport, *sale_papers.PAPERS)
"""What stays in the shop, and what customers take home."""
