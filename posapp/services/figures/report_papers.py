"""A page of the reports as a paper: its cells as people read them, and what its chart shows."""

from datetime import date
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.base.local_dates import local_day
from posapp.domain.base.money import Money, format_figure
from posapp.domain.figures.cells import shown
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.papers import ReportColumn, ReportLine, ReportPaper
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Cell, Chart, ReportTable
from posapp.domain.shop.businesses import Business
from posapp.services.papers.content import header, made_at, made_by

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

MOST_LINES = 10_000
"""Longer tables are for spreadsheets."""
_FIGURES = (Unit.MONEY, Unit.COUNT, Unit.SHARE, Unit.MINUTES)
_ALL, _BEFORE = "All", "Before"


def paper_of_report(uow: "UnitOfWork", told: ReportTable, before: ReportTable | None) -> ReportPaper:
    """The paper of a page, beside the sums of the days that it is compared with."""
    if len(told.rows) > MOST_LINES:
        raise DomainError(
            "report_long",
            f"The report has {len(told.rows):,} rows, too many for paper. Choose XLSX or fewer days.",
            field="out",
        )
    business = uow.businesses.get()
    write = _Writing(business, told)
    foot = [write.foot(told.foot, _ALL)] * bool(told.rows)
    if before is not None and told.rows:
        foot.append(write.foot(before.foot, _BEFORE))
    report = told.report
    return ReportPaper(
        shop=header(business),
        number=_span(told, told.period, business, uow),
        pl_id="",
        customer_name="",
        made_at=made_at(uow, business),
        made_by=made_by(uow),
        heading=report.words,
        about=report.meaning,
        compared=_span(before, before.period, business, uow) if before is not None else "",
        columns=tuple(ReportColumn(one.words, one.unit in _FIGURES) for one in told.columns),
        lines=tuple(write.line(row.cells) for row in told.rows),
        foot=tuple(foot),
        remark=told.remark.words if told.remark else "",
        chart=report.chart.value if write.charted is not None else "",
        charted=told.columns[write.charted].words if write.charted is not None else "",
    )


def _span(told: ReportTable, period: Period, business: Business, uow: "UnitOfWork") -> str:
    """The days of a page; of one that tells how things stand now, today."""
    if not told.report.has_period:
        return local_day(business.day_of(uow.now), business.locale)
    days = dict.fromkeys(local_day(one, business.locale) for one in (period.first, period.last))
    return " – ".join(days)


class _Writing:
    """The cells of one page, as its business writes them."""

    def __init__(self, business: Business, told: ReportTable) -> None:
        self._business, self._columns = business, told.columns
        self.charted = _charted(told)
        days = [cell for row in told.rows if isinstance(cell := row.cells[0], date)]
        self._begin = min(days, default=None)

    def line(self, cells: tuple[Cell, ...]) -> ReportLine:
        """A row, with what the chart needs of it."""
        value = cells[self.charted] if self.charted is not None else 0
        return ReportLine(self._shown(cells), value if isinstance(value, int) else 0, self._place(cells[0]))

    def foot(self, cells: tuple[Cell, ...], words: str) -> ReportLine:
        """Sums, with their name under the first column."""
        return ReportLine((words, *self._shown(cells)[1:]))

    def _shown(self, cells: tuple[Cell, ...]) -> tuple[str, ...]:
        locale, currency = self._business.locale, self._business.currency
        return tuple(
            shown(
                column.unit,
                cell,
                locale,
                lambda minor: format_figure(Money(minor, currency), locale),
                lambda day: local_day(day, locale),
            )
            for column, cell in zip(self._columns, cells, strict=True)
        )

    def _place(self, cell: Cell) -> int:
        """Where a day or month stands on the axis, from the first row on."""
        if self._begin is None or not isinstance(cell, date):
            return 0
        if self._columns[0].unit is Unit.MONTH:
            return (cell.year - self._begin.year) * 12 + cell.month - self._begin.month
        return (cell - self._begin).days


def _charted(told: ReportTable) -> int | None:
    """Which column the chart shows; None where there is no chart, as over time by what is no time."""
    report = told.report
    if report.chart is Chart.NONE:
        return None
    if report.chart is Chart.BARS and told.columns[0].unit not in (Unit.DAY, Unit.MONTH):
        return None
    return told.columns.index(report.main_measure)
