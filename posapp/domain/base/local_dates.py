"""Days and times in a locale's own words, for papers: what the customer reads.

From Unicode CLDR through babel, which is imported at first need. The window, whose words are those of the
program, shows days by `typed_dates`.
"""

from datetime import date, time
from functools import lru_cache

from posapp.domain.base.locales import known_locale


@lru_cache(maxsize=512)
def local_day(day: date, locale: str, *, weekday: bool = False) -> str:
    """`14 Mar 2026`, with the weekday `Sat 14 Mar 2026`; `Sa., 14. März 2026` in German."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMEd" if weekday else "yMMMd", day, locale=known_locale(locale))


@lru_cache(maxsize=512)
def local_time(at: time, locale: str) -> str:
    """`15:30`, or `3:30 PM` where the locale counts to twelve."""
    from babel.dates import format_time

    return format_time(at, "short", locale=known_locale(locale))
