"""From an unknown number to a customer on the Desk: when the form opens, and where it leads."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.ui.customers.identity import Situation
from posapp.ui.front_desk.newcomers import seed_of
from posapp.ui.front_desk.presenter import Opened
from posapp.ui.window.notices import Message

if TYPE_CHECKING:
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.customers.customers import Customer
    from posapp.ui.front_desk.newcomers import NewcomerCard
    from posapp.ui.front_desk.page import DeskPage


class NewcomerSteps(QObject):
    """Steps of the page that make a customer, or find that there is one already."""

    def __init__(self, page: "DeskPage") -> None:
        super().__init__(page)
        self._page = page
        self._waits = False
        page.finder.taken_back.connect(self._take_back)

    def hear(self, newcomer: "NewcomerCard") -> None:
        """The form is there: hear what becomes of it."""
        newcomer.known.connect(self._open_and_say)
        newcomer.made.connect(self._made)
        newcomer.left.connect(self._left)

    def begin_from_anywhere(self) -> None:
        """Ctrl+N on any screen."""
        if not self._page.shell.is_in_front(self._page):
            self._page.shell.show_page("desk")
        self.begin(None)

    def begin(self, number: "PhoneNumber | None") -> None:
        """Start the form: for this number, or for what stands in the search field."""
        page = self._page
        page.shell.close_sheet()
        text, answer = page.finder.search.text(), page.finder.answer
        if number is not None:
            self._show(partial(page.newcomer.begin, number))
        elif not text.strip():
            self._show(self._begin_latest_or_empty)
        elif answer is None:
            self._waits = True
        elif answer.identity.situation is Situation.KNOWN and answer.identity.card is not None:
            customer = answer.identity.card.customer
            self._waits = False
            self._open_and_say(customer.id, self.tr("{pl} already has this number").format(pl=customer.pl_id))
        else:
            self._show(partial(page.newcomer.begin, **seed_of(text, answer.identity)))

    def answered(self) -> None:
        """The answer that Ctrl+N waited for is there."""
        if self._waits and self._page.finder.answer is not None:
            self.begin(None)

    def forget(self) -> None:
        """Something else was typed: Ctrl+N no longer waits."""
        self._waits = False

    def restore(self) -> None:
        """What was half typed when the program ended stands in the card again."""
        page = self._page
        if page.has_new_draft and page.newcomer.begin_latest():
            page.middle.setCurrentWidget(page.newcomer)
            page.arrange()

    def keep(self, *, say: bool = False) -> None:
        """Keep what is typed, if the form is in front."""
        page = self._page
        if page.is_form_open and page.newcomer.keep_draft() and say:
            page.shell.notices.toast(self.tr("Draft kept"))

    def _show(self, begin: Callable[[], object]) -> None:
        page = self._page
        self._waits = False
        self.keep()
        begin()
        page.middle.setCurrentWidget(page.newcomer)
        page.arrange()
        page.newcomer.form.first_field().setFocus()
        page.keys_changed.emit()

    def _begin_latest_or_empty(self) -> None:
        if not self._page.newcomer.begin_latest():
            self._page.newcomer.begin(None)

    def _open_and_say(self, customer_id: int, said: str) -> None:
        page = self._page
        page.newcomer.form.begin(None)
        page.show_middle()
        page.open_customer(customer_id)
        if said:
            page.shell.notices.toast(said)

    def _made(self, customer: "Customer", message: Message | None) -> None:
        page = self._page
        page.show_middle()
        page.finder.search.clear()
        if message is None:
            page.shell.notices.toast(self.tr("{pl} created").format(pl=customer.pl_id))

        def opened(_opened: Opened) -> None:
            if message is not None:
                page.card.notice.show_message(message)

        page.open_customer(customer.id, then=opened)

    def _take_back(self, customer_id: int, number: "PhoneNumber") -> None:
        page = self._page

        def done(customer: "Customer") -> None:
            page.finder.search.clear()
            self._open_and_say(customer.id, self.tr("The number is {pl}’s again").format(pl=customer.pl_id))

        page.customers.take_back_phone(customer_id, number, done, page.said_no)

    def _left(self, is_kept: bool) -> None:
        page = self._page
        if is_kept:
            page.shell.notices.toast(self.tr("Draft kept"))
        page.show_middle()
        page.finder.search.setFocus()
