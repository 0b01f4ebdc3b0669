"""The opening page of the reports: key figures, revenue by day, tenders, best sellers, technicians."""

from dataclasses import dataclass
from datetime import date

from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import KeyFigure


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of the period, or a month where it is long, beside the same place of the days before."""

    first: date
    amount_minor: int
    before_minor: int | None
    is_closed: bool
    """The shop was closed all day and sold nothing: drawn as a dash."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole: a tender and what came in by it."""

    name: str
    amount_minor: int
    share: int
    """Thousandths of the whole."""


@dataclass(frozen=True, slots=True)
class BestSeller:
    """What brought most, under the name that stood on the receipt."""

    name: str
    count: int
    revenue_minor: int
    profit_minor: int
    """Net revenue less cost."""


@dataclass(frozen=True, slots=True)
class TechnicianLine:
    """What somebody repaired."""

    name: str
    done: int
    minutes_to_ready: int | None
    came_back: int


@dataclass(frozen=True, slots=True)
class Opening:
    """All of it, read from one moment."""

    period: Period
    before: Period | None
    figures: tuple[KeyFigure, ...]
    is_by_month: bool
    bars: tuple[Bar, ...]
    paid: tuple[Part, ...]
    tax_minor: int
    owed_minor: int
    """What customers owe now, whatever the period."""
    best: tuple[BestSeller, ...]
    technicians: tuple[TechnicianLine, ...]
