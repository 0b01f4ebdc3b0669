"""Gift cards: a numbered promise of the shop to whoever holds the code; what is left is a sum of moves.

A code of ours is 16 letters and digits of an alphabet without look-alikes: 15 drawn at random (74 bits) and
one that tells a slip of the pen. A card that somebody else printed has the code that stands on it. Only the
code's hash, which the shop keys, and its last four characters are kept.
"""

import hashlib
import secrets
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import may_be_number

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""A prime number of signs, so that the last one tells every wrong sign and every two that changed places."""
LENGTH = 16
SHORTEST, LONGEST = 12, 64
LAST = 4
"""So many signs of a code are kept as they are, and shown."""
_ROUNDS = 10_000  # makes trying all codes of a printer's series dear, and a scan no slower than a blink
MOST_MONTHS = 600


class CardMoveKind(StrEnum):
    """Why what is on a card changed; `returned` is a refund or void, in either direction."""

    SOLD = "sold"
    TOPPED_UP = "topped_up"
    USED = "used"
    RETURNED = "returned"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class GiftCard:
    """A card: what is left on it, and the last day on which it pays (None: it does not end)."""

    id: int
    number: str
    last_four: str
    customer_id: int | None
    pl_id: str
    expires_on: date | None
    balance_minor: int
    at: datetime
    by: str

    @property
    def masked(self) -> str:
        """Its code as far as anybody may see it."""
        return f"•••• {self.last_four}"

    def is_expired(self, today: date) -> bool:
        """Whether it pays nothing any more."""
        return self.expires_on is not None and today > self.expires_on


@dataclass(frozen=True, slots=True)
class CardUse:
    """When a card paid, and at which till."""

    till: str
    at: datetime


def new_code() -> str:
    """A code that nobody guesses."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return drawn + _check_sign(drawn)


def _check_sign(drawn: str) -> str:
    weighed = sum(place * ALPHABET.index(sign) for place, sign in enumerate(drawn, start=1))
    return ALPHABET[weighed % len(ALPHABET)]


def shown_code(code: str) -> str:
    """A code in groups of four, as it is told and printed."""
    return "-".join(code[first : first + 4] for first in range(0, len(code), 4))


def plain_code(text: str) -> str:
    """A typed or scanned code without what only divides it; "" for what is none."""
    code = "".join(text.split()).replace("-", "").upper()
    is_code = SHORTEST <= len(code) <= LONGEST and code.isascii() and code.isalnum()
    return code if is_code and not may_be_number(code) else ""


def check_code(text: str) -> str:
    """The code of a card; refuses what is none with `code_invalid`."""
    code = plain_code(text)
    if not code:
        raise DomainError(
            "code_invalid",
            f"A gift card's code has {SHORTEST} to {LONGEST} letters and digits. Scan it, or type it again.",
            field="code",
        )
    return code


def is_mistyped(code: str) -> bool:
    """Whether a code that no card has looks like one of ours with a sign or two that are wrong."""
    is_ours = len(code) == LENGTH and set(code) <= set(ALPHABET)
    return is_ours and _check_sign(code[:-1]) != code[-1]


def code_hash(code: str, key: str) -> str:
    """What is kept of a code: it can be looked for and not be read back."""
    return hashlib.pbkdf2_hmac("sha256", code.encode(), key.encode(), _ROUNDS).hex()


def end_of(day: date, months: int) -> date | None:
    """The last day of a card that is loaded on a day; None where cards do not end (0 months)."""
    if not months:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def check_months(months: int) -> int:
    """How long cards are good for; refuses what is no number of months."""
    if not 0 <= months <= MOST_MONTHS:
        raise DomainError(
            "months_invalid",
            f"Enter for how many months a card is good, up to {MOST_MONTHS}; 0 for as long as there is "
            "something on it.",
            field="months",
        )
    return months
