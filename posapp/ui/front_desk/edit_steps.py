"""The side sheet of the customer at the counter, and what was half typed in it."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from posapp.domain.base.actor import Permission
from posapp.services.base.drafts import key_of, mark_of, number_of
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.customers.sheet import CustomerSheet
from posapp.ui.front_desk.counter_steps import CounterSteps, FrontDeskSteps
from posapp.ui.presenter import code_of
from posapp.ui.record.drafts import KeptForms
from posapp.ui.widgets.paint import key_words
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Customer, CustomerCard


class EditSteps(FrontDeskSteps):
    """Around editing a customer."""

    offered = Signal(object)  # Message for nobody's card, None: it is settled
    search_asked = Signal()  # the focus belongs into the search field
    left = Signal()  # the sheet is gone, and the focus with it

    def __init__(
        self, shell: Shell, presenter: CustomerPresenter, counter: CounterSteps, parent: QObject
    ) -> None:
        super().__init__(shell, parent)
        self._presenter, self._counter = presenter, counter
        self.drafts = KeptForms(presenter.session, "customer-edit")
        self._homeless = ""  # the draft that the next customer who is edited gets

    @property
    def sheet(self) -> CustomerSheet | None:
        """The sheet, None while it is closed."""
        content = self.shell.sheet_content
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

    def refresh(self, customer: "Customer") -> None:
        """The sheet shows the customer as they are now."""
        if self.sheet is not None and self.sheet.customer_id == customer.id:
            self.sheet.refresh(customer)

    def _open(self) -> CustomerSheet | None:
        shell, shown = self.shell, self._counter.shown
        if shown is None:
            shell.notices.status(self.tr("Choose a customer first"), "warning")
            return None
        customer = shown.card.customer
        self._house(mark_of(customer, customer.pl_id))
        sheet = CustomerSheet(
            self._presenter,
            self.drafts,
            shell.notices,
            customer,
            self._counter.open,
            is_read_only=lambda: shell.is_read_only,
            merge=partial(shell.leave_for, "merging") if shell.may(Permission.CUSTOMER_MERGE) else None,
        )
        sheet.closed.connect(shell.close_sheet)
        # The focus was in what is gone then; Qt would give it to any neighbour.
        sheet.left.connect(lambda: QTimer.singleShot(0, self, self.left.emit))
        shell.open_sheet(self.tr("Edit {pl}").format(pl=customer.pl_id), sheet)
        return sheet

    def save_data(self) -> None:
        """Ask where all that the shop knows of this person goes: in their sheet, which is opened for it."""
        sheet = self.sheet or self._open()
        if sheet is not None:
            sheet.privacy_steps.ask_where()

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
            self._presenter.card(key, partial(self._offer, mark), partial(self._not_here, mark))

    def _offer(self, mark: str, card: "CustomerCard") -> None:
        customer = card.customer
        if mark_of(customer, customer.pl_id) != mark:
            self._offer_text(mark)
            return
        words = self.tr("Changes of {pl} {name} were not saved yet.")
        name = customer.shown_name(self._presenter.wording.region)
        self._say(words.format(pl=customer.pl_id, name=name), mark, lambda: self._go_on(customer))

    def _not_here(self, mark: str, error: Exception) -> None:
        if code_of(error) == "customer_unknown":
            self._offer_text(mark)

    def _offer_text(self, mark: str) -> None:
        """The shop was restored, or is another copy: whoever has the key now is not whom it is about."""
        words = self.tr("Changes typed for {pl} were not saved, and {pl} is not the same customer here.")
        self._say(words.format(pl=number_of(mark)), mark, lambda: self._ask_whose(mark))

    def _say(self, words: str, mark: str, go_on: Callable[[], object]) -> None:
        discard = Step(self.tr("Discard"), lambda: self._discard(mark))
        self.offered.emit(Message(words, "info", (Step(self.tr("Go on"), go_on), discard)))

    def _ask_whose(self, mark: str) -> None:
        """The next customer who is opened for editing gets the text."""
        self._homeless = mark
        self.offered.emit(None)
        self.search_asked.emit()
        words = self.tr("Open the customer, then {key} brings the text").format(key=key_words("Alt+E"))
        self.shell.notices.status(words, seconds=10.0)

    def _house(self, mark: str) -> None:
        kept = self.drafts.of(self._homeless) if self._homeless else None
        if kept is not None and self.drafts.of(mark) is None:
            self.drafts.keep(mark, kept)
            self.drafts.drop(self._homeless)
            self._homeless = ""

    def _go_on(self, customer: "Customer") -> None:
        self.offered.emit(None)
        self._counter.open(customer.id, then=self.edit)

    def _discard(self, mark: str) -> None:
        self.drafts.drop(mark)
        self.offered.emit(None)
        self.search_asked.emit()
