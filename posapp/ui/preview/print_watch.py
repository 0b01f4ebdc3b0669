"""Prints behind the window and says what became of it: the record is safe whatever the printer does."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent

from posapp import files, paths
from posapp.domain.documents import PaperKind, PaperSize
from posapp.domain.errors import DomainError, EnvironmentFault, PosappError
from posapp.till_settings import printer_for
from posapp.ui.main_window import MainWindow
from posapp.ui.notices import Step
from posapp.ui.session import Session
from posapp.ui.theme import theme

if TYPE_CHECKING:
    from posapp.domain.journal import Change
    from posapp.services.papers import JobLine, Output

REGION = "window"
Done = Callable[["JobLine"], None]
Failed = Callable[[Exception], None]


def slip_output(session: Session, paper: PaperSize | None = None) -> "Output":
    """Where this till prints: its paper, and the printer that takes such a paper."""
    from posapp.services.papers import Output

    paper = paper or PaperSize(session.till.slip_paper)
    printer = printer_for(session.till, is_roll=paper.is_roll, is_label=paper.is_label)
    return Output(paper=paper, printer=printer)


class PrintWatch(QObject):
    """One for a window: prints, shows in the key bar how many papers wait, and offers *Print again*.

    A click on the printer in the key bar, or Ctrl+Shift+P, shows the first paper that waits.
    """

    waiting_changed = Signal()

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._printing: list[str] = []
        self._waiting: tuple[JobLine, ...] = ()
        self._shown = ""
        self._complaint: tuple[str, int | None] | None = None  # number, and its job if there is one
        window.shortcuts.add("waiting_papers", self.tr("Papers that wait"), "Ctrl+Shift+P", self.show_waiting)
        window.key_bar.installEventFilter(self)
        session.feed.changed.connect(self._changed)

    # -- giving out --------------------------------------------------------------------------------------
    def print_slip(
        self,
        number: str,
        *,
        kind: PaperKind | None = None,
        position: int = 1,
        paper: PaperSize | None = None,
        done: Done | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Print a paper of a booking or ticket; a copy says so by itself.

        `done` hears how the job ended, `failed` that there was none; who gives one says trouble itself,
        or has it said with `complain` and `complain_of`.
        """
        session, output = self._session, slip_output(self._session, paper)
        self._on_paper_lane(
            lambda: session.shop.papers.print(session.actor, number, output, kind=kind, position=position),
            number,
            done,
            failed,
        )

    def run_job(
        self, job_id: int, number: str, *, done: Done | None = None, failed: Failed | None = None
    ) -> None:
        """Print a paper that waits, on the printer that is chosen now."""
        session = self._session

        def printer_of(paper: PaperSize) -> str:
            return slip_output(session, paper).printer

        self._on_paper_lane(
            lambda: session.shop.papers.run(session.actor, job_id, printer_of=printer_of),
            number,
            done,
            failed,
        )

    def save_pdf(self, number: str, folder: Path | None = None, *, kind: PaperKind | None = None) -> None:
        """Write a paper (else the usual one) into the till's folder of papers, and say where it lies."""
        session = self._session
        paper = PaperSize(session.till.slip_paper)
        name = number if kind is None else f"{number}-{kind.value.replace('_', '-')}"
        path = (folder or paths.data_dir() / "papers") / f"{name}.pdf"

        def write() -> Path:
            _make_folder(path.parent)
            free = files.free_name(path)  # another shop or an earlier copy may have the number, too
            session.shop.papers.save_pdf(session.actor, number, paper, free, kind=kind)
            return free

        session.lanes.database.run(
            write,
            done=lambda kept: self._window.notices.toast(self.tr("Saved as {path}").format(path=kept)),
            failed=partial(self.complain_of, number),
        )

    def give_out(self, number: str, job_id: int | None) -> None:
        """After saving a booking: print, write a file or do nothing, as this till is set."""
        if job_id is not None:
            papers, actor = self._session.shop.papers, self._session.actor
            self._on_paper_lane(lambda: papers.run(actor, job_id), number, None, None)
        elif self._session.till.slip_output == "pdf":
            self.save_pdf(number)

    # -- what waits --------------------------------------------------------------------------------------
    @property
    def waiting(self) -> "Sequence[JobLine]":
        """The papers of this till that are neither printed nor given up nor being printed now."""
        return self._waiting

    def show_waiting(self) -> None:
        """Open the preview of the first paper that waits."""
        if self._waiting:
            self._window.close_sheet()
            self._window.show_page("preview", self._waiting[0].wanted)
        else:
            self._window.notices.status(self.tr("No paper waits to be printed"))

    def refresh(self) -> None:
        """Count the papers that wait and say so in the key bar."""
        session = self._session
        session.lanes.database.run(
            lambda: session.shop.papers.open_jobs(session.actor),
            done=self._show_waiting,
            failed=lambda _error: None,  # whatever else is asked of the database says that it is away
            topic="print-watch",
        )

    def _changed(self, changes: "list[Change]") -> None:
        """Another window of this till may have printed or given up a paper."""
        if not self._printing and any(change.subject == "document" for change in changes):
            self.refresh()

    def _show_waiting(self, jobs: "list[JobLine]") -> None:
        self._waiting = tuple(job for job in jobs if job.number not in self._printing)
        job_id = self._complaint[1] if self._complaint else None
        if job_id is not None and job_id not in {job.id for job in jobs}:
            self._withdraw()
        self._show_state()
        self.waiting_changed.emit()

    def _show_state(self) -> None:
        count = len(self._waiting)
        if self._printing:
            words, tone = self.tr("Printing {number}").format(number=self._printing[0]), "info"
        elif count:
            words = self.tr("1 paper waits") if count == 1 else self.tr("{count} papers wait")
            words, tone = words.format(count=count), "danger"
        else:
            words, tone = self.tr("Receipt printer"), "text2"
        self._shown = words
        self._window.key_bar.show_state("printer", words, tone)

    # -- printing ----------------------------------------------------------------------------------------
    def _on_paper_lane(
        self, work: "Callable[[], JobLine]", number: str, done: Done | None, failed: Failed | None
    ) -> None:
        self._printing.append(number)
        self._show_state()
        self._session.lanes.paper.run(
            work,
            done=partial(self._settled, number, done),
            failed=partial(self._not_begun, number, failed),
        )

    def _settled(self, number: str, done: Done | None, job: "JobLine") -> None:
        self._printing.remove(number)
        if job.state == "done":
            if self._complaint is not None and self._complaint[0] == number:
                self._withdraw()
            word = self.tr("{number} printed") if job.copy == 1 else self.tr("{number} printed, COPY {copy}")
            self._window.notices.status(word.format(number=job.number, copy=job.copy), "success")
        elif done is None:
            self.complain(job)
        self.refresh()
        if done is not None:
            done(job)

    def _not_begun(self, number: str, failed: Failed | None, error: Exception) -> None:
        self._printing.remove(number)
        (failed or partial(self.complain_of, number))(error)
        self.refresh()

    def _again(self, job: "JobLine") -> None:
        self._withdraw()
        self.run_job(job.id, job.number)

    # -- notices -----------------------------------------------------------------------------------------
    def complain(self, job: "JobLine") -> None:
        """Say above the page in front that a job failed, with *Print again* and *Show on screen*."""
        again = Step(self.tr("Print again"), partial(self._again, job))
        self._raise(job.number, self._is_saved(job.number, job.problem), again, job=job)

    def complain_of(self, number: str, error: Exception) -> None:
        """Say above the page in front that there was no paper to print or save."""
        sentence = str(error) if isinstance(error, PosappError) else self.tr("The paper could not be made.")
        if not isinstance(error, DomainError):
            sentence = self._is_saved(number, sentence)
        self._raise(number, sentence)

    def _is_saved(self, number: str, problem: str) -> str:
        if number.startswith("T"):
            return self.tr("{problem} The ticket is saved.").format(problem=problem)
        return self.tr("{problem} The booking is saved.").format(problem=problem)

    def _raise(self, number: str, sentence: str, *steps: Step, job: "JobLine | None" = None) -> None:
        wanted = job.wanted if job is not None else number
        look = Step(self.tr("Show on screen"), partial(self._window.show_page, "preview", wanted))
        self._complaint = (number, job.id if job is not None else None)
        self._window.notices.raise_notice(sentence, steps=(*steps, look), region=REGION)

    def _withdraw(self) -> None:
        self._complaint = None
        self._window.notices.withdraw(REGION)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the printer in the key bar shows the paper that waits; elsewhere it is the bar's."""
        if event.type() != QEvent.Type.MouseButtonPress or not isinstance(event, QMouseEvent):
            return False
        is_left = event.button() == Qt.MouseButton.LeftButton
        if not (is_left and self._waiting and event.position().x() >= self._printer_from()):
            return False
        self.show_waiting()
        return True

    def _printer_from(self) -> float:
        """Where the state of the printer, the last part of the key bar, begins."""
        look = theme()
        width = look.metrics("small").horizontalAdvance(self._shown)
        return self._window.key_bar.width() - look.px(16 + 22 + 8) - width


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise EnvironmentFault(
            "folder_missing", f"The folder {folder} cannot be made ({reason.strerror}).", path=str(folder)
        ) from reason


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
