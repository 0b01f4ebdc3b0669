"""Days, times, lengths and amounts of a document as its shop's locale writes them on paper."""

from datetime import date, datetime, time

from posapp.domain.local_dates import local_day, local_time
from posapp.domain.money import Money, format_money


def day_with_weekday(day: str, locale: str) -> str:
    """`2026-03-14` as "Sat 14 Mar 2026"."""
    return local_day(date.fromisoformat(day), locale, weekday=True)


def clock(starts: str, locale: str) -> str:
    """`15:30` as the locale writes it, with 12 or 24 hours."""
    return local_time(time.fromisoformat(starts), locale)


def moment(local: str, locale: str) -> str:
    """`2026-03-12T14:36` as "12 Mar 2026, 14:36"."""
    at = datetime.fromisoformat(local)
    return f"{local_day(at.date(), locale)}, {local_time(at.time(), locale)}"


def length(minutes: int) -> str:
    """45 as "45 min", 90 as "1 h 30 min"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] * bool(hours) + [f"{rest} min"] * bool(rest or not hours)
    return " ".join(parts)


def amount(minor: int, currency: str, locale: str) -> str:
    """An amount in minor units with its currency."""
    return format_money(Money(minor, currency), locale)
