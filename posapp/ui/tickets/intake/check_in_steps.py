"""Checks a device in, and says what became of it: its papers, its photos, who else was quicker."""

from functools import partial

from PySide6.QtCore import QObject

from posapp.services.repairs.tickets import TakeIn
from posapp.ui.customers.identity import just_created
from posapp.ui.presenter import Done, Failed
from posapp.ui.record.drafts import Forget
from posapp.ui.record.page import Saving
from posapp.ui.tickets.intake.form import IntakeForm
from posapp.ui.tickets.intake.papers import TicketPapers
from posapp.ui.tickets.intake.presenter import CheckedIn, IntakePresenter, Photos
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell


class CheckInSteps(QObject):
    """From the checked form to the next customer."""

    def __init__(self, form: IntakeForm, presenter: IntakePresenter, shell: Shell) -> None:
        super().__init__(form)
        self._form, self._presenter, self._shell = form, presenter, shell
        self._papers = TicketPapers(shell, presenter.session, self)
        self._saving = Saving(form, form.keeper, is_read_only=lambda: shell.is_read_only)
        form.submitted.connect(self._check_in)

    def _check_in(self, command: TakeIn, photos: Photos) -> None:
        prints = self._form.promise.prints.isChecked()
        wanted = self._papers.ordered(command) if prints else command

        def ask(done: Done[CheckedIn], failed: Failed, forget: Forget) -> None:
            forget_photos = self._presenter.forgetting(photos, self._form.photos_of_others())

            def saved() -> None:
                forget()
                forget_photos()

            self._presenter.check_in(wanted, photos, done, failed, saved)

        self._saving.save(ask, partial(self._checked_in, prints, command.who is not None))

    def _checked_in(self, prints: bool, is_new: bool, saved: CheckedIn) -> None:
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
