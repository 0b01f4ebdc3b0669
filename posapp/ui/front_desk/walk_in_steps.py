"""What the front desk does with the queue: somebody joins it, is called, leaves it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posapp.domain.base.errors import PosappError
from posapp.domain.bookings.bookings import OVERRIDABLE
from posapp.ui.front_desk.counter_steps import CounterSteps
from posapp.ui.front_desk.presenter import FrontDeskPresenter
from posapp.ui.front_desk.steps import FrontDeskSteps
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import Turn

if TYPE_CHECKING:
    from posapp.domain.bookings.walk_ins import QueueLine, WalkIn
    from posapp.services.bookings.walk_ins import Served
    from posapp.ui.front_desk.walk_ins import WalkInRow, WalkIns


class WalkInSteps(FrontDeskSteps):
    """Around the queue, in the column and in its sheet."""

    changed = Signal()  # the queue has to be read anew

    def __init__(
        self, shell: Shell, presenter: FrontDeskPresenter, counter: CounterSteps, parent: QObject
    ) -> None:
        super().__init__(shell, parent)
        self._presenter, self._counter = presenter, counter

    def bind(self, part: "WalkIns") -> None:
        """Serve a view of the queue."""
        part.added.connect(self.add)
        part.called.connect(self.call)
        part.left.connect(self.leave)

    def add(self, service_id: int) -> None:
        """The customer at the counter joins the queue."""
        customer_id = self._counter.shown_id
        if customer_id is None:
            self.shell.notices.status(self.tr("Choose a customer first"), "warning")
        else:
            self._presenter.add_walk_in(customer_id, service_id, self._added, self.said_no)

    def _added(self, line: "QueueLine") -> None:
        words = self.tr("{pl} waits at place {n}").format(pl=line.walk_in.pl_id, n=line.position)
        key = line.walk_in.id
        self.shell.notices.toast(words, undo=partial(self._turn_out, key), redo=partial(self._turn_in, key))
        self.changed.emit()

    def call(self, row: "WalkInRow", anyway: str | None = None) -> None:
        """It is somebody's turn, at once or in the time of somebody who did not come."""
        self._presenter.serve_walk_in(
            row.line, row.slot_of, anyway, self._served, partial(self._not_served, row)
        )

    def _served(self, served: "Served") -> None:
        booking = served.booking
        words = self.tr("{number}: {name} is called to {whom}").format(
            number=booking.number, name=booking.customer_name or booking.pl_id, whom=booking.resource
        )
        self.shell.notices.toast(words)
        self._counter.open(booking.customer_id, booking.number)

    def _not_served(self, row: "WalkInRow", error: Exception) -> None:
        if not isinstance(error, PosappError) or error.code not in OVERRIDABLE:
            self.said_no(error)
            return
        anyway = Step(
            self.tr("Call anyway"), partial(self.call, row, self.tr("Walk-in called at the counter"))
        )
        self.shell.notices.status(error.sentence, "warning", steps=(anyway,), seconds=10.0)

    def leave(self, row: "WalkInRow") -> None:
        """Somebody does not want to wait any longer."""
        self._presenter.leave_queue(row.line.walk_in.id, self._gone, self.said_no)

    def _gone(self, gone: "WalkIn") -> None:
        words = self.tr("{pl} left the queue").format(pl=gone.pl_id)
        key = gone.id
        self.shell.notices.toast(words, undo=partial(self._turn_in, key), redo=partial(self._turn_out, key))
        self.changed.emit()

    def _turn_in(self, walk_in_id: int, turn: Turn) -> None:
        self._presenter.come_back(walk_in_id, partial(self._turned, turn), turn.failed)

    def _turn_out(self, walk_in_id: int, turn: Turn) -> None:
        self._presenter.leave_queue(walk_in_id, partial(self._turned, turn), turn.failed)

    def _turned(self, turn: Turn, _walk_in: "WalkIn") -> None:
        turn.done()
        self.changed.emit()
