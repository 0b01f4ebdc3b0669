"""Takes the money: tenders are laid on the table, and what covers the sale completes it, once."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from posapp.domain.base.errors import DomainError
from posapp.domain.selling.payments import Tendered
from posapp.domain.selling.qr_payments import payee_of, scheme_of
from posapp.services.selling.order_commands import (
    DepositFor,
    Exchange,
    Exchanged,
    Offer,
    Paid,
    Pay,
    Sell,
    Sold,
)
from posapp.ui.presenter import code_of, why_not_saved
from posapp.ui.preview.print_watch import paper_order
from posapp.ui.record.drafts import DraftKeeper
from posapp.ui.sell.on_table import OnTable
from posapp.ui.sell.outcome import Outcome, of_debt, of_exchange, of_sale
from posapp.ui.sell.presenter import SellPresenter
from posapp.ui.sell.sale_steps import SaleSteps
from posapp.ui.sell.sale_view import SaleView
from posapp.ui.sell.tenders import tender_words
from posapp.ui.window.shell import Shell


class PaySteps(QObject):
    """From the first tender to the receipt; a debt that is paid by itself goes the same way."""

    ended = Signal(object)  # Outcome
    refused = Signal()

    def __init__(
        self, view: SaleView, steps: SaleSteps, presenter: SellPresenter, shell: Shell, keeper: DraftKeeper
    ) -> None:
        super().__init__(view)
        self._view, self._steps, self._presenter = view, steps, presenter
        self._shell, self._keeper = shell, keeper
        self.is_saving = False
        self.debt: Offer | None = None
        """What is paid without anything being sold."""
        self._for_debt: tuple[Tendered, ...] = ()
        view.pay.tendered.connect(self._lay_down)
        view.pay.taken_off.connect(self._take_off)
        view.pay.completed.connect(self.complete)
        view.strip.paid.connect(self.begin_debt)
        view.pay.code_wanted.connect(self._ask_code)
        steps.changed.connect(self.show)

    @property
    def table(self) -> OnTable:
        """What is to pay now, and what lies there for it."""
        if self.debt is None:
            return self._steps.sale.table
        return OnTable(self.debt.owed_minor, self._steps.sale.table.step_minor, self._for_debt)

    def show(self) -> None:
        """The panel as things are."""
        if not self._steps.sale.is_empty:
            self.debt, self._for_debt = None, ()
        pay, is_debt = self._view.pay, self.debt is not None
        pay.set_words(*self._words())
        pay.over_minor = 0 if is_debt else self._steps.sale.over_minor
        pay.may_be_less = is_debt
        business = self._presenter.session.catalogue.business
        pay.takes_codes = scheme_of(payee_of(business), business.currency) is not None
        pay.show_table(self.table, self._steps.sale.counter)

    def _words(self) -> tuple[str, str]:
        """What is asked for, and what the last key does."""
        coming, over = self._steps.sale.coming, self._steps.sale.over_minor
        if self.debt is not None:
            return self.tr("Debt to pay"), self.tr("Take payment")
        if coming is None:
            return self.tr("To pay"), self.tr("Complete sale")
        words = self.tr("To give back: {tender}").format(tender=tender_words(coming.refund.to))
        return words if over else self.tr("To pay"), self.tr("Complete exchange")

    def _ask_code(self, minor: int) -> None:
        """What is paid stands in the code: the work, the sale that waited, or else the till."""
        sale, code = self._steps.sale, self._view.pay.code
        numbers = [line.number for line in sale.cart.lines if line.number]
        debt = [self.debt.number] if self.debt is not None and self.debt.number else []
        about = [*debt, *numbers[:1], *filter(None, [sale.held]), self._presenter.session.actor.till][0]
        self._presenter.code(
            minor,
            about,
            lambda made: code.show_code(made.png if made is not None else b""),
            lambda _error: code.show_code(b""),
        )

    # -- the money key -------------------------------------------------------------------------------
    def press(self) -> None:
        """F9: to the amount, and from there to the end."""
        sale, pay = self._steps.sale, self._view.pay
        if self.is_saving or self._steps.is_parking:
            return
        if sale.is_empty and self.debt is None:
            self._view.field.edit.setFocus()
            self._shell.notices.status(self.tr("Add an item first"), "warning", seconds=4.0)
        elif pay.has_focus():
            pay.finish()
        else:
            pay.begin()

    def begin_debt(self, offer: Offer) -> None:
        """Money for what is owed, without a sale."""
        if not self._steps.sale.is_empty:
            words = self.tr("Complete this sale first, then take what is owed.")
            self._shell.notices.status(words, "warning", seconds=6.0)
            return
        whose = self._steps.customer_id if offer.customer_id is None else offer.customer_id
        if whose is not None and whose != self._steps.customer_id:
            self._steps.bring(whose)
        self.debt, self._for_debt = replace(offer, customer_id=whose), ()
        self.show()
        self._view.pay.begin()

    def begin_with(self, wanted: Offer | DepositFor) -> None:
        """What another screen asks for: a ready ticket comes into the sale, a debt or deposit is paid."""
        if not isinstance(wanted, Offer):
            self._begin_deposit(wanted)
        elif wanted.lines:
            self._steps.add_offer(wanted)
        else:
            self.begin_debt(wanted)

    def _begin_deposit(self, wanted: DepositFor) -> None:
        """To the amount, where the deposit is all that is paid and it is known how much."""
        is_alone = self._steps.sale.is_empty
        if self._steps.ring_up_deposit(wanted) and wanted.amount_minor and is_alone:
            self._view.pay.begin()

    def leave_debt(self) -> bool:
        """No debt is paid now; False if none was."""
        was_open = self.debt is not None
        self.debt, self._for_debt = None, ()
        if was_open:
            self.show()
        return was_open

    def customer_changed(self) -> None:
        """Somebody else is at the counter: what another one owes is not taken from them."""
        if self.debt is not None and self.debt.customer_id != self._steps.customer_id:
            self.leave_debt()

    def _set(self, table: OnTable) -> None:
        if self.debt is not None:
            self._for_debt = table.tenders
            self.show()
        else:
            self._steps.sale.tenders = table.tenders
            self._steps.show()

    def _lay_down(self, one: Tendered) -> None:
        try:
            self._set(self.table.with_one(one))
        except DomainError as error:
            self._view.pay.refuse(error.sentence)

    def _take_off(self, place: int) -> None:
        self._set(self.table.without(place))
        self._view.pay.begin()

    # -- completing ------------------------------------------------------------------------------------
    def complete(self) -> None:
        """Everything is covered: write it, once."""
        if self.is_saving or self._steps.is_parking:
            return
        if self._shell.is_read_only:
            self._view.pay.refuse(self.tr("The database does not answer. The sale is kept."))
            return
        try:
            self.table.settled  # noqa: B018 - says why not
        except DomainError as error:
            self._view.pay.refuse(error.sentence)
            return
        self._hold(is_saving=True)
        if self.debt is not None:
            self._pay_debt(self.debt)
        else:
            self._sell()

    def _sell(self) -> None:
        sale, session = self._steps.sale, self._presenter.session
        command = Sell(
            cart=sale.cart,
            tenders=sale.tenders,
            customer_id=self._steps.customer_id,
            note=sale.note,
            held=sale.held,
            codes=sale.codes,
            output=paper_order(session),
        )
        forget, failed = self._keeper.send(), partial(self._failed, True)
        if sale.coming is None:
            self._presenter.sell(command, self._sold, failed, saved=forget)
            return
        exchange = Exchange(refund=replace(sale.coming.refund, output=command.output), sale=command)
        self._presenter.exchange(exchange, self._exchanged, failed, saved=forget)

    def _sold(self, sold: Sold) -> None:
        self._keeper.forms.drop("")
        self._keeper.answered(is_saved=True)
        self._end(of_sale(sold, self._presenter.wording))

    def _exchanged(self, made: Exchanged) -> None:
        self._keeper.forms.drop("")
        self._keeper.answered(is_saved=True)
        self._end(of_exchange(made, self._presenter.wording))

    def _pay_debt(self, debt: Offer) -> None:
        command = Pay(
            tenders=self._for_debt,
            number=debt.number,
            customer_id=debt.customer_id,
            output=paper_order(self._presenter.session),
        )
        self._presenter.pay(command, self._paid, partial(self._failed, False))

    def _paid(self, paid: Paid) -> None:
        self._end(of_debt(paid, self._presenter.wording))

    def _end(self, outcome: Outcome) -> None:
        self.debt, self._for_debt = None, ()
        self._hold(is_saving=False)
        self.ended.emit(outcome)

    def _failed(self, is_sale: bool, error: Exception) -> None:
        self._hold(is_saving=False)
        if is_sale:
            self._keeper.answered(is_saved=False)
        self._steps.read_counter()
        if code_of(error) in ("line_changed", "item_archived", "settled_already"):
            self._steps.price_anew()
        self._view.pay.refuse(why_not_saved(error))
        self.refused.emit()

    def _hold(self, *, is_saving: bool) -> None:
        self.is_saving = is_saving
        self._view.pay.complete.set_saving(is_saving)
