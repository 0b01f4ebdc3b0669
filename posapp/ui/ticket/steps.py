"""What the screen of a ticket asks the desks for, and the way back and forth of each change."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from posapp.domain.papers.documents import PaperKind
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.loaners import Loan
from posapp.domain.repairs.photos import Photo
from posapp.domain.repairs.tickets import Job, Ticket
from posapp.services.papers.content import PaperOf
from posapp.services.repairs.informing import Inform
from posapp.ui.alive import while_alive
from posapp.ui.presenter import Asked, Failed
from posapp.ui.tickets.presenter import TicketPresenter
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import Work


class TicketSteps(QObject):
    """Of one screen: `done` when the ticket is another, `failed` with the error of a desk."""

    done = Signal()
    stale = Signal()  # it is to be read anew, and what is said stays
    failed = Signal(object)  # Exception

    def __init__(self, presenter: TicketPresenter, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._presenter, self._shell = presenter, shell

    def said(self, words: str = "", undo: Work | None = None, redo: Work | None = None) -> None:
        """It was done: say so, with the way back."""
        if words:
            self._shell.notices.toast(words, undo=undo, redo=redo)
        self.done.emit()

    def _heard(self, done: Callable[[Any], object]) -> tuple[Callable[..., None], Callable[..., None]]:
        """What hears a desk while the screen is there."""
        return while_alive(self, done), while_alive(self, self.failed.emit)

    def _do(self, work: Asked, words: str, undo: Work | None = None, redo: Work | None = None) -> None:
        self._presenter.do(work, *self._heard(lambda _made: self.said(words, undo, redo)))

    # -- a device ------------------------------------------------------------------------------------
    def check_quality(self, job: Job, by: str = "") -> None:
        """Somebody looked at the repair: who is signed in, else whom `by` names."""
        number = self._presenter.number

        def work(shop: Any, actor: Any, seen: int | None) -> Ticket:
            made: Ticket = shop.tickets.check_quality(actor, number, job.position, by=by, seen_version=seen)
            return made

        self._presenter.write_job(job, work, *self._heard(lambda _ticket: self.said()))

    def show_passcode(self, job: Job, done: Callable[[str], None]) -> None:
        """Somebody wants to see the passcode of a device; that is noted."""
        number = self._presenter.number
        self._presenter.do(
            lambda shop, actor: shop.tickets.show_passcode(actor, number, job.position), *self._heard(done)
        )

    def put_on_shelf(self, job: Job, shelf: str) -> None:
        """The device lies there, as a scan says."""
        number, place, turn = (
            self._presenter.number,
            f"{self._presenter.number}/{job.position}",
            self._presenter.turn,
        )
        if job.shelf == shelf:
            self.said(self.tr("{device} lies on {shelf}").format(device=job.device.name, shelf=shelf))
            return
        back: Asked
        if job.shelf:
            before = job.shelf
            back = lambda shop, actor: shop.tickets.shelve(actor, [before, place])  # noqa: E731
        else:
            from posapp.services.repairs.tickets import EditJob

            empty = EditJob(number=number, position=job.position, shelf="")
            back = lambda shop, actor: shop.tickets.edit_job(actor, empty)  # noqa: E731
        forth: Asked = lambda shop, actor: shop.tickets.shelve(actor, [shelf, place])  # noqa: E731
        words = self.tr("{device} lies on {shelf}").format(device=job.device.name, shelf=shelf)
        self._do(forth, words, turn(back), turn(forth))

    def remove_photo(self, photo: Photo) -> None:
        """A photo is taken off."""
        key, turn = photo.id, self._presenter.turn
        undo = turn(lambda shop, actor: shop.photos.restore(actor, key))
        redo = turn(lambda shop, actor: shop.photos.remove(actor, key))
        words = self.tr("Photo taken off")
        self._do(lambda shop, actor: shop.photos.remove(actor, key), words, undo, redo)

    # -- other screens -------------------------------------------------------------------------------
    def show_paper(self, kind: PaperKind | None = None, position: int = 1) -> None:
        """A paper of the ticket, its claim ticket or another, to be looked at and printed."""
        self._shell.leave_for("preview", PaperOf(number=self._presenter.number, kind=kind, position=position))

    # -- the whole ticket ----------------------------------------------------------------------------
    def take_back(self, loan: Loan) -> None:
        """A loaner is back."""
        words = self.tr("{name} is back").format(name=loan.name)
        self._do(lambda shop, actor: shop.loaners.back(actor, loan.id), words)

    def lend(self, loaner_id: int) -> None:
        """A loaner goes out."""
        number = self._presenter.number
        self._do(lambda shop, actor: shop.loaners.out(actor, number, loaner_id), self.tr("Loaner given out"))

    def tell(
        self, how: ContactHow, words: str, answer: str, noted: Callable[[], object], failed: Failed
    ) -> None:
        """The customer was told something; `noted` hears when that stands in the log."""
        command = Inform(number=self._presenter.number, how=how, words=words, answer=answer)

        def done(_line: object) -> None:
            noted()
            self.said(self.tr("Noted"))

        self._presenter.do(
            lambda shop, actor: shop.informing.informed(actor, command),
            while_alive(self, done),
            while_alive(self, failed),
        )
