"""The side sheet of the customer at the counter, and what was half typed in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from posapp.ui.customers.form_drafts import FormDrafts
from posapp.ui.customers.sheet import CustomerSheet
from posapp.ui.notices import Message, Step

if TYPE_CHECKING:
    from posapp.domain.customers import Customer, CustomerCard
    from posapp.ui.desk.page import DeskPage


class EditSteps(QObject):
    """Steps of the page around editing a customer."""

    def __init__(self, page: "DeskPage") -> None:
        super().__init__(page)
        self._page = page
        self.drafts = FormDrafts(page.session, "customer-edit")
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
        if page.shell.current_page is page and page.shell.sheet_content is None:
            page.restore_focus()

    # -- drafts ------------------------------------------------------------------------------------------
    def close(self) -> None:
        """The window closes: keep what is half typed while the lanes still work."""
        if self.sheet is not None:
            self.sheet.keep_draft()
        self.drafts.freeze()

    def restore(self) -> None:
        """Offer what was half typed when the program ended."""
        key = self.drafts.latest
        if key is not None and key.isdecimal():
            self._page.customers.card(int(key), self._offer, lambda _error: None)

    def _offer(self, card: "CustomerCard") -> None:
        page, customer = self._page, card.customer
        words = self.tr("Changes of {pl} {name} were not saved yet.")
        steps = (
            Step(self.tr("Go on"), lambda: self._go_on(customer)),
            Step(self.tr("Discard"), lambda: self._discard(customer.id)),
        )
        name = customer.shown_name(page.presenter.wording.region)
        page.welcome.notice.show_message(Message(words.format(pl=customer.pl_id, name=name), "info", steps))
        page.arrange()

    def _go_on(self, customer: "Customer") -> None:
        self._page.welcome.notice.hide()
        self._page.open_customer(customer.id, then=lambda _opened: self.edit())

    def _discard(self, customer_id: int) -> None:
        self.drafts.drop(str(customer_id))
        self._page.welcome.notice.hide()
        self._page.finder.search.setFocus()
