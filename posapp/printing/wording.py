"""Days, times, lengths and amounts as the shop's locale writes them on paper."""

from datetime import date, datetime, time
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, format_time

from posapp.domain.money import Money, format_money


def day_with_weekday(day: str, locale: str) -> str:
    """`2026-03-14` as "Sat 14 Mar 2026"."""
    return _day(day, "yMMMEd", locale)


def clock(starts: str, locale: str) -> str:
    """`15:30` as the locale writes it, with 12 or 24 hours."""
    return format_time(time.fromisoformat(starts), "short", locale=_known(locale))


def moment(local: str, locale: str) -> str:
    """`2026-03-12T14:36` as "12 Mar 2026, 14:36"."""
    at = datetime.fromisoformat(local)
    return f"{_day(at.date().isoformat(), 'yMMMd', locale)}, {clock(f'{at:%H:%M}', locale)}"


def length(minutes: int) -> str:
    """45 as "45 min", 90 as "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(parts)


def amount(minor: int, currency: str, locale: str) -> str:
    """An amount in minor units with its currency."""
    return format_money(Money(minor, currency), locale)


@lru_cache(maxsize=512)
def _day(day: str, skeleton: str, locale: str) -> str:
    return format_skeleton(skeleton, date.fromisoformat(day), locale=_known(locale))


@lru_cache(maxsize=32)
def _known(locale: str) -> str:
    """The locale if its data is there, else English: the packaged program carries a part of them only."""
    try:
        return str(Locale.parse(locale))
    except (UnknownLocaleError, ValueError):
        return "en"
