"""The next days at a glance: how many bookings each has, and whether the shop is open."""

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from posapp.ui.front_desk.parts import LineDelegate
from posapp.ui.tables import OpenList
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, cut, draw_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from posapp.services.bookings.days import DayAhead
    from posapp.ui.wording import Wording


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
    """Enter or a click opens that day."""

    def __init__(self, name: str) -> None:
        super().__init__(name, DayDelegate())
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_days(self, days: "Iterable[DayAhead]", wording: "Wording") -> None:
        """Show these days."""
        self.rows.show_rows([self._row(day, wording) for day in days])

    def _row(self, one: "DayAhead", wording: "Wording") -> DayRow:
        words, said = wording.day_in_list(one.day), self.tr("no bookings")
        if one.count:
            many = self.tr("{count} bookings").format(count=one.count)
            said = self.tr("1 booking") if one.count == 1 else many
        hours = one.note or self.tr("closed")
        if one.hours is not None:
            begin, end = (time(minute // 60 % 24, minute % 60) for minute in one.hours)
            hours = f"{wording.time(begin)} – {wording.time(end)}"
        return DayRow(one.day, words[:1].upper() + words[1:], one.count, one.share, said, hours)
