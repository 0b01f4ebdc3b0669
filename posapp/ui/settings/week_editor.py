"""Seven days of hours and breaks, typed as people write them."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from posapp.domain.base.errors import DomainError
from posapp.domain.shop.businesses import WeekRow
from posapp.domain.shop.hours import HourSpan, check_breaks, parse_spans, shown_spans, without_breaks
from posapp.ui.fields import Form, LabeledField, LineEdit
from posapp.ui.focus_filter import focused
from posapp.ui.layout import at, columns, grid, held, rows, top
from posapp.ui.theme import theme
from posapp.ui.widgets.buttons import icon_button
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.paint import box
from posapp.ui.wording import translator

_tr = translator("Settings")


def weekday_names() -> tuple[str, ...]:
    """Monday to Sunday."""
    return (
        _tr("Monday"),
        _tr("Tuesday"),
        _tr("Wednesday"),
        _tr("Thursday"),
        _tr("Friday"),
        _tr("Saturday"),
        _tr("Sunday"),
    )


class SpansField(LabeledField):
    """The hours or the breaks of one day; its label stands in the head of the table."""

    def __init__(self, name: str, text: str, *, labels: bool, placeholder: str) -> None:
        edit = LineEdit()
        super().__init__(name, text, edit)
        self._labels = labels
        self.label.hide()
        self.aside.hide()
        edit.setPlaceholderText(placeholder)

    def value(self) -> list[HourSpan]:
        """The spans in order; see `parse_spans` for what is refused."""
        return parse_spans(self.text(), self.name, labels=self._labels)

    def name_above(self) -> None:
        """Show the label, for a field that stands alone."""
        self.label.show()

    def show_spans(self, spans: Sequence[HourSpan], locale: str) -> None:
        """Show these."""
        self.set_text(shown_spans(spans, locale))


EARLIEST, LATEST = 6 * 60, 22 * 60
"""What a bar shows at least, in minutes of the day."""


class HoursBar(QWidget):
    """Decorative: the words beside it say the same. All bars of a week show the same stretch of the day."""

    def __init__(self) -> None:
        super().__init__()
        self._spans: list[HourSpan] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_day(self, hours: Sequence[HourSpan], breaks: Sequence[HourSpan], first: int, last: int) -> None:
        """Draw these on a scale from `first` to `last`."""
        self._spans = without_breaks(hours, breaks)
        self._first, self._last = first, last
        self.update()

    def sizeHint(self) -> QSize:
        """Narrower than the fields."""
        return QSize(theme().px(184), theme().px(16))

    def minimumSizeHint(self) -> QSize:
        """It gives way to the fields."""
        return QSize(theme().px(40), theme().px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground and open times."""
        look, tokens = theme(), theme().tokens
        painter = QPainter(self)
        box(painter, QRectF(self.rect()), look.px(5), tokens.neutral_soft)
        for span in self._spans:
            box(painter, self._place(span), look.px(4), tokens.primary)
        painter.end()

    def _place(self, span: HourSpan) -> QRectF:
        left, right = sorted((self._x(span.starts), self._x(span.ends)))
        return QRectF(left, 0, max(right - left, 2), self.height())

    def _x(self, minute: int) -> float:
        x = (minute - self._first) / max(self._last - self._first, 1) * self.width()
        return self.width() - x if self.isRightToLeft() else x


class DayRow:
    """The widgets of one weekday."""

    def __init__(self, weekday: int, word: str) -> None:
        self.weekday = weekday
        self.word = label(word, "body", weight=600)
        words, closed = _tr("{day}, open").format(day=word), _tr("closed")
        self.hours = SpansField(f"open_{weekday}", words, labels=False, placeholder=closed)
        words = _tr("{day}, breaks").format(day=word)
        self.breaks = SpansField(f"breaks_{weekday}", words, labels=True, placeholder=_tr("none"))
        self.bar = HoursBar()
        self.copy = icon_button("copy", _tr("Copy {day} to all days").format(day=word), key="Alt+C")

    def parts(self) -> tuple[QWidget, ...]:
        """In reading order."""
        return (self.word, self.hours, self.breaks, self.bar, self.copy)


class WeekEditor(Form):
    """Emits `changed` with the rows of a whole week when a day was left with other, possible values."""

    changed = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self._resource: int | None = None
        self._rows: list[WeekRow] = []
        self._inherited: list[WeekRow] | None = None
        self._locale = "en-IE"
        self.days = [DayRow(number, word) for number, word in enumerate(weekday_names())]
        heads = (
            label(words, "small", tone="text2", weight=500) for words in (self.tr("Open"), self.tr("Breaks"))
        )
        days = [self._line(day) for day in self.days]
        rows(grid((None, *heads), *days, gap=(12, 6), shares=(0, 5, 4)), host=self)

    def _line(self, day: DayRow) -> list[QWidget | QLayout]:
        for field in (day.hours, day.breaks):
            self.add_field(field)
            field.editor.left.connect(lambda day=day: self._settle(day))
        day.copy.clicked.connect(lambda _=False, day=day: self.copy_to_all(day))
        fields = columns(top(day.hours)), columns(top(day.breaks))
        return [_beside(day.word), *fields, _beside(day.bar), _beside(day.copy)]

    # -- showing ---------------------------------------------------------------------------------------
    def show_week(
        self,
        resource: int | None,
        rows: Sequence[WeekRow],
        locale: str,
        inherited: Sequence[WeekRow] | None = None,
    ) -> None:
        """Show the rows of the shop (None) or of a person; `inherited` are the shop's where it has no own."""
        is_other = resource != self._resource
        self._resource, self._rows, self._locale = resource, list(rows), locale
        self._inherited = None if inherited is None else list(inherited)
        for day in self.days:
            self._show_day(day, is_other)

    def _show_day(self, day: DayRow, is_other: bool) -> None:
        hours, breaks = self._spans(day.weekday, "open"), self._spans(day.weekday, "break")
        day.hours.setEnabled(self._inherited is None)
        day.copy.setEnabled(self._inherited is None)
        for field, spans in ((day.hours, hours), (day.breaks, breaks)):
            now = focused()
            is_here = now is not None and field.isAncestorOf(now)
            if is_other or not is_here or field.problem() is None:
                field.show_spans(spans, self._locale)
        day.bar.show_day(hours, breaks, *self._reach())

    def _reach(self) -> tuple[int, int]:
        """The stretch of the day that holds all hours of the week."""
        rows = [row for row in (*self._rows, *(self._inherited or ())) if row.kind == "open"]
        return min([EARLIEST, *(row.starts for row in rows)]), max([LATEST, *(row.ends for row in rows)])

    def _spans(self, weekday: int, kind: str) -> list[HourSpan]:
        inherits = kind == "open" and self._inherited is not None
        rows = self._inherited if inherits and self._inherited is not None else self._rows
        return sorted(
            HourSpan(row.starts, row.ends, row.label)
            for row in rows
            if row.weekday == weekday and row.kind == kind
        )

    # -- changing --------------------------------------------------------------------------------------
    def copy_here(self) -> None:
        """Copy the day that has the focus to all days."""
        now = focused()
        for day in self.days:
            if now is not None and any(part is now or part.isAncestorOf(now) for part in day.parts()):
                self.copy_to_all(day)

    def copy_to_all(self, day: DayRow) -> None:
        """All days like this one."""
        if self._inherited is not None or not self._is_right(day):
            return
        fresh = [row for number in range(7) for row in self._rows_of(day, number)]
        self._tell(fresh)

    def save_changes(self) -> None:
        """Every day that is right and differs."""
        for day in self.days:
            self._settle(day)

    def _settle(self, day: DayRow) -> None:
        if not self._is_right(day):
            return
        others = [row for row in self._rows if row.weekday != day.weekday]
        self._tell([*others, *self._rows_of(day, day.weekday)])

    def _tell(self, rows: list[WeekRow]) -> None:
        if sorted(rows, key=_order) != sorted(self._rows, key=_order):
            self._rows = rows
            self.changed.emit(rows)

    def _is_right(self, day: DayRow) -> bool:
        if day.hours.check() is not None or day.breaks.check() is not None:
            return False
        try:
            before = self._spans((day.weekday - 1) % 7, "open")
            check_breaks(day.breaks.value(), day.hours.value(), day.breaks.name, before)
        except DomainError as error:
            day.breaks.show_problem(error.sentence)
            return False
        day.hours.show_spans(day.hours.value(), self._locale)
        day.breaks.show_spans(day.breaks.value(), self._locale)
        day.bar.show_day(day.hours.value(), day.breaks.value(), *self._reach())
        return True

    def _rows_of(self, day: DayRow, weekday: int) -> list[WeekRow]:
        rows = [
            WeekRow(self._resource, weekday, "break", span.starts, span.ends, span.label)
            for span in day.breaks.value()
        ]
        if self._inherited is None:
            rows += [
                WeekRow(self._resource, weekday, "open", span.starts, span.ends) for span in day.hours.value()
            ]
        return rows


def _beside(part: QWidget) -> QLayout:
    """As high as a field without its message, so that a message moves nothing but the next rows."""
    host = held(columns(at(Qt.AlignmentFlag.AlignVCenter, part), pad=(0, 4, 0, 0)))
    host.setFixedHeight(theme().px(44))
    return columns(top(host))


def _order(row: WeekRow) -> tuple[int, str, int, int, str]:
    return (row.weekday, row.kind, row.starts, row.ends, row.label)
