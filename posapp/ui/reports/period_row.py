"""The head of the page: which page, which days, compared with which."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.figures.periods import Comparison, Period, Span
from posapp.domain.figures.reports import Report
from posapp.ui.fields.edits import Combo
from posapp.ui.reports.question import BOOKS, RANGE, SPANS, Question
from posapp.ui.reports.values import period_words
from posapp.ui.reports.words import said
from posapp.ui.theme import theme
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.wording import Wording


class PeriodRow(QWidget):
    """Wraps where it has no room. Each signal tells the key of what was chosen."""

    page_chosen = Signal(str)
    span_chosen = Signal(str)
    comparison_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.pages = self._combo(self.tr("Page"), 176)
        self.compare = self._combo(self.tr("Compare"), 192)
        self.spans = Segmented(name=self.tr("Period"), ticks=True)
        self.spans.chosen.connect(self.span_chosen)
        for words, one in (
            (self.tr("Compare: before"), Comparison.BEFORE),
            (self.tr("Compare: last year"), Comparison.LAST_YEAR),
            (self.tr("Compare: nothing"), Comparison.NONE),
        ):
            self.compare.addItem(words, one.value)
        self.pages.activated.connect(lambda _place: self.page_chosen.emit(self.pages.currentData()))
        self.compare.activated.connect(lambda _place: self.comparison_chosen.emit(self.compare.currentData()))
        flow = FlowLayout(gap=8)
        for part in (self.pages, self.spans, self.compare):
            flow.addWidget(part)
        self.setLayout(flow)

    def _combo(self, name: str, width: float) -> Combo:
        made = Combo()
        made.setAccessibleName(name)
        made.setFixedSize(theme().px(width), theme().tool_height())
        return made

    def show_reports(self, reports: Sequence[Report]) -> None:
        """The pages that may be read; the chosen one stays."""
        kept = self.pages.currentData()
        self.pages.clear()
        self.pages.addItem(self.tr("Overview"), "")
        for one in reports:
            self.pages.addItem(said(one.words), one.name)
        self.pages.addItem(self.tr("Books"), BOOKS)
        self.pages.setCurrentIndex(max(self.pages.findData(kept), 0))

    def show_question(
        self, question: Question, period: Period, wording: Wording, *, has_period: bool
    ) -> None:
        """What is asked now; some pages tell how things stand, whatever the days."""
        words = {
            Span.TODAY: self.tr("Today"),
            Span.WEEK: self.tr("7 days"),
            Span.FOUR_WEEKS: self.tr("28 days"),
            Span.MONTH: self.tr("Month"),
            Span.YEAR: self.tr("Year"),
        }
        days = period_words(period.first, period.last, wording)
        named = [Choice(one.value, words[one]) for one in SPANS]
        self.spans.set_choices([*named, Choice(RANGE, days, "calendar")], question.span)
        self.pages.setCurrentIndex(max(self.pages.findData(question.report), 0))
        self.compare.setCurrentIndex(self.compare.findData(question.comparison.value))
        self.compare.setVisible(not question.report)
        self.spans.setVisible(has_period)
