"""The customer's answer to the newest version of an estimate."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import Money
from posapp.domain.repairs.estimates import Estimate
from posapp.domain.repairs.informing import ContactHow
from posapp.ui.fields import ComboField, Form, MoneyField, TextField
from posapp.ui.layout import columns, rows, wide
from posapp.ui.tickets.words import how_words
from posapp.ui.widgets.buttons import button
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.services.repairs.estimates import ApproveEstimate, DeclineEstimate


class AnswerForm(Form):
    """Who answered, how, and up to which price. Enter on a button or Alt+Y, Alt+N answers."""

    approved = Signal()
    declined = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self.by = self.add_field(TextField("by", self.tr("Who answered"), read=self._read_by))
        self.how = self.add_field(
            ComboField("how", self.tr("How"), [(how, how_words(how)) for how in ContactHow])
        )
        self.how.choose(ContactHow.PHONE)
        self.limit = self.add_field(MoneyField("limit", self.tr("Up to"), wording=wording))
        self.reason = self.add_field(TextField("reason", self.tr("Note")))
        self.yes = button(self.tr("Approved"), kind="go", size="l", key="Alt+Y")
        self.no = button(self.tr("Declined"), kind="danger", size="l", key="Alt+N")
        self.set_save_button(self.yes)
        self.no.clicked.connect(self.decline)
        row = columns(wide(self.how), wide(self.limit), gap=10)
        self._foot = columns(wide(self.yes), wide(self.no), gap=8)
        rows(self.by, row, self.reason, self.summary, self._foot, gap=10, host=self)
        self.accepted.connect(self.approved)

    def fit(self, room: int) -> None:
        """Where there is no room beside each other, the two answers stand below each other."""
        below, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        wide = 2 * max(self.yes.sizeHint().width(), self.no.sizeHint().width()) + self._foot.spacing()
        self._foot.setDirection(below if wide > room else beside)

    def _read_by(self, text: str) -> str:
        if not text.strip():
            raise DomainError("answerer_missing", self.tr("Say who gave the answer."), field="by")
        return text.strip()

    def begin(self, estimate: Estimate, who: str) -> None:
        """For this version."""
        self.clear_problems()
        self.by.set_text(who)
        self.reason.set_text("")
        self.limit.set_money(Money(estimate.total_minor, self._wording.currency))

    def submit(self) -> bool:
        """The yes; the key does nothing while nothing is asked."""
        return self.isVisible() and super().submit()

    def decline(self) -> None:
        """The customer's no needs no limit."""
        if not self.isVisible():
            return
        if self.by.check() is None:
            self.declined.emit()
        else:
            self.by.editor.setFocus()

    def yes_command(self, number: str, seen_version: int) -> "ApproveEstimate":
        """The yes, as the desk takes it."""
        from posapp.services.repairs.estimates import ApproveEstimate

        limit = self.limit.value()
        return ApproveEstimate(
            number=number,
            by=self.by.value(),
            how=self.how.value(),
            limit_minor=limit.minor if limit else None,
            seen_version=seen_version,
        )

    def no_command(self, number: str, seen_version: int) -> "DeclineEstimate":
        """The no, as the desk takes it."""
        from posapp.services.repairs.estimates import DeclineEstimate

        return DeclineEstimate(
            number=number,
            by=self.by.value(),
            how=self.how.value(),
            reason=self.reason.value(),
            seen_version=seen_version,
        )
