"""The sale: ring up, take money, hand over. `show_page("sell", "T12")` rings that up, "S7" gives it back."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from posapp.domain.base.journal import Change
from posapp.domain.base.numbers import Letter, letter_of
from posapp.domain.selling.cash import denominations
from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import CHOSEN
from posapp.services.selling.order_commands import DepositFor, Offer, Refund, RefundPlan
from posapp.ui.actions import Action, KeyWord, bar, hint
from posapp.ui.customers.presenter import CustomerPresenter
from posapp.ui.focus_filter import focused
from posapp.ui.layout import rows
from posapp.ui.preview.paper_view import PaperView
from posapp.ui.sell.card_sheet import GiftCardSheet
from posapp.ui.sell.card_steps import CardSteps
from posapp.ui.sell.customer_sheet import CustomerSheet
from posapp.ui.sell.done_steps import DoneSteps
from posapp.ui.sell.done_view import DoneView
from posapp.ui.sell.drafts import SaleDrafts
from posapp.ui.sell.held_steps import HeldSteps
from posapp.ui.sell.keys import done_actions, line_actions, money_actions
from posapp.ui.sell.leaving import LeavingSteps
from posapp.ui.sell.outcome import Outcome
from posapp.ui.sell.pay_steps import PaySteps
from posapp.ui.sell.presenter import SellPresenter
from posapp.ui.sell.quick_steps import QuickSteps
from posapp.ui.sell.refund_steps import RefundSteps
from posapp.ui.sell.refund_view import RefundView
from posapp.ui.sell.sale_steps import SaleSteps
from posapp.ui.sell.sale_view import SaleView
from posapp.ui.sell.take_payment import HandBackSale
from posapp.ui.session import Session
from posapp.ui.widgets.stack import Stack
from posapp.ui.window.page import Page
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import at_once

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Customer

_ASKED_ANEW = {"order", "payment", "shift", "ticket", "booking", "customer", "business", "tax"}
"""What another screen or till may change of what a sale begins with."""


class SellPage(Page):
    """One of three is in front: the sale, what became of it, or what is given back."""

    def __init__(self, shell: Shell, session: Session) -> None:
        super().__init__(shell)
        self.session = session
        self.presenter = presenter = SellPresenter(session)
        self._paper = PaperView()
        self._waiting: list[str] = []
        """Codes that were scanned while a sale was being written or parked: they are the next customer's."""
        actions = {one.id: one for one in self.own_actions()}
        self.sale = SaleView(session.wording, actions)
        self.done = DoneView(self._paper, actions)
        self.refund = RefundView(session.wording)
        self._stack = Stack()
        for view in (self.sale, self.done, self.refund):
            self._stack.addWidget(view)
        rows(self._stack, host=self)
        self.steps = SaleSteps(self.sale, presenter, shell)
        self.quick = QuickSteps(self.sale, presenter, self.steps.enter)
        self.drafts = SaleDrafts(self.sale, self.steps, presenter, shell, session)
        self.held = HeldSteps(self.sale, self.steps, presenter, shell, self.drafts.keeper)
        self.pay = PaySteps(self.sale, self.steps, presenter, shell, self.drafts.keeper)
        self.cards = CardSteps(self.sale, self.steps, self.pay, presenter, shell)
        self.after = DoneSteps(self.done, shell, session)
        self.leaving = LeavingSteps(self.done, presenter, shell)
        self.back = RefundSteps(self.refund, presenter, shell)
        self._bind()
        money = denominations(session.wording.currency)
        self.sale.pay.know_notes(sorted(money.notes) if money is not None else ())
        self.steps.begin()
        self.drafts.begin()

    def _bind(self) -> None:
        sale = self.sale
        sale.field.nothing_entered.connect(self._nothing_entered)
        sale.strip.chosen.connect(self.choose_customer)
        sale.draft.discarded.connect(self.clear)
        self.steps.changed.connect(self._sale_changed)
        self.steps.order_found.connect(self.back.open)
        self.steps.held_found.connect(self.held.recall)
        self.held.recalled.connect(self._to_sale)
        self.held.counted.connect(self.title_changed)
        self.held.order_chosen.connect(self.back.open)
        self.held.answered.connect(self._scan_waiting)
        self.pay.ended.connect(self._show_done)
        self.pay.refused.connect(self._scan_waiting)
        self.after.ended.connect(self._next)
        self.done.debt_asked.connect(self._take_debt)
        self.back.shown.connect(lambda: self._turn_to(self.refund))
        self.back.ended.connect(self._show_done)
        self.back.voided.connect(self._voided)
        self.back.exchange_begun.connect(self._begin_exchange)
        self.back.failed.connect(sale.field.show_problem)
        self.refund.left.connect(self._to_sale)
        self.shell.counter_changed.connect(self._customer_changed)
        self.session.feed.changed.connect(self._changed)

    # -- the window's questions --------------------------------------------------------------------------
    def title(self) -> str:
        """What the top bar says."""
        if self.is_done() and self.after.outcome is not None:
            return self.after.outcome.title
        return self.tr("Give back") if self._is_front(self.refund) else self.tr("Sale")

    def subtitle(self) -> str:
        """Its number, once there is one; of a sale that waited its reference."""
        if self.is_done() and self.after.outcome is not None:
            return self.after.outcome.number
        return self.back.number if self._is_front(self.refund) else self.steps.sale.held

    def beside_title(self) -> Action | None:
        """The sales that wait."""
        count = self.held.count
        if not count or not self.is_selling():
            return None
        words = self.tr("1 parked") if count == 1 else self.tr("{n} parked").format(n=count)
        return Action("sell_waiting", words, "Alt+O", self.held.show_held, "pause")

    def own_actions(self) -> tuple[Action, ...]:
        """The keys of the three; those without a word in the key bar stand in F1."""
        return (*money_actions(self), *line_actions(self), *done_actions(self, self._paper))

    def keys(self) -> list[KeyWord]:
        """What is given back has the money key to itself."""
        if not self._is_front(self.refund):
            return super().keys()
        tr = self.tr
        back = hint("Esc", tr("Back to the sale"))
        return bar([hint("F9", tr("Give back")), hint("Space", tr("Choose a line")), back])

    def _is_front(self, view: QWidget) -> bool:
        return self._stack.currentWidget() is view

    def is_selling(self) -> bool:
        """Whether a sale is rung up."""
        return self._is_front(self.sale)

    def is_paying(self) -> bool:
        """Whether its money is typed."""
        return self.is_selling() and self.sale.pay.has_focus()

    def is_done(self) -> bool:
        """Whether what became of it is shown."""
        return self._is_front(self.done)

    def first_field(self) -> QWidget | None:
        """Where the next thing is scanned or typed."""
        if self._is_front(self.sale):
            is_typed = self.is_paying() or self.sale.form.has_focus()
            return focused() if is_typed else self.sale.field.edit
        return self.refund.first_stop() if self._is_front(self.refund) else self.done.edit

    def activated(self, payload: object = None) -> None:
        """A ticket, booking or deposit comes into the sale, a receipt is given back, an offer is taken."""
        self.steps.read_counter()
        self.held.read()
        self.quick.read()
        if isinstance(payload, Offer | DepositFor):
            self._to_sale()
            self.pay.begin_with(payload)
        elif isinstance(payload, HandBackSale):
            self.leaving.waits_for.add(payload.number)
            self._to_sale()
            if payload.offer is not None:
                self.pay.begin_with(payload.offer)
            else:
                self.steps.scan(payload.number)
        elif isinstance(payload, str) and payload:
            self._to_sale()
            if letter_of(payload) in (Letter.SALE, Letter.PAYMENT):
                self.back.open(payload)
            else:
                self.steps.scan(payload)

    def deactivated(self) -> None:
        """What is rung up is kept, what was paid for leaves."""
        self.leaving.settle()
        self.drafts.keeper.keep()

    def escape(self) -> bool:
        """Close the innermost thing; a sale stays as it is."""
        if self.is_done():
            self._next("")
            return True
        if self._is_front(self.refund):
            self._to_sale()
            return True
        if self.sale.form.close_form():
            return True
        if self.sale.pay.has_focus():
            self.pay.leave_debt()
            self.sale.pay.forget()
            self.sale.field.edit.setFocus()
            return True
        return self.sale.field.escape()

    def close_question(self) -> bool:
        """Ctrl+Z on what was just paid for: it stays here."""
        return self.is_done() and self.leaving.take_back()

    def choose(self, number: int) -> bool:
        """Alt+1 to Alt+7: the tender; on the receipt another paper, on a refund the way back."""
        if self.is_done():
            return self.after.choose(number)
        if self._is_front(self.refund):
            return self.refund.ways.choose_number(number)
        if self.steps.sale.is_empty and self.pay.debt is None:
            self.pay.press()  # says that something has to be rung up first
            return True
        return 1 <= number <= len(CHOSEN) and self.sale.pay.choose(CHOSEN[number - 1])

    def take_scan(self, code: str) -> bool:
        """Everything that is scanned here means something in a sale, whatever has the focus."""
        if self.pay.is_saving or self.steps.is_parking:
            self._waiting.append(code)
            return True
        if self.cards.take_scan(code):
            return True
        self.shell.close_sheet()
        if self.is_done():
            self._next("")
        elif self._is_front(self.refund):
            self._to_sale()
        self.steps.scan(code)
        return True

    def compact_changed(self, is_compact: bool) -> None:
        """Narrower panels."""
        self.sale.set_narrow(is_compact)
        self.done.set_narrow(is_compact)

    def _turn_to(self, view: QWidget) -> None:
        self.leaving.settle()
        self._stack.setCurrentWidget(view)
        self.title_changed.emit()
        self.keys_changed.emit()

    def _to_sale(self) -> None:
        self._turn_to(self.sale)
        self.sale.field.edit.setFocus()

    def _show_done(self, outcome: Outcome) -> None:
        self._turn_to(self.done)
        self.after.show(outcome)
        self.leaving.begin(outcome.tickets)
        self.steps.begin()
        self.steps.read_counter()
        self.held.read()
        self.title_changed.emit()
        self._scan_waiting()

    def _scan_waiting(self) -> None:
        codes, self._waiting = self._waiting, []
        for code in codes:
            self.take_scan(code)

    def _next(self, typed: str) -> None:
        """The next customer; the one before has gone."""
        self.shell.set_counter(None)
        self._to_sale()
        if typed:
            self.sale.field.take_over(typed)

    def _take_debt(self) -> None:
        self._to_sale()
        if (debt := self.steps.debt()) is not None:
            self.pay.begin_debt(debt)

    def _sale_changed(self) -> None:
        if self.is_done():
            self.after.offer_debt(self.steps.debt())
        self.title_changed.emit()
        self.keys_changed.emit()

    def press_money(self) -> None:
        """F9: on, to the end."""
        form, sheet = self.sale.form, self.shell.sheet_content
        if isinstance(sheet, GiftCardSheet):
            sheet.submit()
            return
        if self._is_front(self.refund):
            self.back.press()
            return
        if form.is_open:  # what is typed for a line counts before it is paid
            form.submit()
        if not form.is_open:
            self.pay.press()

    def _nothing_entered(self) -> None:
        """Enter in the empty field goes on to the money, so that Enter alone is enough."""
        if not self.steps.sale.is_empty:
            self.pay.press()

    def clear(self) -> None:
        """Begin again; that can be taken back."""
        sale = self.steps.sale
        if sale.is_empty:
            return
        self.sale.draft.hide()
        self.drafts.keeper.forget()
        self.steps.begin()
        self.sale.field.edit.setFocus()
        self.shell.notices.toast(
            self.tr("The sale is empty"),
            undo=at_once(partial(self.steps.begin, sale)),
            redo=at_once(self.steps.begin),
        )

    def choose_customer(self) -> None:
        """Who buys?"""
        sheet = CustomerSheet(CustomerPresenter(self.session))
        sheet.chosen.connect(self._chosen)
        self.shell.open_sheet(self.tr("Customer"), sheet)

    def _chosen(self, customer: "Customer", words: str) -> None:
        self.shell.close_sheet()
        self.shell.set_counter(customer)
        self.sale.field.edit.setFocus()
        if words:
            self.shell.notices.toast(words)

    # -- sales that wait, sales that were ----------------------------------------------------------------
    def park(self) -> None:
        """Let it wait."""
        if not self.pay.is_saving:
            self.held.park()

    def _begin_exchange(self, refund: Refund, plan: RefundPlan) -> None:
        self._to_sale()
        self.steps.begin_exchange(refund, plan)

    def is_giving_back(self) -> bool:
        """Whether it is chosen what comes back."""
        return self._is_front(self.refund)

    def _voided(self, order: Order) -> None:
        self._to_sale()
        self.shell.notices.toast(self.tr("{number} is void").format(number=order.number))

    def _customer_changed(self, _customer: object) -> None:
        self.pay.customer_changed()
        self.steps.customer_changed()

    # -- what others do ----------------------------------------------------------------------------------
    def _changed(self, changes: list[Change]) -> None:
        subjects = {change.subject for change in changes}
        if not self.isVisible():
            return
        if subjects & _ASKED_ANEW:
            self.steps.read_counter()
        if "order" in subjects:
            self.held.read()
        if subjects & {"item", "tax"}:
            self.steps.price_anew()
            self.quick.read()
