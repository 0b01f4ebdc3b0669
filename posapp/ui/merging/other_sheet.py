"""Who the same person may be: found by phone, name or PL number, over the edge."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from posapp.ui.calendar.who import WhoBox
from posapp.ui.fields import Form
from posapp.ui.layout import STRETCH, columns, rows, wide
from posapp.ui.merging.presenter import MergePresenter
from posapp.ui.presenter import sentence_of
from posapp.ui.widgets.buttons import button

if TYPE_CHECKING:
    from posapp.services.counter.search import Answer


class OtherSheet(Form):
    """`chosen` gives the key of the customer."""

    chosen = Signal(int)

    def __init__(self, presenter: MergePresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.who = WhoBox(presenter.wording)
        self.who.join(self)
        take = button(self.tr("Compare"), kind="primary", size="l", key="Ctrl+Return")
        self.set_save_button(take)
        rows(self.who, STRETCH, self.summary, columns(wide(take)), gap=10, pad=(16, 8, 16, 16), host=self)
        self.setFocusProxy(self.who.field.edit)
        self.who.typed.connect(self._search)
        self.who.picked.connect(self.chosen)
        self.accepted.connect(self._accept)

    def _search(self, text: str) -> None:
        self._presenter.search(text, self._found, lambda error: self.who.show_problem(sentence_of(error)))

    def _found(self, answer: "Answer | None") -> None:
        if answer is not None:
            self.who.show_answer(answer)

    def _accept(self) -> None:
        if self.who.card is not None:
            self.chosen.emit(self.who.card.customer.id)
        else:
            self.summary.say(self.tr("Nobody is found by this yet."), "danger")
