"""Who buys: badge, name, what holds for their prices, and what they could pay now."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from posapp.services.selling.order_commands import Counter, Offer
from posapp.ui.layout import STRETCH, columns, held, refill
from posapp.ui.theme import set_look, theme
from posapp.ui.widgets.buttons import Button, button
from posapp.ui.widgets.cards import Card
from posapp.ui.widgets.labels import Elided, PlBadge, label
from posapp.ui.window.shell import CounterCustomer
from posapp.ui.wording import Wording

_MOST_OFFERS = 2
_WIDE, _NARROW = 260, 150
"""The most that a name takes."""


class CustomerStrip(Card):
    """One line. Offers that are in the sale already are not made again."""

    chosen = Signal()  # who is it?
    added = Signal(object)  # an Offer with lines
    paid = Signal(object)  # an Offer that is an amount: take it

    def __init__(self, wording: Wording) -> None:
        super().__init__()
        self._wording, self._most, self._is_narrow = wording, _WIDE, False
        self._counter: Counter | None = None
        self.badge = PlBadge("")
        self.name = Elided("", "strong", weight=600)
        # A row gives what ignores its hint no room at all, whatever it needs at least.
        self.name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.phone, self.facts = label("", "body", tone="text2"), label("", "body", tone="text2")
        self.owes = label("", "body", weight=600)
        self.change = button(self.tr("Customer"), kind="quiet", size="s", key="Ctrl+N", run=self.chosen.emit)
        self.offers: list[Button] = []
        self._row = columns(gap=8)
        self._offers = held(self._row)
        parts = (self.badge, self.name, self.phone, self.facts, STRETCH, self.owes, self._offers, self.change)
        self.body.addLayout(columns(*parts, gap=10, pad=(14, 6, 8, 6)))
        self.show_counter(None, None)

    def show_counter(self, customer: CounterCustomer | None, counter: Counter | None) -> None:
        """Whoever stands at the counter, and how they stand with the shop as far as that is read."""
        self.badge.setVisible(customer is not None)
        self.badge.set_text(str(customer.pl_id) if customer is not None else "")
        name = customer.name if customer is not None else self.tr("Walk-in")
        self.name.setText(name)
        self._fit()
        number = getattr(customer, "phone", None)
        self.phone.setText(self._wording.phone(number) if number is not None else "")
        is_theirs = counter is not None and counter.customer_id == getattr(customer, "id", None)
        self._show_facts(counter if is_theirs and customer is not None else None)

    def set_narrow(self, is_narrow: bool) -> None:
        """Without phone, key and the credit of who owes; a long name is cut: what is owed is worth more."""
        self.change.set_key("" if is_narrow else "Ctrl+N")
        self._is_narrow, self._most = is_narrow, _NARROW if is_narrow else _WIDE
        self._fit()
        self._show_facts(self._counter)
        self._make_room()

    def _make_room(self) -> None:
        """Beside an offer, debt and credit are worth more than the phone."""
        is_full = bool(self.offers) and " · " in self.owes.text()
        self.phone.setVisible(not self._is_narrow and not is_full)

    def _fit(self) -> None:
        self.name.setFixedWidth(min(self.name.natural_width(), theme().px(self._most)))

    def _show_facts(self, counter: Counter | None) -> None:
        self._counter = counter
        if counter is None:
            for part in (self.facts, self.owes, self._offers):
                part.hide()
            return
        exempt = self.tr("tax exempt: {why}").format(why=counter.exempt) if counter.exempt else ""
        level = self.tr("{level} prices").format(level=counter.price_level) if counter.price_level else ""
        words = " · ".join(filter(None, (level, exempt)))
        self.facts.setText(words)
        self.facts.setVisible(bool(words))
        self._show_balance(counter)

    def _show_balance(self, counter: Counter) -> None:
        standing, price = counter.standing, self._wording.price
        debt = standing.debt_minor if standing is not None else 0
        credit = standing.all_credit_minor if standing is not None else 0
        owes = self.tr("owes {price}").format(price=price(debt)) if debt > 0 else ""
        has = self.tr("credit {price}").format(price=price(credit)) if credit > 0 else ""
        told = (owes or has,) if self._is_narrow else (owes, has)
        words, tone = " · ".join(filter(None, told)), "danger" if owes else "success"
        self.owes.setText(words)
        self.owes.setVisible(bool(words))
        set_look(self.owes, tone=tone)

    def show_offers(self, offers: Sequence[Offer]) -> None:
        """What could be paid now: a ready ticket comes into the sale, a debt is taken by itself."""
        self.offers = [self._offer(one) for one in offers[:_MOST_OFFERS]]
        refill(self._row, self.offers)
        self._offers.setVisible(bool(self.offers))
        self._make_room()

    def _offer(self, offer: Offer) -> Button:
        price = self._wording.price(offer.owed_minor)
        if offer.is_storage:
            words = self.tr("Add storage of {number}, {price}").format(number=offer.number, price=price)
            return button(words, size="s", run=partial(self.added.emit, offer))
        if offer.lines:
            words = self.tr("Add {number}, {price}").format(number=offer.number, price=price)
            return button(words, size="s", run=partial(self.added.emit, offer))
        words = self.tr("Take {price}").format(price=price)
        return button(words, size="s", run=partial(self.paid.emit, offer))

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in reading order."""
        return [*self.offers, self.change]
