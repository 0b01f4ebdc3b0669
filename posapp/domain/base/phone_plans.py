"""What the numbering plans of the world say about a text of digits (steps 6 and 7 of `phone`).

The only module that reads numbers with libphonenumber (the `phonenumbers` package). It is imported at first
need: that takes 16 ms, which the first painted frame of the window must not wait for. `phone.py` is the door
for all others.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber as LibraryNumber

KEY = re.compile(r"\+[1-9][0-9]{3,14}|[0-9]{3,14}")
"""E.164 has at most 15 digits; local numbers have 3 to 14."""

_SECOND_NUMBER = re.compile(r"(?:[0-9][^0-9/,;|&+]*){6}[/,;|&+][^0-9]*(?:[0-9][^0-9/,;|&+]*){6}")
_LONGEST_EXTENSION = 7
_KINDS = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)
_FEWEST_DIGITS = 4  # a text with fewer is too short whatever its signs are


class PhoneMark(StrEnum):
    """What is unusual about a number that was taken all the same; valid numbers carry no mark."""

    UNUSUAL = "possible"
    LOCAL = "local"

    @property
    def shown(self) -> str:
        """The words beside the number."""
        return "unusual number" if self is PhoneMark.UNUSUAL else "local number"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text of digits was read as."""

    key: str
    mark: PhoneMark | None = None
    extension: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a text is no number: an error code and a detail, both of `InvalidPhone`."""

    code: str
    detail: str


PLACEHOLDER = Refusal("phone_placeholder", "placeholder")


def unparseable(detail: str) -> Refusal:
    """The commonest refusal."""
    return Refusal("phone_unparseable", detail)


def look_up(rest: str, extension: str, region: str) -> Reading | Refusal:
    """Read a text of an optional plus, ASCII digits and signs; the region is in upper case."""
    import phonenumbers

    number, problem = _parsed(rest, region)
    if (number is None or not phonenumbers.is_valid_number(number)) and rest.startswith("0"):
        number = _with_plus(rest) or number
    if number is None:
        return unparseable("two_numbers" if _SECOND_NUMBER.search(rest) else problem)
    extension = extension or number.extension or ""
    if len(extension) > _LONGEST_EXTENSION:
        return unparseable("two_numbers")
    national = phonenumbers.national_significant_number(number)
    if len(set(national)) == 1:
        return PLACEHOLDER
    outcome = _classified(number, national, region)
    if isinstance(outcome, Refusal):
        return unparseable("two_numbers") if _SECOND_NUMBER.search(rest) else outcome
    return replace(outcome, extension=extension)


def _parsed(text: str, region: str) -> "tuple[LibraryNumber | None, str]":
    """The library's reading, or None and the detail of its refusal."""
    from phonenumbers import NumberParseException, parse

    try:
        return parse(text, region), ""
    except NumberParseException as refusal:
        match refusal.error_type:
            case NumberParseException.INVALID_COUNTRY_CODE:
                return None, "unknown_country"
            case NumberParseException.TOO_LONG:
                return None, "too_long"
            case NumberParseException.NOT_A_NUMBER if sum(map(str.isdecimal, text)) >= _FEWEST_DIGITS:
                return None, "signs"
        return None, "too_short"


def _with_plus(rest: str) -> "LibraryNumber | None":
    """The reading with a plus in place of a leading 00, if that is a possible number.

    Most countries dial abroad with 00; shops elsewhere note numbers that way all the same.
    """
    import phonenumbers

    text, zeros = re.subn(r"^0[^0-9+]*0", "+", rest)
    if not zeros or "+" in rest:
        return None
    number, _ = _parsed(text, "ZZ")
    if number is None:
        return None
    reason = phonenumbers.is_possible_number_with_reason(number)
    return number if reason == phonenumbers.ValidationResult.IS_POSSIBLE else None


def _classified(number: "LibraryNumber", national: str, region: str) -> Reading | Refusal:
    """Step 7: taken, taken and marked, or refused."""
    import phonenumbers
    from phonenumbers import PhoneNumberFormat, ValidationResult

    reason = phonenumbers.is_possible_number_with_reason(number)
    valid = phonenumbers.is_valid_number(number)
    if valid or reason == ValidationResult.IS_POSSIBLE:
        key = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        if not KEY.fullmatch(key):  # some plans allow more digits than E.164 has
            return unparseable("too_long")
        return Reading(key, None if valid else PhoneMark.UNUSUAL)
    at_home = number.country_code == phonenumbers.country_code_for_region(region)
    if reason == ValidationResult.IS_POSSIBLE_LOCAL_ONLY and at_home and KEY.fullmatch(national):
        return Reading(national, PhoneMark.LOCAL)
    if reason == ValidationResult.INVALID_LENGTH:
        return unparseable("too_short" if len(national) < _usual_length(number) else "too_long")
    return unparseable("too_long" if reason == ValidationResult.TOO_LONG else "too_short")


def _usual_length(number: "LibraryNumber") -> int:
    """How many digits the shortest usual number (mobile or fixed) of that country has without its code."""
    import phonenumbers
    from phonenumbers import PhoneNumberType

    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
    examples = [phonenumbers.example_number_for_type(region, kind) for kind in kinds]
    lengths = [len(phonenumbers.national_significant_number(each)) for each in examples if each]
    return min(lengths, default=0)


def forms(key: str, region: str) -> Iterator[tuple[str, bool]]:
    """How a key may be written in a region, best first: the national form at home, the international form.

    With each comes whether it certainly reads back as the same key: the library's forms of valid numbers do.
    """
    import phonenumbers
    from phonenumbers import PhoneNumberFormat

    if not key.startswith("+"):
        yield _in_groups(key), False
        return
    number, _ = _parsed(key, "ZZ")
    if number is None:
        return
    is_valid = phonenumbers.is_valid_number(number)
    if number.country_code == phonenumbers.country_code_for_region(region):
        yield phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL), is_valid
    yield phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL), is_valid


def _in_groups(digits: str) -> str:
    """Local digits as people say them: 123, 1234, 12 345, 123 456, 555-1234, 1234 5678, 123 456 789."""
    if len(digits) == 7:
        return f"{digits[:3]}-{digits[3:]}"
    if len(digits) <= 4:
        return digits
    size = 4 if len(digits) in (8, 12) else 3
    first = len(digits) % size
    groups = [digits[:first]] if first else []
    return " ".join(groups + [digits[at : at + size] for at in range(first, len(digits), size)])


def country_code(region: str) -> str:
    """How the E.164 keys of a region begin (`+353`); empty for a region that has no numbers."""
    import phonenumbers

    code = phonenumbers.country_code_for_region(region)
    return f"+{code}" if code else ""


def is_plainly_valid(key: str) -> bool:
    """Whether an E.164 key is a valid number of its country, twenty times as quick as reading it again.

    A yes is sure: it asks the very patterns that the library's own check ends with. A no is not; read it.
    """
    if not key.startswith("+") or not KEY.fullmatch(key):
        return False
    size, plans = _plans_of(key[1:4])
    national = key[1 + size :]
    for leading_digits, usual in plans:
        if leading_digits is not None and leading_digits.match(national):
            return usual.fullmatch(national) is not None
        if usual.fullmatch(national):
            return leading_digits is None
    return False


@lru_cache(maxsize=2048)
def _plans_of(start: str) -> "tuple[int, tuple[tuple[re.Pattern[str] | None, re.Pattern[str]], ...]]":
    """How many of three first digits are the country code, and for each of its regions its numbers.

    With them come the digits that a region's numbers begin with, where it says so.
    """
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    size = next((size for size in (1, 2, 3) if int(start[:size]) in COUNTRY_CODE_TO_REGION_CODE), 0)
    found = []
    for region in COUNTRY_CODE_TO_REGION_CODE[int(start[:size])] if size else ():
        metadata = PhoneMetadata.metadata_for_region(region)
        if metadata is None:  # a code of no country, such as that of freephones everywhere
            continue
        kinds = (getattr(metadata, name) for name in _KINDS)
        patterns = [one.national_number_pattern for one in kinds if one and one.national_number_pattern]
        general = metadata.general_desc
        lengths = general.possible_length if general else ()
        if patterns and lengths:
            sizes = "|".join(f"[0-9]{{{length}}}" for length in lengths if length > 0)
            leading_digits = re.compile(metadata.leading_digits) if metadata.leading_digits else None
            found.append((leading_digits, re.compile(f"(?=(?:{sizes})$)(?:{'|'.join(patterns)})")))
    return size, tuple(found)


def has_usual_length(key: str) -> bool:
    """Whether an E.164 key has as many digits as numbers of its country usually have."""
    import phonenumbers

    number, _ = _parsed(key, "ZZ")
    return number is not None and len(phonenumbers.national_significant_number(number)) >= _usual_length(
        number
    )


@lru_cache(maxsize=64)
def _prefixes(region: str) -> tuple[str, str, re.Pattern[str]] | None:
    """What stands before a number in a region: its country code, the trunk prefix, that of calls abroad."""
    import phonenumbers
    from phonenumbers import PhoneMetadata

    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None:
        return None
    home = f"+{phonenumbers.country_code_for_region(region)}"
    return home, metadata.national_prefix or "", re.compile(metadata.international_prefix or "00")


def leading(digits: str, region: str) -> list[str]:
    """What bare leading digits may be the beginning of, as E.164, likeliest first.

    They may start with a trunk prefix (0), a prefix for calls abroad (00, 011), an area or a country code.
    """
    found = ["+" + digits[2:]] if digits.startswith("00") else []
    prefixes = _prefixes(region)
    if prefixes is not None:
        home, trunk, international = prefixes
        if trunk and digits.startswith(trunk) and not found:
            found.append(home + digits.removeprefix(trunk))
        abroad = international.match(digits)
        if abroad and abroad.end() < len(digits):
            found.append("+" + digits[abroad.end() :])
        found.append(home + digits)
    found.append("+" + digits)
    return [key for key in dict.fromkeys(found) if not key.startswith("+0")]
