"""The numbers that papers carry, read and written here alone: a letter for what it is, and digits.

A number is at least 1 and has at most nine digits; it is typed in any case and with zeros before it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from posapp.domain.base.errors import DomainError

LARGEST = 999_999_999
PL = "PL"
"""The letters of the one number that belongs to a person (`PlId`)."""


class Letter(StrEnum):
    """What a number is of; each letter has a counter of its own in every business."""

    BOOKING = "B"
    TICKET = "T"
    SALE = "S"
    PAYMENT = "P"
    REPORT = "Z"
    GIFT_CARD = "G"
    HELD = "H"


COUNTED = (PL, *Letter)
"""What a shop counts: its customers, and papers by their letters."""
SCANNED = (Letter.TICKET, Letter.BOOKING, Letter.SALE, Letter.PAYMENT)
"""Whose numbers stand as codes on papers and labels."""
_TYPED = re.compile(r"\s*([A-Z]?)0*([1-9][0-9]{0,8})\s*", re.IGNORECASE)
_SCANNED = re.compile(rf"(?:{PL}|{'|'.join(SCANNED)})\d{{1,9}}", re.IGNORECASE)
_READS = re.compile(rf"\s*(?:{'|'.join(COUNTED)})\s*\d+\s*", re.IGNORECASE)


@dataclass(frozen=True, order=True, slots=True)
class DocumentNumber:
    """The number of a paper; its text is `B319`."""

    letter: Letter
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= LARGEST:
            raise _invalid((self.letter,))

    @classmethod
    def parse(cls, text: str, letters: Iterable[Letter] = Letter) -> "DocumentNumber":
        """Read `B319` or `b0319` where one of these letters is meant; raises `DomainError` number_invalid."""
        wanted = tuple(letters)
        for letter in wanted:
            number = number_of(text, letter, bare=False)
            if number is not None:
                return cls(letter, number)
        raise _invalid(wanted)

    def __str__(self) -> str:
        return number_text(self.letter, self.number)


def number_text(letter: Letter, number: int) -> str:
    """A number as everybody sees it: `B319`."""
    return letter + str(number)


def number_of(text: str, letter: Letter, *, bare: bool = True) -> int | None:
    """The number that a text means where only this letter can be meant, without it if `bare`; else None."""
    found = _TYPED.fullmatch(text)
    if found is None or found[1].upper() not in ((letter.value, "") if bare else (letter.value,)):
        return None
    return int(found[2])


def letter_of(text: str) -> Letter | None:
    """The letter that a number carries, as it is typed or shown; None if it has none of them."""
    begin = text.strip()[:2].upper()
    return Letter(begin[:1]) if begin != PL and begin[:1] in set(Letter) else None


def is_own_number(text: str) -> bool:
    """Whether a scanned text has the form of a number of the shop: PL24, T1042, B319, S2207, P118."""
    return text.isascii() and _SCANNED.fullmatch(text) is not None


def may_be_number(text: str) -> bool:
    """Whether a text reads as a number of the shop, however it is spaced: no code of a thing may."""
    return _READS.fullmatch(text) is not None


def kept_whole(said: str | None, usual: int, *, least: int = 0, most: int = LARGEST) -> int:
    """A whole number as a setting keeps it: the usual one where none is kept, or something else stands there.

    Nobody is locked out by what was written there past the program; `verify` names it.
    """
    text = said or ""
    is_whole = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
    return int(text) if is_whole and least <= int(text) <= most else usual


def _invalid(letters: Sequence[Letter]) -> DomainError:
    *first, last = letters
    words = f"{', '.join(first)} or {last}" if first else last.value
    return DomainError(
        "number_invalid",
        f"A number is {words} and digits, such as {letters[0]}319. Enter one.",
        field="number",
    )
