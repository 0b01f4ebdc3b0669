"""The paper desk: the record is saved first, then its paper goes through a queue that loses nothing.

A paper is a snapshot taken when it is first wanted. Asking for it again gives the same paper, marked
COPY with its count; a booking that was moved since gets a new paper, and so does a ticket that was changed.
"""

import dataclasses
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import files
from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError, PosappError
from posapp.domain.base.numbers import Letter, letter_of
from posapp.domain.papers.documents import Document, PaperKind, PaperSize
from posapp.domain.stored_papers import from_json
from posapp.services.papers.content import Content, PaperOf, PaperSource, paper_of
from posapp.services.papers.giving_out import (
    DOUBT,
    copy_mark,
    make_room,
    mark_of,
    next_copy,
    number_now,
    numbers_in_turn,
    render,
    require_size,
    send,
    take_number,
    write_file,
)
from posapp.services.papers.kept_papers import current_paper, failed_print, kept_document, note_copy

if TYPE_CHECKING:
    from posapp.printing.base.system_queue import PrinterInfo
    from posapp.storage.papers.documents import PrintJob
    from posapp.storage.unit_of_work import Store, UnitOfWork

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Where a paper goes, and how often; `printer` names a system queue, empty for the till's default.

    `to_file`: into the till's folder of papers instead.
    """

    paper: PaperSize
    printer: str = ""
    copies: int = 1
    to_file: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be looked at: the PDF of its next copy, and how often it was given out."""

    number: str
    document: Document
    pdf: bytes
    copies: int


FRESH = timedelta(minutes=15)
"""A paper that was asked for so shortly before the program ended comes out when it starts again."""


@dataclass(frozen=True, slots=True)
class JobLine:
    """A print job as the window shows it; `wanted` is what to ask for to see its paper.

    "queued": nothing was done about it yet; "failed": it did not work, or nobody knows (`problem` says so).
    """

    id: int
    number: str
    copy: int
    paper: PaperSize
    printer: str
    state: str
    problem: str
    wanted: PaperOf
    asked_at: datetime
    to_file: bool = False
    file: Path | None = None  # where it was written

    def is_to_come_out(self, now: datetime) -> bool:
        """Whether it comes out by itself: nothing was done about it yet, and it was asked for just now."""
        return self.state == "queued" and (self.to_file or now - self.asked_at <= FRESH)


class PaperDesk:
    """Shows, prints and saves papers."""

    def __init__(self, store: "Store", sources: Iterable[PaperSource]) -> None:
        self._store = store
        self._sources: dict[Letter | None, PaperSource] = {one.letter: one for one in sources}

    def preview(
        self,
        actor: Actor,
        number: str,
        paper: PaperSize,
        *,
        kind: PaperKind | None = None,
        position: int = 1,
        secret: str = "",
    ) -> Paper:
        """The paper as it would be given out now; looking at it counts for nothing.

        `secret` is what stands on it and is kept nowhere: the code of a gift card that was just sold.
        """
        actor.require(Permission.PAPER_PRINT)
        wanted = PaperOf(number=number, kind=kind, position=position)
        with self._store.look(actor, snapshot=True) as uow:
            content, kept_id, document = current_paper(uow, self._source(number).content(uow, wanted))
            jobs = uow.documents.jobs_of(kept_id) if kept_id is not None else []
            failed = failed_print(uow, kept_id, paper)
            mark = copy_mark(uow, next_copy(jobs)) if failed is None else mark_of(uow, failed)
            pdf = render(uow, document, paper, mark, secret)
        return Paper(content.number, document, pdf, mark.count - 1)

    def print(
        self, actor: Actor, number: str, output: Output, *, kind: PaperKind | None = None, position: int = 1
    ) -> JobLine:
        """Queue a paper and try to print it; a failure is kept with its reason and can be tried again."""
        actor.require(Permission.PAPER_PRINT)
        job_id = self._order(actor, PaperOf(number=number, kind=kind, position=position), output)
        return self._run(actor, job_id, printer_of=lambda _paper: output.printer)

    def order(
        self, actor: Actor, number: str, output: Output, *, kind: PaperKind | None = None, position: int = 1
    ) -> int:
        """Put a paper into the queue and return its job: from then on it is not forgotten.

        A print of it that did not work waits at this till already: that one, or it would come out twice.
        """
        actor.require(Permission.PAPER_PRINT)
        return self._order(actor, PaperOf(number=number, kind=kind, position=position), output)

    def _order(self, actor: Actor, wanted: PaperOf, output: Output) -> int:
        with self._store.work(actor) as uow:
            content = self._held(uow, wanted)
            failed = (
                None if output.to_file else failed_print(uow, current_paper(uow, content)[1], output.paper)
            )
            job_id = queue_paper(uow, content, output) if failed is None else failed.id
            uow.commit()
        return job_id

    def run(
        self,
        actor: Actor,
        job_id: int,
        *,
        printer_of: Callable[[PaperSize], str] | None = None,
        file_of: Callable[[PaperOf], Path] | None = None,
        secret: str = "",
    ) -> JobLine:
        """Print a queued job now, or a failed one again; asks the queue for the real outcome.

        `printer_of` tells the printer that takes such a paper now: another one may have been chosen since
        the job was queued. Without it the job keeps its printer. `file_of` tells where a paper goes that is
        kept as a file; no `secret` is written into one. A job that another window has begun meanwhile is
        refused with `job_closed`.
        """
        actor.require(Permission.PAPER_PRINT)
        return self._run(actor, job_id, printer_of=printer_of, file_of=file_of, secret=secret)

    def _run(
        self,
        actor: Actor,
        job_id: int,
        *,
        printer_of: Callable[[PaperSize], str] | None = None,
        file_of: Callable[[PaperOf], Path] | None = None,
        secret: str = "",
    ) -> JobLine:
        job, pdf = self._begun(actor, job_id, secret)
        printer = printer_of(PaperSize(job.paper)) if printer_of is not None else job.printer
        file = file_of(_wanted(job)) if file_of is not None and job.output == "pdf" else None
        state, problem = "done", ""
        try:
            if job.output == "pdf":
                file = write_file(pdf, file)
            else:
                send(pdf, printer, job)
        except PosappError as fault:
            state, problem = "failed", fault.sentence
        line = self._settle(actor, dataclasses.replace(job, state=state, problem=problem, printer=printer))
        return dataclasses.replace(line, file=file)

    def _settle(self, actor: Actor, job: "PrintJob") -> JobLine:
        """Note how a job went."""
        action = Action.PAPER_PRINTED if job.state == "done" else Action.PAPER_FAILED
        with self._store.work(actor) as uow:
            uow.documents.settle(job.id, job.state, job.problem, job.printer)
            uow.journal.add(action, "document", job.document_id, ref=job.number, after={"copy": job.copy})
            uow.commit()
        log.info("paper %s copy %d %s", job.number, job.copy, job.state)
        return _line(job)

    def _source(self, number: str) -> PaperSource:
        """The part whose record has that number; a bare number is a booking's."""
        return self._sources.get(letter_of(number), self._sources[Letter.BOOKING])

    def _held(self, uow: "UnitOfWork", wanted: PaperOf) -> Content:
        source = self._source(wanted.number)
        source.hold(uow, wanted.number)
        return source.content(uow, wanted)

    def _begun(self, actor: Actor, job_id: int, secret: str) -> "tuple[PrintJob, bytes]":
        """A job on its way out, and its paper with the number that it has now.

        Another till may give out the paper meanwhile: then it is drawn again with the next number.
        """
        while True:
            with self._store.look(actor, snapshot=True) as uow:
                job = _open_job(uow, job_id)
                document, mark = from_json(job.snapshot), mark_of(uow, job)
                printed = secret if job.output == "print" else ""
                pdf = render(uow, document, PaperSize(job.paper), mark, printed)
            if self._begin(actor, job, mark.count):
                return dataclasses.replace(job, copy=mark.count), pdf

    def _begin(self, actor: Actor, job: "PrintJob", copy: int) -> bool:
        """From here on the paper may come out: if the program dies now, somebody is asked about it.

        False if it would be another copy by now.
        """
        doubt = "" if job.output == "pdf" else DOUBT
        with self._store.work(actor) as uow:
            self._source(job.number).hold(uow, job.number)
            now = _open_job(uow, job.id)
            if (now.state, now.attempts) != (job.state, job.attempts):
                raise _job_closed()
            if number_now(uow, now) != copy:
                return False
            if not uow.documents.begin(now, doubt):
                raise _job_closed()
            take_number(uow, now, copy)
            after = {"copy": copy, "was": now.copy} if now.copy != copy else None
            uow.journal.add(Action.PAPER_SENDING, "document", job.document_id, ref=job.number, after=after)
            uow.commit()
        return True

    def save_pdf(
        self,
        actor: Actor,
        number: str,
        paper: PaperSize,
        path: Path,
        *,
        kind: PaperKind | None = None,
        position: int = 1,
        replace: bool = False,
    ) -> Paper:
        """Write a paper to a new file; counts as a copy like a print does.

        Refuses like `files.check`; `replace`: somebody said that a file of that name may go.
        """
        actor.require(Permission.PAPER_PRINT)
        with self._store.work(actor) as uow:
            content = self._held(uow, PaperOf(number=number, kind=kind, position=position))
            document_id, document = kept_document(uow, content)
            copy, moved = make_room(uow, document_id)
            pdf = render(uow, document, paper, copy_mark(uow, copy))
            # The file comes first: a paper that could not be written must not count.
            files.write(path, pdf, replace=replace)
            uow.documents.add_job(
                document_id, copy, paper=paper.value, output="pdf", till=actor.till, printer="", state="done"
            )
            note_copy(uow, document_id, content.number, document, copy, "pdf", moved)
            uow.commit()
        return Paper(content.number, document, pdf, copy)

    def open_jobs(self, actor: Actor) -> list[JobLine]:
        """What this till still has to print, failed ones included, each as the copy that it would be now."""
        actor.require(Permission.PAPER_PRINT)
        with self._store.look(actor) as uow:
            return [_line(job) for job in numbers_in_turn(uow, uow.documents.open_jobs(actor.till))]

    def take_over(self, actor: Actor, till: str) -> int:
        """This till had that name before: what it still has to print is printed under its new one."""
        actor.require(Permission.PAPER_PRINT)
        with self._store.work(actor) as uow:
            moved = uow.documents.rename_till(till, actor.till)
            if moved:
                uow.journal.add(
                    Action.PAPER_TILL, "document", 0, before={"till": till}, after={"jobs": moved}
                )
                uow.commit()
        return len(moved)

    def cancel(self, actor: Actor, job_id: int) -> None:
        """Give up a job that could not be printed; one in doubt may have come out, and counts."""
        actor.require(Permission.PAPER_PRINT)
        with self._store.work(actor) as uow:
            job = _open_job(uow, job_id)
            uow.documents.settle(job.id, "cancelled", job.problem if job.problem == DOUBT else "")
            uow.journal.add(Action.PAPER_CANCELLED, "document", job.document_id, ref=job.number)
            uow.commit()

    def printers(self) -> "list[PrinterInfo]":
        """The printers that this computer knows."""
        from posapp.printing.base.system_queue import SystemQueue

        return SystemQueue().list_printers()

    def warm_up(self) -> None:
        """Load fonts and libraries, so that the first slip is as quick as the second."""
        from posapp.printing.render import warm_up

        warm_up()

    def images(self, paper: Paper, dpi: int) -> list[tuple[int, int, bytes]]:
        """The pages of a paper as pixels: width, height, RGBA bytes; the preview shows that very PDF."""
        from posapp.printing.base.preview import page_images

        return page_images(paper.pdf, dpi)


# -- inside a transaction ------------------------------------------------------------------------------
def queue_paper(uow: "UnitOfWork", content: Content, output: Output) -> int:
    """Put a paper into the print queue, as part of the transaction that saves its record."""
    document_id, document = kept_document(uow, content)
    require_size(document.kind, output.paper)
    copy = uow.documents.copies(document_id) + 1
    job_id = uow.documents.add_job(
        document_id,
        copy,
        paper=output.paper.value,
        output="pdf" if output.to_file else "print",
        till=uow.actor.till,
        printer=output.printer,
    )
    note_copy(uow, document_id, content.number, document, copy, "pdf" if output.to_file else "print")
    return job_id


def _open_job(uow: "UnitOfWork", job_id: int) -> "PrintJob":
    job = uow.documents.job(job_id)
    if job is None or job.state not in ("queued", "failed"):
        raise _job_closed()
    return job


def _job_closed() -> DomainError:
    return DomainError("job_closed", "This paper is no longer waiting to be printed.")


def _line(job: "PrintJob") -> JobLine:
    paper = PaperSize(job.paper)
    return JobLine(
        job.id,
        job.number,
        job.copy,
        paper,
        job.printer,
        job.state,
        job.problem,
        _wanted(job),
        job.created_at,
        job.output == "pdf",
    )


def _wanted(job: "PrintJob") -> PaperOf:
    try:
        return paper_of(from_json(job.snapshot))
    except DomainError:  # a damaged paper must not hide the others that wait
        return PaperOf(number=job.number)
