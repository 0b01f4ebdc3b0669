"""Fields for days, times and lengths: typed in any usual way, shown in one."""

import re
from collections.abc import Callable
from datetime import date, time
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QCoreApplication, QDate, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QWidget

from posapp.domain.base.errors import DomainError
from posapp.ui.fields.edits import Combo, LineEdit
from posapp.ui.fields.labeled import LabeledField
from posapp.ui.icons import icon
from posapp.ui.layout import rows
from posapp.ui.theme import theme
from posapp.ui.widgets.paint import box, round_window
from posapp.ui.wording import Wording, shown_minutes

_LENGTH = re.compile(
    r"(?:(\d{1,2})\s*(?:h|hours?|:)\s*)?(?:(\d{1,4})\s*(?:m|min|mins|minutes?)?)?", re.IGNORECASE
)
_USUAL = (15, 30, 45, 60, 90, 120)


_AROUND = 44
"""What stands beside a day in its field: the padding and the button."""


@lru_cache(maxsize=8)
def _days_in_words(locale: str) -> tuple[str, ...]:
    """A day of each month and weekday, among which is the longest."""
    from posapp.domain.base.typed_dates import shown_day

    days = (date(2026, month, day) for month in range(1, 13) for day in range(20, 27))
    return tuple(shown_day(day, locale=locale) for day in days)


class _DayEdit(LineEdit):
    asked = Signal()

    def __init__(self, name: str, locale: str) -> None:
        super().__init__()
        self._locale = locale
        self.put_button("calendar-days", name, side=28, gap=4).clicked.connect(self.asked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() in (
            Qt.KeyboardModifier.AltModifier,
            Qt.KeyboardModifier.NoModifier,
        ):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for every day with its year."""
        metrics = theme().metrics("field")
        width = max(map(metrics.horizontalAdvance, _days_in_words(self._locale)))
        return QSize(width + theme().px(_AROUND), super().minimumSizeHint().height())

    def _fit(self) -> None:
        room = theme().px(18)  # with the padding of the line just the button: the year has to fit beside it
        is_mirrored = self.isRightToLeft()
        self.setTextMargins(room if is_mirrored else 0, 0, 0 if is_mirrored else room, 0)


class _Month(QCalendarWidget):
    today = QDate()

    def paintCell(self, painter: QPainter, rect: QRect, day: QDate) -> None:
        look, tokens = theme(), theme().tokens
        chosen, today = day == self.selectedDate(), day == self.today
        side = min(rect.width(), rect.height()) - look.px(2)
        cell = QRectF(rect.center().x() - side / 2 + 0.5, rect.center().y() - side / 2 + 0.5, side, side)
        painter.fillRect(rect, tokens.surface)
        if chosen or today:
            box(
                painter, cell, look.px(8), tokens.fill if chosen else None, None if chosen else tokens.control
            )
        ink = tokens.text if day.month() == self.monthShown() else tokens.text3
        painter.setFont(look.font("body", 600 if chosen or today else 400))
        painter.setPen(tokens.on_fill if chosen else ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(day.day()))


class DayPopup(QFrame):
    """A month to choose a day from; Enter or a click takes it, Esc leaves things as they are."""

    chosen = Signal(object)  # date

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Choose a day"))
        self.month = _Month()
        self.month.setAccessibleName(self.tr("Choose a day"))
        self.month.setGridVisible(False)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.month.clicked.connect(self.take)
        self.month.activated.connect(self.take)
        rows(self.month, pad=6, host=self)
        self.setFixedSize(theme().px(316), theme().px(296))

    def open_at(self, corner: QPoint, day: date, today: date) -> None:
        """Show the month of `day` with its upper left corner there; `today` is marked."""
        self._dress()
        self.month.today = QDate(today.year, today.month, today.day)
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.move(corner)
        self.show()
        self.month.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Round corners at every size."""
        super().resizeEvent(event)
        round_window(self)

    def _dress(self) -> None:
        tokens = theme().tokens
        head, plain = QTextCharFormat(), QTextCharFormat()
        head.setForeground(tokens.text2)
        head.setBackground(tokens.surface)
        plain.setForeground(tokens.text2)
        self.month.setHeaderTextFormat(head)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(day, plain)
        for name, picture in (
            ("qt_calendar_prevmonth", "chevron-left"),
            ("qt_calendar_nextmonth", "chevron-right"),
        ):
            button = self.month.findChild(QWidget, name)
            if button is not None:
                button.setProperty("icon", icon(picture))

    def take(self, day: QDate) -> None:
        """Close, and tell the day."""
        self.close()
        self.chosen.emit(date(day.year(), day.month(), day.day()))


class DayField(LabeledField):
    """A day: `14`, `14.3`, `+2`, `fri`, `tomorrow`, or from the month that the button and Down open."""

    day_changed = Signal(object)  # date

    def __init__(
        self, name: str, text: str, *, wording: Wording, today: Callable[[], date] | None = None
    ) -> None:
        self._edit = _DayEdit(QCoreApplication.translate("DayField", "Choose a day"), wording.locale)
        super().__init__(name, text, self._edit)
        self._wording, self._today = wording, today or wording.today
        self._day: date | None = None
        self._popup: DayPopup | None = None
        self._edit.asked.connect(self.open_month)
        self.committed.connect(self._settle)

    def value(self) -> date:
        """The day; raises `DomainError` day_missing, day_unclear or day_unknown."""
        from posapp.domain.base.typed_dates import parse_day

        if self._day is not None and self.text() == self._wording.day(self._day):
            return self._day
        return parse_day(self.text(), self._today(), locale=self._wording.locale, field=self.name)

    def set_day(self, day: date) -> None:
        """Show this day."""
        is_new = day != self._day
        self._day = day
        self.set_text(self._wording.day(day))
        if is_new:
            self.day_changed.emit(day)

    def open_month(self) -> None:
        """Open the month of the day."""
        if self._popup is None:
            self._popup = DayPopup(self)
            self._popup.chosen.connect(self._chosen)
        corner = self._edit.mapToGlobal(QPoint(0, self._edit.height() + theme().px(4)))
        self._popup.open_at(corner, self._day or self._today(), self._today())

    def snapshot(self) -> object:
        """The day in ISO form where it is one, else the text."""
        return self.value().isoformat() if self.problem() is None else self.text()

    def restore(self, kept: object) -> None:
        """Put a day or a half-typed text back."""
        try:
            self.set_day(date.fromisoformat(str(kept)))
        except ValueError:
            self.set_text(str(kept))

    def _chosen(self, day: date) -> None:
        self.set_day(day)
        self._edit.setFocus()
        self.edited.emit()

    def _settle(self) -> None:
        self.set_day(self.value())


class TimeField(LabeledField):
    """A time of day: `15`, `1530`, `3pm`."""

    def __init__(self, name: str, text: str, *, wording: Wording) -> None:
        super().__init__(name, text, LineEdit())
        self._wording = wording
        self.committed.connect(lambda: self.put(self.value()))

    def value(self) -> time:
        """The time; raises `DomainError` time_missing, time_unclear or time_unknown."""
        from posapp.domain.base.typed_dates import parse_time

        return parse_time(self.text(), field=self.name)

    def set_time(self, at: time) -> None:
        """Show this time."""
        self.set_text(self._wording.time(at))

    def put(self, value: Any) -> None:
        """Show this time."""
        self.set_time(value)


class MinutesField(LabeledField):
    """A length: `45`, `1h30`, `1:30`, or one of the usual ones from the list. The value is whole minutes."""

    def __init__(self, name: str, text: str, *, is_narrow: bool = False) -> None:
        combo = Combo(editable=True)
        super().__init__(name, text, combo)
        self._is_narrow = is_narrow
        combo.addItems([shown_minutes(minutes) for minutes in _USUAL])
        combo.setEditText("")
        combo.editTextChanged.connect(self.edited)
        combo.activated.connect(lambda _row: self.leave())
        self.committed.connect(lambda: self.put(self.value()))

    def value(self) -> int:
        """Minutes; raises `DomainError` minutes_missing or minutes_invalid."""
        from posapp.domain.bookings.bookings import check_minutes

        found = _LENGTH.fullmatch(self.text().strip())
        if found is None or not (found[1] or found[2]):
            sentence = self.tr("Enter a length such as 45 or 1 h 30 min.")
            raise DomainError("minutes_missing", sentence, field=self.name)
        return check_minutes(int(found[1] or 0) * 60 + int(found[2] or 0))

    def set_minutes(self, minutes: int) -> None:
        """Show this length."""
        words = shown_minutes(minutes)
        if self._is_narrow and minutes > 60 and minutes % 60:  # read the same, and there is no room for more
            words = self.tr("{hours} h {minutes}").format(hours=minutes // 60, minutes=minutes % 60)
        self.set_text(words)

    def put(self, value: Any) -> None:
        """Show this length."""
        self.set_minutes(value)
