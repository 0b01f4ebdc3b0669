"""The barest statements, by which speed is measured, find what the desks answer."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.phone import PhoneNumber
from posapp.services.desks import Shop
from tests.benchmarks import barest
from tests.benchmarks.opening import of_day
from tests.benchmarks.shops import raw
from tests.factories import TILL, a_booking, a_customer, a_phone, at, the_clock
from tests.repairs import a_device, a_ticket, moved


@pytest.fixture
def sqlite_actor(sqlite_shop: Shop) -> Actor:
    return sqlite_shop.actor(TILL)


@pytest.fixture
def bare(sqlite_shop: Shop) -> Iterator[sqlite3.Connection]:
    assert sqlite_shop.store.database.file is not None
    with closing(raw(sqlite_shop.store.database.file)) as connection:
        yield connection


def now_in(shop: Shop) -> datetime:
    """The moment by the shop's wall clock."""
    return the_clock(shop).now().astimezone(ZoneInfo("Europe/Dublin"))


def test_searching(sqlite_shop: Shop, sqlite_actor: Actor, bare: sqlite3.Connection) -> None:
    phones = [a_phone(1), a_phone(2), PhoneNumber.from_key("+353879141873")]
    for name, phone in zip(("Marta Kowalczyk", "Marek Quinn", "Ida Martens"), phones, strict=True):
        a_customer(
            sqlite_shop, sqlite_actor, name, phone=phone, email=f"{name[:4].lower().strip()}@example.com"
        )
    texts = {
        "3 letters": "mar", "two words": "mar kow", "whole name": "Marek Quinn", "PL ID": "PL2",
        "e-mail": "mart@", "phone": phones[1].key, "last 4 digits": phones[2].key[-4:],
        "first digits": phones[0].key[:6],
    }  # fmt: skip
    for kind, text in texts.items():
        found = {row[0] for row in bare.execute(*barest.search(kind, text))}
        hits = sqlite_shop.search.search(sqlite_actor, text).hits
        assert found == {hit.customer_id for hit in hits if hit.why != "leading" or kind == "first digits"}


def test_opening_a_customer_and_the_story(
    sqlite_shop: Shop, sqlite_actor: Actor, bare: sqlite3.Connection
) -> None:
    customer = a_customer(sqlite_shop, sqlite_actor)
    sqlite_shop.customers.add_contact(sqlite_actor, customer.id, "Tom")
    soon, later = (a_booking(sqlite_shop, sqlite_actor, customer, starts=at(hour)) for hour in (10, 12))
    a_ticket(sqlite_shop, sqlite_actor, a_device(), customer_id=customer.id)
    opened = sqlite_shop.counter.at_counter(sqlite_actor, customer.id)
    values = {**of_day(bare, now_in(sqlite_shop)), "customer": customer.id, "limit": 50}
    own, phones, contacts, aliases, coming, story, facts, was_here, here = (
        bare.execute(statement, values).fetchall() for statement in barest.CUSTOMER
    )
    assert (len(own), len(phones), len(contacts), len(aliases)) == (1, 1, 1, 0)
    numbers = [column[0] for column in bare.execute(barest.CUSTOMER[4], values).description]
    assert [row[numbers.index("number")] for row in coming] == [int(one.number[1:]) for one in (soon, later)]
    page = sqlite_shop.history.page(sqlite_actor, customer.id)
    assert {row[:3] for row in story} == {event.mark for event in page.events}
    assert facts[0][0] == opened.card.facts.bookings
    assert len(was_here) == opened.card.facts.visits == 1
    assert [row[0] for row in here] == [one.card.job_id for one in opened.here]


def test_opening_a_ticket(sqlite_shop: Shop, sqlite_actor: Actor, bare: sqlite3.Connection) -> None:
    ticket = a_ticket(sqlite_shop, sqlite_actor, a_device(), a_device())
    whole = sqlite_shop.tickets.whole(sqlite_actor, ticket.number)
    values = {"ticket": ticket.id, "number": int(ticket.number[1:])}
    found = [bare.execute(statement, values).fetchall() for statement in barest.TICKET]
    head, jobs, states, moves = found[:4]
    assert (head[0][0], [row[0] for row in jobs]) == (ticket.id, [job.id for job in ticket.jobs])
    assert [row[0] for row in states] == [state.id for state in whole.states.states]
    assert frozenset(moves) == whole.states.moves
    assert len(found[9]) == len(whole.steps)


def test_opening_the_day(sqlite_shop: Shop, sqlite_actor: Actor, bare: sqlite3.Connection) -> None:
    for hour in (10, 11, 15):
        a_booking(sqlite_shop, sqlite_actor, starts=at(hour))
    number = a_ticket(sqlite_shop, sqlite_actor, a_device()).number
    moved(sqlite_shop, sqlite_actor, number, "ready")
    day = sqlite_shop.counter.day(sqlite_actor)
    found = [
        bare.execute(statement, of_day(bare, now_in(sqlite_shop))).fetchall() for statement in barest.DAY
    ]
    assert [row[0] for row in found[5]] == [one.id for one in day.agenda.bookings]
    assert len(found[6]) == 3
    assert [row[0] for row in found[8]] == [one.card.job_id for one in day.waiting.first]
