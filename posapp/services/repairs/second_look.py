"""The second look at a repair, inside a transaction: nobody checks their own work.

A repair is the work of its technician, and of whoever brought the device to the bench last, noted what was
found there, or took parts for it. Where the shop has users, a person is who signed in, whatever they were
called before; else whoever is named.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.base.journal import JournalLine
from posapp.domain.base.names import check_name
from posapp.domain.people.users import folded
from posapp.domain.repairs.tickets import Job, StateGroup, Ticket
from posapp.services.repairs.whole_ticket import steps_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def checker_of(uow: "UnitOfWork", job: Job, by: str) -> str:
    """The name of whoever looks: who signed in, else who is named; nobody looks for somebody else."""
    user = uow.actor.user
    if user is None and not by.strip():
        raise DomainError("checker_missing", "Say who checked the repair.", field="by", position=job.position)
    name = user or check_name(by)
    if by.strip() and folded(by) != folded(name):
        raise DomainError("checker_differs", f"{name} is signed in. Each signs in to check.", field="by")
    return name


def refuse_same_person(uow: "UnitOfWork", ticket: Ticket, job: Job, checker: str) -> None:
    """Refuse a check by somebody who worked on the repair."""
    workers = {folded(one) for one in _workers(uow, ticket, job) if one}
    if not workers.isdisjoint(_names(uow, checker)):
        raise DomainError(
            "same_person", f"{checker} worked on this repair. Somebody else checks it.", field="by"
        )


def lapses(job: Job, technician: str) -> bool:
    """Whether a check no longer holds since the one who made it becomes the technician."""
    return bool(job.quality_by) and folded(job.quality_by) == folded(technician)


def _names(uow: "UnitOfWork", checker: str) -> set[str]:
    """Under which names this person stands in records, folded: a user keeps them when called anew."""
    from posapp.storage.base.journal import lines_about

    names, actor = {folded(checker)}, uow.actor.at_home
    if actor.user_id is not None:
        for line in lines_about(uow.connection, actor.business, "user", actor.user_id):
            told = (line.before.get("name"), line.after.get("name"))
            names |= {folded(one) for one in told if isinstance(one, str)}
    return names


def _workers(uow: "UnitOfWork", ticket: Ticket, job: Job) -> Iterator[str]:
    """Who worked on a device since it came to the bench last, by name."""
    yield job.technician
    work = {one.code for one in uow.tickets.states.states if one.group is StateGroup.WORK}
    since: list[str] = []
    for line in steps_of(uow, ticket):
        if line.after.get("position") != job.position:
            continue
        if line.action == Action.TICKET_STATE and line.after.get("state") in work:
            since = []
        elif not (line.action == Action.PART_USED or _says_found(line)):
            continue
        since.append(line.person or "")
    yield from since


def _says_found(line: JournalLine) -> bool:
    return line.action == Action.TICKET_EDITED and "found" in line.after
