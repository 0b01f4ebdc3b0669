"""What is done with a sale that is done: its paper is shown and printed, devices are handed over."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posapp.domain.base.numbers import Letter
from posapp.domain.papers.documents import PaperSize
from posapp.services.papers.content import PaperOf
from posapp.ui.presenter import sentence_of
from posapp.ui.preview.paper_card import sheet_of
from posapp.ui.preview.paper_view import page_images
from posapp.ui.preview.presenter import PreviewPresenter, Shown
from posapp.ui.preview.print_watch import print_watch, why_not_made
from posapp.ui.sell.done_view import DoneView
from posapp.ui.sell.outcome import Outcome
from posapp.ui.session import Session
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.services.papers.papers import JobLine
    from posapp.services.selling.order_commands import Offer


class DoneSteps(QObject):
    """Owns what the done page shows; `ended` gives what was typed for the next customer."""

    ended = Signal(str)

    def __init__(self, view: DoneView, shell: Shell, session: Session) -> None:
        super().__init__(view)
        self._view, self._shell, self._session = view, shell, session
        self._presenter = PreviewPresenter(session)
        self.outcome: Outcome | None = None
        self._shown, self._code = "", ""
        """The number whose paper is shown, and what stands on it and is kept nowhere."""
        view.next_asked.connect(self.ended)
        view.hand_over_asked.connect(self._hand_over)
        view.paper_asked.connect(self._show_other)
        view.card.turned.connect(self._turn_to)
        view.view.wanted.connect(self._fetch)

    def show(self, outcome: Outcome) -> None:
        """This is done; what was ordered with it is printed now."""
        self.outcome, self._shown, self._code = outcome, outcome.paper, ""
        self._view.show_outcome(outcome)
        self._view.edit.setFocus()
        if outcome.job_id is not None:
            self._view.say_state(self.tr("Printing"), "info")
            print_watch(self._shell).run_job(
                outcome.job_id, outcome.paper, done=self._printed, failed=self._failed
            )
        for number, job_id in outcome.others:
            if job_id is not None:
                print_watch(self._shell).give_out(number, job_id)
        if self._session.till.slip_output == "print":
            for number, code in outcome.cards:
                print_watch(self._shell).print_paper(number, secret=code)
        self._turn_to(self._session.till.slip_paper)

    # -- the paper -----------------------------------------------------------------------------------
    def _show_other(self, number: str, code: str) -> None:
        """Another paper of it; asked for again, the receipt."""
        if self.outcome is not None and number == self._shown:
            number, code = self.outcome.paper, ""
        self._shown, self._code = number, code
        self._turn_to(self._presenter.size)
        self._view.edit.setFocus()

    def _turn_to(self, size: str) -> None:
        if not self._shown:
            return
        self._presenter.open(PaperOf(number=self._shown), PaperSize(size), secret=self._code)
        self._view.card.show_size(PaperSize(size))
        self._view.view.forget()
        self._fetch(self._view.view.dpi())

    def _fetch(self, dpi: int) -> None:
        self._presenter.fetch(dpi, done=self._show_paper, failed=self._no_paper)

    def _show_paper(self, shown: Shown) -> None:
        self._view.view.show_pages(page_images(shown.pages, shown.dpi))

    def _no_paper(self, error: Exception) -> None:
        self._view.say_state(sentence_of(error, why_not_made(error)), "warning")

    def print_again(self) -> None:
        """On the paper that is shown; a copy says so by itself."""
        self._print(self._presenter.size)

    def print_sheet(self) -> None:
        """The receipt on a sheet."""
        if self.outcome is not None:
            self._shown, self._code = self.outcome.paper, ""
        self._print(sheet_of(self._session.region))

    def _print(self, size: PaperSize) -> None:
        if not self._shown:
            return
        self._view.say_state(self.tr("Printing"), "info")
        print_watch(self._shell).print_paper(
            self._shown, paper=size, done=self._printed, failed=self._failed, secret=self._code
        )

    def _printed(self, job: "JobLine") -> None:
        if job.number != self._shown:
            return
        wording = self._session.wording
        at = wording.time(wording.now().time())
        if job.state != "done":
            words = self.tr("{problem} The sale is saved.").format(problem=job.problem)
            self._view.say_state(words, "danger")
        elif job.to_file:
            self._view.say_state(self.tr("Saved as a file, {time}").format(time=at), "success")
        elif job.printer:
            words = self.tr("Printed on {printer}, {time}").format(printer=job.printer, time=at)
            self._view.say_state(words, "success")
        else:
            self._view.say_state(self.tr("Printed, {time}").format(time=at), "success")

    def _failed(self, error: Exception) -> None:
        self._view.say_state(why_not_made(error), "danger")

    def offer_debt(self, debt: "Offer | None") -> None:
        """What the customer owes from before this sale can be taken now."""
        outcome = self.outcome
        is_sale = outcome is not None and outcome.paper.startswith(Letter.SALE)
        before = debt.owed_minor - outcome.owed_minor if debt is not None and outcome is not None else 0
        self._view.offer_debt(self._session.wording.price(before) if is_sale and before > 0 else "")

    # -- what comes then -----------------------------------------------------------------------------
    def _hand_over(self, number: str) -> None:
        self.ended.emit("")
        self._shell.show_page("hand_back", number)

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+4 turn to another paper."""
        was_chosen = self._view.card.papers.choose_number(number)
        self._view.edit.setFocus()
        return was_chosen
