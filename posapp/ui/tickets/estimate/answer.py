"""The right column of the estimate: its versions, and the customer's answer to the newest."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.errors import DomainError
from posapp.domain.estimates import Estimate, EstimateStatus
from posapp.domain.informing import ContactHow
from posapp.domain.money import Money
from posapp.ui.fields import ComboField, Form, MoneyField, TextField
from posapp.ui.theme import theme
from posapp.ui.tickets.telling import how_words
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import Elided, StatusPill, label
from posapp.ui.widgets.status import StatusLook
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout

    from posapp.services.estimates import ApproveEstimate, DeclineEstimate

_LOOKS = {
    EstimateStatus.ASKED: ("ring-question", "Asked", "warning"),
    EstimateStatus.APPROVED: ("circle-check", "Approved", "success"),
    EstimateStatus.DECLINED: ("circle-x", "Declined", "danger"),
    EstimateStatus.REPLACED: ("refresh-cw", "Replaced", "quiet"),
}


class AnswerForm(Form):
    """Who answered, how, and up to which price. Enter on a button or Alt+Y, Alt+N answers."""

    approved = Signal()
    declined = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        px = theme().px
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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.by)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.how, 1)
        row.addWidget(self.limit, 1)
        column.addLayout(row)
        column.addWidget(self.reason)
        column.addWidget(self.summary)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self.yes, 1)
        foot.addWidget(self.no, 1)
        column.addLayout(foot)
        self.accepted.connect(self.approved)

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
        from posapp.services.estimates import ApproveEstimate

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
        from posapp.services.estimates import DeclineEstimate

        return DeclineEstimate(
            number=number,
            by=self.by.value(),
            how=self.how.value(),
            reason=self.reason.value(),
            seen_version=seen_version,
        )


class VersionRow(QWidget):
    """One version: number, total, state, and who answered."""

    def __init__(self, estimate: Estimate, wording: Wording) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        icon, word, tone = _LOOKS[estimate.status]
        head = QHBoxLayout()
        head.setSpacing(theme().px(8))
        head.addWidget(label(self.tr("Version {n}").format(n=estimate.version), "body", weight=600))
        head.addWidget(StatusPill(StatusLook(icon, self.tr(word), tone)))
        head.addStretch(1)
        head.addWidget(label(wording.price(estimate.total_minor), "field", weight=600))
        column.addLayout(head)
        made = self.tr("{when}, {who}").format(
            when=wording.moment(estimate.created_at), who=estimate.created_by
        )
        column.addWidget(Elided(made, "small", tone="text2"))
        if estimate.answered_at is not None:
            column.addWidget(label(self._answer(estimate, wording), "small", tone="text2", wrap=True))

    def _answer(self, estimate: Estimate, wording: Wording) -> str:
        assert estimate.answered_at is not None
        words = self.tr("{who}, {how}, {when}").format(
            who=estimate.answered_by,
            how=how_words(ContactHow(estimate.answered_how)).lower(),
            when=wording.moment(estimate.answered_at),
        )
        if estimate.limit_minor is not None:
            words += self.tr(", up to {limit}").format(limit=wording.price(estimate.limit_minor))
        return words


def fill_versions(layout: "QVBoxLayout", versions: Sequence[Estimate], wording: Wording) -> None:
    """All versions, the newest first."""
    _empty(layout)
    for one in versions:
        layout.addWidget(VersionRow(one, wording))


def _empty(layout: "QLayout") -> None:
    while (taken := layout.takeAt(0)) is not None:
        if (old := taken.widget()) is not None:
            old.hide()
            old.deleteLater()
