"""The right side: the estimate, about what price, by when, by whom, and what is printed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.base.clock import resolve_wall
from posapp.domain.base.errors import PosappError
from posapp.domain.base.money import Money
from posapp.domain.bookings.weeks import WorkingWeek
from posapp.domain.repairs.promises import (
    USUAL_END,
    closes_at,
    is_too_soon,
    next_quarter,
    times_to_promise,
)
from posapp.domain.repairs.tickets import NOTE_LIMIT
from posapp.domain.shop.businesses import Resource
from posapp.ui.fields import ComboField, Form, MoneyField, NoteField
from posapp.ui.layout import STRETCH, at, columns, held, rows, wide
from posapp.ui.tickets.estimate.lines import LinesTable
from posapp.ui.tickets.estimate.presenter import DraftLine, put_line, total_of
from posapp.ui.tickets.estimate.price_offers import PriceOffers
from posapp.ui.tickets.intake.fields import OptionalDay, OptionalTime
from posapp.ui.tickets.intake.signing import SigningBlock
from posapp.ui.widgets.buttons import CheckBox, button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.choices import Chips, Choice
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording

_MOST_ROWS = 4
DEPOSIT_KEY = "Alt+D"


class EstimateBlock(QWidget):
    """The estimate at the counter: lines of the device that is shown, their sum, and the customer's yes.

    Without lines there are only the button and the prices that fit; the form of a line is a sheet.
    """

    changed = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.lines: list[DraftLine] = []
        self.add = button(self.tr("Add line"), kind="quiet", size="s", icon="plus", key="Ctrl+L")
        self.offers = PriceOffers(wording)
        self.table = LinesTable(wording, is_narrow=True)
        self.agreed = CheckBox(self.tr("Customer agrees"))
        self.agreed.toggled.connect(self.changed)
        self._total = label("", "strong", weight=700)
        self._lay_out()
        self.show_lines([])

    def _lay_out(self) -> None:
        head = columns(wide(label(self.tr("Estimate"), "field", weight=600)), self.add)
        self._foot = held(columns(wide(self.agreed), self._total, pad=(0, 0, 2, 0)))
        rows(head, self.offers, self.table, self._foot, gap=4, host=self)

    # -- lines -----------------------------------------------------------------------------------------
    def show_lines(self, lines: Sequence[DraftLine]) -> None:
        """Other lines: those of another device, or none."""
        self.lines = list(lines)
        self._refresh()

    def put(self, place: int | None, made: DraftLine) -> None:
        """A line that was changed, or (None) a new one."""
        at = put_line(self.lines, place, made)
        self.show_changed()
        self.table.choose(at)

    def show_changed(self) -> None:
        """The lines were changed from outside."""
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        has = bool(self.lines)
        self.offers.know_lines(self.lines)
        for part in (self.table, self._foot):
            part.setVisible(has)
        if not has:
            return
        self.table.show_lines(self.lines, with_device=False)
        shown = min(len(self.lines), _MOST_ROWS)
        row = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + shown * row + 4)
        self._total.setText(self._wording.price(total_of(self.lines)))

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        return [self.add, *self.offers.stops(), self.table, self.agreed]


class DepositBlock(QWidget):
    """What is taken now: typed, or as the shop's percent of the price offers it (Alt+D)."""

    def __init__(self, wording: Wording, form: Form) -> None:
        super().__init__()
        self._wording, self._offered = wording, 0
        self.amount = form.add_field(MoneyField("deposit", self.tr("Deposit now"), wording=wording))
        self.amount.editor.setProperty("variant", "")
        self.offer = button("", kind="quiet", size="s", icon="plus", key=DEPOSIT_KEY, run=self.take)
        columns(wide(self.amount, 2), at(Qt.AlignmentFlag.AlignBottom, self.offer), gap=8, host=self)
        self.show_offer(0)

    def show_offer(self, minor: int) -> None:
        """So much is offered; nothing where there is no price or the shop asks for none."""
        self._offered = minor
        self.offer.setText(self._wording.price(minor))
        self.offer.setVisible(bool(minor))

    def take(self) -> None:
        """Take what is offered, or type it."""
        if self._offered:
            self.amount.set_money(Money(self._offered, self._wording.currency))
            self.amount.edited.emit()
        self.amount.editor.setFocus()

    def minor(self) -> int:
        """What is to be taken; 0 for nothing, or for what is no amount yet."""
        found = self.amount.value() if self.amount.problem() is None else None
        return found.minor if found else 0


class PromisePanel(Card):
    """Price and technician belong to the device that is shown, the rest to the ticket."""

    changed = Signal()
    rearranged = Signal()
    load_asked = Signal()  # another technician, a rush, other work: when could it be done?

    def __init__(self, wording: Wording, form: Form) -> None:
        super().__init__()
        self._wording = wording
        self._week = WorkingWeek()
        self._earliest: datetime | None = None
        self._due: datetime | None = None
        self._is_known = False
        self.price = MoneyField("price", self.tr("About price"), wording=wording)
        self.technician = ComboField("technician", self.tr("Technician"))
        self.day = OptionalDay("due", self.tr("Promised for"), wording=wording)
        self.at = OptionalTime("due_time", self.tr("Time"), wording=wording, day=self.day)
        self.times = Chips(name=self.tr("Times to promise"))
        self.note = NoteField("note", self.tr("Note for the bench"), lines=1, limit=NOTE_LIMIT)
        self.prints = CheckBox(self.tr("Print claim ticket and device label"))
        self.rush = CheckBox(self.tr("Rush job"))
        self.estimate = EstimateBlock(wording)
        self.deposit = DepositBlock(wording, form)
        self.signing = SigningBlock()
        self._boxes = {"rush": self.rush, "prints": self.prints, "agreed": self.estimate.agreed}
        self.estimate.changed.connect(self._lines_changed)
        self.estimate.offers.changed.connect(self.rearranged)
        self.signing.opened.connect(self.rearranged)
        self.price.editor.setProperty("variant", "")
        self.day.committed.connect(self._day_chosen)
        self.day.edited.connect(self._warn)
        self.at.edited.connect(self._warn)
        self.day.day_changed.connect(self._day_chosen)
        self.times.chosen.connect(self._take)
        for field in (self.price, self.technician, self.day, self.at, self.note):
            form.add_field(field)
        for field in (self.price, self.technician, self.day, self.at, self.note, self.deposit.amount):
            field.edited.connect(self.changed)
        self.rush.toggled.connect(self.changed)
        self.rush.toggled.connect(self.load_asked)
        self.technician.edited.connect(self.load_asked)
        self.prints.toggled.connect(self.changed)

    def lay_out(self) -> QWidget:
        """The fields, which scroll where there is no room."""
        who = columns(wide(self.price, 2), wide(self.technician, 3), gap=8)
        when = columns(wide(self.day, 2), wide(self.at), gap=8)
        checks = FlowLayout(gap=0, between=16)
        for box in (self.prints, self.rush):
            checks.addWidget(box)
        upper = self.estimate, who, self.deposit, when, self.times, self.note
        return held(rows(*upper, held(checks), self.signing, STRETCH, gap=8, pad=(15, 12, 15, 10)))

    def show_lines(self, lines: Sequence[DraftLine]) -> None:
        """The estimate of the device that is shown; its sum is the price then."""
        self.estimate.show_lines(lines)
        self.price.setVisible(not self.estimate.lines)
        self.rearranged.emit()

    def _lines_changed(self) -> None:
        self.price.setVisible(not self.estimate.lines)
        self.rearranged.emit()
        self.changed.emit()
        self.load_asked.emit()

    # -- the shop --------------------------------------------------------------------------------------
    def set_shop(self, people: Sequence[Resource], week: WorkingWeek) -> None:
        """Technicians and hours, as they are now."""
        kept = self.technician_id()
        self.technician.set_choices([(0, self.tr("Anyone")), *((one.id, one.name) for one in people)])
        self.set_technician(kept)
        self._week = week
        self._offer_times()

    def _offer_times(self) -> None:
        found = times_to_promise(self._week, self._wording.now().replace(tzinfo=None), self._earliest)
        self.times.set_choices([Choice(one.isoformat(), self._short(one)) for one in found])
        self.mark_time()
        self.rearranged.emit()

    def show_load(self, due: datetime | None, ahead: int) -> None:
        """The earliest time to promise, and how many devices come first."""
        wall = None if due is None else self._wording.here(due).replace(tzinfo=None)
        self._earliest = None if wall is None else next_quarter(wall)
        self._due, self._is_known = due, True
        one = self.tr("1 comes first")
        many = self.tr("{n} come first").format(n=ahead)
        self.day.aside.setText("" if not ahead else one if ahead == 1 else many)
        self._offer_times()

    def _short(self, at: datetime) -> str:
        today, shown = self._wording.now().date(), self._wording.time(at.time())
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
        return resolve_wall(datetime.combine(self.day.value(), self.at.value()), self._wording.zone)

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

    def _warn(self) -> None:
        """Say when it would fit, if it is promised for an earlier time."""
        said = self.day.message()
        try:
            due = self.due()
        except PosappError:
            due = None
        if due is not None and self._is_known and is_too_soon(due, self._due):
            words = self.tr("The bench is full for two months.")
            if self._due is not None:
                at = self._wording.moment_in_full(self._due)
                words = self.tr("Too soon: it fits by {time}.").format(time=at)
            self.day.say(words, "warning")
        elif self.day.problem() is None:
            self.day.say("")
        if self.day.message() != said:
            self.rearranged.emit()

    def mark_time(self) -> None:
        """The chip of the promised time is the chosen one; too early a time is warned of."""
        self._warn()
        if self.day.is_empty() or self.day.problem() or self.at.problem() or self.at.is_empty():
            self.times.set_current("")
            return
        self.times.set_current(datetime.combine(self.day.value(), self.at.value()).isoformat())

    def clear(self, *, prints: bool) -> None:
        """Nothing promised."""
        for field in (self.price, self.day, self.at, self.note, self.deposit.amount):
            field.set_text("")
        self.show_lines([])
        self.estimate.agreed.setChecked(False)
        self.set_technician(None)
        self.rush.setChecked(False)
        self.prints.setChecked(prints)
        self.signing.clear()
        self._offer_times()

    def kept(self) -> dict[str, object]:
        """What a draft keeps of the ticket."""
        return {
            "due": "" if self.day.is_empty() else self.day.snapshot(),
            "due_time": self.at.text(),
            "note": self.note.text(),
            "deposit": self.deposit.amount.text(),
            **{name: box.isChecked() for name, box in self._boxes.items()},
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Put back what `kept` gave."""
        if kept.get("due"):
            self.at.set_text(str(kept.get("due_time") or ""))
            self.day.restore(kept["due"])
        self.note.set_text(str(kept.get("note") or ""))
        self.deposit.amount.set_text(str(kept.get("deposit") or ""))
        for name, box in self._boxes.items():
            box.setChecked(kept.get(name) is True)
        self.mark_time()

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        money = (self.price, self.technician, self.deposit.amount, self.deposit.offer)
        return [
            *self.estimate.stops(),
            *money,
            self.day,
            self.at,
            self.times,
            self.note,
            self.prints,
            self.rush,
            *self.signing.stops(),
        ]
