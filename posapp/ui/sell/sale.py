"""The sale in hand: for whom, what is rung up, what lies on the table. Plain values, no widget, no desk."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from posapp.domain.base.errors import DomainError
from posapp.domain.selling.amounts import Discount, PriceRules
from posapp.domain.selling.carts import Cart, CartLine, LineKind, Sums, cart_text, deposit_line, deposits_off
from posapp.domain.selling.gift_cards import LAST
from posapp.domain.selling.payments import Tendered
from posapp.services.selling.order_commands import Counter, Refund
from posapp.ui.sell.kept import kept_cart_of, kept_tenders, tenders_of
from posapp.ui.sell.on_table import OnTable

WORK = tuple(kind for kind in LineKind if kind.rules.is_work)
"""Lines of work that was promised to somebody."""


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes back in an exchange, and how much of it can pay for what goes out."""

    refund: Refund
    minor: int


@dataclass(slots=True)
class Sale:
    """Every change makes another cart, whose sums are worked out once and asked by all that is shown.

    `held` is the reference (`H3`) of a held sale that this goes on with. `printed` are the codes of gift
    cards that somebody else printed, by what their lines say; they are kept nowhere.
    """

    cart: Cart = field(default_factory=Cart)
    tenders: tuple[Tendered, ...] = ()
    note: str = ""
    held: str = ""
    counter: Counter | None = None
    coming: Coming | None = None
    printed: dict[str, str] = field(default_factory=dict, repr=False)
    _known: tuple[Cart, PriceRules, Sums] | None = field(default=None, repr=False, compare=False)

    @property
    def rules(self) -> PriceRules:
        """How this shop and this customer are priced; until that is read, as most shops do."""
        return self.counter.rules if self.counter is not None else PriceRules()

    @property
    def sums(self) -> Sums:
        """What the cart comes to."""
        known, rules = self._known, self.rules
        if known is None or known[0] is not self.cart or known[1] != rules:
            known = self._known = (self.cart, rules, self.cart.sums(rules))
        return known[2]

    @property
    def deposits(self) -> tuple[tuple[str, int], ...]:
        """What is taken off by itself: each ticket or booking, and its deposit as far as it reaches."""
        standing = self.counter.standing if self.counter is not None else None
        if standing is None:
            return ()
        own_first = sorted(standing.deposits, key=lambda one: bool(one.ticket))
        held = ((one.ticket or one.number, one.number, one.amount_minor) for one in own_first)
        return tuple(deposits_off(self.cart, self.sums, held).items())

    @property
    def _asked_minor(self) -> int:
        """The total less the deposits."""
        return self.sums.total_minor - sum(minor for _, minor in self.deposits)

    @property
    def coming_minor(self) -> int:
        """What the goods that come back pay of it."""
        return min(self.coming.minor, self._asked_minor) if self.coming is not None else 0

    @property
    def over_minor(self) -> int:
        """What is given back because more comes back than goes out."""
        return self.coming.minor - self.coming_minor if self.coming is not None else 0

    @property
    def to_pay_minor(self) -> int:
        """What is still asked for."""
        return self._asked_minor - self.coming_minor

    @property
    def table(self) -> OnTable:
        """What was laid on the table for it."""
        step = self.counter.cash_step_minor if self.counter is not None else 0
        return OnTable(self.to_pay_minor, step, self.tenders)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was rung up."""
        return not self.cart.lines

    # -- changes ---------------------------------------------------------------------------------------
    def change(self, cart: Cart) -> None:
        """Another cart, if its sums can be told; `DomainError` of `Cart.sums`, and nothing is changed."""
        sums = cart.sums(self.rules)
        self._known = (cart, self.rules, sums)
        self.cart = cart

    def ring_up(self, line: CartLine, times: int = 1) -> int:
        """One thing more, so many of it; returns the place of its line."""
        cart = self.cart.with_line(replace(line, quantity=line.quantity * times))
        self.change(cart)
        place = next((at for at, known in enumerate(cart.lines) if known.joins(line)), None)
        return len(cart.lines) - 1 if place is None else place

    def ring_up_deposit(self, number: str, minor: int) -> int:
        """A deposit for a ticket or booking, in the place of the one that was rung up for it before."""
        line = deposit_line(number, minor)
        known = [(one.kind, one.number) for one in self.cart.lines]
        if (line.kind, number) not in known:
            return self.ring_up(line)
        place = known.index((line.kind, number))
        self.change(self.cart.changed(place, line))
        return place

    def ring_up_card(self, line: CartLine, code: str) -> int:
        """A gift card, with its code if that is printed on it already; returns the place of its line."""
        if code and any(one.text == line.text for one in self.cart.lines):
            sentence = f"A card that ends in {code[-LAST:]} is in this sale already. Complete it first."
            raise DomainError("line_twice", sentence, field="code")
        place = self.ring_up(line)
        if code:
            self.printed[line.text] = code
        return place

    @property
    def codes(self) -> tuple[tuple[int, str], ...]:
        """The codes of printed cards with the positions of their lines."""
        found = enumerate((self._code_of(line) for line in self.cart.lines), start=1)
        return tuple((position, code) for position, code in found if code)

    def _code_of(self, line: CartLine) -> str:
        is_new = line.kind is LineKind.GIFT_CARD and not line.card
        return self.printed.get(line.text, "") if is_new else ""

    def without(self, place: int) -> Cart:
        """The cart without a line; the work on a device is asked for as a whole, so all of it goes."""
        line, cart = self.cart.lines[place], self.cart
        if line.kind is not LineKind.TICKET:
            return cart.without(place)
        places = [at for at, one in enumerate(cart.lines) if _work(one) == _work(line)]
        for at in reversed(places):
            cart = cart.without(at)
        return cart

    def without_work(self) -> Cart:
        """The cart without what was promised to somebody."""
        cart = self.cart
        for at in reversed(range(len(cart.lines))):
            if cart.lines[at].number:
                cart = cart.without(at)
        return cart

    def discount_line(self, place: int, discount: Discount) -> None:
        """Take something off a line."""
        self.change(self.cart.changed(place, replace(self.cart.lines[place], discount=discount)))

    def reprice(self, place: int, unit_minor: int) -> None:
        """Another price for a line; `DomainError` price_fixed for what has its price elsewhere."""
        line = self.cart.lines[place]
        if unit_minor != line.unit_minor and line.number and line.kind is not LineKind.DEPOSIT:
            raise DomainError("price_fixed", f"{line.number} says what it costs.", field="price")
        self.change(self.cart.changed(place, replace(line, unit_minor=unit_minor)))

    # -- kept ------------------------------------------------------------------------------------------
    def kept(self) -> dict[str, Any]:
        """What a draft keeps; nothing of a sale in which there is nothing.

        Cards whose code is known to nobody else are left out, and those that are topped up: they are scanned
        again.
        """
        lines = tuple(line for line in self.cart.lines if not self._code_of(line) and not line.card)
        if not lines and not self.note and not self.held:
            return {}
        return {
            "cart": cart_text(replace(self.cart, lines=lines)),
            "tenders": kept_tenders(self.tenders),
            "note": self.note,
            "held": self.held,
        }

    @classmethod
    def restored(cls, values: Mapping[str, Any]) -> "Sale":
        """The way back from `kept`."""
        return cls(
            cart=kept_cart_of(values.get("cart")),
            tenders=tenders_of(values.get("tenders")),
            note=str(values.get("note") or ""),
            held=str(values.get("held") or ""),
        )


def _work(line: CartLine) -> tuple[LineKind, str, int]:
    return line.kind, line.number, line.job
