"""The papers of repairs: what stands on claim ticket, label, estimate and hand-back at this moment."""

from typing import TYPE_CHECKING

from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.local_dates import local_day
from posapp.domain.base.numbers import Letter
from posapp.domain.papers.documents import Document, PaperKind
from posapp.domain.repairs.estimates import Estimate, Warranty
from posapp.domain.repairs.informing import HOW_WORDS
from posapp.domain.repairs.papers import (
    ClaimTicket,
    DeviceLabel,
    DeviceLine,
    EstimatePaper,
    HandBackPaper,
    HandedLine,
    PricedLine,
)
from posapp.domain.repairs.tickets import OUTCOME_WORDS, Condition, Job, Ticket
from posapp.domain.shop.businesses import Business
from posapp.services.papers.content import Content, PaperOf, header, made_at, made_by, no_such_paper, wall
from posapp.services.papers.papers import Output, queue_paper
from posapp.services.repairs.claims import Claim, claim_of
from posapp.services.repairs.ticket_steps import require_job, require_ticket

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


class TicketPapers:
    """Where the papers of tickets come from."""

    letter = Letter.TICKET

    def hold(self, uow: "UnitOfWork", number: str) -> None:
        """Keep other tills from giving out the same copy until this transaction ends."""
        uow.tickets.lock(require_ticket(uow, number).id)

    def content(self, uow: "UnitOfWork", wanted: PaperOf) -> Content:
        """The paper as it would be made now; refuses one that the ticket does not have."""
        return paper_of_ticket(uow, require_ticket(uow, wanted.number), wanted.what, wanted.position)


def paper_of_ticket(uow: "UnitOfWork", ticket: Ticket, kind: PaperKind, position: int = 1) -> Content:
    """A ticket's paper; `position` tells which device a label is for."""
    key = f"{kind.value}/{position}" if kind == PaperKind.DEVICE_LABEL else kind.value
    return Content(ticket.number, key, _document(uow, ticket, kind, position), ticket.customer_id, None)


def queue_intake(
    uow: "UnitOfWork", ticket: Ticket, output: Output | None, labels: Output | None
) -> tuple[int, ...]:
    """Put a new ticket's claim ticket and a label for each of its devices into the print queue."""
    jobs = []
    if output is not None:
        claim = paper_of_ticket(uow, ticket, PaperKind.CLAIM_TICKET)
        jobs += [queue_paper(uow, claim, output) for _ in range(output.copies)]
    if labels is not None:
        for job in ticket.jobs:
            label = paper_of_ticket(uow, ticket, PaperKind.DEVICE_LABEL, job.position)
            jobs.append(queue_paper(uow, label, labels))
    return tuple(jobs)


def _document(uow: "UnitOfWork", ticket: Ticket, kind: PaperKind, position: int) -> Document:
    match kind:
        case PaperKind.CLAIM_TICKET:
            return _claim_ticket(uow, ticket)
        case PaperKind.DEVICE_LABEL:
            return _label(uow, ticket, position)
        case PaperKind.ESTIMATE:
            return _estimate(uow, ticket)
        case PaperKind.HAND_BACK:
            return _hand_back(uow, ticket)
        case _:
            raise no_such_paper(ticket.number)


def _claim_ticket(uow: "UnitOfWork", ticket: Ticket) -> ClaimTicket:
    business = uow.businesses.get()
    prices = [job.price_minor for job in ticket.jobs if job.price_minor is not None]
    return ClaimTicket(
        shop=header(business),
        number=ticket.number,
        pl_id=str(ticket.pl_id),
        customer_name=ticket.customer_name,
        customer_phone=ticket.phone.shown(business.region) if ticket.phone else "",
        contact_name=ticket.contact_name,
        devices=tuple(_device_line(job) for job in ticket.jobs),
        about_minor=sum(prices) if prices else None,
        ready_by=wall(ticket.due, business),
        booking=ticket.booking,
        claims=_claims(uow, ticket, business),
        signature=ticket.signature,
        made_at=wall(ticket.stamps.created_at, business),
        made_by=ticket.stamps.created_by,
        terms=uow.tickets.setting("claim_terms") or business.terms,
    )


def _claims(uow: "UnitOfWork", ticket: Ticket, business: Business) -> str:
    """The warranties that are claimed, a line for each, with what was left of them at the check-in."""
    claimed = [(job, claim) for job in ticket.jobs if (claim := claim_of(uow, job)) is not None]
    several = len(ticket.jobs) > 1
    return "\n".join(
        (f"{job.device.name}: " if several else "") + _claim(claim, ticket, business)
        for job, claim in claimed
    )


def _claim(claim: Claim, ticket: Ticket, business: Business) -> str:
    left = claim.warranty.days_left(ticket.stamps.created_at)
    days = "1 day" if left == 1 else f"{left} days"
    return f"{_guaranteed(claim.warranty, business)}, {days} left, repair {claim.first}"


def _guaranteed(warranty: Warranty, business: Business) -> str:
    day = local_day(wall_of(warranty.ends_at, business.time_zone).date(), business.locale)
    return f"{warranty.text}, to {day}"


def _device_line(job: Job) -> DeviceLine:
    found = {state: [text for text, is_so in job.condition if is_so == state] for state in Condition}
    return DeviceLine(
        device=" ".join(filter(None, (job.device.name, job.device.colour))),
        mark=device_mark(job),
        fault=job.fault,
        faulty=", ".join(found[Condition.FAULTY]).lower(),
        works=", ".join(found[Condition.WORKS]).lower(),
        untested=", ".join(found[Condition.UNTESTED]).lower(),
        accessories=job.accessories,
    )


def device_mark(job: Job) -> str:
    """What tells a device from others of its model, as papers show it."""
    if job.device.imei:
        return f"IMEI ending {job.device.imei[-6:]}"
    return f"Serial {job.device.serial}" if job.device.serial else ""


def _label(uow: "UnitOfWork", ticket: Ticket, position: int) -> DeviceLabel:
    business = uow.businesses.get()
    job = require_job(ticket, position)
    return DeviceLabel(
        shop=header(business),
        number=ticket.number,
        pl_id=str(ticket.pl_id),
        customer_name=ticket.customer_name,
        device=job.device.name,
        fault=job.fault,
        place=f"{job.position}/{len(ticket.jobs)}" if len(ticket.jobs) > 1 else "",
        extra=job.accessories,
        due=wall(ticket.due, business),
        made_at=made_at(uow, business),
    )


def _estimate(uow: "UnitOfWork", ticket: Ticket) -> EstimatePaper:
    business = uow.businesses.get()
    versions = uow.estimates.of_ticket(ticket.id)
    if not versions:
        raise DomainError("estimate_none", f"{ticket.number} has no estimate yet.", field="kind")
    latest = versions[0]
    names = {job.id: job.device.name for job in ticket.jobs}
    return EstimatePaper(
        shop=header(business),
        number=ticket.number,
        pl_id=str(ticket.pl_id),
        customer_name=ticket.customer_name,
        customer_phone=ticket.phone.shown(business.region) if ticket.phone else "",
        contact_name=ticket.contact_name,
        version=latest.version,
        devices=", ".join(names.values()),
        lines=tuple(
            PricedLine(
                line.text,
                _line_detail(names[line.job_id] if len(names) > 1 else "", line.warranty_days),
                line.quantity,
                line.unit_minor,
                line.amount_minor,
            )
            for line in latest.lines
        ),
        total_minor=latest.total_minor,
        answer=_answer(latest, business),
        made_at=made_at(uow, business),
        made_by=made_by(uow),
        terms=uow.tickets.setting("claim_terms") or business.terms,
    )


def _line_detail(device: str, warranty_days: int) -> str:
    warranty = f"{warranty_days} days warranty" if warranty_days else ""
    return ", ".join(filter(None, (device, warranty)))


def _answer(estimate: Estimate, business: Business) -> str:
    if estimate.answered_at is None:
        return ""
    word = "Approved" if estimate.status == "approved" else "Declined"
    day = local_day(wall_of(estimate.answered_at, business.time_zone).date(), business.locale)
    said = f"{word} {HOW_WORDS.get(estimate.answered_how, '')} by {estimate.answered_by}, {day}"
    if estimate.limit_minor is not None:
        said += f", up to {business.shown(estimate.limit_minor)}"
    return said


def _hand_back(uow: "UnitOfWork", ticket: Ticket) -> HandBackPaper:
    business = uow.businesses.get()
    gone = [job for job in ticket.jobs if job.handed_at is not None]
    if not gone:
        raise DomainError(
            "hand_back_none", f"No device of {ticket.number} has been handed back.", field="kind"
        )
    last = max(gone, key=lambda job: (job.handed_at, job.position))
    return HandBackPaper(
        shop=header(business),
        number=ticket.number,
        pl_id=str(ticket.pl_id),
        customer_name=ticket.customer_name,
        customer_phone=ticket.phone.shown(business.region) if ticket.phone else "",
        contact_name=ticket.contact_name,
        taken_by=", ".join(dict.fromkeys(job.handed_to for job in gone if job.handed_at == last.handed_at)),
        devices=tuple(_handed_line(uow, ticket, job, business) for job in gone),
        still_here=", ".join(job.device.name for job in ticket.jobs if job.handed_at is None),
        made_at=wall(last.handed_at, business),
        made_by=made_by(uow),
        terms=business.terms,
        signature=last.signature,
    )


def _handed_line(uow: "UnitOfWork", ticket: Ticket, job: Job, business: Business) -> HandedLine:
    return HandedLine(
        device=job.device.name,
        mark=device_mark(job),
        fault=job.fault,
        found=job.found,
        outcome=OUTCOME_WORDS[job.outcome] if job.outcome else "",
        warranty=warranty_words(uow, ticket, job, business),
        taken=_taken(job, business),
        price_minor=job.price_minor,
    )


def warranty_words(uow: "UnitOfWork", ticket: Ticket, job: Job, business: Business) -> str:
    """What the work on a device is guaranteed for, a line for each."""
    return "\n".join(
        _guaranteed(one, business)
        for one in uow.estimates.warranties_of(job.device.id)
        if one.number == ticket.number
    )


def _taken(job: Job, business: Business) -> str:
    day = (
        local_day(wall_of(job.handed_at, business.time_zone).date(), business.locale) if job.handed_at else ""
    )
    return ", ".join(filter(None, (job.handed_to, day)))
