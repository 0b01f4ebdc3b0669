"""Cash in and cash out: how much and why, in a sheet over whatever screen is in front."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from posapp.domain.selling.shifts import REASON_LIMIT, CashKind
from posapp.services.selling.shifts import Reading
from posapp.ui.alive import while_alive
from posapp.ui.fields import Form, MoneyField, TextField
from posapp.ui.layout import STRETCH, columns, rows
from posapp.ui.presenter import Presenter
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.choices import ChipGroup, Choice
from posapp.ui.wording import Wording, translator

_tr = translator("Shift")


def usual_reasons(kind: CashKind) -> list[str]:
    """What cash mostly goes in or out for."""
    if kind is CashKind.IN:
        return [_tr("Change"), _tr("From the safe")]
    return [_tr("To the safe"), _tr("To the bank"), _tr("Petty cash")]


class CashForm(Form):
    """`moved` tells the amount as it is shown, `closed` that nothing is moved."""

    moved = Signal(str)
    closed = Signal()

    def __init__(self, kind: CashKind, wording: Wording) -> None:
        super().__init__()
        self._kind, self._wording = kind, wording
        self.amount = self.add_field(
            MoneyField("amount", self.tr("Amount"), wording=wording, missing=self.tr("Enter an amount."))
        )
        self.reason = self.add_field(
            TextField("reason", self.tr("Reason"), missing=self.tr("Enter a reason."), limit=REASON_LIMIT)
        )
        self.usual = ChipGroup(
            [Choice(one, one) for one in usual_reasons(kind)], name=self.tr("Usual reasons")
        )
        words = self.tr("Put it in") if kind is CashKind.IN else self.tr("Take it out")
        save = button(words, kind="primary", size="l", key="Ctrl+Return")
        self.set_save_button(save)
        leave = button(self.tr("Cancel"), kind="quiet", size="l", key="Esc", run=self.closed.emit)
        foot = columns(save, leave, STRETCH, gap=8)
        parts = (self.amount, rows(self.reason, self.usual, gap=8), self.summary, foot, STRETCH)
        rows(*parts, gap=14, pad=(16, 4, 16, 16), host=self)
        self.usual.chosen.connect(self.reason.set_text)
        self.reason.edited.connect(lambda: self.usual.set_current(self.reason.text()))
        self.setFocusProxy(self.amount.editor)

    def send(self, presenter: Presenter, done: Callable[[Reading], object]) -> None:
        """Ask the desk; a refusal stands at its field, and what is typed stays."""
        kind, amount, reason = self._kind, self.amount.value(), self.reason.value()
        minor = amount.minor if amount is not None else 0
        self.set_saving(True)

        def moved(reading: Reading) -> None:
            self.set_saving(False)
            done(reading)

        presenter.do(
            lambda shop, actor: (
                shop.shifts.cash_in(actor, minor, reason)
                if kind is CashKind.IN
                else shop.shifts.cash_out(actor, minor, reason)
            ),
            while_alive(self, moved),
            while_alive(self, self.refuse),
        )
