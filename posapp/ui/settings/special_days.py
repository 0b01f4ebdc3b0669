"""Closed days and days with other hours: a line to add one, and the list of those to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Signal

from posapp.domain.base.errors import DomainError
from posapp.domain.shop.businesses import ExceptionRow
from posapp.domain.shop.hours import LONGEST_REASON, HourSpan, parse_spans, shown_spans
from posapp.ui.fields import DayField, Form, LabeledField, TextField
from posapp.ui.layout import STRETCH, grid, rows, sides, wide
from posapp.ui.settings.week_editor import SpansField
from posapp.ui.tables import Column
from posapp.ui.tables.edit_table import EditTable
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording

LONGEST = 62
"""Days of one entry; a shop that closes for longer says so in its week."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One line of the list: all spans of one day."""

    day: date
    rows: tuple[ExceptionRow, ...]

    @property
    def spans(self) -> list[HourSpan]:
        """Its hours; none on a closed day."""
        return [
            HourSpan(row.opens, row.closes)
            for row in self.rows
            if row.opens is not None and row.closes is not None
        ]

    @property
    def reason(self) -> str:
        """Why."""
        return next((row.reason for row in self.rows if row.reason), "")


class SpecialDays(Form):
    """Emits `set_days(days, rows)`: what is special about these days; no rows mean the usual hours again."""

    set_days = Signal(list, list)

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._resource: int | None = None
        self.first = self.add_field(DayField("day", self.tr("Day"), wording=wording))
        self.until = self.add_field(DayField("until", self.tr("Until"), wording=wording))
        self.until.editor.setProperty("placeholderText", self.tr("that day only"))
        self.hours = self.add_field(
            SpansField("hours", self.tr("Open"), labels=False, placeholder=self.tr("closed"))
        )
        self.hours.name_above()
        self.reason = self.add_field(TextField("reason", self.tr("Reason"), limit=LONGEST_REASON))
        self.add_button = button(self.tr("Add day"), size="m", icon="calendar-plus")
        self.set_save_button(self.add_button)
        columns = (
            Column(self.tr("Day"), lambda row: self._wording.day(row.day)),
            Column(self.tr("Open"), self._hours_words),
            Column(self.tr("Reason"), lambda row: row.reason),
        )
        self.table = EditTable(self.tr("Closed days and other hours"), columns)
        self.table.removed.connect(self.remove_chosen)
        self.table.opened.connect(self._edit_chosen)
        self.empty = label(self.tr("No closed days are planned."), "body", tone="text2")
        save = rows(label(" ", "small"), self.add_button, STRETCH, gap=4)
        days = grid((self.first, self.until), gap=(12, 8))
        what = grid((self.hours, self.reason, save), gap=(12, 8), shares=(4, 5))
        line = sides(wide(days, 8), wide(what, 12), gap=12)
        rows(line, self.summary, self.empty, self.table, gap=12, host=self)
        self.accepted.connect(self._add)

    def show_days(self, resource: int | None, days: Sequence[ExceptionRow], wording: Wording) -> None:
        """List the days of the shop (None) or of one person or bench."""
        self._resource, self._wording = resource, wording
        mine: dict[date, list[ExceptionRow]] = {}
        for row in days:
            if row.resource_id == resource:
                mine.setdefault(row.day, []).append(row)
        listed = [SpecialDay(day, tuple(rows)) for day, rows in sorted(mine.items())]
        self.table.show_few(listed)
        self.empty.setVisible(not listed)

    def remove_chosen(self) -> None:
        """The usual hours again on the chosen day."""
        chosen = self.table.chosen()
        if chosen is not None:
            self.set_days.emit([chosen.day], [])

    def forget(self) -> None:
        """The days are saved: empty fields."""
        for field in (self.first, self.until, self.hours, self.reason):
            field.set_text("")
        self.first.editor.setFocus()

    def _hours_words(self, row: SpecialDay) -> str:
        return shown_spans(row.spans, self._wording.locale) or self.tr("closed")

    def _edit_chosen(self) -> None:
        chosen = self.table.chosen()
        if chosen is None:
            return
        self.first.set_day(chosen.day)
        self.until.set_text("")
        self.hours.show_spans(chosen.spans, self._wording.locale)
        self.reason.set_text(chosen.reason)
        self.hours.editor.setFocus()

    def fields(self) -> list[LabeledField]:
        """An empty *Until* is not asked for a day."""
        return [field for field in super().fields() if field is not self.until or not field.is_empty()]

    def _add(self) -> None:
        first = self.first.value()
        last = first if self.until.is_empty() else self.until.value()
        if not 0 <= (last - first).days < LONGEST:
            sentence = self.tr("Enter a last day within {count} days after the first.")
            self.until.show_problem(sentence.format(count=LONGEST))
            self.until.editor.setFocus()
            return
        try:
            spans = parse_spans(self.hours.text(), "hours")
        except DomainError as error:
            self.show_error(error)
            return
        reason = self.reason.value()
        days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        rows = [ExceptionRow(self._resource, first, span.starts, span.ends, reason) for span in spans]
        self.set_days.emit(days, rows or [ExceptionRow(self._resource, first, None, None, reason)])
