"""Above the calendar: which day or week, how many bookings, of whom, and the way to other days."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.typed_dates import WEEKDAYS, month_name
from posapp.ui.calendar.ground import count_words, weekday
from posapp.ui.fields import Combo
from posapp.ui.layout import STRETCH, columns, space, wide
from posapp.ui.widgets.buttons import button, icon_button
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import CountPill, Elided
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from posapp.domain.shop.businesses import Resource
    from posapp.ui.calendar.arrangement import Picture
    from posapp.ui.calendar.presenter import Shown

_tr = translator("Calendar")


def day_in_full(day: date, today: date) -> str:
    """`Thursday 12 March`, with the year where it is another one."""
    words = f"{_tr(WEEKDAYS[day.weekday()].title())} {day.day} {_tr(month_name(day.month))}"
    return words if day.year == today.year else f"{words} {day.year}"


def week_in_full(first: date, last: date, today: date) -> str:
    """`9 to 15 March`."""
    begins = str(first.day) if first.month == last.month else f"{first.day} {_tr(month_name(first.month))}"
    words = _tr("{first} to {last}").format(first=begins, last=f"{last.day} {_tr(month_name(last.month))}")
    return words if last.year == today.year else f"{words} {last.year}"


class CalendarHeader(QWidget):
    """Buttons and words; the page hears the buttons."""

    people_asked = Signal(object)  # resource id or None

    def __init__(self) -> None:
        super().__init__()
        self.before = icon_button("chevron-left", self.tr("Day before"), kind="", key="Alt+Left")
        self.after = icon_button("chevron-right", self.tr("Day after"), kind="", key="Alt+Right")
        self.today = button(self.tr("Today"), size="s")
        self.today.set_tip("", "Alt+Home")
        self.go_to = icon_button("calendar-days", self.tr("Go to a day"), kind="", key="Alt+G")
        self.title = Elided("", "title", weight=600)
        self.count = CountPill("", self)
        self.people = Combo()
        self.people.setAccessibleName(self.tr("Whose bookings"))
        self.people.activated.connect(lambda row: self.people_asked.emit(self.people.itemData(row)))
        self.mode = Segmented(
            (Choice("day", self.tr("Day")), Choice("week", self.tr("Week"))), name=self.tr("Day or week")
        )
        self.new = button(self.tr("New booking"), kind="primary", size="s", icon="plus", key="Ctrl+B")
        days = (self.before, self.after, self.today, self.go_to, space(4), wide(self.title, 100), self.count)
        columns(
            *days,
            STRETCH,
            self.people,
            self.new,
            self.mode,
            gap=8,
            pad=(16, 10, 12, 10),
            host=self,
        )
        self.people.hide()
        self.new.hide()

    def show_people(self, resources: "Sequence[Resource]") -> None:
        """Whose week can be shown."""
        kept = self.people.currentData()
        self.people.clear()
        self.people.addItem(self.tr("Everybody"))
        for one in resources:
            if not one.is_archived:
                self.people.addItem(one.name, one.id)
        self.people.setCurrentIndex(max(self.people.findData(kept), 0))

    def show_shown(self, shown: "Shown", today: date, *, is_narrow: bool) -> None:
        """Which days these are."""
        first, last = shown.span
        words = week_in_full(first, last, today) if shown.is_week else day_in_full(first, today)
        if is_narrow and not shown.is_week:
            words = f"{weekday(first)} {first.day} {_tr(month_name(first.month))[:3]}"
        self.title.setText(words)
        self.title.setMaximumWidth(self.title.natural_width())
        self.mode.set_current("week" if shown.is_week else "day")
        self.people.setVisible(shown.is_week and self.people.count() > 2)
        self.before.setAccessibleName(self.tr("Week before") if shown.is_week else self.tr("Day before"))
        self.after.setAccessibleName(self.tr("Week after") if shown.is_week else self.tr("Day after"))
        self.new.set_key("" if is_narrow else "Ctrl+B")

    def show_count(self, picture: "Picture", *, is_narrow: bool) -> None:
        """How many bookings these days have."""
        count = picture.count()
        self.count.set_text(str(count) if is_narrow else count_words(count))
