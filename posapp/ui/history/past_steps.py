"""What is done about a past record from the history: an old repair goes on here, with one key."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.ui.presenter import Presenter, code_of, why_not_saved
from posapp.ui.session import Session
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.old_data.past import PastRecord
    from posapp.services.repairs.tickets import TakenIn


class PastSteps(QObject):
    """A record that says what the device is becomes a ticket at once, another one opens the intake form."""

    def __init__(self, shell: Shell, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._presenter = shell, Presenter(session)
        self._is_saving = False

    def take_in(self, record: "PastRecord | None") -> None:
        """Alt+T."""
        if self._shell.is_read_only or self._is_saving:
            return
        if record is None or not record.is_open:
            self._shell.notices.status(self.tr("Choose an old repair that is not over"))
        elif record.ticket:
            self._shell.show_page("ticket", record.ticket)
        elif not record.device.is_enough:
            self._complete(record)
        else:
            self._is_saving = True
            key = record.id
            self._presenter.do(
                lambda shop, actor: shop.past.take_in(actor, key),
                self._taken_in,
                lambda error: self._refused(record, error),
            )

    def _complete(self, record: "PastRecord") -> None:
        from posapp.domain.old_data.past import OldRepairAsked

        self._shell.leave_for("intake", OldRepairAsked(record.id))

    def _taken_in(self, taken: "TakenIn") -> None:
        self._is_saving = False
        number = taken.ticket.number
        words = self.tr("The old repair goes on as {number}").format(number=number)
        look = Step(self.tr("Open {number}").format(number=number), lambda: self._open(number))
        self._shell.notices.toast(words, step=look)

    def _open(self, number: str) -> None:
        self._shell.show_page("ticket", number)

    def _refused(self, record: "PastRecord", error: Exception) -> None:
        self._is_saving = False
        if code_of(error) in ("past_says_too_little", "device_here"):
            self._complete(record)
        else:
            self._shell.notices.status(why_not_saved(error), "warning")
