"""Sales in one call: goods on the shelf, a cart, a sale that is paid."""

import itertools
from dataclasses import replace
from typing import Any

from posapp.domain.base.actor import Actor
from posapp.domain.catalogue.items import Item, ItemKind
from posapp.domain.selling.amounts import Discount
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.catalogue.items import SaveItem
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Hold, Pay, Refund, RefundLine, Sell, Sold
from posapp.services.shop.businesses import SaveService
from tests.factories import at
from tests.repairs import a_device, a_ticket

_numbers = itertools.count(1)


def goods(shop: Shop, actor: Actor, price_minor: int = 1250, **values: Any) -> Item:
    """Goods on the shelf, another SKU at each call."""
    usual: dict[str, Any] = {
        "sku": f"GOODS{next(_numbers)}",
        "name": "Silicone case",
        "kind": ItemKind.GOODS,
        "price_minor": price_minor,
        "entered_cost_minor": price_minor // 2,
        "opening": 50,
    }
    return shop.items.save(actor, SaveItem(**{**usual, **values}))


def a_cart(shop: Shop, actor: Actor, *texts: str, customer_id: int | None = None) -> Cart:
    """What a clerk gets who scans or types each of these."""
    cart = Cart()
    for text in texts:
        for line in shop.orders.scanned(actor, text, customer_id).lines:
            cart = cart.with_line(line)
    return cart


def cash(minor: int) -> Tendered:
    """Cash on the table."""
    return Tendered(Tender.CASH, minor)


def card(minor: int, reference: str = "") -> Tendered:
    """A slip of the terminal."""
    return Tendered(Tender.CARD, minor, reference)


def sold(shop: Shop, actor: Actor, *texts: str, **values: Any) -> Sold:
    """A completed sale of what is scanned, paid in exact cash unless tenders are given."""
    cart = values.pop("cart", None) or a_cart(shop, actor, *texts, customer_id=values.get("customer_id"))
    if "tenders" not in values:
        counter = shop.orders.counter(actor, values.get("customer_id"))
        total = cart.sums(counter.rules).total_minor
        values["tenders"] = (cash(total),) if total else ()
    return shop.orders.sell(actor, Sell(cart=cart, **values))


def a_sale(shop: Shop, actor: Actor, *, price_minor: int = 1250, **values: Any) -> Order:
    """One piece of new goods, sold at an open shift (which is opened if need be)."""
    if shop.orders.counter(actor).shift is None:
        shop.shifts.open(actor, 10_000)
    return sold(shop, actor, goods(shop, actor, price_minor).sku, **values).order


def busy_till(shop: Shop, actor: Actor, customer_id: int) -> None:
    """Every kind of sale at the open shift of a till, each paid in another way, refunded, void or waiting."""
    tax = next((one for one in shop.taxes.all(actor) if one.name == "GST"), None)
    item = goods(shop, actor, 2000, tax_id=tax.id if tax else None)
    whose: dict[str, Any] = {"customer_id": customer_id}
    sale = sold(shop, actor, item.sku, item.sku, "3.50 strap", tenders=(cash(20_000),)).order
    back = RefundLine(position=1, quantity=1)
    shop.refunds.refund(actor, Refund(number=sale.number, lines=(back,), reason="too small"))
    shop.refunds.refund(actor, Refund(number=sale.number, amount_minor=100))
    cart = replace(a_cart(shop, actor, item.sku, **whose), discount=Discount(minor=7))
    total = cart.sums(shop.orders.counter(actor, customer_id).rules).total_minor
    sold(shop, actor, cart=cart, tenders=(card(total - 500, "4711"), cash(500)), note="gift", **whose)
    _worked(shop, actor, customer_id, item.sku)
    _on_account(shop, actor, item.sku, **whose)
    _waiting(shop, actor, item.sku, **whose)
    void = sold(shop, actor, item.sku, **whose).order
    shop.refunds.void(actor, void.number, "wrong customer")
    _with_cards(shop, actor, item.sku, **whose)


def _worked(shop: Shop, actor: Actor, customer_id: int, sku: str) -> None:
    """Deposits that are kept; a ticket with more deposit than it costs, whose rest pays goods; a booking."""
    starts = at(17)
    late = MakeBooking(starts=starts, customer_id=customer_id, anyway="late")
    for number in (
        a_ticket(shop, actor, a_device(price_minor=9000), customer_id=customer_id).number,
        shop.bookings.book(actor, late).booking.number,
    ):
        kept = CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=50, number=number)
        sold(shop, actor, cart=Cart((kept,)))
    ticket = a_ticket(shop, actor, a_device(price_minor=3000), customer_id=customer_id)
    deposit = CartLine(kind=LineKind.DEPOSIT, text="Deposit", unit_minor=4000, number=ticket.number)
    sold(shop, actor, cart=Cart((deposit,)), tenders=(card(4000),))
    sold(shop, actor, ticket.number, tenders=())
    credit = Tendered(Tender.CREDIT, 600)
    cart = a_cart(shop, actor, sku, customer_id=customer_id)
    total = cart.sums(shop.orders.counter(actor, customer_id).rules).total_minor
    paid = sold(shop, actor, cart=cart, customer_id=customer_id, tenders=(credit, cash(total - 600))).order
    shop.refunds.refund(actor, Refund(number=paid.number, to=Tender.CREDIT))
    service = shop.businesses.save_service(actor, SaveService(name="Check", minutes=30, price_minor=2500))
    command = MakeBooking(
        starts=starts, customer_id=customer_id, service_id=service.id, anyway="for the counter"
    )
    booking = shop.bookings.book(actor, command).booking
    deposit = replace(deposit, unit_minor=1000, number=booking.number)
    sold(shop, actor, cart=Cart((deposit,)))
    cart = a_cart(shop, actor, booking.number, customer_id=customer_id)
    rest = cart.sums(shop.orders.counter(actor, customer_id).rules).total_minor - 1000
    sold(shop, actor, cart=cart, tenders=(Tendered(Tender.TRANSFER, rest),))


def _on_account(shop: Shop, actor: Actor, sku: str, *, customer_id: int) -> None:
    """Two sales on account: one is paid in part and given back in part, the other by what is the oldest."""
    cart = a_cart(shop, actor, sku, sku, customer_id=customer_id)
    total = cart.sums(shop.orders.counter(actor, customer_id).rules).total_minor
    account = (Tendered(Tender.ACCOUNT, total),)
    first = sold(shop, actor, cart=cart, tenders=account, customer_id=customer_id).order
    sold(shop, actor, cart=cart, tenders=account, customer_id=customer_id)
    shop.orders.pay(actor, Pay(number=first.number, tenders=(Tendered(Tender.CREDIT, 100), card(200))))
    shop.refunds.refund(actor, Refund(number=first.number, lines=(RefundLine(position=1, quantity=1),)))
    shop.orders.pay(actor, Pay(customer_id=customer_id, tenders=(cash(total),)))


def _waiting(shop: Shop, actor: Actor, sku: str, *, customer_id: int) -> None:
    """One sale that waited and was completed, one that was given up, one in hand, one that waits."""
    cart = a_cart(shop, actor, sku, customer_id=customer_id)
    done, gone, open_, _ = (
        shop.orders.hold(actor, Hold(cart=cart, customer_id=customer_id, note="back soon")).reference
        for _ in range(4)
    )
    shop.orders.recall(actor, done)
    sold(shop, actor, cart=cart, held=done)
    shop.orders.drop(actor, gone, "went home")
    shop.orders.recall(actor, open_)


PRINTED_CARD = "6035 7100 1234"
"""What stands on a gift card that was printed elsewhere."""


def by_card(code: str, minor: int) -> Tendered:
    """A gift card on the table."""
    return Tendered(Tender.GIFT_CARD, minor, code=code)


def _with_cards(shop: Shop, actor: Actor, sku: str, *, customer_id: int) -> None:
    """A card that was sold, topped up, used and given back to; another that nobody used."""
    desk, whose = shop.gift_cards, {"customer_id": customer_id}
    cart = Cart((desk.line(actor, 9000), desk.line(actor, 700)))
    sold(shop, actor, cart=cart, codes=((1, PRINTED_CARD),), **whose)
    sold(shop, actor, cart=Cart((desk.line(actor, 1000, PRINTED_CARD),)))
    cart = a_cart(shop, actor, sku)
    total = cart.sums(shop.orders.counter(actor).rules).total_minor
    paid, _ = (
        sold(shop, actor, cart=cart, tenders=(by_card(PRINTED_CARD, total),)).order.number for _ in range(2)
    )
    shop.refunds.refund(actor, Refund(number=paid))
