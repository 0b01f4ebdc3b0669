"""What a ticket's sheet asks the desks for, and the way back and forth of each change."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from posapp.domain.papers.documents import PaperKind
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.loaners import Loan
from posapp.domain.repairs.photos import Photo
from posapp.domain.repairs.tickets import Job, Ticket, TicketState
from posapp.services.papers.content import PaperOf
from posapp.services.repairs.informing import Inform
from posapp.services.repairs.tickets import EditJob, MoveJob
from posapp.ui.alive import while_alive
from posapp.ui.presenter import Asked
from posapp.ui.tickets.presenter import TicketPresenter, TicketWork, editing, moving
from posapp.ui.tickets.telling import TellingForm
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import Work


class TicketSteps(QObject):
    """Of one sheet: `done` when the ticket is another, `failed` with the error of a desk."""

    done = Signal()
    stale = Signal()  # it is to be read anew, and what is said stays
    failed = Signal(object)  # Exception

    def __init__(self, presenter: TicketPresenter, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._presenter, self._shell = presenter, shell

    def _said(self, words: str = "", undo: Work | None = None, redo: Work | None = None) -> None:
        if words:
            self._shell.notices.toast(words, undo=undo, redo=redo)
        self.done.emit()

    def _heard(self, done: Callable[[Any], object]) -> tuple[Callable[..., None], Callable[..., None]]:
        """What hears a desk while the sheet is open."""
        return while_alive(self, done), while_alive(self, self.failed.emit)

    def _do(self, work: Asked, words: str, undo: Work | None = None, redo: Work | None = None) -> None:
        self._presenter.do(work, *self._heard(lambda _made: self._said(words, undo, redo)))

    def _turn_job(self, job: Job, work: TicketWork) -> Work:
        """A change of a device as this window left it; the sheet may be closed by then."""
        presenter = self._presenter
        return lambda turn: presenter.write_job(job, work, turn.done, turn.failed)

    # -- a device ------------------------------------------------------------------------------------
    def move(self, job: Job, state: TicketState, reason: str) -> None:
        """Put a device into another state."""
        number, undone = self._presenter.number, self.tr("Undone")
        command = MoveJob(number=number, position=job.position, to=state.code, reason=reason)
        back = MoveJob(number=number, position=job.position, to=job.state.code, reason=undone)
        undo, redo = self._turn_job(job, moving(back, is_back=True)), self._turn_job(job, moving(command))
        words = self.tr("{number}: {state}").format(number=number, state=state.name.lower())
        self._presenter.write_job(
            job, moving(command), *self._heard(lambda _ticket: self._said(words, undo, redo))
        )

    def job_edited(self, before: Job, after: Job) -> None:
        """The form of a device was saved."""
        words = self.tr("{device} saved").format(device=before.device.name)
        self._said(words, self._turn_to_job(after, before), self._turn_to_job(after, after))

    def _turn_to_job(self, left: Job, wanted: Job) -> Work:
        command = EditJob(
            number=self._presenter.number,
            position=wanted.position,
            found=wanted.found,
            price_minor=wanted.price_minor,
            technician_id=wanted.technician_id or 0,
            shelf=wanted.shelf,
        )
        return self._turn_job(left, editing(command))

    def check_quality(self, job: Job) -> None:
        """Somebody looked at the repair."""
        number = self._presenter.number
        self._presenter.write_job(
            job,
            lambda shop, actor, seen: shop.tickets.check_quality(
                actor, number, job.position, seen_version=seen
            ),
            *self._heard(lambda _ticket: self._said()),
        )

    def show_passcode(self, job: Job, done: Callable[[str], None]) -> None:
        """Somebody wants to see the passcode of a device; that is noted."""
        number = self._presenter.number
        self._presenter.do(
            lambda shop, actor: shop.tickets.show_passcode(actor, number, job.position), *self._heard(done)
        )

    # -- other screens -------------------------------------------------------------------------------
    def go_to(self, page: str) -> None:
        """Leave for another screen with this ticket."""
        self._shell.leave_for(page, self._presenter.number)

    def show_paper(self, kind: PaperKind | None = None, position: int = 1) -> None:
        """A paper of the ticket, its claim ticket or another, to be looked at and printed."""
        self._shell.leave_for("preview", PaperOf(number=self._presenter.number, kind=kind, position=position))

    def remove_photo(self, photo: Photo) -> None:
        """A photo is taken off."""
        key, turn = photo.id, self._presenter.turn
        undo = turn(lambda shop, actor: shop.photos.restore(actor, key))
        redo = turn(lambda shop, actor: shop.photos.remove(actor, key))
        words = self.tr("Photo taken off")
        self._do(lambda shop, actor: shop.photos.remove(actor, key), words, undo, redo)

    # -- the whole ticket ----------------------------------------------------------------------------
    def ticket_edited(self, before: Ticket, after: Ticket) -> None:
        """The form of the ticket was saved."""
        words = self.tr("{number} saved").format(number=before.number)
        self._said(words, self._turn_to(after, before), self._turn_to(after, after))

    def _turn_to(self, left: Ticket, wanted: Ticket) -> Work:
        presenter, seen = self._presenter, left.stamps.version
        due, is_rush, note = wanted.due, wanted.is_rush, wanted.note
        return lambda turn: presenter.write_ticket(
            seen,
            lambda shop, actor, version: shop.tickets.edit(
                actor, wanted.number, due=due, is_rush=is_rush, note=note, seen_version=version
            ),
            turn.done,
            turn.failed,
        )

    def take_back(self, loan: Loan) -> None:
        """A loaner is back."""
        words = self.tr("{name} is back").format(name=loan.name)
        self._do(lambda shop, actor: shop.loaners.back(actor, loan.id), words)

    def lend(self, loaner_id: int) -> None:
        """A loaner goes out."""
        number = self._presenter.number
        self._do(lambda shop, actor: shop.loaners.out(actor, number, loaner_id), self.tr("Loaner given out"))

    def tell(self, form: TellingForm, how: ContactHow, words: str, answer: str) -> None:
        """The customer was told something; the form closes when that is noted."""
        command = Inform(number=self._presenter.number, how=how, words=words, answer=answer)

        def noted() -> None:
            form.closed.emit()
            self._said(self.tr("Noted"))

        form.send(self._presenter, lambda shop, actor: shop.informing.informed(actor, command), noted)
