"""The sale in hand is kept at this till from line to line, whatever happens to the window."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from posapp.services.base.drafts import mark_of
from posapp.services.base.kept_forms import Draft
from posapp.ui.record.drafts import DraftKeeper, KeptForms
from posapp.ui.sell.presenter import SellPresenter
from posapp.ui.sell.sale import Sale
from posapp.ui.sell.sale_steps import SaleSteps
from posapp.ui.sell.sale_view import SaleView
from posapp.ui.session import Session
from posapp.ui.window.shell import Shell

if TYPE_CHECKING:
    from posapp.domain.selling.orders import Order
    from posapp.services.counter.intake import Recalled

MARK = ""
"""A till has one sale in hand; for whom it is stands in it."""
_LATE = timedelta(seconds=30)
"""So long before its draft was written last, a sale may have been completed."""


class SaleDrafts(QObject):
    """Keeps it, and brings it back when the program starts again."""

    def __init__(
        self, view: SaleView, steps: SaleSteps, presenter: SellPresenter, shell: Shell, session: Session
    ) -> None:
        super().__init__(view)
        self._view, self._steps, self._presenter, self._shell = view, steps, presenter, shell
        self._session = session
        self.keeper = DraftKeeper(KeptForms(session, "sale"), lambda: MARK, self.values, self)
        steps.changed.connect(self._changed)
        shell.closing.connect(self.keeper.keep)

    def values(self) -> Mapping[str, Any]:
        """Everything of the sale, and for whom; nothing of an empty one."""
        kept = self._steps.sale.kept()
        return kept | {"customer": self._whose()} if kept else {}

    def _whose(self) -> str:
        customer: Any = self._shell.counter
        return mark_of(customer, customer.pl_id) if hasattr(customer, "stamps") else ""

    def _changed(self) -> None:
        if self._view.draft.shows_draft and self._steps.sale.is_empty:
            self._view.draft.hide()
        self.keeper.soon()

    # -- coming back -----------------------------------------------------------------------------------
    def begin(self) -> None:
        """The program starts: what was rung up last is there again, unless it was completed."""
        draft = self.keeper.found()
        if draft is None:
            return
        if draft.is_on_its_way:
            self._presenter.latest(
                partial(self._look_for, draft), lambda _error: self._restore(draft, is_unsure=True)
            )
        else:
            self._restore(draft)

    def _look_for(self, draft: Draft, orders: "list[Order]") -> None:
        """It went to the desk and nobody saw the answer: is it among the last sales?"""
        sale = Sale.restored(draft.values)
        found = next((one for one in orders if self._is_it(one, sale, draft)), None)
        if found is None:
            self._restore(draft)
            return
        self.keeper.forget()
        words = self._view.tr("{number} was completed before the program ended.")
        self._shell.notices.status(words.format(number=found.number), "success", seconds=10.0)

    def _is_it(self, order: "Order", sale: Sale, draft: Draft) -> bool:
        is_recent = draft.at is None or order.at >= draft.at - _LATE
        is_here = order.till == self._session.actor.till
        said = [(line.text, line.quantity) for line in order.lines]
        return is_recent and is_here and said == [(line.text, line.quantity) for line in sale.cart.lines]

    def _restore(self, draft: Draft, *, is_unsure: bool = False) -> None:
        sale = Sale.restored(draft.values)
        if sale.is_empty and not sale.held:
            return
        if is_unsure:
            words = self._view.tr("This sale was being completed when the program ended. Look whether it is.")
            self._shell.notices.status(words, "warning", seconds=10.0)
        self._steps.begin(sale)
        self._view.draft.show_draft(draft, self._session.wording)
        self._view.order_tabs()
        mark = str(draft.values.get("customer") or "")
        if mark:
            self._presenter.recall_customer(mark, self._recalled, lambda _error: None)
        self._steps.price_anew()

    def _recalled(self, found: "Recalled") -> None:
        """Whom it was for, if that is the same customer here and nobody else came to the counter.

        Work of somebody who is not the same here is another work: it is rung up anew.
        """
        if found.arrived is None:
            self._steps.leave_work()
        if found.arrived is not None and self._shell.counter is None:
            self._shell.set_counter(found.arrived.card.customer)
