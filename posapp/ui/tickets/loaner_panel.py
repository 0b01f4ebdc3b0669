"""Loaners of a ticket: what is out, taking it back, and lending one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.loaners import Loan, Loaner
from posapp.ui.fields.edits import Combo
from posapp.ui.layout import columns, held, refill, rows, wide
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.wording import Wording


class LoanerPanel(QWidget):
    """Hidden where the shop has none and none is out."""

    back_asked = Signal(object)  # Loan
    out_asked = Signal(int)  # key of the loaner

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._seen: object = None
        self.choice = Combo()
        self.choice.setAccessibleName(self.tr("Loaner"))
        self.lend = button(self.tr("Give it out"), size="m", run=self._give_out)
        self._rows = rows(gap=8)
        self._lend = held(columns(wide(self.choice), self.lend, gap=10))
        rows(self._rows, self._lend, gap=8, host=self)

    def show_loans(self, out: Sequence[Loan], free: Sequence[Loaner], *, may_lend: bool = True) -> None:
        """What is out with this ticket, and what could go out."""
        seen = (tuple(out), tuple(free), may_lend)
        if seen == self._seen:
            return
        self._seen = seen
        refill(self._rows, map(self._row, out))
        chosen = self.choice.currentData()
        self.choice.clear()
        for one in free:
            self.choice.addItem(one.name if not one.serial else f"{one.name} ({one.serial})", one.id)
        self.choice.setCurrentIndex(max(self.choice.findData(chosen), 0))
        self._lend.setVisible(bool(free) and may_lend)

    def _row(self, loan: Loan) -> QWidget:
        words = self.tr("{name}, since {when}")
        since = words.format(name=loan.name, when=self._wording.moment(loan.out_at))
        back = button(self.tr("Take it back"), size="s", run=partial(self.back_asked.emit, loan))
        icon, name = IconLabel("triangle-alert", "warning", 18), Elided(since, "body", tone="warning")
        return held(columns(icon, wide(name), back, gap=8))

    def _give_out(self) -> None:
        key = self.choice.currentData()
        if key is not None:
            self.out_asked.emit(int(key))
