"""What the front desk shows of a customer and of the day comes from one snapshot and few statements."""

from datetime import UTC, datetime, timedelta

import pytest

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.shop.businesses import WeekRow
from posapp.services.bookings.walk_ins import AddWalkIn
from posapp.services.counter.counter import Tally
from posapp.services.counter.timeline import EventKind
from posapp.services.desks import Shop
from posapp.services.repairs.ticket_states import RepairSettings
from tests.counting import questions
from tests.factories import DAY, TILL, a_booking, a_customer, a_phone, at, the_clock
from tests.kiosk import signed_in
from tests.repairs import a_device, a_ticket, handed_back, moved
from tests.sales import a_sale

MOST_AT_COUNTER, MOST_RECENT = 10, 3


def test_a_customer_stands_at_the_counter_with_what_comes_what_was_and_what_is_here(
    shop: Shop, actor: Actor
) -> None:
    customer = a_customer(shop, actor)
    late = a_booking(shop, actor, customer, starts=at(12))
    soon = a_booking(shop, actor, customer, starts=at(10))
    gone = a_booking(shop, actor, customer, starts=at(11))
    shop.bookings.set_status(actor, gone.number, BookingStatus.CANCELLED, reason="called")
    a_booking(shop, actor, starts=at(14))
    here = a_ticket(shop, actor, a_device(), a_device(), customer_id=customer.id).number
    moved(shop, actor, here, "ready", position=2)
    found = shop.counter.at_counter(actor, customer.id)
    assert found.card == shop.customers.card(actor, customer.id)
    assert [one.number for one in found.coming] == [soon.number, late.number]
    assert found.card.facts.next_booking == soon.number
    assert [(one.card.position, one.waits) for one in found.here] == [(2, True), (1, False)]
    numbers = [one.number for one in found.events]
    assert here in numbers and gone.number in numbers and soon.number not in numbers
    assert found.day == DAY


def test_yesterday_s_bookings_and_those_that_are_done_do_not_come_any_more(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    a_booking(shop, actor, customer, starts=at(10))
    done = a_booking(shop, actor, customer, starts=at(10, day=DAY + timedelta(days=1)))
    kept = a_booking(shop, actor, customer, starts=at(11, day=DAY + timedelta(days=1)))
    the_clock(shop).advance(timedelta(days=1))
    for status in (BookingStatus.ARRIVED, BookingStatus.DONE):
        shop.bookings.set_status(actor, done.number, status)
    found = shop.counter.at_counter(actor, customer.id)
    assert [one.number for one in found.coming] == [kept.number]
    assert found.is_due(found.coming[0])
    shop.bookings.set_status(actor, kept.number, BookingStatus.ARRIVED)
    arrived = shop.counter.at_counter(actor, customer.id)
    assert not arrived.is_due(arrived.coming[0])


@pytest.mark.parametrize(("days", "is_long"), [(9, False), (10, True)])
def test_a_device_waits_long_from_the_day_that_the_shop_s_setting_names(
    shop: Shop, actor: Actor, days: int, is_long: bool
) -> None:
    shop.ticket_states.set_settings(actor, RepairSettings(uncollected_days=10))
    number = moved(shop, actor, a_ticket(shop, actor).number, "ready").number
    the_clock(shop).advance(timedelta(days=days))
    customer = shop.tickets.get(actor, number).customer_id
    [device] = shop.counter.at_counter(actor, customer).here
    assert (device.days, device.waits_long) == (days, is_long)
    [waiting] = shop.counter.day(actor).waiting.first
    assert waiting == device
    assert bool(shop.uncollected.list(actor, from_days=10)) == is_long


def test_what_is_read_of_a_customer_takes_few_statements(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    shop.phones.add_phone(actor, customer.id, a_phone())
    shop.customers.add_contact(actor, customer.id, "Jan")
    a_booking(shop, actor, customer)
    a_ticket(shop, actor, customer_id=customer.id)
    found, asked = questions(shop, lambda: shop.counter.at_counter(actor, customer.id))
    assert found.coming and found.events and found.here and found.card.customer.contacts
    assert EventKind.TICKET in {one.kind for one in found.events}
    assert len(asked) <= MOST_AT_COUNTER, "\n".join(asked)


def test_ten_recent_customers_take_few_statements_and_come_in_the_order_asked(
    shop: Shop, actor: Actor
) -> None:
    made = [a_customer(shop, actor, f"Person {number}").id for number in range(10)]
    shop.customers.add_contact(actor, made[3], "Jan")
    keys = [*reversed(made), 999_999, made[0]]
    found, asked = questions(shop, lambda: shop.customers.cards(actor, keys))
    assert [one.id for one in found] == list(reversed(made))
    assert found[6] == shop.customers.card(actor, made[3]).customer
    assert len(asked) <= MOST_RECENT, "\n".join(asked)
    assert shop.customers.cards(actor, []) == []


def test_a_merged_customer_leads_to_the_one_that_is_left(shop: Shop, actor: Actor) -> None:
    kept, gone = a_customer(shop, actor, "Kept"), a_customer(shop, actor, "Gone")
    with shop.store.work(actor) as uow:
        uow.customers.update(gone.id, merged_into=kept.id)
        uow.commit()
    assert (
        shop.counter.at_counter(actor, gone.id).card.customer == shop.customers.card(actor, kept.id).customer
    )
    assert [one.id for one in shop.customers.cards(actor, [gone.id, kept.id])] == [kept.id]


def test_nobody_is_at_the_counter_under_a_key_that_is_gone(shop: Shop, actor: Actor) -> None:
    with pytest.raises(DomainError) as refused:
        shop.counter.at_counter(actor, 999_999)
    assert refused.value.code == "customer_unknown"


def test_the_day_is_what_its_parts_say(shop: Shop, actor: Actor) -> None:
    booked = a_booking(shop, actor, starts=at(10))
    cancelled = a_booking(shop, actor, starts=at(11))
    shop.bookings.set_status(actor, cancelled.number, BookingStatus.CANCELLED, reason="called")
    a_booking(shop, actor, starts=at(10, day=DAY + timedelta(days=1)))
    moved(shop, actor, a_ticket(shop, actor).number, "ready")
    a_ticket(shop, actor)
    line = shop.walk_ins.add(actor, AddWalkIn(customer_id=a_customer(shop, actor).id))
    day = shop.counter.day(actor)
    assert [one.number for one in day.bookings] == [booked.number]
    assert day.agenda == shop.bookings.agenda(actor, DAY, DAY + timedelta(days=5))
    assert day.queue == (line,)
    assert (day.day, day.minutes, day.waiting.count) == (DAY, 30, 1)
    free = shop.bookings.free_times(actor, DAY, 30, limit=64)
    hours = [(one.starts.date(), one.starts.hour) for one in day.free]
    assert len(day.free) == 10 and hours == sorted(set(hours)) and set(day.free) <= set(free)


def test_who_lacks_one_of_the_permissions_sees_nothing_of_it(shop: Shop, actor: Actor) -> None:
    everything = frozenset(Permission)
    customer = a_customer(shop, actor).id
    for lacking in (Permission.CUSTOMER_READ, Permission.BOOKING_READ, Permission.TICKET_READ):
        clerk = Actor(actor.business, "Till 1", "Ann", everything - {lacking})
        with pytest.raises(DomainError) as refused:
            shop.counter.at_counter(clerk, customer)
        assert refused.value.facts["permission"] is lacking


def test_the_tally_of_a_day_counts_its_bookings_by_how_they_stand(shop: Shop, actor: Actor) -> None:
    made = [a_booking(shop, actor, starts=at(hour)) for hour in range(9, 15)]
    for number, status in enumerate((BookingStatus.NO_SHOW, BookingStatus.ARRIVED, BookingStatus.IN_SERVICE)):
        shop.bookings.set_status(actor, made[number].number, status)
    shop.bookings.set_status(actor, made[3].number, BookingStatus.CANCELLED, reason="called")
    assert shop.counter.day(actor).tally == Tally(all=5, to_come=2, late=0, here=2, done=0, missed=1)
    the_clock(shop).set(at(13, 30).replace(tzinfo=UTC))
    shop.bookings.set_status(actor, made[2].number, BookingStatus.DONE)
    assert shop.counter.day(actor).tally == Tally(all=5, to_come=2, late=1, here=1, done=1, missed=1)


def test_the_queue_gets_the_time_of_a_booking_that_nobody_came_for_while_it_runs(
    shop: Shop, actor: Actor
) -> None:
    missed = a_booking(shop, actor, starts=at(10), minutes=60)
    the_clock(shop).set(at(10, 15).replace(tzinfo=UTC))
    assert shop.counter.day(actor).free_slot == ""
    shop.bookings.set_status(actor, missed.number, BookingStatus.NO_SHOW)
    assert shop.counter.day(actor).free_slot == missed.number
    a_booking(shop, actor, starts=at(10, 30))
    the_clock(shop).set(at(10, 45).replace(tzinfo=UTC))
    assert shop.counter.day(actor).free_slot == ""
    the_clock(shop).set(at(11, 5).replace(tzinfo=UTC))
    assert shop.counter.day(actor).free_slot == ""


def test_the_longest_wait_is_told_once_it_is_long(shop: Shop, actor: Actor) -> None:
    moved(shop, actor, a_ticket(shop, actor).number, "ready")
    the_clock(shop).advance(timedelta(days=6))
    assert shop.counter.day(actor).longest_wait == 0
    the_clock(shop).advance(timedelta(days=2))
    assert shop.counter.day(actor).longest_wait == 8


def test_the_next_booking_is_the_one_of_the_list_that_is_still_due(shop: Shop, actor: Actor) -> None:
    customer = a_customer(shop, actor)
    came, late, soon = (a_booking(shop, actor, customer, starts=at(hour)) for hour in (9, 10, 12))
    shop.bookings.set_status(actor, came.number, BookingStatus.ARRIVED)
    the_clock(shop).advance(timedelta(hours=3))  # the second one is late, not missed
    found = shop.counter.at_counter(actor, customer.id)
    me = shop.own.me(signed_in(shop, actor, customer))
    assert [one.number for one in found.coming] == [came.number, late.number, soon.number]
    assert found.next_booking is not None and me.next_booking is not None
    assert found.next_booking.number == found.card.facts.next_booking == me.next_booking.number == late.number
    assert found.card.facts.next_booking_at == late.starts
    assert found.card == shop.customers.card(actor, customer.id)


def test_a_visit_is_a_day_on_which_the_customer_was_here_whatever_for(shop: Shop, actor: Actor) -> None:
    booked, brought, bought, nobody = (a_customer(shop, actor) for _ in range(4))
    shop.shifts.open(actor, 10_000)
    arrived = a_booking(shop, actor, booked, starts=at(10)).number
    shop.bookings.set_status(actor, arrived, BookingStatus.ARRIVED)
    number = a_ticket(shop, actor, a_device(), customer_id=brought.id).number
    a_sale(shop, actor, customer_id=bought.id)
    a_sale(shop, actor, customer_id=bought.id)
    a_booking(shop, actor, nobody, starts=at(15))
    visits = [shop.customers.card(actor, one.id).facts.visits for one in (booked, brought, bought, nobody)]
    assert visits == [1, 1, 1, 0]
    the_clock(shop).advance(timedelta(days=2))
    moved(shop, actor, number, "ready")
    handed_back(shop, actor, number)
    facts = shop.customers.card(actor, brought.id).facts
    assert (facts.visits, facts.last_visit) == (2, the_clock(shop).now())
    assert shop.customers.card(actor, nobody.id).facts.last_visit is None


def test_a_booking_of_last_night_stands_at_the_counter_until_it_ends(sqlite_shop: Shop) -> None:
    shop, actor = sqlite_shop, sqlite_shop.actor(TILL)
    shop.hours.set_week(actor, None, [WeekRow(None, day, "open", 0, 1440) for day in range(7)])
    booked = a_booking(shop, actor, starts=at(23, 30), minutes=60)
    the_clock(shop).set(datetime(2026, 11, 19, 0, 10, tzinfo=UTC))
    found = shop.counter.at_counter(actor, booked.customer_id)
    assert [found.is_due(one) for one in found.coming] == [True]
    today = shop.counter.day(actor)
    assert ([one.number for one in today.bookings], today.tally.late) == ([booked.number], 1)
    the_clock(shop).set(datetime(2026, 11, 19, 0, 30, tzinfo=UTC))
    assert shop.counter.at_counter(actor, booked.customer_id).coming == ()
