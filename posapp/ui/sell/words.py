"""How the lines of a sale, their discounts and their taxes are written."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.catalogue.taxes import percent_text
from posapp.domain.selling.amounts import NOTHING_OFF, Discount, PriceRules, TaxRow
from posapp.domain.selling.carts import CartLine, LineKind
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.selling.gift_cards import GiftCard

_tr = translator("Sell")


def what_it_is(line: CartLine) -> str:
    """The second line: a code, a number, or what kind of thing it is."""
    kinds = {
        LineKind.ITEM: "",
        LineKind.TEXT: _tr("Free line"),
        LineKind.TICKET: _tr("Repair"),
        LineKind.BOOKING: _tr("Booking"),
        LineKind.DEPOSIT: _tr("Deposit"),
        LineKind.GIFT_CARD: _tr("Gift card"),
    }
    changed = _tr("price changed") if line.is_price_changed else ""
    return " · ".join(filter(None, (line.sku, line.number, kinds[line.kind], changed)))


def discount_words(discount: Discount, wording: Wording) -> str:
    """`10 %` or `€5.00`; a dash for none."""
    if discount == NOTHING_OFF:
        return "–"
    return f"{percent_text(discount.percent)} %" if discount.percent else wording.price(discount.minor)


def spoken_line(line: CartLine, wording: Wording) -> str:
    """A line in one sentence, for screen readers."""
    return f"{line.text}, {what_it_is(line)}, {wording.price(line.unit_minor)}"


def about_card(card: "GiftCard", wording: Wording) -> str:
    """`G1: €50.00 on it, good until 3 May 2027`."""
    words = (
        _tr("{number}: {price} on it, good until {day}")
        if card.expires_on
        else _tr("{number}: {price} on it")
    )
    day = wording.day(card.expires_on) if card.expires_on else ""
    return words.format(number=card.number, price=wording.price(card.balance_minor), day=day)


def tax_words(taxes: Sequence[TaxRow], rules: PriceRules, wording: Wording) -> str:
    """`VAT included, 13.5 % on €139.00 and 23 % on €37.40`."""
    taxes = [row for row in taxes if row.part.rate]
    if not taxes:
        return ""
    names = list(dict.fromkeys(row.part.name for row in taxes))
    percents = [f"{percent_text(row.part.rate)} %" for row in taxes]
    if rules.is_exempt:
        return _tr("{tax}, exempt").format(tax=" + ".join(names))
    head = _tr("{tax} included") if rules.includes_tax else _tr("{tax} added")
    bases = [row.net_minor + (row.tax_minor if rules.includes_tax else 0) for row in taxes]
    parts = [
        _tr("{percent} on {price}").format(percent=percent, price=wording.price(base))
        for percent, base in zip(percents, bases, strict=True)
    ]
    return f"{head.format(tax=' + '.join(names))}, {_and(parts)}"


def _and(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _tr("{some} and {last}").format(some=", ".join(parts[:-1]), last=parts[-1])
