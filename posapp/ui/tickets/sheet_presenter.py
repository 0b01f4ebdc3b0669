"""Reads one ticket with everything around it, and carries out what its screens ask for."""

from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.photos import MOST_BYTES
from posapp.ui.presenter import Done, Failed, Presenter
from posapp.ui.tickets.presenter import TicketWork

if TYPE_CHECKING:
    from posapp.domain.repairs.parts import Item
    from posapp.domain.repairs.photos import Photo
    from posapp.domain.repairs.tickets import Job, Ticket
    from posapp.services.repairs.whole_ticket import WholeTicket
    from posapp.ui.session import Session


class TicketPresenter(Presenter):
    """One ticket; every answer is the whole of it anew."""

    topic = "ticket"

    def __init__(self, session: "Session", number: str) -> None:
        super().__init__(session)
        self.number = number

    def technicians(self) -> list[tuple[int, str]]:
        """Key and name of everybody who repairs."""
        people = self.session.catalogue.resources
        return [(one.id, one.name) for one in people if one.kind.value == "staff" and not one.is_archived]

    def whole(self, done: Done["WholeTicket"], failed: Failed) -> None:
        """The ticket and everything around it."""
        self.read(lambda shop, actor: shop.tickets.whole(actor, self.number), done, failed)

    def items(self, done: "Done[list[Item]]") -> None:
        """The parts of the shop."""
        self.read(lambda shop, actor: shop.parts.items(actor, limit=500), done, topic="items")

    def write_ticket(
        self, seen: int, work: TicketWork, done: Done["Ticket"], failed: Failed, *, always: bool = False
    ) -> None:
        """Change what belongs to the whole ticket, as the form showed it in that version."""
        self.write(
            ("ticket", self.number),
            seen,
            work,
            lambda ticket: ticket.stamps.version,
            done,
            failed,
            always=always,
        )

    def write_job(
        self, job: "Job", work: TicketWork, done: Done["Ticket"], failed: Failed, *, always: bool = False
    ) -> None:
        """Change a device of the ticket, as the form showed it."""
        self.write(
            ("job", job.id),
            job.stamps.version,
            work,
            lambda ticket: next(one.stamps.version for one in ticket.jobs if one.id == job.id),
            done,
            failed,
            always=always,
        )

    def add_photo(self, position: int, path: str, done: Done["Photo"], failed: Failed) -> None:
        """Keep the picture in a file."""
        self.do(
            lambda shop, actor: shop.photos.add(actor, self.number, _bytes_of(path), position=position),
            done,
            failed,
        )


def _bytes_of(path: str) -> bytes:
    file = Path(path)
    try:
        if file.stat().st_size > MOST_BYTES:
            raise DomainError("photo_large", "This file is too large for a photo.", field="photo")
        return file.read_bytes()
    except OSError as error:
        raise DomainError("photo_unread", "This file cannot be read.", field="photo") from error
