"""The middle of the front desk: the customer, what stands there for nobody, or the form for a new one."""

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.focus_filter import focused
from posapp.ui.front_desk.customer_card import CustomerCardView
from posapp.ui.front_desk.newcomers import NewcomerCard
from posapp.ui.front_desk.welcome import Welcome
from posapp.ui.record.drafts import KeptForms
from posapp.ui.window.notices import Message


class Middle(QStackedWidget):
    """One of the three is in front."""

    turned = Signal()  # another one is in front, or buttons came or went
    form_made = Signal(object)  # NewcomerCard
    focus_asked = Signal()  # the focus cannot stay where it is

    def __init__(self, customers: CustomerPresenter, drafts: KeptForms) -> None:
        super().__init__()
        self._customers, self._drafts = customers, drafts
        self.welcome = Welcome(customers.wording)
        self.card = CustomerCardView()
        for part in (self.welcome, self.card):
            self.addWidget(part)

    @cached_property
    def newcomer(self) -> NewcomerCard:
        """The form for a new customer: a third of the screen's making, so not before it is asked for."""
        made = NewcomerCard(self._customers, self._drafts)
        self.addWidget(made)
        self.form_made.emit(made)
        return made

    @property
    def is_form_open(self) -> bool:
        """Whether a new customer's form is in front."""
        return isinstance(self.currentWidget(), NewcomerCard)

    def show_form(self) -> None:
        """Bring the form to the front."""
        self.setCurrentWidget(self.newcomer)
        self.turned.emit()

    def show_counter(self, *, has_customer: bool) -> None:
        """Bring the customer to the front, or what stands there for nobody."""
        focus = focused()
        if focus is not None and self.is_form_open and self.newcomer.isAncestorOf(focus):
            self.focus_asked.emit()  # before the form is hidden: Qt would give the focus to any neighbour
        self.setCurrentWidget(self.card if has_customer else self.welcome)
        self.turned.emit()

    def let_go(self) -> None:
        """The customer went; a form that is open stays."""
        if self.currentWidget() is self.card:
            self.setCurrentWidget(self.welcome)

    def say(self, message: Message | None) -> None:
        """Say something to nobody's card, such as a draft that waits; None ends it."""
        if message is None:
            self.welcome.notice.hide()
        else:
            self.welcome.notice.show_message(message)
            self.turned.emit()

    def complain(self, message: Message) -> None:
        """Say what went wrong over whatever is in front."""
        (self.card if self.currentWidget() is self.card else self.welcome).notice.show_message(message)

    def say_on_card(self, message: Message) -> None:
        """Say something about the customer."""
        self.card.notice.show_message(message)
        self.turned.emit()
