"""The notice below matches or a phone field: whose number this is, and what can be done about it."""

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from posapp.ui.customers.identity import Words
from posapp.ui.layout import columns, held, rows, top, wide
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel, announce
from posapp.ui.window.notices import Step


class IdentityNotice(QFrame):
    """An icon, a bold sentence, a plain one, and buttons. Hidden until `say`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "sunken")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._icon = IconLabel("info", "text2", 18)
        self._strong = label("", "body", weight=600, wrap=True)
        self._plain = label("", "small", tone="text2", wrap=True)
        self._buttons: list[Button] = []
        self._flow = FlowLayout(gap=6)
        self._flow.setContentsMargins(0, theme().px(6), 0, 0)
        self._steps = held(self._flow)
        words = rows(self._strong, self._plain, self._steps, gap=2)
        columns(top(self._icon), wide(words), gap=10, pad=(14, 10, 16, 10), host=self)
        self.hide()

    def text(self) -> str:
        """Everything it says, "" while it is hidden."""
        if self.isHidden():
            return ""
        return " ".join(part.text() for part in (self._strong, self._plain) if part.text())

    def buttons(self) -> list[Button]:
        """Its actions."""
        return list(self._buttons)

    def say(self, words: Words | None, steps: Sequence[Step] = ()) -> None:
        """Say it, with these actions; None hides the notice."""
        if words is None:
            self.hide()
            return
        before = self.text()
        self._icon.show_icon(words.icon, words.tone)
        self._strong.setText(words.strong)
        set_look(self._strong, tone="danger" if words.tone == "danger" else "text")
        self._plain.setText(words.plain)
        self._plain.setVisible(bool(words.plain))
        self._show_steps(steps)
        self.show()
        if self.text() != before:
            announce(self, self.text())

    def _show_steps(self, steps: Sequence[Step]) -> None:
        for old in self._buttons:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._buttons = [button(step.text, size="s", run=step.run) for step in steps]
        for made in self._buttons:
            self._flow.addWidget(made)
            made.show()
        self._steps.setVisible(bool(steps))

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room that the wrapped words need."""
        super().showEvent(event)
        self.updateGeometry()
