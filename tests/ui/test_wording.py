from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from posapp.domain.base.clock import FixedClock
from posapp.domain.base.money import Money
from posapp.domain.base.phone import PhoneNumber
from posapp.ui.wording import Wording, shown_count, shown_minutes

IRISH = Wording()
AMERICAN = Wording(locale="en-US", region="US", currency="USD", zone="America/New_York")


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (1440, "24 h")]
)
def test_lengths_are_written_in_hours_and_minutes(minutes: int, text: str) -> None:
    assert shown_minutes(minutes) == text


def test_days_and_times_follow_the_shop() -> None:
    assert IRISH.day(date(2026, 3, 12)) == "Thu 12 Mar 2026"
    assert IRISH.time(time(15, 30)) == "15:30"
    assert AMERICAN.time(time(15, 30)) == "3:30 pm"


def test_moments_are_told_by_the_clock_on_the_wall() -> None:
    moment = datetime(2026, 7, 1, 14, 0, tzinfo=UTC)
    assert IRISH.moment_in_full(moment) == "Wed 1 Jul 2026, 15:00"
    assert AMERICAN.here(moment).hour == 10


def test_today_is_the_day_of_the_shop_s_own_clock_in_its_zone() -> None:
    clock = FixedClock(datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    irish, american = replace(IRISH, clock=clock), replace(AMERICAN, clock=clock)
    assert (irish.today(), american.today()) == (date(2026, 7, 2), date(2026, 7, 1))
    assert irish.day_in_list(date(2026, 7, 3)) == "tomorrow"
    assert american.now().hour == 19


def test_phones_are_national_at_home_and_international_elsewhere() -> None:
    number = PhoneNumber.from_key("+353209140873")
    assert not IRISH.phone(number).startswith("+")
    assert AMERICAN.phone(number).startswith("+353")


def test_amounts_carry_currency_and_decimals() -> None:
    assert IRISH.money(Money(3500, "EUR")) == "€35.00"
    assert IRISH.price(123456) == "€1,234.56"
    assert (IRISH.piece(5000), IRISH.piece(50)) == ("€50", "€0.50")


def test_counts_carry_their_noun() -> None:
    assert shown_count(1, "booking", "bookings") == "1 booking"
    assert shown_count(1200, "booking", "bookings") == "1,200 bookings"


def test_both_readings_of_a_doubled_hour_and_a_clock_of_elsewhere_carry_their_offset() -> None:
    dublin = Wording(clock=FixedClock(datetime(2026, 10, 25, 12, tzinfo=UTC)))
    twice = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    assert [dublin.time_at(at) for at in twice] == ["01:30 (UTC+01:00)", "01:30 (UTC+00:00)"]
    assert dublin.moment(twice[0]) == "today 01:30 (UTC+01:00)"
    assert dublin.moment(twice[1] + timedelta(hours=1)) == "today 02:30"
    tokyo = datetime.fromisoformat("2026-10-25T21:00")
    assert dublin.moment(datetime(2026, 10, 25, 12, tzinfo=UTC), tokyo) == "today 21:00 (UTC+09:00)"
