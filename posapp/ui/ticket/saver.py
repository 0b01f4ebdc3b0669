"""One save for all that is typed on a ticket, perhaps with a new state of a device; and the way back."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from posapp.domain.base.errors import PosappError
from posapp.domain.repairs.tickets import NEEDS_APPROVAL, StateGroup, Ticket, TicketState
from posapp.services.repairs.tickets import MoveJob, SaveTicket
from posapp.ui.fields import Form
from posapp.ui.fields.labeled import LabeledField
from posapp.ui.record.drafts import DraftKeeper, Forget
from posapp.ui.record.page import Done, Failed, Saving
from posapp.ui.ticket.presenter import TicketWriter
from posapp.ui.ticket.typed import Typed
from posapp.ui.widgets.buttons import Button
from posapp.ui.window.notice_bar import NoticeBar
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell


class _WholeForm(Form):
    """Stands for all forms of the page where something is saved; a refusal is the page's matter."""

    refused = Signal(object)

    def __init__(self, notice: NoticeBar, save: Button, parent: QObject) -> None:
        super().__init__()
        self.setParent(parent)  # type: ignore[call-overload]
        self.hide()
        self.summary.deleteLater()
        self.summary, self.save_button = notice, save

    def show_error(self, error: PosappError) -> None:
        """The page knows which device and field it is about."""
        self.refused.emit(error)


class Saver(QObject):
    """`saved` has the ticket as it is now; `stale` asks for it anew; `wrong` names a field."""

    saved = Signal(object)  # Ticket
    stale = Signal()
    refused = Signal(object)  # PosappError
    wrong = Signal(object, object)  # MergingForm, LabeledField
    tell_asked = Signal()

    def __init__(
        self,
        shell: Shell,
        writer: TicketWriter,
        typed: Typed,
        keeper: DraftKeeper,
        notice: NoticeBar,
        save: Button,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._shell, self._writer, self._typed = shell, writer, typed
        self.form = _WholeForm(notice, save, parent)
        self.form.refused.connect(self.refused)
        self._saving = Saving(self.form, keeper, is_read_only=lambda: shell.is_read_only)

    def save(self, ticket: Ticket, move: MoveJob | None = None, state: TicketState | None = None) -> bool:
        """Write what is typed over `ticket` as it is shown, and move a device; False if nothing was begun."""
        wrong = self._first_wrong()
        if wrong is not None:
            self.wrong.emit(*wrong)
            return False
        command = self._typed.command(ticket.number, move)
        if command is None:
            return False
        back = self._typed.back(command, ticket, self.tr("Undone"))
        sent = self._typed.sent()

        def done(after: Ticket) -> None:
            self._typed.settle(sent)
            self._say(command, back, after, state)
            self.saved.emit(after)

        def ask(heard: Done, failed: Failed, forget: Forget) -> None:
            self._writer.save(command, ticket, heard, failed, forget)

        return self._saving.save(ask, done, stale=self.stale.emit)

    def _first_wrong(self) -> tuple[object, LabeledField] | None:
        for form in self._typed.forms().values():
            field = form.wrong()
            if field is not None:
                return form, field
        return None

    def _say(self, command: SaveTicket, back: SaveTicket, after: Ticket, state: TicketState | None) -> None:
        undo = self._writer.turn_save(back, after)
        redo = self._writer.turn_save(command, after)
        words, step = self.tr("{number} saved").format(number=after.number), None
        if state is not None:
            words = self.tr("{number}: {state}").format(number=after.number, state=state.name.lower())
            step = self._step(state, after.number)
        self._shell.notices.toast(words, undo=undo, redo=redo, step=step)

    def _step(self, state: TicketState, number: str) -> Step | None:
        """What usually follows."""
        if state.group == StateGroup.READY:
            return Step(self.tr("Tell the customer"), self.tell_asked.emit)
        if state.code == NEEDS_APPROVAL:
            return Step(self.tr("Estimate"), partial(self._shell.leave_for, "estimate", number))
        return None
