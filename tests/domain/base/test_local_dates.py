"""Days and times as a locale writes them."""

from datetime import date, time

import pytest

from posapp.domain.base.local_dates import local_day, local_time


@pytest.mark.parametrize(
    ("locale", "day", "with_weekday", "clock"),
    [
        ("en-IE", "14 Mar 2026", "Sat 14 Mar 2026", "15:30"),
        ("en_US", "Mar 14, 2026", "Sat, Mar 14, 2026", "3:30\u202fPM"),
        ("de-DE", "14. März 2026", "Sa., 14. März 2026", "15:30"),
        ("hi-IN", "14 मार्च 2026", "शनि, 14 मार्च 2026", "3:30 pm"),
        ("nowhere", "14 Mar 2026", "Sat 14 Mar 2026", "15:30"),
    ],
)
def test_a_locale_writes_days_and_times_its_own_way(
    locale: str, day: str, with_weekday: str, clock: str
) -> None:
    assert local_day(date(2026, 3, 14), locale) == day
    assert local_day(date(2026, 3, 14), locale, weekday=True) == with_weekday
    assert local_time(time(15, 30), locale) == clock
