"""Repairs in one call: a ticket at the counter, brought as far as a test needs it."""

import itertools
from typing import Any

from posapp.domain.actor import Actor
from posapp.domain.devices import DeviceKind
from posapp.domain.estimates import Estimate
from posapp.domain.informing import ContactHow
from posapp.domain.parts import Item
from posapp.domain.tickets import Outcome, Ticket
from posapp.services.estimates import ApproveEstimate, AskEstimate, LineAsked
from posapp.services.parts import SaveItem
from posapp.services.shop import Shop
from posapp.services.tickets import HandBack, MoveJob, TakeIn, TakeInDevice
from tests.factories import a_customer

IMEI = "356938035643809"
_numbers = itertools.count(1)


def a_device(**values: Any) -> TakeInDevice:
    """A phone at the counter, another serial at each call."""
    usual: dict[str, Any] = {
        "kind": DeviceKind.PHONE,
        "make": "Samsung",
        "model": "Galaxy S22",
        "fault": "Cracked screen",
    }
    if not values.keys() & {"serial", "imei", "no_serial_reason", "device_id"}:
        usual["serial"] = f"SN{next(_numbers):06}"
    return TakeInDevice(**{**usual, **values})


def a_ticket(shop: Shop, actor: Actor, *devices: TakeInDevice, **values: Any) -> Ticket:
    """A ticket for a new customer unless one is given."""
    if not values.keys() & {"customer_id", "who", "booking"}:
        values["customer_id"] = a_customer(shop, actor).id
    command = TakeIn(devices=devices or (a_device(),), **values)
    return shop.tickets.take_in(actor, command).ticket


def moved(shop: Shop, actor: Actor, number: str, *states: str, position: int = 1) -> Ticket:
    """The ticket after its device went through some states."""
    for state in states:
        command = MoveJob(number=number, to=state, position=position, reason="for the test")
        shop.tickets.move(actor, command)
    return shop.tickets.get(actor, number)


def handed_back(shop: Shop, actor: Actor, number: str, **values: Any) -> Ticket:
    """The ticket after what is ready was handed back as repaired."""
    usual = {"outcome": Outcome.REPAIRED, "to": "Marta"}
    return shop.tickets.hand_back(actor, HandBack(number=number, **{**usual, **values}))


def asked(shop: Shop, actor: Actor, number: str, *prices: int, **values: Any) -> Estimate:
    """A new version of an estimate, a line a price, for the first device."""
    lines = tuple(LineAsked(text=f"Line {price}", unit_minor=price, **values) for price in prices)
    return shop.estimates.ask(actor, AskEstimate(number=number, lines=lines))


def approved(shop: Shop, actor: Actor, number: str, limit_minor: int | None = None) -> Estimate:
    """The customer's yes by phone."""
    command = ApproveEstimate(number=number, by="Marta", how=ContactHow.PHONE, limit_minor=limit_minor)
    return shop.estimates.approve(actor, command)


def an_item(shop: Shop, actor: Actor, stock: int = 0, sku: str = "DSP-S22", **values: Any) -> Item:
    """An item of the catalogue with some stock."""
    item = shop.parts.save_item(actor, SaveItem(sku=sku, name=values.pop("name", "Display S22"), **values))
    return shop.parts.change_stock(actor, item.id, stock, "delivered") if stock else item
