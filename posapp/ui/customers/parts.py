"""Parts of the forms about customers: the notice about a number, the room around it, a short form."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from posapp.ui.customers.identity import Words
from posapp.ui.fields import Form
from posapp.ui.fields.labeled import LabeledField
from posapp.ui.layout import STRETCH, columns, held, refill, rows, top, wide
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import label
from posapp.ui.widgets.messages import IconLabel, announce
from posapp.ui.window.notices import Step


class Inset(QWidget):
    """Keeps `part` a little away from the edges of a card, and comes and goes with it."""

    def __init__(self, part: QWidget, *, below: int = 4) -> None:
        super().__init__()
        rows(part, pad=(12, 12, 12, below), host=self)
        self._part = part
        part.installEventFilter(self)
        self.setHidden(part.isHidden())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The part was shown or hidden."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setHidden(self._part.isHidden())
        return False


class IdentityNotice(QFrame):
    """Below matches or a phone field: whose number this is, and what can be done about it.

    An icon, a bold sentence, a plain one, and buttons. Hidden until `say`.
    """

    def __init__(self) -> None:
        super().__init__()
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
        self._buttons = [button(step.text, size="s", key=step.key, run=step.run) for step in steps]
        refill(self._flow, self._buttons)
        self._steps.setVisible(bool(steps))
        self.show()
        if self.text() != before:
            announce(self, self.text())

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room that the wrapped words need."""
        super().showEvent(event)
        self.updateGeometry()


class SmallForm(Form):
    """A field or two and the button that does it, inside a sheet; emits `accepted` with every field right.

    `notice` is for what a desk says about the values.
    """

    cancelled = Signal()

    def __init__(
        self,
        fields: Sequence[LabeledField],
        action: str,
        *,
        icon: str = "",
        can_cancel: bool = False,
    ) -> None:
        super().__init__()
        for field in fields:
            self.add_field(field)
        self.notice = IdentityNotice()
        save = button(action, size="s", icon=icon)
        self.set_save_button(save)
        cancel = (
            button(self.tr("Cancel"), kind="quiet", size="s", run=self.cancelled.emit) if can_cancel else None
        )
        foot = columns(save, cancel, STRETCH, gap=6)
        rows(*fields, self.notice, self.summary, foot, gap=8, host=self)
        self.edited.connect(self.summary.hide)

    def empty(self) -> None:
        """Take everything out again."""
        for field in self._fields:
            field.set_text("")
        self.clear_problems()
        self.notice.say(None)

    def has_typed(self) -> bool:
        """Whether something stands in it that is not saved yet."""
        return bool(self.snapshot())
