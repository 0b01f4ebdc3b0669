"""Dates as people write them into tables.

ISO, with dots the day first, with slashes as in the country of the table: which of the two comes first is
told by the whole column where one of its dates can only be read in one way.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from posapp.domain.old_data.values import ValueFault, read_moment

_PARTS: Final = re.compile(
    r"([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{2,4})\.?"
    r"(?:[ T,]+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(?:\.[0-9]+)?\s*([AaPp])?\.?[Mm]?\.?)?(?:\s*(?:UTC|Z))?"
)
_ISO_MINUTES: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]([0-9]{2}:[0-9]{2})(Z|[+-][0-9:]{2,6})?")
_ISO_ZONED: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]{8,18}) ((?:[+-][0-9:]{2,6})|UTC)")
_MONTH_FIRST: Final = frozenset({"US", "PH", "PR", "GU", "VI", "AS", "MP", "FM", "MH", "PW", "BZ"})


class DayOrder(StrEnum):
    """What comes first in a date with slashes."""

    DAY = "day"
    MONTH = "month"

    @classmethod
    def of_region(cls, region: str) -> "DayOrder":
        """As people of a country write it."""
        return cls.MONTH if region.upper() in _MONTH_FIRST else cls.DAY

    @property
    def shown(self) -> str:
        """An example of it."""
        return "31/12/2025" if self is DayOrder.DAY else "12/31/2025"


def order_of(dates: Iterable[str], region: str) -> DayOrder | None:
    """What comes first in the dates with slashes of a column; None where there are none.

    The first date that can only be read in one way settles it, else the country does.
    """
    has_any = False
    for text in dates:
        found = _PARTS.fullmatch(text.strip())
        if found is None or found[2] == "." or len(found[1]) > 2:
            continue
        has_any = True
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            return DayOrder.DAY
        if second > 12 >= first:
            return DayOrder.MONTH
    return DayOrder.of_region(region) if has_any else None


def read_date(text: str, order: DayOrder) -> int | None:
    """A date in µs since 1970 UTC; None for an empty one. Raises `ValueFault` date_invalid."""
    bare = text.strip()
    if not bare:
        return None
    zoned, minutes = _ISO_ZONED.fullmatch(bare), _ISO_MINUTES.fullmatch(bare)
    if zoned is not None:
        return read_moment(zoned[1] + zoned[2].replace("UTC", "Z"))
    if minutes is not None:
        return read_moment(f"{minutes[1]} {minutes[2]}:00{minutes[3] or ''}")
    found = None if bare[4:5] == "-" else _PARTS.fullmatch(bare)
    return read_moment(bare) if found is None else read_moment(_as_iso(found, order))


def _as_iso(found: re.Match[str], order: DayOrder) -> str:
    first, sign, second, third, hour, minute, moment, half = found.groups()
    if len(first) == 4:
        year, month, day = first, second, third
    elif order is DayOrder.MONTH and sign != ".":
        year, month, day = third, first, second
    else:
        year, month, day = third, second, first
    if len(year) == 2:
        year = f"20{year}" if year < "70" else f"19{year}"
    date = f"{year}-{month:0>2}-{day:0>2}"
    if hour is None:
        return date
    hours = int(hour)
    if half is not None:
        if not 1 <= hours <= 12:
            raise ValueFault("date_invalid")
        hours = hours % 12 + (12 if half in "pP" else 0)
    return f"{date} {hours:02}:{minute}:{moment or '00'}"
