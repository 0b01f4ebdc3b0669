"""The small form that notes what a customer was told."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from posapp.domain.repairs.informing import ContactHow
from posapp.ui.alive import while_alive
from posapp.ui.fields import ComboField, Form, TextField
from posapp.ui.layout import STRETCH, columns, rows
from posapp.ui.presenter import Asked, Presenter
from posapp.ui.tickets.words import how_words
from posapp.ui.widgets.buttons import button


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
