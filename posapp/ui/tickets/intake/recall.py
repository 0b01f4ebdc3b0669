"""What a half-typed intake refers to, looked up again: what still is the same is used, the rest is not."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from posapp.domain.base.errors import DomainError
from posapp.services.base.drafts import key_of, mark_of, number_of
from posapp.ui.tickets.estimate.presenter import linked_lines
from posapp.ui.tickets.intake.draft import DeviceDraft

if TYPE_CHECKING:
    from posapp.domain.base.actor import Actor
    from posapp.domain.bookings.bookings import Booking
    from posapp.domain.customers.customers import CustomerCard
    from posapp.domain.repairs.devices import Device
    from posapp.services.desks import Shop

PARTS = 500
_DEVICES = 4


@dataclass(frozen=True, slots=True)
class Arrived:
    """A customer with the devices that they brought before, the latest first."""

    card: "CustomerCard"
    devices: "tuple[Device, ...]"


@dataclass(frozen=True, slots=True)
class Recalled:
    """What a draft refers to and still is the same here; devices with the keys that still hold."""

    arrived: Arrived | None
    booking: "Booking | None"
    devices: tuple[DeviceDraft, ...]


def arrived(shop: "Shop", actor: "Actor", customer_id: int) -> Arrived:
    """A customer; one who was merged leads to another."""
    card = shop.customers.card(actor, customer_id)
    return Arrived(card, tuple(shop.devices.of_customer(actor, card.customer.id, limit=_DEVICES)))


def recalled(shop: "Shop", actor: "Actor", values: Mapping[str, Any]) -> Recalled:
    """On the lane: whoever and whatever the draft names."""
    items = {one.id: one for one in shop.parts.items(actor, limit=PARTS)}
    customer = _same_customer(shop, actor, values.get("customer"))
    devices = []
    for one in map(DeviceDraft.restored, values["devices"]):
        one.lines = linked_lines(one.lines, items)
        if customer is None or not _is_same_device(shop, actor, one):
            one.device_id = one.claim_of = None
        devices.append(one)
    return Recalled(customer, _same_booking(shop, actor, values.get("booking")), tuple(devices))


def _same_customer(shop: "Shop", actor: "Actor", mark: object) -> Arrived | None:
    key = key_of(mark)
    if key is None:
        return None
    with suppress(DomainError):
        found = arrived(shop, actor, key)
        if mark_of(found.card.customer, found.card.customer.pl_id) == mark:
            return found
    return None


def _same_booking(shop: "Shop", actor: "Actor", mark: object) -> "Booking | None":
    if key_of(mark) is None:
        return None
    with suppress(DomainError):
        booking = shop.bookings.get(actor, number_of(mark))
        if mark_of(booking, booking.number) == mark:
            return booking
    return None


def _is_same_device(shop: "Shop", actor: "Actor", draft: DeviceDraft) -> bool:
    if draft.device_id is None:
        return False
    with suppress(DomainError):
        device = shop.devices.story(actor, draft.device_id).device
        return (device.make, device.model, device.mark) == (draft.make, draft.model, draft.mark)
    return False
