"""What several tills do at once on one database: each job is done by a program of its own."""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from posapp.domain.actor import Actor
from posapp.domain.bookings import BookingStatus
from posapp.domain.clock import FixedClock
from posapp.domain.documents import PaperSize
from posapp.domain.errors import DomainError, PosappError
from posapp.services.bookings import MakeBooking, MoveBooking
from posapp.services.customers import EditCustomer, FindOrCreate
from posapp.services.papers import Output
from posapp.services.shop import Shop
from tests.factories import NOW, a_phone, at
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
