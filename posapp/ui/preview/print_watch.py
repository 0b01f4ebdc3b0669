"""Prints behind the window and says what became of it: the record is safe whatever the printer does."""

import logging
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posapp import paths
from posapp.domain.base.actor import Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, letter_of
from posapp.domain.papers.documents import NO_DEFAULT_PRINTER, PaperKind, PaperSize
from posapp.till_settings import printer_for
from posapp.ui.actions import Action
from posapp.ui.presenter import Done, Failed, Presenter, code_of, sentence_of
from posapp.ui.session import Session
from posapp.ui.window.main_window import MainWindow
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.domain.base.journal import Change
    from posapp.services.papers.content import PaperOf
    from posapp.services.papers.papers import JobLine, Output

_tr = translator("PrintWatch")
log = logging.getLogger(__name__)
REGION = "window"
Heard = Done["JobLine"]
"""Who hears how a job ended."""


def paper_order(session: Session, paper: PaperSize | None = None) -> "Output | None":
    """What becomes of a paper after saving at this till: printed, kept as a file, or (None) nothing."""
    if session.till.slip_output == "none":
        return None
    return replace(paper_output(session, paper), to_file=session.till.slip_output == "pdf")


def paper_file(wanted: "PaperOf") -> Path:
    """Where a paper lies that this till keeps as a file."""
    names = {PaperKind.BOOKING_SLIP: "", PaperKind.CLAIM_TICKET: "", PaperKind.Z_REPORT: ""}
    name = names.get(wanted.what, f"-{wanted.what.value.replace('_', '-')}")
    if wanted.what is PaperKind.DEVICE_LABEL:
        name = f"-label-{wanted.position}"
    return paths.data_dir() / "papers" / f"{wanted.number}{name}.pdf"


def paper_output(session: Session, paper: PaperSize | None = None) -> "Output":
    """Where this till prints: its paper, and the printer that takes such a paper."""
    from posapp.services.papers.papers import Output

    paper = paper or PaperSize(session.till.slip_paper)
    printer = printer_for(session.till, is_roll=paper.is_roll, is_label=paper.is_label)
    return Output(paper=paper, printer=printer)


def why_not_made(error: Exception) -> str:
    """What the clerk reads where a paper was to be printed or saved."""
    return sentence_of(error, _tr("The paper could not be made."))


class PrintWatch(QObject):
    """One for a window: prints, shows in the key bar how many papers wait, and offers *Print again*.

    A click on the printer in the key bar, or Ctrl+Shift+P, shows the first paper that waits.
    """

    waiting_changed = Signal()

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window = window
        self._session, self._presenter = session, Presenter(session)
        self._printing: list[str] = []
        self._secrets: dict[int, str] = {}
        """Of jobs that are not yet printed: what stands on the paper and is kept nowhere else."""
        self.waiting: Sequence[JobLine] = ()
        """The papers of this till that are neither printed nor given up nor being printed now."""
        self._has_looked = False
        self._complaint: tuple[str, int | None] | None = None  # number, and its job if there is one
        papers = Action("waiting_papers", self.tr("Papers that wait"), "Ctrl+Shift+P", self.show_waiting)
        window.shortcuts.bind([papers])
        window.key_bar.when_pressed["printer"] = self._pressed
        session.feed.changed.connect(self._changed)
        session.feed.actor_changed.connect(self.refresh)  # what an earlier run left waits for somebody

    # -- giving out --------------------------------------------------------------------------------------
    def print_paper(
        self,
        number: str,
        *,
        kind: PaperKind | None = None,
        position: int = 1,
        paper: PaperSize | None = None,
        done: Heard | None = None,
        failed: Failed | None = None,
        secret: str = "",
    ) -> None:
        """Print a paper of a record; a copy says so by itself. `secret` is known until it was printed.

        `done` hears how the job ended, `failed` that there was none; who gives one says trouble itself,
        or has it said with `complain` and `complain_of`. The paper is in the queue before anything waits
        for a printer: if the window is closed now, it is found at the next start.
        """
        output = paper_output(self._session, paper)
        self._begun(number)
        self._presenter.do(
            lambda shop, actor: shop.papers.order(actor, number, output, kind=kind, position=position),
            lambda job_id: self._print_secret(job_id, number, done, failed, secret),
            partial(self._not_begun, number, failed),
        )

    def _print_secret(
        self, job_id: int, number: str, done: Heard | None, failed: Failed | None, secret: str
    ) -> None:
        if secret:
            self._secrets[job_id] = secret
        self._print_job(job_id, number, done, failed)

    def run_job(
        self, job_id: int, number: str, *, done: Heard | None = None, failed: Failed | None = None
    ) -> None:
        """Print a paper that waits, on the printer that is chosen now."""
        self._begun(number)
        self._print_job(job_id, number, done, failed)

    def give_out(self, number: str, job_id: int | None = None) -> None:
        """Print, or write into a file, what was queued with a record: this job, else all that are new."""
        if job_id is not None:
            self._begun(number)
            self._print_job(job_id, number, None, None, is_as_queued=True)
            return
        new, failed = partial(self._run_new, number), partial(self.complain_of, number)
        self._presenter.do(lambda shop, actor: shop.papers.open_jobs(actor), new, failed, asks=False)

    def _run_new(self, number: str, jobs: "list[JobLine]") -> None:
        for job in jobs:
            if job.number == number and job.state == "queued":
                self.give_out(number, job.id)

    # -- what waits --------------------------------------------------------------------------------------
    def show_waiting(self) -> None:
        """Open the preview of the first paper that waits."""
        if self.waiting:
            self._window.close_sheet()
            self._window.show_page("preview", self.waiting[0].wanted)
        else:
            self._window.notices.status(self.tr("No paper waits to be printed"))

    def _pressed(self) -> bool:
        """A click on the printer in the key bar."""
        if self.waiting:
            self.show_waiting()
        return bool(self.waiting)

    def refresh(self) -> None:
        """Count the papers that wait and say so in the key bar."""
        # Of a failure whatever else is asked of the database says that it is away.
        till = self._session.as_till
        self._presenter.read(lambda shop, _actor: shop.papers.open_jobs(till), self._show_waiting)

    def _changed(self, changes: "list[Change]") -> None:
        """Another window of this till may have printed or given up a paper."""
        if not self._printing and any(change.subject == "document" for change in changes):
            self.refresh()

    def _show_waiting(self, jobs: "list[JobLine]") -> None:
        if not self._has_looked and self._session.actor.may(Permission.PAPER_PRINT):
            self._has_looked = True
            self._take_up(jobs)
        self.waiting = tuple(job for job in jobs if job.number not in self._printing)
        job_id = self._complaint[1] if self._complaint else None
        if job_id is not None and job_id not in {job.id for job in jobs}:
            self._withdraw()
        self._show_state()
        self.waiting_changed.emit()

    def _show_state(self) -> None:
        count = len(self.waiting)
        if self._printing:
            words, tone = self.tr("Printing {number}").format(number=self._printing[0]), "info"
        elif count:
            words = self.tr("1 paper waits") if count == 1 else self.tr("{count} papers wait")
            words, tone = words.format(count=count), "danger"
        else:
            words, tone = self.tr("Receipt printer"), "text2"
        self._window.key_bar.show_state("printer", words, tone)

    def _take_up(self, jobs: "list[JobLine]") -> None:
        """What an earlier run left: what is fresh and not begun comes out, the rest is asked about."""
        now = self._session.shop.store.clock.now()
        fresh = [job for job in jobs if job.is_to_come_out(now)]
        for job in fresh:
            self.give_out(job.number, job.id)
        rest = [job for job in jobs if job not in fresh and not self._is_closed(job)]
        if not rest:
            return
        first = rest[0]
        words = first.problem or self.tr("{number} was not printed.").format(number=first.number)
        if len(rest) > 1:
            words = self.tr("{count} papers from before were not printed.").format(count=len(rest))
        elif first.problem:
            words = f"{first.number}: {words}"
        self._complaint = (first.number, first.id)
        steps = (Step(self.tr("Show what waits"), self.show_waiting),)
        self._window.notices.raise_notice(words, steps=steps, region=REGION, tone="warning")

    # -- printing ----------------------------------------------------------------------------------------
    def _begun(self, number: str) -> None:
        self._printing.append(number)
        self._show_state()

    def _print_job(
        self,
        job_id: int,
        number: str,
        done: Heard | None,
        failed: Failed | None,
        *,
        is_as_queued: bool = False,
    ) -> None:
        session, secret = self._session, self._secrets.get(job_id, "")

        def chosen_now(paper: PaperSize) -> str:
            return paper_output(session, paper).printer

        printer_of = None if is_as_queued else chosen_now
        self._presenter.do(
            lambda shop, actor: shop.papers.run(
                actor, job_id, printer_of=printer_of, file_of=paper_file, secret=secret
            ),
            partial(self._settled, number, done),
            partial(self._not_begun, number, failed),
            lane=session.lanes.paper,
            asks=not is_as_queued,
        )

    def _settled(self, number: str, done: Heard | None, job: "JobLine") -> None:
        self._printing.remove(number)
        if job.state == "done":
            self._secrets.pop(job.id, None)
        if job.state == "done" and self._complaint is not None and self._complaint[0] == number:
            self._withdraw()
        if job.state == "done" and job.to_file:
            self._window.notices.toast(self.tr("Saved as {path}").format(path=job.file))
        elif job.state == "done":
            word = self.tr("{number} printed") if job.copy == 1 else self.tr("{number} printed, COPY {copy}")
            self._window.notices.status(word.format(number=job.number, copy=job.copy), "success")
        elif done is None:
            self.complain(job)
        self.refresh()
        if done is not None:
            done(job)

    def _not_begun(self, number: str, failed: Failed | None, error: Exception) -> None:
        self._printing.remove(number)
        is_theirs = code_of(error) == "job_closed" and failed is None
        if not is_theirs:  # else another window of this till prints it
            (failed or partial(self.complain_of, number))(error)
        self.refresh()

    def _again(self, job: "JobLine") -> None:
        self._withdraw()
        self.run_job(job.id, job.number)

    # -- notices -----------------------------------------------------------------------------------------
    def complain(self, job: "JobLine") -> None:
        """Say above the page in front that a job failed, with *Print again* and *Show on screen*.

        That there is no printer can be closed, and is then not said again on that day.
        """
        if self._is_closed(job):
            return
        again = Step(self.tr("Print again"), partial(self._again, job))
        self._raise(job.number, self._is_saved(job.number, job.problem), again, job=job)

    def complain_of(self, number: str, error: Exception) -> None:
        """Say above the page in front that there was no paper to print or save."""
        sentence = why_not_made(error)
        if not isinstance(error, DomainError):
            sentence = self._is_saved(number, sentence)
        self._raise(number, sentence)

    def _is_saved(self, number: str, problem: str) -> str:
        saved: dict[Letter | None, str] = {
            Letter.TICKET: self.tr("{problem} The ticket is saved."),
            Letter.REPORT: self.tr("{problem} The shift is closed."),
            Letter.PAYMENT: self.tr("{problem} The payment is saved."),
            **dict.fromkeys((Letter.SALE, Letter.GIFT_CARD), self.tr("{problem} The sale is saved.")),
        }
        words = saved.get(letter_of(number), self.tr("{problem} The booking is saved."))
        return words.format(problem=problem)

    def _raise(self, number: str, sentence: str, *steps: Step, job: "JobLine | None" = None) -> None:
        wanted = job.wanted if job is not None else number
        offered = [
            *steps,
            Step(self.tr("Show on screen"), partial(self._window.show_page, "preview", wanted)),
        ]
        self._complaint = (number, job.id if job is not None else None)
        if job is not None and job.problem == NO_DEFAULT_PRINTER:
            offered.append(Step(self.tr("Close"), self._close_for_today))
        self._window.notices.raise_notice(sentence, steps=offered, region=REGION)

    def _is_closed(self, job: "JobLine") -> bool:
        closed = self._session.till.no_printer_closed
        return job.problem == NO_DEFAULT_PRINTER and closed == self._today

    @property
    def _today(self) -> str:
        return self._session.wording.now().date().isoformat()

    def _close_for_today(self) -> None:
        self._withdraw()
        session = self._session
        session.till = replace(session.till, no_printer_closed=self._today)
        try:
            session.save_till(session.till)
        except OSError as error:  # closed until the window is opened again
            log.warning("till settings not written: %s", error)

    def _withdraw(self) -> None:
        self._complaint = None
        self._window.notices.withdraw(REGION)


def print_watch(shell: Shell) -> PrintWatch:
    """The watch of this window, for pages that print."""
    found = shell.beside(PrintWatch)
    assert found is not None  # `watch_printing` made it when the screens were added
    return found


def watch_printing(window: MainWindow, session: Session) -> PrintWatch:
    """Start the watch over a window's papers; those of an earlier run are counted at once."""
    watch = PrintWatch(window, session)
    watch.refresh()
    return watch
