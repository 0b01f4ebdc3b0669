"""A page of the reports on A4 and Letter: its days, a chart, and the table, whose head repeats."""

from typing import Final

from posapp.domain.figures.papers import ReportLine, ReportPaper
from posapp.printing.base.fonts import Weight
from posapp.printing.base.layout import Sheet
from posapp.printing.base.page import BODY, PagePaper
from posapp.printing.base.part import Additions
from posapp.printing.base.text import Line, Style, fit, measure, one_line, wrap
from posapp.printing.figures import charts
from posapp.printing.figures.columns import Columns, fitted, needed, wanted

_FOOT: Final = 70
_BETWEEN: Final = 3
_NOTHING: Final = "Nothing to tell."


def put_report(sheet: Sheet, document: ReportPaper, additions: Additions) -> None:
    """The page upright, or lying where its columns have no room beside each other."""
    columns = wanted(document)
    if needed(columns) > sheet.frame.width:
        sheet.frame = sheet.frame.lying
    page = PageReport(sheet, document, fitted(columns, document, sheet.frame.width))
    page.fill(additions.copy, additions.logo)


class PageReport(PagePaper[ReportPaper]):
    """A page of the reports."""

    last_words = ""

    def __init__(self, sheet: Sheet, document: ReportPaper, columns: Columns) -> None:
        super().__init__(sheet, document)
        self.foot = self.page_end - _FOOT
        self.end = self.foot - 30
        self._columns = columns
        self._places = columns.places(self.left)

    def paper_facts(self) -> list[tuple[str, str]]:
        """What it tells, with what it is compared, in which money, when and by whom it was made."""
        paper = self.document
        return [
            ("About", paper.about),
            ("Compared", paper.compared),
            ("Amounts", paper.shop.currency),
            ("Made", ", ".join(said for _, said in super().paper_facts() if said)),
        ]

    def body(self) -> None:
        """The chart, the rows, and the sums below the rule."""
        paper = self.document
        high = charts.height_of(paper)
        if high:
            self.turn(high)
            charts.draw(self.sheet, paper)
            self.sheet.space(30)
        if not paper.lines:
            self.flow(wrap(_NOTHING, Style(BODY), self.width), self.left, self.width)
            return
        self.turn(200)
        self._head()
        for line in paper.lines:
            self._line(line, Weight.REGULAR)
        self._sums()
        self.flow(wrap(paper.remark, Style(BODY), self.width), self.left, self.width)

    def _sums(self) -> None:
        foot = self.document.foot
        self.turn(60 * len(foot), self._head)
        self.sheet.rule()
        self.sheet.space(14)
        for place, line in enumerate(foot):
            self._line(line, Weight.REGULAR if place else Weight.SEMIBOLD)
        self.sheet.space(20)

    def _head(self) -> None:
        """The words of the columns, on as many lines as the longest needs, all ending at the rule."""
        style = Style(self._columns.size, Weight.SEMIBOLD)
        told = [
            wrap(one.words, style, width)
            for one, width in zip(self.document.columns, self._columns.widths, strict=True)
        ]
        high = max(sum(line.height for line in lines) for lines in told)
        top = self.sheet.y
        for place, lines in enumerate(told):
            self.sheet.y = top + high - sum(line.height for line in lines)
            self._cell(lines, place)
        self.sheet.y = top + high + 8
        self.sheet.rule()
        self.sheet.space(14)

    def _line(self, line: ReportLine, weight: Weight) -> None:
        style = Style(self._columns.size, weight)
        columns = zip(line.cells, self.document.columns, self._columns.widths, strict=True)
        cells = [
            [one_line(text, style, width)] if column.is_figure else fit(text, style, width)
            for text, column, width in columns
        ]
        least = measure("0", style).height
        high = max([least, *(sum(one.height for one in lines) for lines in cells)])
        self.turn(high + _BETWEEN, self._head)
        top = self.sheet.y
        for place, lines in enumerate(cells):
            self.sheet.y = top
            self._cell(lines, place)
        self.sheet.y = top + high + _BETWEEN

    def _cell(self, lines: list[Line], place: int) -> None:
        is_figure = self.document.columns[place].is_figure
        self.sheet.block(
            lines,
            self._places[place],
            self._columns.widths[place],
            "right" if is_figure else "start",
        )
