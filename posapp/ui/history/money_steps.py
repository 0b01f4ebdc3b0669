"""What is done about money from the history: take what is owed, give back, show the statement."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.ui.history.detail import can_go_back
from posapp.ui.history.statement_sheet import StatementSheet
from posapp.ui.session import Session
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.selling.orders import Order
    from posapp.services.figures.history import Event, Story


class MoneySteps(QObject):
    """Whoever the history is about comes to the counter first; nothing is taken by itself."""

    def __init__(self, shell: Shell, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._session = shell, session
        self.story: Story | None = None

    @property
    def debt_minor(self) -> int:
        """What the customer owes in all."""
        return self.story.card.facts.debt_minor if self.story is not None else 0

    def take_due(self, event: "Event | None") -> None:
        """F9: the sale with the cursor where it is owed, else all that the customer owes."""
        if event is not None and event.kind == "order" and event.owed_minor > 0:
            self.take(event.number, event.owed_minor)
        elif self.debt_minor > 0:
            self.take("", self.debt_minor)
        else:
            self._shell.notices.status(self.tr("Nothing is owed"))

    def take(self, number: str, minor: int) -> None:
        """The sale screen takes it."""
        from posapp.services.selling.order_commands import Offer

        self._bring()
        self._shell.leave_for("sell", Offer(number, "", minor))

    def give_back(self, order: "Order | None") -> None:
        """The sale screen gives it back."""
        if order is None or not can_go_back(order):
            words = self.tr("Choose a sale of which something can be given back")
            self._shell.notices.status(words)
            return
        self._bring()
        self._shell.leave_for("sell", order.number)

    def _bring(self) -> None:
        story, counter = self.story, self._shell.counter
        if story is not None and getattr(counter, "id", None) != story.card.customer.id:
            self._shell.set_counter(story.card.customer)

    def show_statement(self, period: str) -> None:
        """What was bought and paid in a period, with the balance before and after."""
        if self.story is not None:
            sheet = StatementSheet(self._shell, self._session, self.story.card.customer, period)
            self._shell.open_sheet(self.tr("Statement"), sheet)

    def settle(self, period: str) -> None:
        """What is owed is taken; where nothing is, the statement tells why."""
        if self.debt_minor > 0:
            self.take("", self.debt_minor)
        else:
            self.show_statement(period)
