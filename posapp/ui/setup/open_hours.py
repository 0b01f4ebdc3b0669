"""When a new shop is open: its days, all with the same hours."""

from posapp.domain.base.errors import DomainError
from posapp.domain.shop.businesses import WeekRow
from posapp.domain.shop.hours import HourSpan, check_week
from posapp.services.shop.businesses import USUAL_WEEK
from posapp.ui.settings.week_editor import SpansField, weekday_names
from posapp.ui.widgets.buttons import CheckBox
from posapp.ui.wording import translator

_tr = translator("OfferStep")


class OpenHours(SpansField):
    """The days on which the shop is open, all with the same hours; others are set later."""

    def __init__(self, locale: str) -> None:
        super().__init__("week", _tr("Hours on these days"), labels=False, placeholder=_tr("such as 9-18"))
        self.name_above()
        self.show_spans([HourSpan(row.starts, row.ends) for row in USUAL_WEEK[:1]], locale)
        self.days = [CheckBox(name) for name in weekday_names()]
        for day in self.days:
            day.setChecked(True)
            day.toggled.connect(lambda _on: self.clear_problem())

    def week(self) -> tuple[WeekRow, ...]:
        """The week that is ticked."""
        spans, ticked = self.value(), [at for at, day in enumerate(self.days) if day.isChecked()]
        return tuple(WeekRow(None, at, "open", span.starts, span.ends) for at in ticked for span in spans)

    def value(self) -> list[HourSpan]:
        """The hours; `DomainError` where there is no day for them, or no hours for the days."""
        if not any(day.isChecked() for day in self.days):
            raise DomainError("days_missing", _tr("Tick the days on which you are open."), field=self.name)
        found = super().value()
        if not found:
            raise DomainError("hours_missing", _tr("Enter hours such as 9-18."), field=self.name)
        days = [at for at, day in enumerate(self.days) if day.isChecked()]
        try:
            check_week([(at, "open", span) for at in days for span in found])
        except DomainError as error:
            raise DomainError(error.code, error.sentence, field=self.name) from error
        return found

    def ticked(self) -> str:
        """The days as a draft keeps them, Monday being 0."""
        return "".join(str(at) for at, day in enumerate(self.days) if day.isChecked())

    def tick(self, days: str) -> None:
        """Tick these."""
        for at, day in enumerate(self.days):
            day.setChecked(str(at) in days)
