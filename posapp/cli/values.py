"""Reads what is typed on the command line and words what is shown there."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from posapp.domain.base.clock import clock_mark, marked
from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import Money, format_money, read_plain_amount
from posapp.domain.base.names import same_name
from posapp.domain.base.typed_dates import WEEKDAYS, parse_day, shown_day, shown_time
from posapp.domain.shop import hours

if TYPE_CHECKING:
    from posapp.cli.context import Context
    from posapp.domain.base.phone import PhoneNumber
    from posapp.domain.figures.periods import Period

_AT = re.compile(
    r"\s*(\d{4}-\d{1,2}-\d{1,2})(?:[Tt]|\s+)(\d{1,2}:\d{2})(?::00)?\s*(?:([Zz])|([+-])(\d{2}):?(\d{2}))?\s*",
    re.ASCII,
)
_PIECE = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*[xX×*]\s*([0-9]{1,9})")
_PIECES = re.compile(rf"(?:{_PIECE.pattern})(?:[,;\s]+{_PIECE.pattern})*[,;\s]*")
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?")
_NO_PRICE = "on inspection"
_FEW = 8
DAY_MINUTES = 1440


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_Choice = TypeVar("_Choice", bound=_Named)


def parse_at(text: str) -> tuple[datetime, timedelta | None]:
    """`--at`: shop time such as `2026-11-20 10:00`, and the offset behind it if there is one.

    Raises `DomainError` time_unclear or day_unknown.
    """
    found = _AT.fullmatch(text)
    if found is None:
        raise DomainError(
            "time_unclear", "Enter the time as day and clock, such as 2026-11-20 10:00.", field="starts"
        )
    day = parse_day(found[1], date.min, field="starts")
    hour, _, minute = found[2].partition(":")
    try:
        at = time(int(hour), int(minute))
    except ValueError:
        raise DomainError("time_unknown", f"There is no time {found[2]}.", field="starts") from None
    offset = timedelta(0) if found[3] else None
    if found[4]:
        offset = timedelta(hours=int(found[5]), minutes=int(found[6])) * (-1 if found[4] == "-" else 1)
    return datetime.combine(day, at), offset


def parse_shop_day(ctx: "Context", text: str, field: str) -> date:
    """A day such as 2026-11-20, today or fri, on the shop's calendar."""
    return parse_day(text, ctx.today, locale=ctx.business.locale, field=field)


def parse_clock(text: str, field: str) -> int:
    """A time of day such as 9, 09:00 or 24:00, in minutes."""
    found = _CLOCK.fullmatch(text.strip())
    minutes = int(found[1]) * 60 + int(found[2] or 0) if found else DAY_MINUTES + 1
    if minutes > DAY_MINUTES or (found and int(found[2] or 0) >= 60):
        raise DomainError("time_unclear", f"Enter a time such as 09:00, not {text[:20]}.", field=field)
    return minutes


def parse_spans(texts: Sequence[str], field: str) -> list[tuple[int, int]]:
    """`09:00-13:00 14:00-18:00` (or with commas) in minutes of the day; 18:00-02:00 ends beyond it."""
    spans = [
        (span.starts, span.ends)
        for text in " ".join(texts).replace(",", " ").split()
        for span in hours.parse_spans(text, field)
    ]
    if not spans:
        raise DomainError("hours_unclear", "Enter hours such as 09:00-18:00.", field=field)
    return sorted(spans)


def parse_weekdays(text: str) -> list[int]:
    """`mon-fri`, `sat,sun` or `all` as numbers, Monday being 0."""
    if text.strip().casefold() in ("all", "every", "daily"):
        return list(range(7))
    days: list[int] = []
    for part in text.casefold().replace(" ", "").split(","):
        first, dash, last = part.partition("-")
        begin = _weekday(first)
        end = _weekday(last) if dash else begin
        days += [(begin + ahead) % 7 for ahead in range((end - begin) % 7 + 1)]
    return sorted(set(days))


def _weekday(text: str) -> int:
    found = [at for at, name in enumerate(WEEKDAYS) if len(text) >= 2 and name.startswith(text)]
    if len(found) != 1:
        raise DomainError("weekday_unknown", "Enter days such as mon, mon-fri, sat,sun or all.", field="days")
    return found[0]


def parse_price(ctx: "Context", text: str) -> int | None:
    """A price in minor units, as `parse_sum` reads it; `none` for a price on inspection."""
    if text.strip().casefold() in ("none", "", _NO_PRICE):
        return None
    return parse_sum(ctx, text, "price")


def parse_sum(ctx: "Context", text: str, field: str) -> int:
    """An amount in minor units, as `read_plain_amount` reads it with the shop's own mark."""
    from posapp.domain.base.locales import decimal_mark

    locale = ctx.business.locale
    return read_plain_amount(
        text, ctx.business.currency, decimal_mark=decimal_mark(locale), locale=locale, field=field
    ).minor


def parse_counted(ctx: "Context", text: str, field: str) -> tuple[tuple[int, int], ...] | int:
    """Notes and coins such as `20x3,0.50x4`: what each is worth and how many; or a plain sum."""
    if not _PIECES.fullmatch(text.strip()):
        return parse_sum(ctx, text, field)
    pieces = [(parse_sum(ctx, worth, field), int(count)) for worth, count in _PIECE.findall(text)]
    return tuple(pieces)


def choose(choices: Sequence[_Choice], typed: str, what: str, field: str) -> _Choice:
    """The one that a name means, exactly or by its beginning; refuses with the names there are."""
    exact = [one for one in choices if same_name(one.name, typed)]
    start = typed.strip().casefold()
    found = exact or [one for one in choices if start and one.name.casefold().startswith(start)]
    if len(found) == 1:
        return found[0]
    names = ", ".join(one.name for one in (found or choices)[:_FEW])
    more = ", …" if len(found or choices) > _FEW else ""
    said = "could be several" if found else "is unknown"
    raise DomainError(
        f"{what.partition(' ')[0]}_unknown",
        f"The {what} “{typed.strip()[:40]}” {said}. Choose one of: {names}{more}.",
        field=field,
    )


# -- shown ---------------------------------------------------------------------------------------------
def shown_wall(ctx: "Context", wall: datetime) -> str:
    """A moment of the shop's clock: `Fri 20 Nov 2026 10:00`."""
    locale = ctx.business.locale
    return f"{shown_day(wall.date(), locale=locale)} {shown_time(wall.time(), locale)}"


def shown_at(ctx: "Context", at: datetime, wall: datetime | None = None) -> str:
    """An instant as the shop's clock shows it, or that of a booking by its own `wall` clock."""
    wall = wall or ctx.wall(at)
    return marked(shown_wall(ctx, wall), clock_mark(at, wall, ctx.business.time_zone))


def shown_date(ctx: "Context", at: datetime) -> str:
    """The shop's day of an instant."""
    return shown_day(ctx.wall(at).date(), locale=ctx.business.locale)


def shown_phone(ctx: "Context", number: "PhoneNumber | None") -> str:
    """A number as the shop writes it, or nothing."""
    return number.shown(ctx.business.region) if number else ""


def shown_price(ctx: "Context", minor: int | None) -> str:
    """A price with its currency; on inspection where there is none."""
    if minor is None:
        return _NO_PRICE
    return format_money(Money(minor, ctx.business.currency), ctx.business.locale)


def shown_days(ctx: "Context", period: "Period") -> str:
    """Some days within a sentence: `on Thu 2 Jan 2031`, `from Thu 2 Jan 2031 to Fri 3 Jan 2031`."""
    locale = ctx.business.locale
    first, last = shown_day(period.first, locale=locale), shown_day(period.last, locale=locale)
    return f"on {first}" if first == last else f"from {first} to {last}"
