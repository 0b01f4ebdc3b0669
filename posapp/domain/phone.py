"""Phone numbers: one reading for typed and imported input, one canonical key, one way to show them.

The key of a number is its E.164 form (`+919717619183`) or, for a local number without area code, its
3 to 14 bare digits (`5551234`). Two numbers are the same if their keys are. Numbering plans come from
libphonenumber (the `phonenumbers` package), which is imported at first need: it takes 16 ms that
the first painted frame of the window must not wait for.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from posapp.domain.errors import DomainError

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber as LibraryNumber

_KEY = re.compile(r"\+[1-9][0-9]{3,18}|[0-9]{3,14}")
_EXTENSION = re.compile(
    r"(?:;ext=| ?(?:extension|extn|ext|xtn|xt|x|int|доб|#) ?[.:]? ?)([0-9]+) ?$", re.IGNORECASE
)
_FLOAT = re.compile(r"(\+?[0-9]+)\.0")
_SECOND_NUMBER = re.compile(r"(?:[0-9][^0-9/,;|&+]*){6}[/,;|&+][^0-9]*(?:[0-9][^0-9/,;|&+]*){6}")
_LABEL = re.compile(r"\W*|user_|(?:tel|phone|mobile)[.:]* ?", re.IGNORECASE)
_LONGEST_TEXT = 250  # libphonenumber reads no longer ones
_LONGEST_EXTENSION = 7
_FEWEST_DIGITS = 4  # fewer are no search for a phone

_SENTENCES = {
    "no_digits": "Enter the phone number in digits.",
    "too_short": "The phone number is too short. Add the missing digits, with the area code.",
    "too_long": "The phone number is too long. Take out the digits that do not belong to it.",
    "letters": "The phone number has letters in it. Enter digits here and put words into the note.",
    "unknown_country": "No country has this code. Check the digits after the +.",
    "two_numbers": "These are two phone numbers. Enter one here and add the other one as a further phone.",
    "placeholder": "This is no real phone number: all digits are the same. Enter the customer's own.",
    "not_text": "A phone number is a text of digits. Enter it as one.",
    "signs": "A sign in the phone number does not belong there. Enter digits and spaces, + only first.",
}


class PhoneMark(StrEnum):
    """What is unusual about a number that was taken all the same; valid numbers carry no mark."""

    UNUSUAL = "possible"
    LOCAL = "local"

    @property
    def shown(self) -> str:
        """The words beside the number."""
        return "unusual number" if self is PhoneMark.UNUSUAL else "local number"


class InvalidPhone(DomainError):
    """A text that is no phone number.

    `code` is phone_missing, phone_unparseable or phone_placeholder; the fact `detail` is a key of
    `_SENTENCES` and says why.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, _SENTENCES[detail], field="phone", detail=detail)

    @property
    def detail(self) -> str:
        """Why, in one word."""
        return str(self.facts["detail"])


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number that a customer can have; equal by `key` alone."""

    key: str
    extension: str = field(default="", compare=False)
    mark: PhoneMark | None = field(default=None, compare=False)
    typed: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise InvalidPhone("phone_unparseable", "signs")

    @classmethod
    def parse(cls, raw: object, *, region: str) -> "PhoneNumber":
        """Read a typed or imported value; `region` (ISO 3166) is the shop's.

        Raises `InvalidPhone`. Whole and decimal numbers stand for their digits, None for an empty text.
        """
        text = _as_text(raw)
        # Long texts are read but not kept: the cache must not hold whole notes pasted into a phone field.
        outcome = _read(text, region) if len(text) <= _LONGEST_TEXT else _read.__wrapped__(text, region)
        if isinstance(outcome, _Refusal):
            raise InvalidPhone(outcome.code, outcome.detail)
        return outcome

    @classmethod
    def from_key(cls, key: str, extension: str = "") -> Self:
        """A number whose key is known already, as a database holds it."""
        return cls(key, extension)

    @property
    def is_local(self) -> bool:
        """Whether the key lacks country and area code."""
        return not self.key.startswith("+")

    @property
    def digits(self) -> str:
        """The key without its plus sign."""
        return self.key.removeprefix("+")

    @property
    def reversed_digits(self) -> str:
        """The digits from the last to the first: what a search by final digits looks up."""
        return self.digits[::-1]

    def shown(self, region: str) -> str:
        """In groups: the national form in the number's own region, the international form elsewhere."""
        text = _shown_key(self.key, region.upper())
        return f"{text} ext. {self.extension}" if self.extension else text


@dataclass(frozen=True, slots=True)
class _Refusal:
    code: str
    detail: str


_PLACEHOLDER = _Refusal("phone_placeholder", "placeholder")


def _unparseable(detail: str) -> _Refusal:
    return _Refusal("phone_unparseable", detail)


def _as_text(raw: object) -> str:
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise InvalidPhone("phone_unparseable", "not_text")
    if isinstance(raw, float):
        return format(raw, ".0f") if raw.is_integer() else repr(raw)
    return str(raw) if raw.bit_length() < 1000 else "1" + "0" * _LONGEST_TEXT


def _cleaned(text: str) -> str:
    """Spaces and control characters as one space, format characters out, digits and plus sign in ASCII."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(map(_cleaned_character, text)).split())


def _cleaned_character(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    match unicodedata.category(character):
        case "Zs" | "Zl" | "Zp" | "Cc":
            return " "
        case "Cf":
            return ""
        case "Nd":
            return str(unicodedata.decimal(character))
    return "+" if character == "＋" else character


def _without_label(text: str) -> str:
    """The text from its first plus sign or digit on; `text` is clean."""
    start = next((at for at, character in enumerate(text) if character in "+0123456789"), len(text))
    rest = text[start:]
    whole = _FLOAT.fullmatch(rest)
    return whole[1] if whole else rest


def _split_extension(text: str) -> tuple[str, str]:
    found = _EXTENSION.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def _digits_of(text: str) -> str:
    return "".join(character for character in text if character in "0123456789")


def _has_letters(text: str) -> bool:
    return any(unicodedata.category(character)[0] == "L" for character in text)


@lru_cache(maxsize=32_768)
def _read(text: str, region: str) -> PhoneNumber | _Refusal:
    """Steps 2 to 5: what can be told from the text alone."""
    clean = _cleaned(text)
    if not _digits_of(clean):
        return _Refusal("phone_missing", "no_digits")
    rest, extension = _split_extension(_without_label(clean))
    if _has_letters(rest):
        return _unparseable("letters")
    digits = _digits_of(rest)
    if len(digits) > 1 and len(set(digits)) == 1:
        return _PLACEHOLDER
    if len(rest) > _LONGEST_TEXT:
        return _unparseable("too_long")
    outcome = _looked_up(rest, extension, region.upper())
    if isinstance(outcome, _Refusal):
        return outcome
    return replace(outcome, typed=text.strip()[:_LONGEST_TEXT])


def _looked_up(rest: str, extension: str, region: str) -> PhoneNumber | _Refusal:
    """Steps 6 to 8: what the numbering plans say."""
    import phonenumbers

    number, problem = _parsed(rest, region)
    if (number is None or not phonenumbers.is_valid_number(number)) and rest.startswith("0"):
        number = _with_plus(rest) or number
    if number is None:
        return _unparseable("two_numbers" if _SECOND_NUMBER.search(rest) else problem)
    extension = extension or number.extension or ""
    if len(extension) > _LONGEST_EXTENSION:
        return _unparseable("two_numbers")
    national = phonenumbers.national_significant_number(number)
    if len(set(national)) == 1:
        return _PLACEHOLDER
    outcome = _classified(number, national, region)
    if isinstance(outcome, _Refusal):
        return _unparseable("two_numbers") if _SECOND_NUMBER.search(rest) else outcome
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
            case NumberParseException.NOT_A_NUMBER if len(_digits_of(text)) >= _FEWEST_DIGITS:
                return None, "signs"
        return None, "too_short"


def _with_plus(rest: str) -> "LibraryNumber | None":
    """The reading with a plus in place of a leading 00, where that is possible: 00 is dialled in most
    countries, but not in all of those whose shops note numbers that way.
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


def _classified(number: "LibraryNumber", national: str, region: str) -> PhoneNumber | _Refusal:
    """The table of step 8."""
    import phonenumbers
    from phonenumbers import PhoneNumberFormat, ValidationResult

    reason = phonenumbers.is_possible_number_with_reason(number)
    valid = phonenumbers.is_valid_number(number)
    if valid or reason == ValidationResult.IS_POSSIBLE:
        key = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        return PhoneNumber(key, mark=None if valid else PhoneMark.UNUSUAL)
    at_home = number.country_code == phonenumbers.country_code_for_region(region)
    if reason == ValidationResult.IS_POSSIBLE_LOCAL_ONLY and at_home and _KEY.fullmatch(national):
        return PhoneNumber(national, mark=PhoneMark.LOCAL)
    if reason == ValidationResult.INVALID_COUNTRY_CODE:
        return _unparseable("unknown_country")
    if reason == ValidationResult.INVALID_LENGTH:
        return _unparseable("too_short" if len(national) < _usual_length(number) else "too_long")
    return _unparseable("too_long" if reason == ValidationResult.TOO_LONG else "too_short")


def _usual_length(number: "LibraryNumber") -> int:
    """How many digits the shortest usual number (mobile or fixed) of that country has without its code."""
    import phonenumbers
    from phonenumbers import PhoneNumberType

    region = phonenumbers.region_code_for_country_code(number.country_code or 0)
    kinds = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE)
    examples = [phonenumbers.example_number_for_type(region, kind) for kind in kinds]
    lengths = [len(phonenumbers.national_significant_number(each)) for each in examples if each]
    return min(lengths, default=0)


@lru_cache(maxsize=8_192)
def _shown_key(key: str, region: str) -> str:
    """The first form that reads back as the same key; without its code an unusual number may not."""
    for text in _forms(key, region):
        outcome = _read(text, region)
        if isinstance(outcome, PhoneNumber) and outcome.key == key:
            return text
    return key


def _forms(key: str, region: str) -> Iterator[str]:
    import phonenumbers
    from phonenumbers import PhoneNumberFormat

    if not key.startswith("+"):
        yield _in_groups(key)
        return
    number, _ = _parsed(key, "ZZ")
    if number is None:
        return
    if number.country_code == phonenumbers.country_code_for_region(region):
        yield phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    yield phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)


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


class PhoneState(StrEnum):
    """How far a text in a phone field has come."""

    NOT_A_PHONE = "not_a_phone"
    INCOMPLETE = "incomplete"
    COMPLETE = "complete"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class TypedPhone:
    """A text on its way to a number.

    INCOMPLETE may carry a number already: what is typed so far can stand as a local or an unusual
    number. WRONG and NOT_A_PHONE carry the problem; more digits do not mend it.
    """

    state: PhoneState
    number: PhoneNumber | None = None
    problem: InvalidPhone | None = None


def phone_state(typed: str, region: str) -> TypedPhone:
    """Judge a text while it is being typed; never raises."""
    try:
        number = PhoneNumber.parse(typed, region=region)
    except InvalidPhone as problem:
        if not looks_like_phone(typed):
            return TypedPhone(PhoneState.NOT_A_PHONE, problem=problem)
        unfinished = problem.detail == "too_short"
        return TypedPhone(PhoneState.INCOMPLETE if unfinished else PhoneState.WRONG, problem=problem)
    if not looks_like_phone(typed):
        return TypedPhone(PhoneState.NOT_A_PHONE, number)
    return TypedPhone(PhoneState.COMPLETE if _is_whole(number) else PhoneState.INCOMPLETE, number)


def _is_whole(number: PhoneNumber) -> bool:
    if number.mark is not PhoneMark.UNUSUAL:
        return number.mark is None
    import phonenumbers

    read, _ = _parsed(number.key, "ZZ")
    return read is not None and len(phonenumbers.national_significant_number(read)) >= _usual_length(read)


def looks_like_phone(text: str) -> bool:
    """Whether a text in the search box is meant as a phone: four digits (or a plus and one), no words.

    A label such as `tel:` or `user_` and an extension may stand around them.
    """
    clean = _cleaned(text[:_LONGEST_TEXT])
    rest, _ = _split_extension(_without_label(clean))
    label = re.split(r"[+0-9]", clean, maxsplit=1)[0]
    if "@" in clean or not _LABEL.fullmatch(label) or _has_letters(rest):
        return False
    digits = len(_digits_of(rest))
    return digits >= _FEWEST_DIGITS or (rest.startswith("+") and digits > 0)


def leading_keys(typed: str, region: str) -> tuple[str, ...]:
    """The beginnings of keys that the first digits of a number may stand for, likeliest first.

    `0971` in an Indian shop: `+91971` (trunk 0 dropped), `0971` (local); `0091 97` and `+9197`: `+9197`.
    Empty for fewer than four digits.
    """
    import phonenumbers
    from phonenumbers import PhoneMetadata

    rest = _without_label(_cleaned(typed[:_LONGEST_TEXT]))
    digits = _digits_of(rest)
    if len(digits) < _FEWEST_DIGITS or len(digits) > len("+") + 18:
        return ()
    if rest.startswith("+"):
        return ("+" + digits,)
    region = region.upper()
    code = phonenumbers.country_code_for_region(region)
    metadata = PhoneMetadata.metadata_for_region(region)
    found = []
    if metadata is not None:
        trunk = metadata.national_prefix or ""
        if trunk and digits.startswith(trunk) and not digits.startswith("00"):
            found.append(f"+{code}{digits.removeprefix(trunk)}")
        abroad = re.match(metadata.international_prefix or "00", digits)
        if abroad and abroad.end() < len(digits):
            found.append("+" + digits[abroad.end() :])
        found.append(f"+{code}{digits}")
    if digits.startswith("00"):
        found.insert(0, "+" + digits[2:])
    found += ["+" + digits, digits]
    return tuple(key for key in dict.fromkeys(found) if key[:2] != "+0")
