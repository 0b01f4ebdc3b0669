"""The devices of a hand-back: which leave, and how each ended and who takes it where several do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.devices import told_apart
from posapp.domain.repairs.tickets import Job, Outcome, StateGroup
from posapp.domain.repairs.waiting import FOR_OWNERS
from posapp.services.repairs.ticket_commands import Apart
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.fields import LineEdit
from posapp.ui.layout import STRETCH, columns, held, refill, rows, wide
from posapp.ui.tab_order import stops_in
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.tickets.words import outcome_words
from posapp.ui.widgets.buttons import CheckBox
from posapp.ui.widgets.choices import Choice, Segmented
from posapp.ui.widgets.labels import StatusPill, label
from posapp.ui.wording import Wording


class DeviceRow(QWidget):
    """One device. What is in work cannot be ticked; its own end is asked for once `ask_end` says so."""

    changed = Signal()

    def __init__(self, job: Job, name: str, wording: Wording, *, ticked: bool) -> None:
        super().__init__()
        self.job = job
        self.tick = CheckBox(name)
        is_done = job.state.group in FOR_OWNERS
        self.tick.setEnabled(is_done)
        self.tick.setChecked(is_done and ticked)
        self.outcome = Segmented([Choice(one.value, outcome_words(one)) for one in self._outcomes()])
        self.outcome.setAccessibleName(self.tr("How {device} ended").format(device=name))
        self.to = LineEdit()
        self.to.setPlaceholderText(self.tr("The same person"))
        self.to.setAccessibleName(self.tr("Who takes {device}").format(device=name))
        self._end = held(columns(self.outcome, wide(self.to), gap=10, pad=(28, 0, 0, 4)))
        self._end.hide()
        shelf = price = None
        if job.shelf:
            shelf = label(self.tr("shelf {code}").format(code=job.shelf), "body", tone="text2")
        if job.price_minor is not None:
            price = label(wording.price(job.price_minor), "field", weight=600)
        pill = StatusPill(ticket_look(job.state))
        rows(columns(self.tick, pill, shelf, STRETCH, price, gap=10), self._end, gap=4, host=self)
        self.show_usual(Outcome.REPAIRED)
        self.tick.toggled.connect(lambda _on: self.changed.emit())

    @property
    def is_cancelled(self) -> bool:
        """Whether it was given up."""
        return self.job.state.group == StateGroup.CANCELLED

    def _outcomes(self) -> list[Outcome]:
        return [one for one in Outcome if not (self.is_cancelled and one is Outcome.REPAIRED)]

    def show_usual(self, outcome: Outcome) -> None:
        """It ends as all do, but what was given up is not repaired."""
        allowed = outcome in self._outcomes()
        self.outcome.set_current(outcome.value if allowed else Outcome.NOT_REPAIRED.value)

    def ask_end(self, *, asks: bool) -> None:
        """Whether it is asked how this one ended."""
        self._end.setVisible(asks and self.tick.isChecked())

    def apart(self) -> Apart:
        """How this one ended, and who takes it if that is said."""
        return Apart(self.job.position, Outcome(self.outcome.current()), self.to.text())

    def stops(self) -> list[QWidget]:
        """Where Tab stops."""
        return [self.tick, *stops_in(self._end)]


class DeviceTicks(QWidget):
    """All that are done are ticked at first; those that are still in work cannot be."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = rows(gap=6, host=self)
        self.rows: dict[int, DeviceRow] = {}
        self._jobs: tuple[Job, ...] | None = None

    def show_ticket(self, whole: WholeTicket, wording: Wording) -> None:
        """The devices as they are now; what was unticked stays so."""
        here = tuple(job for job in whole.ticket.jobs if job.is_here)
        if here == self._jobs:
            return
        ticks = {place: row.tick for place, row in self.rows.items()}
        unticked = {place for place, tick in ticks.items() if tick.isEnabled() and not tick.isChecked()}
        self._jobs = here
        names = told_apart([job.device for job in here])
        self.rows = {
            job.position: DeviceRow(job, name, wording, ticked=job.position not in unticked)
            for job, name in zip(here, names, strict=True)
        }
        gone = label(self.tr("Everything was handed back."), "body", tone="text2")
        refill(self._column, [*self.rows.values()] or [gone])
        for row in self.rows.values():
            row.changed.connect(self._weigh)
        self._weigh()

    def _weigh(self) -> None:
        several = len(self.positions()) > 1
        for row in self.rows.values():
            row.ask_end(asks=several)
        self.changed.emit()

    def show_usual(self, outcome: Outcome) -> None:
        """All ended so."""
        for row in self.rows.values():
            row.show_usual(outcome)

    def positions(self) -> tuple[int, ...]:
        """What leaves."""
        return tuple(place for place, row in self.rows.items() if row.tick.isChecked())

    def apart(self) -> tuple[Apart, ...]:
        """How each of several ended; nothing where one leaves."""
        leave = self.positions()
        return tuple(self.rows[place].apart() for place in leave) if len(leave) > 1 else ()

    def leaves_all(self) -> bool:
        """Whether nothing of the ticket stays here."""
        return bool(self.rows) and len(self.positions()) == len(self.rows)

    def is_cancelled(self) -> bool:
        """Whether all that leaves was given up."""
        leave = self.positions()
        return bool(leave) and all(self.rows[place].is_cancelled for place in leave)

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        return [stop for row in self.rows.values() for stop in row.stops()]
