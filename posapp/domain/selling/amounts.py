"""The arithmetic of a sale: discounts, taxes, what is to pay, change, refunds. Nothing else computes money.

All amounts are whole minor units of one currency and none is below zero; a rate or a percentage is whole
millionths (19 % is 190,000). Halves round away from zero. What comes out of here is stored with the sale and
is what screens, papers and reports show.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import LIMIT, divided
from posapp.domain.catalogue.taxes import UNTAXED, WHOLE, Tax, TaxPart
from posapp.domain.shop.businesses import TaxRounding

MOST_PIECES = 100_000
"""So many of one item are on no receipt."""


@dataclass(frozen=True, slots=True)
class Discount:
    """Taken off a line or a whole sale: an amount, or (in millionths) a percentage."""

    minor: int = 0
    percent: int = 0

    def of(self, minor: int) -> int:
        """What it takes off an amount; `DomainError` discount_invalid where that is more than all of it."""
        taken = self.minor or divided(minor * self.percent, WHOLE)
        is_one = not (self.minor and self.percent) and min(self.minor, self.percent) >= 0
        if not is_one or self.percent > WHOLE or taken > minor:
            raise DomainError(
                "discount_invalid", "A discount takes off at most the whole price.", field="discount"
            )
        return taken


NOTHING_OFF = Discount()


@dataclass(frozen=True, slots=True)
class Priced:
    """A line as it is rung up. Discounts on the whole leave out what is not `is_discountable`.

    What was agreed with a customer (`is_gross`) has its tax in it even where the shop's prices have not.
    """

    quantity: int
    unit_minor: int
    tax: Tax = UNTAXED
    discount: Discount = NOTHING_OFF
    is_discountable: bool = True
    is_gross: bool = False


@dataclass(frozen=True, slots=True)
class LineAmounts:
    """A line as it is stored: net and taxes make gross; `tax_minor` has one for each part of its tax."""

    priced_minor: int
    discount_minor: int
    net_minor: int
    tax_minor: tuple[int, ...]
    gross_minor: int


@dataclass(frozen=True, slots=True)
class PriceRules:
    """How a shop prices, and a customer: with the tax included or without, rounded where, exempt or not."""

    includes_tax: bool = True
    rounding: TaxRounding = TaxRounding.LINE
    is_exempt: bool = False


def spread(total: int, weights: Sequence[int]) -> list[int]:
    """A total shared out in proportion, to the last unit: by largest remainder, ties to the earlier one."""
    whole = sum(weights)
    if not whole:
        if total:
            raise ValueError("nothing to share it among")
        return [0] * len(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares


def amounts_of(
    lines: Sequence[Priced], rules: PriceRules, discount: Discount = NOTHING_OFF
) -> list[LineAmounts]:
    """Every line of a sale with its discounts and taxes.

    A line's own discount comes first; that of the whole is shared out over what is left of the lines that it
    may touch, in the prices as they are rung up. `DomainError` quantity_invalid, price_invalid,
    discount_invalid.
    """
    priced = [_priced(line) for line in lines]
    own = [line.discount.of(minor) for line, minor in zip(lines, priced, strict=True)]
    left = [minor - off for minor, off in zip(priced, own, strict=True)]
    touched = [minor if line.is_discountable else 0 for line, minor in zip(lines, left, strict=True)]
    shares = spread(discount.of(sum(touched)), touched)
    charged = [minor - off for minor, off in zip(left, shares, strict=True)]
    taxes = _taxes(lines, charged, rules)
    found = []
    for number, (line_taxes, charge) in enumerate(zip(taxes, charged, strict=True)):
        tax = sum(line_taxes)
        net = charge - tax if _has_tax(lines[number], rules) else charge
        kept = (0,) * len(line_taxes) if rules.is_exempt else line_taxes
        found.append(LineAmounts(priced[number], own[number] + shares[number], net, kept, net + sum(kept)))
    if sum(one.gross_minor for one in found) >= LIMIT:
        raise DomainError("price_invalid", "The sale is too large. Check the prices.", field="price")
    return found


def _priced(line: Priced) -> int:
    if not 1 <= line.quantity <= MOST_PIECES:
        raise DomainError("quantity_invalid", "Enter how many, as a whole number.", field="quantity")
    if not 0 <= line.unit_minor < LIMIT or line.unit_minor * line.quantity >= LIMIT:
        raise DomainError("price_invalid", "The price is too large. Check the digits.", field="price")
    return line.unit_minor * line.quantity


def _taxes(lines: Sequence[Priced], charged: Sequence[int], rules: PriceRules) -> list[tuple[int, ...]]:
    """The amount of each part of each line's tax."""
    if rules.rounding == TaxRounding.LINE:
        return [
            tuple(_tax(minor, part, line.tax, includes=_has_tax(line, rules)) for part in line.tax.parts)
            for line, minor in zip(lines, charged, strict=True)
        ]
    kinds = [(line.tax, _has_tax(line, rules)) for line in lines]
    shared: dict[tuple[Tax, bool], list[list[int]]] = {}
    for kind in dict.fromkeys(kinds):
        tax, includes = kind
        weights = [minor if one == kind else 0 for one, minor in zip(kinds, charged, strict=True)]
        shared[kind] = [
            spread(_tax(sum(weights), part, tax, includes=includes), weights) for part in tax.parts
        ]
    return [tuple(part[place] for part in shared[kind]) for place, kind in enumerate(kinds)]


def _has_tax(line: Priced, rules: PriceRules) -> bool:
    return rules.includes_tax or line.is_gross


def _tax(minor: int, part: TaxPart, tax: Tax, *, includes: bool) -> int:
    """The tax in an amount that includes it, or on one that does not."""
    return divided(minor * part.rate, WHOLE + tax.rate if includes else WHOLE)


@dataclass(frozen=True, slots=True)
class TaxRow:
    """A row of a tax table: one part of one tax over the whole sale."""

    tax: str
    part: TaxPart
    net_minor: int
    tax_minor: int


def tax_table(lines: Sequence[tuple[Tax, LineAmounts]]) -> list[TaxRow]:
    """The sums of the lines for each tax and part, in the order in which they were rung up."""
    sums: dict[tuple[Tax, int], tuple[int, int]] = {}
    for tax, amounts in lines:
        for place, minor in enumerate(amounts.tax_minor):
            net, so_far = sums.get((tax, place), (0, 0))
            sums[tax, place] = net + amounts.net_minor, so_far + minor
    return [TaxRow(tax.name, tax.parts[place], net, minor) for (tax, place), (net, minor) in sums.items()]


def rounded_cash(minor: int, step: int) -> int:
    """An amount to the coins that there are (`step` 5: five cents, up to 1: none); halves go up."""
    return divided(minor, step) * step if step > 1 else minor


@dataclass(frozen=True, slots=True)
class Settled:
    """How a sale stands once its tenders are on the table.

    `rounding_minor` (below zero where cash rounds down) is what cash rounding adds; it is no revenue. Tenders
    less change less rounding, and what is owed, make the total.
    """

    paid_minor: int
    change_minor: int
    rounding_minor: int
    owed_minor: int


def settle(total_minor: int, others_minor: int, cash_minor: int | None, *, step: int = 0) -> Settled:
    """What is paid, given back and still owed: `others_minor` by all tenders but cash, None for no cash.

    Change is given out of cash only, and only cash is rounded: what the others leave, once cash covers it.
    Cash that covers it before rounding up settles it, too: nobody is asked for a coin above the price.
    `DomainError` tender_too_much.
    """
    if others_minor > total_minor:
        raise DomainError("tender_too_much", "Only cash can be more than what is to pay.", field="amount")
    left = total_minor - others_minor
    if cash_minor is None:
        return Settled(others_minor, 0, 0, left)
    due = rounded_cash(left, step)
    if cash_minor < min(left, due):
        return Settled(others_minor + cash_minor, 0, 0, left - cash_minor)
    kept = min(cash_minor, due)
    return Settled(others_minor + kept, cash_minor - kept, kept - left, 0)


@dataclass(frozen=True, slots=True)
class Refunded:
    """What was, or is to be, given back of one line."""

    units: int = 0
    gross_minor: int = 0
    tax_minor: tuple[int, ...] = ()

    @property
    def net_minor(self) -> int:
        """Without the taxes."""
        return self.gross_minor - sum(self.tax_minor)


def refund_units(line: LineAmounts, quantity: int, before: Refunded, units: int) -> Refunded:
    """Give back so many pieces of a line; all refunds of a line together never give back more than it cost.

    The part of all units so far, less what went back before. `DomainError` refund_too_much.
    """
    so_far = before.units + units
    if units < 1 or so_far > quantity:
        left = quantity - before.units
        raise DomainError("refund_too_much", f"{left} of {quantity} can be given back.", field="quantity")
    gross = max(divided(line.gross_minor * so_far, quantity) - before.gross_minor, 0)
    return _refund(line, before, units, gross)


def refund_amount(lines: Sequence[tuple[LineAmounts, Refunded]], minor: int) -> list[Refunded]:
    """Give back an amount, shared out over what is left of the lines. `DomainError` refund_too_much."""
    left = [line.gross_minor - before.gross_minor for line, before in lines]
    if not 1 <= minor <= sum(left):
        raise DomainError(
            "refund_too_much", "That is more than what is left of this sale.", field="amount", left=sum(left)
        )
    return [
        _refund(line, before, 0, gross)
        for (line, before), gross in zip(lines, spread(minor, left), strict=True)
    ]


def _refund(line: LineAmounts, before: Refunded, units: int, gross: int) -> Refunded:
    """The taxes follow the gross amount, all refunds so far taken together.

    Where rounding lets several parts grow at once they never take more than this refund gives back; what is
    left of them goes back with the next one. Nor is more net given back than there was.
    """
    so_far = before.gross_minor + gross
    earlier = before.tax_minor or (0,) * len(line.tax_minor)
    taxes = [
        divided(tax * so_far, line.gross_minor) - given if line.gross_minor else 0
        for tax, given in zip(line.tax_minor, earlier, strict=True)
    ]
    over = sum(taxes) - gross
    under = gross - sum(taxes) - (line.net_minor - before.net_minor)
    for place in reversed(range(len(taxes))):
        if over > 0:
            less = min(over, max(taxes[place], 0))
            taxes[place], over = taxes[place] - less, over - less
        elif under > 0:
            more = min(under, line.tax_minor[place] - earlier[place] - taxes[place])
            taxes[place], under = taxes[place] + more, under - more
    return Refunded(units, gross, tuple(taxes))
