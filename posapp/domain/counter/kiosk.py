"""The kiosk: codes that let a customer in once, how long somebody waits after wrong ones, and arrivals.

A code is eight digits (26 bits) for a number pad, is good for one day and dies with the fifth wrong try, so
that whoever guesses gets in once in twenty million codes. Only its hash is kept, keyed by the shop.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from posapp.domain.base.errors import DomainError
from posapp.domain.base.phone import PhoneNumber

CODE_DIGITS, TRIES = 8, 5
GOOD_FOR = timedelta(hours=24)
FORGOTTEN_AFTER = timedelta(hours=1)
"""Wrong tries count until this long after the last of them."""
NAME_LIMIT, WHAT_LIMIT = 120, 200
MOST_ARRIVALS = 50
"""So many may wait for the clerk's nod."""
_ROUNDS = 20_000  # dear for who has stolen the file, and no slower than a blink at the pad


class CodeState(StrEnum):
    """What became of a code; whether an open one is still good is a matter of time."""

    OPEN = "open"
    USED = "used"
    REPLACED = "replaced"
    SPENT = "spent"


class ArrivalState(StrEnum):
    """What became of somebody who came to the kiosk and whom the shop does not know."""

    WAITING = "waiting"
    LET_IN = "let_in"
    TURNED_AWAY = "turned_away"


class Door(StrEnum):
    """What is counted apart, so that nobody tries for ever: a number, a kiosk, and arrivals at a kiosk.

    How often each may go wrong before anybody waits is its `free`. A number is counted whether the shop
    knows it or not, so that the waits tell nothing.
    """

    NUMBER = "number"
    KIOSK = "kiosk"
    ARRIVALS = "arrivals"

    @property
    def free(self) -> int:
        """So many tries cost no wait."""
        return {Door.NUMBER: 3, Door.KIOSK: 8, Door.ARRIVALS: 12}[self]


@dataclass(frozen=True, slots=True)
class Tried:
    """How often somebody went wrong at a door, and when last."""

    count: int
    last_at: datetime

    def count_at(self, now: datetime) -> int:
        """The tries that still count; a clock that was set back forgets none."""
        return 0 if now - self.last_at > FORGOTTEN_AFTER else self.count

    def wait_at(self, now: datetime, door: Door) -> int:
        """The seconds that somebody still has to wait."""
        wait = wait_after(self.count_at(now), door)
        passed = max(0.0, (now - self.last_at).total_seconds())
        return max(0, wait - int(passed))


def wait_after(count: int, door: Door) -> int:
    """How long the next try waits, in seconds: doubled with each, at most a quarter of an hour."""
    over = count - door.free
    return 0 if over < 0 else min(900, 15 << min(over, 6))


@dataclass(frozen=True, slots=True)
class AccessCode:
    """A code that was given to a customer, as far as it is kept."""

    id: int
    customer_id: int
    code_hash: str
    expires_at: datetime
    tries: int
    state: CodeState


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody unknown who waits for the clerk's nod: the number, the name and what for, as typed."""

    id: int
    phone: PhoneNumber
    name: str
    what: str
    came_at: datetime


def new_code() -> str:
    """A code that nobody guesses in five tries."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


def shown_code(code: str) -> str:
    """A code in two groups, as it is told and printed."""
    return f"{code[: CODE_DIGITS // 2]} {code[CODE_DIGITS // 2 :]}"


def plain_code(text: str) -> str:
    """A typed code without what only divides it."""
    return "".join(text.split()).replace("-", "")[: CODE_DIGITS * 2]


def code_hash(code: str, key: str, customer_id: int) -> str:
    """What is kept of a code: it can be compared and not be read back."""
    salt = f"{key}:{customer_id}".encode()
    return hashlib.pbkdf2_hmac("sha256", code.encode("utf-8", "surrogatepass"), salt, _ROUNDS).hex()


def door_key(who: str, key: str) -> str:
    """What is kept of a number or of a kiosk's name where tries are counted."""
    return hashlib.sha256(f"{key}:{who}".encode("utf-8", "surrogatepass")).hexdigest()


def did_not_work() -> DomainError:
    """The one answer for unknown numbers and for wrong, used and old codes."""
    return DomainError("sign_in_failed", "That did not work. Ask at the counter.", field="code")


def too_many(seconds: int) -> DomainError:
    """The answer while somebody has to wait, whoever it is."""
    return DomainError(
        "kiosk_wait", f"Wait {seconds} seconds, then try again. Or ask at the counter.", seconds=seconds
    )
