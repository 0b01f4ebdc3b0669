"""Who stands at the counter with a device, and what a half-typed intake still means."""

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.services.base.drafts import mark_of
from posapp.services.counter.intake import DEVICES
from posapp.services.desks import Shop
from tests.counting import questions
from tests.factories import a_booking, a_customer
from tests.repairs import a_device, a_ticket


def test_who_arrives_is_shown_with_the_devices_that_they_brought_before(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    for _ in range(DEVICES + 1):
        a_ticket(shop, actor, a_device(), customer_id=customer.id)
    found = shop.intake.arrived(actor, customer.id)
    assert found.card == shop.customers.card(actor, customer.id)
    assert [one.name for one in found.devices] == ["Samsung Galaxy S22"] * DEVICES
    assert found.booking is None


def test_a_booking_brings_its_customer(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    booking = a_booking(shop, actor, customer)
    found = shop.intake.arrived_with(actor, booking.number)
    assert (found.card.customer.id, found.booking) == (customer.id, booking)
    with pytest.raises(DomainError):
        shop.intake.arrived_with(actor, "B999")


def test_a_draft_means_whom_and_what_it_was_typed_for(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    booking = a_booking(shop, actor, customer)
    a_ticket(shop, actor, a_device(), customer_id=customer.id)
    device = shop.intake.arrived(actor, customer.id).devices[0]
    whose, which = mark_of(customer, customer.pl_id), mark_of(booking, booking.number)
    found, asked = questions(shop, lambda: shop.intake.recall(actor, whose, which, [device.id, None, 999]))
    assert found.arrived == shop.intake.arrived(actor, customer.id)
    assert (found.booking, found.devices) == (booking, {device.id: device})
    assert len(asked) <= 12  # visits are counted from what happened: one question of their own


@pytest.mark.parametrize("mark", ["", "1 PL1 2020-01-01T00:00:00+00:00", "no mark", None])
def test_a_mark_of_another_shop_means_nobody_and_its_devices_nothing(
    shop: Shop, actor: Actor, mark: object
) -> None:
    customer = a_customer(shop, actor)
    a_ticket(shop, actor, a_device(), customer_id=customer.id)
    device = shop.intake.arrived(actor, customer.id).devices[0]
    found = shop.intake.recall(actor, mark, mark, [device.id])
    assert (found.arrived, found.booking, found.devices) == (None, None, {})
