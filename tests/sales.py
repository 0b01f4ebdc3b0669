"""Sales in one call: goods on the shelf, a cart, a sale that is paid."""

import itertools
from typing import Any

from posapp.domain.base.actor import Actor
from posapp.domain.catalogue.items import Item, ItemKind
from posapp.domain.selling.carts import Cart
from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.catalogue.items import SaveItem
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Sell, Sold

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
