"""What several tills do at once on one database: each job is done by a program of its own."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import text

from posapp.domain.base.actor import Actor
from posapp.domain.base.clock import FixedClock
from posapp.domain.base.errors import DomainError, EnvironmentFault, PosappError
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.papers.documents import PaperSize
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.services.bookings.bookings import MakeBooking, MoveBooking
from posapp.services.bookings.walk_ins import AddWalkIn
from posapp.services.customers.customers import EditCustomer, FindOrCreate
from posapp.services.desks import Shop
from posapp.services.papers.papers import Output
from posapp.services.repairs.ticket_commands import TakeIn
from tests.factories import NOW, a_phone, at
from tests.repairs import a_device
from tests.sales import sold
from tests.several_tills import at_once

EXPECTED = frozenset(
    {
        "phone_taken", "phone_own", "phone_ended", "phone_not_former", "changed_elsewhere", "taken",
        "booking_move", "contact_unknown", "job_closed", "customer_unknown", "booking_unknown",
    }
)  # fmt: skip
"""Refusals of somebody who came second: the clerk sees them and goes on."""


def run(place: str, jobs: list[tuple[Callable[..., Any], *tuple[Any, ...]]]) -> list[Any]:
    """Do the jobs, each a function of this module and its arguments, together; what each gave back."""
    return at_once(place, [partial(_done, job, arguments) for job, *arguments in jobs], clock=FixedClock(NOW))


def _done(job: Callable[..., Any], arguments: list[Any], shop: Shop, actor: Actor) -> Any:
    return job(shop, actor, *arguments)


# -- jobs ------------------------------------------------------------------------------------------------
def book_the_same(shop: Shop, actor: Actor, phones: int, seed: int) -> list[list[str]]:
    """Book each of the same new phones once, in an order of one's own; gives [PL ID, booking number]."""
    numbers = list(range(phones))
    random.Random(seed).shuffle(numbers)
    made = []
    for number in numbers:
        who = FindOrCreate(phone=a_phone(number), name=f"Customer {number}")
        booked = shop.bookings.book(actor, MakeBooking(starts=at(10), who=who, person=f"Person {number}"))
        made.append([str(booked.customer.pl_id), booked.booking.number])
    return made


TOO_OFTEN = 10
WAYS = ("customer", "booking", "walk_in", "ticket", "sale", "add_phone", "move_phone", "pass_on", "upkeep")


def meet_every_way(shop: Shop, actor: Actor, phones: int, seed: int) -> dict[str, list[str]]:
    """Bring in each of the same new phones by some way, a different one at each till; gives codes by way.

    Now and then a till cuts every other one off its server, as a restart does; who was told so tries again.
    """
    mine = FindOrCreate(phone=a_phone(900 + seed), name=f"Own {seed}")
    own = _patiently(lambda: shop.customers.find_or_create(actor, mine)).customer.id
    _patiently(lambda: shop.shifts.open(actor, 0))
    told: dict[str, list[str]] = {way: [] for way in WAYS}
    for number in range(phones):
        way = WAYS[(number + seed) % len(WAYS)]
        if number % TOO_OFTEN == seed:
            _patiently(partial(_cut_off_others, shop))
        told[way].append(_patiently(partial(_come_in, shop, actor, way, a_phone(number), own, number)))
    return told


def _patiently(act: Callable[[], Any]) -> Any:
    """Try again where the server was gone; a refusal is the answer."""
    while True:  # the test's own time limit ends this
        try:
            return act()
        except EnvironmentFault as fault:
            if fault.code != "database_unreachable":
                return fault.code
        except DomainError as refused:
            return refused.code


def _cut_off_others(shop: Shop) -> None:
    if not shop.store.database.is_sqlite:
        with shop.store.database.connection(writes=False) as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )


def _come_in(shop: Shop, actor: Actor, way: str, phone: PhoneNumber, own: int, number: int) -> str:
    who = FindOrCreate(phone=phone, name=f"Customer {number}")
    match way:
        case "customer":
            shop.customers.find_or_create(actor, who)
        case "booking":
            shop.bookings.book(actor, MakeBooking(starts=at(10), who=who, anyway="they meet"))
        case "walk_in":
            shop.walk_ins.add(actor, AddWalkIn(who=who))
        case "ticket":
            shop.tickets.take_in(actor, TakeIn(devices=(a_device(serial=f"{actor.till} {number}"),), who=who))
        case "sale":
            strap = CartLine(kind=LineKind.TEXT, text="Strap", unit_minor=100)
            sold(shop, actor, cart=Cart((strap,)), who=who)
        case "add_phone":
            shop.phones.add_phone(actor, own, phone)
        case "move_phone":
            shop.phones.move_phone(actor, own, phone)
        case "pass_on":
            shop.phones.pass_on(actor, who)
        case "upkeep":
            shop.upkeep.run(actor)
    return "done"


def take_the_slot(shop: Shop, actor: Actor, phone: int) -> str:
    """Book a time that others want, too; gives the booking or the code of the refusal."""
    try:
        command = MakeBooking(starts=at(10), who=FindOrCreate(phone=a_phone(phone)))
        return shop.bookings.book(actor, command).booking.number
    except DomainError as refused:
        return refused.code


def keep_house(shop: Shop, actor: Actor) -> list[int]:
    """What is due, and due again; gives how many passcodes were wiped and how many left an old queue."""
    done = [shop.upkeep.run(actor) for _ in range(3)]
    return [sum(one.passcodes for one in done), sum(one.walk_ins for one in done)]


def anything(shop: Shop, actor: Actor, seconds: float, seed: int) -> dict[str, int]:
    """Everything a till can do, at random, on few customers; gives how often each code came back."""
    chance, end, count = random.Random(seed), time.monotonic() + seconds, dict[str, int]()
    while time.monotonic() < end:
        try:
            code = _one_thing(shop, actor, chance)
        except PosappError as error:
            code = error.code
        count[code] = count.get(code, 0) + 1
    return count


def _one_thing(shop: Shop, actor: Actor, chance: random.Random) -> str:
    phone = a_phone(chance.randrange(12))
    found = shop.customers.find_or_create(actor, FindOrCreate(phone=phone, name=f"Name {chance.random()}"))
    customer, other = found.customer, a_phone(chance.randrange(12))
    line = chance.choice(customer.current_phones or customer.phones).id
    day = at(9).date() + timedelta(days=chance.randrange(20))
    start = at(9 + chance.randrange(8), chance.choice([0, 15, 30, 45]), day)
    number = f"B{chance.randrange(1, 40)}"
    status = chance.choice(list(BookingStatus))
    acts = {
        "edit": lambda: shop.customers.edit(
            actor, EditCustomer(customer_id=customer.id, name=f"Name {chance.random()}")
        ),
        "contact": lambda: shop.customers.add_contact(actor, customer.id, f"Person {chance.randrange(4)}"),
        "add phone": lambda: shop.phones.add_phone(actor, customer.id, other, make_primary=True),
        "change number": lambda: shop.phones.change_number(actor, customer.id, line, other),
        "move phone": lambda: shop.phones.move_phone(actor, customer.id, other),
        "end phone": lambda: shop.phones.end_phone(actor, customer.id, line),
        "take back": lambda: shop.phones.take_back(actor, customer.id, other),
        "pass on": lambda: shop.phones.pass_on(actor, FindOrCreate(phone=phone)),
        "make primary": lambda: shop.phones.make_primary(actor, customer.id, line),
        "book": lambda: shop.bookings.book(
            actor,
            MakeBooking(
                starts=start,
                customer_id=customer.id,
                person=f"Person {chance.randrange(4)}",
                output=Output(paper=PaperSize.A4, printer="Nowhere"),
            ),
        ),
        "book anyway": lambda: shop.bookings.book(
            actor, MakeBooking(starts=start, who=FindOrCreate(phone=other), anyway="busy")
        ),
        "move": lambda: shop.bookings.move(actor, MoveBooking(number=number, starts=start)),
        "status": lambda: shop.bookings.set_status(actor, number, status, reason="x"),
        "search": lambda: shop.search.search(actor, "name 0"),
        "history": lambda: shop.history.page(actor, customer.id),
    }
    name = chance.choice(list(acts))
    acts[name]()
    return name
