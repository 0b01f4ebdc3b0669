"""The history desk and the journal that tells it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import PosappError
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.old_data.merging import Merge
from posapp.domain.repairs.informing import ContactHow
from posapp.domain.selling.ledger import Settled
from posapp.domain.selling.payments import Tender, Tendered
from posapp.services.customers.customers import EditCustomer
from posapp.services.desks import Shop
from posapp.services.figures.history import MONEY, REPAIRS, Event, EventKind, Part
from posapp.services.repairs.informing import Inform
from posapp.services.selling.order_commands import Hold, Pay, Refund, RefundLine
from posapp.storage.base.journal import lines_about
from posapp.storage.base.verify_journal import read_story
from tests.factories import a_booking, a_customer, a_phone, at, the_clock
from tests.guards import without_guards
from tests.old_data.factories import a_past_record
from tests.repairs import a_device, a_ticket, approved, asked, handed_back, moved
from tests.sales import a_cart, a_sale, busy_till, card, cash, goods, sold


def test_the_timeline_tells_bookings_and_changes_newest_first(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    the_clock(shop).advance(timedelta(minutes=1))
    shop.phones.change_number(actor, marta.id, marta.phones[0].id, a_phone(2))
    booking = a_booking(shop, actor, marta, starts=at(10))
    page = shop.history.page(actor, marta.id)
    assert [event.number or event.title for event in page.events] == [
        booking.number,
        "phone.added",
        "phone.ended",
        "customer.created",
    ]
    assert page.next_mark is None
    counts = shop.history.story(actor, marta.id).counts
    assert (counts.bookings, counts.changes) == (1, 3)


@pytest.mark.parametrize("limit", [1, 2, 3, 50])
def test_pages_together_are_the_whole_timeline_even_where_times_are_equal_or_run_back(
    shop: Shop, actor: Actor, limit: int
) -> None:
    marta = a_customer(shop, actor, "Marta")
    for number in range(5):
        if number % 2:
            the_clock(shop).advance(timedelta(minutes=-3))  # somebody set the clock back
        shop.customers.edit(actor, EditCustomer(customer_id=marta.id, note=f"note {number}"))
        a_booking(shop, actor, marta, starts=at(10 + number), anyway="test")
        a_booking(shop, actor, marta, starts=at(10 + number), anyway="test")
        a_ticket(shop, actor, customer_id=marta.id)
    whole = shop.history.page(actor, marta.id, limit=100).events
    assert len(whole) == 21
    assert [event.at for event in whole] == sorted((event.at for event in whole), reverse=True)
    read: list[Event] = []
    mark = None
    while True:
        page = shop.history.page(actor, marta.id, mark=mark, limit=limit)
        read += page.events
        mark = page.next_mark
        if mark is None:
            break
    assert tuple(read) == whole


def test_the_timeline_can_show_one_kind_only(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta")
    a_booking(shop, actor, marta)
    a_ticket(shop, actor, customer_id=marta.id)
    asked(shop, actor, "T1", 9900)
    shop.informing.informed(actor, Inform(number="T1", how=ContactHow.PHONE, words="May we?"))
    a_sale(shop, actor, customer_id=marta.id)
    a_past_record(shop, actor, marta.id)
    for kind in EventKind:
        events = shop.history.page(actor, marta.id, kinds=frozenset({kind})).events
        assert [event.kind for event in events] == [kind]


def test_a_booking_tells_its_steps(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta")
    booking = a_booking(shop, actor, marta)
    shop.bookings.set_status(actor, booking.number, BookingStatus.CANCELLED, reason="ill")
    [event] = shop.history.page(actor, marta.id, kinds=frozenset({EventKind.BOOKING})).events
    detail = shop.history.detail(actor, marta.id, event)
    assert detail.booking is not None
    assert [step.action for step in detail.steps] == ["booking.made", "booking.status"]
    assert detail.steps[1].after == {"status": "cancelled", "reason": "ill"}
    assert detail.steps[1].who == "Till 1"


def test_a_ticket_stands_at_the_moment_it_was_opened_with_its_devices_and_state(
    shop: Shop, actor: Actor
) -> None:
    marta = a_customer(shop, actor, "Marta")
    the_clock(shop).advance(timedelta(minutes=1))
    devices = (a_device(price_minor=9900), a_device(make="Apple", model="iPad", price_minor=100))
    ticket = a_ticket(shop, actor, *devices, customer_id=marta.id)
    moved(shop, actor, ticket.number, "in_repair")
    event = shop.history.page(actor, marta.id).events[0]
    assert (event.kind, event.number, event.title) == (EventKind.TICKET, ticket.number, "Samsung Galaxy S22")
    assert (event.devices, event.price_minor, event.at) == (2, 10000, ticket.stamps.created_at)
    assert event.state is not None
    assert event.state.code == "in_repair"
    assert shop.history.story(actor, marta.id).counts.repairs == 1


def test_a_ticket_tells_its_steps_and_those_of_its_papers(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta")
    ticket = a_ticket(shop, actor, customer_id=marta.id)
    moved(shop, actor, ticket.number, "ready")
    handed_back(shop, actor, ticket.number)
    [event] = shop.history.page(actor, marta.id, kinds=frozenset({EventKind.TICKET})).events
    detail = shop.history.detail(actor, marta.id, event)
    assert detail.ticket is not None
    assert detail.ticket.number == ticket.number
    actions = [step.action for step in detail.steps if step.subject == "ticket"]
    assert actions == ["ticket.opened", "ticket.state", "ticket.handed_back"]


def test_estimates_and_messages_stand_in_the_timeline(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    a_ticket(shop, actor, customer_id=marta.id)
    a_ticket(shop, actor)  # of somebody else
    clock = the_clock(shop)
    clock.advance(timedelta(hours=1))
    asked(shop, actor, "T1", 9900, 4500)
    asked(shop, actor, "T2", 100)
    clock.advance(timedelta(hours=1))
    approved(shop, actor, "T1")
    told = Inform(number="T1", how=ContactHow.SMS, words="It is ready", answer="Comes at six")
    shop.informing.informed(actor, told)
    events = shop.history.page(actor, marta.id, kinds=REPAIRS).events
    assert [(one.kind.value, one.number, one.word) for one in events] == [
        ("message", "T1", "sms"),
        ("estimate", "T1", "approved"),
        ("ticket", "T1", ""),
    ]
    message, estimate, _ticket = events
    assert (message.title, message.with_whom) == ("It is ready", "informed")
    assert (estimate.version, estimate.price_minor, estimate.with_whom) == (1, 14400, "Marta")
    assert shop.history.story(actor, marta.id).counts.repairs == 3
    found = shop.history.detail(actor, marta.id, message)
    assert found.message is not None
    assert found.message.answer == "Comes at six"
    found = shop.history.detail(actor, marta.id, estimate)
    assert found.estimate is not None
    assert [line.amount_minor for line in found.estimate.lines] == [9900, 4500]
    first = shop.history.page(actor, marta.id, kinds=REPAIRS, limit=1)
    rest = shop.history.page(actor, marta.id, kinds=REPAIRS, mark=first.next_mark)
    assert (*first.events, *rest.events) == events


def test_each_part_of_the_timeline_can_be_asked_for_alone(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    other = a_customer(shop, actor, "Ann")
    a_ticket(shop, actor, customer_id=marta.id)
    asked(shop, actor, "T1", 9900)
    for how in (ContactHow.PHONE, ContactHow.SMS):
        shop.informing.informed(actor, Inform(number="T1", how=how, words=f"by {how}"))
    shop.phones.change_number(actor, marta.id, marta.phones[0].id, a_phone(2))
    shop.merging.merge(actor, Merge(survivor_id=marta.id, loser_id=other.id))

    def told(part: Part) -> list[str]:
        page = shop.history.page(actor, marta.id, part=part)
        return [event.title or event.number for event in page.events if event.kind == part.kind]

    assert told(Part.TICKETS) == ["Samsung Galaxy S22"]
    assert told(Part.ESTIMATES) == ["T1"]
    assert told(Part.CALLS) == ["by phone"]
    assert told(Part.MESSAGES) == ["by sms"]
    assert set(told(Part.NUMBERS)) == {"phone.added", "phone.ended"}
    assert told(Part.MERGES) == ["customers.merged"]


def test_at_the_counter_stands_what_is_here_and_what_is_ready(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta")
    first = a_ticket(shop, actor, a_device(), a_device(), customer_id=marta.id)
    a_ticket(shop, actor, customer_id=marta.id)
    moved(shop, actor, first.number, "ready")
    here = shop.counter.at_counter(actor, marta.id).here
    assert ({one.card.number for one in here}, sum(one.waits for one in here)) == ({"T1", "T2"}, 1)
    handed_back(shop, actor, first.number, positions=(1,))
    here = shop.counter.at_counter(actor, marta.id).here
    assert ({one.card.number for one in here}, sum(one.waits for one in here)) == ({"T1", "T2"}, 0)


def test_a_change_tells_before_and_after_with_personal_values(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta")
    the_clock(shop).advance(timedelta(minutes=1))
    shop.customers.edit(actor, EditCustomer(customer_id=marta.id, name="Marta Nowak", is_flagged=True))
    event = shop.history.page(actor, marta.id).events[0]
    [step] = shop.history.detail(actor, marta.id, event).steps
    assert (step.before, step.after) == (
        {"name": "Marta", "is_flagged": False},
        {"name": "Marta Nowak", "is_flagged": True},
    )


# -- money ----------------------------------------------------------------------------------------------
def told_money(shop: Shop, actor: Actor, customer_id: int) -> list[tuple[str, str, int | None, int | None]]:
    """Number, word, amount and balance after it, the oldest first."""
    events = shop.history.page(actor, customer_id, kinds=MONEY, limit=500).events
    return [(one.number, one.word, one.price_minor, one.owed_after_minor) for one in reversed(events)]


def test_sales_and_payments_stand_in_the_timeline_with_what_was_owed_after_each(
    shop: Shop, actor: Actor
) -> None:
    marta = a_customer(shop, actor)
    a_sale(shop, actor, customer_id=marta.id, price_minor=6400)
    the_clock(shop).advance(timedelta(minutes=1))
    account = (card(1000), Tendered(Tender.ACCOUNT, 2500))
    item = goods(shop, actor, 3500)
    on_account = sold(shop, actor, item.sku, customer_id=marta.id, tenders=account).order
    assert on_account.state == "part paid"
    the_clock(shop).advance(timedelta(minutes=1))
    shop.orders.pay(actor, Pay(customer_id=marta.id, tenders=(cash(500),)))
    assert told_money(shop, actor, marta.id) == [
        ("S1", "paid", 6400, 6400),
        ("P1", "cash", 6400, 0),
        ("S2", "part paid", 3500, 3500),
        ("P2", "card", 1000, 2500),
        ("P3", "cash", 500, 2000),
    ]
    counts = shop.history.story(actor, marta.id).counts
    assert (counts.sales, counts.payments, counts.all) == (2, 3, 6)


def test_a_sale_tells_its_lines_tenders_and_what_gave_it_back(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    sale = a_sale(shop, actor, customer_id=marta.id)
    the_clock(shop).advance(timedelta(minutes=1))
    shop.refunds.refund(actor, Refund(number=sale.number, lines=(RefundLine(position=1),), reason="small"))
    back, gone = [one for one in shop.history.page(actor, marta.id, kinds=MONEY).events if one.devices]
    assert (back.number, back.word, back.order, back.price_minor) == ("S2", "refund", sale.number, -1250)
    assert (gone.number, gone.word, gone.title, gone.devices) == ("S1", "refunded", "Silicone case", 1)
    detail = shop.history.detail(actor, marta.id, gone)
    assert detail.order is not None
    assert (len(detail.order.lines), len(detail.order.payments), detail.refunds) == (1, 1, ("S2",))
    assert [step.action for step in detail.steps] == ["order.completed"]
    assert [step.action for step in shop.history.detail(actor, marta.id, back).steps] == ["order.refunded"]


def test_a_payment_of_debts_tells_what_it_settled(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    account: dict[str, Any] = {"customer_id": marta.id, "tenders": (Tendered(Tender.ACCOUNT, 1250),)}
    first, second = (a_sale(shop, actor, **account) for _ in range(2))
    the_clock(shop).advance(timedelta(minutes=1))
    shop.orders.pay(actor, Pay(customer_id=marta.id, tenders=(cash(2000),)))
    event = shop.history.page(actor, marta.id).events[0]
    assert (event.kind, event.order, event.owed_after_minor) == (EventKind.PAYMENT, "", 500)
    detail = shop.history.detail(actor, marta.id, event)
    assert detail.payment is not None
    assert detail.settled == (Settled(first.number, 1250), Settled(second.number, 750))


def test_a_sale_that_waited_stands_where_it_was_completed_and_one_that_waits_nowhere(
    shop: Shop, actor: Actor
) -> None:
    marta = a_customer(shop, actor)
    shop.shifts.open(actor, 10_000)
    cart = a_cart(shop, actor, goods(shop, actor).sku, customer_id=marta.id)
    held = shop.orders.hold(actor, Hold(cart=cart, customer_id=marta.id)).reference
    shop.orders.hold(actor, Hold(cart=cart, customer_id=marta.id))
    the_clock(shop).advance(timedelta(hours=2))
    a_booking(shop, actor, marta, starts=at(9), anyway="was late")
    order = sold(shop, actor, cart=cart, held=held, customer_id=marta.id).order
    told = [one.number for one in shop.history.page(actor, marta.id).events if one.number]
    assert told == ["P1", "S1", "B1"]
    assert shop.history.page(actor, marta.id).events[1].at == order.at


def test_a_deposit_is_told_as_one_and_lowers_what_is_owed(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor)
    shop.shifts.open(actor, 10_000)
    busy_till(shop, actor, marta.id)
    whole = shop.history.page(actor, marta.id, limit=500)
    kinds = {one.with_whom for one in whole.events if one.kind is EventKind.ORDER}
    assert {"deposit", "giftcard", "item", "ticket", "booking"} <= kinds
    assert any(one.title == "T1 · Deposit" for one in whole.events)
    balance = shop.ledger.standing(actor, marta.id).balance_minor
    assert whole.events[0].owed_after_minor == balance
    read: list[Event] = []
    mark = None
    for _ in range(200):
        page = shop.history.page(actor, marta.id, mark=mark, limit=3)
        read += page.events
        mark = page.next_mark
        if mark is None:
            break
    assert tuple(read) == whole.events


# -- the journal itself ---------------------------------------------------------------------------------
def test_personal_values_stand_beside_the_chain_and_may_be_emptied(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta Kowalczyk", email="marta@example.com", note="door 4")
    shop.customers.add_contact(actor, marta.id, "Tom Kowalczyk")
    with shop.store.look(actor) as uow:
        bodies = " ".join(uow.connection.execute(text("SELECT body FROM journal")).scalars())
    for value in ("Kowalczyk", "marta@", "door 4", str(marta.phone and marta.phone.key)):
        assert value not in bodies
    with shop.store.work(actor) as uow:
        uow.connection.execute(text("UPDATE journal_personal SET body = '', salt = ''"))
        uow.commit()
    with shop.store.look(actor, snapshot=True) as uow:
        assert read_story(uow.connection).broken == []
        [created, _] = lines_about(uow.connection, actor.business, "customer", marta.id)
    assert str(created.after["name"]).startswith("sha256:")


@pytest.mark.parametrize("change", ["UPDATE journal SET till = 'x'", "DELETE FROM journal"])
def test_the_database_itself_refuses_to_change_the_journal(shop: Shop, actor: Actor, change: str) -> None:
    a_customer(shop, actor)
    with pytest.raises((PosappError, DBAPIError)), shop.store.work(actor) as uow:
        uow.connection.execute(text(change))
        uow.commit()
    with shop.store.look(actor, snapshot=True) as uow:
        assert read_story(uow.connection).broken == []


def test_a_change_behind_the_guards_breaks_the_chain(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor("Till 1")
    for _ in range(3):
        a_customer(sqlite_shop, actor)
    with sqlite_shop.store.work(actor) as uow:
        without_guards(uow.connection)
        uow.connection.execute(text("UPDATE journal SET till = 'x' WHERE id = 2"))
        uow.commit()
    with sqlite_shop.store.look(actor, snapshot=True) as uow:
        assert [(one.business, one.first) for one in read_story(uow.connection).broken] == [(1, 2)]


def test_listeners_hear_what_a_commit_wrote_and_nothing_of_a_failure(shop: Shop, actor: Actor) -> None:
    heard: list[tuple[str, int]] = []
    stop = shop.changes.subscribe(lambda changes: heard.extend((one.subject, one.id) for one in changes))
    booking = a_booking(shop, actor, starts=at(10))
    assert heard == [("customer", booking.customer_id), ("booking", booking.id)]
    heard.clear()
    with pytest.raises(PosappError):
        a_booking(shop, actor, shop.customers.card(actor, booking.customer_id).customer, starts=at(10))
    stop()
    a_booking(shop, actor, shop.customers.card(actor, booking.customer_id).customer, starts=at(11))
    assert heard == []


def test_a_story_is_the_customer_with_the_tallies(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    story = shop.history.story(actor, marta.id)
    assert story.card == shop.customers.card(actor, marta.id)
    assert (story.counts.all, story.counts.changes) == (1, 1)


def test_a_page_ends_where_the_asked_time_begins(shop: Shop, actor: Actor) -> None:
    marta = a_customer(shop, actor, "Marta", phone=a_phone(1))
    whole = shop.history.page(actor, marta.id, limit=100).events
    page = shop.history.page(actor, marta.id, since=whole[0].at, limit=100)
    assert page.events == tuple(event for event in whole if event.at >= whole[0].at)
    assert page.next_mark is None
