"""What the values of old records mean: IDs, names, addresses, moments, amounts.

A value is what a file holds: a text, or in JSON any JSON value, with numbers, IDs and moments perhaps in
the wrappers of Extended JSON (`{"$oid": …}`, `{"$date": …}`, `{"$numberLong": …}`). *Empty* is everywhere:
absent, null, or a text of nothing but white space.
"""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from posapp.domain.base import names
from posapp.domain.base.money import LIMIT
from posapp.domain.base.money import decimals as minor_decimals

__all__ = [
    "ValueFault",
    "clean_email",
    "clean_id",
    "clean_name",
    "is_empty",
    "minor_decimals",
    "number_of",
    "raw_phone",
    "read_amount",
    "read_moment",
    "read_whole",
    "text_of",
]

_DAY: Final = 86_400_000_000  # µs
_ZERO_DAY: Final = date(1970, 1, 1).toordinal()
_FIRST: Final = (date(1990, 1, 1).toordinal() - _ZERO_DAY) * _DAY
_END: Final = (date(2100, 1, 1).toordinal() - _ZERO_DAY) * _DAY

_MOMENT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[ T]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_HEX_ID: Final = re.compile(r"[0-9a-fA-F]{24}")
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_WHOLE: Final = re.compile(r"(-?)([0-9]+)")
_GROUPED: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}")
_NUMBERS: Final = ("$numberInt", "$numberLong", "$numberDouble", "$numberDecimal")
_MOST_DIGITS: Final = 13  # of a whole number below the limit, in front of which zeros do not count


class ValueFault(Exception):
    """A value that is not what its field asks for: `code` is the reason why its row is rejected."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_empty(value: object) -> bool:
    """Whether nothing stands there."""
    return value is None or (isinstance(value, str) and not value.strip())


def text_of(value: object) -> str:
    """A value as text: numbers as their digits; empty for true, lists and objects that stand for neither."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool):
        return ""
    number = number_of(value)
    if number is not None:
        return _digits(number)
    if isinstance(value, dict) and len(value) == 1:
        found = value.get("$oid", value.get("$uuid"))
        return found if isinstance(found, str) else ""
    return ""


def number_of(value: object) -> int | float | Decimal | None:
    """The number that a JSON number or one of its wrappers stands for; None for anything else."""
    if isinstance(value, int | float | Decimal):
        return None if isinstance(value, bool) else value
    if not isinstance(value, dict) or len(value) != 1:
        return None
    kind, held = next(iter(value.items()))
    if kind not in _NUMBERS:
        return None
    return _decimal(held) if isinstance(held, str) else number_of(None if isinstance(held, dict) else held)


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if len(text) < 1000 else None
    except InvalidOperation:
        return None


def _digits(number: int | float | Decimal) -> str:
    if isinstance(number, int):
        return str(number)
    exact = number if isinstance(number, Decimal) else Decimal(repr(number))
    if exact.is_finite() and exact.adjusted() < 100 and exact == exact.to_integral_value():
        return str(int(exact))
    return str(number)


def raw_phone(value: object) -> object:
    """What `PhoneNumber.parse` is to read: the digits of a wrapped number, everything else as it came."""
    if isinstance(value, str) or value is None:
        return value
    number = number_of(value)
    return value if number is None else _digits(number)


def clean_id(value: object) -> str:
    """An ID: trimmed; ObjectIds and UUIDs in lower case; numbers as their digits."""
    text = (value if isinstance(value, str) else text_of(value)).strip()
    if len(text) in (24, 36) and (_HEX_ID.fullmatch(text) or _UUID.fullmatch(text)):
        return text.lower()
    return text.replace("\0", "�")


def clean_name(value: object) -> str:
    """A name of an old record, of any length; a number stands for its digits."""
    return names.as_it_came(value if isinstance(value, str) else text_of(value))


def clean_email(value: object) -> str:
    """An address, trimmed and in lower case; empty for a text without `@`."""
    if not isinstance(value, str) or "@" not in value:
        return ""
    return value.strip().lower().replace("\0", "�")


# -- moments ---------------------------------------------------------------------------------------------
def read_moment(value: object, object_id: object = None) -> int:
    """A moment in µs since 1970 UTC; where it is empty, that of `object_id` if that is an ObjectId.

    Raises `ValueFault` date_invalid, also before 1990 and from 2100 on.
    """
    if isinstance(value, str) and (found := _MOMENT.fullmatch(value)):
        micros = _moment(found)
    elif is_empty(value):
        micros = _born(object_id)
    elif isinstance(value, dict) and len(value) == 1 and "$date" in value:
        micros = _wrapped_moment(value["$date"])
    else:
        raise ValueFault("date_invalid")
    if not _FIRST <= micros < _END:
        raise ValueFault("date_invalid")
    return micros


def _moment(found: re.Match[str]) -> int:
    day, hour, minute, second, fraction, zone = found.groups()
    micros = _day(day)
    if hour is None:
        return micros
    if hour > "23" or minute > "59" or second > "59":  # two digits each: as texts they compare alike
        raise ValueFault("date_invalid")
    micros += ((int(hour) * 60 + int(minute)) * 60 + int(second)) * 1_000_000
    if fraction is not None:
        micros += int(fraction[:6].ljust(6, "0"))
    return micros if zone is None or zone == "Z" else micros - _offset(zone)


@lru_cache(maxsize=16_384)
def _day(text: str) -> int:
    try:
        return (date.fromisoformat(text).toordinal() - _ZERO_DAY) * _DAY
    except ValueError as reason:
        raise ValueFault("date_invalid") from reason


@lru_cache(maxsize=256)
def _offset(zone: str) -> int:
    digits = zone[1:].replace(":", "")
    hours, minutes = digits[:2], digits[2:] or "00"
    if hours > "23" or minutes > "59":
        raise ValueFault("date_invalid")
    micros = (int(hours) * 60 + int(minutes)) * 60_000_000
    return -micros if zone[0] == "-" else micros


def _born(object_id: object) -> int:
    """The moment that an ObjectId was made at: its first four bytes are seconds."""
    held = object_id.get("$oid") if isinstance(object_id, dict) and len(object_id) == 1 else None
    if not isinstance(held, str) or not _HEX_ID.fullmatch(held.strip()):
        raise ValueFault("date_invalid")
    return int(held.strip()[:8], 16) * 1_000_000


def _wrapped_moment(value: object) -> int:
    if isinstance(value, str):
        found = _MOMENT.fullmatch(value)
        if found is None:
            raise ValueFault("date_invalid")
        return _moment(found)
    number = number_of(value)
    millis = Decimal("NaN") if number is None else Decimal(str(number))
    if not millis.is_finite() or not -(10**15) < millis < 10**15:
        raise ValueFault("date_invalid")
    return int(millis * 1000)


# -- amounts ---------------------------------------------------------------------------------------------
def read_amount(value: object, decimals: int, *, semicolon: bool) -> int:
    """An amount in minor units, of which the currency's unit has 10^`decimals`; empty is 0.

    `semicolon`: it comes from a CSV divided by semicolons, where `1.234` means thousands. Raises `ValueFault`
    amount_negative and amount_invalid.
    """
    if isinstance(value, str):
        return _text_amount(value.strip(), decimals, semicolon=semicolon)
    if value is None:
        return 0
    number = number_of(value)
    exact = Decimal("NaN") if number is None else Decimal(str(number))
    if not exact.is_finite():
        raise ValueFault("amount_invalid")
    if exact < 0:
        raise ValueFault("amount_negative")
    if exact >= LIMIT:  # also so that no huge power of ten is worked out
        raise ValueFault("amount_invalid")
    return _below_limit(int((exact * 10**decimals).to_integral_value(ROUND_HALF_UP)))


def _text_amount(text: str, decimals: int, *, semicolon: bool) -> int:
    if not text:
        return 0
    bare, is_negative = _without_signs(text)
    whole, fraction = _parts(bare, semicolon=semicolon)
    if not whole.isdecimal() and not (whole == "" and fraction):
        raise ValueFault("amount_invalid")
    digits = (whole + fraction).lstrip("0")
    if is_negative and digits:
        raise ValueFault("amount_negative")
    if len(fraction) > decimals or len(digits) > _MOST_DIGITS:
        raise ValueFault("amount_invalid")
    return _below_limit(int(digits or "0") * 10 ** (decimals - len(fraction)))


def _without_signs(text: str) -> tuple[str, bool]:
    """The digits and marks alone, and whether a minus stood before them; one currency sign may be beside."""
    is_negative = text[0] in "-−"
    if is_negative:
        text = text[1:].lstrip()
    if text and unicodedata.category(text[0]) == "Sc":
        text = text[1:].lstrip()
        if text[:1] in ("-", "−") and not is_negative:
            text, is_negative = text[1:].lstrip(), True
    elif text and unicodedata.category(text[-1]) == "Sc":
        text = text[:-1].rstrip()
    if not text or not text.isascii():
        raise ValueFault("amount_invalid")
    return text, is_negative


def _parts(text: str, *, semicolon: bool) -> tuple[str, str]:
    """The digits before and behind the decimal mark, once it is settled which mark that is."""
    commas, points = text.count(","), text.count(".")
    if not commas and not points:
        return text, ""
    if commas and points:
        mark = max(",.", key=text.rindex)
    elif commas + points > 1:
        return _ungrouped(text.replace(".", ",")), ""
    else:
        mark = "," if commas else "."
        before, behind = text.split(mark)
        if len(behind) == 3 and 1 <= len(before) <= 3:
            if (mark == ",") is not semicolon:
                return _ungrouped(text.replace(".", ",")), ""
        elif len(behind) not in (1, 2):
            raise ValueFault("amount_invalid")
        return before, _plain(behind)
    before, _, behind = text.rpartition(mark)
    if mark in before:
        raise ValueFault("amount_invalid")
    return _ungrouped(before.replace(".", ",")), _plain(behind)


def _ungrouped(text: str) -> str:
    if not _GROUPED.fullmatch(text):
        raise ValueFault("amount_invalid")
    return text.replace(",", "")


def _plain(digits: str) -> str:
    if not digits.isdecimal():
        raise ValueFault("amount_invalid")
    return digits


def _below_limit(minor: int) -> int:
    if minor >= LIMIT:
        raise ValueFault("amount_invalid")
    return minor


def read_whole(value: object, *, may_be_negative: bool = False) -> int:
    """A whole number of minor units: an optional minus and digits only; empty is 0.

    Raises `ValueFault` amount_negative and amount_invalid.
    """
    if is_empty(value):
        return 0
    found = _WHOLE.fullmatch(text_of(value).strip())
    if found is None:
        raise ValueFault("amount_invalid")
    digits = found[2].lstrip("0") or "0"
    if found[1] and digits != "0" and not may_be_negative:
        raise ValueFault("amount_negative")
    minor = _below_limit(int(digits) if len(digits) <= _MOST_DIGITS else LIMIT)
    return -minor if found[1] else minor
