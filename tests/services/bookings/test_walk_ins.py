"""The queue of walk-ins: their turn by the calendar's free times, and the booking that serves them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.bookings.walk_ins import QueueLine, WalkInState
from posapp.domain.shop.businesses import WeekRow
from posapp.services.bookings.walk_ins import AddWalkIn, ServeWalkIn
from posapp.services.customers.customers import FindOrCreate
from posapp.services.desks import Shop
from posapp.storage.base.journal import lines_about
from tests.factories import a_bench, a_booking, a_business, a_customer, a_phone, at, the_clock
from tests.repairs import a_ticket


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def comes(shop: Shop, actor: Actor, **values: object) -> QueueLine:
    if "customer_id" not in values:
        values["customer_id"] = a_customer(shop, actor).id
    return shop.walk_ins.add(actor, AddWalkIn(**values))  # type: ignore[arg-type]


@pytest.fixture
def opened(shop: Shop) -> Shop:
    """The shop at ten past nine."""
    the_clock(shop).advance(timedelta(minutes=70))
    return shop


def waits(shop: Shop, actor: Actor) -> list[int | None]:
    return [line.wait_minutes for line in shop.counter.day(actor).queue]


def test_the_wait_is_what_bookings_and_those_before_leave(opened: Shop, actor: Actor) -> None:
    first = comes(opened, actor)
    assert (first.position, first.wait_minutes, first.starts, first.resource) == (1, 0, at(9, 10), "Counter")
    a_booking(opened, actor, starts=at(10))
    comes(opened, actor)  # 9:40 would reach into the booking at ten: 10:30
    comes(opened, actor, minutes=20)  # fits before the booking
    assert waits(opened, actor) == [0, 80, 30]
    a_bench(opened, actor, "Bench 2")
    assert waits(opened, actor) == [0, 0, 30]


def test_a_slot_that_nobody_came_for_goes_to_the_next(opened: Shop, actor: Actor) -> None:
    late = a_booking(opened, actor, starts=at(9, 15), minutes=480)
    line = comes(opened, actor)
    assert waits(opened, actor) == [485]
    command = ServeWalkIn(walk_in_id=line.walk_in.id, slot_of=late.number)
    assert code_of(lambda: opened.walk_ins.serve(actor, command)) == "slot_taken"
    opened.bookings.set_status(actor, late.number, BookingStatus.NO_SHOW)
    assert waits(opened, actor) == [0]
    served = opened.walk_ins.serve(actor, command)
    assert (served.booking.wall_start, served.booking.status) == (at(9, 15), BookingStatus.ARRIVED)
    assert served.walk_in.booking == served.booking.number
    assert not opened.counter.day(actor).queue


def test_a_queue_goes_on_after_midnight_as_long_as_the_hours_do(shop: Shop, actor: Actor) -> None:
    shop.hours.set_week(actor, None, [WeekRow(None, day, "open", 1080, 1560) for day in range(7)])
    the_clock(shop).set(datetime(2026, 11, 18, 23, 40, tzinfo=UTC))
    a_booking(shop, actor, starts=at(0) + timedelta(days=1), minutes=60)
    comes(shop, actor, minutes=20)
    comes(shop, actor, minutes=60)
    comes(shop, actor, minutes=60)
    assert waits(shop, actor) == [0, 80, None]  # the shop closes at two


def test_a_turn_becomes_a_booking_now_and_that_a_ticket(opened: Shop, actor: Actor) -> None:
    line = comes(opened, actor, note="cracked")
    served = opened.walk_ins.serve(actor, ServeWalkIn(walk_in_id=line.walk_in.id))
    booking = served.booking
    assert (booking.wall_start, booking.minutes, booking.note) == (at(9, 10), 30, "cracked")
    assert served.walk_in.state == WalkInState.SERVED
    assert a_ticket(opened, actor, booking=booking.number).booking == booking.number
    again = ServeWalkIn(walk_in_id=line.walk_in.id)
    assert code_of(lambda: opened.walk_ins.serve(actor, again)) == "walk_in_state"
    assert opened.customers.card(actor, booking.customer_id).facts.visits == 1


def test_a_turn_stands_in_the_history_of_the_booking_and_of_the_queue(opened: Shop, actor: Actor) -> None:
    line = comes(opened, actor)
    booking = opened.walk_ins.serve(actor, ServeWalkIn(walk_in_id=line.walk_in.id)).booking
    with opened.store.look(actor) as uow:
        told = lines_about(uow.connection, actor.business, "booking", booking.id)
        queue = lines_about(uow.connection, actor.business, "walk_in", line.walk_in.id)
    assert [one.action for one in told] == ["booking.made", "booking.status"]
    assert (told[-1].before["status"], told[-1].after["status"]) == ("booked", "arrived")
    assert [one.action for one in queue] == ["walk_in.came", "walk_in.served"]


def test_a_busy_bench_refuses_unless_anyway(opened: Shop, actor: Actor) -> None:
    a_booking(opened, actor, starts=at(9, 15))
    line = comes(opened, actor)
    key = line.walk_in.id
    assert code_of(lambda: opened.walk_ins.serve(actor, ServeWalkIn(walk_in_id=key))) == "taken"
    served = opened.walk_ins.serve(actor, ServeWalkIn(walk_in_id=key, minutes=5))
    assert served.booking.minutes == 5
    other = comes(opened, actor)
    served = opened.walk_ins.serve(actor, ServeWalkIn(walk_in_id=other.walk_in.id, anyway="quick look"))
    assert served.booking.override_reason == "quick look"


def test_whoever_leaves_can_come_back_to_the_old_place(opened: Shop, actor: Actor) -> None:
    first = comes(opened, actor)
    the_clock(opened).advance(timedelta(minutes=4))
    comes(opened, actor)
    key = first.walk_in.id
    assert opened.walk_ins.left(actor, key, reason="too long").state == WalkInState.LEFT
    assert [one.position for one in opened.counter.day(actor).queue] == [1]
    assert code_of(lambda: opened.walk_ins.left(actor, key)) == "walk_in_state"
    opened.walk_ins.come_back(actor, key)
    assert next(one.walk_in.id for one in opened.counter.day(actor).queue) == key
    first_line, second_line = opened.counter.day(actor).queue
    assert second_line.walk_in.came_at - first_line.walk_in.came_at == timedelta(minutes=4)
    assert code_of(lambda: opened.walk_ins.come_back(actor, key)) == "walk_in_state"


def test_a_phone_at_the_door_finds_or_makes_the_customer_once(opened: Shop, actor: Actor) -> None:
    who = FindOrCreate(phone=a_phone(5), name="New")
    assert str(comes(opened, actor, customer_id=None, who=who).walk_in.pl_id) == "PL1"
    again = AddWalkIn(who=who)
    assert code_of(lambda: opened.walk_ins.add(actor, again)) == "walk_in_waits"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"customer_id": None}, "customer_missing"),
        ({"customer_id": 99}, "customer_unknown"),
        ({"service_id": 99}, "service_unknown"),
        ({"minutes": 4}, "minutes_invalid"),
        ({"note": "x" * 501}, "text_too_long"),
    ],
)
def test_a_wrong_walk_in_is_refused(sqlite_shop: Shop, values: dict[str, object], code: str) -> None:
    actor = sqlite_shop.actor("Till 1")
    assert code_of(lambda: comes(sqlite_shop, actor, **values)) == code


def test_after_hours_no_turn_is_in_sight_and_tomorrow_the_queue_is_empty(shop: Shop, actor: Actor) -> None:
    comes(shop, actor)
    assert waits(shop, actor) == [60]  # an hour before the shop opens
    the_clock(shop).advance(timedelta(hours=9, minutes=45))
    assert waits(shop, actor) == [None]
    the_clock(shop).advance(timedelta(hours=12))
    assert not shop.counter.day(actor).queue


def test_the_queue_of_another_business_is_its_own(opened: Shop, actor: Actor) -> None:
    line = comes(opened, actor)
    other = a_business(opened, name="Next door")
    assert not opened.counter.day(other).queue
    assert code_of(lambda: opened.walk_ins.left(other, line.walk_in.id)) == "walk_in_unknown"
