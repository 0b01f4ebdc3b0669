"""What a report is: a named page of rows, each with its keys and measures, and the documents behind a row."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from posapp.domain.base.errors import DomainError
from posapp.domain.figures.measures import MEASURES, Better, Measure, Sum, Unit
from posapp.domain.figures.periods import Period

Cell = str | int | date | None
"""A text, a whole number in the unit of its column, or a day; None where nothing can be told."""


def key(name: str, words: str, unit: Unit = Unit.TEXT) -> Measure:
    """A column that says what a row is about."""
    return Measure(name, words, unit, "", sum=Sum.NONE)


MONTH = key("month", "Month", Unit.MONTH)


class Chart(StrEnum):
    """How a page is drawn beside its table."""

    NONE = ""
    BARS = "bars"
    """Over time: one bar a row of a day or month."""
    SHARES = "shares"
    """One lying bar a row, of the whole."""


@dataclass(frozen=True, slots=True)
class Report:
    """A page of figures: its name in commands, its words, what its rows are about and what they tell.

    `bys` are the ways in which its rows may be made, the first one where nothing is said; "" has no name.
    Without a period (`has_period` False) it tells how things stand now.
    """

    name: str
    words: str
    keys: tuple[Measure, ...]
    measures: tuple[str, ...]
    meaning: str = ""
    bys: tuple[str, ...] = ("",)
    chart: Chart = Chart.NONE
    charted: str = ""
    """The measure that the chart shows, "" for the first."""
    has_period: bool = True
    has_behind: bool = True
    """Whether the documents behind a row can be asked for."""

    @property
    def main_measure(self) -> Measure:
        """What is charted, and what the documents behind a row sum up to."""
        return MEASURES[self.charted or self.measures[0]]

    def columns_by(self, by: str) -> tuple[Measure, ...]:
        """The keys and then the measures; a page that is told by month has months where it has days."""
        keys = (MONTH if by == "month" and one.unit is Unit.DAY else one for one in self.keys)
        return (*keys, *(MEASURES[name] for name in self.measures))

    def names_people(self, by: str) -> bool:
        """Whether its rows say customers by name."""
        return by == "customer" or {"customer", "name"} <= {one.name for one in self.keys}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells in the order of the columns; `id` names it when its documents are asked for."""

    id: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a page says of itself in a few words, such as "all explained"."""

    words: str
    is_good: bool


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A page as it was read: rows and foot belong together, read in one snapshot."""

    report: Report
    period: Period
    by: str
    columns: tuple[Measure, ...]
    rows: tuple[Row, ...]
    foot: tuple[Cell, ...]
    """What stands under each column; None under those that have no sum."""
    remark: Remark | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """A document behind a figure: what it adds to it, and what opens it."""

    number: str
    day: date | None
    customer: str
    """Its PL ID, "" for a walk-in."""
    text: str
    amount: int
    """In the unit of the figure."""
    at: int = 0
    """Where the next page goes on: the key of the record."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure of the opening page, beside the same of the days before it."""

    measure: Measure
    now: int | None
    before: int | None

    @property
    def change(self) -> int | None:
        """By how much it differs, in its unit; None where either is not known."""
        return None if self.now is None or self.before is None else self.now - self.before

    @property
    def is_good(self) -> bool | None:
        """Whether the change is good news; None where it is neither."""
        change, better = self.change, self.measure.better
        if not change or better is Better.NEITHER:
            return None
        return (change > 0) is (better is Better.UP)


def summed(columns: tuple[Measure, ...], rows: tuple[Row, ...]) -> tuple[Cell, ...]:
    """The foot of a table: the sums of what is added up; the rest is left to whoever reads it."""
    return tuple(
        sum(cell for row in rows if isinstance(cell := row.cells[place], int))
        if column.sum is Sum.ADDED
        else None
        for place, column in enumerate(columns)
    )


def unknown_report(name: str, known: list[str]) -> DomainError:
    """The refusal of a report that there is none of."""
    return DomainError(
        "report_unknown", f"There is no report {name[:40]}. There are: {', '.join(known)}.", field="name"
    )
