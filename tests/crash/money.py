"""Money at several tills at once: each job is done by a program of its own; gives a number or a refusal."""

import random
import time
from typing import Any

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError, PosappError
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.desks import Shop
from posapp.services.selling.order_commands import Hold, Pay, Refund, RefundLine
from posapp.services.selling.shifts import CloseShift
from tests.sales import a_cart, by_card, card, cash, sold

EXPECTED = frozenset(
    {
        "refund_too_much", "settled_already", "credit_short", "stock_short", "held_elsewhere", "held_unknown",
        "nothing_owed", "tender_too_much", "void_late", "void_invalid", "void_refunded", "refund_invalid",
        "shift_missing", "shift_closed", "shift_open", "order_unknown", "drawer_short", "void_paid",
        "line_changed", "customer_missing",
    }
)  # fmt: skip
"""Refusals of somebody who came second: the clerk sees them and goes on."""


def refund_it(shop: Shop, actor: Actor, number: str) -> list[str]:
    """Give back all of a sale; gives the number, or code and sentence."""
    shop.shifts.open(actor, 100_000)
    return _told(lambda: shop.refunds.refund(actor, Refund(number=number)).order.number)


def settle_it(shop: Shop, actor: Actor, number: str) -> list[str]:
    """Take the money for a ticket that was rung up before anybody paid."""
    cart = a_cart(shop, actor, number)
    shop.shifts.open(actor, 0)
    return _told(lambda: sold(shop, actor, cart=cart).order.number)


def settle_less(shop: Shop, actor: Actor, number: str, minor: int) -> list[str]:
    """Take what a deposit leaves of a ticket's price."""
    cart = a_cart(shop, actor, number)
    shop.shifts.open(actor, 0)
    return _told(lambda: sold(shop, actor, cart=cart, tenders=(card(minor),)).order.number)


def spend_credit(shop: Shop, actor: Actor, sku: str, customer_id: int, minor: int) -> list[str]:
    """Pay with what a customer has left."""
    shop.shifts.open(actor, 0)
    tenders = (Tendered(Tender.CREDIT, minor),)
    return _told(lambda: sold(shop, actor, sku, tenders=tenders, customer_id=customer_id).order.number)


def spend_card(shop: Shop, actor: Actor, sku: str, code: str, minor: int) -> list[str]:
    """Pay with what is on a gift card."""
    shop.shifts.open(actor, 0)
    return _told(lambda: sold(shop, actor, sku, tenders=(by_card(code, minor),)).order.number)


def take_the_last(shop: Shop, actor: Actor, sku: str) -> list[str]:
    """Sell the last piece of something."""
    cart = a_cart(shop, actor, sku)
    shop.shifts.open(actor, 0)
    return _told(lambda: sold(shop, actor, cart=cart).order.number)


def complete_held(shop: Shop, actor: Actor, reference: str, sku: str) -> list[str]:
    """Complete a sale that waits."""
    cart = a_cart(shop, actor, sku)
    shop.shifts.open(actor, 0)
    return _told(lambda: sold(shop, actor, cart=cart, held=reference).order.number)


def _told(act: Any) -> list[str]:
    try:
        return [act()]
    except DomainError as refused:
        return [refused.code, refused.sentence]


def any_money(
    shop: Shop, actor: Actor, seconds: float, seed: int, skus: list[str], who: list[int]
) -> dict[str, int]:
    """Everything a till does with money, at random, on few things; gives how often each code came back."""
    chance, end, count = random.Random(seed), time.monotonic() + seconds, dict[str, int]()
    while time.monotonic() < end:
        try:
            code = _one_thing(shop, actor, chance, skus, who)
        except PosappError as error:
            code = error.code
        count[code] = count.get(code, 0) + 1
    return count


def _one_thing(shop: Shop, actor: Actor, chance: random.Random, skus: list[str], who: list[int]) -> str:
    customer, sku, number = chance.choice(who), chance.choice(skus), f"S{chance.randrange(1, 60)}"
    some = [chance.choice(skus) for _ in range(chance.randrange(1, 4))]
    account = Tendered(Tender.ACCOUNT, 500)
    acts = {
        "sell": lambda: sold(shop, actor, *some),
        "sell to": lambda: sold(shop, actor, *some, customer_id=customer),
        "on account": lambda: sold(
            shop, actor, sku, tenders=(cash(_price(shop, actor, sku) - 500), account), customer_id=customer
        ),
        "credit": lambda: sold(
            shop,
            actor,
            sku,
            tenders=(Tendered(Tender.CREDIT, _price(shop, actor, sku)),),
            customer_id=customer,
        ),
        "debt": lambda: shop.orders.pay(actor, Pay(customer_id=customer, tenders=(card(100),))),
        "refund": lambda: shop.refunds.refund(
            actor, Refund(number=number, lines=(RefundLine(position=1, quantity=1),), to=Tender.CARD)
        ),
        "to credit": lambda: shop.refunds.refund(actor, Refund(number=number, to=Tender.CREDIT)),
        "amount": lambda: shop.refunds.refund(actor, Refund(number=number, amount_minor=77)),
        "void": lambda: shop.refunds.void(actor, number, "wrong"),
        "hold": lambda: shop.orders.hold(actor, Hold(cart=a_cart(shop, actor, sku), customer_id=customer)),
        "recall": lambda: _complete_some(shop, actor, chance),
        "open": lambda: shop.shifts.open(actor, 10_000),
        "close": lambda: shop.shifts.close(actor, CloseShift(counted_minor=chance.randrange(20_000))),
        "x": lambda: shop.shifts.x(actor),
    }
    often = [name for name in acts if name != "close"] * 3
    name = chance.choice([*often, "close"])
    acts[name]()
    return name


def _price(shop: Shop, actor: Actor, sku: str) -> int:
    return shop.items.by_code(actor, sku).price_minor


def _complete_some(shop: Shop, actor: Actor, chance: random.Random) -> None:
    waiting = shop.orders.held(actor)
    if waiting:
        one = shop.orders.recall(actor, chance.choice(waiting).reference, anyway=chance.random() < 0.5)
        sold(shop, actor, cart=one.cart, held=one.reference)
