"""What the Desk does with the queue: somebody joins it, is called, leaves it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.domain.base.errors import PosappError
from posapp.domain.bookings.bookings import OVERRIDABLE
from posapp.ui.window.notices import Step
from posapp.ui.window.undo import Turn

if TYPE_CHECKING:
    from posapp.domain.bookings.walk_ins import QueueLine, WalkIn
    from posapp.services.bookings.walk_ins import Served
    from posapp.ui.front_desk.page import DeskPage
    from posapp.ui.front_desk.walk_ins import WalkInRow, WalkIns

"""Refusals that a clerk may go against (services/bookings/bookings.py)."""


class WalkInSteps(QObject):
    """Steps of the page around the queue, in the column and in its sheet."""

    def __init__(self, page: "DeskPage") -> None:
        super().__init__(page)
        self._page = page

    def bind(self, part: "WalkIns") -> None:
        """Serve a view of the queue."""
        part.added.connect(self.add)
        part.called.connect(self.call)
        part.left.connect(self.leave)

    def add(self, service_id: int) -> None:
        """The customer at the counter joins the queue."""
        page = self._page
        if page.shown_id is None:
            page.shell.notices.status(self.tr("Choose a customer first"), "warning")
            return
        page.presenter.add_walk_in(page.shown_id, service_id, self._added, page.said_no)

    def _added(self, line: "QueueLine") -> None:
        pl_id, place = line.walk_in.pl_id, line.position
        words = self.tr("{pl} waits at place {n}").format(pl=pl_id, n=place)
        key = line.walk_in.id
        self._page.shell.notices.toast(
            words, undo=partial(self._turn_out, key), redo=partial(self._turn_in, key)
        )
        self._page.today_steps.read()

    def call(self, row: "WalkInRow", anyway: str | None = None) -> None:
        """It is somebody's turn, at once or in the time of somebody who did not come."""
        self._page.presenter.serve_walk_in(
            row.line, row.slot_of, anyway, self._served, partial(self._not_served, row)
        )

    def _served(self, served: "Served") -> None:
        page, booking = self._page, served.booking
        words = self.tr("{number}: {name} is called to {whom}").format(
            number=booking.number, name=booking.customer_name or booking.pl_id, whom=booking.resource
        )
        page.shell.notices.toast(words)
        page.open_customer(booking.customer_id, booking.number)

    def _not_served(self, row: "WalkInRow", error: Exception) -> None:
        page = self._page
        if not isinstance(error, PosappError) or error.code not in OVERRIDABLE:
            page.said_no(error)
            return
        anyway = Step(
            self.tr("Call anyway"), partial(self.call, row, self.tr("Walk-in called at the counter"))
        )
        page.shell.notices.status(error.sentence, "warning", steps=(anyway,), seconds=10.0)

    def leave(self, row: "WalkInRow") -> None:
        """Somebody does not want to wait any longer."""
        walk_in = row.line.walk_in

        def done(gone: "WalkIn") -> None:
            words = self.tr("{pl} left the queue").format(pl=gone.pl_id)
            self._page.shell.notices.toast(
                words, undo=partial(self._turn_in, gone.id), redo=partial(self._turn_out, gone.id)
            )
            self._page.today_steps.read()

        self._page.presenter.leave_queue(walk_in.id, done, self._page.said_no)

    def _turn_in(self, walk_in_id: int, turn: Turn) -> None:
        self._page.presenter.come_back(walk_in_id, partial(self._turned, turn), turn.failed)

    def _turn_out(self, walk_in_id: int, turn: Turn) -> None:
        self._page.presenter.leave_queue(walk_in_id, partial(self._turned, turn), turn.failed)

    def _turned(self, turn: Turn, _walk_in: "WalkIn") -> None:
        turn.done()
        self._page.today_steps.read()
