"""The next days at a glance: how many bookings each has, and whether the shop is open."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from posapp.ui.tables import ROW, OpenList
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, cut, draw_text

if TYPE_CHECKING:
    from posapp.services.bookings.agenda import Agenda
    from posapp.ui.wording import Wording

Index = QModelIndex | QPersistentModelIndex


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


class DayDelegate(QStyledItemDelegate):
    """Day, bar with the count, hours."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(0, theme().row_height(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row in the colours of now."""
        row: DayRow = index.data(ROW)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # words decide for themselves
        look, tokens, rect = theme(), theme().tokens, option.rect
        if option.state & (QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(rect, tokens.sunken)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect.x(), rect.y(), look.px(4), rect.height(), tokens.primary)
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

    def show_agenda(self, agenda: "Agenda", wording: "Wording") -> None:
        """Count the days of an agenda."""
        self.rows.show_rows(self._rows(agenda, wording))

    def _rows(self, agenda: "Agenda", wording: "Wording") -> list[DayRow]:
        days = sorted({plan.day for plan in agenda.plans})
        counts = dict.fromkeys(days, 0)
        for booking in agenda.bookings:
            if booking.status.takes_time and booking.wall_start.date() in counts:
                counts[booking.wall_start.date()] += 1
        most = max(counts.values(), default=0)
        rows = []
        for day in days:
            spans = [span for plan in agenda.plans if plan.day == day for span in plan.open_spans]
            note = next((plan.note for plan in agenda.plans if plan.day == day and plan.note), "")
            words = wording.day_in_list(day)
            count = counts[day]
            rows.append(
                DayRow(
                    day,
                    words[:1].upper() + words[1:],
                    count,
                    count / most if most else 0.0,
                    self._said(count),
                    _hours(spans, wording) or note or self.tr("closed"),
                )
            )
        return rows

    def _said(self, count: int) -> str:
        if not count:
            return self.tr("no bookings")
        return self.tr("1 booking") if count == 1 else self.tr("{count} bookings").format(count=count)


def _hours(spans: list[tuple[int, int]], wording: "Wording") -> str:
    from datetime import time

    if not spans:
        return ""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    begin, end = (time(minute // 60 % 24, minute % 60) for minute in (first, last))
    return f"{wording.time(begin)} – {wording.time(end)}"
