"""What the page asks for (which page, days, comparison and way), and what lies behind a figure."""

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Comparison, Period, Span, span_of
from posapp.domain.figures.reports import Report

BOOKS, OVERVIEW = "books", "overview"
"""What the books are called among the pages, which have a screen of their own, and the opening page."""
RANGE = "range"
"""The period that has no name: its days are chosen."""
SPANS = (Span.TODAY, Span.WEEK, Span.FOUR_WEEKS, Span.MONTH, Span.YEAR)
"""Those that have a segment, Alt+1 to Alt+5."""


@dataclass(frozen=True, slots=True)
class Question:
    """`report` "" is the opening page; `span` is the name of a `Span`, or RANGE with its `days`."""

    span: str = Span.FOUR_WEEKS.value
    days: Period | None = None
    comparison: Comparison = Comparison.BEFORE
    report: str = ""
    by: str = ""

    def period(self, today: date) -> Period:
        """Its days; a named period moves on with the days of the shop."""
        if self.span == RANGE and self.days is not None:
            return self.days
        return span_of(Span(self.span), today)

    def over(self, days: Period) -> "Question":
        """The same over days of one's own choice."""
        return replace(self, span=RANGE, days=days)


class Target(NamedTuple):
    """What a figure leads to: the documents behind a row of a page, or without a row that page itself."""

    report: str
    by: str = ""
    row: str = ""
    title: str = ""
    unit: Unit = Unit.MONEY


def charted_of(report: Report, by: str) -> int:
    """At which column of a page stands the measure that is charted, and that its documents sum up to."""
    return report.columns_by(by).index(report.main_measure)


_FIRST_ASKED = {
    "average_minor": ("revenue",),
    "tax_minor": ("taxes", "revenue"),
}
"""Where a figure is looked up that stands in no table of its own name, or that has a page of its own."""


def page_of(measure: str, reports: tuple[Report, ...]) -> Target | None:
    """The page that tells a measure, preferably the one that is about it."""
    known = {one.name: one for one in reports}
    for name in _FIRST_ASKED.get(measure, ()):
        if name in known:
            return Target(name)
    telling = [one for one in reports if measure in one.measures]
    telling.sort(key=lambda one: one.main_measure.name != measure)
    return Target(telling[0].name) if telling else None
