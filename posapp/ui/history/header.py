"""The head of the history: who it is, and the facts, each of which opens what is behind it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from posapp.ui.layout import STRETCH, columns, rows, sides, wide
from posapp.ui.theme import theme
from posapp.ui.widgets.cards import Card, Fact, FactStrip
from posapp.ui.widgets.labels import Elided, PlBadge
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.customers.customers import CustomerCard, CustomerFacts

_tr = translator("CustomerFacts")


class HistoryHeader(Card):
    """Badge, name and phones on the left, facts on the right."""

    opened = Signal(str)  # the key of a fact: balance, next, bookings, visits, spent
    copied = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        px = theme().px
        self.badge = PlBadge("", size="l")
        self.badge.copied.connect(self.copied)
        self._name, self._phone = Elided("", "title"), Elided("", "small", tone="text2")
        self._name.setFixedHeight(px(28))  # a name in Arabic or Hebrew is no taller than others
        self._facts = FactStrip()
        self._facts.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._facts.opened.connect(self.opened)
        # Made now, so that the Tab key comes here before it comes to what is made after.
        self._facts.show_facts(
            [Fact(key, "", "") for key in ("balance", "next", "bookings", "visits", "spent")]
        )
        who = columns(self.badge, wide(self._names()), gap=12)
        row = sides(wide(who), self._facts, gap=12, pad=(16, 0, 0, 0))
        self.body.addLayout(row)
        self.clear()

    def _names(self) -> QWidget:
        host = QWidget()
        host.setMinimumSize(theme().px(150), theme().px(77))
        rows(STRETCH, self._name, self._phone, STRETCH, gap=0, host=host)
        return host

    def clear(self) -> None:
        """Nobody is known yet: another customer's name must not stand there meanwhile."""
        self.badge.set_text("")
        self.badge.hide()
        self._name.setText("")
        self._phone.setText("")
        self._facts.hide()

    def show_card(self, card: "CustomerCard", wording: Wording) -> None:
        """Show this customer."""
        customer, facts = card.customer, card.facts
        self.badge.set_text(str(customer.pl_id))
        self.badge.show()
        self._name.setText(customer.shown_name(wording.region))
        phones = " · ".join(wording.phone(line.number) for line in customer.current_phones[:2])
        self._phone.setText(phones or (customer.no_phone_reason or ""))
        day = wording.day_in_list(wording.here(customer.stamps.created_at).date())
        since, spent = self.tr("since {day}").format(day=day), wording.price(facts.spent_minor)
        self._facts.show_facts(
            [
                *([balance_fact(facts, wording)] if facts.tells_money else []),
                self._next(facts, wording),
                Fact("bookings", self.tr("Bookings"), str(facts.bookings), self._missed(facts.did_not_come)),
                Fact("visits", self.tr("Visits"), str(facts.visits), self._last_visit(facts, wording)),
                *([Fact("spent", self.tr("Spent"), spent, since)] if facts.tells_money else []),
            ]
        )
        self._facts.show()
        row = self._facts.layout()
        assert isinstance(row, QHBoxLayout)
        for place in range(row.count()):
            row.setStretch(place, 0)  # each as wide as its figure: a moment is longer than a count

    def _next(self, facts: "CustomerFacts", wording: Wording) -> Fact:
        coming = facts.next_booking_at
        moment = wording.moment(coming, facts.next_booking_wall) if coming else self.tr("none")
        return Fact("next", self.tr("Next booking"), moment, facts.next_booking_with or "")

    def _missed(self, count: int) -> str:
        return self.tr("{count} missed").format(count=count) if count else ""

    def _last_visit(self, facts: "CustomerFacts", wording: Wording) -> str:
        if facts.last_visit is None:
            return ""
        day = wording.day_in_list(wording.here(facts.last_visit).date())
        return self.tr("last {day}").format(day=day)


def balance_fact(facts: "CustomerFacts", wording: Wording) -> Fact:
    """What the customer owes, else what the shop does; of one who has credit besides a debt both."""
    title, price = _tr("Balance"), wording.price
    if facts.debt_minor > 0:
        note = _tr("owes")
        if facts.credit_minor > 0:
            note = _tr("owes, {price} credit").format(price=price(facts.credit_minor))
        return Fact("balance", title, price(facts.debt_minor), note, "danger")
    if facts.credit_minor > 0:
        return Fact("balance", title, price(facts.credit_minor), _tr("credit"), "success")
    return Fact("balance", title, price(0), _tr("nothing owed"))
