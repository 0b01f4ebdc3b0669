"""Past records at the counter: where a customer came from, and old repairs that go on here."""

import threading
from dataclasses import replace

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.services.desks import Shop
from posapp.services.figures.history import Event, EventKind
from posapp.services.repairs.tickets import CardFilter, TakeIn, TakeInDevice
from tests.factories import a_business, a_customer
from tests.old_data.factories import THEN, a_past_record, an_old_id, an_open_old_ticket


def _past(shop: Shop, actor: Actor, customer_id: int) -> tuple[Event, ...]:
    return shop.history.page(actor, customer_id, kinds=frozenset({EventKind.PAST})).events


def test_past_records_stand_in_the_timeline(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    a_past_record(shop, actor, customer.id, kind="order", code="238", status="Refunded", amount_minor=2109)
    key = an_open_old_ticket(shop, actor, customer.id, code="bb1270", status="waiting_parts")
    newer, older = _past(shop, actor, customer.id)
    assert (newer.key, newer.title, newer.word, newer.with_whom) == (key, "bb1270", "waiting_parts", "ticket")
    assert (newer.at, newer.price_minor, newer.by, newer.order) == (THEN, None, "004", "")
    assert (older.title, older.word, older.price_minor) == ("238", "Refunded", 2109)
    counts = shop.history.story(actor, customer.id).counts
    assert (counts.past, counts.all) == (2, 3)
    pages = shop.history.page(actor, customer.id, limit=2)
    rest = shop.history.page(actor, customer.id, mark=pages.next_mark)
    kinds = [one.kind for one in (*pages.events, *rest.events)]
    assert kinds == [EventKind.CHANGE, EventKind.PAST, EventKind.PAST]


def test_an_entry_tells_what_the_old_system_said(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    an_open_old_ticket(shop, actor, customer.id, nested={"a": [1, {"b": "c"}], "none": None})
    [event] = _past(shop, actor, customer.id)
    past = shop.history.detail(actor, customer.id, event).past
    assert past is not None
    assert past.lines[:2] == (("ticket_number", "T-61868"), ("device_type", "phone"))
    assert past.lines[-1] == ("nested a", "1, b c")
    assert past.can_be_taken_in
    other = a_customer(shop, actor)
    with pytest.raises(DomainError, match="another customer"):
        shop.history.detail(actor, other.id, event)


def test_who_may_not_read_sales_is_not_told_what_old_orders_came_to(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    a_past_record(shop, actor, customer.id, kind="order", amount_minor=2109)
    a_past_record(shop, actor, customer.id, kind="booking", amount_minor=500)
    reads = frozenset({Permission.CUSTOMER_READ, Permission.TICKET_READ})
    events = _past(shop, replace(actor, permissions=reads), customer.id)
    assert [one.price_minor for one in events] == [500, None]
    order = events[1]
    told = shop.history.detail(replace(actor, permissions=reads), customer.id, order).past
    assert told is not None and told.amount_minor == 0
    blind = replace(actor, permissions=frozenset({Permission.CUSTOMER_READ}))
    assert not _past(shop, blind, customer.id)
    with pytest.raises(DomainError):
        shop.history.detail(blind, customer.id, order)


def test_an_open_old_ticket_goes_on_as_a_real_one_and_each_leads_to_the_other(
    shop: Shop, actor: Actor
) -> None:
    customer = a_customer(shop, actor)
    key = an_open_old_ticket(shop, actor, customer.id, code="bb1270")
    ticket = shop.past.take_in(actor, key).ticket
    [job] = ticket.jobs
    assert (job.device.name, job.device.kind, job.fault) == ("Galaxy A52", "phone", "Charging port")
    assert ticket.note == "From the old system (004): T-61868, in_progress, 2023-03-01\ntwo\nlines"
    back = shop.past.of_ticket(actor, ticket.number)
    assert back is not None
    assert (back.id, back.ticket, back.can_be_taken_in) == (key, ticket.number, False)
    [event] = _past(shop, actor, customer.id)
    assert event.order == ticket.number
    last = shop.tickets.history(actor, ticket.number)[-1]
    assert (last.action, last.after) == ("ticket.from_old", {"record": "004:tickets:bb1270 (T-61868)"})
    with pytest.raises(DomainError, match=f"goes on as {ticket.number}") as refused:
        shop.past.take_in(actor, key)
    assert refused.value.facts["number"] == ticket.number
    assert len(shop.tickets.cards(actor, CardFilter())) == 1


def test_what_says_too_little_is_completed_by_the_clerk(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    key = an_open_old_ticket(shop, actor, customer.id, device_model="", serial="x", imei="12")
    with pytest.raises(DomainError) as refused:
        shop.past.take_in(actor, key)
    assert refused.value.code == "past_says_too_little"
    old = shop.past.repair(actor, key)
    assert old.arrived.card.customer.id == customer.id
    assert (old.device.fault, old.device.imei) == ("Charging port", "")
    device = replace(old.device, make="Samsung", model="A52", no_serial_reason="Broken")
    command = TakeIn(devices=(device,), customer_id=customer.id, note=old.note)
    assert shop.past.take_in(actor, key, command).ticket.jobs[0].device.name == "Samsung A52"


@pytest.mark.parametrize("kind", ["booking", "ticket"])
def test_what_is_over_or_no_repair_is_not_taken_in(shop: Shop, actor: Actor, kind: str) -> None:
    key = an_open_old_ticket(shop, actor, a_customer(shop, actor).id, kind=kind, status=" Delivered")
    for call in (shop.past.take_in, shop.past.repair):
        with pytest.raises(DomainError) as refused:
            call(actor, key)
        assert refused.value.code == "past_over"


def test_an_old_repair_is_taken_in_for_its_own_customer_only(shop: Shop, actor: Actor) -> None:
    key = an_open_old_ticket(shop, actor, a_customer(shop, actor).id)
    device = TakeInDevice(fault="Glass", make="Nokia", no_serial_reason="None")
    command = TakeIn(devices=(device,), customer_id=a_customer(shop, actor).id)
    with pytest.raises(DomainError) as refused:
        shop.past.take_in(actor, key, command)
    assert refused.value.code == "past_of_other"
    other = a_business(shop, name="Next door")
    with pytest.raises(DomainError) as refused:
        shop.past.take_in(other, key)
    assert refused.value.code == "past_unknown"


def test_two_tills_take_an_old_repair_in_once(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    key = an_open_old_ticket(shop, actor, customer.id)
    answers: list[str] = []
    start = threading.Barrier(2)

    def take() -> None:
        start.wait()
        try:
            answers.append(shop.past.take_in(actor, key).ticket.number)
        except DomainError as error:
            answers.append(error.code)

    tills = [threading.Thread(target=take) for _ in range(2)]
    for till in tills:
        till.start()
    for till in tills:
        till.join()
    assert sorted(answers) == ["T1", "past_taken"]
    assert [one.number for one in shop.history.page(actor, customer.id).events if one.number] == ["T1"]


def test_a_customer_s_old_ids_are_told_with_the_import_that_brought_them(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    an_old_id(shop, actor, customer.id, "HL-00417", system="square")
    [told] = shop.past.ids(actor, customer.id)
    assert (told.whole_id, told.system, told.came_at.day) == ("square:customers:HL-00417", "square", 2)
    with pytest.raises(DomainError):
        shop.past.ids(a_business(shop, name="Next door"), customer.id)


def test_past_records_count_towards_what_was_spent_until_they_go_on_here(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    a_past_record(shop, actor, customer.id, kind="order", amount_minor=2109)
    a_past_record(shop, actor, customer.id, kind="order", amount_minor=500, is_counted=False)
    key = an_open_old_ticket(shop, actor, customer.id, amount_minor=24_984)
    facts = shop.customers.card(actor, customer.id).facts
    assert (facts.spent_minor, facts.visits, facts.bookings) == (27_093, 0, 0)
    shop.past.take_in(actor, key)
    assert shop.customers.card(actor, customer.id).facts.spent_minor == 2109
