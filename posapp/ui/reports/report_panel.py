"""One page of figures: its ways as chips, its table with sums, and behind Alt+T the chart of those rows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from posapp.domain.figures.reports import Chart, ReportTable, Row
from posapp.ui.focus_filter import focused
from posapp.ui.layout import columns, emptied, put, rows, wide
from posapp.ui.reports.bar_chart import BarChart
from posapp.ui.reports.bars import line_words, table_bars, table_shares, unit_of
from posapp.ui.reports.question import Target, charted_of
from posapp.ui.reports.shares import ShareList
from posapp.ui.reports.swapped import Swapped
from posapp.ui.reports.table import FootedTable
from posapp.ui.reports.words import said, way_words
from posapp.ui.theme import set_look
from posapp.ui.widgets.cards import Card, EmptyState
from posapp.ui.widgets.choices import ChipGroup, Choice
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording


class ReportPanel(QWidget):
    """`opened` tells where a figure leads, `way_chosen` how the rows are to be made."""

    opened = Signal(object)  # Target
    way_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.told: ReportTable | None = None
        self.ways = ChipGroup(name=self.tr("Rows"))
        self.ways.chosen.connect(self.way_chosen)
        self.meaning = label("", "small", tone="text2", wrap=True)
        self.remark = label("", "small", weight=600)
        self.remark.hide()
        self.empty = EmptyState(self.tr("Nothing in these days."))
        self.empty.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.empty.setAccessibleName(self.empty.sentence.text())
        self.table: FootedTable | None = None
        self.chart: BarChart | ShareList | None = None
        self.swapped: Swapped | None = None
        self._card = Card()
        self._place: QVBoxLayout = rows(gap=0)
        put(self._card.body, wide(self._place), wide(self.empty))
        head = columns(self.ways, wide(self.meaning), self.remark, gap=12)
        rows(head, wide(self._card), gap=12, host=self)

    def first_field(self) -> QWidget:
        """The rows, or the sentence that there are none."""
        is_empty = self.swapped is None or not self.empty.isHidden()
        return self.empty if is_empty or self.swapped is None else self.swapped.shown()

    def show_table(self, told: ReportTable, wording: Wording) -> None:
        """A page; of the same one order, cursor and focus stay."""
        before, self.told = self.told, told
        now = focused()
        had_focus = now is not None and self.isAncestorOf(now)
        is_same = before is not None and (before.columns, before.by) == (told.columns, told.by)
        if not is_same or self.table is None:
            self._build(told, wording)
        else:
            self.table.show_table(told)
        self._show_chart(told, wording)
        ways = [Choice(one, way_words(one)) for one in told.report.bys if one]
        self.ways.set_choices(ways if len(ways) > 1 else (), told.by)
        self.ways.setVisible(len(ways) > 1)
        self.meaning.setText(said(told.report.meaning))
        self._show_remark(told)
        if self.swapped is not None:
            self.swapped.setVisible(bool(told.rows))
        self.empty.setVisible(not told.rows)
        now = focused()
        if had_focus and (now is None or not self.ways.isAncestorOf(now)):
            self.first_field().setFocus()

    def _show_remark(self, told: ReportTable) -> None:
        remark = told.remark
        self.remark.setVisible(remark is not None)
        if remark is not None:
            self.remark.setText(remark.words)
            set_look(self.remark, tone="success" if remark.is_good else "danger")

    def _build(self, told: ReportTable, wording: Wording) -> None:
        was_chart = self.swapped is not None and self.swapped.currentWidget() is self.chart
        emptied(self._place)
        self.table = FootedTable(told, wording)
        self.table.opened.connect(self._open_row)
        self.chart = self._make_chart(told)
        self.swapped = Swapped(self.table, self.chart)
        if was_chart and self.chart is not None:
            self.swapped.swap()
        self._place.addWidget(self.swapped)

    def _make_chart(self, told: ReportTable) -> BarChart | ShareList | None:
        name = said(told.columns[charted_of(told.report, told.by)].words)
        if told.report.chart is Chart.SHARES:
            shares = ShareList(name)
            shares.opened.connect(lambda row: self._open(row.key, row.name))
            return shares
        if told.report.chart is Chart.BARS:
            bars = BarChart(name)
            bars.opened.connect(self._open_bar)
            return bars
        return None

    def _show_chart(self, told: ReportTable, wording: Wording) -> None:
        if isinstance(self.chart, ShareList):
            self.chart.show_shares(table_shares(told, wording))
        elif isinstance(self.chart, BarChart):
            measure = told.columns[charted_of(told.report, told.by)]
            bars, unit = table_bars(told, wording), unit_of(measure, wording)
            self.chart.show_bars(bars, unit, lambda value: line_words(value, measure, wording))

    # -- what is behind ----------------------------------------------------------------------------------
    def _open_row(self, row: Row) -> None:
        first = next((str(cell) for cell in row.cells if isinstance(cell, str) and cell), row.id)
        self._open(row.id, first)

    def _open_bar(self, key: str) -> None:
        assert isinstance(self.chart, BarChart)
        bar = next(one for one in self.chart.bars if one.key == key)
        self._open(key, bar.spoken.rpartition(", ")[0])

    def _open(self, row: str, name: str) -> None:
        told = self.told
        if told is not None:
            title = f"{said(told.report.words)} · {name}"
            unit = told.columns[charted_of(told.report, told.by)].unit
            self.opened.emit(Target(told.report.name, told.by, row, title, unit))
