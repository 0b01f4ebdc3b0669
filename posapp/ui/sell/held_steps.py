"""Sales that wait: parked, listed, gone on with at any till; and the list of those completed last."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from posapp.domain.selling.orders import HeldSale, Order
from posapp.services.selling.order_commands import Hold
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.record.drafts import DraftKeeper
from posapp.ui.sell.drafts import MARK
from posapp.ui.sell.held_sheet import SalesSheet
from posapp.ui.sell.presenter import SellPresenter
from posapp.ui.sell.sale import Sale
from posapp.ui.sell.sale_steps import SaleSteps
from posapp.ui.sell.sale_view import SaleView
from posapp.ui.window.notices import Step
from posapp.ui.window.shell import Shell


class HeldSteps(QObject):
    """The sale in hand goes to the others, and one of them comes into the hand."""

    recalled = Signal()
    answered = Signal()  # it waits now, or was refused
    order_chosen = Signal(str)
    counted = Signal()  # `count` is another one, perhaps

    def __init__(
        self, view: SaleView, steps: SaleSteps, presenter: SellPresenter, shell: Shell, keeper: DraftKeeper
    ) -> None:
        super().__init__(view)
        self._view, self._steps, self._presenter = view, steps, presenter
        self._shell, self._keeper = shell, keeper
        self._found: Sequence[HeldSale] = ()

    @property
    def count(self) -> int:
        """How many sales wait: the one in hand does not, until it is parked again."""
        return sum(one.reference != self._steps.sale.held for one in self._found)

    def park(self) -> None:
        """Let this one wait, at whichever till it goes on."""
        sale = self._steps.sale
        if self._steps.is_parking:
            return
        if sale.is_empty:
            self.show_held()
            return
        if sale.tenders:
            words = self.tr("Take the payments off first: a sale that waits has none.")
            self._shell.notices.status(words, "warning", seconds=6.0)
            return
        if sale.coming is not None:
            words = self.tr("Complete the exchange first, or leave it.")
            self._shell.notices.status(words, "warning", seconds=6.0)
            return
        if sale.codes:
            words = self.tr("Take the gift card off first: its code is kept nowhere.")
            self._shell.notices.status(words, "warning", seconds=6.0)
            return
        command = Hold(cart=sale.cart, customer_id=self._steps.customer_id, note=sale.note, held=sale.held)
        self._steps.is_parking = True
        self._presenter.hold(command, self._parked, self._failed, saved=self._keeper.send())

    def _parked(self, held: HeldSale) -> None:
        self._steps.is_parking = False
        self._keeper.forms.drop(MARK)
        self._keeper.answered(is_saved=True)
        self._steps.begin()
        self._shell.set_counter(None)
        self.read()
        self._view.field.edit.setFocus()
        step = Step(self.tr("Go on with it"), partial(self.recall, held.reference))
        self._shell.notices.toast(self.tr("{number} is parked").format(number=held.reference), step=step)
        self.answered.emit()

    def _failed(self, error: Exception) -> None:
        self._steps.is_parking = False
        self._keeper.answered(is_saved=False)
        self._view.field.show_problem(sentence_of(error))
        self.answered.emit()

    def read(self) -> None:
        """How many wait."""
        self._presenter.held(self._count)

    def _count(self, found: Sequence[HeldSale]) -> None:
        self._found = found
        self.counted.emit()

    def show_held(self) -> None:
        """All that wait."""
        self._open_sales(self.tr("Parked sales"), self.tr("No sale is parked."), self._open_held)
        self._presenter.held(self._fill_sheet)

    def _open_held(self, held: HeldSale) -> None:
        self._shell.close_sheet()
        self.recall(held.reference)

    def recall(self, reference: str, *, anyway: bool = False) -> None:
        """Go on with one; the sale in hand is finished first."""
        if self._is_busy():
            return
        self._presenter.recall(
            reference, self._recalled, partial(self._not_recalled, reference), anyway=anyway
        )

    def _is_busy(self) -> bool:
        """Whether a sale is in hand, which is said."""
        if self._steps.sale.is_empty:
            return False
        words = self.tr("Park or complete this sale first.")
        self._shell.notices.status(words, "warning", seconds=6.0)
        return True

    def _not_recalled(self, reference: str, error: Exception) -> None:
        steps: tuple[Step, ...] = ()
        if code_of(error) == "held_elsewhere":
            steps = (Step(self.tr("Take it here"), partial(self.recall, reference, anyway=True)),)
        self._shell.notices.status(sentence_of(error), "danger", steps=steps, seconds=10.0)

    def _recalled(self, held: HeldSale) -> None:
        if self._is_busy():  # something was rung up before the answer: the other one waits on
            self.read()
            return
        self._steps.begin(Sale(cart=held.cart, note=held.note, held=held.reference))
        self.read()
        self.recalled.emit()
        if held.customer_id is not None:
            self._steps.bring(held.customer_id)
        else:
            self._shell.set_counter(None)
        self._steps.price_anew()

    def show_latest(self) -> None:
        """The last sales: which one is given back?"""
        self._open_sales(self.tr("Last sales"), self.tr("Nothing was sold yet."), self._open_order)
        self._presenter.latest(self._fill_sheet)

    def _open_order(self, order: Order) -> None:
        self._shell.close_sheet()
        self.order_chosen.emit(order.number)

    def _open_sales(self, title: str, nothing: str, opened: Callable[[Any], object]) -> None:
        sheet = SalesSheet(self._presenter.wording, title, nothing)
        sheet.opened.connect(opened)
        self._shell.open_sheet(title, sheet)

    def _fill_sheet(self, found: Sequence[HeldSale | Order]) -> None:
        sheet = self._shell.sheet_content
        if isinstance(sheet, SalesSheet):
            sheet.show_rows(found)
