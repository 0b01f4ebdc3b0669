"""The middle of the front desk, and how a new customer comes to stand there."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posapp.domain.customers.identity import Situation
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.focus_filter import focused
from posapp.ui.front_desk.counter_steps import CounterSteps, FrontDeskSteps, Ways
from posapp.ui.front_desk.customer_card import CustomerCardView
from posapp.ui.front_desk.finder import Finder
from posapp.ui.front_desk.newcomers import NewcomerCard, seed_of
from posapp.ui.front_desk.welcome import Welcome
from posapp.ui.record.drafts import KeptForms
from posapp.ui.widgets.stack import Stack
from posapp.ui.window.notices import Message
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer


class Middle(Stack):
    """One of the three is in front."""

    turned = Signal()  # another one is in front, or buttons came or went
    form_made = Signal(object)  # NewcomerCard
    focus_asked = Signal()  # the focus cannot stay where it is

    def __init__(
        self, customers: CustomerPresenter, drafts: KeptForms, ways: Ways, is_read_only: Callable[[], bool]
    ) -> None:
        super().__init__()
        self._customers, self._drafts, self._is_read_only = customers, drafts, is_read_only
        self.welcome = Welcome(customers.wording, ways)
        self.card = CustomerCardView(ways)
        for part in (self.welcome, self.card):
            self.addWidget(part)

    @cached_property
    def newcomer(self) -> NewcomerCard:
        """The form for a new customer: a third of the screen's making, so not before it is asked for."""
        made = NewcomerCard(self._customers, self._drafts, self._is_read_only)
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


class NewcomerSteps(FrontDeskSteps):
    """Make a customer, or find that there is one already."""

    def __init__(
        self,
        shell: Shell,
        presenter: CustomerPresenter,
        counter: CounterSteps,
        ways: Ways,
        finder: Finder,
        parent: QObject,
    ) -> None:
        super().__init__(shell, parent)
        self._presenter, self._counter, self._finder = presenter, counter, finder
        self._drafts = KeptForms(presenter.session, "customer-new")
        self._waits = False
        self.middle = Middle(presenter, self._drafts, ways, lambda: shell.is_read_only)
        self.middle.form_made.connect(self._hear)
        finder.taken_back.connect(self._take_back)

    def _hear(self, newcomer: NewcomerCard) -> None:
        """The form is there: hear what becomes of it."""
        newcomer.known.connect(self._open_and_say)
        newcomer.made.connect(self._made)
        newcomer.left.connect(self._left)

    def begin(self, number: "PhoneNumber | None" = None) -> None:
        """Start the form: for this number, or for what stands in the search field."""
        self.shell.close_sheet()
        text, answer = self._finder.search.text(), self._finder.answer
        if number is not None:
            self._show(lambda form: form.begin(number))
        elif not text.strip():
            self._show(self._begin_latest_or_empty)
        elif answer is None:
            self._waits = True
        elif answer.identity.situation is Situation.KNOWN and answer.identity.card is not None:
            customer = answer.identity.card.customer
            self._waits = False
            self._open_and_say(customer.id, self.tr("{pl} already has this number").format(pl=customer.pl_id))
        else:
            seed = seed_of(text, answer.identity)
            self._show(lambda form: form.begin(**seed))

    def _begin_latest_or_empty(self, form: NewcomerCard) -> None:
        if not form.begin_latest():
            form.begin(None)

    def answered(self) -> None:
        """The answer that Ctrl+N waited for is there."""
        if self._waits and self._finder.answer is not None:
            self.begin()

    def forget(self) -> None:
        """Something else was typed: Ctrl+N no longer waits."""
        self._waits = False

    def restore(self) -> None:
        """What was half typed when the program ended stands in the card again."""
        if self._drafts.latest is not None and self.middle.newcomer.begin_latest():
            self.middle.show_form()

    def keep(self, *, say: bool = False) -> None:
        """Keep what is typed, if the form is in front."""
        if self.middle.is_form_open and self.middle.newcomer.keep_draft() and say:
            self.shell.notices.toast(self.tr("Draft kept"))

    def close(self) -> None:
        """The window closes: what is typed stays as it is now."""
        self.keep()
        self._drafts.freeze()

    def _show(self, begin: Callable[[NewcomerCard], object]) -> None:
        self._waits = False
        self.keep()
        begin(self.middle.newcomer)
        self.middle.show_form()
        self.middle.newcomer.form.first_field().setFocus()

    def _show_counter(self) -> None:
        self.middle.show_counter(has_customer=self._counter.shown is not None)

    def _open_and_say(self, customer_id: int, said: str) -> None:
        self.middle.newcomer.form.begin(None)
        self._show_counter()
        self._counter.open(customer_id)
        if said:
            self.shell.notices.toast(said)

    def _made(self, customer: "Customer", message: Message | None) -> None:
        self._show_counter()
        self._finder.search.clear()
        if message is None:
            self.shell.notices.toast(self.tr("{pl} created").format(pl=customer.pl_id))
        self._counter.open(customer.id, then=partial(self.middle.say_on_card, message) if message else None)

    def _take_back(self, customer_id: int, number: "PhoneNumber") -> None:
        def done(customer: "Customer") -> None:
            self._finder.search.clear()
            self._open_and_say(customer.id, self.tr("The number is {pl}’s again").format(pl=customer.pl_id))

        self._presenter.take_back_phone(customer_id, number, done, self.said_no)

    def _left(self, is_kept: bool) -> None:
        if is_kept:
            self.shell.notices.toast(self.tr("Draft kept"))
        self._show_counter()
        self._finder.search.setFocus()
