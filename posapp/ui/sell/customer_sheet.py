"""Who buys: found by phone, name or PL number, or made with a name, in one form over the edge."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from posapp.ui.calendar.who import WhoBox
from posapp.ui.customers.identity import just_created
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.customers.without_phone import KEY as SAME
from posapp.ui.fields import Form
from posapp.ui.layout import STRETCH, columns, rows, wide
from posapp.ui.presenter import sentence_of
from posapp.ui.widgets.buttons import button

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Customer
    from posapp.services.counter.search import Answer
    from posapp.services.customers.customers import Found
    from posapp.ui.actions import Keys


class CustomerSheet(Form):
    """`chosen` gives the customer and what is to be said of it."""

    chosen = Signal(object, str)  # Customer, words

    def __init__(self, presenter: CustomerPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self.who = WhoBox(presenter.wording)
        self.who.join(self)
        save = button(self.tr("Sell to this customer"), kind="primary", size="l", key="Ctrl+Return")
        self.set_save_button(save)
        rows(self.who, STRETCH, self.summary, columns(wide(save)), gap=10, pad=(16, 8, 16, 16), host=self)
        self.setFocusProxy(self.who.field.edit)
        self.who.typed.connect(self._search)
        self.who.picked.connect(self._bring)
        self.who.taken_back.connect(
            lambda key, phone: presenter.take_back_phone(key, phone, self._take_back, self._failed)
        )
        self.who.named.connect(
            lambda name, email: presenter.without_phone(name, email, self.who.show_without_phone)
        )
        self.who.given.connect(
            lambda key, phone: presenter.give_number(key, phone, self._take_back, self._failed)
        )
        self.who.settled.connect(self._settled)
        self.accepted.connect(self._accept)

    def _search(self, text: str) -> None:
        self._presenter.search(text, self._found, lambda error: self.who.show_problem(sentence_of(error)))

    def _found(self, answer: "Answer | None") -> None:
        if answer is not None:
            self.who.show_answer(answer)

    def _bring(self, customer_id: int) -> None:
        self._presenter.card(customer_id, lambda card: self.chosen.emit(card.customer, ""), self._failed)

    def _take_back(self, customer: "Customer") -> None:
        self.chosen.emit(customer, "")

    def _settled(self) -> None:
        """Enter on somebody who is known chooses them; a new one is asked for a name."""
        if self.who.card is not None:
            self.submit()
        else:
            self.who.name.editor.setFocus()

    def front_keys(self) -> "Keys":
        """It is in front of the sale: Alt+Z says that it is the customer without a number."""
        return {SAME: self.who.same.take}

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on somebody who is known is enough."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
        if is_enter and self.who.card is not None:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _accept(self) -> None:
        card, who = self.who.card, self.who.who()
        if card is not None:
            self.chosen.emit(card.customer, "")
        elif who is not None:
            self.set_saving(True)
            self._presenter.create(who, self._made, self._failed)

    def _made(self, found: "Found") -> None:
        self.set_saving(False)
        customer = found.customer
        if found.created:
            words = self.tr("{pl} created").format(pl=customer.pl_id)
        else:
            now = self._presenter.session.shop.store.clock.now()
            reused = self.tr("{pl} has this number already").format(pl=customer.pl_id)
            words = just_created(customer, now) or reused
        self.chosen.emit(customer, words)

    def _failed(self, error: Exception) -> None:
        self.set_saving(False)
        self.summary.say(sentence_of(error), "danger")
