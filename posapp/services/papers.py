"""The paper desk: the record is saved first, then its paper goes through a queue that loses nothing.

A paper is a snapshot taken when it is first wanted. Asking for it again gives the same paper, marked
COPY with its count; a booking that was moved since gets a new paper.
"""

import dataclasses
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.actor import Actor, Permission
from posapp.domain.bookings import Booking
from posapp.domain.businesses import Business
from posapp.domain.clock import is_doubled, wall_of
from posapp.domain.documents import (
    BookingSlip,
    CopyMark,
    Document,
    PaperKind,
    PaperSize,
    ShopHeader,
    from_json,
    to_json,
)
from posapp.domain.errors import DomainError, EnvironmentFault
from posapp.services.agenda import require_booking

if TYPE_CHECKING:
    from posapp.printing.system_queue import PrinterInfo
    from posapp.storage.documents import PrintJob
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)
# What a booking's paper shows of the booking itself: if one of these differs, the old paper is out of date.
BOOKING_FIELDS = ("service", "minutes", "with_whom", "day", "starts", "price_minor", "note", "contact_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Where a paper goes: `printer` is the name of a system queue, empty for the till's default."""

    paper: PaperSize
    printer: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be looked at: the PDF of its next copy, and how often it was given out."""

    number: str
    document: Document
    pdf: bytes
    copies: int


@dataclass(frozen=True, slots=True)
class JobLine:
    """A print job as the window shows it."""

    id: int
    number: str
    copy: int
    paper: PaperSize
    printer: str
    state: str
    problem: str


class PaperDesk:
    """Shows, prints and saves papers."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def preview(self, actor: Actor, number: str, paper: PaperSize) -> Paper:
        """The paper as it would be given out now; looking at it counts for nothing."""
        actor.require(Permission.PAPER_PRINT)
        with self._store.look(actor, snapshot=True) as uow:
            booking = require_booking(uow, number)
            stored = uow.documents.latest(booking.number)
            document = _current(uow, booking)
            is_same = stored is not None and to_json(document) == stored.snapshot
            copies = uow.documents.copies(stored.id) if stored is not None and is_same else 0
            copy = _copy_mark(uow, copies + 1)
            pdf = _render(uow, document, paper, copy)
        return Paper(booking.number, document, pdf, copies)

    def print(self, actor: Actor, number: str, output: Output) -> JobLine:
        """Queue a paper and try to print it; a failure is kept with its reason and can be tried again."""
        actor.require(Permission.PAPER_PRINT)
        with self._store.work(actor) as uow:
            job_id = queue_slip(uow, _held(uow, number), output)
            uow.commit()
        return self.run(actor, job_id)

    def run(self, actor: Actor, job_id: int) -> JobLine:
        """Print a queued job now, or a failed one again; asks the queue for the real outcome."""
        from posapp.printing.system_queue import SystemQueue

        actor.require(Permission.PAPER_PRINT)
        with self._store.look(actor, snapshot=True) as uow:
            job = _open_job(uow, job_id)
            pdf = _render(uow, from_json(job.snapshot), PaperSize(job.paper), _mark_of(uow, job))
        queue = SystemQueue()
        state, problem = "done", ""
        try:
            ticket = queue.send(pdf, job.printer, title=f"posapp {job.number}", paper=PaperSize(job.paper))
            queue.wait_for(ticket)
        except EnvironmentFault as fault:
            state, problem = "failed", fault.sentence
        with self._store.work(actor) as uow:
            uow.documents.settle(job.id, state, problem)
            uow.journal.add(
                f"paper.{'printed' if state == 'done' else 'failed'}",
                "document",
                job.document_id,
                ref=job.number,
            )
            uow.commit()
        log.info("paper %s copy %d %s", job.number, job.copy, state)
        return _line(dataclasses.replace(job, state=state, problem=problem))

    def save_pdf(self, actor: Actor, number: str, paper: PaperSize, path: Path) -> Paper:
        """Write a paper to a file; counts as a copy like a print does."""
        from posapp.printing.system_queue import save_pdf

        actor.require(Permission.PAPER_PRINT)
        with self._store.work(actor) as uow:
            booking = _held(uow, number)
            document_id, document = _document(uow, booking)
            copy = uow.documents.copies(document_id) + 1
            pdf = _render(uow, document, paper, _copy_mark(uow, copy))
            # The file comes first: a paper that could not be written must not count.
            save_pdf(pdf, path)
            uow.documents.add_job(
                document_id, copy, paper=paper.value, output="pdf", till=actor.till, printer="", state="done"
            )
            _note_copy(uow, document_id, booking.number, copy, "pdf")
            uow.commit()
        return Paper(booking.number, document, pdf, copy)

    def open_jobs(self, actor: Actor) -> list[JobLine]:
        """What this till still has to print, failed ones included."""
        actor.require(Permission.PAPER_PRINT)
        with self._store.look(actor) as uow:
            return [_line(job) for job in uow.documents.open_jobs(actor.till)]

    def cancel(self, actor: Actor, job_id: int) -> None:
        """Give up a job that could not be printed; its copy number stays used."""
        actor.require(Permission.PAPER_PRINT)
        with self._store.work(actor) as uow:
            job = _open_job(uow, job_id)
            uow.documents.settle(job.id, "cancelled")
            uow.journal.add("paper.cancelled", "document", job.document_id, ref=job.number)
            uow.commit()

    def printers(self) -> "list[PrinterInfo]":
        """The printers that this computer knows."""
        from posapp.printing.system_queue import SystemQueue

        return SystemQueue().list_printers()

    def warm_up(self) -> None:
        """Load fonts and libraries, so that the first slip is as quick as the second."""
        from posapp.printing.render import warm_up

        warm_up()

    def images(self, paper: Paper, dpi: int) -> list[tuple[int, int, bytes]]:
        """The pages of a paper as pixels: width, height, RGBA bytes; the preview shows that very PDF."""
        from posapp.printing.preview import page_images

        return page_images(paper.pdf, dpi)


# -- inside a transaction ------------------------------------------------------------------------------
def _held(uow: "UnitOfWork", number: str) -> Booking:
    """The booking, held so that two tills cannot both give out the same copy of its paper."""
    uow.bookings.lock(require_booking(uow, number).id)
    return require_booking(uow, number)


def queue_slip(uow: "UnitOfWork", booking: Booking, output: Output) -> int:
    """Put a booking's slip into the print queue, as part of the transaction that saves the booking."""
    document_id, _ = _document(uow, booking)
    copy = uow.documents.copies(document_id) + 1
    job_id = uow.documents.add_job(
        document_id,
        copy,
        paper=output.paper.value,
        output="print",
        till=uow.actor.till,
        printer=output.printer,
    )
    _note_copy(uow, document_id, booking.number, copy, "print")
    return job_id


def _note_copy(uow: "UnitOfWork", document_id: int, number: str, copy: int, output: str) -> None:
    action = "paper.reprinted" if copy > 1 else "paper.made"
    uow.journal.add(action, "document", document_id, ref=number, after={"copy": copy, "output": output})


def _document(uow: "UnitOfWork", booking: Booking) -> tuple[int, Document]:
    """The paper of a booking as it stands, made and kept if there is none that still holds."""
    stored = uow.documents.latest(booking.number)
    document = _current(uow, booking)
    if stored is not None and stored.snapshot == to_json(document):
        return stored.id, document
    key = uow.documents.add(
        PaperKind.BOOKING_SLIP.value,
        booking.number,
        to_json(document),
        customer_id=booking.customer_id,
        booking_id=booking.id,
    )
    return key, document


def _current(uow: "UnitOfWork", booking: Booking) -> Document:
    """The kept paper while it says what the booking says, else a new one of today."""
    fresh = _slip(uow, booking)
    stored = uow.documents.latest(booking.number)
    if stored is None:
        return fresh
    kept = from_json(stored.snapshot)
    is_current = all(getattr(kept, name) == getattr(fresh, name) for name in BOOKING_FIELDS)
    return kept if is_current else fresh


def _slip(uow: "UnitOfWork", booking: Booking) -> BookingSlip:
    business = uow.businesses.get()
    made = wall_of(uow.now, business.time_zone)
    zone_note = ""
    if is_doubled(booking.wall_start, booking.zone):
        offset = booking.wall_start - booking.starts.replace(tzinfo=None)
        hours = int(offset.total_seconds() // 60)
        zone_note = f"UTC{hours // 60:+03d}:{abs(hours) % 60:02d}"
    return BookingSlip(
        shop=_header(business),
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
        made_at=made.isoformat(timespec="minutes"),
        made_by=", ".join(filter(None, (uow.actor.till, uow.actor.user))),
        terms=business.terms,
    )


def _header(business: Business) -> ShopHeader:
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


def _copy_mark(uow: "UnitOfWork", count: int) -> CopyMark:
    zone = uow.businesses.get().time_zone
    return CopyMark(count, wall_of(uow.now, zone).isoformat(timespec="minutes"), uow.actor.shown)


def _mark_of(uow: "UnitOfWork", job: "PrintJob") -> CopyMark:
    """A retry says what the first try would have said."""
    zone = uow.businesses.get().time_zone
    return CopyMark(job.copy, wall_of(job.created_at, zone).isoformat(timespec="minutes"), job.created_by)


def _render(uow: "UnitOfWork", document: Document, paper: PaperSize, copy: CopyMark) -> bytes:
    from posapp.printing.render import render_pdf

    logo = uow.businesses.picture(document.shop.logo) if document.shop.logo else None
    return render_pdf(document, paper, copy=copy, logo=logo)


def _open_job(uow: "UnitOfWork", job_id: int) -> "PrintJob":
    job = uow.documents.job(job_id)
    if job is None or job.state not in ("queued", "failed"):
        raise DomainError("job_closed", "This paper is no longer waiting to be printed.")
    return job


def _line(job: "PrintJob") -> JobLine:
    return JobLine(job.id, job.number, job.copy, PaperSize(job.paper), job.printer, job.state, job.problem)
