"""Repairs in one call: a ticket at the counter, brought as far as a test needs it."""

import io
import itertools
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from posapp.domain.base.actor import Actor
from posapp.domain.catalogue.items import Item
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.estimates import Estimate
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.repairs.repair_prices import RepairPrice
from posapp.domain.repairs.tickets import Outcome, Ticket
from posapp.services.bookings.walk_ins import AddWalkIn
from posapp.services.catalogue.items import SaveItem
from posapp.services.desks import Shop
from posapp.services.repairs.estimates import ApproveEstimate, AskEstimate, LineAsked
from posapp.services.repairs.loaners import SaveLoaner
from posapp.services.repairs.repair_prices import SavePrice
from posapp.services.repairs.ticket_states import RepairSettings
from posapp.services.repairs.tickets import EditTicket, HandBack, MoveJob, SaveTicket, TakeIn, TakeInDevice
from posapp.services.repairs.uncollected import Dispose
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


def a_signature(*, inked: int = 200) -> bytes:
    """A line drawn on a pad, as a PNG."""
    picture = Image.new("L", (960, 280), "white")
    ImageDraw.Draw(picture).line([(60, 200), (60 + inked, 80), (500, 180)], fill="black", width=5)
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def a_ticket(shop: Shop, actor: Actor, *devices: TakeInDevice, **values: Any) -> Ticket:
    """A ticket for a new customer unless one is given."""
    if not values.keys() & {"customer_id", "who", "booking"}:
        values["customer_id"] = a_customer(shop, actor).id
    command = TakeIn(devices=devices or (a_device(),), **values)
    return shop.tickets.take_in(actor, command).ticket


def changed(shop: Shop, actor: Actor, number: str, **values: Any) -> Ticket:
    """The ticket with another promise, rush or note."""
    return shop.tickets.save(actor, SaveTicket(number=number, ticket=EditTicket(number=number, **values)))


def moved(shop: Shop, actor: Actor, number: str, *states: str, position: int = 1) -> Ticket:
    """The ticket after its device went through some states."""
    for state in states:
        command = MoveJob(number=number, to=state, position=position, reason="for the test")
        shop.tickets.move(actor, command)
    return shop.tickets.get(actor, number)


def handed_back(shop: Shop, actor: Actor, number: str, **values: Any) -> Ticket:
    """The ticket after what is ready was handed back as repaired, paid for or not."""
    usual = {"outcome": Outcome.REPAIRED, "to": "Marta"}
    command = HandBack(number=number, **{**usual, **values})
    return shop.counter.hand_back(actor, command, unpaid="for the test").ticket


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
    name = values.pop("name", "Display S22")
    return shop.items.save(actor, SaveItem(sku=sku, name=name, opening=stock, **values))


def a_price(shop: Shop, actor: Actor, price_minor: int = 12_900, **values: Any) -> RepairPrice:
    """A price of the list: of a cracked screen of the usual phone unless something else is said."""
    usual: dict[str, Any] = {"make": "Samsung", "model": "Galaxy S22", "fault": "Cracked screen"}
    command = SavePrice(**{**usual, "price_minor": price_minor, "minutes": 45, **values})
    return shop.repair_prices.save(actor, command)


def busy_bench(shop: Shop, actor: Actor) -> None:
    """A bench on which everything has happened that can happen: T1 to T4, each in another way."""
    item = an_item(shop, actor, 9)
    loaner = shop.loaners.save(actor, SaveLoaner(name="Loan 1"))
    a_price(shop, actor, item_id=item.id)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    number = a_ticket(shop, actor, a_device(imei=IMEI, passcode="1234", shelf="A1"), a_device()).number
    shop.photos.add(actor, number, picture.getvalue())
    asked(shop, actor, number, 5000, warranty_days=90)
    asked(shop, actor, number, 9000, 100, warranty_days=90)
    approved(shop, actor, number, 12_000)
    asked(shop, actor, number, 8000, warranty_days=30)
    shop.parts.use(actor, shop.parts.reserve(actor, number, item.id, quantity=3).id, quantity=2)
    loan = shop.loaners.out(actor, number, loaner.id)
    moved(shop, actor, number, "ready")
    handed_back(shop, actor, number)
    shop.loaners.back(actor, loan.id)
    story = shop.devices.look(actor, IMEI)
    assert story is not None
    claim = a_device(imei=IMEI, claim_of=story.warranties[0].warranty.id)
    claimed = a_ticket(shop, actor, claim).number
    asked(shop, actor, claimed, 300)
    shop.parts.reserve(actor, claimed, item.id)
    moved(shop, actor, a_ticket(shop, actor).number, "cancelled")
    lost = moved(shop, actor, a_ticket(shop, actor).number, "ready").number
    shop.ticket_states.set_settings(actor, RepairSettings(dispose_days=0))
    shop.uncollected.dispose(actor, Dispose(number=lost, reason="recycled"))
    walk_in = shop.walk_ins.add(actor, AddWalkIn(customer_id=story.owners[0].customer_id)).walk_in
    shop.walk_ins.left(actor, walk_in.id)
