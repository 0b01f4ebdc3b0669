"""Around a wanted time: the nearest free times, and what the same customer has then."""

from datetime import date, time, timedelta

import pytest

from posapp.domain.base.actor import Actor
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.bookings import BookingStatus
from posapp.services.desks import Shop
from tests.factories import DAY, a_bench, a_booking, a_customer, at


def _times(shop: Shop, actor: Actor, wanted: time, who: int | None = None) -> list[str]:
    found = shop.bookings.free_times(actor, DAY, 30, who, wanted=wanted)
    return [f"{one.starts:%H:%M}" for one in found]


def test_free_times_are_near_the_wanted_one_on_both_sides(shop: Shop, actor: Actor) -> None:
    [counter] = shop.businesses.catalogue(actor).resources
    a_booking(shop, actor, starts=at(15), minutes=30, resource_id=counter.id)
    assert _times(shop, actor, time(15)) == ["14:15", "14:30", "15:30", "15:45"]
    assert _times(shop, actor, time(9)) == ["09:00", "09:15", "09:30", "09:45"]


def test_somebody_else_who_has_the_time_is_among_them(shop: Shop, actor: Actor) -> None:
    [counter] = shop.businesses.catalogue(actor).resources
    bench = a_bench(shop, actor)
    a_booking(shop, actor, starts=at(15), minutes=30, resource_id=counter.id)
    found = shop.bookings.free_times(actor, DAY, 30, counter.id, wanted=time(15))
    assert [(one.starts, one.resource.id) for one in found if one.resource.id != counter.id] == [
        (at(15), bench.id)
    ]
    assert len(found) == 4


def test_on_a_full_day_they_are_at_the_same_hour_of_the_next(shop: Shop, actor: Actor) -> None:
    [counter] = shop.businesses.catalogue(actor).resources
    opening = shop.bookings.free_times(actor, DAY, 15, limit=1)[0].starts
    for hours in range(18 - opening.hour):
        a_booking(shop, actor, starts=opening + timedelta(hours=hours), minutes=60, resource_id=counter.id)
    found = shop.bookings.free_times(actor, DAY, 30, wanted=time(15))
    following = DAY + timedelta(days=1)
    assert [one.starts.date() for one in found] == [following] * 4
    assert at(15, day=following) in [one.starts for one in found]


def test_what_a_customer_has_then_and_on_that_day(shop: Shop, actor: Actor) -> None:
    a_bench(shop, actor)
    marta = a_customer(shop, actor)
    ten, four = (a_booking(shop, actor, marta, starts=at(hour), minutes=45) for hour in (10, 16))
    a_booking(shop, actor, marta, starts=at(10, day=date(2026, 11, 20)), minutes=45)

    def told(hour: int, minute: int = 0, **values: object) -> list[tuple[str, bool]]:
        found = shop.bookings.also_booked(actor, marta.id, at(hour, minute), 30, **values)  # type: ignore[arg-type]
        return [(one.booking.number, one.is_then) for one in found]

    assert told(10, 30) == [(ten.number, True), (four.number, False)]
    assert told(15, 45) == [(four.number, True), (ten.number, False)]
    assert told(12) == [(ten.number, False), (four.number, False)]
    assert told(10, 30, but=ten.number) == [(four.number, False)]
    shop.bookings.set_status(actor, ten.number, BookingStatus.CANCELLED, reason="ill")
    assert told(10, 30) == [(four.number, False)]


def test_only_a_customer_who_is_known_has_bookings(shop: Shop, actor: Actor) -> None:
    with pytest.raises(DomainError, match="customer"):
        shop.bookings.also_booked(actor, 999, at(10), 30)
