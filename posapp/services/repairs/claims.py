"""Claims on a warranty: of which repair, how long it still lasts, and with which ticket it all began."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.repairs.devices import Device
from posapp.domain.repairs.estimates import Warranty
from posapp.domain.repairs.tickets import REASON_LIMIT, Job, Ticket
from posapp.services.repairs.ticket_commands import TakeInDevice
from posapp.services.repairs.ticket_steps import note_on_job, require_ticket

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

_MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class Claim:
    """What a device leans on: the warranty of `warranty.number`, whole `days_left` of it.

    `first` is the ticket with which it all began: another one where that repair was a claim, too.
    """

    warranty: Warranty
    first: str
    days_left: int


@dataclass(frozen=True, slots=True)
class Guarantees:
    """Of the devices of a ticket, by their position: the claims they came with, and what still runs on them.

    What runs is of other tickets; `own` is what this repair gives a device that has left. The longest first.
    """

    claims: Mapping[int, Claim]
    running: Mapping[int, tuple[Warranty, ...]]
    own: Mapping[int, tuple[Warranty, ...]]


@dataclass(frozen=True, slots=True)
class ClaimAsked:
    """That the intake form is to begin with a claim: whose device comes back, and on which warranty."""

    customer_id: int
    device_id: int
    warranty_id: int


def guarantees_of(uow: "UnitOfWork", ticket: Ticket) -> Guarantees:
    """What is guaranteed on the devices of a ticket."""
    known = uow.estimates.warranties_on_ticket(ticket.id)
    claims: dict[int, Claim] = {}
    running: dict[int, tuple[Warranty, ...]] = {}
    given: dict[int, tuple[Warranty, ...]] = {}
    for job in ticket.jobs:
        on_it = [one for one in known if one.device_id == job.device.id]
        claimed = next((one for one in on_it if one.id == job.claim_of), None)
        if claimed is not None:
            claims[job.position] = _claim(uow, claimed)
        lasting = [one for one in on_it if not one.is_over(uow.now)]
        if others := tuple(one for one in lasting if one.number != ticket.number):
            running[job.position] = others
        own = tuple(one for one in lasting if one.number == ticket.number)
        if own and not job.is_here:
            given[job.position] = own
    return Guarantees(claims, running, given)


def claim_of(uow: "UnitOfWork", job: Job) -> Claim | None:
    """The claim with which a device came, None where it claims nothing."""
    warranty = uow.estimates.warranty(job.claim_of) if job.claim_of is not None else None
    return _claim(uow, warranty) if warranty is not None else None


def _claim(uow: "UnitOfWork", warranty: Warranty) -> Claim:
    return Claim(warranty, _first(uow, warranty), warranty.days_left(uow.now))


def _first(uow: "UnitOfWork", warranty: Warranty) -> str:
    for _ in range(_MOST_STEPS):
        jobs = require_ticket(uow, warranty.number).jobs
        earlier = next((job.claim_of for job in jobs if job.device.id == warranty.device_id), None)
        before = uow.estimates.warranty(earlier) if earlier is not None else None
        if before is None:
            break
        warranty = before
    return warranty.number


# -- claiming ------------------------------------------------------------------------------------------
def check_claim(uow: "UnitOfWork", device: Device, asked: TakeInDevice) -> None:
    """Refuse to claim on another device, and on one that is over without a reason to honour it."""
    if asked.claim_of is None:
        return
    warranty = _asked(uow, asked)
    if warranty.device_id != device.id:
        raise DomainError(
            "warranty_other", f"The warranty of {warranty.number} is on another device.", field="claim"
        )
    if warranty.is_over(uow.now) and not clean_text(asked.claim_anyway, REASON_LIMIT, "claim_anyway"):
        raise DomainError(
            "warranty_over",
            f"The warranty on {warranty.text} ended on {warranty.ends_at:%d %b %Y}. "
            "Say why it is honoured, or take the device in without it.",
            field="claim",
            ended=warranty.ends_at,
        )


def _asked(uow: "UnitOfWork", asked: TakeInDevice) -> Warranty:
    found = uow.estimates.warranty(asked.claim_of) if asked.claim_of is not None else None
    if found is None:
        raise DomainError("warranty_unknown", "There is no such warranty in this shop.", field="claim")
    return found


def note_claims(
    uow: "UnitOfWork", ticket: Ticket, devices: Sequence[TakeInDevice], jobs: Sequence[Job]
) -> None:
    """Write each claim into the history of both tickets: that of today and that of the repair."""
    for asked, job in zip(devices, jobs, strict=True):
        if asked.claim_of is None:
            continue
        warranty = _asked(uow, asked)
        told: dict[str, object] = {
            "warranty": warranty.text,
            "days_left": warranty.days_left(uow.now),
            "claims": warranty.claims,
            "anyway": clean_text(asked.claim_anyway, REASON_LIMIT, "claim_anyway"),
        }
        note_on_job(uow, Action.WARRANTY_CLAIM, ticket, job, after={**told, "of": warranty.number})
        origin = require_ticket(uow, warranty.number)
        after = {**told, "by": ticket.number}
        uow.journal.add(Action.WARRANTY_CLAIMED, "ticket", origin.id, ref=origin.number, after=after)
