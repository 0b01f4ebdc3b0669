"""The middle of the Desk while nobody is there: what to do, today in figures, what can be typed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QWidget

from posapp.ui.customers.inset import Inset
from posapp.ui.front_desk.parts import band
from posapp.ui.front_desk.week import WeekList
from posapp.ui.layout import at, columns, put, rows, space, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card, Fact, FactStrip
from posapp.ui.widgets.labels import KeyHint, label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.services.counter.counter import Day


FEWEST_DAYS = 2


class Welcome(Card):
    """The empty sentence, totals of the day (each opens the calendar), and the ways to find somebody."""

    calendar_asked = Signal()
    day_asked = Signal(object)  # date
    tickets_asked = Signal()

    def __init__(self, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._wording = wording
        self.notice = NoticeBar()
        self.sentence = label(
            self.tr("Type a phone number, name or PL number, or scan a paper."), "title", wrap=True
        )
        head = columns(wide(self.sentence), pad=(16, 24))
        self.totals = FactStrip()
        self.totals.opened.connect(self._open_total)
        put(self.body, Inset(self.notice), head, line(), self.totals, line())
        self._ways_part = self._ways()
        self.body.addWidget(self._ways_part)
        self.body.addStretch(1)
        self.days = WeekList(self.tr("The next days"))
        self.days.opened.connect(lambda row: self.day_asked.emit(row.day))
        self._days_band = band(self.tr("The next days"))
        put(self.body, self._days_band, self.days, space(6))
        self._show_dashes()

    def _show_dashes(self) -> None:
        ready = self.tr("Ready to collect")
        titles = (self.tr("Booked today"), self.tr("Still to come"), self.tr("Here now"), ready)
        keys = ("all", "left", "here", "ready")
        self.totals.show_facts([Fact(key, title, "–") for key, title in zip(keys, titles, strict=True)])

    def _open_total(self, key: str) -> None:
        (self.tickets_asked if key == "ready" else self.calendar_asked).emit()

    def show_today(self, today: "Day") -> None:
        """Count the day."""
        tally, oldest = today.tally, today.longest_wait
        missed = self.tr("{count} did not come").format(count=tally.missed) if tally.missed else ""
        overdue = self.tr("{count} past their time").format(count=tally.late) if tally.late else ""
        done = self.tr("{count} done").format(count=tally.done) if tally.done else ""
        waits = self.tr("the oldest {n} days").format(n=oldest) if oldest else ""
        self.totals.show_facts(
            [
                Fact("all", self.tr("Booked today"), str(tally.all), missed),
                Fact("left", self.tr("Still to come"), str(tally.to_come), overdue),
                Fact("here", self.tr("Here now"), str(tally.here), done),
                Fact("ready", self.tr("Ready to collect"), str(today.waiting.count), waits),
            ]
        )
        self.days.show_agenda(today.agenda, self._wording)
        self._fit()

    def set_wording(self, wording: Wording) -> None:
        """The shop's habits changed."""
        self._wording = wording

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Days stand where there is room for them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        parts = (self.sentence, self.totals, self._ways_part, self._days_band)
        room = self.height() - sum(self._height_of(part) for part in parts) - look.px(62)
        fitting = min(room // look.row_height(34), self.days.rows.rowCount())
        has_room = fitting >= FEWEST_DAYS
        self.days.setFixedHeight(max(fitting, 0) * look.row_height(34))
        self._days_band.setVisible(has_room)
        self.days.setVisible(has_room)

    def _height_of(self, part: QWidget) -> int:
        wrapped = part.heightForWidth(self.width() - theme().px(34))
        return wrapped if wrapped > 0 else part.sizeHint().height()

    def _ways(self) -> QWidget:
        px = theme().px
        host = QFrame()
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(12))
        grid.setColumnStretch(2, 1)
        ways = (
            ("phone", self.tr("Phone number"), self.tr("with or without prefix, or only its last 4 digits")),
            ("user", self.tr("Name"), self.tr("any part, in any order, with or without accents")),
            ("qr-code", self.tr("PL number"), self.tr("PL24 or 24, typed or scanned from a paper")),
            ("wrench", self.tr("Ticket, booking"), self.tr("T12 or B319, typed or scanned")),
            ("mail", self.tr("E-mail"), self.tr("its beginning is enough")),
        )
        for place, (icon, what, how) in enumerate(ways):
            grid.addWidget(IconLabel(icon, "text2", 18), place, 0)
            grid.addWidget(label(what, "body", weight=500), place, 1)
            grid.addWidget(label(how, "body", tone="text2", wrap=True), place, 2)
        rows(
            label(self.tr("What finds a customer"), "field", weight=600),
            grid,
            space(6),
            self._keys(),
            gap=14,
            pad=(16, 20, 16, 16),
            host=host,
        )
        return host

    def _keys(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        keys = (("Return", self.tr("opens the marked row")), ("Ctrl+N", self.tr("makes a new customer")))
        for key, words in keys:
            put(
                row,
                at(Qt.AlignmentFlag.AlignVCenter, KeyHint(key)),
                label(words, "body", tone="text2"),
                space(12),
            )
        row.addStretch(1)
        return row
