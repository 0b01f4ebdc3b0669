"""Days and times as a clerk types them, and as lists show them.

Typed: `14`, `14.3`, `14/3/26`, `2026-03-14`, `+2`, `fri`, `tomorrow`; `15`, `1530`, `3.30 pm`. Month before
day and 12-hour clocks follow the locale (Unicode CLDR through babel, imported at first need).
Weekday and month names are written out here: `strftime` would follow the language of the process.
"""

import re
from datetime import date, time, timedelta

from posapp.domain.base.errors import DomainError
from posapp.domain.base.locales import is_month_first, is_twelve_hours

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_NUMBERS = re.compile(r"([0-9]{1,2})(?:[./\- ]([0-9]{1,2})(?:[./\- ]([0-9]{4}|[0-9]{2})?)?|\.)?")
_DAYS_ON = re.compile(r"([+-]) ?([0-9]{1,3})")
_TIME = re.compile(r"([0-9]{1,2})(?:[:.h ]?([0-9]{2}))? ?(?:([ap])\.? ?m?\.?)?", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1990, 2099

_DAY_HELP = "Enter a day such as 14, {example}, +2, fri or tomorrow."
_TIME_HELP = "Enter a time such as 15, 15:30 or 3 pm."


def parse_day(text: str, today: date, *, locale: str = "en-IE", field: str = "day") -> date:
    """The day meant by a typed text, seen from `today`.

    A day without month or year and a weekday mean the next such day, today included. Raises
    `DomainError` day_missing, day_unclear or day_unknown (30 February).
    """
    typed = " ".join(text.casefold().split())
    if not typed:
        raise DomainError("day_missing", _day_help(locale), field=field)
    near = _named_day(typed, today)
    if near is not None:
        return near
    if found := _ISO.fullmatch(typed):
        return _checked(int(found[1]), int(found[2]), int(found[3]), text, locale, field)
    found = _NUMBERS.fullmatch(typed)
    if found is None:
        raise DomainError("day_unclear", _day_help(locale), field=field)
    if found[2] is None:
        return _next_with_number(int(found[1]), today, text, locale, field)
    first, second = int(found[1]), int(found[2])
    month, number = (first, second) if is_month_first(locale) else (second, first)
    if found[3]:
        year = int(found[3])
        return _checked(year if year > 99 else 2000 + year, month, number, text, locale, field)
    return _next_with_month(month, number, today, text, locale, field)


def _day_help(locale: str) -> str:
    return _DAY_HELP.format(example="3/14" if is_month_first(locale) else "14.3")


def _named_day(typed: str, today: date) -> date | None:
    if typed in ("today", "tomorrow", "yesterday"):
        return today + timedelta(days=("yesterday", "today", "tomorrow").index(typed) - 1)
    if found := _DAYS_ON.fullmatch(typed):
        return today + timedelta(days=int(found[1] + found[2]))
    if len(typed) >= 2:
        matches = [at for at, name in enumerate(WEEKDAYS) if name.startswith(typed.removesuffix("."))]
        if len(matches) == 1:
            return today + timedelta(days=(matches[0] - today.weekday()) % 7)
    return None


def _checked(year: int, month: int, number: int, text: str, locale: str, field: str) -> date:
    try:
        day = date(year, month, number)
    except ValueError:
        day = None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        shown = " ".join(text.split())[:20]
        raise DomainError("day_unknown", f"There is no day {shown}. {_day_help(locale)}", field=field)
    return day


def _next_with_number(number: int, today: date, text: str, locale: str, field: str) -> date:
    """The next such day of a month: after the 14th, `12` means next month."""
    year, month = today.year, today.month
    for _ in range(12):
        try:
            day = date(year, month, number)
        except ValueError:  # no 31st in this month
            day = None
        if day is not None and day >= today:
            return day
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return _checked(0, 0, number, text, locale, field)


def _next_with_month(month: int, number: int, today: date, text: str, locale: str, field: str) -> date:
    """The day of this year; of a later one if it is over for half a year or there is no 29 February."""
    for year in range(today.year, today.year + 9):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day >= today - timedelta(days=183):
            return day
    return _checked(0, month, number, text, locale, field)


def parse_time(text: str, *, field: str = "time") -> time:
    """The time of day meant by a typed text.

    Raises `DomainError` time_missing, time_unclear or time_unknown (25:00).
    """
    typed = " ".join(text.split())
    if not typed:
        raise DomainError("time_missing", _TIME_HELP, field=field)
    if typed.casefold() in ("noon", "midday"):
        return time(12)
    found = _TIME.fullmatch(typed)
    if found is None:
        raise DomainError("time_unclear", _TIME_HELP, field=field)
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        hour = 24
    if hour > 23 or minute > 59:
        raise DomainError("time_unknown", f"There is no time {typed[:20]}. {_TIME_HELP}", field=field)
    return time(hour, minute)


def shown_day(day: date, *, locale: str = "") -> str:
    """A day in full: `Thu 12 Mar 2026`, month first if a locale is given that has it so."""
    return f"{_weekday(day)} {_day_and_month(day, locale)} {day.year}"


def shown_day_short(day: date, today: date, *, locale: str = "") -> str:
    """A day in a list: today, tomorrow, yesterday, `Fri` within the coming week, `9 Mar`, `9 Mar 2024`."""
    distance = (day - today).days
    if -1 <= distance <= 1:
        return ("yesterday", "today", "tomorrow")[distance + 1]
    if 2 <= distance <= 6:
        return _weekday(day)
    short = _day_and_month(day, locale)
    return short if day.year == today.year else f"{short} {day.year}"


def shown_day_of_year(day: date, today: date, *, locale: str = "") -> str:
    """A day under a heading that names the year: today, tomorrow, yesterday, `9 Mar`."""
    near = abs((day - today).days) <= 1
    return shown_day_short(day, today, locale=locale) if near else _day_and_month(day, locale)


def shown_day_of_axis(day: date, year: int, *, locale: str = "") -> str:
    """A day that stays the same tomorrow: `9 Mar`, with its year where that is another than `year`."""
    short = _day_and_month(day, locale)
    return short if day.year == year else f"{short} {day.year}"


def month_name(month: int) -> str:
    """`March` for 3."""
    return _MONTH_NAMES[month - 1]


def shown_time(at: time, locale: str) -> str:
    """A time of day: `15:30`, or `3:30 pm` where the locale counts to twelve."""
    if not is_twelve_hours(locale):
        return f"{at.hour:02}:{at.minute:02}"
    return f"{at.hour % 12 or 12}:{at.minute:02} {'pm' if at.hour >= 12 else 'am'}"


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()][:3].title()


def _day_and_month(day: date, locale: str) -> str:
    month = _MONTHS[day.month - 1]
    return f"{month} {day.day}" if locale and is_month_first(locale) else f"{day.day} {month}"
