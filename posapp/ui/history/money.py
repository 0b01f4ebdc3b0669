"""Sales, refunds and payments in a clerk's words: how they look, and what stands on them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.selling.orders import OrderState
from posapp.domain.selling.payments import Tender
from posapp.ui.sell.tenders import tender_words
from posapp.ui.widgets.status import StatusLook
from posapp.ui.wording import Wording, translator

if TYPE_CHECKING:
    from posapp.domain.customers.customers import CustomerFacts
    from posapp.domain.selling.orders import Order, OrderLine
    from posapp.services.counter.timeline import Event
    from posapp.services.figures.history import Detail

_tr = translator("HistoryMoney")

_LOOKS = {
    OrderState.PAID: ("check", "success"),
    OrderState.PART_PAID: ("ring-half", "warning"),
    OrderState.ON_ACCOUNT: ("receipt-text", "warning"),
    OrderState.REFUNDED: ("undo-2", "neutral"),
    OrderState.REFUND: ("undo-2", "neutral"),
    OrderState.VOID: ("x", "quiet"),
}
_ICONS = {"deposit": ("banknote", "success"), "giftcard": ("gift", "violet")}


@dataclass(frozen=True, slots=True)
class AmountLine:
    """A row of the detail: what it is, how much, and whether it is a sum."""

    words: str
    amount: str
    is_sum: bool = False
    tone: str = ""


def order_look(state: OrderState) -> StatusLook:
    """The look of how far a sale is paid."""
    words = {
        OrderState.PAID: _tr("Paid"),
        OrderState.PART_PAID: _tr("Part paid"),
        OrderState.ON_ACCOUNT: _tr("On account"),
        OrderState.REFUNDED: _tr("Refunded"),
        OrderState.REFUND: _tr("Refund"),
        OrderState.VOID: _tr("Void"),
    }
    icon, tone = _LOOKS[state]
    return StatusLook(icon, words[state], tone, state is OrderState.VOID)


def icon_of_money(event: "Event") -> tuple[str, str]:
    """The icon of a sale, refund or payment, and its tone."""
    if event.kind == "payment":
        return "banknote", "success" if (event.price_minor or 0) >= 0 else "warning"
    if event.order:
        return "undo-2", "warning"
    return _ICONS.get(event.with_whom, ("shopping-cart", "violet"))


def order_words(event: "Event") -> str:
    """What was sold or given back, in a few words."""
    more = f" +{event.devices - 1}" if event.devices > 1 else ""
    words = f"{event.title}{more}"
    return _tr("Of {sale}: {what}").format(sale=event.order, what=words) if event.order else words


def payment_words(event: "Event") -> str:
    """By which tender, and what for."""
    how = " ".join(filter(None, (tender_words(Tender(event.word)), event.with_whom)))
    if not event.order:
        return _tr("{how}, what was owed").format(how=how)
    return _tr("{how}, {sale}").format(how=how, sale=event.order)


def signed(minor: int, wording: Wording) -> str:
    """What came in with a plus, what went out with a minus."""
    return f"+{wording.price(minor)}" if minor > 0 else wording.price(minor)


def owes_words(facts: "CustomerFacts", wording: Wording) -> str:
    """What a customer owes and what the shop owes; "" where nobody owes anything."""
    parts = []
    if facts.debt_minor > 0:
        parts.append(_tr("Owes {price}").format(price=wording.price(facts.debt_minor)))
    if facts.credit_minor > 0:
        parts.append(_tr("{price} credit").format(price=wording.price(facts.credit_minor)))
    return " · ".join(parts)


# -- what stands on it -------------------------------------------------------------------------------------
def lines_of(detail: "Detail", wording: Wording) -> list[AmountLine]:
    """What stands on a sale or payment, with its sums."""
    if detail.order is not None:
        return [*_sold(detail.order, wording), *_settling(detail, detail.order, wording)]
    if detail.payment is None:
        return []
    paid, price = detail.payment, wording.price
    rows = []
    for one in detail.settled:
        words = _tr("For {sale}").format(sale=one.number) if one.number else _tr("For what was owed before")
        rows.append(AmountLine(words, price(one.amount_minor)))
    if paid.change_minor:
        rows += [
            AmountLine(_tr("Handed over"), price(paid.tendered_minor)),
            AmountLine(_tr("Change"), price(-paid.change_minor)),
        ]
    if paid.rounding_minor:
        rows.append(AmountLine(_tr("Rounding"), price(paid.rounding_minor)))
    title = _tr("Paid back") if paid.amount_minor < 0 else _tr("Paid")
    return [*rows, AmountLine(title, price(paid.amount_minor), is_sum=True)]


def _sold(order: "Order", wording: Wording) -> list[AmountLine]:
    rows = [AmountLine(_line(one), wording.price(one.amounts.gross_minor)) for one in order.lines]
    if order.discount_minor:
        rows.append(AmountLine(_tr("Discount in it"), wording.price(order.discount_minor), tone="text2"))
    title = _tr("Given back") if order.is_refund else _tr("Total")
    return [*rows, AmountLine(title, wording.price(order.total_minor), is_sum=True)]


def _line(line: "OrderLine") -> str:
    words = line.text if line.quantity in (0, 1, -1) else f"{abs(line.quantity)} × {line.text}"
    return f"{line.number} · {words}" if line.number else words


def _settling(detail: "Detail", order: "Order", wording: Wording) -> list[AmountLine]:
    rows = []
    for one in order.payments:
        day = "" if one.day == order.day else wording.day_in_list(one.day)
        words = ", ".join(filter(None, (tender_words(one.tender), one.reference, day, one.number)))
        rows.append(AmountLine(words, wording.price(one.settled_minor)))
    if detail.refunds:
        back = sum(line.refunded.gross_minor for line in order.lines)
        words = _tr("Given back by {numbers}").format(numbers=", ".join(detail.refunds))
        rows.append(AmountLine(words, wording.price(-back)))
    if order.owed_minor > 0:
        owed = wording.price(order.owed_minor)
        rows.append(AmountLine(_tr("Still owed"), owed, is_sum=True, tone="danger"))
    return rows


def notes_of(detail: "Detail") -> list[tuple[str, str]]:
    """What somebody had to say about it."""
    if detail.order is not None:
        order = detail.order
        void = ": ".join(filter(None, (order.voided_by, order.void_reason)))
        notes = (_tr("Refund of"), order.refund_of), (_tr("Void"), void), (_tr("Note"), order.note)
        return [(title, text) for title, text in (*notes, (_tr("No tax"), order.exempt)) if text]
    if detail.payment is None or not detail.payment.reverses:
        return []
    return [(_tr("Takes back"), detail.payment.reverses)]
