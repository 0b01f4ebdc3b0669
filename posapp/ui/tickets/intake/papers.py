"""Gives out the papers of a ticket after check-in: claim ticket and a label a device, as the till is set."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp import files, paths
from posapp.domain.documents import PaperKind, PaperSize
from posapp.domain.errors import EnvironmentFault, PosappError
from posapp.ui.notices import Step
from posapp.ui.preview.print_watch import REGION, print_watch, slip_output

if TYPE_CHECKING:
    from posapp.domain.tickets import Ticket
    from posapp.services.papers import JobLine, Output
    from posapp.services.tickets import TakeIn, TakenIn
    from posapp.ui.main_window import MainWindow
    from posapp.ui.session import Session


class TicketPapers(QObject):
    """Prints, or writes PDFs, behind the window; the ticket is safe whatever the printer does."""

    def __init__(self, session: "Session", parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def ordered(self, command: "TakeIn") -> "TakeIn":
        """The command with its papers, where this till prints: they are queued with the ticket."""
        if self._session.till.slip_output != "print":
            return command
        claim, label = self._output(PaperKind.CLAIM_TICKET), self._output(PaperKind.DEVICE_LABEL)
        claim = replace(claim, copies=self._session.till.claim_copies)
        return replace(command, output=claim, labels=label)

    def give_out(self, shell: "MainWindow", taken: "TakenIn") -> None:
        """Print what was queued, or write the files of a till that keeps PDFs."""
        for job_id in taken.job_ids:
            self._run(shell, job_id, taken.ticket.number)
        if not taken.job_ids and self._session.till.slip_output == "pdf":
            for kind, position in _papers_of(taken.ticket):
                self._save(shell, taken.ticket.number, kind, position)

    def print_again(self, shell: "MainWindow", ticket: "Ticket") -> None:
        """All papers of the ticket once more; copies say so by themselves."""
        session = self._session
        for kind, position in _papers_of(ticket):
            output = self._output(kind)
            session.lanes.paper.run(
                partial(
                    session.shop.papers.print,
                    session.actor,
                    ticket.number,
                    output,
                    kind=kind,
                    position=position,
                ),
                done=partial(self._printed, shell),
                failed=partial(self._failed, shell, ticket.number),
            )

    def _output(self, kind: PaperKind) -> "Output":
        till = self._session.till
        usual = PaperSize(till.label_paper if kind is PaperKind.DEVICE_LABEL else till.slip_paper)
        return slip_output(self._session, usual if usual in kind.sizes else kind.sizes[0])

    def _run(self, shell: "MainWindow", job_id: int, number: str) -> None:
        print_watch(shell).run_job(
            job_id,
            number,
            done=partial(self._printed, shell),
            failed=partial(self._failed, shell, number),
        )

    def _printed(self, shell: "MainWindow", job: "JobLine") -> None:
        if job.state == "done":
            words = self.tr("{number} printed").format(number=job.number)
            shell.notices.status(words, "success")
        else:
            again = Step(self.tr("Print again"), partial(self._again, shell, job))
            self._complain(shell, job.number, job.problem, again)

    def _again(self, shell: "MainWindow", job: "JobLine") -> None:
        shell.notices.withdraw(REGION)
        self._run(shell, job.id, job.number)

    def _save(self, shell: "MainWindow", number: str, kind: PaperKind, position: int) -> None:
        session, size = self._session, self._output(kind).paper
        end = "" if kind is PaperKind.CLAIM_TICKET else f"-label-{position}"
        path = paths.data_dir() / "papers" / f"{number}{end}.pdf"

        def write() -> Path:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as reason:
                raise EnvironmentFault(
                    "folder_missing", f"The folder {path.parent} cannot be made ({reason.strerror})."
                ) from reason
            free = files.free_name(path)  # another shop or an earlier copy may have the number, too
            session.shop.papers.save_pdf(session.actor, number, size, free, kind=kind, position=position)
            return free

        session.lanes.paper.run(
            write,
            done=lambda kept: shell.notices.status(self.tr("Saved as {path}").format(path=kept), "success"),
            failed=partial(self._failed, shell, number),
        )

    def _failed(self, shell: "MainWindow", number: str, error: Exception) -> None:
        sentence = (
            error.sentence if isinstance(error, PosappError) else self.tr("The paper could not be made.")
        )
        self._complain(shell, number, sentence)

    def _complain(self, shell: "MainWindow", number: str, problem: str, *steps: Step) -> None:
        words = self.tr("{problem} {number} is saved.").format(problem=problem, number=number)
        look = Step(self.tr("Show on screen"), partial(shell.show_page, "preview", number))
        shell.notices.raise_notice(words, steps=(*steps, look), region=REGION)


def _papers_of(ticket: "Ticket") -> list[tuple[PaperKind, int]]:
    labels = [(PaperKind.DEVICE_LABEL, job.position) for job in ticket.jobs]
    return [(PaperKind.CLAIM_TICKET, 1), *labels]
