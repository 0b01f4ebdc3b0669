"""The right column of an estimate: its versions, and the customer's answer to the newest."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from posapp.domain.base.money import Money
from posapp.domain.repairs.estimates import Estimate
from posapp.ui.fields import Form, MoneyField, TextField
from posapp.ui.layout import STRETCH, columns, held, refill, rows, wide
from posapp.ui.theme import theme
from posapp.ui.tickets.looks import estimate_look
from posapp.ui.tickets.telling import how_field
from posapp.ui.tickets.words import answer_words
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, StatusPill, label
from posapp.ui.widgets.scroll import Scroller
from posapp.ui.wording import Wording


class AnswerForm(Form):
    """Who answered, how, and up to which price. Enter on a button or Alt+Y, Alt+N answers."""

    approved = Signal()
    declined = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        who = TextField("by", self.tr("Who answered"), missing=self.tr("Say who gave the answer."))
        self.by = self.add_field(who)
        self.how = self.add_field(how_field(self.tr("How")))
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
