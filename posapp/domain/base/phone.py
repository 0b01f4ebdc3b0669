"""Phone numbers: one reading for typed and imported input, one canonical key, one way to show them.

The key of a number is its E.164 form (`+919717619183`) or, for a local number without area code, its
3 to 14 bare digits (`5551234`). Two numbers are the same if their keys are. What the numbering
plans have to say stands in `phone_plans.py`.

From what was typed or imported to the key:

1. Every kind of space and control character is a space; format characters (zero-width, direction marks) are
   dropped. Without a digit of any script: phone_missing.
2. What stands before the first plus or digit is a label (`user_`, `tel:`, an apostrophe) and dropped; so is
   the `.0` of a number that was once a float.
3. An extension (`;ext=12`, `x12`, `#12`, `доб. 12`) is kept beside the number and is no part of the key.
4. Any other letter: phone_unparseable. Letters never become digits, so nobody is merged by a guess.
5. Two or more digits that are all the same: phone_placeholder. Everyone who has it would be one customer.
6. The rest is read with the shop's region; where that gives no valid number and it begins with `00`, once
   more with a plus instead.
7. A valid number is taken; one that is possible only, or local without an area code, is taken and marked.
   Two numbers in one field are never split: phone_unparseable.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Self

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name
from posapp.domain.base.phone_plans import (
    KEY,
    PLACEHOLDER,
    PhoneMark,
    Refusal,
    forms,
    has_usual_length,
    leading,
    look_up,
    unparseable,
)

__all__ = [
    "InvalidPhone",
    "PhoneMark",
    "PhoneNumber",
    "PhoneState",
    "TypedPhone",
    "leading_keys",
    "looks_like_phone",
    "phone_state",
]

_EXTENSION = re.compile(
    r"(?:;ext=| ?(?:extension|extn|ext|xtn|xt|x|int|доб|#) ?[.:]? ?)([0-9]+) ?$", re.IGNORECASE
)
_FLOAT = re.compile(r"(\+?[0-9]+)\.0")
_LABEL = re.compile(r"\W*|user_|(?:tel|phone|mobile)[.:]* ?", re.IGNORECASE)
_LONGEST_TEXT = 250  # libphonenumber reads no longer ones
_FEWEST_DIGITS = 4  # fewer are no search for a phone
_MOST_DIGITS = 20  # more than any key with a prefix for calls abroad before it

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
    """A number that a customer can have; equal by `key` alone.

    `typed` is what was entered, without control characters and at most 250 characters long.
    """

    key: str
    extension: str = field(default="", compare=False)
    mark: PhoneMark | None = field(default=None, compare=False)
    typed: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise InvalidPhone("phone_unparseable", "signs")

    @classmethod
    def parse(cls, raw: object, *, region: str) -> "PhoneNumber":
        """Read a typed or imported value; `region` (ISO 3166) is the shop's.

        Raises `InvalidPhone`. Whole and decimal numbers stand for their digits, None for an empty text.
        """
        text = _as_text(raw)
        # Long texts are read but not kept: the cache must not hold whole notes pasted into a phone field.
        outcome = _read(text, region) if len(text) <= _LONGEST_TEXT else _read.__wrapped__(text, region)
        if isinstance(outcome, Refusal):
            raise InvalidPhone(outcome.code, outcome.detail)
        return outcome

    @classmethod
    def from_key(cls, key: str, extension: str = "") -> Self:
        """A number whose key is known already, as a database holds it."""
        return cls(key, extension)

    @property
    def digits(self) -> str:
        """The key without its plus sign."""
        return self.key.removeprefix("+")

    @property
    def reversed_digits(self) -> str:
        """The digits from the last to the first: what a search by final digits looks up."""
        return self.digits[::-1]

    def shown(self, region: str) -> str:
        """In groups: the national form in the number's own region, the international form elsewhere.

        What is shown reads back as the same number, if the key itself does.
        """
        text = _shown_key(self.key, region.upper())
        return f"{text} ext. {self.extension}" if self.extension else text


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


def _is_digits(text: str) -> bool:
    """Whether there is nothing to clean: asked first, because most of what is searched with digits is so."""
    return text.isascii() and text.isdecimal()


def _has_letters(text: str) -> bool:
    return any(unicodedata.category(character)[0] == "L" for character in text)


@lru_cache(maxsize=32_768)
def _read(text: str, region: str) -> PhoneNumber | Refusal:
    """Steps 2 to 5: what can be told from the text alone."""
    clean = _cleaned(text)
    if not _digits_of(clean):
        return Refusal("phone_missing", "no_digits")
    rest, extension = _split_extension(_without_label(clean))
    if _has_letters(rest):
        return unparseable("letters")
    digits = _digits_of(rest)
    if len(digits) > 1 and len(set(digits)) == 1:
        return PLACEHOLDER
    if len(rest) > _LONGEST_TEXT:
        return unparseable("too_long")
    outcome = look_up(rest, extension, region.upper())
    if isinstance(outcome, Refusal):
        return outcome
    return PhoneNumber(outcome.key, outcome.extension, outcome.mark, clean_name(text)[:_LONGEST_TEXT])


@lru_cache(maxsize=8_192)
def _shown_key(key: str, region: str) -> str:
    """The first form that reads back as the same key; without its code an unusual number may not."""
    for text, is_certain in forms(key, region):
        if is_certain:
            return text
        outcome = _read(text, region)
        if isinstance(outcome, PhoneNumber) and outcome.key == key:
            return text
    return key


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
    unusual = number.mark is PhoneMark.UNUSUAL
    is_whole = number.mark is None or (unusual and has_usual_length(number.key))
    return TypedPhone(PhoneState.COMPLETE if is_whole else PhoneState.INCOMPLETE, number)


def looks_like_phone(text: str) -> bool:
    """Whether a text in the search box is meant as a phone: four digits (or a plus and one), no words.

    A label such as `tel:` or `user_` and an extension may stand around them.
    """
    if _is_digits(text):
        return len(text) >= _FEWEST_DIGITS
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
    rest = digits = typed
    if not _is_digits(typed):
        rest, _ = _split_extension(_without_label(_cleaned(typed[:_LONGEST_TEXT])))
        digits = _digits_of(rest)
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return ()
    if rest.startswith("+"):
        return ("+" + digits,)
    return (*leading(digits, region.upper()), digits)
