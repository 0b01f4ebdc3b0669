"""The opening page: key figures, revenue by day, how customers paid, best sellers, technicians."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.figures.measures import MEASURES, Unit
from posapp.domain.figures.opening import Opening, Part, TechnicianLine
from posapp.domain.figures.reports import Report
from posapp.domain.selling.payments import Tender
from posapp.ui.layout import columns, put, rows, sides, wide
from posapp.ui.reports.bar_chart import BarChart
from posapp.ui.reports.bars import line_words, opening_bars, unit_of
from posapp.ui.reports.kpis import FactLine, KeyFigures
from posapp.ui.reports.legend import Legend
from posapp.ui.reports.question import Target, page_of
from posapp.ui.reports.shares import Share, ShareList
from posapp.ui.reports.swapped import Swapped
from posapp.ui.reports.table import FigureTable, SmallTable
from posapp.ui.reports.values import NOTHING, period_words, shown_figure, shown_length
from posapp.ui.reports.words import said
from posapp.ui.sell.tenders import ICONS, tender_words
from posapp.ui.tables import Column
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card, EmptyState, Fact
from posapp.ui.widgets.labels import label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.wording import Wording

_GROSS = MEASURES["gross_minor"]
_BESIDE = 430


class _Firm(Card):
    """A card whose words are of one line: Qt would take the height that they like for what they need."""

    def hasHeightForWidth(self) -> bool:
        """No."""
        return False


class OpeningPanel(QWidget):
    """`opened` tells where a figure leads."""

    opened = Signal(object)  # Target

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._reports: tuple[Report, ...] = ()
        self._is_by_month = False
        self.figures = KeyFigures()
        self.figures.opened.connect(self._open_measure)
        strip = Card()
        put(strip.body, self.figures)
        self._make_revenue()
        paid, best, people = self._make_paid(), self._make_best(), self._make_people()
        self._upper = sides(wide(self.revenue), paid, gap=12)
        self._lower = sides(wide(best), people, gap=12)
        rows(strip, wide(self._upper, 3), wide(self._lower, 3), gap=12, host=self)

    # -- what is where -----------------------------------------------------------------------------------
    def _make_revenue(self) -> None:
        self.revenue = _Firm(self.tr("Revenue per day"))
        self.legend = Legend()
        self.revenue.head.addWidget(self.legend)
        self.chart = BarChart(self.tr("Revenue per day"))
        self.chart.opened.connect(self._open_bar)
        self.table = FigureTable(self.tr("Revenue per day"), self._bar_columns(), key=lambda bar: bar.key)
        self.table.pressed_key.connect(lambda _key: self._open_row())
        self.swapped = Swapped(self.chart, self.table)
        put(self.revenue.body, wide(self.swapped))

    def _bar_columns(self) -> tuple[Column, ...]:
        def price(minor: int | None) -> str:
            return NOTHING if minor is None else self._wording.price(minor)

        return (
            Column(self.tr("Day"), lambda bar: bar.spoken.partition(", ")[0], lambda bar: bar.key),
            Column(self.tr("Revenue"), lambda bar: price(bar.value), lambda bar: bar.value, True),
            Column(self.tr("Before"), lambda bar: price(bar.before), lambda bar: bar.before or 0, True),
        )

    def _make_paid(self) -> QWidget:
        self.paid = ShareList(self.tr("How customers paid"))
        self.paid.opened.connect(lambda row: self._open_tender(row.key))
        self.none_paid = EmptyState(self.tr("Nothing was paid in these days."))
        self.tax, self.owed = self._fact("tax_minor"), self._fact("debt_minor")
        card = _Firm(self.tr("How customers paid"))
        facts = rows(self.tax, self.owed, gap=0, pad=(0, 4, 0, 4))
        put(card.body, wide(self.paid), wide(self.none_paid), line(), facts)
        card.setFixedWidth(theme().px(_BESIDE))
        return card

    def _fact(self, measure: str) -> "FactLine":
        made = FactLine(Fact(measure, "", ""), is_first=True, parent=self)
        made.clicked.connect(partial(self._open_measure, measure))
        return made

    def _make_best(self) -> QWidget:
        price = self._wording.price
        self.best = SmallTable(
            self.tr("Best sellers"),
            (
                Column(self.tr("Best sellers"), lambda one: one.name),
                Column(self.tr("Count"), lambda one: self._count(one.count), lambda one: one.count, True),
                Column(
                    self.tr("Revenue"),
                    lambda one: price(one.revenue_minor),
                    lambda one: one.revenue_minor,
                    True,
                ),
                Column(
                    self.tr("Gross profit"),
                    lambda one: price(one.profit_minor),
                    lambda one: one.profit_minor,
                    True,
                ),
            ),
        )
        self.best.pressed_key.connect(lambda _key: self._open_best())
        self.none_sold = EmptyState(self.tr("Nothing was sold in these days."))
        card = _Firm()
        put(card.body, wide(self.best), wide(self.none_sold))
        return card

    def _make_people(self) -> QWidget:
        self.people = SmallTable(
            self.tr("Technicians"),
            (
                Column(self.tr("Technician"), lambda one: one.name or self.tr("Nobody")),
                Column(self.tr("Done"), lambda one: self._count(one.done), lambda one: one.done, True),
                Column(self.tr("Time to ready"), self._ready, lambda one: one.minutes_to_ready or 0, True),
                Column(
                    self.tr("Came back"),
                    lambda one: self._count(one.came_back),
                    lambda one: one.came_back,
                    True,
                ),
            ),
        )
        self.people.pressed_key.connect(lambda _key: self._open_measure("handed_over"))
        self.none_done = EmptyState(self.tr("No repair was handed over in these days."))
        what = label(self.tr("Came back: same device again within 30 days"), "small", tone="text2", wrap=True)
        note = columns(IconLabel("history", size=16), wide(what), gap=8, pad=(16, 8))
        card = _Firm()
        put(card.body, wide(self.people), wide(self.none_done), line(), note)
        card.setFixedWidth(theme().px(_BESIDE))
        return card

    def _count(self, count: int) -> str:
        return shown_figure(count, Unit.COUNT, self._wording)

    def _ready(self, one: TechnicianLine) -> str:
        minutes = one.minutes_to_ready
        return NOTHING if minutes is None else shown_length(minutes, self._wording)

    # -- what is shown -----------------------------------------------------------------------------------
    def first_field(self) -> QWidget:
        """Revenue per day."""
        return self.swapped.shown()

    def show_opening(self, told: Opening, reports: tuple[Report, ...], wording: Wording) -> None:
        """Other figures; cursor, order and focus stay."""
        self._reports, self._wording, self._is_by_month = reports, wording, told.is_by_month
        self.figures.show_figures(told.figures, wording)
        self._show_revenue(told)
        self._show_paid(told)
        for table, none, lines in (
            (self.best, self.none_sold, told.best),
            (self.people, self.none_done, told.technicians),
        ):
            table.show_rows(lines)
            table.setVisible(bool(lines))
            none.setVisible(not lines)

    def _show_revenue(self, told: Opening) -> None:
        wording, bars = self._wording, opening_bars(told, self._wording)
        name = self.tr("Revenue per month") if told.is_by_month else self.tr("Revenue per day")
        self.revenue.title.setText(name)
        for one in (self.chart, self.table):
            one.setAccessibleName(name)
        self.chart.show_bars(bars, unit_of(_GROSS, wording), lambda value: line_words(value, _GROSS, wording))
        self.table.show_rows(bars)
        before = told.before
        self.legend.say(period_words(before.first, before.last, wording) if before else "")

    def _show_paid(self, told: Opening) -> None:
        self.paid.show_shares([self._share(one) for one in told.paid])
        self.paid.setVisible(bool(told.paid))
        self.none_paid.setVisible(not told.paid)
        price = self._wording.price
        self.tax.show_fact(Fact("tax_minor", self.tr("Tax collected"), price(told.tax_minor)))
        self.owed.show_fact(Fact("debt_minor", self.tr("Owed by customers"), price(told.owed_minor)))

    def _share(self, one: Part) -> Share:
        tender, wording = Tender(one.name), self._wording
        percent = shown_figure(one.share, Unit.SHARE, wording)
        return Share(
            one.name, tender_words(tender), wording.price(one.amount_minor), one.share, percent, ICONS[tender]
        )

    # -- what is behind ----------------------------------------------------------------------------------
    def _open_measure(self, measure: str) -> None:
        self.opened.emit(page_of(measure, self._reports) or Target(""))

    def _open_bar(self, key: str) -> None:
        way = "month" if self._is_by_month else "day"
        bar = next(one for one in self.chart.bars if one.key == key)
        title = bar.spoken.partition(", ")[0]
        self.opened.emit(Target("revenue", way, key, f"{said(_GROSS.words)} · {title}"))

    def _open_row(self) -> None:
        bar = self.table.current()
        if bar is not None:
            self._open_bar(bar.key)

    def _open_tender(self, name: str) -> None:
        if any(one.name == "tenders" for one in self._reports):
            self.opened.emit(Target("tenders", "tender", name, tender_words(Tender(name))))
        else:
            self.opened.emit(Target(""))

    def _open_best(self) -> None:
        is_there = any(one.name == "items" for one in self._reports)
        self.opened.emit(Target("items") if is_there else Target(""))
