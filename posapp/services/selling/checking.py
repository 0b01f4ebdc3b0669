"""Looking again at everything in a cart, inside the transaction that completes its sale.

Others may have changed prices, taken the last piece or settled the same ticket since the clerk rang it up, so
everything is held first and compared with what the cart says, in this order: customer, bookings, tickets,
items; then gift cards, the shift, counters.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.base.numbers import Letter, letter_of
from posapp.domain.bookings.bookings import Booking
from posapp.domain.catalogue.taxes import WHOLE
from posapp.domain.customers.customers import Customer
from posapp.domain.repairs.tickets import Ticket
from posapp.domain.selling.amounts import NOTHING_OFF, Discount
from posapp.domain.selling.carts import TEXT_LIMIT, Cart, CartLine, LineKind, Sums
from posapp.services.bookings.agenda import require_booking
from posapp.services.catalogue.stock import held_items, short_of
from posapp.services.customers.customers import require_customer
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.selling.card_moves import hold_cards
from posapp.services.selling.kinds.table import LINES
from posapp.services.selling.order_commands import Sell
from posapp.services.selling.owed import Taxes, booking_lines, refuse_settled, ticket_lines
from posapp.services.selling.pricing import pricing_of
from posapp.services.selling.sales import Sale

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

DISCOUNT_LIMIT = 100_000
"""What anybody takes off alone of whom no role says otherwise, in millionths."""
ROUNDED = 2
"""So much may the rounding of two discounts add to what they take off a line."""


# -- what is held ------------------------------------------------------------------------------------------
def held_sale(uow: "UnitOfWork", command: Sell, customer: Customer | None) -> Sale:
    """The sale with all that it touches kept from other tills until this transaction ends."""
    numbers = sorted({line.number for line in command.cart.lines if line.number})
    if customer is None and numbers:  # work is always somebody's: then the sale is theirs
        customer = require_customer(uow, _owner_of(uow, numbers[0]))
    if customer is not None:
        uow.customers.hold(customer.id)
    hold_work(uow, numbers)
    booked = [number for number in numbers if letter_of(number) is Letter.BOOKING]
    bookings = {number: require_booking(uow, number) for number in booked}
    tickets = {number: require_ticket(uow, number) for number in numbers if number not in bookings}
    found: list[Booking | Ticket] = [*bookings.values(), *tickets.values()]
    for one in found:
        if customer is not None and one.customer_id != customer.id:
            raise DomainError(
                "customer_differs",
                f"{one.number} belongs to {one.pl_id}, not to this customer.",
                field="line",
            )
    kinds = LineKind.ITEM
    items = held_items(uow, [one.item_id for one in command.cart.lines if one.kind is kinds and one.item_id])
    cards = hold_cards(uow, command.tenders, command.cart.lines)
    return Sale(
        uow, command, customer, pricing_of(uow, customer), command.cart, items, tickets, bookings, cards
    )


def hold_work(uow: "UnitOfWork", numbers: Iterable[str]) -> None:
    """Keep bookings and tickets from other tills, in the order in which everybody holds them."""
    for number in sorted(set(numbers)):
        if letter_of(number) is Letter.BOOKING:
            uow.bookings.lock(require_booking(uow, number).id)
        elif letter_of(number) is Letter.TICKET:
            uow.tickets.lock(require_ticket(uow, number).id)


def _owner_of(uow: "UnitOfWork", number: str) -> int:
    if letter_of(number) is Letter.BOOKING:
        return require_booking(uow, number).customer_id
    return require_ticket(uow, number).customer_id


# -- what is looked at again -------------------------------------------------------------------------------
def checked(sale: Sale, taxes: Taxes) -> Cart:
    """The cart with the taxes of today; refuses what is no longer as it was rung up."""
    if not sale.cart.lines:
        raise DomainError("cart_empty", "Add an item first.", field="line")
    lines = tuple(_checked_line(sale, line, taxes) for line in sale.cart.lines)
    _check_stock(sale)
    _check_work(sale, lines, taxes)
    return replace(sale.cart, lines=lines)


def _checked_line(sale: Sale, line: CartLine, taxes: Taxes) -> CartLine:
    text = clean_text(line.text, TEXT_LIMIT, "text")
    if not text:
        raise DomainError("line_text", "Say what each line is for.", field="text")
    line = line if text == line.text else replace(line, text=text)
    line = LINES[line.kind].checked(sale, line)
    if not line.kind.is_revenue and (line.discount != NOTHING_OFF or line.quantity != 1):
        raise DomainError(
            "discount_invalid", "Nothing is taken off a deposit or a gift card.", field="discount"
        )
    if not line.kind.is_revenue:
        return replace(line, tax_id=None)
    fresh = taxes.line(line, line.tax_id)
    if fresh.tax != line.tax and line.tax.parts:
        raise DomainError(
            "line_changed",
            f"The tax of {line.text} is another one today. Look at the sale again.",
            field="line",
        )
    return fresh


def _check_stock(sale: Sale) -> None:
    wanted: dict[int, int] = {}
    for line in sale.cart.lines:
        if line.kind is LineKind.ITEM and line.item_id is not None:
            wanted[line.item_id] = wanted.get(line.item_id, 0) + line.quantity
    for key, pieces in wanted.items():
        item = sale.items[key]
        if item.keeps_stock and pieces > item.free:
            raise short_of(item)


def _check_work(sale: Sale, lines: tuple[CartLine, ...], taxes: Taxes) -> None:
    """Each ticket and booking asks for what is owed at this moment, no more and no less."""
    uow = sale.uow
    places = {(line.number, line.job) for line in lines if line.kind is LineKind.TICKET}
    for number, job in sorted(places):
        ticket = sale.tickets[number]
        owed = sum(_priced(line) for line in ticket_lines(uow, ticket, taxes, job=job))
        asked = sum(
            _priced(line)
            for line in lines
            if (line.kind, line.number, line.job) == (LineKind.TICKET, number, job)
        )
        charged = uow.charges.of_devices(ticket.id)
        last = next(
            (charged[one.id][1] for one in ticket.jobs if one.position == job and one.id in charged), ""
        )
        _compare(sale, number, owed, asked, last)
    for line in lines:
        if line.kind is LineKind.BOOKING:
            booking = sale.bookings[line.number]
            owed = sum(_priced(one) for one in booking_lines(uow, booking, taxes))
            _compare(sale, line.number, owed, _priced(line), uow.charges.of_booking(booking.id)[1])


def _priced(line: CartLine) -> int:
    return line.unit_minor * line.quantity


def _compare(sale: Sale, number: str, owed: int, asked: int, last: str) -> None:
    if not owed:
        raise refuse_settled(number, last)
    if asked != owed:
        raise DomainError(
            "line_changed",
            f"{sale.shown(owed)} is owed for {number} now. Look at the sale again.",
            field="line",
        )


def approve(sale: Sale, sums: Sums) -> None:
    """The one place that asks whether somebody may sell at such prices."""
    changed = [line for line in sale.cart.lines if line.is_price_changed]
    if changed:
        sale.uow.actor.require(Permission.PRICE_CHANGE, amount_minor=sum(map(_priced, changed)))
    own = [(line.discount, line.unit_minor * line.quantity) for line in sale.cart.lines]
    touched = [line for line in sale.cart.lines if line.priced.is_discountable]
    whole = (sale.cart.discount, sum(map(_priced, touched)))
    limit = discount_limit_of(sale.uow.actor)
    is_over = any(_is_over(discount, minor, limit) for discount, minor in (*own, whole))
    if is_over or _is_both_over(sale.cart, sums, limit):
        sale.uow.actor.require(Permission.DISCOUNT_OVER_LIMIT, amount_minor=sums.discount_minor)


def discount_limit_of(actor: Actor) -> int:
    """What somebody may take off alone, in millionths."""
    return DISCOUNT_LIMIT if actor.discount_limit is None else actor.discount_limit


def _is_over(discount: Discount, minor: int, limit: int) -> bool:
    """Whether that is more than somebody may take off; what the rounding of a percentage adds is not."""
    return discount.percent > limit or discount.minor * WHOLE > minor * limit


def _is_both_over(cart: Cart, sums: Sums, limit: int) -> bool:
    """Whether a line's own discount and that of the whole take off more together than somebody may."""
    if cart.discount == NOTHING_OFF:
        return False
    both = [one for line, one in zip(cart.lines, sums.lines, strict=True) if line.discount != NOTHING_OFF]
    return any((one.discount_minor - ROUNDED) * WHOLE > one.priced_minor * limit for one in both)
