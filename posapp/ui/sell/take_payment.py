"""From a ticket or booking to the sale: with what it owes, with a deposit, or to give one back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from posapp.services.selling.order_commands import DepositFor, Offer
from posapp.ui.alive import while_alive
from posapp.ui.presenter import Presenter, sentence_of
from posapp.ui.session import Session
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.services.counter.hand_back import Owing
    from posapp.services.counter.paying import Paying


@dataclass(frozen=True, slots=True)
class HandBackSale:
    """What a hand-back asks the sale for: it waits for the money and does the rest itself."""

    number: str
    offer: Offer | None = None
    """What the devices that leave still cost; else the whole ticket."""


class TakePayment(QObject):
    """Asks how things stand at this moment, then leaves for the sale."""

    def __init__(self, shell: Shell, session: Session, parent: QObject, *, hands_back: bool = False) -> None:
        super().__init__(parent)
        self._shell, self._presenter, self._hands_back = shell, Presenter(session), hands_back
        self.leaving: tuple[int, ...] = ()
        """The devices that leave: only they are paid for."""

    def take(self, number: str) -> None:
        """F9: what is owed, else what an earlier sale left on account, else a deposit."""
        leaving = self.leaving
        self._presenter.read(
            lambda shop, actor: (
                shop.counter.paying(actor, number),
                shop.counter.owing(actor, number, leaving) if leaving else None,
            ),
            while_alive(self, lambda found: self._take(*found)),
            while_alive(self, self._failed),
            topic="paying",
        )

    def take_deposit(self, number: str) -> None:
        """A deposit, also while something is owed already."""
        self._ask(number, self._take_deposit)

    def give_back(self, number: str) -> None:
        """The sale that took the last deposit, to give it back."""
        self._ask(number, self._give_back)

    def _ask(self, number: str, go: "Callable[[Paying], None]") -> None:
        self._presenter.read(
            lambda shop, actor: shop.counter.paying(actor, number),
            while_alive(self, go),
            while_alive(self, self._failed),
            topic="paying",
        )

    def _failed(self, error: Exception) -> None:
        self._shell.notices.status(sentence_of(error), "danger", seconds=6.0)

    def _take(self, paying: "Paying", owing: "Owing | None") -> None:
        if owing is not None and owing.owed_minor:
            self._shell.leave_for("sell", HandBackSale(paying.number, _offer_of(owing)))
        elif owing is None and paying.owed_minor:
            self._shell.leave_for("sell", HandBackSale(paying.number) if self._hands_back else paying.number)
        elif paying.due:
            offer = Offer(paying.due, paying.number, paying.due_minor, customer_id=paying.customer_id)
            self._shell.leave_for("sell", offer)
        elif owing is not None and paying.owed_minor:
            self._say_nothing(paying)
        else:
            self._take_deposit(paying)

    def _take_deposit(self, paying: "Paying") -> None:
        if paying.may_deposit:
            self._shell.leave_for("sell", deposit_for(paying))
        else:
            self._say_nothing(paying)

    def _say_nothing(self, paying: "Paying") -> None:
        words = self.tr("Nothing is owed for {number}").format(number=paying.number)
        self._shell.notices.status(words, "warning", seconds=4.0)

    def _give_back(self, paying: "Paying") -> None:
        if paying.deposits:
            self._shell.leave_for("sell", paying.deposits[0])


def _offer_of(owing: "Owing") -> Offer:
    return Offer(owing.number, owing.number, owing.owed_minor, owing.lines, owing.storage, owing.customer_id)


def deposit_for(paying: "Paying") -> DepositFor:
    """The deposit that the shop asks for now."""
    return DepositFor(paying.number, paying.customer_id, paying.deposit_minor)
