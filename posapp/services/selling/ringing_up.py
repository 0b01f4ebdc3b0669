"""Ringing up, inside a reading: what a text means in a sale, and what a sale begins with."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.base.numbers import Letter, letter_of, may_be_number, number_of
from posapp.domain.base.phone import InvalidPhone, PhoneNumber
from posapp.domain.base.priced_words import split_price
from posapp.domain.catalogue.items import Item
from posapp.domain.customers.customers import Customer
from posapp.domain.customers.pl_id import PlId
from posapp.domain.selling.carts import TEXT_LIMIT, Cart, CartLine, LineKind
from posapp.services.bookings.agenda import require_booking
from posapp.services.repairs.ticket_steps import require_ticket
from posapp.services.selling.card_moves import find_card, refuse_expired
from posapp.services.selling.checking import discount_limit_of
from posapp.services.selling.finding import require_order
from posapp.services.selling.order_commands import Counter, Offer, Scanned
from posapp.services.selling.owed import Taxes, booking_lines, refuse_settled, storage_lines, ticket_lines
from posapp.services.selling.pricing import Pricing, pricing_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

CHOICES = 12
_BARE_PRICE = re.compile(r"[0-9]{1,6}([.,][0-9]{1,3})?")


def counter_of(uow: "UnitOfWork", customer: Customer | None) -> Counter:
    """What a sale to this customer, or to nobody in particular, begins with."""
    business = uow.businesses.get()
    pricing = pricing_of(uow, customer)
    today = business.day_of(uow.now)
    shift = uow.shifts.open_at(uow.actor.till)
    taxes = Taxes(uow, today)
    plain = Counter(
        pricing.rules,
        business.cash_rounding_minor,
        discount_limit_of(uow.actor),
        shift,
        shift is not None and shift.is_forgotten(today),
        taxes.default.id,
    )
    if customer is None:
        return plain
    standing = uow.ledger.standing(customer.id)
    left = max(pricing.account_limit_minor - max(standing.debt_minor, 0), 0)
    return Counter(
        plain.rules,
        plain.cash_step_minor,
        plain.discount_limit,
        shift,
        plain.is_forgotten,
        plain.default_tax_id,
        customer.id,
        str(customer.pl_id),
        customer.name,
        pricing.exempt,
        pricing.level.name if pricing.level else "",
        standing,
        left,
        _offers(uow, customer, taxes),
    )


def _offers(uow: "UnitOfWork", customer: Customer, taxes: Taxes) -> tuple[Offer, ...]:
    """The tickets of a customer that ask for money, those first whose devices are all done."""
    found = []
    for number in uow.charges.priced_tickets(customer.id):
        ticket = require_ticket(uow, number)
        lines = tuple(ticket_lines(uow, ticket, taxes))
        if lines:
            owed = sum(line.unit_minor * line.quantity for line in lines)
            is_ready = all(job.state.group.order >= 2 for job in ticket.jobs)
            devices = ", ".join(job.device.name for job in ticket.jobs)
            storage = tuple(storage_lines(uow, ticket, ticket.jobs, taxes))
            found.append((not is_ready, Offer(number, devices, owed, lines, storage)))
    return tuple(offer for _, offer in sorted(found, key=lambda one: one[0]))


def meaning_of(uow: "UnitOfWork", text: str, customer: Customer | None) -> Scanned:
    """What a text means: a number of the shop, a code, a customer, a price with words, or words."""
    wanted = clean_name(text)
    if not wanted:
        raise DomainError("text_missing", "Scan or type something.", field="line")
    taxes = Taxes(uow, uow.businesses.get().day_of(uow.now))
    pricing = pricing_of(uow, customer)
    found = _number(uow, wanted, taxes) if may_be_number(wanted) else None
    if found is not None:
        return found
    item = uow.items.by_code(wanted)
    if item is not None:
        return Scanned(lines=(item_line(item, pricing, taxes),))
    card = find_card(uow, wanted)
    if card is not None:
        refuse_expired(uow, card)
        return Scanned(gift_card=card)
    known = _customer(uow, wanted)
    if known is not None:
        return Scanned(customer_id=known)
    priced = _priced(uow, wanted, taxes)
    if priced is not None:
        return Scanned(lines=(priced,))
    items = uow.items.find(wanted, with_archived=False, limit=CHOICES)
    if not items:
        hint = f" For a price, say what it is for: {wanted} strap." if _BARE_PRICE.fullmatch(wanted) else ""
        raise DomainError("item_unknown", f"Nothing is found by “{wanted[:40]}”.{hint}", field="line")
    return Scanned(choices=tuple(item_line(one, pricing, taxes) for one in items))


def item_line(item: Item, pricing: Pricing, taxes: Taxes) -> CartLine:
    """One piece of an item, as it is rung up for a customer."""
    price = pricing.price_of(item)
    line = CartLine(
        kind=LineKind.ITEM,
        text=item.name,
        unit_minor=price,
        listed_minor=price,
        sku=item.sku,
        item_id=item.id,
    )
    return taxes.line(line, item.tax_id)


def _number(uow: "UnitOfWork", wanted: str, taxes: Taxes) -> Scanned | None:
    letter = letter_of(wanted)
    if letter is Letter.TICKET:
        ticket = require_ticket(uow, wanted)
        lines = tuple(ticket_lines(uow, ticket, taxes))
        if not lines:
            charged = uow.charges.of_devices(ticket.id)
            sales = [last for _, last in charged.values()]
            raise refuse_settled(
                ticket.number, max(sales, key=lambda one: number_of(one, Letter.SALE) or 0, default="")
            )
        storage = tuple(storage_lines(uow, ticket, ticket.jobs, taxes))
        return Scanned(lines=lines, customer_id=ticket.customer_id, storage=storage)
    if letter is Letter.BOOKING:
        booking = require_booking(uow, wanted)
        lines = tuple(booking_lines(uow, booking, taxes))
        if not lines:
            raise refuse_settled(booking.number, uow.charges.of_booking(booking.id)[1])
        return Scanned(lines=lines, customer_id=booking.customer_id)
    if letter in (Letter.SALE, Letter.PAYMENT) and not wanted.upper().startswith("PL"):
        return Scanned(order=require_order(uow, wanted).number)
    if letter is Letter.HELD:
        return Scanned(held=wanted.upper())
    return None


def _customer(uow: "UnitOfWork", wanted: str) -> int | None:
    """Whose PL ID, current phone number or former ID it is."""
    try:
        return uow.customers.by_pl(PlId.parse(wanted))
    except DomainError:
        pass
    known = uow.customers.by_alias(wanted)
    if known is not None:
        return known
    try:
        return uow.customers.owner_of(PhoneNumber.parse(wanted, region=uow.businesses.get().region))
    except InvalidPhone:
        return None


def _priced(uow: "UnitOfWork", wanted: str, taxes: Taxes) -> CartLine | None:
    """A price and what it is for, such as `12.50 strap`."""
    business = uow.businesses.get()
    found = split_price(wanted, business.currency, business.locale)
    if found is None:
        return None
    text = clean_text(found[1], TEXT_LIMIT, "text")
    return taxes.line(CartLine(kind=LineKind.TEXT, text=text, unit_minor=found[0].minor), None)


def priced_anew(uow: "UnitOfWork", cart: Cart, customer: Customer | None) -> Cart:
    """The items of a cart at today's prices for this customer, every line with the tax of today."""
    taxes = Taxes(uow, uow.businesses.get().day_of(uow.now))
    lines = (
        _item_anew(uow, line, customer)
        if line.kind is LineKind.ITEM
        else taxes.line(line, line.tax_id)
        if line.kind.is_revenue
        else line
        for line in cart.lines
    )
    return replace(cart, lines=tuple(lines))


def _item_anew(uow: "UnitOfWork", line: CartLine, customer: Customer | None) -> CartLine:
    try:
        found = meaning_of(uow, line.sku, customer).lines if line.sku else ()
    except DomainError:  # no longer sold, or another catalogue: completing says so
        found = ()
    if not found:
        return line
    now = found[0]
    unit = line.unit_minor if line.is_price_changed else now.unit_minor
    return replace(now, quantity=line.quantity, discount=line.discount, unit_minor=unit)
