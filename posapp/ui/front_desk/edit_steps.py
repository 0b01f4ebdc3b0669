"""The side sheet of the customer at the counter, and what was half typed in it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from posapp.domain.base.errors import PosappError
from posapp.services.base.drafts import key_of, mark_of, number_of
from posapp.ui.customers.sheet import CustomerSheet
from posapp.ui.record.drafts import KeptForms
from posapp.ui.window.notices import Message, Step

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Customer, CustomerCard
    from posapp.ui.front_desk.page import DeskPage


class EditSteps(QObject):
    """Steps of the page around editing a customer."""

    def __init__(self, page: "DeskPage") -> None:
        super().__init__(page)
        self._page = page
        self.drafts = KeptForms(page.session, "customer-edit")
        self._homeless = ""  # the draft that the next customer who is edited gets
        page.card.edit_asked.connect(self.edit)
        page.card.person_asked.connect(self.ask_person)

    @property
    def sheet(self) -> CustomerSheet | None:
        """The sheet, None while it is closed."""
        content = self._page.shell.sheet_content
        return content if isinstance(content, CustomerSheet) else None

    def edit(self) -> None:
        """Open the customer in the side sheet."""
        sheet = self._open()
        if sheet is not None:
            sheet.details.name.editor.setFocus()

    def ask_person(self) -> None:
        """Open the sheet at the form of another person on this phone."""
        sheet = self._open()
        if sheet is not None:
            sheet.ask_person()

    def _open(self) -> CustomerSheet | None:
        page, opened = self._page, self._page.card.opened
        if opened is None or page.shown_id is None:
            page.shell.notices.status(self.tr("Choose a customer first"), "warning")
            return None
        customer = opened.card.customer
        self._house(mark_of(customer, customer.pl_id))
        sheet = CustomerSheet(page.customers, self.drafts, page.shell.notices, customer, page.open_customer)
        sheet.closed.connect(page.shell.close_sheet)
        sheet.left.connect(self._left)
        page.shell.open_sheet(self.tr("Edit {pl}").format(pl=customer.pl_id), sheet)
        return sheet

    def _left(self) -> None:
        # The focus was in what is gone now; Qt would give it to any neighbour.
        QTimer.singleShot(0, self, self._search_again)

    def _search_again(self) -> None:
        page = self._page
        if page.shell.is_in_front(page) and page.shell.sheet_content is None:
            page.restore_focus()

    # -- drafts ------------------------------------------------------------------------------------------
    def close(self) -> None:
        """The window closes: keep what is half typed while the lanes still work."""
        if self.sheet is not None:
            self.sheet.keep_draft()
        self.drafts.freeze()

    def restore(self) -> None:
        """Offer what was half typed when the program ended."""
        mark = self.drafts.latest
        key = key_of(mark)
        if mark is not None and key is not None:
            self._page.customers.card(key, partial(self._offer, mark), partial(self._not_here, mark))

    def _offer(self, mark: str, card: "CustomerCard") -> None:
        page, customer = self._page, card.customer
        if mark_of(customer, customer.pl_id) != mark:
            self._offer_text(mark)
            return
        words = self.tr("Changes of {pl} {name} were not saved yet.")
        name = customer.shown_name(page.presenter.wording.region)
        self._say(words.format(pl=customer.pl_id, name=name), mark, lambda: self._go_on(customer))

    def _not_here(self, mark: str, error: Exception) -> None:
        if isinstance(error, PosappError) and error.code == "customer_unknown":
            self._offer_text(mark)

    def _offer_text(self, mark: str) -> None:
        """The shop was restored, or is another copy: whoever has the key now is not whom it is about."""
        words = self.tr("Changes typed for {pl} were not saved, and {pl} is not the same customer here.")
        self._say(words.format(pl=number_of(mark)), mark, lambda: self._ask_whose(mark))

    def _say(self, words: str, mark: str, go_on: Callable[[], object]) -> None:
        page = self._page
        steps = (
            Step(self.tr("Go on"), go_on),
            Step(self.tr("Discard"), lambda: self._discard(mark)),
        )
        page.welcome.notice.show_message(Message(words, "info", steps))
        page.arrange()

    def _ask_whose(self, mark: str) -> None:
        """The next customer who is opened for editing gets the text."""
        page = self._page
        self._homeless = mark
        page.welcome.notice.hide()
        page.finder.search.setFocus()
        page.shell.notices.status(self.tr("Open the customer, then Alt+E brings the text"), seconds=10.0)

    def _house(self, mark: str) -> None:
        kept = self.drafts.of(self._homeless) if self._homeless else None
        if kept is not None and self.drafts.of(mark) is None:
            self.drafts.keep(mark, kept)
            self.drafts.drop(self._homeless)
            self._homeless = ""

    def _go_on(self, customer: "Customer") -> None:
        self._page.welcome.notice.hide()
        self._page.open_customer(customer.id, then=lambda _opened: self.edit())

    def _discard(self, mark: str) -> None:
        self.drafts.drop(mark)
        self._page.welcome.notice.hide()
        self._page.finder.search.setFocus()
