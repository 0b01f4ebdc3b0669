"""Checks a device in, and says what became of it: its papers, its photos, who else was quicker."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from posapp.domain.papers.documents import PaperKind, PaperSize
from posapp.domain.repairs.tickets import Ticket
from posapp.services.papers.papers import JobLine, Output
from posapp.services.repairs.tickets import TakeIn, TakenIn
from posapp.services.selling.order_commands import DepositFor
from posapp.ui.customers.identity import just_created
from posapp.ui.presenter import Done, Failed
from posapp.ui.preview.print_watch import REGION, paper_order, print_watch, why_not_made
from posapp.ui.record.drafts import Forget
from posapp.ui.record.page import Saving
from posapp.ui.session import Session
from posapp.ui.tickets.intake.form import IntakeForm
from posapp.ui.tickets.intake.presenter import CheckedIn, IntakePresenter, Photos
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell


class TicketPapers(QObject):
    """Prints, or writes PDFs, behind the window; the ticket is safe whatever the printer does."""

    def __init__(self, shell: Shell, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._session = shell, session

    def ordered(self, command: TakeIn) -> TakeIn:
        """The command with its papers, as this till is set: they are queued with the ticket."""
        claim, label = self._order(PaperKind.CLAIM_TICKET), self._order(PaperKind.DEVICE_LABEL)
        if claim is not None and not claim.to_file:
            claim = replace(claim, copies=self._session.till.claim_copies)
        return replace(command, output=claim, labels=label)

    def give_out(self, taken: TakenIn) -> None:
        """Print, or write into files, what was queued."""
        for job_id in taken.job_ids:
            self._run(job_id, taken.ticket.number)

    def print_again(self, ticket: Ticket) -> None:
        """All papers of the ticket once more; copies say so by themselves."""
        labels = [(PaperKind.DEVICE_LABEL, job.position) for job in ticket.jobs]
        for kind, position in [(PaperKind.CLAIM_TICKET, 1), *labels]:
            print_watch(self._shell).print_paper(
                ticket.number,
                kind=kind,
                position=position,
                paper=self._size(kind),
                done=self._printed,
                failed=partial(self._failed, ticket.number),
            )

    def _order(self, kind: PaperKind) -> Output | None:
        return paper_order(self._session, self._size(kind))

    def _size(self, kind: PaperKind) -> PaperSize:
        till = self._session.till
        usual = PaperSize(till.label_paper if kind is PaperKind.DEVICE_LABEL else till.slip_paper)
        return usual if usual in kind.sizes else kind.sizes[0]

    def _run(self, job_id: int, number: str) -> None:
        print_watch(self._shell).run_job(
            job_id, number, done=self._printed, failed=partial(self._failed, number)
        )

    def _printed(self, job: JobLine) -> None:
        if job.state == "done":
            words = self.tr("Saved as {file}") if job.to_file else self.tr("{number} printed")
            self._shell.notices.status(words.format(number=job.number, file=job.file), "success")
        else:
            again = Step(self.tr("Print again"), partial(self._again, job))
            self._complain(job.number, job.problem, again)

    def _again(self, job: JobLine) -> None:
        self._shell.notices.withdraw(REGION)
        self._run(job.id, job.number)

    def _failed(self, number: str, error: Exception) -> None:
        self._complain(number, why_not_made(error))

    def _complain(self, number: str, problem: str, *steps: Step) -> None:
        words = self.tr("{problem} {number} is saved.").format(problem=problem, number=number)
        look = Step(self.tr("Show on screen"), partial(self._shell.show_page, "preview", number))
        self._shell.notices.raise_notice(words, steps=(*steps, look), region=REGION)


class CheckInSteps(QObject):
    """From the checked form to the next customer."""

    def __init__(self, form: IntakeForm, presenter: IntakePresenter, shell: Shell) -> None:
        super().__init__(form)
        self._form, self._presenter, self._shell = form, presenter, shell
        self._papers = TicketPapers(shell, presenter.session, self)
        self._saving = Saving(form, form.keeper, is_read_only=lambda: shell.is_read_only)
        form.submitted.connect(self._check_in)

    def _check_in(self, command: TakeIn, photos: Photos, deposit: int) -> None:
        prints = self._form.promise.prints.isChecked()
        wanted = self._papers.ordered(command) if prints else command

        def ask(done: Done[CheckedIn], failed: Failed, forget: Forget) -> None:
            forget_photos = self._presenter.forgetting(photos, self._form.photos_of_others())

            def saved() -> None:
                forget()
                forget_photos()

            past = self._form.past
            past_id = past.id if past is not None else None
            self._presenter.check_in(wanted, photos, done, failed, saved, past_id=past_id)

        self._saving.save(ask, partial(self._checked_in, prints, command.who is not None, deposit))

    def _checked_in(self, prints: bool, is_new: bool, deposit: int, saved: CheckedIn) -> None:
        taken, shell = saved.taken, self._shell
        number = taken.ticket.number
        self._form.start()
        if prints:
            self._papers.give_out(taken)
        again = Step(self.tr("Print again"), partial(self._papers.print_again, taken.ticket))
        said = self.tr("{number} checked in").format(number=number)
        if is_new and not taken.created:
            now = self._presenter.session.shop.store.clock.now()
            said = " · ".join(filter(None, (said, just_created(taken.customer, now))))
        shell.notices.toast(said, step=self._contact_step(saved) or again)
        if saved.lost:
            words = self.tr("{number} is saved. Not all photos were kept: {why}")
            shell.notices.raise_notice(words.format(number=number, why=" ".join(saved.lost)), tone="warning")
        if deposit:  # the sale brings the customer, unless another one's is in hand
            shell.show_page("sell", DepositFor(number, taken.customer.id, deposit))
        else:
            shell.set_counter(taken.customer)
            shell.show_page("desk", taken.customer.id)  # where the next one is looked for

    def _contact_step(self, saved: CheckedIn) -> Step | None:
        """Another till saved the number a moment ago under another name: offer the typed one as a person."""
        taken = saved.taken
        if not taken.other_name:
            return None
        words = self.tr("Add {name} to {pl}").format(name=taken.other_name, pl=taken.customer.pl_id)
        key, name, presenter = taken.customer.id, taken.other_name, self._presenter
        return Step(words, lambda: presenter.add_contact(key, name, failed=self._form.failed))
