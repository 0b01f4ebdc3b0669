"""A new PIN: one's own, or given by a manager to somebody who forgot theirs. Nothing of it is ever kept."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from posapp.domain.people.secrets import check_pin
from posapp.domain.people.users import Seat
from posapp.ui.fields import ComboField, Form
from posapp.ui.fields.secret import AgainField, SecretField
from posapp.ui.layout import STRETCH, rows
from posapp.ui.login.presenter import LoginPresenter
from posapp.ui.widgets.buttons import button


class _NewPin(Form):
    """The new PIN twice; it is checked here as the desk does, beside its field."""

    done = Signal()

    def __init__(self, presenter: LoginPresenter, length: int) -> None:
        super().__init__()
        self._presenter, self._length = presenter, length
        self.accepted.connect(self._send)

    def _add_new(self) -> None:
        tr = self.tr
        missing = tr("Enter the new PIN.")
        self.pin = self.add_field(SecretField("pin", tr("New PIN"), read=self._read, missing=missing))
        differs = tr("The two are not the same.")
        self.again = self.add_field(AgainField("again", tr("New PIN once more"), self.pin, differs))
        save = button(tr("Save the PIN"), kind="primary", size="l", key="Ctrl+Return")
        self.set_save_button(save)
        rows(*self._fields, self.summary, save, STRETCH, gap=12, pad=16, host=self)
        self.setFocusProxy(self._fields[0])

    def _read(self, text: str) -> str:
        return check_pin(text, self._length)

    def _send(self) -> None:
        self.set_saving(True)
        self.ask()

    def ask(self) -> None:
        """Give it to the desk."""
        raise NotImplementedError

    def _saved(self, _none: None) -> None:
        self.set_saving(False)
        self.done.emit()


class ForgottenPin(_NewPin):
    """A manager chooses who they are, proves it, and gives the new PIN."""

    def __init__(self, presenter: LoginPresenter, seat: Seat, managers: Sequence[Seat]) -> None:
        super().__init__(presenter, seat.length)
        self._seat, tr = seat, self.tr
        choices = [(one, one.tile.name) for one in managers]
        self.manager = self.add_field(ComboField("manager", tr("Manager"), choices))
        self.manager.combo.setCurrentIndex(0)
        missing = tr("A manager enters their PIN.")
        self.proof = self.add_field(SecretField("proof", tr("PIN of the manager"), missing=missing))
        self._add_new()

    def ask(self) -> None:
        """The manager's PIN is proved with it."""
        manager: Seat = self.manager.value()
        secret, pin = self.proof.value(), self.pin.value()
        self._presenter.give_pin(manager, secret, self._seat, pin, self._saved, self.refuse)

    def name_of(self, value: str) -> str:
        """A wrong PIN is the manager's."""
        return "proof" if value == "pin" else value


class OwnPin(_NewPin):
    """Whoever works here proves it by the PIN of before."""

    def __init__(self, presenter: LoginPresenter, length: int) -> None:
        super().__init__(presenter, length)
        missing = self.tr("Enter the PIN that you have now.")
        self.before = self.add_field(SecretField("before", self.tr("PIN until now"), missing=missing))
        self._add_new()

    def ask(self) -> None:
        """Both go to the desk."""
        self._presenter.change_pin(self.before.value(), self.pin.value(), self._saved, self.refuse)
