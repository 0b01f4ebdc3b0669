"""Reads the pages of the reports and what lies behind a figure, and gives them out."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.ui.presenter import Done, Failed
from posapp.ui.preview.paper_card import sheet_of
from posapp.ui.preview.print_watch import paper_output
from posapp.ui.reports.figures_presenter import PAGE, FiguresPresenter
from posapp.ui.reports.question import Question, Target

if TYPE_CHECKING:
    from posapp.domain.figures.opening import Opening
    from posapp.domain.figures.periods import Period
    from posapp.domain.figures.reports import Behind, ReportTable
    from posapp.services.figures.report_files import AskedReport
    from posapp.ui.session import Session


class ReportsPresenter(FiguresPresenter):
    """Holds the question; what is read was asked with the question of that moment."""

    topic = "reports"

    def __init__(self, session: "Session") -> None:
        super().__init__(session)
        self.question = Question()

    def period(self) -> "Period":
        """The days of the question."""
        return self.question.period(self.today())

    def read_opening(self, done: "Done[Opening]", failed: Failed) -> None:
        """The opening page."""
        period, comparison = self.period(), self.question.comparison
        self.read(
            lambda shop, actor: shop.reports.opening(actor, period, comparison),
            done,
            failed,
            topic=PAGE,
            lane=self.lane,
        )

    def read_table(self, done: "Done[ReportTable]", failed: Failed) -> None:
        """The page of the question."""
        question, period = self.question, self.period()
        self.read(
            lambda shop, actor: shop.reports.read(actor, question.report, period, by=question.by),
            done,
            failed,
            topic=PAGE,
            lane=self.lane,
        )

    def read_behind(
        self, target: Target, period: "Period", after: int, *, done: "Done[Sequence[Behind]]", failed: Failed
    ) -> None:
        """The next documents behind a row."""
        self.read(
            lambda shop, actor: shop.reports.behind(
                actor, target.report, period, target.row, by=target.by, after=after
            ),
            done,
            failed,
            topic="behind",
            lane=self.lane,
        )

    def asked(self) -> "AskedReport":
        """The page as it is given out; the opening page goes out as its revenue by day."""
        from posapp.services.figures.report_files import AskedReport

        question = self.question
        return AskedReport(
            name=question.report or "revenue",
            period=self.period(),
            by=question.by,
            comparison=question.comparison,
        )

    def export(self, path: Path, *, replace: bool = False, done: Done[int], failed: Failed) -> None:
        """Write the page to a file as its name ends; `done` gets the number of rows."""
        asked, sheet = self.asked(), sheet_of(self.session.region)
        self.do(
            lambda shop, actor: shop.report_files.save(actor, asked, path, paper=sheet, replace=replace),
            done,
            failed,
            lane=self.lane,
        )

    def print_page(self, done: Done[int], failed: Failed) -> None:
        """Print the page and wait for the outcome; one that fails is as good the next time."""
        asked = self.asked()
        output = paper_output(self.session, sheet_of(self.session.region))
        self.do(
            lambda shop, actor: shop.report_files.print(actor, asked, output.paper, output.printer),
            done,
            failed,
            lane=self.session.lanes.paper,
        )
