"""The parts of an estimate that holds are set aside for its devices, as far as they are free.

A part that is short refuses no yes of a customer: what is missing is reserved by hand once it came.
"""

from collections import Counter
from typing import TYPE_CHECKING

from posapp.domain.catalogue.items import ItemKind
from posapp.domain.repairs.estimates import Estimate
from posapp.domain.repairs.parts import PartState
from posapp.domain.repairs.tickets import Job, Ticket
from posapp.services.catalogue.stock import held_item
from posapp.services.repairs.parts import step_part, take_part

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

_HELD = (PartState.RESERVED, PartState.USED)
_OTHER_ESTIMATE = "Not on the estimate any more"


def follow_estimate(uow: "UnitOfWork", ticket: Ticket, before: Estimate | None, after: Estimate) -> None:
    """Reserve what a version that now holds takes more than the one before, put back what it takes less."""
    was, now = _pieces(before), _pieces(after)
    jobs = {job.position: job for job in ticket.jobs if job.is_here and not job.state.group.is_over}
    for item_id, position in sorted(was.keys() | now.keys()):  # in the order in which everybody holds items
        job, more = jobs.get(position), now[item_id, position] - was[item_id, position]
        if job is not None and more > 0:
            _set_aside(uow, ticket, job, item_id, more, now[item_id, position])
        elif job is not None and more < 0:
            _put_back(uow, ticket, job, item_id, -more)


def _pieces(estimate: Estimate | None) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for line in estimate.lines if estimate is not None else ():
        if line.item_id is not None:
            found[line.item_id, line.position] += line.quantity
    return found


def _set_aside(uow: "UnitOfWork", ticket: Ticket, job: Job, item_id: int, more: int, wanted: int) -> None:
    item = held_item(uow, item_id)
    if item.kind is ItemKind.SERVICE or item.is_archived:
        return
    parts = uow.parts.of_ticket(ticket.id)
    held = sum(
        part.quantity
        for part in parts
        if part.job_id == job.id and part.item_id == item_id and part.state in _HELD
    )
    pieces = min(more, wanted - held, item.free)
    if pieces > 0:
        take_part(uow, ticket, job, item, pieces, PartState.RESERVED)


def _put_back(uow: "UnitOfWork", ticket: Ticket, job: Job, item_id: int, less: int) -> None:
    for part in reversed(uow.parts.reserved_for(job.id)):
        pieces = min(part.quantity, less)
        if part.item_id == item_id and pieces > 0:
            item = held_item(uow, item_id)
            step_part(uow, ticket, part, item, PartState.RETURNED, pieces, _OTHER_ESTIMATE)
            less -= pieces
