"""What the customer was told: the latest times, and the small form that notes another one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.informing import ContactHow, ContactLine
from posapp.ui.alive import while_alive
from posapp.ui.fields import ComboField, Form, TextField
from posapp.ui.layout import STRETCH, columns, refill, rows
from posapp.ui.presenter import Asked, Presenter
from posapp.ui.tickets.words import how_words
from posapp.ui.widgets.buttons import button
from posapp.ui.widgets.labels import label
from posapp.ui.wording import Wording

SHOWN = 5


def how_field(text: str) -> ComboField:
    """How a customer was reached: by phone, if nothing else is said."""
    made = ComboField("how", text, [(how, how_words(how)) for how in ContactHow])
    made.choose(ContactHow.PHONE)
    return made


class TellingForm(Form):
    """How, what was said, what they answered. `told` has all three."""

    told = Signal(object, str, str)  # ContactHow, words, answer
    closed = Signal()

    def __init__(self, action: str) -> None:
        super().__init__()
        self.how = self.add_field(how_field(self.tr("How")))
        self.words = self.add_field(TextField("words", self.tr("What was said")))
        self.answer = self.add_field(
            TextField("answer", self.tr("Answer"), placeholder=self.tr("Comes at six, no answer, …"))
        )
        save = button(action, kind="primary", size="s", icon="check", key="Ctrl+Return")
        self.set_save_button(save)
        leave = button(self.tr("Leave it"), kind="quiet", size="s", run=self.closed.emit)
        foot = columns(save, leave, STRETCH, gap=8)
        rows(self.how, self.words, self.answer, self.summary, foot, gap=8, host=self)
        self.accepted.connect(
            lambda: self.told.emit(self.how.value(), self.words.value(), self.answer.value())
        )

    def send(self, presenter: Presenter, work: Asked, noted: Callable[[], object]) -> None:
        """Ask the desk; a refusal stands here, and what is typed stays."""
        self.set_saving(True)

        def done(_line: object) -> None:
            self.set_saving(False)
            noted()

        presenter.do(work, while_alive(self, done), while_alive(self, self.refuse))

    def begin(self, words: str) -> None:
        """Start with a sentence that can be changed."""
        self.answer.set_text("")
        self.words.set_text(words)
        self.clear_problems()
        self.how.editor.setFocus()


class Telling(QWidget):
    """The log and its form, which opens on demand."""

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._log = rows(gap=6)
        self._shown: Sequence[ContactLine] | None = None
        self._proposal = ""
        self.form = TellingForm(self.tr("Note it"))
        self.form.hide()
        self.form.closed.connect(self.close_form)
        self.opener = button(
            self.tr("Tell the customer"), size="s", icon="message-square", run=self.open_form
        )
        rows(self._log, columns(self.opener, STRETCH), self.form, gap=8, host=self)

    def show_lines(self, lines: Sequence[ContactLine], proposal: str) -> None:
        """The log anew, and the sentence that the form begins with."""
        self._proposal = proposal
        if lines == self._shown:
            return
        self._shown = lines
        shown = [part for one in lines[:SHOWN] for part in self._said(one)]
        refill(self._log, shown or [label(self.tr("Not told anything yet."), "body", tone="text2")])

    def _said(self, one: ContactLine) -> tuple[QWidget, QWidget]:
        words = f"{one.words} → {one.answer}" if one.answer else one.words
        when = f"{how_words(one.how)} · {self._wording.moment(one.at)} · {one.by}"
        return label(words, "body", wrap=True), label(when, "small", tone="text2")

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
