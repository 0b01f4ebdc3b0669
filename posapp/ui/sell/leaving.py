"""Devices that leave with the customer who just paid for them: marked as collected unless somebody says no.

What is ready is handed over when the clerk goes on, to whoever stands in the ticket; until then a press takes
it back, so nothing has to be undone in the records.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.domain.repairs.tickets import Outcome as Ending
from posapp.domain.repairs.tickets import StateGroup, Ticket
from posapp.services.repairs.ticket_commands import HandBack
from posapp.ui.presenter import sentence_of
from posapp.ui.preview.print_watch import paper_order, print_watch
from posapp.ui.sell.done_view import DoneView
from posapp.ui.sell.presenter import SellPresenter
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.services.desks import Shop


class LeavingSteps(QObject):
    """Owns which tickets leave when the done page does."""

    def __init__(self, view: DoneView, presenter: SellPresenter, shell: Shell) -> None:
        super().__init__(view)
        self._view, self._presenter, self._shell = view, presenter, shell
        self._leaving: dict[str, Ticket] = {}
        self.waits_for: set[str] = set()
        """Tickets whose hand-back is open on its own page."""
        view.ticket_pressed.connect(self._pressed)
        shell.closing.connect(self.settle)

    def begin(self, numbers: tuple[str, ...]) -> None:
        """These were paid for."""
        self._leaving = {}
        for number in numbers:
            if number in self.waits_for:
                self.waits_for.discard(number)
            else:
                self._presenter.read(
                    partial(_ticket, number), self._offer, lambda _error: None, topic=f"leaving {number}"
                )

    def _offer(self, ticket: Ticket) -> None:
        here = [job for job in ticket.jobs if job.is_here]
        is_ready = bool(here) and all(job.state.group is StateGroup.READY for job in here)
        if is_ready and self._view.isVisible():
            self._leaving[ticket.number] = ticket
            self._view.mark_ticket(ticket.number, is_leaving=True)

    def _pressed(self, number: str) -> None:
        if self._leaving.pop(number, None) is not None:
            self._view.mark_ticket(number, is_leaving=False)
        else:
            self._view.hand_over_asked.emit(number)

    def take_back(self) -> bool:
        """The one that was marked last stays here; False if none is marked."""
        if not self._leaving:
            return False
        self._pressed(next(reversed(self._leaving)))
        return True

    def settle(self) -> None:
        """The clerk goes on: what leaves is written."""
        leaving, self._leaving = self._leaving, {}
        for number, ticket in leaving.items():
            who = ticket.contact_name or ticket.customer_name or str(ticket.pl_id)
            command = HandBack(
                number=number,
                outcome=Ending.REPAIRED,
                to=who,
                output=paper_order(self._presenter.session),
            )
            self._presenter.do(
                partial(_hand_back, command), partial(self._gone, number), partial(self._stays, number)
            )

    def _gone(self, number: str, _ticket: Ticket) -> None:
        if self._presenter.session.till.slip_output != "none":
            print_watch(self._shell).give_out(number)
        self._shell.notices.status(self.tr("{number} is collected").format(number=number), "success")

    def _stays(self, number: str, error: Exception) -> None:
        step = Step(self.tr("Hand over"), partial(self._shell.show_page, "hand_back", number))
        words = f"{number}: {sentence_of(error)}"
        self._shell.notices.status(words, "warning", steps=(step,), seconds=10.0)


def _ticket(number: str, shop: "Shop", actor: "Actor") -> Ticket:
    return shop.tickets.get(actor, number)


def _hand_back(command: HandBack, shop: "Shop", actor: "Actor") -> Ticket:
    return shop.counter.hand_back(actor, command).ticket
