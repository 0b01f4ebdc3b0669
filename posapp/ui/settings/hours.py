"""Hours: the week of the shop and of each person and bench, and the days that are different."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Permission
from posapp.domain.shop.businesses import ExceptionRow, WeekRow
from posapp.ui.actions import Action, hint
from posapp.ui.layout import rows
from posapp.ui.presenter import sentence_of
from posapp.ui.settings.presenter import SettingsPresenter
from posapp.ui.settings.section import Section, block
from posapp.ui.settings.special_days import SpecialDays
from posapp.ui.settings.week_editor import WeekEditor
from posapp.ui.widgets.buttons import CheckBox
from posapp.ui.widgets.choices import ChipGroup, Choice
from posapp.ui.widgets.labels import remark
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.bookings.bookings import Booking
    from posapp.services.desks import Shop

_tr = translator("Settings")

_SHOP = "shop"
AHEAD, FEW = timedelta(days=45), 3
"""How far ahead bookings are looked at when a week changes, and how many are named."""


class HoursSection(Section):
    """Whose hours, the week, the special days."""

    def __init__(self, presenter: SettingsPresenter, shell: Shell) -> None:
        super().__init__(_tr("Hours"), presenter, shell)
        self.whose = self.first = ChipGroup(name=_tr("Whose hours"))
        self.whose.chosen.connect(lambda _key: self._show_chosen())
        self.as_shop = CheckBox(_tr("The same hours as the shop"))
        self.as_shop.clicked.connect(self._own_or_shop)
        self.trouble = NoticeBar()
        self.week = WeekEditor()
        self.week.changed.connect(self._save_week)
        self.days = SpecialDays(presenter.wording)
        self.days.set_days.connect(self._save_days)
        how = remark(_tr("Type hours such as 9-18 or 9-13, 14-18. An empty line is a closed day."))
        closed = block(
            _tr("Closed days and other hours"),
            _tr("Leave the hours empty for a closed day. Enter changes a day, Del removes it."),
            self.days,
            gap=8,
        )
        week = rows(self.whose, self.as_shop, how, self.trouble, self.week, gap=10)
        self.add_scrolled(rows(week, closed, gap=24))

    # -- the page asks ---------------------------------------------------------------------------------
    def refresh(self) -> None:
        """Show the people of now and the chosen one's hours."""
        people = [one for one in self.presenter.known.catalogue.resources if not one.is_archived]
        choices = [
            Choice(_SHOP, _tr("Shop"), "store"),
            *(
                Choice(str(one.id), one.name, "user" if one.kind.value == "staff" else "wrench")
                for one in people
            ),
        ]
        now = self.whose.current()
        self.whose.set_choices(choices, now if any(one.key == now for one in choices) else _SHOP)
        self._show_chosen()

    def leaving(self) -> None:
        """What is typed is saved."""
        self.week.save_changes()

    def own_actions(self) -> Sequence[Action]:
        """Alt+C copies the day that has the focus."""
        words, run = _tr("Copy the day to all days"), self.week.copy_here
        word = _tr("Copy to all days")
        copy = Action("settings_copy", words, "Alt+C", run, when=self.isVisible, word=word)
        return hint("Return", _tr("Next field")), copy

    def compact_changed(self, is_compact: bool) -> None:
        """The bars need room that narrow windows do not have."""
        for day in self.week.days:
            day.bar.setVisible(not is_compact)

    # -- showing ---------------------------------------------------------------------------------------
    @property
    def _resource(self) -> int | None:
        key = self.whose.current()
        return None if key in ("", _SHOP) else int(key)

    def _rows(self, resource: int | None) -> list[WeekRow]:
        return [row for row in self.presenter.known.catalogue.week if row.resource_id == resource]

    def _show_chosen(self) -> None:
        resource, words = self._resource, self.presenter.wording
        rows = self._rows(resource)
        inherits = resource is not None and not any(row.kind == "open" for row in rows)
        self.as_shop.setVisible(resource is not None)
        self.as_shop.setChecked(inherits)
        self.trouble.hide()
        self.week.show_week(resource, rows, words.locale, self._rows(None) if inherits else None)
        self.days.show_days(resource, self.presenter.known.special_days, words)

    # -- saving ----------------------------------------------------------------------------------------
    def _own_or_shop(self) -> None:
        resource = self._resource
        rows = [row for row in self._rows(resource) if row.kind == "break"]
        if not self.as_shop.isChecked():
            shop = [row for row in self._rows(None) if row.kind == "open"]
            rows += [replace(row, resource_id=resource) for row in shop]
        self._save_week(rows)

    def _save_week(self, rows: list[WeekRow]) -> None:
        resource = self._resource

        def now(shop: "Shop", actor: "Actor") -> list[WeekRow]:
            week = shop.businesses.catalogue(actor, with_archived=True).week
            return [row for row in week if row.resource_id == resource]

        self.presenter.exchange(
            lambda shop, actor, week: shop.hours.set_week(actor, resource, week),
            self._rows(resource),
            rows,
            _tr("Hours of {name} saved").format(name=self._name()),
            self._refused,
            now=now,
            done=lambda _none: self._ask_outside(self.session.today(), AHEAD),
        )

    def _save_days(self, days: list[date], rows: list[ExceptionRow]) -> None:
        resource, known = self._resource, self.presenter.known.special_days
        before = {
            day: [row for row in known if row.day == day and row.resource_id == resource] for day in days
        }
        wanted = {day: [replace(row, day=day) for row in rows] for day in days}

        def write(shop: "Shop", actor: "Actor", table: dict[date, list[ExceptionRow]]) -> None:
            for day, each in table.items():
                shop.hours.set_exceptions(actor, resource, day, each)

        def now(shop: "Shop", actor: "Actor") -> list[ExceptionRow]:
            stored = shop.hours.exceptions(actor, min(days), max(days))
            return [row for row in stored if row.resource_id == resource]

        day = self.presenter.wording.day
        when = day(days[0]) if len(days) == 1 else f"{day(days[0])} – {day(days[-1])}"
        said = _tr("{day} saved") if rows else _tr("Usual hours on {day}")
        self.presenter.exchange(
            write,
            before,
            wanted,
            said.format(day=when),
            self._refused,
            now=now,
            done=lambda _none: self._days_saved(days, rows),
        )

    def _days_saved(self, days: list[date], rows: list[ExceptionRow]) -> None:
        if rows:
            self.days.forget()
        self._ask_outside(days[0], days[-1] - days[0])

    # -- what no longer fits -----------------------------------------------------------------------------
    def _ask_outside(self, first: date, ahead: timedelta) -> None:
        """Bookings that the hours of now would refuse stay where they are: say which."""
        if self.shell.may(Permission.BOOKING_READ):
            self.presenter.read(
                lambda shop, actor: shop.bookings.outside_hours(actor, first, first + ahead),
                self._tell_outside,
                topic="outside",
            )

    def _tell_outside(self, found: "list[Booking]") -> None:
        if not found:
            return
        wording = self.presenter.wording
        named = ", ".join(f"{one.number} {wording.moment(one.starts, one.wall_start)}" for one in found[:FEW])
        words = _tr("Booked outside of these hours: {bookings}")
        more = _tr("{bookings} and {count} more").format(bookings=named, count=len(found) - FEW)
        show = Step(_tr("Show"), partial(self.shell.show_page, "calendar", found[0].number))
        words = words.format(bookings=more if len(found) > FEW else named)
        self.shell.notices.status(words, "warning", steps=(show,), seconds=12.0)

    def _name(self) -> str:
        resource = self._resource
        people = self.presenter.known.catalogue.resources
        return next((one.name for one in people if one.id == resource), self.presenter.business.name)

    def _refused(self, error: Exception) -> None:
        self._show_chosen()
        self.trouble.say(sentence_of(error, _tr("This could not be saved.")), "danger")
