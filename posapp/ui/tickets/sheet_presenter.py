"""Reads one ticket with everything around it, and carries out what its screens ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from posapp.domain.errors import DomainError
from posapp.domain.photos import MOST_BYTES
from posapp.ui.session import Session
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.domain.actor import Actor
    from posapp.domain.customers import Contact
    from posapp.domain.estimates import Estimate
    from posapp.domain.informing import ContactLine
    from posapp.domain.journal import JournalLine
    from posapp.domain.loaners import Loan, Loaner
    from posapp.domain.photos import Photo
    from posapp.domain.tickets import Job, StateMap, Ticket
    from posapp.services.shop import Shop

Failure = Callable[[Exception], None]
T = TypeVar("T")
TicketWork = Callable[["Shop", "Actor", int | None], "Ticket"]
"""Asks a desk; gets the version that it has to find, and gives the ticket as it is after that."""


@dataclass(frozen=True, slots=True)
class WholeTicket:
    """A ticket, what belongs to it, its steps, and what the shop's settings say about it."""

    ticket: "Ticket"
    states: "StateMap"
    estimates: "tuple[Estimate, ...]"
    loans: "tuple[Loan, ...]"
    free_loaners: "tuple[Loaner, ...]"
    messages: "tuple[ContactLine, ...]"
    photos: "tuple[Photo, ...]"
    steps: "tuple[JournalLine, ...]"
    contacts: "tuple[Contact, ...]"
    checks_quality: bool

    @property
    def out(self) -> "tuple[Loan, ...]":
        """Loaners that the customer still has."""
        return tuple(loan for loan in self.loans if loan.back_at is None)


class TicketPresenter:
    """One ticket; every answer is the whole of it anew."""

    def __init__(self, session: Session, number: str) -> None:
        self._session = session
        self.number = number

    @property
    def session(self) -> Session:
        """The open shop."""
        return self._session

    @property
    def wording(self) -> Wording:
        """The habits of the shop."""
        return Wording.of(self._session.catalogue.business)

    def technicians(self) -> list[tuple[int, str]]:
        """Key and name of everybody who repairs."""
        people = self._session.catalogue.resources
        return [(one.id, one.name) for one in people if one.kind.value == "staff" and not one.is_archived]

    def read(self, *, done: Callable[[WholeTicket], None], failed: Failure) -> None:
        """The ticket and everything around it."""
        shop, actor, number = self._session.shop, self._session.actor, self.number
        self._session.lanes.database.run(
            lambda: _whole(shop, actor, number), done=done, failed=failed, topic=f"ticket {number}"
        )

    def do(self, work: "Callable[[Shop, Actor], T]", *, done: Callable[[T], None], failed: Failure) -> None:
        """Ask a desk for a change."""
        shop, actor = self._session.shop, self._session.actor
        self._session.lanes.database.run(lambda: work(shop, actor), done=done, failed=failed)

    def write_ticket(
        self,
        seen_version: int,
        work: TicketWork,
        *,
        done: "Callable[[Ticket], None]",
        failed: Failure,
        always: bool = False,
    ) -> None:
        """Change what belongs to the whole ticket, as the form showed it in that version."""
        own, record = self._session.own, ("ticket", self.number)
        self.do(
            lambda shop, actor: own.write(
                record,
                seen_version,
                partial(work, shop, actor),
                lambda ticket: ticket.stamps.version,
                always=always,
            ),
            done=done,
            failed=failed,
        )

    def write_job(
        self,
        job: "Job",
        work: TicketWork,
        *,
        done: "Callable[[Ticket], None]",
        failed: Failure,
        always: bool = False,
    ) -> None:
        """Change a device of the ticket, as the form showed it."""
        own, record = self._session.own, ("job", job.id)
        self.do(
            lambda shop, actor: own.write(
                record,
                job.stamps.version,
                partial(work, shop, actor),
                lambda ticket: next(one.stamps.version for one in ticket.jobs if one.id == job.id),
                always=always,
            ),
            done=done,
            failed=failed,
        )

    def add_photo(
        self, position: int, path: str, *, done: "Callable[[Photo], None]", failed: Failure
    ) -> None:
        """Keep the picture in a file."""
        number = self.number
        self.do(
            lambda shop, actor: shop.photos.add(actor, number, _bytes_of(path), position=position),
            done=done,
            failed=failed,
        )


def _whole(shop: "Shop", actor: "Actor", number: str) -> WholeTicket:
    ticket = shop.tickets.get(actor, number)
    return WholeTicket(
        ticket,
        shop.tickets.states(actor),
        tuple(shop.estimates.of_ticket(actor, number)),
        tuple(shop.loaners.of_ticket(actor, number)),
        tuple(shop.loaners.free(actor)),
        tuple(shop.informing.of_ticket(actor, number)),
        tuple(shop.photos.of_ticket(actor, number)),
        tuple(shop.tickets.history(actor, number)),
        shop.customers.card(actor, ticket.customer_id).customer.contacts,
        shop.ticket_states.settings(actor).quality_check,
    )


def _bytes_of(path: str) -> bytes:
    file = Path(path)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise DomainError("photo_large", "This file is too large for a photo.", field="photo")
        return file.read_bytes()
    except OSError as error:
        raise DomainError("photo_unread", "This file cannot be read.", field="photo") from error
