"""Who is at the counter: asked for, read, let go."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posapp.ui.front_desk.presenter import FrontDeskPresenter
from posapp.ui.front_desk.steps import FrontDeskSteps
from posapp.ui.presenter import code_of, ignore, sentence_of
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.services.counter.counter import AtCounter

Then = Callable[[], object] | None


class CounterSteps(FrontDeskSteps):
    """Reads a customer for the card; the card and everything around it follow by the signals."""

    came = Signal(object, str)  # AtCounter, and the number of what to mark
    refreshed = Signal(object)  # AtCounter: the same customer, read anew
    left = Signal()
    not_read = Signal(object)  # Message

    def __init__(self, shell: Shell, presenter: FrontDeskPresenter, parent: QObject) -> None:
        super().__init__(shell, parent)
        self._presenter = presenter
        self.shown: AtCounter | None = None
        self._opening: int | None = None
        shell.counter_changed.connect(self._changed)

    @property
    def shown_id(self) -> int | None:
        """The key of the customer on the card."""
        return self.shown.card.customer.id if self.shown is not None else None

    @property
    def counter_id(self) -> int | None:
        """Whom keys mean that work everywhere: who stands at the counter, read into the card or not yet."""
        key = getattr(self.shell.counter, "id", None)
        return key if isinstance(key, int) else self.shown_id

    def open(self, customer_id: int, booking: str = "", *, then: Then = None) -> None:
        """Bring a customer to the counter, their booking or ticket marked; `then` is called after that."""
        self._opening = customer_id
        self.shell.loading.begin(self.tr("Loading customer"))
        self._presenter.customer(
            customer_id, partial(self._opened, booking, then), partial(self._not_opened, customer_id)
        )

    def refresh(self) -> None:
        """Read the customer on the card again, without a word."""
        if self.shown_id is not None and self._opening is None:
            self._presenter.customer(self.shown_id, self._read_again, ignore)

    def _opened(self, booking: str, then: Then, shown: "AtCounter") -> None:
        self.shell.loading.end()
        self._opening, self.shown = None, shown
        self.came.emit(shown, booking)
        if then is not None:
            then()

    def _read_again(self, shown: "AtCounter") -> None:
        if shown.card.customer.id == self.shown_id:
            self.shown = shown
            self.refreshed.emit(shown)

    def _not_opened(self, customer_id: int, error: Exception) -> None:
        self.shell.loading.end()
        self._opening = None
        sentence = sentence_of(error, self.tr("The customer could not be read."))
        if code_of(error) == "customer_unknown":
            self.shell.notices.status(sentence, "danger")
        else:
            again = Step(self.tr("Try again"), lambda: self.open(customer_id))
            self.not_read.emit(Message(sentence, "danger", (again,)))

    def _changed(self, customer: object) -> None:
        key = getattr(customer, "id", None)
        if customer is None:
            self.shown, self._opening = None, None
            self.left.emit()
        elif isinstance(key, int) and key not in (self.shown_id, self._opening):
            self.open(key)
