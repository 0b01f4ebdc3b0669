"""Times that are offered for a promise suit the hours of the shop."""

from datetime import date, datetime, time, timedelta

import pytest

from posapp.domain.bookings.weeks import DayException, Hours, WorkingWeek
from posapp.domain.repairs.promises import closes_at, is_too_soon, next_quarter, times_to_promise

MONDAY = datetime.combine(date(2026, 3, 9), time())
WEEK = WorkingWeek(tuple(Hours(day, 9 * 60, 18 * 60) for day in range(5)))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Days after that Monday."""
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def test_the_end_of_today_then_noon_and_the_end_of_the_next_day() -> None:
    assert times_to_promise(WEEK, at(0, 11)) == [at(0, 18), at(1, 12), at(1, 18)]


def test_an_end_that_is_near_is_a_rush_and_not_offered() -> None:
    assert times_to_promise(WEEK, at(0, 17)) == [at(1, 12), at(1, 18), at(2, 12)]


def test_days_on_which_the_shop_is_closed_are_left_out() -> None:
    assert times_to_promise(WEEK, at(4, 17)) == [at(7, 12), at(7, 18), at(8, 12)]
    assert closes_at(WEEK, at(5, 0).date()) is None


def test_closed_days_and_days_with_other_hours_are_kept_in_mind() -> None:
    special = (DayException(at(1, 0).date()), DayException(at(2, 0).date(), 10 * 60, 14 * 60))
    week = WorkingWeek(WEEK.hours, exceptions=special)
    assert closes_at(week, at(1, 0).date()) is None
    assert times_to_promise(week, at(0, 17)) == [at(2, 12), at(2, 14), at(3, 12)]
    closed = WorkingWeek(exceptions=special)
    assert times_to_promise(closed, at(0, 16)) == [at(2, 12), at(2, 14), at(3, 12)]


def test_a_shop_without_hours_closes_at_five() -> None:
    assert closes_at(WorkingWeek(), MONDAY.date()) == 17 * 60
    assert times_to_promise(WorkingWeek(), at(5, 11))[0] == at(5, 17)


def test_what_the_bench_could_do_earliest_comes_first_and_nothing_before_it() -> None:
    assert times_to_promise(WEEK, at(0, 11), at(1, 14)) == [at(1, 14), at(1, 18)]


def test_a_shop_that_opens_in_the_evening_promises_no_noon_and_closes_after_midnight() -> None:
    nights = WorkingWeek(tuple(Hours(day, 18 * 60, 26 * 60) for day in range(7)))
    assert times_to_promise(nights, at(0, 11)) == [at(1, 2), at(2, 2), at(3, 2)]


def test_a_promise_is_too_soon_before_the_bench_could_have_it_done() -> None:
    assert [is_too_soon(at(0, 11), one) for one in (at(0, 11, 1), at(0, 11), None)] == [True, False, True]


@pytest.mark.parametrize(
    ("asked", "wanted"), [(time(11), time(11)), (time(11, 1), time(11, 15)), (time(11, 0, 1), time(11, 15))]
)
def test_a_time_is_rounded_up_to_a_quarter(asked: time, wanted: time) -> None:
    assert next_quarter(datetime.combine(MONDAY, asked)).time() == wanted
