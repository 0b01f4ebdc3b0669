"""The middle of the Desk while nobody is there: what to do, today in figures, what can be typed."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStyleOptionViewItem, QWidget

from posapp.domain.shop.hours import shown_minute
from posapp.ui.customers.parts import Inset
from posapp.ui.front_desk.counter_steps import Ways
from posapp.ui.front_desk.parts import LineDelegate, band
from posapp.ui.layout import STRETCH, Part, at, columns, grid, held, least_height, put, rows, space, wide
from posapp.ui.tables import OpenList
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card, Fact, FactStrip
from posapp.ui.widgets.labels import KeyHint, label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.widgets.paint import box, cut, draw_text
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from posapp.services.bookings.days import DayAhead
    from posapp.services.counter.counter import Day


FEWEST_DAYS = 2


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day: its words, how many bookings, how full beside the fullest (0 to 1), and its hours in words."""

    day: date
    words: str
    count: int
    share: float
    said: str
    hours: str

    def spoken(self) -> str:
        """The row in one line."""
        return ", ".join(part for part in (self.words, self.said, self.hours) if part)


class DayDelegate(LineDelegate):
    """Day, bar with the count, hours."""

    height = 34

    def paint_row(self, painter: QPainter, option: QStyleOptionViewItem, row: DayRow) -> None:
        """The row in the colours of now."""
        look, tokens, rect = theme(), theme().tokens, option.rect
        middle, body = rect.center().y() + 0.5, look.font("body")
        x: float = rect.x() + look.px(16)
        draw_text(painter, x, middle, row.words, look.font("body", 500), tokens.text)
        x += look.px(112)
        hours = look.metrics("small").horizontalAdvance(row.hours)
        right = rect.right() + 1 - look.px(16) - hours
        draw_text(painter, right, middle, row.hours, look.font("small"), tokens.text2)
        said = look.metrics("body").horizontalAdvance(row.said)
        room = right - look.px(20) - x
        bar = (room - said - look.px(10)) * row.share
        if bar > 0:
            height = look.px(10)
            shape = QRectF(x, round(middle - height / 2), max(bar, height), height)
            box(painter, shape, height / 2, tokens.primary_soft, tokens.primary)
            x += max(bar, height) + look.px(10)
        ink = tokens.text if row.count else tokens.text2
        draw_text(painter, x, middle, cut(row.said, body, right - x), body, ink)


class WeekList(OpenList):
    """The next days at a glance; Enter or a click opens that day."""

    def __init__(self, name: str) -> None:
        super().__init__(name, DayDelegate())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_days(self, days: "Iterable[DayAhead]", wording: Wording) -> None:
        """Show these days."""
        self.rows.show_rows([self._row(day, wording) for day in days])

    def _row(self, one: "DayAhead", wording: Wording) -> DayRow:
        words, said = wording.day_in_list(one.day), self.tr("no bookings")
        if one.count:
            many = self.tr("{count} bookings").format(count=one.count)
            said = self.tr("1 booking") if one.count == 1 else many
        hours = one.note or self.tr("closed")
        if one.hours is not None:
            begin, end = (shown_minute(minute, wording.locale) for minute in one.hours)
            hours = f"{begin} – {end}"
        return DayRow(one.day, words[:1].upper() + words[1:], one.count, one.share, said, hours)


class Welcome(Card):
    """The empty sentence, totals of the day (each opens the calendar), and the ways to find somebody."""

    calendar_asked = Signal()

    def __init__(self, wording: Wording, ways: Ways) -> None:
        super().__init__()
        self._wording, self._to = wording, ways
        self.notice = NoticeBar()
        self.sentence = label(
            self.tr("Type a phone number, name or PL number, or scan a paper."), "title", wrap=True
        )
        head = columns(wide(self.sentence), pad=(16, 24))
        self.totals = FactStrip()
        self.totals.opened.connect(self._open_total)
        self._ways_part = self._ways_to_find()
        self.days = WeekList(self.tr("The next days"))
        self.days.opened.connect(lambda row: ways.show_day(row.day))
        self._days_band = band(self.tr("The next days"))
        put(self.body, Inset(self.notice), head, line(), self.totals, line())
        put(self.body, self._ways_part, STRETCH, self._days_band, self.days, space(6))
        self._show_dashes()

    def _show_dashes(self) -> None:
        ready = self.tr("Ready to collect")
        titles = (self.tr("Booked today"), self.tr("Still to come"), self.tr("Here now"), ready)
        keys = ("all", "left", "here", "ready")
        self.totals.show_facts([Fact(key, title, "–") for key, title in zip(keys, titles, strict=True)])

    def _open_total(self, key: str) -> None:
        (self._to.show_board if key == "ready" else self.calendar_asked.emit)()

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
        self.days.show_days(today.ahead, self._wording)
        self._fit()

    def set_wording(self, wording: Wording) -> None:
        """The shop's habits changed."""
        self._wording = wording

    def heightForWidth(self, width: int) -> int:
        """The least it can do with: what it likes beyond that is no reason to scroll."""
        return least_height(self, width)

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
        self.days.stand(max(fitting, 0) * look.row_height(34), least=0)
        self._days_band.setVisible(has_room)
        self.days.setVisible(has_room)

    def _height_of(self, part: QWidget) -> int:
        wrapped = part.heightForWidth(self.width() - theme().px(34))
        return wrapped if wrapped > 0 else part.sizeHint().height()

    def _ways_to_find(self) -> QWidget:
        ways = (
            ("phone", self.tr("Phone number"), self.tr("with or without prefix, or only its last 4 digits")),
            ("user", self.tr("Name"), self.tr("any part, in any order, with or without accents")),
            ("qr-code", self.tr("PL number"), self.tr("PL24 or 24, typed or scanned from a paper")),
            ("wrench", self.tr("Ticket, booking"), self.tr("T12 or B319, typed or scanned")),
            ("mail", self.tr("E-mail"), self.tr("its beginning is enough")),
        )
        lines = [
            (IconLabel(icon, "text2", 18), label(what, weight=500), label(how, tone="text2", wrap=True))
            for icon, what, how in ways
        ]
        title = label(self.tr("What finds a customer"), "field", weight=600)
        table = grid(*lines, gap=(12, 12), shares=(0, 0, 1))
        return held(rows(title, table, space(6), self._keys(), gap=14, pad=(16, 20, 16, 16)), QFrame())

    def _keys(self) -> QHBoxLayout:
        keys = (("Return", self.tr("opens the marked row")), ("Ctrl+N", self.tr("makes a new customer")))
        parts: list[Part] = []
        for key, words in keys:
            cap = at(Qt.AlignmentFlag.AlignVCenter, KeyHint(key))
            parts += [cap, label(words, "body", tone="text2"), space(12)]
        return columns(*parts, STRETCH, gap=8)
