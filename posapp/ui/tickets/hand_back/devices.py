"""The devices of a ticket with a tick each: those that are done can leave."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.tickets import Job, StateGroup
from posapp.services.repairs.whole_ticket import WholeTicket
from posapp.ui.layout import STRETCH, columns, held, refill, rows
from posapp.ui.tickets.looks import ticket_look
from posapp.ui.widgets.buttons import CheckBox
from posapp.ui.widgets.labels import StatusPill, label
from posapp.ui.wording import Wording

DONE = (StateGroup.READY, StateGroup.CANCELLED)


class DeviceTicks(QWidget):
    """All that are done are ticked at first; those that are still in work cannot be."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = rows(gap=6, host=self)
        self.ticks: dict[int, CheckBox] = {}
        self._jobs: tuple[Job, ...] | None = None

    def show_ticket(self, whole: WholeTicket, wording: Wording) -> None:
        """The devices as they are now; what was unticked stays so."""
        here = tuple(job for job in whole.ticket.jobs if job.state.group != StateGroup.CLOSED)
        if here == self._jobs:
            return
        unticked = {place for place, tick in self.ticks.items() if tick.isEnabled() and not tick.isChecked()}
        self._jobs, self.ticks = here, {}
        shown = [self._row(job, wording, job.position not in unticked) for job in here]
        gone = label(self.tr("Everything was handed back."), "body", tone="text2")
        refill(self._column, shown or [gone])

    def _row(self, job: Job, wording: Wording, ticked: bool) -> QWidget:
        tick = CheckBox(job.device.name)
        is_done = job.state.group in DONE
        tick.setEnabled(is_done)
        tick.setChecked(is_done and ticked)
        tick.toggled.connect(lambda _on: self.changed.emit())
        self.ticks[job.position] = tick
        shelf = price = None
        if job.shelf:
            shelf = label(self.tr("shelf {code}").format(code=job.shelf), "body", tone="text2")
        if job.price_minor is not None:
            price = label(wording.price(job.price_minor), "field", weight=600)
        return held(columns(tick, StatusPill(ticket_look(job.state)), shelf, STRETCH, price, gap=10))

    def positions(self) -> tuple[int, ...]:
        """What leaves."""
        return tuple(place for place, tick in self.ticks.items() if tick.isChecked())

    def leaves_all(self) -> bool:
        """Whether nothing of the ticket stays here."""
        return bool(self.ticks) and all(tick.isChecked() for tick in self.ticks.values())

    def is_cancelled(self) -> bool:
        """Whether all that leaves was given up."""
        jobs = [job for job in self._jobs or () if job.position in self.positions()]
        return bool(jobs) and all(job.state.group == StateGroup.CANCELLED for job in jobs)
