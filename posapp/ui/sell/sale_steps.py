"""Rings up: what was scanned or typed becomes lines, lines are changed, and whoever buys may change."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from posapp.domain.base.errors import DomainError
from posapp.domain.selling.amounts import Discount, rounded_cash
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.domain.selling.payments import Tender
from posapp.services.selling.order_commands import DepositFor, Offer
from posapp.ui.presenter import code_of, sentence_of
from posapp.ui.sell.line_form import LineChange
from posapp.ui.sell.presenter import SellPresenter
from posapp.ui.sell.sale import WORK, Coming, Sale
from posapp.ui.sell.sale_view import SaleView
from posapp.ui.window.notices import Message, Step
from posapp.ui.window.shell import Shell
from posapp.ui.window.undo import at_once

if TYPE_CHECKING:
    from posapp.services.selling.order_commands import Counter, Refund, RefundPlan, Scanned

_BOUND = (*WORK, LineKind.DEPOSIT)
"""Lines that are somebody's."""


class SaleSteps(QObject):
    """Holds the sale in hand; whatever changes it shows it and lets it be kept."""

    changed = Signal()  # the cart, the tenders, or for whom
    order_found = Signal(str)  # a receipt was scanned
    held_found = Signal(str)  # a sale that waits was scanned
    card_found = Signal(str, object)  # a gift card was scanned: its code, GiftCard

    def __init__(self, view: SaleView, presenter: SellPresenter, shell: Shell) -> None:
        super().__init__(view)
        self.sale, self.is_parking = Sale(), False
        self._view, self._presenter, self._shell = view, presenter, shell
        field, table, form = view.field, view.table, view.form
        field.typed.connect(self._look)
        field.chosen.connect(self._add_choice)
        field.entered.connect(self.enter)
        field.left_for_lines.connect(self._to_lines)
        table.stepped.connect(self._step)
        table.removed.connect(self.remove)
        table.opened.connect(partial(self.open_line, at_discount=False))
        table.typed.connect(field.take_over)
        table.left.connect(field.edit.setFocus)
        form.line_changed.connect(self._change_line)
        form.whole_changed.connect(self._discount_whole)
        form.noted.connect(self._note)
        form.closed.connect(self._drop_empty_deposit)
        view.strip.added.connect(self.add_offer)
        view.remove.clicked.connect(lambda: self.remove(table.place()))

    # -- who and how ---------------------------------------------------------------------------------
    @property
    def customer_id(self) -> int | None:
        """Whoever stands at the counter buys."""
        key = getattr(self._shell.counter, "id", None)
        return key if isinstance(key, int) else None

    def read_counter(self) -> None:
        """How the shop and this customer are priced, and what could be paid, as it is now."""
        self._presenter.counter(self.customer_id, self._show_counter, self._counter_failed)

    def _show_counter(self, counter: "Counter") -> None:
        if counter.customer_id != self.customer_id:
            return  # somebody else came meanwhile, and is asked about already
        self.sale.counter = counter
        self._say_shift(counter)
        self.show()

    def _say_shift(self, counter: "Counter") -> None:
        """No money is taken without a shift; one of an earlier day is closed first."""
        notice = self._view.notice
        if counter.shift is None:
            words, word = self.tr("Open the shift to take money."), self.tr("Open the shift")
        elif counter.is_forgotten:
            words = self.tr("The shift of an earlier day is still open. Close it first.")
            word = self.tr("Close the shift")
        else:
            notice.hide()
            return
        step = Step(word, lambda: self._shell.show_page("shift"))
        notice.show_message(Message(words, "warning", (step,)))

    def _counter_failed(self, error: Exception) -> None:
        self._view.notice.offer_again(sentence_of(error), self.read_counter)
        self._view.order_tabs()

    def customer_changed(self) -> None:
        """Somebody else buys: other prices may hold, for what is rung up, too."""
        if self.sale.counter is not None:
            self.sale.counter = replace(
                self.sale.counter, customer_id=None, standing=None, offers=(), exempt="", price_level=""
            )
        self.read_counter()
        self.price_anew()
        self.show()

    def price_anew(self) -> None:
        """The items as the catalogue has them today, for whoever buys."""
        if not self.sale.is_empty:
            cart = self.sale.cart
            self._presenter.priced_anew(
                cart, self.customer_id, partial(self._priced, cart), lambda _error: None
            )

    def _priced(self, asked: Cart, cart: Cart) -> None:
        if asked is not self.sale.cart:
            self.price_anew()  # something was rung up meanwhile
        elif cart != asked:
            self._do(lambda: self.sale.change(cart))

    # -- showing -------------------------------------------------------------------------------------
    def begin(self, sale: Sale | None = None) -> None:
        """Another sale, an empty one if none is given; how it is priced is known from the one before."""
        before, self.sale = self.sale, sale or Sale()
        self.sale.counter = self.sale.counter or before.counter
        self._view.field.clear()
        self._view.form.close_form()
        self._view.pay.forget()
        self.show()

    def show(self, place: int | None = None) -> None:
        """Everything as it is now; the line at `place` is the chosen one."""
        view, sale = self._view, self.sale
        view.show_sale(sale, view.table.place() if place is None else place)
        view.strip.show_counter(self._shell.counter, sale.counter)
        view.strip.show_offers(self._offers())
        self._say_coming()
        view.order_tabs()
        self.changed.emit()

    def begin_exchange(self, refund: "Refund", plan: "RefundPlan") -> None:
        """What is rung up, now and next, goes out for what comes back."""
        back = sum(one.amount_minor for one in plan.back if one.tender is not Tender.GIFT_CARD)
        if plan.order.customer_id is None and self.sale.counter is not None:
            back = rounded_cash(back, self.sale.counter.cash_step_minor)  # it goes through the drawer
        self.sale.coming = Coming(refund, back)
        if plan.order.customer_id is not None and plan.order.customer_id != self.customer_id:
            self.bring(plan.order.customer_id)
        self.show()

    def leave_work(self) -> None:
        """The tickets and bookings of a draft are not those that it was written for."""
        left = self.sale.without_work()
        if left != self.sale.cart:
            self._do(lambda: self.sale.change(left))
            words = self.tr("The work in this sale is not the same here. Scan it again.")
            self._shell.notices.status(words, "warning", seconds=10.0)

    def leave_exchange(self) -> None:
        """Nothing comes back after all."""
        self.sale.coming = None
        self.show()
        self._view.field.edit.setFocus()

    def _say_coming(self) -> None:
        coming, bar = self.sale.coming, self._view.coming
        if coming is None:
            bar.hide()
            return
        price = self._presenter.wording.price(coming.minor)
        words = self.tr("{price} comes back from {number}. Ring up what goes out for it.")
        step = Step(self.tr("Leave the exchange"), self.leave_exchange)
        bar.show_message(Message(words.format(price=price, number=coming.refund.number), "info", (step,)))

    def _offers(self) -> list[Offer]:
        """Work comes into the sale; a debt is taken by itself, while nothing is sold."""
        counter = self.sale.counter
        if counter is None:
            return []
        rung_up = {(line.number, line.kind is LineKind.TEXT) for line in self.sale.cart.lines}
        work = {number for number, _ in rung_up}
        found = [one for one in counter.offers if one.number not in work]
        asked = [one for one in counter.offers if one.storage and (one.number, False) in rung_up]
        found += [one.for_storage for one in asked if (one.number, True) not in rung_up]
        debt = self.debt()
        return [debt, *found] if debt is not None and self.sale.is_empty else found

    def debt(self) -> Offer | None:
        """What the customer owes from before, as it can be taken."""
        counter = self.sale.counter
        standing = counter.standing if counter is not None else None
        if standing is None or standing.debt_minor <= 0:
            return None
        return Offer("", "", standing.debt_minor)

    def _do(self, change: Callable[[], object], place: int | None = None) -> bool:
        """Change the sale, or say why not."""
        try:
            change()
        except DomainError as error:
            self._view.field.show_problem(error.sentence)
            return False
        self.show(place)
        return True

    # -- ringing up ------------------------------------------------------------------------------------
    def _look(self, text: str) -> None:
        if not text:
            self._presenter.forget("look")
            return
        self._presenter.look(
            text,
            self.customer_id,
            lambda found: self._view.field.show_choices(text, found.choices or found.lines),
            lambda _error: self._view.field.show_choices(text, ()),
        )

    def _add_choice(self, line: CartLine, times: int) -> None:
        if line.kind in WORK:
            self.enter(self._view.field.text().strip(), times)  # all of it, and whose it is
        elif self.ring_up((line,), times):
            self._view.field.clear()

    def enter(self, text: str, times: int = 1) -> None:
        """Enter on what is typed."""
        self._presenter.scanned(
            text,
            self.customer_id,
            partial(self._entered, text, times),
            lambda error: self._view.field.show_problem(sentence_of(error)),
        )

    def _entered(self, text: str, times: int, found: "Scanned") -> None:
        field = self._view.field
        if found.choices and not found.lines:
            field.show_choices(text, found.choices)
        elif self._take(text, times, found) and field.text().strip().endswith(text):
            field.clear()

    def scan(self, code: str) -> None:
        """A code was scanned, whatever has the focus."""
        times = self._view.field.times()
        if times > 1:
            self._view.field.clear()
        self._presenter.scanned(
            code, self.customer_id, partial(self._take, code, times), partial(self._unknown, code)
        )

    def _unknown(self, code: str, error: Exception) -> None:
        if code_of(error) not in ("item_unknown", "nothing_found"):
            self._view.field.show_problem(sentence_of(error))
            return
        shell = self._shell
        steps = (Step(self.tr("Search"), lambda: self._search_for(code)),)
        words = self.tr("Unknown code {code}").format(code=code)
        shell.notices.status(words, "danger", steps=steps, seconds=6.0)

    def _search_for(self, code: str) -> None:
        self._view.field.clear()
        self._view.field.take_over(code)

    def _take(self, code: str, times: int, found: "Scanned") -> bool:
        """Whatever it means in a sale; False where it was refused."""
        if found.lines:
            return self._take_lines(found, times)
        if found.customer_id is not None:
            self.bring(found.customer_id)
        elif found.order:
            self.order_found.emit(found.order)
        elif found.held:
            self.held_found.emit(found.held)
        elif found.gift_card is not None:
            self.card_found.emit(code, found.gift_card)
        elif found.choices:
            self._view.field.edit.setFocus()
            self._view.field.edit.setText(code)
            self._view.field.show_choices(code, found.choices)
            return False
        return True

    def _take_lines(self, found: "Scanned", times: int) -> bool:
        """Work brings its customer with it, unless work of somebody else is in the sale already."""
        owner = found.customer_id
        if owner is not None and not self._bring_owner(owner, found.lines[0].number):
            return False
        return self.ring_up(found.lines, times)

    def _bring_owner(self, owner: int, number: str) -> bool:
        """Whoever the work is of buys; False where work of somebody else is in the sale already."""
        if owner == self.customer_id:
            return True
        if any(line.kind in _BOUND for line in self.sale.cart.lines):
            words = self.tr("{number} belongs to another customer. Complete this sale first.")
            self._view.field.show_problem(words.format(number=number))
            return False
        self.bring(owner)
        return True

    def ring_up_deposit(self, wanted: DepositFor) -> bool:
        """A deposit for work; where it is not said yet how much, the form of its line asks."""
        if not self._bring_owner(wanted.customer_id, wanted.number):
            return False
        place = self.sale.ring_up_deposit(wanted.number, wanted.amount_minor)
        self.show(place)
        if not wanted.amount_minor:
            self.open_line(place, at_discount=False)
        return True

    def bring(self, customer_id: int) -> None:
        """This customer comes to the counter."""
        self._presenter.read(
            lambda shop, actor: shop.customers.card(actor, customer_id),
            lambda card: self._shell.set_counter(card.customer),
            lambda error: self._view.field.show_problem(sentence_of(error)),
            topic="customer",
        )

    def ring_up(self, lines: tuple[CartLine, ...], times: int = 1) -> bool:
        """These lines, so many times each; all of them or none."""
        before, place = self.sale.cart, -1
        try:
            for line in lines:
                place = self.sale.ring_up(line, times)
        except DomainError as error:
            self.sale.change(before)
            self._view.field.show_problem(error.sentence)
            return False
        self.show(place)
        return True

    def _drop_empty_deposit(self) -> None:
        """A deposit of which nobody said how much is none."""
        cart = self.sale.cart
        for place, line in enumerate(cart.lines):
            if line.kind is LineKind.DEPOSIT and not line.unit_minor:
                self._do(partial(self.sale.change, cart.without(place)))
                return

    def ring_up_card(self, line: CartLine, printed: str) -> DomainError | None:
        """A gift card; why not, if it cannot be."""
        try:
            place = self.sale.ring_up_card(line, printed)
        except DomainError as error:
            return error
        self.show(place)
        return None

    def add_offer(self, offer: Offer) -> None:
        """A ready ticket that was offered; it brings its customer, where that is said."""
        owner = offer.customer_id
        if owner is not None and not self._bring_owner(owner, offer.number):
            return
        self.ring_up(offer.lines)
        self._view.field.edit.setFocus()

    # -- the chosen line -------------------------------------------------------------------------------
    def _to_lines(self, is_down: bool) -> None:
        lines = len(self.sale.cart.lines)
        if lines:
            self._view.table.setFocus()
            self._view.table.choose(0 if is_down and self._view.table.place() < 0 else lines - 1)

    def _step(self, place: int, step: int) -> None:
        quantity = self.sale.cart.lines[place].quantity + step
        if quantity < 1:
            self.remove(place)
        else:
            self._do(lambda: self.sale.change(self.sale.cart.with_quantity(place, quantity)), place)

    def remove(self, place: int) -> None:
        """Take a line off; Ctrl+Z brings it back."""
        if not 0 <= place < len(self.sale.cart.lines):
            return
        before = self.sale.cart
        text = before.lines[place].text
        after = self.sale.without(place)
        if not self._do(lambda: self.sale.change(after), place):
            return
        if self.sale.is_empty:
            self._view.field.edit.setFocus()
        self._shell.notices.toast(
            self.tr("{text} taken off").format(text=text),
            undo=at_once(partial(self._put_back, after, before)),
            redo=at_once(partial(self._put_back, before, after)),
        )

    def _put_back(self, seen: Cart, cart: Cart) -> None:
        """As it was, unless something else was rung up since; then the line comes to that."""
        if self.sale.cart == seen:
            self._do(lambda: self.sale.change(cart))
            return
        missing = [line for line in cart.lines if line not in seen.lines]
        self.ring_up(tuple(missing))

    def open_line(self, place: int, *, at_discount: bool) -> None:
        """Change quantity, price or discount of a line."""
        if 0 <= place < len(self.sale.cart.lines):
            self._view.table.choose(place)
            self._view.form.open_line(self.sale.cart.lines[place], at_discount=at_discount)

    def open_whole(self) -> None:
        """Take something off the whole sale."""
        if not self.sale.is_empty:
            self._view.form.open_whole(self.sale.cart.discount)

    def open_note(self) -> None:
        """Write something about the sale."""
        self._view.form.open_note(self.sale.note)

    def _change_line(self, change: LineChange) -> None:
        """All of it or nothing; the form says at its field why not."""
        place, before = self._view.table.place(), self.sale.cart
        if change.quantity == 0:
            self.remove(place)
            return
        try:
            if change.unit_minor >= 0:
                self.sale.reprice(place, change.unit_minor)
                self.sale.change(self.sale.cart.with_quantity(place, change.quantity))
            self.sale.discount_line(place, change.discount)
        except DomainError as error:
            self.sale.change(before)
            self._view.form.refused = error
            return
        self.show(place)

    def _discount_whole(self, discount: Discount) -> None:
        try:
            self.sale.change(replace(self.sale.cart, discount=discount))
        except DomainError as error:
            self._view.form.refused = error
            return
        self.show()

    def _note(self, text: str) -> None:
        self.sale.note = text
        self.show()
