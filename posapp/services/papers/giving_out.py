"""A paper on its way out: its PDF, the mark of the copy, the printer or the file."""

from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.clock import wall_of
from posapp.domain.base.errors import DomainError, EnvironmentFault
from posapp.domain.papers.documents import CopyMark, Document, PaperKind, PaperSize

if TYPE_CHECKING:
    from posapp.storage.papers.documents import PrintJob
    from posapp.storage.unit_of_work import UnitOfWork


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
    """A retry says what the first try would have said."""
    zone = uow.businesses.get().time_zone
    return CopyMark(job.copy, wall_of(job.created_at, zone).isoformat(timespec="minutes"), job.created_by)


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
