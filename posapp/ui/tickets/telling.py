"""What the customer was told: the latest times, and the small form that notes another one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from posapp.domain.errors import PosappError
from posapp.domain.informing import ContactHow, ContactLine
from posapp.ui.fields import ComboField, Form, TextField
from posapp.ui.theme import theme
from posapp.ui.tickets.words import how_words
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording

SHOWN = 5


class TellingForm(Form):
    """How, what was said, what they answered. `told` has all three."""

    told = Signal(object, str, str)  # ContactHow, words, answer
    closed = Signal()

    def __init__(self, action: str) -> None:
        super().__init__()
        px = theme().px
        self.how = self.add_field(
            ComboField("how", self.tr("How"), [(how, how_words(how)) for how in ContactHow])
        )
        self.how.choose(ContactHow.PHONE)
        self.words = self.add_field(TextField("words", self.tr("What was said")))
        self.answer = self.add_field(
            TextField("answer", self.tr("Answer"), placeholder=self.tr("Comes at six, no answer, …"))
        )
        save = button(action, kind="primary", size="s", icon="check", key="Ctrl+Return")
        self.set_save_button(save)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(save)
        foot.addWidget(button(self.tr("Leave it"), kind="quiet", size="s", run=self.closed.emit))
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for field in (self.how, self.words, self.answer):
            column.addWidget(field)
        column.addWidget(self.summary)
        column.addLayout(foot)
        self.accepted.connect(
            lambda: self.told.emit(self.how.value(), self.words.value(), self.answer.value())
        )

    def begin(self, words: str) -> None:
        """Start with a sentence that can be changed."""
        self.answer.set_text("")
        self.words.set_text(words)
        self.clear_problems()
        self.how.editor.setFocus()

    def refused(self, error: Exception) -> None:
        """The desk said no; nothing typed is lost."""
        self.set_saving(False)
        if isinstance(error, PosappError):
            self.show_error(error)
        else:
            self.summary.say(self.tr("This could not be saved. Nothing typed is lost."), "danger")


class Telling(QWidget):
    """The log and its form, which opens on demand."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        px = theme().px
        self._log = QVBoxLayout()
        self._log.setSpacing(px(6))
        self._shown: Sequence[ContactLine] | None = None
        self._proposal = ""
        self.form = TellingForm(self.tr("Note it"))
        self.form.hide()
        self.form.closed.connect(self.close_form)
        self.opener = button(
            self.tr("Tell the customer"), size="s", icon="message-square", run=self.open_form
        )
        row = QHBoxLayout()
        row.addWidget(self.opener)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(self._log)
        column.addLayout(row)
        column.addWidget(self.form)

    def show_lines(self, lines: Sequence[ContactLine], proposal: str) -> None:
        """The log anew, and the sentence that the form begins with."""
        self._proposal = proposal
        if lines == self._shown:
            return
        self._shown = lines
        while (taken := self._log.takeAt(0)) is not None:
            if (old := taken.widget()) is not None:
                old.deleteLater()
        for one in lines[:SHOWN]:
            words = f"{one.words} → {one.answer}" if one.answer else one.words
            self._log.addWidget(label(words, "body", wrap=True))
            when = f"{how_words(one.how)} · {self._wording.moment(one.at)} · {one.by}"
            self._log.addWidget(label(when, "small", tone="text2"))
        if not lines:
            self._log.addWidget(label(self.tr("Not told anything yet."), "body", tone="text2"))

    def open_form(self) -> None:
        """Show the form, with the cursor in it."""
        self.form.show()
        self.opener.hide()
        self.form.begin(self._proposal)

    def close_form(self) -> bool:
        """Put the form away; False if it was not open."""
        if self.form.isHidden():
            return False
        self.form.hide()
        self.opener.show()
        self.opener.setFocus()
        return True
