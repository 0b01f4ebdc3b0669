"""Days and times as typed and as shown."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posapp.domain.base.errors import DomainError
from posapp.domain.base.typed_dates import parse_day, parse_time, shown_day, shown_day_short, shown_time

TODAY = date(2026, 3, 12)  # a Thursday


@pytest.mark.parametrize(
    ("typed", "locale", "day"),
    [
        ("14", "en-IE", "2026-03-14"), ("14.", "de-DE", "2026-03-14"), ("12", "en-IE", "2026-03-12"),
        ("11", "en-IE", "2026-04-11"), ("31", "en-IE", "2026-03-31"), ("14.3", "en-IE", "2026-03-14"),
        ("14/3", "en-GB", "2026-03-14"), ("14.3.", "de_DE", "2026-03-14"), ("3/14", "en-US", "2026-03-14"),
        ("14.3.26", "en-IE", "2026-03-14"), ("3-14-2027", "en-US", "2027-03-14"),
        ("2026-3-9", "en-US", "2026-03-09"),
        ("11.3", "en-IE", "2026-03-11"), ("1.9", "en-IE", "2026-09-01"), ("29.2", "en-IE", "2028-02-29"),
        ("+2", "en-IE", "2026-03-14"), ("-1", "en-IE", "2026-03-11"), ("Fri", "en-IE", "2026-03-13"),
        ("thursday", "en-IE", "2026-03-12"), ("we", "en-IE", "2026-03-18"),
        (" Tomorrow ", "en-IE", "2026-03-13"),
        ("today", "en-IE", "2026-03-12"), ("yesterday", "en-IE", "2026-03-11"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_typed(typed: str, locale: str, day: str) -> None:
    assert parse_day(typed, TODAY, locale=locale).isoformat() == day


def test_at_the_end_of_the_year_a_day_of_january_is_the_next_one() -> None:
    assert parse_day("3.1", date(2026, 12, 28)) == date(2027, 1, 3)
    assert parse_day("3", date(2026, 12, 28)) == date(2027, 1, 3)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "day_missing"), ("t", "day_unclear"), ("soon", "day_unclear"), ("99999", "day_unclear"),
        ("32", "day_unknown"), ("0", "day_unknown"), ("30.2", "day_unknown"), ("3/14", "day_unknown"),
        ("29.2.2027", "day_unknown"), ("1.1.1970", "day_unknown"), ("2026-13-01", "day_unknown"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_examples(typed: str, code: str) -> None:
    with pytest.raises(DomainError, match=r"14\.3") as refused:
        parse_day(typed, TODAY, field="starts")
    assert (refused.value.code, refused.value.field) == (code, "starts")


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(["en-US", "de-DE"]))
def test_a_full_date_reads_back(day: date, locale: str) -> None:
    assert parse_day(day.isoformat(), TODAY, locale=locale) == day
    order = (day.month, day.day) if locale == "en-US" else (day.day, day.month)
    assert parse_day(f"{order[0]}.{order[1]}.{day.year}", TODAY, locale=locale) == day


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("15", "15:00"), ("9", "09:00"), ("1530", "15:30"), ("930", "09:30"), ("15:30", "15:30"),
        ("15.30", "15:30"),
        ("15h30", "15:30"), ("3pm", "15:00"), ("3.30 pm", "15:30"), ("3 P.M.", "15:00"), ("12am", "00:00"),
        ("12 pm", "12:00"), ("8:15a", "08:15"), ("0", "00:00"), ("noon", "12:00"), ("330pm", "15:30"),
    ],
)  # fmt: skip
def test_a_time_is_read_as_it_is_typed(typed: str, at: str) -> None:
    assert parse_time(typed) == time.fromisoformat(at)


@pytest.mark.parametrize(
    ("typed", "code"),
     [
        ("", "time_missing"), ("later", "time_unclear"), ("15:3", "time_unclear"), ("24", "time_unknown"),
        ("12:60", "time_unknown"), ("13pm", "time_unknown"), ("0am", "time_unknown"),
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_examples(typed: str, code: str) -> None:
    with pytest.raises(DomainError, match="3 pm") as refused:
        parse_time(typed)
    assert (refused.value.code, refused.value.field) == (code, "time")


@given(st.times(), st.sampled_from(["en-US", "de-DE", "en-IN", "fr-FR"]))
def test_a_shown_time_reads_back(at: time, locale: str) -> None:
    assert parse_time(shown_time(at, locale)) == at.replace(second=0, microsecond=0)


def test_days_are_shown_in_full_and_short() -> None:
    assert shown_day(TODAY) == "Thu 12 Mar 2026"
    assert shown_day(TODAY, locale="en-US") == "Thu Mar 12 2026"
    shown = [
        shown_day_short(TODAY + timedelta(days=days), TODAY) for days in (-400, -3, -1, 0, 1, 2, 6, 7, 400)
    ]
    assert shown == [
        "5 Feb 2025",
        "9 Mar",
        "yesterday",
        "today",
        "tomorrow",
        "Sat",
        "Wed",
        "19 Mar",
        "16 Apr 2027",
    ]


def test_times_are_shown_as_the_locale_counts() -> None:
    assert [shown_time(time(15, 30), locale) for locale in ("en_US", "de-DE", "en-IE")] == [
        "3:30 pm",
        "15:30",
        "15:30",
    ]
    assert shown_time(time(0, 5), "en-US") == "12:05 am"
