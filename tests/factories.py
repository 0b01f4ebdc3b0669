"""A valid object in one call: an open shop in Dublin, its customers and bookings."""

import itertools
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from posapp.bootstrap import open_shop
from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.bookings.bookings import Booking
from posapp.domain.customers.customers import Customer
from posapp.domain.shop.businesses import Resource, ResourceKind
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from posapp.services.shop.businesses import CreateBusiness, SaveResource

TILL = "Till 1"
NOW = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)  # a Wednesday, an hour before the shop opens
DAY = date(2026, 11, 18)
_numbers = itertools.count(500_000)  # clear of the numbers that tests choose


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """A time of the shop's wall clock."""
    return datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - a wall clock


def a_shop(place: str | Path, *, name: str = "Harbour Lane Repairs", **values: str) -> Shop:
    """A new database with one business in it; its clock stands at NOW."""
    shop = open_shop(place, clock=FixedClock(NOW))
    a_business(shop, name=name, **values)
    return shop


def a_business(shop: Shop, *, name: str, **values: str) -> Actor:
    """A further business of an open database, and its actor."""
    settings: dict[str, Any] = {"region": "IE", "currency": "EUR", "time_zone": "Europe/Dublin", **values}
    made = shop.businesses.create(TILL, CreateBusiness(name=name, **settings), by=Actor(0, TILL))
    return Actor(made.id, TILL)


def a_phone(number: int | None = None) -> PhoneNumber:
    """An Irish mobile number, another one at each call unless `number` chooses."""
    digits = 1_000_000 + (next(_numbers) if number is None else number)
    return PhoneNumber.parse(f"+353 85 {digits}", region="IE")  # read alike wherever the shop is


def a_customer(shop: Shop, actor: Actor, name: str = "Marta Kowalczyk", **values: object) -> Customer:
    """A customer, with a phone of its own."""
    phone = values.pop("phone", None) or a_phone()
    command = FindOrCreate(phone=phone, name=name, **values)  # type: ignore[arg-type]
    return shop.customers.find_or_create(actor, command).customer


def a_booking(shop: Shop, actor: Actor, customer: Customer | None = None, **values: object) -> Booking:
    """A booking at the next free time, for a new customer unless one is given."""
    customer = customer or a_customer(shop, actor)
    if "starts" not in values:
        values["starts"] = shop.bookings.free_times(actor, DAY, 30)[0].starts
    command = MakeBooking(customer_id=customer.id, **values)  # type: ignore[arg-type]
    return shop.bookings.book(actor, command).booking


def a_bench(shop: Shop, actor: Actor, name: str = "Bench 2", **values: int) -> Resource:
    """A further bench."""
    return shop.businesses.save_resource(actor, SaveResource(kind=ResourceKind.BENCH, name=name, **values))


def the_clock(shop: Shop) -> FixedClock:
    """The clock of a shop that was opened here."""
    clock = shop.store.clock
    assert isinstance(clock, FixedClock)
    return clock
