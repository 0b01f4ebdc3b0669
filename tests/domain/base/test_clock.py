"""Instants and wall clocks, above all where the clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.clock import (
    FixedClock,
    SkippedTime,
    SystemClock,
    business_day,
    check_zone,
    clock_change,
    even_midnight,
    from_us,
    is_doubled,
    resolve_wall,
    to_us,
    wall_of,
)
from posapp.domain.base.errors import DomainError

ZONES = ["Europe/Dublin", "Europe/Berlin", "America/New_York", "America/St_Johns", "Australia/Lord_Howe"]
ZONES += ["Africa/Cairo", "America/Santiago", "Asia/Beirut", "Africa/Casablanca", "Asia/Kolkata", "UTC"]


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def changes_of_2026(zone: str) -> list[datetime]:
    """The (UTC) quarter hours of 2026 at which the offset has just changed."""
    step, at, found = timedelta(minutes=15), datetime(2026, 1, 1, tzinfo=UTC), []
    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    while at.year == 2026:
        at += step
        new = at.astimezone(ZoneInfo(zone)).utcoffset()
        if new != offset:
            found.append(at)
        offset = new
    return found


@pytest.mark.parametrize("zone", ZONES)
def test_wall_times_around_every_change_of_2026_lead_back_to_their_instant(zone: str) -> None:
    for change in changes_of_2026(zone):
        for minutes in range(-180, 181, 5):
            at = change + timedelta(minutes=minutes)
            local = wall_of(at, zone)
            assert resolve_wall(local, zone, fold=local.fold) == at
            offset = at.astimezone(ZoneInfo(zone)).utcoffset()
            assert resolve_wall(local, zone, offset=offset) == at
            if not is_doubled(local, zone):
                assert resolve_wall(local, zone) == at


@pytest.mark.parametrize("zone", ZONES)
def test_every_skipped_wall_time_of_2026_names_the_nearest_ones(zone: str) -> None:
    for change in changes_of_2026(zone):
        before, after = wall_of(change - timedelta(microseconds=1), zone), wall_of(change, zone)
        skipped = before + timedelta(microseconds=1)
        while skipped < after:
            with pytest.raises(SkippedTime) as refused:
                resolve_wall(skipped, zone)
            earlier = before + timedelta(microseconds=1) - timedelta(minutes=15)
            assert refused.value.facts == {"earlier": earlier, "later": after}
            assert resolve_wall(after, zone) == change
            skipped += timedelta(minutes=10)


@given(
    at=st.datetimes(wall("1990-01-01"), wall("2100-01-01"), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES),
)
def test_any_instant_survives_wall_time_and_microseconds(at: datetime, zone: str) -> None:
    local = wall_of(at, zone)
    assert resolve_wall(local, zone, fold=local.fold) == at
    assert from_us(to_us(at)) == at


def test_a_skipped_time_is_explained() -> None:
    with pytest.raises(SkippedTime) as refused:
        resolve_wall(wall("2026-03-29T02:30"), "Europe/Berlin")
    assert refused.value.code == "time_skipped"
    assert str(refused.value) == (
        "02:30 does not exist on Sun 29 Mar 2026: the clocks go forward. Choose 01:45 or 03:00."
    )


def test_a_skipped_day_is_explained_with_the_days_around_it() -> None:
    with pytest.raises(SkippedTime, match=r"23:45 on Thu 29 Dec 2011 or 00:00 on Sat 31 Dec 2011"):
        resolve_wall(wall("2011-12-30T10:00"), "Pacific/Apia")


def test_a_doubled_time_is_the_first_one_unless_said_otherwise() -> None:
    doubled = wall("2026-10-25T02:30")
    assert is_doubled(doubled, "Europe/Berlin")
    assert not is_doubled(wall("2026-10-25T03:00"), "Europe/Berlin")
    assert not is_doubled(wall("2026-03-29T02:30"), "Europe/Berlin")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert resolve_wall(doubled, "Europe/Berlin") == first
    assert resolve_wall(doubled, "Europe/Berlin", offset=timedelta(hours=1)) == first + timedelta(hours=1)
    with pytest.raises(DomainError) as refused:
        resolve_wall(doubled, "Europe/Berlin", offset=timedelta(hours=5))
    assert refused.value.code == "offset_wrong"


def test_the_business_day_ends_at_the_cut_over() -> None:
    late = datetime(2026, 3, 13, 1, 59, tzinfo=UTC)
    assert business_day(late, "Europe/Dublin", 120) == date(2026, 3, 12)
    assert business_day(late + timedelta(minutes=1), "Europe/Dublin", 120) == date(2026, 3, 13)
    assert business_day(late, "Asia/Kolkata", 120) == date(2026, 3, 13)


@pytest.mark.parametrize("key", ["", "Europe", "../etc", "/etc/passwd", "Mars/Base", "a\x00b", "x" * 5_000])
def test_an_unknown_zone_is_refused(key: str) -> None:
    with pytest.raises(DomainError) as refused:
        check_zone(key)
    assert (refused.value.code, refused.value.field) == ("zone_unknown", "time_zone")


def test_a_known_zone_is_taken() -> None:
    assert check_zone(" Europe/Dublin ") == "Europe/Dublin"


def test_a_fixed_clock_stands_until_it_is_set() -> None:
    clock = FixedClock(datetime(2026, 3, 12, 11, tzinfo=ZoneInfo("Europe/Berlin")))
    assert clock.now() == clock.now() == datetime(2026, 3, 12, 10, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    clock.advance(timedelta(minutes=5))
    assert clock.now() == datetime(2026, 3, 12, 10, 5, tzinfo=UTC)
    clock.set(datetime(2027, 1, 1, tzinfo=UTC))
    assert clock.now().year == 2027


def test_the_system_clock_tells_utc() -> None:
    assert SystemClock().now().tzinfo is UTC


def test_instants_without_zone_and_walls_with_one_are_bugs() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_us(wall("2026-01-01"))
    with pytest.raises(ValueError, match="time zone"):
        resolve_wall(datetime(2026, 1, 1, tzinfo=UTC), "UTC")


@given(
    st.dates(date(1950, 1, 1), date(2080, 12, 31)),
    st.integers(0, 1439),
    st.sampled_from(
        ["Europe/Dublin", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"]
    ),
)
def test_on_an_even_day_minutes_count_from_midnight(day: date, minute: int, zone: str) -> None:
    midnight = even_midnight(day, zone)
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    if midnight is not None:
        assert midnight + timedelta(minutes=minute) == resolve_wall(wall, zone)


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_of_changed_clocks_is_not_even(day: date) -> None:
    assert even_midnight(day, "Europe/Dublin") is None
    assert even_midnight(day + timedelta(days=1), "Europe/Dublin") is not None


def test_the_day_knows_which_hour_is_skipped_and_which_comes_twice() -> None:
    spring = clock_change(date(2026, 3, 29), "Europe/Dublin")
    autumn = clock_change(date(2026, 10, 25), "Europe/Dublin")
    assert spring is not None
    assert autumn is not None
    assert (spring.starts, spring.ends, spring.is_doubled) == (60, 120, False)
    assert (autumn.starts, autumn.ends, autumn.is_doubled) == (60, 120, True)
    assert clock_change(date(2026, 3, 30), "Europe/Dublin") is None
