"""The right column of the estimate: its versions, and the customer's answer to the newest."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.estimates import Estimate
from posapp.ui.layout import STRETCH, columns, held, refill, rows
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
        self._question = label(self.tr("The customer's answer"), "field", weight=600)
        self._versions = rows(gap=12)
        self._none = label(
            self.tr("No version yet. Add lines, then ask the customer."), "body", tone="text2", wrap=True
        )
        title = label(self.tr("Versions"), "field", weight=600)
        parts = (self._question, answer, title, self._none, self._versions, STRETCH)
        self.body.addWidget(Scroller(held(rows(*parts, gap=14, pad=(16, 14, 16, 16)))))
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
        refill(self._versions, [VersionRow(one, self._wording) for one in versions])
        self._none.setVisible(not versions)


class VersionRow(QWidget):
    """One version: number, total, state, and who answered."""

    def __init__(self, estimate: Estimate, wording: Wording) -> None:
        super().__init__()
        version = label(self.tr("Version {n}").format(n=estimate.version), "body", weight=600)
        total = label(wording.price(estimate.total_minor), "field", weight=600)
        head = columns(version, StatusPill(estimate_look(estimate.status)), STRETCH, total, gap=8)
        made = self.tr("{when}, {who}").format(
            when=wording.moment(estimate.created_at), who=estimate.created_by
        )
        answer = None
        if estimate.answered_at is not None:
            answer = label(self._answer(estimate, wording), "small", tone="text2", wrap=True)
        rows(head, Elided(made, "small", tone="text2"), answer, gap=2, host=self)

    def _answer(self, estimate: Estimate, wording: Wording) -> str:
        words = answer_words(estimate, wording)
        if estimate.limit_minor is not None:
            words += self.tr(", up to {limit}").format(limit=wording.price(estimate.limit_minor))
        return words
