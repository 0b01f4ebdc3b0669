"""The intake desk: who stands at the counter with a device, and what a half-typed intake still means.

Each answer is read in one snapshot. A draft names records by a mark (`mark_of`): in a restored shop the same
key may mean somebody else, and then it is passed over.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import Booking
from posapp.domain.catalogue.items import Item
from posapp.domain.customers.customers import CustomerCard
from posapp.domain.repairs.devices import Device
from posapp.services.base.drafts import key_of, mark_of, number_of
from posapp.services.bookings.agenda import require_booking
from posapp.services.customers.customers import facts_of, require_customer

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

DEVICES, PARTS = 4, 500
"""So many are read: of the devices that a customer brought before, and of the parts for an estimate."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A customer at the counter with the devices that they brought before, the latest first.

    `booking` is the one that they arrived with, if they did.
    """

    card: CustomerCard
    devices: tuple[Device, ...]
    booking: Booking | None = None


@dataclass(frozen=True, slots=True)
class Recalled:
    """What of a draft still is the same here: customer, booking and devices; and the parts of today."""

    arrived: Arrived | None
    booking: Booking | None
    devices: dict[int, Device]
    items: dict[int, Item]


class IntakeDesk:
    """Reads what an intake is about."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def arrived(self, actor: Actor, customer_id: int) -> Arrived:
        """A customer who brings something; one who was merged leads to another."""
        actor.require(Permission.CUSTOMER_READ)
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return arrived_of(uow, customer_id)

    def arrived_with(self, actor: Actor, number: str) -> Arrived:
        """The customer of a booking that arrived."""
        actor.require(Permission.BOOKING_READ)
        actor.require(Permission.CUSTOMER_READ)
        actor.require(Permission.TICKET_READ)
        with self._store.look(actor, snapshot=True) as uow:
            booking = require_booking(uow, number)
            return arrived_of(uow, booking.customer_id, booking)

    def recall(
        self, actor: Actor, customer: object, booking: object, device_ids: Iterable[int | None]
    ) -> Recalled:
        """What the marks and keys of a draft still mean; devices only of the same customer's draft."""
        actor.require(Permission.CUSTOMER_READ)
        actor.require(Permission.BOOKING_READ)
        actor.require(Permission.TICKET_READ)
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            arrived = _same_customer(uow, customer)
            keys = [key for key in device_ids if key is not None and arrived is not None]
            found = [device for key in keys if (device := uow.devices.get(key)) is not None]
            items = uow.items.find("", with_archived=False, limit=PARTS)
            return Recalled(
                arrived,
                _same_booking(uow, booking),
                {one.id: one for one in found},
                {one.id: one for one in items},
            )


def arrived_of(uow: "UnitOfWork", customer_id: int, booking: Booking | None = None) -> Arrived:
    """A customer with the devices that they brought before."""
    customer = require_customer(uow, customer_id)
    card = CustomerCard(customer, facts_of(uow, customer.id))
    return Arrived(card, tuple(uow.devices.of_customer(customer.id, DEVICES)), booking)


def _same_customer(uow: "UnitOfWork", mark: object) -> Arrived | None:
    key = key_of(mark)
    customer = uow.customers.get(key) if key is not None else None
    is_same = customer is not None and mark_of(customer, customer.pl_id) == mark
    return arrived_of(uow, customer.id) if customer is not None and is_same else None


def _same_booking(uow: "UnitOfWork", mark: object) -> Booking | None:
    if key_of(mark) is None:
        return None
    try:
        booking = require_booking(uow, number_of(mark))
    except DomainError:
        return None
    return booking if mark_of(booking, booking.number) == mark else None
