"""Writes down what a demonstration shop sold: rows of orders, money, ledger, stock and gift cards.

Whoever sells says what happened; here every record gets its key, its number and all that follows from it, as
the desks would have written it.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.catalogue.taxes import Tax, TaxPart
from posapp.domain.selling.amounts import Priced, PriceRules, amounts_of

ORDER = (
    "id", "number", "till", "customer_id", "refund_of_id", "note", "total_minor", "net_minor",
    "business_day", "shift_id", "completed_at", "completed_by", "created_at", "created_by", "updated_at",
    "updated_by",
)  # fmt: skip
LINE = (
    "id", "order_id", "position", "kind", "text", "sku", "item_id", "ticket_id", "job_id", "item_kind",
    "tax_name", "refunds_id", "is_restocked", "quantity", "unit_minor", "listed_minor", "priced_minor",
    "net_minor", "gross_minor", "cost_minor",
)  # fmt: skip
TAX = ("line_id", "tax_minor")
PAYMENT = (
    "id", "number", "shift_id", "order_id", "customer_id", "tender", "amount_minor", "tendered_minor",
    "reference", "business_day", "created_at",
)  # fmt: skip
ENTRY = (
    "id", "customer_id", "account", "amount_minor", "order_id", "source_id", "payment_id", "ticket_id",
    "business_day", "created_at",
)  # fmt: skip
SHIFT = ("id", "business_day", "opened_at")
CLOSING = ("number", "closed_at", "expected_minor", "counted_minor", "difference_minor", "id")
MOVE = ("id", "item_id", "kind", "quantity", "unit_cost_minor", "number", "business_day", "created_at")

VAT = Tax("VAT", (TaxPart("VAT", 230_000),))
# SKU, name, price and cost in cents.
GOODS: tuple[tuple[str, str, int, int], ...] = (
    ("GLASS", "Screen protector", 1490, 310),
    ("CASE", "Silicone case", 1990, 620),
    ("USBC-1", "USB-C cable, 1 m", 990, 240),
    ("USBC-2", "USB-C cable, 2 m", 1290, 330),
    ("CHG-20", "Charger 20 W", 2490, 980),
    ("CHG-65", "Charger 65 W", 4490, 1950),
    ("EAR", "Wired earphones", 1790, 700),
    ("CARD-64", "Memory card 64 GB", 1590, 690),
    ("PASTE", "Thermal paste", 890, 350),
    ("CLOTH", "Cleaning cloth", 450, 90),
    ("HOLDER", "Car holder", 2190, 860),
    ("BANK", "Power bank 10 Ah", 3490, 1720),
    ("HDMI", "HDMI cable", 1390, 410),
    ("MOUSE", "Wireless mouse", 2290, 1050),
    ("STYLUS", "Stylus", 1990, 780),
    ("STRAP", "Watch strap", 1690, 520),
)
_LOT = 24  # pieces of a delivery


class Amounts(NamedTuple):
    """What one piece at a price comes to."""

    net_minor: int
    tax_minor: int
    gross_minor: int


class Card(NamedTuple):
    """A gift card as it was sold."""

    number: int
    customer: int
    at: int
    day: int
    order: int
    line: int
    minor: int


class CardUse(NamedTuple):
    """A gift card that paid."""

    number: int
    at: int
    day: int
    order: int
    payment: int
    minor: int


@dataclass(slots=True)
class Portion:
    """Rows of the sales of some days."""

    orders: list[tuple[object, ...]] = field(default_factory=list)
    lines: list[tuple[object, ...]] = field(default_factory=list)
    taxes: list[tuple[object, ...]] = field(default_factory=list)
    payments: list[tuple[object, ...]] = field(default_factory=list)
    entries: list[tuple[object, ...]] = field(default_factory=list)
    shifts: list[tuple[object, ...]] = field(default_factory=list)
    closings: list[tuple[object, ...]] = field(default_factory=list)
    moves: list[tuple[object, ...]] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    uses: list[CardUse] = field(default_factory=list)


class Books:
    """Keys, numbers and levels so far; `at` and `day` are those of the record that is being written."""

    def __init__(self, till: str, items: list[int], customers: int) -> None:
        self._till, self.items = till, items
        self._lot = max(_LOT, customers // 500)
        self._amounts: dict[int, Amounts] = {}
        self.made = Portion()
        self.orders = self.lines = self.payments = self.entries = self.shifts = self.moves = self.cards = 0
        self.levels, self.received = [0] * len(items), [False] * len(items)
        self.at = self.day = self.cash = 0

    # -- the drawer ------------------------------------------------------------------------------------
    def open(self, day: int, at: int, float_minor: int) -> None:
        """A shift begins."""
        self.shifts += 1
        self.made.shifts.append((self.shifts, day, at))
        self.day, self.cash = day, float_minor

    def close(self, at: int, off_minor: int) -> None:
        """The drawer is counted, and is off by so much."""
        counted = self.cash + off_minor
        self.made.closings.append((self.shifts, at, self.cash, counted, off_minor, self.shifts))

    # -- lines of the order that comes next ------------------------------------------------------------
    def goods(self, position: int, which: int) -> Amounts:
        """A piece off the shelf; a delivery comes where there is none."""
        sku, name, price, cost = GOODS[which]
        if not self.levels[which]:
            self._move(which, "received", self._lot, "", cost)
            self.received[which] = True
        self._move(which, "sold", -1, number_text(Letter.SALE, self.orders + 1), None)
        amounts = self._of(price)
        what = ("item", name, sku, self.items[which], None, None, "goods", VAT.name, None, False, 1)
        return self._line(position, (*what, price, price, price), amounts, cost, is_taxed=True)

    def repaired(self, text: str, price: int, ticket: int) -> Amounts:
        """A device that is done; ticket and job have the same key."""
        what = ("ticket", text, "", None, ticket, ticket, "", VAT.name, None, False, 1)
        return self._line(1, (*what, price, None, price), self._of(price), 0, is_taxed=True)

    def owed(self, kind: str, text: str, minor: int, ticket: int | None, position: int = 1) -> Amounts:
        """A deposit or a gift card: nothing is earned."""
        what = (kind, text, "", None, ticket, None, "", "", None, False, 1)
        return self._line(
            position, (*what, minor, None, minor), Amounts(minor, 0, minor), None, is_taxed=False
        )

    def brought_back(self, which: int, line: int) -> Amounts:
        """A piece comes back to the shelf."""
        sku, name, price, cost = GOODS[which]
        self._move(which, "returned", 1, number_text(Letter.SALE, self.orders + 1), None)
        amounts = Amounts(*(-minor for minor in self._of(price)))
        what = ("item", name, sku, self.items[which], None, None, "goods", VAT.name, line, True, -1)
        return self._line(1, (*what, price, None, -price), amounts, -cost, is_taxed=True)

    def _line(
        self, position: int, what: tuple[object, ...], amounts: Amounts, cost: int | None, *, is_taxed: bool
    ) -> Amounts:
        self.lines += 1
        row = (self.lines, self.orders + 1, position, *what, amounts.net_minor, amounts.gross_minor, cost)
        self.made.lines.append(row)
        if is_taxed:
            self.made.taxes.append((self.lines, amounts.tax_minor))
        return amounts

    def _of(self, price: int) -> Amounts:
        known = self._amounts.get(price)
        if known is None:
            [one] = amounts_of([Priced(1, price, VAT)], PriceRules())
            known = self._amounts[price] = Amounts(one.net_minor, sum(one.tax_minor), one.gross_minor)
        return known

    def _move(self, which: int, kind: str, quantity: int, number: str, cost: int | None) -> None:
        self.moves += 1
        self.levels[which] += quantity
        row = (self.moves, self.items[which], kind, quantity, cost, number, self.day, self.at)
        self.made.moves.append(row)

    # -- orders and money ------------------------------------------------------------------------------
    def order(self, customer: int, total: int, net: int, refund_of: int | None = None, note: str = "") -> int:
        """The order of the lines before; it asks for its total, or takes it off the sale that it refunds."""
        self.orders = key = self.orders + 1
        at, till = self.at, self._till
        who = (at, till, at, till, at, till)
        whose = (key, key, till, customer, refund_of, note)
        self.made.orders.append((*whose, total, net, self.day, self.shifts, *who))
        self._entry(customer, "debt", total, order=refund_of or key, source=key if refund_of else None)
        return key

    def pay(
        self,
        customer: int,
        order: int,
        tender: str,
        minor: int,
        *,
        tendered: int = 0,
        about: str = "",
        of: int = 0,
    ) -> int:
        """Money for an order, or (below zero) out for the sale `of` that it refunds."""
        self.payments = key = self.payments + 1
        told = (customer, tender, minor, tendered or minor, about, self.day, self.at)
        self.made.payments.append((key, key, self.shifts, order, *told))
        self._entry(customer, "debt", -minor, order=of or order, source=order if of else None, payment=key)
        if tender == "cash":
            self.cash += minor
        return key

    def hold(self, customer: int, minor: int, ticket: int, source: int, payment: int | None = None) -> None:
        """What the shop holds for a ticket grows by so much, or (below zero) less."""
        self._entry(customer, "deposit", -minor, source=source, payment=payment, ticket=ticket)

    def card(self, customer: int, order: int, minor: int) -> int:
        """The line before sold a gift card; its number."""
        self.cards += 1
        self.made.cards.append(Card(self.cards, customer, self.at, self.day, order, self.lines, minor))
        return self.cards

    def use(self, number: int, order: int, payment: int, minor: int) -> None:
        """A payment came off a gift card."""
        self.made.uses.append(CardUse(number, self.at, self.day, order, payment, minor))

    def _entry(
        self,
        customer: int,
        account: str,
        minor: int,
        *,
        order: int | None = None,
        source: int | None = None,
        payment: int | None = None,
        ticket: int | None = None,
    ) -> None:
        self.entries += 1
        bound = (order, source, payment, ticket)
        self.made.entries.append((self.entries, customer, account, minor, *bound, self.day, self.at))
