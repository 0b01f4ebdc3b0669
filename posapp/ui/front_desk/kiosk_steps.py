"""What the clerk does for the kiosk: nods somebody in, gives a code, rings up what was ordered there."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.ui.front_desk.counter_steps import CounterSteps, FrontDeskSteps, Ways
from posapp.ui.front_desk.kiosk_parts import CodeSheet
from posapp.ui.front_desk.presenter import FrontDeskPresenter
from posapp.ui.front_desk.today_steps import TodaySteps
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.counter.kiosk import Arrival
    from posapp.services.customers.customers import Found


class KioskSteps(FrontDeskSteps):
    """Around the arrivals in the column of today, and around the customer at the counter."""

    def __init__(
        self,
        shell: Shell,
        presenter: FrontDeskPresenter,
        counter: CounterSteps,
        today: TodaySteps,
        ways: Ways,
        parent: QObject,
    ) -> None:
        super().__init__(shell, parent)
        self._presenter, self._counter, self._today, self._ways = presenter, counter, today, ways
        today.let_in.connect(self.let_in)
        today.turned_away.connect(self.turn_away)

    def nod(self) -> None:
        """Let in whoever waits longest at the kiosk."""
        if not self._today.column.arrivals.nod():
            self.shell.notices.status(self.tr("Nobody waits at the kiosk for a nod"), "warning")

    def let_in(self, arrival: "Arrival") -> None:
        """The customer of the number, found or made, joins the queue."""
        self._presenter.nod(arrival.id, self._came_in, self._said_no)

    def _came_in(self, found: "Found") -> None:
        words = self.tr("{said}: {name} is in the queue")
        said = found.said[:1].upper() + found.said[1:]
        name = found.customer.shown_name(self._presenter.session.region)
        self.shell.notices.toast(words.format(said=said, name=name))
        self._today.read()

    def turn_away(self, arrival: "Arrival") -> None:
        """Nobody is made a customer."""
        self._presenter.turn_away(arrival.id, self._went, self._said_no)

    def _went(self, _none: None) -> None:
        self.shell.notices.toast(self.tr("Turned away; nothing was kept"))
        self._today.read()

    def _said_no(self, error: Exception) -> None:
        self.said_no(error)
        self._today.read()

    def give_code(self) -> None:
        """A code for the customer at the counter, shown large once."""
        shown = self._counter.shown
        if shown is None:
            self.shell.notices.status(self.tr("Choose a customer first"), "warning")
        else:
            customer = shown.card.customer
            show = partial(self._show_code, str(customer.pl_id))
            self._presenter.give_code(customer.id, show, self.said_no)

    def _show_code(self, pl_id: str, code: str) -> None:
        """Under the ID of whom it is for, whoever stands at the counter by now."""
        self.shell.open_sheet(self.tr("Code for the kiosk"), CodeSheet(pl_id, code))

    def ring_up(self) -> None:
        """Go on with what the customer at the counter ordered at the kiosk."""
        orders = self._counter.shown.orders if self._counter.shown is not None else ()
        if orders:
            self._ways.ring_up(orders[0].reference)
        else:
            self.shell.notices.status(self.tr("Nothing was ordered at the kiosk"), "warning")
