"""Draws the sales of a demonstration shop: two a customer, each in the shift of its day.

The first settles the repaired device on the day of its hand-back, or sells something where nothing was
repaired; the second sells something later. A sale waits as one whole number until all are known, so that all
of them are put in the order of their time, which is the order of their numbers.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from posapp.domain.catalogue.taxes import Tax, TaxPart
from posapp.domain.selling.amounts import Priced, PriceRules, amounts_of
from posapp.services.care.demo_diary import CLOSES, DAY, OPENS, Days

ORDER = (
    "id", "number", "till", "customer_id", "total_minor", "net_minor", "business_day", "shift_id",
    "completed_at", "completed_by", "created_at", "created_by", "updated_at", "updated_by",
)  # fmt: skip
LINE = (
    "id", "order_id", "position", "kind", "text", "sku", "item_id", "ticket_id", "job_id", "item_kind",
    "unit_minor", "listed_minor", "priced_minor", "net_minor", "gross_minor", "cost_minor",
)  # fmt: skip
TAX = ("line_id", "tax_minor")
PAYMENT = (
    "id", "number", "shift_id", "order_id", "customer_id", "tender", "amount_minor", "tendered_minor",
    "business_day", "created_at",
)  # fmt: skip
ENTRY = ("id", "customer_id", "amount_minor", "order_id", "payment_id", "business_day", "created_at")
SHIFT = ("id", "business_day", "opened_at")
CLOSING = ("number", "closed_at", "expected_minor", "counted_minor", "difference_minor", "id")

VAT = Tax("VAT", (TaxPart("VAT", 230_000),))
FLOAT = 10_000
# SKU, name, price and cost in cents; the shop orders them as it needs them, their stock is not kept.
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
_NOTE = 500
_CARD, _TRANSFER = 30, 62  # of 64: below the first cash, from the second transfer
_BEFORE, _AFTER = 10, 30  # minutes for which the drawer is open before and after


@dataclass(slots=True)
class Portion:
    """Rows of the sales of some days."""

    orders: list[tuple[object, ...]]
    lines: list[tuple[object, ...]]
    taxes: list[tuple[object, ...]]
    payments: list[tuple[object, ...]]
    entries: list[tuple[object, ...]]
    shifts: list[tuple[object, ...]]
    closings: list[tuple[object, ...]]


class Amounts(NamedTuple):
    """What one piece at a price comes to."""

    net_minor: int
    tax_minor: int
    gross_minor: int


class Sales:
    """Collects what is sold, then gives it day by day."""

    def __init__(self, days: Days, customers: int, seed: int, till: str) -> None:
        self._days, self._till = days, till
        self._bits = Random(f"sales {seed}").getrandbits
        self._open = [*days.past, *(day for day in days.around if day < days.now // DAY)]
        self._customers = customers
        # One number a sale: its minute, then its place in the arrays below.
        self._when = array("Q")
        self._who, self._ticket, self._price = array("L"), array("L"), array("L")
        self._text = array("H")
        self._texts: dict[str, int] = {"": 0}
        self._amounts: dict[int, Amounts] = {}
        self.orders = self.lines = self.entries = self.shifts = 0

    def settle(self, minute: int, customer: int, ticket: int, price: int, text: str) -> None:
        """A repaired device is paid for when it is handed back; ticket and job have the same key."""
        self._wait(minute, customer, ticket, price, self._texts.setdefault(text, len(self._texts)))

    def sell(self, customer: int, first: int) -> None:
        """Something is sold to a customer, some day after the first visit (a day of the diary)."""
        bits = self._bits(24)
        days = self._open
        begin = min(first, len(days) - 1)
        day = days[begin + ((len(days) - begin) * (bits & 0xFFF) >> 12)]
        minute = day * DAY + OPENS + (bits >> 12) % (CLOSES - OPENS)
        self._wait(minute, customer, 0, 0, 0)

    def _wait(self, minute: int, customer: int, ticket: int, price: int, text: int) -> None:
        self._when.append(minute << 32 | len(self._who))
        self._who.append(customer)
        self._ticket.append(ticket)
        self._price.append(price)
        self._text.append(text)

    @property
    def waiting(self) -> int:
        """How many sales there will be."""
        return len(self._when)

    def rows(self, items: Sequence[int], portion: int = 20_000) -> Iterator[Portion]:
        """All sales in the order of their time, each day whole; items by their keys."""
        made, day, cash = _empty(), -1, 0
        texts = list(self._texts)
        for packed in sorted(self._when):
            minute, place = packed >> 32, packed & 0xFFFFFFFF
            if minute // DAY != day:
                self._close(made, day, cash)
                if len(made.orders) >= portion:
                    yield made
                    made = _empty()
                day, cash = minute // DAY, FLOAT
                self._begin(made, day)
            cash += self._add(made, minute, place, texts[self._text[place]], items)
        self._close(made, day, cash)
        yield made

    def _begin(self, made: Portion, day: int) -> None:
        self.shifts += 1
        opened = self._days.instant(day * DAY + OPENS - _BEFORE)
        made.shifts.append((self.shifts, self._days.numbers[day], opened))

    def _close(self, made: Portion, day: int, cash: int) -> None:
        """The drawer is counted; now and then it is a little off."""
        if day < 0:
            return
        bits = self._bits(8)
        off = (0, 0, 0, -10, 20, -50, 5, -100)[bits & 7] if bits > 200 else 0
        closed = self._days.instant(day * DAY + CLOSES + _AFTER)
        made.closings.append((self.shifts, closed, cash, cash + off, off, self.shifts))

    def _add(self, made: Portion, minute: int, place: int, text: str, items: Sequence[int]) -> int:
        """One sale with all that follows from it; what it puts into the drawer."""
        self.orders = key = self.orders + 1
        bits, days, customer, ticket = self._bits(24), self._days, self._who[place], self._ticket[place]
        at, day = days.instant(minute), days.numbers[minute // DAY]
        sold = []
        if ticket:
            sold.append(self._repaired(made, key, text, self._price[place], ticket))
        if not ticket or not bits & 7:
            for which in dict.fromkeys((bits >> 3 & 15, bits >> (3 if bits >> 11 & 3 else 7) & 15)):
                sold.append(self._goods(made, key, len(sold) + 1, which, items[which]))
        total, net = sum(one.gross_minor for one in sold), sum(one.net_minor for one in sold)
        shift = self.shifts
        made.orders.append(
            (key, key, self._till, customer, total, net, day, shift, at, self._till, at, self._till, at,
             self._till)
        )  # fmt: skip
        die = bits >> 13 & 63
        tender = "cash" if die < _CARD else "card" if die < _TRANSFER else "transfer"
        tendered = -(-total // _NOTE) * _NOTE if tender == "cash" and die & 1 else total
        made.payments.append((key, key, shift, key, customer, tender, total, tendered, day, at))
        self.entries += 2
        made.entries.append((self.entries - 1, customer, total, key, None, day, at))
        made.entries.append((self.entries, customer, -total, key, key, day, at))
        return total if tender == "cash" else 0

    def _repaired(self, made: Portion, order: int, text: str, price: int, ticket: int) -> Amounts:
        amounts, what = self._of(price), ("ticket", text, "", None, ticket, ticket, "", price, None)
        return self._line(made, (order, 1, *what, price, amounts.net_minor, amounts.gross_minor, 0), amounts)

    def _goods(self, made: Portion, order: int, place: int, which: int, item: int) -> Amounts:
        sku, name, price, cost = GOODS[which]
        amounts, what = self._of(price), ("item", name, sku, item, None, None, "goods", price, price)
        row = (order, place, *what, price, amounts.net_minor, amounts.gross_minor, cost)
        return self._line(made, row, amounts)

    def _line(self, made: Portion, row: tuple[object, ...], amounts: Amounts) -> Amounts:
        self.lines += 1
        made.lines.append((self.lines, *row))
        made.taxes.append((self.lines, amounts.tax_minor))
        return amounts

    def _of(self, price: int) -> Amounts:
        known = self._amounts.get(price)
        if known is None:
            [one] = amounts_of([Priced(1, price, VAT)], PriceRules())
            known = self._amounts[price] = Amounts(one.net_minor, sum(one.tax_minor), one.gross_minor)
        return known


def _empty() -> Portion:
    return Portion([], [], [], [], [], [], [])
