"""Gives back: the sale is read, the plan is asked for with each choice, and given back once."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posapp.domain.base.errors import DomainError, PosappError
from posapp.domain.selling.orders import Order
from posapp.services.selling.order_commands import RefundPlan, Sold
from posapp.ui.presenter import sentence_of, why_not_saved
from posapp.ui.preview.print_watch import paper_order
from posapp.ui.sell.outcome import of_sale
from posapp.ui.sell.presenter import SellPresenter
from posapp.ui.sell.refund_view import RefundView
from posapp.ui.window.ask_bar import AskBar
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.services.selling.order_commands import Refund


class RefundSteps(QObject):
    """One sale at a time."""

    shown = Signal()  # a sale is there to be given back
    ended = Signal(object)  # Outcome
    voided = Signal(object)  # Order
    exchange_begun = Signal(object, object)  # Refund, RefundPlan
    failed = Signal(str)

    def __init__(self, view: RefundView, presenter: SellPresenter, shell: Shell) -> None:
        super().__init__(view)
        self._view, self._presenter, self._shell = view, presenter, shell
        self._ask = AskBar(view)
        view.weighed.connect(self.weigh)
        view.accepted.connect(self._give_back)
        view.void_asked.connect(self._ask_void)
        view.exchange_asked.connect(self.exchange)

    @property
    def number(self) -> str:
        """The sale that is given back."""
        return self._view.order.number if self._view.order is not None else ""

    def open(self, number: str) -> None:
        """Read the sale of that number, or of a payment's."""
        self._presenter.order(number, self._show, lambda error: self.failed.emit(sentence_of(error)))

    def _show(self, order: Order) -> None:
        if order.is_refund:
            words = self.tr("{number} is a refund of {sale} itself.")
            self.failed.emit(words.format(number=order.number, sale=order.refund_of))
            return
        self._view.show_order(order)
        self.shown.emit()
        self._view.first_stop().setFocus()

    # -- the plan ------------------------------------------------------------------------------------
    def weigh(self) -> None:
        """What the choice would do."""
        self._presenter.forget("plan")
        if (asked := self._asked()) is None:
            self._view.show_plan(None)
            return
        self._presenter.plan(asked, self._planned, self._not_planned)

    def _asked(self) -> "Refund | None":
        """What is chosen; nothing while it is half an amount, which is said when that is left."""
        try:
            return self._view.asked()
        except DomainError:
            return None

    def exchange(self) -> None:
        """Other goods go out for what is chosen: they are rung up next."""
        if (asked := self._asked()) is None:
            self._view.summary.say(self.tr("Choose lines, or enter an amount."), "danger")
            return
        asked = replace(asked, reason=asked.reason or self.tr("Exchange"))
        self._presenter.plan(asked, lambda plan: self.exchange_begun.emit(asked, plan), self._not_planned)

    def _planned(self, plan: RefundPlan) -> None:
        self._view.summary.hide()
        self._view.show_plan(plan)

    def _not_planned(self, error: Exception) -> None:
        self._view.show_plan(None)
        self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, PosappError):
            self._view.show_error(error)
        else:
            self._view.summary.say(why_not_saved(error), "danger")

    # -- doing ---------------------------------------------------------------------------------------
    def press(self) -> None:
        """F9."""
        self._view.submit()

    def _give_back(self) -> None:
        if (asked := self._asked()) is None:
            self._view.summary.say(self.tr("Choose lines, or enter an amount."), "danger")
            return
        self._view.set_saving(True)
        command: Refund = replace(asked, output=paper_order(self._presenter.session))
        self._presenter.refund(command, self._given_back, self._refused)

    def _given_back(self, sold: Sold) -> None:
        self._view.set_saving(False)
        self._view.settle_save()
        self.ended.emit(of_sale(sold, self._presenter.wording))

    def _refused(self, error: Exception) -> None:
        self._view.set_saving(False)
        self._refuse(error)

    # -- void ----------------------------------------------------------------------------------------
    def _ask_void(self) -> None:
        words = self.tr("Void {number}? All of it is taken back as it was paid, and the number stays.")
        self._ask.say(words.format(number=self.number), answer=self._void, word=self.tr("Void the sale"))

    def _void(self, reason: str) -> None:
        self._presenter.void(self.number, reason, self.voided.emit, self._refused)
