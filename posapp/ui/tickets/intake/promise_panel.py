"""The right side: about what price, by when, by whom, and what is printed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.clock import resolve_wall
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.promises import USUAL_END, closes_at, next_quarter, times_to_promise
from posapp.services.repairs.intake import NOTE_LIMIT
from posapp.ui.fields import ComboField, Form, MoneyField, NoteField
from posapp.ui.layout import STRETCH, columns, held, rows, wide
from posapp.ui.tickets.intake.estimate_block import EstimateBlock
from posapp.ui.tickets.intake.fields import OptionalDay, OptionalTime
from posapp.ui.widgets.buttons import CheckBox
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import Chips, Choice
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.shop.businesses import Resource, WeekRow
    from posapp.ui.tickets.estimate.presenter import DraftLine


class PromisePanel(Card):
    """Price and technician belong to the device that is shown, the rest to the ticket."""

    changed = Signal()
    rearranged = Signal()
    load_asked = Signal()  # another technician, or a rush: when could it be done?

    def __init__(self, wording: Wording, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._wording, self._now = wording, now
        self._week: Sequence[WeekRow] = ()
        self._earliest: datetime | None = None
        self.price = MoneyField("price", self.tr("About price"), wording=wording)
        self.technician = ComboField("technician", self.tr("Technician"))
        self.day = OptionalDay("due", self.tr("Promised for"), wording=wording, today=lambda: now().date())
        self.at = OptionalTime("due_time", self.tr("Time"), wording=wording)
        self.times = Chips(name=self.tr("Times to promise"))
        self.note = NoteField("note", self.tr("Note for the bench"), lines=1, limit=NOTE_LIMIT)
        self.prints = CheckBox(self.tr("Print claim ticket and device label"))
        self.rush = CheckBox(self.tr("Rush job"))
        self.estimate = EstimateBlock(wording)
        self.estimate.changed.connect(self._lines_changed)
        self.at.is_needed = lambda: not self.day.is_empty()
        self.price.editor.setProperty("variant", "")
        self.day.committed.connect(self._day_chosen)
        self.day.day_changed.connect(self._day_chosen)
        self.times.chosen.connect(self._take)
        for field in (self.price, self.technician, self.day, self.at, self.note):
            field.edited.connect(self.changed)
        self.rush.toggled.connect(self.changed)
        self.rush.toggled.connect(self.load_asked)
        self.technician.edited.connect(self.load_asked)
        self.prints.toggled.connect(self.changed)

    def join(self, form: Form) -> None:
        """Take the fields into a form, in the order of Enter."""
        for field in (self.price, self.technician, self.day, self.at, self.note):
            form.add_field(field)

    def lay_out(self) -> QWidget:
        """The fields, which scroll where there is no room."""
        who = columns(wide(self.price, 2), wide(self.technician, 3), gap=8)
        when = columns(wide(self.day, 2), wide(self.at), gap=8)
        checks = rows(self.prints, self.rush, gap=0)
        parts = (self.estimate, who, when, self.times, self.note, checks, STRETCH)
        return held(rows(*parts, gap=10, pad=(15, 12, 15, 10)))

    def show_lines(self, lines: "Sequence[DraftLine]") -> None:
        """The estimate of the device that is shown; its sum is the price then."""
        self.estimate.show_lines(lines)
        self.price.setVisible(not self.estimate.lines)
        self.rearranged.emit()

    def _lines_changed(self) -> None:
        self.price.setVisible(not self.estimate.lines)
        self.rearranged.emit()
        self.changed.emit()

    # -- the shop --------------------------------------------------------------------------------------
    def set_shop(self, people: "Sequence[Resource]", week: "Sequence[WeekRow]") -> None:
        """Technicians and hours, as they are now."""
        live = [one for one in people if not one.is_archived and one.kind.value == "staff"]
        kept = self.technician_id()
        self.technician.set_choices([(0, self.tr("Anyone")), *((one.id, one.name) for one in live)])
        self.set_technician(kept)
        self._week = week
        self._offer_times()

    def _offer_times(self) -> None:
        found = times_to_promise(self._week, self._now().replace(tzinfo=None), self._earliest)
        self.times.set_choices([Choice(one.isoformat(), self._short(one)) for one in found])
        self.mark_time()
        self.rearranged.emit()

    def show_load(self, due: datetime | None, ahead: int) -> None:
        """The earliest time to promise, and how many devices come first."""
        wall = None if due is None else self._wording.here(due).replace(tzinfo=None)
        self._earliest = None if wall is None else next_quarter(wall)
        one = self.tr("1 comes first")
        many = self.tr("{n} come first").format(n=ahead)
        self.day.aside.setText("" if not ahead else one if ahead == 1 else many)
        self._offer_times()

    def _short(self, at: datetime) -> str:
        today, shown = self._now().date(), self._wording.time(at.time())
        if at.date() == today:
            return self.tr("Today {time}").format(time=shown)
        return f"{self._wording.day(at.date())[:3]} {shown}"

    # -- values ----------------------------------------------------------------------------------------
    def technician_id(self) -> int | None:
        """The technician's key, None for anyone."""
        found = self.technician.value() if self.technician.problem() is None else 0
        return int(found) or None

    def set_technician(self, key: int | None) -> None:
        """Choose a technician without telling anybody."""
        self.technician.combo.blockSignals(True)
        self.technician.choose(key or 0)
        if self.technician.problem() is not None:
            self.technician.choose(0)
        self.technician.combo.blockSignals(False)

    def due(self) -> datetime | None:
        """When it is promised, None for no promise; raises `DomainError`."""
        if self.day.is_empty():
            return None
        wall = datetime.combine(self.day.value(), self.at.value())
        due = resolve_wall(wall, self._wording.zone)
        if due <= self._now():
            sentence = self.tr("Promise a time that is still to come.")
            raise DomainError("due_past", sentence, field=self.at.name)
        return due

    def _day_chosen(self, _day: object = None) -> None:
        if self.at.is_empty() and self.day.problem() is None and not self.day.is_empty():
            ends = closes_at(self._week, self.day.value()) or USUAL_END
            self.at.set_time(time(*divmod(min(ends, 24 * 60 - 1), 60)))
        self.mark_time()

    def _take(self, key: str) -> None:
        at = datetime.fromisoformat(key)
        self.at.set_time(at.time())
        self.day.set_day(at.date())
        self.changed.emit()

    def mark_time(self) -> None:
        """The chip of the promised time is the chosen one."""
        if self.day.is_empty() or self.day.problem() or self.at.problem() or self.at.is_empty():
            self.times.set_current("")
            return
        self.times.set_current(datetime.combine(self.day.value(), self.at.value()).isoformat())

    def clear(self, *, prints: bool) -> None:
        """Nothing promised."""
        for field in (self.price, self.day, self.at, self.note):
            field.set_text("")
        self.show_lines([])
        self.estimate.agreed.setChecked(True)
        self.set_technician(None)
        self.rush.setChecked(False)
        self.prints.setChecked(prints)
        self._offer_times()

    def kept(self) -> dict[str, object]:
        """What a draft keeps of the ticket."""
        return {
            "due": "" if self.day.is_empty() else self.day.snapshot(),
            "due_time": self.at.text(),
            "note": self.note.text(),
            "rush": self.rush.isChecked(),
            "prints": self.prints.isChecked(),
            "agreed": self.estimate.agreed.isChecked(),
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Put back what `kept` gave."""
        if kept.get("due"):
            self.at.set_text(str(kept.get("due_time") or ""))
            self.day.restore(kept["due"])
        self.note.set_text(str(kept.get("note") or ""))
        self.rush.setChecked(kept.get("rush") is True)
        self.prints.setChecked(kept.get("prints") is True)
        self.estimate.agreed.setChecked(kept.get("agreed") is True)
        self.mark_time()

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        return [
            *self.estimate.stops(),
            self.price,
            self.technician,
            self.day,
            self.at,
            self.times,
            self.note,
            self.prints,
            self.rush,
        ]
