"""Reads one ticket with everything around it, and carries out what its sheet asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.ui.session import Session
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.estimates import Estimate
    from posapp.domain.informing import ContactLine
    from posapp.domain.journal import JournalLine
    from posapp.domain.tickets import StateMap, Ticket
    from posapp.services.tickets import TicketDesk

Failure = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class WholeTicket:
    """A ticket, its estimates, loaners and messages, its steps, and the shop's states."""

    ticket: "Ticket"
    states: "StateMap"
    estimates: "tuple[Estimate, ...]"
    loans: tuple[str, ...]
    messages: "tuple[ContactLine, ...]"
    photos: int
    steps: "tuple[JournalLine, ...]"


class TicketPresenter:
    """One ticket; every answer is the whole of it anew."""

    def __init__(self, session: Session, number: str) -> None:
        self._session = session
        self.number = number

    @property
    def wording(self) -> Wording:
        """The habits of the shop."""
        return Wording.of(self._session.catalogue.business)

    def read(self, *, done: Callable[[WholeTicket], None], failed: Failure) -> None:
        """The ticket and everything around it."""
        shop, actor, number = self._session.shop, self._session.actor, self.number

        def work() -> WholeTicket:
            return WholeTicket(
                shop.tickets.get(actor, number),
                shop.tickets.states(actor),
                tuple(shop.estimates.of_ticket(actor, number)),
                tuple(loan.name for loan in shop.loaners.of_ticket(actor, number) if loan.back_at is None),
                tuple(shop.informing.of_ticket(actor, number)),
                len(shop.photos.of_ticket(actor, number)),
                tuple(shop.tickets.history(actor, number)),
            )

        self._session.lanes.database.run(work, done=done, failed=failed, topic="ticket")

    def do(
        self, change: "Callable[[TicketDesk], object]", *, done: Callable[[object], None], failed: Failure
    ) -> None:
        """Ask the ticket desk for a change."""
        tickets = self._session.shop.tickets
        self._session.lanes.database.run(lambda: change(tickets), done=done, failed=failed)

    @property
    def session(self) -> Session:
        """The open shop."""
        return self._session
