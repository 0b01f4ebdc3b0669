"""The days of an agenda: what stands in a column, and how a day looks at a glance."""

from datetime import timedelta

from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.shop.businesses import WeekRow
from posapp.services.bookings.bookings import MoveBooking
from posapp.services.bookings.days import day_columns, days_ahead, week_columns
from posapp.services.desks import Shop
from posapp.services.shop.businesses import EditBusiness
from tests.factories import DAY, TILL, a_bench, a_booking, at

ZONE = "Europe/Dublin"


def test_a_cancelled_booking_is_shown_until_its_time_is_given_away(
    sqlite_shop: Shop,
) -> None:
    actor = sqlite_shop.actor(TILL)
    gone = a_booking(sqlite_shop, actor, starts=at(10))
    sqlite_shop.bookings.set_status(actor, gone.number, BookingStatus.CANCELLED, reason="Called off")
    [column] = day_columns(sqlite_shop.bookings.agenda(actor, DAY, DAY), ZONE)
    assert ([one.number for one in column.bookings], column.count) == ([gone.number], 0)
    instead = a_booking(sqlite_shop, actor, starts=at(10), resource_id=gone.resource_id)
    [column] = day_columns(sqlite_shop.bookings.agenda(actor, DAY, DAY), ZONE)
    assert ([one.number for one in column.bookings], column.count) == ([instead.number], 1)


def test_a_week_is_of_everybody_or_of_one_bench(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    bench = a_bench(sqlite_shop, actor)
    a_booking(sqlite_shop, actor, starts=at(10), resource_id=bench.id)
    a_booking(sqlite_shop, actor, starts=at(11))
    agenda = sqlite_shop.bookings.agenda(actor, DAY, DAY + timedelta(days=1))
    assert [one.count for one in week_columns(agenda, ZONE, None)] == [2, 0]
    assert [one.count for one in week_columns(agenda, ZONE, bench.id)] == [1, 0]
    assert len(week_columns(agenda, ZONE, None)[0].open_spans) == 1  # of two who work at the same time


def test_a_booking_keeps_its_day_when_the_shop_moves_to_another_zone(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    a_booking(sqlite_shop, actor, starts=at(17, 30))
    early = a_booking(sqlite_shop, actor, starts=at(9), minutes=45)
    sqlite_shop.businesses.edit(actor, EditBusiness(time_zone="Asia/Tokyo"))
    for day, found in ((DAY - timedelta(days=1), 0), (DAY, 2), (DAY + timedelta(days=1), 0)):
        assert len(sqlite_shop.bookings.agenda(actor, day, day).bookings) == found
    assert [early.mark(zone) for zone in (ZONE, "Europe/London", "Asia/Tokyo")] == ["", "", "UTC+00:00"]


def test_a_longer_booking_and_a_step_back_keep_the_moment_after_the_shop_has_moved(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    booked = a_booking(sqlite_shop, actor, starts=at(9), minutes=30)
    later = sqlite_shop.bookings.move(actor, MoveBooking(number=booked.number, starts=at(11)))
    sqlite_shop.businesses.edit(actor, EditBusiness(time_zone="Europe/Berlin"))
    back = sqlite_shop.bookings.move_back(actor, booked, seen_version=later.stamps.version)
    assert (back.starts, back.wall_start) == (booked.starts, at(10))
    sqlite_shop.businesses.edit(actor, EditBusiness(time_zone=ZONE))
    longer = sqlite_shop.bookings.move(
        actor, MoveBooking(number=booked.number, starts=back.wall_start, minutes=60)
    )
    assert (longer.starts, longer.minutes) == (booked.starts, 60)


def test_days_at_a_glance_say_how_full_they_are_beside_the_fullest(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    for hour in (10, 11):
        a_booking(sqlite_shop, actor, starts=at(hour))
    a_booking(sqlite_shop, actor, starts=at(10) + timedelta(days=1))
    first, second = days_ahead(sqlite_shop.bookings.agenda(actor, DAY, DAY + timedelta(days=1)))
    assert (first.count, first.share, second.count, second.share) == (2, 1.0, 1, 0.5)
    assert first.hours is not None


def test_a_booking_over_midnight_is_seen_from_both_days_and_counted_on_the_first(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    sqlite_shop.hours.set_week(actor, None, [WeekRow(None, day, "open", 1080, 1560) for day in range(7)])
    booked = a_booking(sqlite_shop, actor, starts=at(23, 30), minutes=90)
    agenda = sqlite_shop.bookings.agenda(actor, DAY, DAY + timedelta(days=2))
    columns = week_columns(agenda, ZONE, None)
    assert [len(one.bookings) for one in columns] == [1, 1, 0]
    assert [one.count for one in columns] == [1, 0, 0]
    tomorrow = DAY + timedelta(days=1)
    assert (booked.minutes_of(DAY), booked.minutes_of(tomorrow)) == ((1410, 1440), (0, 60))
    [column] = day_columns(sqlite_shop.bookings.agenda(actor, tomorrow, tomorrow), ZONE)
    assert [one.number for one in column.bookings] == [booked.number]
    assert column.open_spans == ((0, 120), (1080, 1440))
    assert [one.hours for one in days_ahead(agenda)] == [(1080, 1560)] * 3
