"""Where devices lie: shelves by their code, set up on first use, and tickets scanned onto them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name
from posapp.services.repairs.ticket_steps import (
    held_ticket,
    note_on_job,
    refuse_closed,
    refuse_gone,
    require_job,
)

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

CODE_LIMIT, MOST_CODES = 20, 200
_TICKET = re.compile(r"(T\d{1,15})(?:/(\d{1,2}))?")
_OTHER_CODE = re.compile(r"PL\d+|\d{13,}")


@dataclass(frozen=True, slots=True)
class Shelved:
    """A device that was put somewhere: its ticket, position, name, and the shelf before and after."""

    number: str
    position: int
    device: str
    before: str
    shelf: str


def check_shelf(code: str) -> str:
    """A shelf's code in its stored form, "" for none; refuses codes of tickets, customers and goods."""
    code = clean_name(code).upper()
    if _TICKET.fullmatch(code) or _OTHER_CODE.fullmatch(code):
        raise DomainError("shelf_code", f"{code[:20]} is no shelf. Scan the code of a shelf.", field="shelf")
    if len(code) > CODE_LIMIT:
        raise DomainError("shelf_code", "The code of a shelf has at most 20 characters.", field="shelf")
    return code


def shelf_of(uow: "UnitOfWork", code: str) -> int | None:
    """The key of the shelf with that code, None for no code."""
    code = check_shelf(code)
    return uow.tickets.shelf_of(code) if code else None


def put_on_shelves(uow: "UnitOfWork", codes: Sequence[str]) -> list[Shelved]:
    """Scanned codes in their order: a shelf, then what lies there, then perhaps the next shelf."""
    if len(codes) > MOST_CODES:
        raise DomainError("codes_many", "Scan at most 200 codes at once.", field="codes")
    shelf = ""
    places: dict[tuple[int, int], tuple[str, str, str]] = {}
    for code in filter(None, (clean_name(one).upper() for one in codes)):
        found = _TICKET.fullmatch(code)
        if found is None:
            shelf = check_shelf(code)
            continue
        if not shelf:
            raise DomainError("shelf_missing", "Scan the shelf first, then the tickets.", field="codes")
        number, position = found[1], found[2] or ""
        places[int(number[1:]), int(position or 0)] = (number, position, shelf)
    if not places:
        raise DomainError("ticket_missing", "Scan the tickets that lie there.", field="codes")
    moved: list[Shelved] = []
    for _, (number, position, place) in sorted(places.items()):  # in one order, so that tills never cross
        moved += _put(uow, number, position, place)
    return moved


def _put(uow: "UnitOfWork", number: str, position: str, shelf: str) -> list[Shelved]:
    ticket = held_ticket(uow, number)
    refuse_closed(ticket)
    jobs = [job for job in ticket.jobs if job.is_here]
    if position:
        jobs = [require_job(ticket, int(position))]
        refuse_gone(ticket, jobs[0])
    key = uow.tickets.shelf_of(shelf)
    for job in jobs:
        if job.shelf == shelf:
            continue
        uow.tickets.update_job(job.id, shelf_id=key)
        note_on_job(
            uow, Action.TICKET_SHELVED, ticket, job, before={"shelf": job.shelf}, after={"shelf": shelf}
        )
    return [Shelved(ticket.number, job.position, job.device.name, job.shelf, shelf) for job in jobs]
