"""Reports: the opening page or one page of figures over some days, and what is behind each figure."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.domain.base.actor import Permission
from posapp.domain.figures.periods import Comparison, Period
from posapp.domain.figures.reports import Report, ReportTable
from posapp.ui.actions import Action, hint
from posapp.ui.focus_filter import focused
from posapp.ui.history.export_steps import ExportSteps
from posapp.ui.layout import columns, held, rows, sides, top, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.preview.print_watch import why_not_made
from posapp.ui.reports.behind import BehindSheet
from posapp.ui.reports.figures_page import FiguresPage
from posapp.ui.reports.opening_panel import OpeningPanel
from posapp.ui.reports.period_row import PeriodRow
from posapp.ui.reports.presenter import ReportsPresenter
from posapp.ui.reports.question import BOOKS, OVERVIEW, RANGE, Target
from posapp.ui.reports.range_sheet import RangeSheet
from posapp.ui.reports.report_panel import ReportPanel
from posapp.ui.session import Session
from posapp.ui.widgets.buttons import action_button
from posapp.ui.widgets.choices import ChoiceGroup
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.figures.opening import Opening


class ReportsPage(FiguresPage):
    """Opened with the name of a page, or with nothing for the one that was shown last."""

    own_sheets = (BehindSheet, RangeSheet)

    def __init__(self, shell: Shell, session: Session) -> None:
        presenter = ReportsPresenter(session)
        super().__init__(shell, session, presenter)
        self._presenter = presenter
        self._reports: tuple[Report, ...] = ()
        self._has_focus_to_give = False
        self.head = PeriodRow()
        self.head.page_chosen.connect(self._set_page)
        self.head.span_chosen.connect(self._set_span)
        self.head.comparison_chosen.connect(self._compare)
        self.notice = NoticeBar()
        self._export = ExportSteps(
            self,
            shell,
            self._presenter.export,
            self.notice,
            title=self.tr("Export the page"),
            failed=self.tr("The page could not be exported."),
            kinds=("xlsx", "csv", "pdf"),
        )
        self.opening, self.panel = OpeningPanel(self._presenter.wording), ReportPanel()
        for one in (self.opening, self.panel):
            one.opened.connect(self._open)
        self.panel.way_chosen.connect(self._set_way)
        self.panel.hide()
        self._shown: QWidget = self.opening
        export = action_button(self._export_action(), words=self.tr("Export"), size="s")
        self.print_button = action_button(self._print_action(), words=self.tr("Print"), size="s")
        rows(
            sides(wide(self.head), top(held(columns(export, self.print_button, gap=8))), gap=8),
            self.notice,
            wide(self.opening),
            wide(self.panel),
            gap=12,
            pad=16,
            host=self,
        )

    # -- the window's questions --------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        return self.tr("Reports")

    def own_actions(self) -> tuple[Action, ...]:
        """What works here."""
        tr = self.tr
        return (
            hint("Alt+1…6", tr("Period")),
            hint("Tab", tr("Next panel")),
            hint("Return", tr("Show rows behind a figure")),
            Action(
                "reports_swap",
                tr("Chart or table"),
                "Alt+T",
                self._swap,
                when=lambda: self._shown_swap() is not None,
            ),
            self._export_action(),
            self._print_action(),
        )

    def _print_action(self) -> Action:
        return Action(
            "reports_print",
            self.tr("Print the page"),
            "Ctrl+P",
            self._print,
            icon="printer",
            word=self.tr("Print"),
            needs=Permission.PAPER_PRINT,
        )

    def _export_action(self) -> Action:
        return Action(
            "reports_export",
            self.tr("Export the page"),
            "Ctrl+E",
            self._ask_where,
            icon="download",
            word=self.tr("Export"),
        )

    def first_field(self) -> QWidget | None:
        """The figures."""
        shown = self.opening if self._is_opening else self.panel
        return shown.first_field()

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+6: the period, or the way of the rows while the focus is there."""
        held: ChoiceGroup = self.panel.ways if self.panel.ways.hasFocus() else self.head.spans
        return held.isVisibleTo(self) and held.choose_number(number)

    def activated(self, payload: object = None) -> None:
        """Show the page again, or another one."""
        if isinstance(payload, str) and payload:
            report = "" if payload == OVERVIEW else payload
            self._presenter.question = replace(self._presenter.question, report=report, by="")
        self._presenter.read_reports(self._show_reports, self._failed)
        self.reload()

    @property
    def _is_opening(self) -> bool:
        return not self._presenter.question.report

    # -- reading -----------------------------------------------------------------------------------------
    def _show_reports(self, reports: tuple[Report, ...]) -> None:
        if reports != self._reports:
            self._reports = reports
            self.head.show_reports(reports)
            self._show_question()

    def _show_question(self) -> None:
        presenter, name = self._presenter, self._presenter.question.report
        has_period = all(one.has_period for one in self._reports if one.name == name)
        self.head.show_question(
            presenter.question, presenter.period(), presenter.wording, has_period=has_period
        )

    def reload(self) -> None:
        """Read what is asked for now."""
        self._show_question()
        self.shell.loading.begin(self.tr("Reading the figures"), cancel=self.stop)
        if self._is_opening:
            self._presenter.read_opening(self._show_opening, self._failed)
        else:
            self._presenter.read_table(self._show_table, self._failed)

    def _show_opening(self, told: "Opening") -> None:
        self.opening.show_opening(told, self._reports, self._presenter.wording)
        self._arrived(self.opening)

    def _show_table(self, told: ReportTable) -> None:
        self.panel.show_table(told, self._presenter.wording)
        self._arrived(self.panel)

    def _arrived(self, shown: QWidget) -> None:
        """The page is there: the focus goes into its figures if it was on those of another page."""
        self.shell.loading.end()
        self.notice.hide()
        now = focused()
        is_other = self._shown is not shown
        had_focus = now is not None and self._shown.isAncestorOf(now)
        before, self._shown = self._shown, shown
        before.setVisible(before is shown)
        shown.show()
        if (had_focus and is_other) or self._has_focus_to_give:
            self._has_focus_to_give = False
            self.restore_focus()
        self.keys_changed.emit()

    def _failed(self, error: Exception) -> None:
        self.shell.loading.end()
        sentence = sentence_of(error, self.tr("The figures could not be read."))
        self.notice.offer_again(sentence, self.reload)

    # -- what is asked -----------------------------------------------------------------------------------
    def _set_page(self, name: str) -> None:
        if name == BOOKS:
            self._show_question()
            self.shell.show_page(BOOKS)
            return
        self._presenter.question = replace(self._presenter.question, report=name, by="")
        self.close_own_sheet()
        self.reload()

    def _set_way(self, way: str) -> None:
        self._presenter.question = replace(self._presenter.question, by=way)
        self.close_own_sheet()
        self.reload()

    def _set_span(self, span: str) -> None:
        if span == RANGE:
            self._ask_days()
            return
        self._presenter.question = replace(self._presenter.question, span=span)
        self.close_own_sheet()
        self.reload()

    def _ask_days(self) -> None:
        """The days themselves; until they are chosen nothing changes."""
        self._show_question()
        sheet = RangeSheet(self._presenter.period(), self._presenter.wording)
        sheet.chosen.connect(self._set_days)
        self.shell.open_sheet(self.tr("Days"), sheet)

    def _set_days(self, days: Period) -> None:
        self._presenter.question = self._presenter.question.over(days)
        self.close_own_sheet()
        self.reload()

    def _compare(self, name: str) -> None:
        self._presenter.question = replace(self._presenter.question, comparison=Comparison(name))
        self.reload()

    # -- chart and table ---------------------------------------------------------------------------------
    def _shown_swap(self) -> object:
        shown = self.opening.swapped if self._is_opening else self.panel.swapped
        return shown if shown is not None and shown.has_two else None

    def _swap(self) -> None:
        shown = self.opening.swapped if self._is_opening else self.panel.swapped
        if shown is not None and shown.has_two:
            shown.swap()

    # -- what is behind ----------------------------------------------------------------------------------
    def _open(self, target: Target) -> None:
        """The documents behind a figure, or the page that tells more of it."""
        if not target.report:
            self.shell.notices.status(self.tr("No page tells more of this figure."), "warning")
        elif target.row:
            sheet = BehindSheet(self._presenter, target, self._presenter.period())
            sheet.opened.connect(self.open_number)
            self.shell.open_sheet(target.title, sheet)
        else:
            self._has_focus_to_give = True
            self._set_page(target.report)

    # -- export ------------------------------------------------------------------------------------------
    def _ask_where(self) -> None:
        question, period = self._presenter.question, self._presenter.period()
        self._export.name = f"{question.report or 'revenue'} {period.first} – {period.last}"
        self._export.ask_where()

    def _print(self) -> None:
        """Ctrl+P: the shown page, on a sheet."""
        self.notice.hide()
        self.print_button.set_saving(True, self.tr("Printing"))
        self._presenter.print_page(self._printed, self._not_printed)

    def _printed(self, _rows: int) -> None:
        self.print_button.set_saving(False)
        self.shell.notices.status(self.tr("The page was printed"), "success")

    def _not_printed(self, error: Exception) -> None:
        self.print_button.set_saving(False)
        again = Step(self.tr("Print again"), self._print)
        self.notice.show_message(Message(why_not_made(error), "danger", (again,)))
