"""Prints behind the window and says what became of it: the record is safe whatever the printer does."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp import paths
from posapp.domain.documents import PaperSize
from posapp.domain.errors import PosappError
from posapp.ui.main_window import MainWindow
from posapp.ui.notices import Step
from posapp.ui.session import Session

if TYPE_CHECKING:
    from posapp.services.papers import JobLine, Output

REGION = "window"


def slip_output(session: Session, paper: PaperSize | None = None) -> "Output":
    """Where this till prints: its paper, and the printer that takes such a paper."""
    from posapp.services.papers import Output

    paper = paper or PaperSize(session.till.slip_paper)
    printer = session.till.receipt_printer if paper.is_roll else session.till.a4_printer
    return Output(paper=paper, printer=printer)


class PrintWatch(QObject):
    """One for a window: prints, shows in the key bar how many papers wait, and offers *Print again*."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session

    def print_slip(
        self, number: str, *, paper: PaperSize | None = None, done: "Callable[[JobLine], None] | None" = None
    ) -> None:
        """Print the paper of a booking; a copy says so by itself."""
        session, output = self._session, slip_output(self._session, paper)
        self._on_paper_lane(lambda: session.shop.papers.print(session.actor, number, output), number, done)

    def run_job(self, job_id: int, number: str, *, done: "Callable[[JobLine], None] | None" = None) -> None:
        """Print a job that was queued with its booking, or one that failed before."""
        session = self._session
        self._on_paper_lane(lambda: session.shop.papers.run(session.actor, job_id), number, done)

    def save_pdf(self, number: str, folder: Path | None = None) -> None:
        """Write the paper of a booking into the till's folder of papers and say where it lies."""
        session = self._session
        paper = PaperSize(session.till.slip_paper)
        path = (folder or paths.data_dir() / "papers") / f"{number}.pdf"

        def write() -> Path:
            path.parent.mkdir(parents=True, exist_ok=True)
            session.shop.papers.save_pdf(session.actor, number, paper, path)
            return path

        session.lanes.paper.run(
            write,
            done=lambda kept: self._window.notices.toast(self.tr("Saved as {path}").format(path=kept)),
            failed=partial(self._failed, number),
        )

    def give_out(self, number: str, job_id: int | None) -> None:
        """After saving a booking: print, write a file or do nothing, as this till is set."""
        if job_id is not None:
            self.run_job(job_id, number)
        elif self._session.till.slip_output == "pdf":
            self.save_pdf(number)

    def refresh(self) -> None:
        """Count the papers that wait and say so in the key bar."""
        session = self._session
        session.lanes.database.run(
            lambda: session.shop.papers.open_jobs(session.actor),
            done=self._show_waiting,
            failed=lambda _error: None,
            topic="print-watch",
        )

    def _on_paper_lane(
        self, work: "Callable[[], JobLine]", number: str, done: "Callable[[JobLine], None] | None"
    ) -> None:
        self._window.key_bar.show_state("printer", self.tr("Printing {number}").format(number=number), "info")
        self._session.lanes.paper.run(
            work, done=partial(self._settled, done), failed=partial(self._failed, number)
        )

    def _settled(self, done: "Callable[[JobLine], None] | None", job: "JobLine") -> None:
        if job.state == "done":
            self._window.notices.withdraw(REGION)
            word = self.tr("{number} printed") if job.copy == 1 else self.tr("{number} printed, COPY {copy}")
            self._window.notices.status(word.format(number=job.number, copy=job.copy), "success")
        else:
            self._window.notices.raise_notice(
                self.tr("{problem} The booking is saved.").format(problem=job.problem),
                steps=(
                    Step(self.tr("Print again"), partial(self._again, job)),
                    Step(self.tr("Show on screen"), partial(self._window.show_page, "preview", job.number)),
                ),
                region=REGION,
            )
        self.refresh()
        if done is not None:
            done(job)

    def _again(self, job: "JobLine") -> None:
        self._window.notices.withdraw(REGION)
        self.run_job(job.id, job.number)

    def _failed(self, number: str, error: Exception) -> None:
        sentence = (
            error.sentence if isinstance(error, PosappError) else self.tr("The paper could not be made.")
        )
        self._window.notices.raise_notice(
            self.tr("{problem} The booking is saved.").format(problem=sentence),
            steps=(Step(self.tr("Show on screen"), partial(self._window.show_page, "preview", number)),),
            region=REGION,
        )
        self.refresh()

    def _show_waiting(self, jobs: "list[JobLine]") -> None:
        bar = self._window.key_bar
        if not jobs:
            bar.show_state("printer", self.tr("Receipt printer"))
            return
        waiting = self.tr("1 paper waits") if len(jobs) == 1 else self.tr("{count} papers wait")
        bar.show_state("printer", waiting.format(count=len(jobs)), "danger")


def print_watch(window: MainWindow) -> PrintWatch:
    """The watch of this window, for pages that print."""
    found = window.findChild(PrintWatch)
    assert found is not None  # `watch_printing` made it when the screens were added
    return found


def watch_printing(window: MainWindow, session: Session) -> PrintWatch:
    """Start the watch over a window's papers; those of an earlier run are counted at once."""
    watch = PrintWatch(window, session)
    watch.refresh()
    return watch
