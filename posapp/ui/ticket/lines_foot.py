"""The foot of the lines: how far the price may go, what they come to, what is paid, and what is to pay."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from posapp.domain.repairs.lines import TicketLines
from posapp.ui.layout import STRETCH, columns, held, rows, wide
from posapp.ui.tickets.words import answer_words
from posapp.ui.widgets.buttons import Button, button, icon_button
from posapp.ui.widgets.flow import FlowLayout
from posapp.ui.widgets.labels import Elided, label, line
from posapp.ui.widgets.messages import IconLabel
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.services.counter.paying import Paying


class LinesFoot(QWidget):
    """Says how things stand; a button that would do nothing is not there."""

    ask = Signal()  # ask the customer for the lines as they are written
    answer = Signal()  # note what the customer said
    pay = Signal()
    deposit = Signal()
    give_back = Signal()
    hand_over = Signal()

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._icon = IconLabel("circle-check", "success", 18)
        self.limit, self._said = label("", "body", weight=600), Elided("", "small", tone="text2")
        self.left = label("", "small", tone="text2")
        self.ask_again = self._button(self.tr("Ask again"), "message-square", self.ask)
        self.note_answer = self._button(self.tr("Note the answer"), "check-check", self.answer)
        self.versions = icon_button("file-text", self.tr("Estimate: versions and paper"))
        self.versions.clicked.connect(lambda _on=False: self.answer.emit())
        self._approved = held(
            columns(
                self._icon,
                self.limit,
                wide(self._said),
                self.left,
                self.ask_again,
                self.note_answer,
                self.versions,
                gap=8,
            )
        )
        self.total, self.held_words = label("", "body", weight=600), label("", "body", tone="text2")
        self.held = label("", "body", tone="text2")
        self._held_row = held(columns(self.held_words, STRETCH, self.held))
        self._word, self.to_pay = label("", "strong", weight=600), label("", "figure", weight=700)
        self.take = self._button(self.tr("Take payment"), "banknote", self.pay, key="F9")
        self.hand = self._button("", "check", self.hand_over, kind="primary")
        self.take_deposit = self._button(self.tr("Take a deposit"), "plus", self.deposit)
        self.back = self._button(self.tr("Give the deposit back"), "undo-2", self.give_back)
        flow = FlowLayout(gap=8)
        for one in (self.hand, self.take, self.take_deposit, self.back):
            flow.addWidget(one)
        sums = columns(label(self.tr("Total, tax included"), "body"), STRETCH, self.total)
        due = columns(wide(held(flow)), self._word, self.to_pay, gap=10)
        rows(self._approved, line(), sums, self._held_row, due, gap=6, pad=(16, 8, 16, 10), host=self)

    @staticmethod
    def _button(text: str, icon: str, signal: SignalInstance, *, key: str = "", kind: str = "") -> Button:
        made = button(text, icon=icon, key=key, kind=kind)
        made.clicked.connect(lambda _checked=False: signal.emit())
        return made

    # -- what was agreed -----------------------------------------------------------------------------
    def show_limit(self, found: TicketLines, total_minor: int, *, is_changed: bool) -> None:
        """How the lines as they are written stand to what was approved."""
        price, limit, holding = self._wording.price, found.limit_minor, found.holding
        waits = found.asked is not None and not is_changed
        is_above = limit is not None and total_minor > limit
        left, said = "", answer_words(holding, self._wording) if holding is not None else ""
        if waits:
            look, words = ("ring-question", "warning"), self.tr("Waits for the answer")
        elif limit is None:
            asked = bool(found.versions) or is_changed
            look = ("info", "text2")
            words = self.tr("Not approved yet") if asked else self.tr("No estimate")
        elif is_above:
            look, words = ("triangle-alert", "warning"), self.tr("Above the {limit} that were approved")
        else:
            look, words = ("circle-check", "success"), self.tr("Approved to {limit}")
            left = self.tr("{price} left").format(price=price(limit - total_minor))
        self._icon.show_icon(*look)
        self.limit.setText(words.format(limit=price(limit) if limit is not None else ""))
        self._said.setText("" if is_above or waits else said)
        self.left.setText(left)
        self.ask_again.setText(self.tr("Ask again") if limit is not None else self.tr("Ask the customer"))
        self.ask_again.setVisible(is_changed and (limit is None or is_above))
        self.note_answer.setVisible(waits)
        self.versions.setVisible(bool(found.versions) and not waits and not self.ask_again.isVisibleTo(self))

    # -- money ---------------------------------------------------------------------------------------
    def show_money(self, paying: "Paying | None", total_minor: int, *, is_changed: bool) -> None:
        """What is to pay; before it is agreed, what it would be."""
        price = self._wording.price
        self.total.setText(price(total_minor))
        held_minor = paying.held_minor if paying is not None else 0
        self._held_row.setVisible(bool(held_minor))
        self.held_words.setText(self.tr("Deposit"))
        self.held.setText(f"−{price(held_minor)}")
        is_agreed = paying is not None and paying.price_minor is not None and not is_changed
        left = paying.left_minor + paying.due_minor if paying is not None and is_agreed else None
        self._word.setText(self.tr("To pay") if is_agreed else self.tr("Would be"))
        self.to_pay.setText(price(max(total_minor - held_minor, 0) if left is None else left))
        is_due = paying is not None and bool(paying.owed_minor or paying.due_minor)
        self.take.setVisible(paying is not None and (is_due or paying.may_deposit))
        may_deposit = paying is not None and bool(paying.owed_minor) and paying.may_deposit
        self.take_deposit.setVisible(may_deposit)
        self.back.setVisible(paying is not None and bool(paying.deposits) and not paying.owed_minor)

    def show_leaving(self, left_minor: int | None, *, is_done: bool) -> None:
        """What handing over takes; where something is done that comes before everything else."""
        words = self.tr("Hand over and take {price}") if left_minor else self.tr("Hand over")
        self.hand.setText(words.format(price=self._wording.price(left_minor or 0)))
        self.hand.setVisible(is_done)
        if is_done:
            self.take.hide()
            self.take_deposit.hide()
