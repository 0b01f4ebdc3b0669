"""What is left out for somebody who may not read sales, bookings or tickets: nothing of it, never a zero."""

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.customers.customers import Customer
from posapp.services.counter.timeline import MONEY, EventKind
from posapp.services.desks import Shop
from posapp.services.figures.history import HistoryDesk
from tests.factories import DAY, a_booking, a_customer
from tests.repairs import a_device, a_ticket
from tests.sales import card, goods, sold

P = Permission


@pytest.fixture
def marta(shop: Shop, actor: Actor) -> Customer:
    """Somebody with a booking, a repair, and a sale that is half on account."""
    customer = a_customer(shop, actor)
    shop.shifts.open(actor, 10_000)
    a_booking(shop, actor, customer)
    a_ticket(shop, actor, a_device(serial="SN12345678"), customer_id=customer.id)
    sold(shop, actor, goods(shop, actor, 2000).sku, customer_id=customer.id, tenders=(card(2000),))
    return customer


def without(actor: Actor, *lacks: Permission) -> Actor:
    return Actor(actor.business, actor.till, "Tomasz", frozenset(P) - set(lacks))


def kinds(history: HistoryDesk, actor: Actor, customer: Customer) -> set[EventKind]:
    return {event.kind for event in history.page(actor, customer.id).events}


def test_sales_payments_and_balances_are_for_those_who_may_read_sales(
    shop: Shop, actor: Actor, marta: Customer
) -> None:
    clerk = without(actor, P.ORDER_READ)
    assert kinds(shop.history, actor, marta) >= MONEY
    assert not kinds(shop.history, clerk, marta) & MONEY
    told = shop.history.page(clerk, marta.id).events
    assert {event.owed_after_minor for event in told} == {None}
    asked = shop.history.page(clerk, marta.id, kinds=MONEY)
    assert (asked.events, asked.next_mark) == ((), None)
    for one in (shop.history.story(clerk, marta.id).card, shop.customers.card(clerk, marta.id)):
        assert (one.facts.tells_money, one.facts.spent_minor) == (False, 0)
    counts = shop.history.story(clerk, marta.id).counts
    assert (counts.tells_money, counts.sales, counts.payments) == (False, 0, 0)
    at_counter = shop.counter.at_counter(clerk, marta.id)
    assert not at_counter.card.facts.tells_money
    assert EventKind.ORDER not in {event.kind for event in at_counter.events}
    assert not shop.intake.arrived(clerk, marta.id).card.facts.tells_money
    for call in (
        lambda: shop.ledger.standing(clerk, marta.id),
        lambda: shop.ledger.statement(clerk, marta.id, None, DAY),
    ):
        with pytest.raises(DomainError) as refused:
            call()
        assert refused.value.facts["permission"] is P.ORDER_READ


def test_who_may_read_sales_is_told_of_money(shop: Shop, actor: Actor, marta: Customer) -> None:
    facts = shop.customers.card(actor, marta.id).facts
    assert (facts.tells_money, facts.spent_minor) == (True, 2000)


@pytest.mark.parametrize(
    ("kind", "permission"),
    [
        (EventKind.ORDER, P.ORDER_READ),
        (EventKind.PAYMENT, P.ORDER_READ),
        (EventKind.TICKET, P.TICKET_READ),
        (EventKind.BOOKING, P.BOOKING_READ),
    ],
)
def test_an_entry_is_opened_by_those_who_may_read_its_record(
    shop: Shop, actor: Actor, marta: Customer, kind: EventKind, permission: Permission
) -> None:
    event = next(one for one in shop.history.page(actor, marta.id).events if one.kind is kind)
    clerk = without(actor, permission)
    assert kind not in kinds(shop.history, clerk, marta)
    with pytest.raises(DomainError) as refused:
        shop.history.detail(clerk, marta.id, event)
    assert refused.value.facts["permission"] is permission
    assert shop.history.detail(without(actor), marta.id, event).event == event


@pytest.mark.parametrize(
    ("text", "permission"),
    [
        ("B1", P.BOOKING_READ),
        ("T1", P.TICKET_READ),
        ("SN12345678", P.TICKET_READ),
        ("S1", P.ORDER_READ),
        ("P1", P.ORDER_READ),
        ("Z1", P.SHIFT_READ),
    ],
)
def test_search_tells_only_what_may_be_opened(
    shop: Shop, actor: Actor, marta: Customer, text: str, permission: Permission
) -> None:
    from posapp.services.selling.shifts import CloseShift

    shop.shifts.close(actor, CloseShift(counted_minor=10_000))
    assert shop.search.search(without(actor), text).exact is not None
    assert shop.search.search(without(actor, permission), text).hits == ()
