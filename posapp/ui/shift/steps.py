"""What can be done about the drawer from any screen: cash in, cash out, X, a Z; each in the side sheet."""

from functools import partial

from PySide6.QtCore import QObject

from posapp.domain.selling.shifts import CashKind
from posapp.services.selling.shifts import Reading
from posapp.ui.presenter import Presenter
from posapp.ui.session import Session
from posapp.ui.shift.cash_form import CashForm
from posapp.ui.shift.reading_sheet import XSheet, ZSheet
from posapp.ui.shift.words import kind_words
from posapp.ui.window.shell import Shell


class ShiftSteps(QObject):
    """Opens the sheets; what they write is heard by whoever follows the shifts."""

    def __init__(self, shell: Shell, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._session = shell, session
        self._presenter = Presenter(session)

    def cash(self, kind: CashKind) -> None:
        """Ask how much goes in or out, and why."""
        form = CashForm(kind, self._session.wording)
        form.closed.connect(self._shell.close_sheet)
        form.accepted.connect(lambda: form.send(self._presenter, partial(self._moved, kind)))
        self._shell.open_sheet(kind_words(kind), form)

    def _moved(self, kind: CashKind, reading: Reading) -> None:
        """The toast says nothing of what should be in the drawer."""
        move = reading.moves[-1]
        self._shell.close_sheet()
        words = self.tr("{amount} in: {reason}") if kind is CashKind.IN else self.tr("{amount} out: {reason}")
        amount = self._session.wording.price(move.amount_minor)
        self._shell.notices.toast(words.format(amount=amount, reason=move.reason))

    def x(self) -> XSheet:
        """Show the open drawer as it is now."""
        sheet = XSheet(self._shell, self._session)
        self._shell.open_sheet(self.tr("X report"), sheet)
        return sheet

    def z(self, number: str) -> ZSheet:
        """Show a closed shift."""
        sheet = ZSheet(self._shell, self._session, number)
        self._shell.open_sheet(number, sheet)
        return sheet
