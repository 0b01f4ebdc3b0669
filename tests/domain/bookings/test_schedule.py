"""Working hours, free times and refusals, also on days on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.clock import SkippedTime, resolve_wall
from posapp.domain.base.errors import DomainError
from posapp.domain.bookings.schedule import ClosedReason, Span, free_starts, peak_use, refusal
from posapp.domain.bookings.weeks import Break, DayException, Hours, WorkingWeek, hours_from, open_spans

ZONE = "Europe/Dublin"
MONDAY = date(2026, 3, 16)
HOLIDAY = DayException(date(2026, 3, 17), reason="St Patrick's Day")
INVENTORY = DayException(date(2026, 3, 18), 600, 720, "inventory")
SHOP = WorkingWeek(
    tuple(Hours(day, 540, 1080) for day in range(5)), (Break(0, 720, 780, "lunch"),), (HOLIDAY, INVENTORY)
)
TOM = WorkingWeek((Hours(0, 480, 840),), (Break(0, 630, 645, "coffee"),))
ROUND_THE_CLOCK = WorkingWeek(tuple(Hours(day, 0, 1440) for day in range(7)))


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def test_a_person_works_within_the_hours_of_the_shop() -> None:
    assert open_spans(MONDAY, SHOP) == [(540, 720), (780, 1080)]
    assert open_spans(MONDAY, SHOP, TOM) == [(540, 630), (645, 720), (780, 840)]
    assert open_spans(MONDAY, SHOP, WorkingWeek()) == open_spans(MONDAY, SHOP)
    assert open_spans(date(2026, 3, 19), SHOP, TOM) == []  # no hours of his own on a Thursday


def test_exceptions_win_over_the_usual_week() -> None:
    assert open_spans(HOLIDAY.day, SHOP) == []
    assert open_spans(INVENTORY.day, SHOP) == [(600, 720)]
    assert open_spans(MONDAY, SHOP, WorkingWeek(exceptions=(DayException(MONDAY),))) == []
    assert open_spans(MONDAY, SHOP, WorkingWeek(exceptions=(DayException(MONDAY, 900, 1200),))) == [
        (900, 1080)
    ]


@pytest.mark.parametrize(("opens", "closes"), [(600, 600), (600, 540), (-1, 60), (0, 1441)])
def test_hours_that_end_before_they_start_are_refused(opens: int, closes: int) -> None:
    for kind in (lambda: Hours(0, opens, closes), lambda: Break(0, opens, closes)):
        with pytest.raises(DomainError) as refused:
            kind()
        assert refused.value.code == "hours_invalid"


def test_an_exception_has_both_times_or_none() -> None:
    for opens, closes in ((600, None), (None, 600), (600, 500)):
        with pytest.raises(DomainError):
            DayException(MONDAY, opens, closes)


def test_the_peak_counts_what_runs_at_once() -> None:
    spans = [Span(at(9), at(10)), Span(at(10), at(11)), Span(at(9, 30), at(10, 30)), Span(at(8), at(9))]
    assert peak_use(spans, Span(at(9), at(11))) == 2
    assert peak_use(spans, Span(at(10, 30), at(12))) == 1
    assert peak_use(spans, Span(at(11), at(12))) == 0


def test_free_starts_leave_out_breaks_bookings_and_the_past() -> None:
    busy = [Span(at(9, 30), at(10))]
    starts = free_starts(MONDAY, ZONE, SHOP, TOM, minutes=45, buffer=10, busy=busy)
    assert starts == [time(10, 45), time(11), time(11, 15), time(13), time(13, 15)]
    assert free_starts(MONDAY, ZONE, SHOP, TOM, minutes=45, busy=busy, capacity=2)[0] == time(9)
    assert free_starts(MONDAY, ZONE, SHOP, TOM, minutes=45, not_before=at(11, 1)) == [
        time(11, 15), time(13), time(13, 15),
    ]  # fmt: skip


def test_an_opening_off_the_grid_is_a_start_too() -> None:
    week = WorkingWeek((Hours(0, 550, 620),))
    assert free_starts(MONDAY, ZONE, week, minutes=30) == [time(9, 10), time(9, 15), time(9, 30), time(9, 45)]


def test_a_day_of_changed_clocks_has_its_true_length() -> None:
    spring = free_starts(date(2026, 3, 29), ZONE, ROUND_THE_CLOCK, minutes=60, step=60)
    assert spring == [time(hour) for hour in range(24) if hour != 1]
    week = WorkingWeek((Hours(6, 0, 180),))
    assert free_starts(date(2026, 3, 29), ZONE, week, minutes=120, step=60) == [time(0)]
    assert free_starts(date(2026, 10, 25), ZONE, week, minutes=240, step=60) == [time(0)]


@pytest.mark.parametrize(
    ("wall", "resource", "reason", "sentence"),
    [
        ("2026-03-16T11:00", TOM, None, ""),
        ("2026-03-16T10:30", None, None, ""),
        ("2026-03-17T11:00", None, ClosedReason.CLOSED_DAY,
         "The shop is closed on Tue 17 Mar 2026 (St Patrick's Day). Choose another day."),
        ("2026-03-19T11:00", TOM, ClosedReason.CLOSED_DAY,
         "Tom is off on Thu 19 Mar 2026. Choose another day."),
        ("2026-03-16T17:45", None, ClosedReason.CLOSED_HOUR,
         "On Mon 16 Mar 2026 the shop is open 09:00 to 18:00. Choose a time that fits."),
        ("2026-03-18T13:00", None, ClosedReason.CLOSED_HOUR,
         "On Wed 18 Mar 2026 the shop is open 10:00 to 12:00 (inventory). Choose a time that fits."),
        ("2026-03-16T13:45", TOM, ClosedReason.CLOSED_HOUR,
         "On Mon 16 Mar 2026 Tom works 09:00 to 14:00. Choose a time that fits."),
        ("2026-03-16T11:45", None, ClosedReason.IN_BREAK,
         "The shop has a break (lunch) from 12:00 to 13:00. Choose a time before or after it."),
        ("2026-03-16T10:15", TOM, ClosedReason.IN_BREAK,
         "Tom has a break (coffee) from 10:30 to 10:45. Choose a time before or after it."),
    ],
)  # fmt: skip
def test_a_refusal_says_why_and_when_it_would_go(
    wall: str, resource: WorkingWeek | None, reason: ClosedReason | None, sentence: str
) -> None:
    refused = refusal(datetime.fromisoformat(wall), 30, ZONE, SHOP, resource, who="Tom")
    assert (refused.reason if refused else None) == reason
    assert (refused.sentence if refused else "") == sentence


NIGHTS = WorkingWeek(
    tuple(Hours(day, 1080, 1560) for day in range(7)),
    tuple(Break(day, 1410, 1455, "tea") for day in range(7)),
    (DayException(date(2026, 3, 18)), DayException(date(2026, 3, 20), 1200, 1500)),
)


def test_a_night_is_seen_from_both_days() -> None:
    assert open_spans(MONDAY, NIGHTS) == [(15, 120), (1080, 1410)]
    assert open_spans(date(2026, 3, 18), NIGHTS) == [(15, 120)]  # closed: the night before still ends
    assert open_spans(date(2026, 3, 19), NIGHTS) == [(1080, 1410)]
    assert open_spans(date(2026, 3, 21), NIGHTS) == [(15, 60), (1080, 1410)]  # other hours the day before
    late = WorkingWeek(tuple(Hours(day, 0, 360) for day in range(7)))
    assert open_spans(MONDAY, NIGHTS, late) == [(15, 120)]
    assert hours_from(MONDAY, NIGHTS) == [(1080, 1560)]
    assert hours_from(MONDAY, NIGHTS, late) == [(0, 120)]


def test_what_goes_on_after_midnight_is_booked_from_either_side() -> None:
    wall = datetime.fromisoformat("2026-03-16T23:30")
    assert refusal(wall, 60, ZONE, ROUND_THE_CLOCK) is None
    assert time(23, 30) in free_starts(MONDAY, ZONE, ROUND_THE_CLOCK, minutes=60)
    busy = [Span(at(0, 15, date(2026, 3, 17)), at(1, 0, date(2026, 3, 17)))]
    assert free_starts(MONDAY, ZONE, ROUND_THE_CLOCK, minutes=60, busy=busy)[-1] == time(23, 15)
    assert free_starts(MONDAY, ZONE, NIGHTS, minutes=90)[-1] == time(22)
    assert free_starts(date(2026, 3, 17), ZONE, NIGHTS, minutes=90)[:2] == [time(0, 15), time(0, 30)]


@pytest.mark.parametrize(
    ("wall", "minutes", "sentence"),
    [
        ("2026-03-16T23:00", 60,
         "The shop has a break (tea) from 23:30 to 00:15. Choose a time before or after it."),
        ("2026-03-17T00:00", 60,
         "The shop has a break (tea) from 23:30 to 00:15. Choose a time before or after it."),
        ("2026-03-17T01:30", 60,
         "On Tue 17 Mar 2026 the shop is open 00:00 to 02:00 and 18:00 to 02:00. Choose a time that fits."),
        ("2026-03-18T20:00", 30,
         "On Wed 18 Mar 2026 the shop is open 00:00 to 02:00. Choose a time that fits."),
        ("2026-03-19T01:00", 30,
         "On Thu 19 Mar 2026 the shop is open 18:00 to 02:00. Choose a time that fits."),
    ],
)  # fmt: skip
def test_a_refusal_at_night_says_the_hours_of_both_nights(wall: str, minutes: int, sentence: str) -> None:
    refused = refusal(datetime.fromisoformat(wall), minutes, ZONE, NIGHTS)
    assert refused is not None
    assert refused.sentence == sentence


def test_a_night_on_which_the_clocks_change_has_its_true_length() -> None:
    week = WorkingWeek(tuple(Hours(day, 1080, 1560) for day in range(7)))  # 18 to 2; in Dublin 1:00 jumps
    before = datetime.fromisoformat("2026-03-28T23:30")
    assert refusal(before, 90, ZONE, week) is None
    assert refusal(before, 91, ZONE, week) is not None  # 2:00 is 1:00 of the winter
    autumn = datetime.fromisoformat("2026-10-24T23:30")
    assert refusal(autumn, 210, ZONE, week) is None
    assert refusal(autumn, 211, ZONE, week) is not None


def test_a_skipped_hour_is_refused_as_such() -> None:
    with pytest.raises(SkippedTime):
        refusal(datetime.fromisoformat("2026-03-29T01:30"), 30, ZONE, ROUND_THE_CLOCK)


SPANS = st.tuples(st.integers(0, 1380), st.integers(10, 300)).map(lambda pair: (pair[0], sum(pair)))
WEEKS = st.builds(
    lambda hours, breaks: WorkingWeek(
        tuple(Hours(day, *span) for day in range(7) for span in hours),
        tuple(Break(day, *span) for day in range(7) for span in breaks),
    ),
    st.lists(SPANS, min_size=1, max_size=3),
    st.lists(SPANS, max_size=2),
)
DAYS = st.sampled_from(
    [
        (MONDAY, ZONE),
        (date(2026, 3, 29), "Europe/Berlin"),
        (date(2026, 10, 25), "Europe/Berlin"),
        (date(2026, 4, 24), "Africa/Cairo"),  # the clocks skip midnight
        (date(2026, 10, 4), "Australia/Lord_Howe"),  # by half an hour
    ]
)


@given(
    where=DAYS,
    shop=WEEKS,
    resource=st.none() | WEEKS,
    busy=st.lists(SPANS, max_size=6),
    minutes=st.integers(5, 240),
    buffer=st.integers(0, 30),
    capacity=st.integers(1, 2),
)
def test_a_free_start_is_never_refused_and_never_overfills(
    where: tuple[date, str],
    shop: WorkingWeek,
    resource: WorkingWeek | None,
    busy: list[tuple[int, int]],
    minutes: int,
    buffer: int,
    capacity: int,
) -> None:
    day, zone = where
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    taken = [Span(midnight + timedelta(minutes=a), midnight + timedelta(minutes=b)) for a, b in busy]
    for start in free_starts(
        day, zone, shop, resource, minutes=minutes, buffer=buffer, busy=taken, capacity=capacity
    ):
        wall = datetime.combine(day, start)
        assert refusal(wall, minutes, zone, shop, resource) is None
        begins = resolve_wall(wall, zone)
        new = Span(begins, begins + timedelta(minutes=minutes))
        pause = timedelta(minutes=buffer)
        kept = Span(new.starts, new.ends + pause)
        clashing = [span for span in taken if Span(span.starts, span.ends + pause).overlaps(kept)]
        if capacity == 1:
            assert not clashing
        assert peak_use([*clashing, new], new) <= capacity
