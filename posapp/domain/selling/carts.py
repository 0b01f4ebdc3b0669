"""A sale while it is rung up: its lines, its discount, and what it comes to.

The window, the command line and the desk that completes the sale all ask the same cart, so that what a clerk
sees is what is stored. A cart is never changed: every step makes another one.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from posapp.domain.base.errors import DomainError
from posapp.domain.catalogue.taxes import UNTAXED, Tax, TaxPart
from posapp.domain.selling.amounts import (
    MOST_PIECES,
    NOTHING_OFF,
    Discount,
    LineAmounts,
    Priced,
    PriceRules,
    TaxRow,
    amounts_of,
    tax_table,
)

MOST_LINES = 500
TEXT_LIMIT = 200


class LineKind(StrEnum):
    """What a line sells."""

    ITEM = "item"
    TEXT = "text"
    TICKET = "ticket"
    BOOKING = "booking"
    DEPOSIT = "deposit"
    GIFT_CARD = "giftcard"

    @property
    def rules(self) -> "LineRules":
        """What such a line can be."""
        return _RULES[self]

    @property
    def is_revenue(self) -> bool:
        """Whether it earns something: a deposit and a gift card are only owed to somebody."""
        return self.rules.is_revenue


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRules:
    """What a line of a kind can be.

    Whether it earns something, whether there can be several of it, whether it settles work, which stands in a
    sale once, and whether its price has the tax in it however the shop says its prices.
    """

    is_revenue: bool = True
    is_counted: bool = False
    is_work: bool = False
    is_gross: bool = False


_RULES = {
    LineKind.ITEM: LineRules(is_counted=True),
    LineKind.TEXT: LineRules(is_counted=True),
    LineKind.TICKET: LineRules(is_work=True, is_gross=True),
    LineKind.BOOKING: LineRules(is_work=True),
    LineKind.DEPOSIT: LineRules(is_revenue=False),
    LineKind.GIFT_CARD: LineRules(is_revenue=False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CartLine:
    """A line as it is rung up; money in minor units.

    `listed_minor` is what the catalogue asked when the line was rung up, None where nothing is listed.
    `number` is the ticket (`T12`) or booking (`B3`) that it settles or takes a deposit for, `job` the place
    of the device. A gift card's line has `card`: the key of the card that is topped up, 0 for a new one.
    """

    kind: LineKind
    text: str
    unit_minor: int
    quantity: int = 1
    tax: Tax = UNTAXED
    tax_id: int | None = None
    discount: Discount = NOTHING_OFF
    sku: str = ""
    item_id: int | None = None
    listed_minor: int | None = None
    number: str = ""
    job: int = 0
    card: int = 0

    @property
    def is_price_changed(self) -> bool:
        """Whether somebody asks for another price than the catalogue."""
        return self.listed_minor is not None and self.unit_minor != self.listed_minor

    @property
    def priced(self) -> Priced:
        """The line as the arithmetic takes it."""
        tax = self.tax if self.kind.is_revenue else UNTAXED
        rules = self.kind.rules
        return Priced(self.quantity, self.unit_minor, tax, self.discount, rules.is_revenue, rules.is_gross)

    def joins(self, other: "CartLine") -> bool:
        """Whether another line is the same thing once more."""
        return self.kind is LineKind.ITEM and replace(other, quantity=self.quantity) == self


def deposit_line(number: str, minor: int) -> CartLine:
    """A deposit for a ticket or booking."""
    return CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=minor, number=number)


@dataclass(frozen=True, slots=True)
class Sums:
    """What a cart comes to: its lines as they will be stored, the table of taxes, and the totals."""

    lines: tuple[LineAmounts, ...]
    taxes: tuple[TaxRow, ...]
    total_minor: int
    net_minor: int
    tax_minor: int
    discount_minor: int


@dataclass(frozen=True, slots=True)
class Cart:
    """The lines in the order in which they were rung up, and what is taken off the whole."""

    lines: tuple[CartLine, ...] = ()
    discount: Discount = NOTHING_OFF

    @property
    def pieces(self) -> int:
        """How many things there are."""
        return sum(line.quantity for line in self.lines)

    def sums(self, rules: PriceRules) -> Sums:
        """What it comes to; `DomainError` quantity_invalid, price_invalid, discount_invalid."""
        amounts = tuple(amounts_of([line.priced for line in self.lines], rules, self.discount))
        taxed = [(line.priced.tax, one) for line, one in zip(self.lines, amounts, strict=True)]
        total, net = sum(one.gross_minor for one in amounts), sum(one.net_minor for one in amounts)
        off = sum(one.discount_minor for one in amounts)
        return Sums(amounts, tuple(tax_table(taxed)), total, net, total - net, off)

    def with_line(self, line: CartLine) -> "Cart":
        """One more line; the same item again raises the quantity of its line.

        A ticket's device stands in it once. `DomainError` line_twice, lines_many, quantity_invalid.
        """
        for place, known in enumerate(self.lines):
            if known.joins(line):
                return self.with_quantity(place, known.quantity + line.quantity)
            if line.kind.rules.is_work and _is_same_work(known, line):
                raise DomainError("line_twice", f"{line.number} is in this sale already.", field="line")
        if len(self.lines) >= MOST_LINES:
            raise DomainError("lines_many", f"A sale has at most {MOST_LINES} lines. Complete it first.")
        return replace(self, lines=(*self.lines, line))

    def with_quantity(self, place: int, quantity: int) -> "Cart":
        """So many of a line; `DomainError` quantity_invalid, quantity_fixed for what there is one of."""
        line = self.lines[place]
        if not line.kind.rules.is_counted and quantity != line.quantity:
            raise DomainError("quantity_fixed", "There is one of this.", field="quantity")
        if not 1 <= quantity <= MOST_PIECES:
            raise DomainError("quantity_invalid", "Enter how many, as a whole number.", field="quantity")
        return self.changed(place, replace(line, quantity=quantity))

    def changed(self, place: int, line: CartLine) -> "Cart":
        """Another line in the place of one."""
        return replace(self, lines=(*self.lines[:place], line, *self.lines[place + 1 :]))

    def without(self, place: int) -> "Cart":
        """The cart without a line; without lines there is no discount either."""
        left = (*self.lines[:place], *self.lines[place + 1 :])
        return Cart(left, self.discount if left else NOTHING_OFF)


def _is_same_work(known: CartLine, line: CartLine) -> bool:
    return (known.kind, known.number, known.job, known.text) == (line.kind, line.number, line.job, line.text)


def cart_text(cart: Cart) -> str:
    """The stored form of a cart that waits: one line of JSON."""
    return json.dumps(asdict(cart), ensure_ascii=False, separators=(",", ":"))


def cart_of(text: str) -> Cart:
    """The way back from `cart_text`; `ValueError`, `KeyError` or `TypeError` for anything else."""
    body = json.loads(text)
    lines = []
    for line in body["lines"]:
        parts = tuple(TaxPart(**part) for part in line["tax"]["parts"])
        tax = Tax(line["tax"]["name"], parts)
        discount = Discount(**line["discount"])
        lines.append(CartLine(**{**line, "kind": LineKind(line["kind"]), "tax": tax, "discount": discount}))
    return Cart(tuple(lines), Discount(**body["discount"]))


def deposits_off(cart: Cart, sums: Sums, held: Iterable[tuple[str, str, int]]) -> dict[str, int]:
    """What of held deposits is taken off for the work in a cart, as far as each reaches, in their order.

    Of each that is held: the work that it is for, the ticket or booking that it was paid on, how much it is.
    """
    asked: dict[str, int] = {}
    for line, amounts in zip(cart.lines, sums.lines, strict=True):
        if line.kind.rules.is_work:
            asked[line.number] = asked.get(line.number, 0) + amounts.gross_minor
    found: dict[str, int] = {}
    for work, number, minor in held:
        taken = min(minor, asked.get(work, 0))
        if taken:
            asked[work] -= taken
            found[number] = taken
    return found
