"""What stands on a paper: snapshots of bookings and tickets as they are at this moment."""

import dataclasses
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from posapp.domain.base.clock import is_doubled, wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.local_dates import local_day
from posapp.domain.base.money import Money, format_money
from posapp.domain.bookings.bookings import Booking
from posapp.domain.papers.documents import (
    BookingSlip,
    ClaimTicket,
    DeviceLabel,
    DeviceLine,
    Document,
    EstimatePaper,
    HandBackPaper,
    HandedLine,
    PaperKind,
    PricedLine,
    ShopHeader,
)
from posapp.domain.repairs.estimates import Estimate
from posapp.domain.repairs.tickets import OUTCOME_WORDS, Condition, Job, Ticket
from posapp.domain.shop.businesses import Business
from posapp.services.bookings.agenda import require_booking

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

# A paper keeps the names, the shop and the moment of its day; it is out of date when anything else differs.
OF_ITS_DAY = frozenset(
    {"shop", "pl_id", "customer_name", "customer_phone", "made_at", "made_by", "terms", "seal"}
)
HOW = {
    "phone": "by phone",
    "sms": "by text message",
    "email": "by e-mail",
    "chat": "by chat",
    "in_person": "in person",
    "letter": "by letter",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperOf:
    """Which paper of which record: "B12" has a slip, "T12" a claim ticket, labels, an estimate, a hand-back.

    `kind` None is the record's usual paper; `position` tells which device a label is for.
    """

    number: str
    kind: PaperKind | None = None
    position: int = 1

    @property
    def what(self) -> PaperKind:
        """The kind that is meant."""
        usual = PaperKind.CLAIM_TICKET if _is_ticket(self.number) else PaperKind.BOOKING_SLIP
        return self.kind or usual


@dataclass(frozen=True, slots=True)
class Content:
    """A fresh paper and where it belongs; `key` tells papers of one number apart."""

    number: str
    key: str
    document: Document
    customer_id: int
    booking_id: int | None


def still_holds(kept: Document, fresh: Document) -> bool:
    """Whether a paper given out earlier says what a new one would say, the facts of its day aside."""
    if type(kept) is not type(fresh):
        return False
    names = (field.name for field in dataclasses.fields(fresh) if field.name not in OF_ITS_DAY)
    return all(getattr(kept, name) == getattr(fresh, name) for name in names)


def paper_of(document: Document) -> PaperOf:
    """What to ask for to get the paper again, as it would be now."""
    position = 1
    if isinstance(document, DeviceLabel) and document.place:
        position = int(document.place.partition("/")[0])
    return PaperOf(number=document.number, kind=document.kind, position=position)


def hold(uow: "UnitOfWork", number: str) -> None:
    """Keep other tills from giving out the same copy of a paper until this transaction ends."""
    if _is_ticket(number):
        from posapp.services.repairs.ticket_steps import require_ticket

        uow.tickets.lock(require_ticket(uow, number).id)
    else:
        uow.bookings.lock(require_booking(uow, number).id)


def content_of(uow: "UnitOfWork", wanted: PaperOf) -> Content:
    """The paper as it would be made now; refuses one that the record does not have."""
    if not _is_ticket(wanted.number):
        booking = require_booking(uow, wanted.number)
        kind = wanted.what
        if kind != PaperKind.BOOKING_SLIP:
            raise _no_such_paper(booking.number)
        return Content(booking.number, kind.value, _slip(uow, booking), booking.customer_id, booking.id)
    from posapp.services.repairs.ticket_steps import require_ticket

    ticket = require_ticket(uow, wanted.number)
    kind = wanted.what
    key = f"{kind.value}/{wanted.position}" if kind == PaperKind.DEVICE_LABEL else kind.value
    document = _of_ticket(uow, ticket, kind, wanted.position)
    return Content(ticket.number, key, document, ticket.customer_id, None)


def _of_ticket(uow: "UnitOfWork", ticket: Ticket, kind: PaperKind, position: int) -> Document:
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
            raise _no_such_paper(ticket.number)


def _is_ticket(number: str) -> bool:
    return number.strip().upper().startswith("T")


def _no_such_paper(number: str) -> DomainError:
    return DomainError("paper_unknown", f"{number} has no such paper.", field="kind")


# -- booking -------------------------------------------------------------------------------------------
def _slip(uow: "UnitOfWork", booking: Booking) -> BookingSlip:
    business = uow.businesses.get()
    zone_note = ""
    if is_doubled(booking.wall_start, booking.zone):
        offset = booking.wall_start - booking.starts.replace(tzinfo=None)
        hours = int(offset.total_seconds() // 60)
        zone_note = f"UTC{hours // 60:+03d}:{abs(hours) % 60:02d}"
    return BookingSlip(
        shop=header(business),
        number=booking.number,
        pl_id=str(booking.pl_id),
        customer_name=booking.customer_name,
        customer_phone=booking.phone.shown(business.region) if booking.phone else "",
        contact_name=booking.contact_name,
        service=booking.service,
        minutes=booking.minutes,
        with_whom=booking.resource,
        day=booking.wall_start.date().isoformat(),
        starts=f"{booking.wall_start:%H:%M}",
        zone_note=zone_note,
        price_minor=booking.price_minor,
        note=booking.note,
        made_at=_made_at(uow, business),
        made_by=_made_by(uow),
        terms=business.terms,
    )


# -- ticket --------------------------------------------------------------------------------------------
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
        ready_by=_wall(ticket.due, business),
        booking=ticket.booking,
        made_at=_wall(ticket.stamps.created_at, business),
        made_by=ticket.stamps.created_by,
        terms=uow.tickets.setting("claim_terms") or business.terms,
    )


def _device_line(job: Job) -> DeviceLine:
    found = {state: [text for text, is_so in job.condition if is_so == state] for state in Condition}
    return DeviceLine(
        device=" ".join(filter(None, (job.device.name, job.device.colour))),
        mark=_mark(job),
        fault=job.fault,
        faulty=", ".join(found[Condition.FAULTY]).lower(),
        works=", ".join(found[Condition.WORKS]).lower(),
        untested=", ".join(found[Condition.UNTESTED]).lower(),
        accessories=job.accessories,
    )


def _mark(job: Job) -> str:
    if job.device.imei:
        return f"IMEI ending {job.device.imei[-6:]}"
    return f"Serial {job.device.serial}" if job.device.serial else ""


def _label(uow: "UnitOfWork", ticket: Ticket, position: int) -> DeviceLabel:
    from posapp.services.repairs.ticket_steps import require_job

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
        due=_wall(ticket.due, business),
        made_at=_made_at(uow, business),
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
        made_at=_made_at(uow, business),
        made_by=_made_by(uow),
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
    said = f"{word} {HOW.get(estimate.answered_how, '')} by {estimate.answered_by}, {day}"
    if estimate.limit_minor is not None:
        said += f", up to {format_money(Money(estimate.limit_minor, business.currency), business.locale)}"
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
        taken_by=last.handed_to,
        devices=tuple(_handed_line(uow, ticket, job, business) for job in gone),
        still_here=", ".join(job.device.name for job in ticket.jobs if job.handed_at is None),
        made_at=_wall(last.handed_at, business),
        made_by=_made_by(uow),
        terms=business.terms,
        signature=last.signature,
    )


def _handed_line(uow: "UnitOfWork", ticket: Ticket, job: Job, business: Business) -> HandedLine:
    warranties = [one for one in uow.estimates.warranties_of(job.device.id) if one.number == ticket.number]
    words = [
        f"{one.text}, to {local_day(wall_of(one.ends_at, business.time_zone).date(), business.locale)}"
        for one in warranties
    ]
    return HandedLine(
        device=job.device.name,
        mark=_mark(job),
        fault=job.fault,
        found=job.found,
        outcome=OUTCOME_WORDS[job.outcome] if job.outcome else "",
        warranty="\n".join(words),
        taken=_taken(job, business),
        price_minor=job.price_minor,
    )


def _taken(job: Job, business: Business) -> str:
    day = (
        local_day(wall_of(job.handed_at, business.time_zone).date(), business.locale) if job.handed_at else ""
    )
    return ", ".join(filter(None, (job.handed_to, day)))


# -- shared --------------------------------------------------------------------------------------------
def _made_at(uow: "UnitOfWork", business: Business) -> str:
    return _wall(uow.now, business)


def _made_by(uow: "UnitOfWork") -> str:
    return ", ".join(filter(None, (uow.actor.till, uow.actor.user)))


def _wall(at: datetime | None, business: Business) -> str:
    return wall_of(at, business.time_zone).isoformat(timespec="minutes") if at else ""


def header(business: Business) -> ShopHeader:
    """The shop as it stands at the head of a paper made now."""
    return ShopHeader(
        name=business.name,
        address=business.address,
        phone=business.phone,
        email=business.email,
        website=business.website,
        tax_id=business.tax_id,
        logo=business.logo,
        locale=business.locale.replace("-", "_"),
        currency=business.currency,
        time_zone=business.time_zone,
    )
