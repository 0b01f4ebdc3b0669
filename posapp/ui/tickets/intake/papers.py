"""Gives out the papers of a ticket after check-in: claim ticket and a label a device, as the till is set."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.ui.presenter import sentence_of
from posapp.ui.preview.print_watch import REGION, print_watch, slip_order
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.repairs.tickets import Ticket
    from posapp.services.papers.papers import JobLine, Output
    from posapp.services.repairs.tickets import TakeIn, TakenIn
    from posapp.ui.session import Session


class TicketPapers(QObject):
    """Prints, or writes PDFs, behind the window; the ticket is safe whatever the printer does."""

    def __init__(self, shell: Shell, session: "Session", parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._session = shell, session

    def ordered(self, command: "TakeIn") -> "TakeIn":
        """The command with its papers, as this till is set: they are queued with the ticket."""
        claim, label = self._order(PaperKind.CLAIM_TICKET), self._order(PaperKind.DEVICE_LABEL)
        if claim is not None and not claim.to_file:
            claim = replace(claim, copies=self._session.till.claim_copies)
        return replace(command, output=claim, labels=label)

    def give_out(self, taken: "TakenIn") -> None:
        """Print, or write into files, what was queued."""
        for job_id in taken.job_ids:
            self._run(job_id, taken.ticket.number)

    def print_again(self, ticket: "Ticket") -> None:
        """All papers of the ticket once more; copies say so by themselves."""
        for kind, position in _papers_of(ticket):
            print_watch(self._shell).print_slip(
                ticket.number,
                kind=kind,
                position=position,
                paper=self._size(kind),
                done=self._printed,
                failed=partial(self._failed, ticket.number),
            )

    def _order(self, kind: PaperKind) -> "Output | None":
        return slip_order(self._session, self._size(kind))

    def _size(self, kind: PaperKind) -> PaperSize:
        till = self._session.till
        usual = PaperSize(till.label_paper if kind is PaperKind.DEVICE_LABEL else till.slip_paper)
        return usual if usual in kind.sizes else kind.sizes[0]

    def _run(self, job_id: int, number: str) -> None:
        print_watch(self._shell).run_job(
            job_id,
            number,
            done=self._printed,
            failed=partial(self._failed, number),
        )

    def _printed(self, job: "JobLine") -> None:
        if job.state == "done":
            words = self.tr("Saved as {file}") if job.to_file else self.tr("{number} printed")
            self._shell.notices.status(words.format(number=job.number, file=job.file), "success")
        else:
            again = Step(self.tr("Print again"), partial(self._again, job))
            self._complain(job.number, job.problem, again)

    def _again(self, job: "JobLine") -> None:
        self._shell.notices.withdraw(REGION)
        self._run(job.id, job.number)

    def _failed(self, number: str, error: Exception) -> None:
        self._complain(number, sentence_of(error, self.tr("The paper could not be made.")))

    def _complain(self, number: str, problem: str, *steps: Step) -> None:
        words = self.tr("{problem} {number} is saved.").format(problem=problem, number=number)
        look = Step(self.tr("Show on screen"), partial(self._shell.show_page, "preview", number))
        self._shell.notices.raise_notice(words, steps=(*steps, look), region=REGION)


def _papers_of(ticket: "Ticket") -> list[tuple[PaperKind, int]]:
    labels = [(PaperKind.DEVICE_LABEL, job.position) for job in ticket.jobs]
    return [(PaperKind.CLAIM_TICKET, 1), *labels]
