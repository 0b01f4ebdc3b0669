"""The head of the books: which page of the reports, how many days, which ones."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.figures.reports import Report
from posapp.ui.fields.edits import Combo
from posapp.ui.fields.moments import DayPopup
from posapp.ui.reports.books.question import BookDays, Step
from posapp.ui.reports.question import BOOKS
from posapp.ui.reports.values import month_words, period_words
from posapp.ui.reports.words import said
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import button, icon_button
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.wording import Wording


class BooksHead(QWidget):
    """Wraps where it has no room."""

    page_chosen = Signal(str)
    step_chosen = Signal(str)
    moved = Signal(int)
    day_chosen = Signal(object)  # date

    def __init__(self) -> None:
        super().__init__()
        self.pages = Combo()
        self.pages.setAccessibleName(self.tr("Page"))
        self.pages.setFixedSize(theme().px(176), theme().tool_height())
        self.pages.activated.connect(lambda _place: self.page_chosen.emit(self.pages.currentData()))
        self.show_reports(())
        self.steps = Segmented(name=self.tr("Period"), ticks=True)
        self.steps.chosen.connect(self.step_chosen)
        self.before = icon_button("chevron-left", self.tr("Earlier"), kind="", key="Alt+Left")
        self.after = icon_button("chevron-right", self.tr("Later"), kind="", key="Alt+Right")
        self.before.clicked.connect(lambda: self.moved.emit(-1))
        self.after.clicked.connect(lambda: self.moved.emit(1))
        self.day = button("", size="s", icon="calendar", run=self._choose_day)
        self._popup: DayPopup | None = None
        self._days: BookDays | None = None
        flow = FlowLayout(gap=8)
        for part in (self.pages, self.steps, self.before, self.day, self.after):
            flow.addWidget(part)
        self.setLayout(flow)

    def show_reports(self, reports: Sequence[Report]) -> None:
        """The pages that may be read; this one is chosen."""
        self.pages.clear()
        self.pages.addItem(self.tr("Overview"), "")
        for one in reports:
            self.pages.addItem(said(one.words), one.name)
        self.pages.addItem(self.tr("Books"), BOOKS)
        self.choose_own()

    def choose_own(self) -> None:
        """The books are in front again."""
        self.pages.setCurrentIndex(self.pages.findData(BOOKS))

    def show_days(self, days: BookDays, wording: Wording) -> None:
        """Which days are shown now."""
        self._days, self._wording = days, wording
        words = {
            Step.DAY: self.tr("Day"),
            Step.MONTH: self.tr("Month"),
            Step.QUARTER: self.tr("Quarter"),
            Step.YEAR: self.tr("Year"),
        }
        self.steps.set_choices([Choice(step.value, words[step]) for step in Step], days.step.value)
        said = days_words(days, wording)
        self.day.setText(said[:1].upper() + said[1:])

    def _choose_day(self) -> None:
        if self._days is None:
            return
        if self._popup is None:
            self._popup = DayPopup(self)
            self._popup.chosen.connect(self.day_chosen)
        corner = self.day.mapToGlobal(self.day.rect().bottomLeft())
        self._popup.open_at(corner, self._days.day, self._wording.today())


def days_words(days: BookDays, wording: Wording) -> str:
    """`Thu 12 Mar 2026`, `Mar 2026`, `1 Jan – 31 Mar`, `2026`."""
    period = days.period
    match days.step:
        case Step.DAY:
            return wording.day_of_year(period.first)
        case Step.MONTH:
            return month_words(period.first)
        case Step.YEAR:
            return str(period.first.year)
        case _:
            return period_words(period.first, period.last, wording)
