"""Days, times, lengths and amounts of a document as its shop's locale writes them on paper."""

from datetime import date, datetime, time
from typing import Final

from posapp.domain.documents import BookingSlip
from posapp.domain.local_dates import local_day, local_time
from posapp.domain.money import Money, format_money

TITLE: Final = "Booking"
THANKS: Final = "Thank you, see you soon."


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


def duration_and_zone(slip: BookingSlip) -> str:
    """How long the work takes, and the word that a clock change needs."""
    return ", ".join(part for part in (length(slip.minutes), slip.zone_note) if part)


def price(slip: BookingSlip) -> str:
    """The price with its currency, empty if none was given."""
    if slip.price_minor is None:
        return ""
    return format_money(Money(slip.price_minor, slip.shop.currency), slip.shop.locale)
