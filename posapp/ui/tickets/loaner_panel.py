"""Loaners of a ticket: what is out, taking it back, and lending one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.loaners import Loan, Loaner
from posapp.ui.fields.edits import Combo
from posapp.ui.theme import theme
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
        px = theme().px
        self._seen: object = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(px(8))
        self._lend = QWidget()
        row = QHBoxLayout(self._lend)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        self.choice = Combo()
        self.choice.setAccessibleName(self.tr("Loaner"))
        self.lend = button(self.tr("Give it out"), size="m", run=self._give_out)
        row.addWidget(self.choice, 1)
        row.addWidget(self.lend)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(self._rows)
        column.addWidget(self._lend)

    def show_loans(self, out: Sequence[Loan], free: Sequence[Loaner], *, may_lend: bool = True) -> None:
        """What is out with this ticket, and what could go out."""
        seen = (tuple(out), tuple(free), may_lend)
        if seen == self._seen:
            return
        self._seen = seen
        while (taken := self._rows.takeAt(0)) is not None:
            if (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
        for loan in out:
            self._rows.addWidget(self._row(loan))
        chosen = self.choice.currentData()
        self.choice.clear()
        for one in free:
            self.choice.addItem(one.name if not one.serial else f"{one.name} ({one.serial})", one.id)
        self.choice.setCurrentIndex(max(self.choice.findData(chosen), 0))
        self._lend.setVisible(bool(free) and may_lend)

    def _row(self, loan: Loan) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(8))
        line.addWidget(IconLabel("triangle-alert", "warning", 18))
        words = self.tr("{name}, since {when}")
        since = words.format(name=loan.name, when=self._wording.moment(loan.out_at))
        line.addWidget(Elided(since, "body", tone="warning"), 1)
        back = button(self.tr("Take it back"), size="s", run=partial(self.back_asked.emit, loan))
        line.addWidget(back)
        return row

    def _give_out(self) -> None:
        key = self.choice.currentData()
        if key is not None:
            self.out_asked.emit(int(key))
