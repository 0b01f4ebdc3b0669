"""The right column of the estimate: its versions, and the customer's answer to the newest."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.estimates import Estimate
from posapp.ui.theme import theme
from posapp.ui.tickets.estimate.answer import AnswerForm
from posapp.ui.tickets.looks import estimate_look
from posapp.ui.tickets.words import answer_words
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, StatusPill, label
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording


class VersionsCard(Card):
    """The answer form while a version waits for it, and below it every version, the newest first."""

    def __init__(self, answer: AnswerForm, wording: Wording) -> None:
        super().__init__()
        self._answer = answer
        self._wording = wording
        px = theme().px
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(16), px(14), px(16), px(16))
        column.setSpacing(px(14))
        self._question = label(self.tr("The customer's answer"), "field", weight=600)
        self._versions = QVBoxLayout()
        self._versions.setSpacing(px(12))
        self._none = label(
            self.tr("No version yet. Add lines, then ask the customer."), "body", tone="text2", wrap=True
        )
        column.addWidget(self._question)
        column.addWidget(answer)
        column.addWidget(label(self.tr("Versions"), "field", weight=600))
        column.addWidget(self._none)
        column.addLayout(self._versions)
        column.addStretch(1)
        self.body.addWidget(Scroller(inside))
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """A narrow window leaves the lines more room."""
        self.setFixedWidth(theme().px(300 if narrow else 372))
        self._answer.fit(self.width() - theme().px(36))

    def set_waiting(self, waits: bool) -> None:
        """Whether the newest version waits for an answer."""
        self._question.setVisible(waits)
        self._answer.setVisible(waits)

    def show_versions(self, versions: Sequence[Estimate]) -> None:
        """All versions."""
        while (taken := self._versions.takeAt(0)) is not None:
            if (old := taken.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in versions:
            self._versions.addWidget(VersionRow(one, self._wording))
        self._none.setVisible(not versions)


class VersionRow(QWidget):
    """One version: number, total, state, and who answered."""

    def __init__(self, estimate: Estimate, wording: Wording) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        head = QHBoxLayout()
        head.setSpacing(theme().px(8))
        head.addWidget(label(self.tr("Version {n}").format(n=estimate.version), "body", weight=600))
        head.addWidget(StatusPill(estimate_look(estimate.status)))
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
        words = answer_words(estimate, wording)
        if estimate.limit_minor is not None:
            words += self.tr(", up to {limit}").format(limit=wording.price(estimate.limit_minor))
        return words
