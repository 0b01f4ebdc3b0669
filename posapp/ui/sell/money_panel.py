"""What a ticket or booking costs, what of it is paid, and the ways to take money or to give it back."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.ui.alive import while_alive
from posapp.ui.layout import held, rows
from posapp.ui.presenter import Presenter, ignore
from posapp.ui.sell.take_payment import TakePayment
from posapp.ui.session import Session
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import label
from posapp.ui.window.shell import Shell
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.services.counter.hand_back import Owing
    from posapp.services.counter.paying import Paying

_tr = translator("MoneyPanel")


class MoneyPanel(QWidget):
    """Reads by itself (`show_number`); a button that would do nothing is not there."""

    def __init__(
        self, shell: Shell, session: Session, *, takes_deposits: bool = True, hands_back: bool = False
    ) -> None:
        super().__init__()
        self._takes_deposits = takes_deposits
        self._presenter, self._taking, self._number = (
            Presenter(session),
            TakePayment(shell, session, self, hands_back=hands_back),
            "",
        )
        self.words = label("", "body", wrap=True)
        self.pay = self._button(_tr("Take payment"), "banknote", self._taking.take, key="F9")
        self.deposit = self._button(_tr("Take a deposit"), "plus", self._taking.take_deposit)
        self.back = self._button(_tr("Give the deposit back"), "undo-2", self._taking.give_back)
        flow = FlowLayout(gap=8)
        for one in (self.pay, self.deposit, self.back):
            flow.addWidget(one)
            one.hide()
        rows(self.words, held(flow), gap=8, host=self)

    def _button(self, text: str, icon: str, go: Callable[[str], None], *, key: str = "") -> Button:
        return button(text, size="s", icon=icon, key=key, run=lambda: go(self._number))

    def take(self) -> None:
        """F9."""
        if self._number:
            self._taking.take(self._number)

    def show_number(
        self,
        number: str,
        shown: "Callable[[], object]" = lambda: None,
        *,
        leaving: tuple[int, ...] = (),
    ) -> None:
        """How things stand with this ticket or booking; `shown` hears when that is there.

        Where only some devices are `leaving`, it is about what they cost.
        """

        def show(found: "tuple[Paying, Owing | None]") -> None:
            self._show(*found)
            shown()

        self._number = number
        self._taking.leaving = leaving
        self._presenter.read(
            lambda shop, actor: (
                shop.counter.paying(actor, number),
                shop.counter.owing(actor, number, leaving) if leaving else None,
            ),
            while_alive(self, show),
            ignore,
            topic="paying",
        )

    def _show(self, paying: "Paying", owing: "Owing | None") -> None:
        is_settled = not paying.owed_minor
        if owing is not None and not is_settled:
            paying = replace(
                paying, owed_minor=owing.owed_minor, held_minor=owing.deposit_minor, may_deposit=False
            )
        self.words.setText(money_words(paying, self._presenter.wording))
        is_due = bool(paying.owed_minor or paying.due_minor)
        self.pay.setVisible(is_due or paying.may_deposit)
        self.deposit.setVisible(bool(paying.owed_minor) and paying.may_deposit and self._takes_deposits)
        self.back.setVisible(bool(paying.deposits) and is_settled)


def money_words(paying: "Paying", wording: Wording) -> str:
    """`To pay €89.00: €139.00 less a deposit of €50.00`."""
    price = wording.price
    words = []
    if paying.owed_minor and paying.held_minor:
        said = _tr("To pay {left}: {owed} less a deposit of {held}")
        words.append(
            said.format(
                left=price(paying.left_minor), owed=price(paying.owed_minor), held=price(paying.held_minor)
            )
        )
    elif paying.owed_minor:
        words.append(_tr("To pay {left}").format(left=price(paying.owed_minor)))
    elif paying.held_minor:
        words.append(_tr("A deposit of {held} is held").format(held=price(paying.held_minor)))
    if paying.due_minor:
        said = _tr("{price} of {number} is on account")
        words.append(said.format(price=price(paying.due_minor), number=paying.due))
    if not words:
        words.append(_tr("No price was agreed yet") if paying.price_minor is None else _tr("Nothing is owed"))
    return ". ".join(words)
