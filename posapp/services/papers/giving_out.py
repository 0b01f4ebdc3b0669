"""A paper on its way out: its PDF, the mark of the copy, the printer or the file."""

import dataclasses
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.papers.documents import CopyMark, Document, PaperKind, PaperSize

if TYPE_CHECKING:
    from collections.abc import Iterable

    from posapp.storage.papers.documents import PrintJob
    from posapp.storage.unit_of_work import UnitOfWork

DOUBT = (
    "The program ended while this was being printed. Look whether it came out, then print it or give it up."
)


def require_size(kind: PaperKind, paper: PaperSize) -> None:
    """Refuse to put a label on a sheet, or another paper on a label."""
    if paper not in kind.sizes:
        sizes = ", ".join(kind.sizes)
        raise DomainError("paper_size", f"This paper is not made for {paper}. Choose {sizes}.", field="paper")


def copy_mark(uow: "UnitOfWork", count: int) -> CopyMark:
    """What a copy that is given out now says of itself."""
    zone = uow.businesses.get().time_zone
    return CopyMark(count, wall_of(uow.now, zone).isoformat(timespec="minutes"), uow.actor.shown)


def mark_of(uow: "UnitOfWork", job: "PrintJob") -> CopyMark:
    """A retry says when and by whom it was asked for, and which copy it is now."""
    zone = uow.businesses.get().time_zone
    return CopyMark(
        number_now(uow, job), wall_of(job.created_at, zone).isoformat(timespec="minutes"), job.created_by
    )


# -- which copy it is --------------------------------------------------------------------------------------
def may_be_out(job: "PrintJob") -> bool:
    """Whether a paper came out, or is just coming out, or nobody knows: then the next one is a copy."""
    is_begun_file = job.output == "pdf" and job.state == "queued" and job.attempts > 0
    return job.state == "done" or is_begun_file or (job.state != "queued" and job.problem == DOUBT)


def next_copy(jobs: "Iterable[PrintJob]") -> int:
    """The number of what comes out of a paper now; a print that failed or was given up has taken none."""
    taken = {job.copy for job in jobs if may_be_out(job)}
    return next(number for number in count(1) if number not in taken)


def number_now(uow: "UnitOfWork", job: "PrintJob") -> int:
    """The copy that a waiting job is when it comes out now."""
    return next_copy(one for one in uow.documents.jobs_of(job.document_id) if one.id != job.id)


def numbers_in_turn(uow: "UnitOfWork", waiting: "Iterable[PrintJob]") -> "list[PrintJob]":
    """Jobs that wait, each as the copy that it is if they come out in this order."""
    taken: dict[int, set[int]] = {}
    found = []
    for job in waiting:
        if job.document_id not in taken:
            jobs = uow.documents.jobs_of(job.document_id)
            taken[job.document_id] = {one.copy for one in jobs if may_be_out(one)}
        numbers = taken[job.document_id]
        copy = job.copy if may_be_out(job) else next(one for one in count(1) if one not in numbers)
        numbers.add(copy)
        found.append(dataclasses.replace(job, copy=copy))
    return found


def take_number(uow: "UnitOfWork", job: "PrintJob", copy: int) -> None:
    """Give a job that is begun this number; what had it, and did not come out, gets that of the job."""
    if copy == job.copy:
        return
    jobs = uow.documents.jobs_of(job.document_id)
    other = next((one for one in jobs if one.copy == copy), None)
    uow.documents.renumber(job.id, jobs[-1].copy + 1)
    if other is not None:
        uow.documents.renumber(other.id, job.copy)
    uow.documents.renumber(job.id, copy)


def make_room(uow: "UnitOfWork", document_id: int) -> tuple[int, int | None]:
    """The number of a copy that comes out at once, and the new one of the job that had it in vain."""
    jobs = uow.documents.jobs_of(document_id)
    copy = next_copy(jobs)
    other = next((one for one in jobs if one.copy == copy), None)
    if other is None:
        return copy, None
    uow.documents.renumber(other.id, jobs[-1].copy + 1)
    return copy, jobs[-1].copy + 1


# -- its way out -------------------------------------------------------------------------------------------
def render(
    uow: "UnitOfWork", document: Document, paper: PaperSize, copy: CopyMark, secret: str = ""
) -> bytes:
    """The paper as a PDF, with the pictures that it names."""
    from posapp.printing.render import render_pdf

    require_size(document.kind, paper)
    logo = uow.businesses.picture(document.shop.logo) if document.shop.logo else None
    signature = uow.businesses.picture(document.signed) if document.signed else None
    return render_pdf(document, paper, copy=copy, logo=logo, signature=signature, secret=secret)


def send(pdf: bytes, printer: str, job: "PrintJob") -> None:
    """Print, and wait for the real outcome."""
    from posapp.printing.base.system_queue import SystemQueue

    queue = SystemQueue()
    ticket = queue.send(pdf, printer, title=f"posapp {job.number}", paper=PaperSize(job.paper))
    queue.wait_for(ticket)


def write_file(pdf: bytes, file: Path | None) -> Path:
    """Write a paper beside what lies there already; one that was written and not noted is found again."""
    if file is None:
        raise EnvironmentFault(
            "folder_missing", "This paper is kept as a file. Print it again in the window."
        )
    try:
        files.make_folder(file.parent)
        if file.is_file() and file.read_bytes() == pdf:
            return file
    except OSError as reason:
        raise EnvironmentFault(
            "folder_missing",
            f"The folder {file.parent} cannot be made ({reason.strerror}).",
            path=str(file.parent),
        ) from reason
    free = files.free_name(file)  # another shop or an earlier copy may have the number, too
    files.write(free, pdf)
    return free
