"""Customers at the kiosk in one call: the kiosk itself, and somebody who signed in there."""

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.customers.customers import Customer
from posapp.services.counter.kiosk import Arrive
from posapp.services.desks import Shop
from posapp.services.people.sign_in import kiosk_actor
from tests.factories import a_phone


def a_kiosk(actor: Actor, till: str = "Kiosk 1") -> Actor:
    """A kiosk before anybody signs in."""
    return kiosk_actor(actor.business, till)


def signed_in(shop: Shop, actor: Actor, customer: Customer) -> Actor:
    """A customer who got a code from the counter and typed it."""
    assert customer.phone is not None
    code = shop.kiosk.give_code(actor, customer.id)
    return shop.kiosk.sign_in(a_kiosk(actor), customer.phone, code)


def busy_kiosk(shop: Shop, actor: Actor, customer: Customer) -> None:
    """Codes that were used and replaced, a wrong try, and one each who was let in, turned away and waits."""
    kiosk = a_kiosk(actor)
    signed_in(shop, actor, customer)
    shop.kiosk.give_code(actor, customer.id)
    shop.kiosk.give_code(actor, customer.id)
    with pytest.raises(DomainError):
        shop.kiosk.sign_in(kiosk, a_phone(), "00000000")
    for _ in range(3):
        shop.kiosk.arrive(kiosk, Arrive(phone=a_phone(), name="Ines", what="Screen"))
    let_in, turned_away, _ = shop.counter.day(actor).arrivals
    shop.kiosk.nod(actor, let_in.id)
    shop.kiosk.turn_away(actor, turned_away.id)
