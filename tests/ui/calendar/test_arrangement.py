"""What lies beside what: the plain values behind the picture."""

import dataclasses
from datetime import timedelta

from posapp.domain.bookings.bookings import Booking, BookingStatus
from posapp.services.bookings.bookings import MakeBooking
from posapp.services.desks import Shop
from posapp.ui.calendar.arrangement import Beside, Block, day_picture, in_slot, pack, week_picture
from posapp.ui.calendar.presenter import Shown
from tests.factories import DAY, TILL, a_bench, a_booking, a_customer, at

S = BookingStatus
ZONE = "Europe/Dublin"


def _blocks(shop: Shop, *spans: tuple[int, int]) -> list[Block]:
    actor = shop.actor(TILL)
    booking = a_booking(shop, actor)
    return [
        Block(dataclasses.replace(booking, id=number, number=f"B{number}"), starts, ends)
        for number, (starts, ends) in enumerate(spans, 1)
    ]


def _places(blocks: tuple[Block, ...]) -> dict[str, tuple[int, int, int]]:
    return {block.booking.number: (block.lane, block.width, block.lanes) for block in blocks}


def test_what_overlaps_stands_side_by_side_and_reaches_over_free_lanes(sqlite_shop: Shop) -> None:
    placed, more = pack(_blocks(sqlite_shop, (540, 600), (570, 630), (600, 660), (700, 730)), Beside())
    assert not more
    assert _places(placed) == {"B1": (0, 1, 2), "B2": (1, 1, 2), "B3": (0, 1, 2), "B4": (0, 1, 1)}
    placed, _ = pack(_blocks(sqlite_shop, (540, 560), (540, 560), (540, 700), (600, 640)), Beside())
    assert _places(placed)["B4"] == (1, 2, 3)


def test_touching_bookings_do_not_stand_side_by_side(sqlite_shop: Shop) -> None:
    placed, _ = pack(_blocks(sqlite_shop, (540, 600), (600, 660)), Beside())
    assert {block.lanes for block in placed} == {1}


def test_beyond_three_the_rest_is_counted_by_the_hour(sqlite_shop: Shop) -> None:
    placed, more = pack(_blocks(sqlite_shop, *[(540, 600)] * 5, *[(600, 660)] * 4), Beside())
    assert len(placed) == 6
    assert [(one.starts, one.ends, len(one.bookings)) for one in more] == [(540, 600, 2), (600, 660, 1)]


def test_a_cancelled_booking_gives_way_where_its_time_was_given_away(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    gone = a_booking(sqlite_shop, actor, starts=at(10))
    sqlite_shop.bookings.set_status(actor, gone.number, S.CANCELLED, reason="Called off")
    agenda = sqlite_shop.bookings.agenda(actor, DAY, DAY)
    [block] = day_picture(agenda, ZONE).columns[0].blocks
    assert block.booking.number == gone.number
    instead = a_booking(sqlite_shop, actor, starts=at(10), resource_id=gone.resource_id)
    agenda = sqlite_shop.bookings.agenda(actor, DAY, DAY)
    [block] = day_picture(agenda, ZONE).columns[0].blocks
    assert block.booking.number == instead.number


def test_a_bench_for_many_is_arranged_with_all_its_bookings(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    bench = a_bench(sqlite_shop, actor, capacity=40)
    customer = a_customer(sqlite_shop, actor)
    for number in range(120):
        start = at(9) + timedelta(minutes=15 * (number % 20))
        command = MakeBooking(starts=start, customer_id=customer.id, resource_id=bench.id, minutes=30)
        sqlite_shop.bookings.book(actor, command)
    picture = day_picture(sqlite_shop.bookings.agenda(actor, DAY, DAY), ZONE)
    column = next(column for column in picture.columns if column.resource == bench)
    hidden = [booking for more in column.more for booking in more.bookings]
    assert column.count == 120
    assert len(column.blocks) + len(hidden) == 120
    assert max(block.lanes for block in column.blocks) == 3
    assert picture.find(hidden[-1].number) is not None
    assert len(in_slot(column, 9 * 60)) == 4


def test_a_week_begins_on_monday_and_can_be_of_one_bench(sqlite_shop: Shop) -> None:
    actor = sqlite_shop.actor(TILL)
    bench = a_bench(sqlite_shop, actor)
    a_booking(sqlite_shop, actor, starts=at(10), resource_id=bench.id)
    mine: Booking = a_booking(sqlite_shop, actor, starts=at(11))
    first, last = Shown(DAY, is_week=True).span
    assert (first.weekday(), (last - first).days) == (0, 6)
    agenda = sqlite_shop.bookings.agenda(actor, first, last)
    assert week_picture(agenda, ZONE).count() == 2
    assert week_picture(agenda, ZONE, bench.id).count() == 1
    assert week_picture(agenda, ZONE).column_of(DAY, mine.resource_id) == DAY.weekday()
