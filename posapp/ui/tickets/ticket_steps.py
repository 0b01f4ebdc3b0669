"""What a ticket's sheet asks the desks for, and the way back and forth of each change."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.tickets import Job, TicketState
from posapp.ui.customers.alive import while_alive
from posapp.ui.tickets.presenter import TicketWork
from posapp.ui.tickets.sheet_presenter import TicketPresenter
from posapp.ui.tickets.telling import TellingForm
from posapp.ui.window.notices import Notices
from posapp.ui.window.undo import Work

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.repairs.loaners import Loan
    from posapp.domain.repairs.photos import Photo
    from posapp.domain.repairs.tickets import Ticket
    from posapp.services.desks import Shop


class TicketSteps(QObject):
    """Of one sheet: `done` when the ticket is another, `failed` with the error of a desk."""

    done = Signal()
    failed = Signal(object)  # Exception

    def __init__(self, presenter: TicketPresenter, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._presenter, self._notices = presenter, notices

    def _said(self, words: str = "", undo: Work | None = None, redo: Work | None = None) -> None:
        if words:
            self._notices.toast(words, undo=undo, redo=redo)
        self.done.emit()

    def _do(
        self,
        work: "Callable[[Shop, Actor], Any]",
        words: str,
        undo: Work | None = None,
        redo: Work | None = None,
    ) -> None:
        self._presenter.do(
            work,
            while_alive(self, lambda _made: self._said(words, undo, redo)),
            while_alive(self, self.failed.emit),
        )

    def _turn_job(self, job: Job, work: TicketWork) -> Work:
        """A change of a device as this window left it; the sheet may be closed by then."""
        presenter = self._presenter
        return lambda turn: presenter.write_job(job, work, turn.done, turn.failed)

    # -- a device ------------------------------------------------------------------------------------
    def move(self, job: Job, state: TicketState, reason: str) -> None:
        """Put a device into another state."""
        from posapp.services.repairs.tickets import MoveJob

        number, undone = self._presenter.number, self.tr("Undone")
        command = MoveJob(number=number, position=job.position, to=state.code, reason=reason)
        back = MoveJob(number=number, position=job.position, to=job.state.code, reason=undone)

        def forth(shop: "Shop", actor: "Actor", seen: int | None) -> "Ticket":
            return shop.tickets.move(actor, replace(command, seen_version=seen))

        undo = self._turn_job(
            job, lambda shop, actor, seen: shop.tickets.move_back(actor, replace(back, seen_version=seen))
        )
        redo = self._turn_job(job, forth)
        words = self.tr("{number}: {state}").format(number=number, state=state.name.lower())
        self._presenter.write_job(
            job,
            forth,
            while_alive(self, lambda _ticket: self._said(words, undo, redo)),
            while_alive(self, self.failed.emit),
        )

    def job_edited(self, before: Job, after: Job) -> None:
        """The form of a device was saved."""
        words = self.tr("{device} saved").format(device=before.device.name)
        self._said(words, self._turn_to_job(after, before), self._turn_to_job(after, after))

    def _turn_to_job(self, left: Job, wanted: Job) -> Work:
        from posapp.services.repairs.tickets import EditJob

        command = EditJob(
            number=self._presenter.number,
            position=wanted.position,
            found=wanted.found,
            price_minor=wanted.price_minor,
            technician_id=wanted.technician_id or 0,
            shelf=wanted.shelf,
        )
        return self._turn_job(
            left, lambda shop, actor, seen: shop.tickets.edit_job(actor, replace(command, seen_version=seen))
        )

    def check_quality(self, job: Job) -> None:
        """Somebody looked at the repair."""
        number = self._presenter.number
        self._presenter.write_job(
            job,
            lambda shop, actor, seen: shop.tickets.check_quality(
                actor, number, job.position, seen_version=seen
            ),
            while_alive(self, lambda _ticket: self._said()),
            while_alive(self, self.failed.emit),
        )

    def remove_photo(self, photo: "Photo") -> None:
        """A photo is taken off."""

        def remove(shop: "Shop", actor: "Actor") -> object:
            return shop.photos.remove(actor, photo.id)

        undo = self._presenter.turn(lambda shop, actor: shop.photos.restore(actor, photo.id))
        self._do(remove, self.tr("Photo taken off"), undo, self._presenter.turn(remove))

    # -- the whole ticket ----------------------------------------------------------------------------
    def ticket_edited(self, before: "Ticket", after: "Ticket") -> None:
        """The form of the ticket was saved."""
        words = self.tr("{number} saved").format(number=before.number)
        self._said(words, self._turn_to(after, before), self._turn_to(after, after))

    def _turn_to(self, left: "Ticket", wanted: "Ticket") -> Work:
        presenter = self._presenter

        def work(shop: "Shop", actor: "Actor", seen: int | None) -> "Ticket":
            return shop.tickets.edit(
                actor,
                wanted.number,
                due=wanted.due,
                is_rush=wanted.is_rush,
                note=wanted.note,
                seen_version=seen,
            )

        return lambda turn: presenter.write_ticket(left.stamps.version, work, turn.done, turn.failed)

    def take_back(self, loan: "Loan") -> None:
        """A loaner is back."""
        words = self.tr("{name} is back").format(name=loan.name)
        self._do(lambda shop, actor: shop.loaners.back(actor, loan.id), words)

    def lend(self, loaner_id: int) -> None:
        """A loaner goes out."""
        number = self._presenter.number
        self._do(lambda shop, actor: shop.loaners.out(actor, number, loaner_id), self.tr("Loaner given out"))

    def tell(self, form: TellingForm, how: ContactHow, words: str, answer: str) -> None:
        """The customer was told something; the form closes when that is noted."""
        from posapp.services.repairs.informing import Inform

        command = Inform(number=self._presenter.number, how=how, words=words, answer=answer)
        form.set_saving(True)

        def done(_line: object) -> None:
            form.set_saving(False)
            form.closed.emit()
            self._said(self.tr("Noted"))

        self._presenter.do(
            lambda shop, actor: shop.informing.informed(actor, command),
            while_alive(self, done),
            while_alive(form, form.refused),
        )
