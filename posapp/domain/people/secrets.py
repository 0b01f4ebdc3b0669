"""PINs, passwords and badges: which are good enough, and how long a wrong one makes everybody wait."""

import re
import secrets
from datetime import datetime, timedelta
from itertools import pairwise

from posapp.domain.base.errors import DomainError

PIN_LENGTHS = (4, 5, 6)
USUAL_PIN_LENGTH = 6
SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200
FREE_TRIES = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=15)
BADGE = "BADGE-"
_BADGE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_BADGE = re.compile(rf"{BADGE}[{_BADGE_LETTERS}]{{24}}")


def check_pin_length(length: int) -> int:
    """How many digits the PINs of a shop have, or a `DomainError` pin_length_invalid."""
    if length not in PIN_LENGTHS:
        raise DomainError("pin_length_invalid", "A PIN has 4, 5 or 6 digits.", field="pin_length")
    return length


def check_pin(pin: str, length: int, *, phone: str = "") -> str:
    """A PIN that is worth having; `DomainError` pin_invalid or pin_weak. `phone` is its owner's number."""
    if not (pin.isascii() and pin.isdecimal() and len(pin) == length):
        raise DomainError("pin_invalid", f"A PIN has {length} digits.", field="pin")
    if _is_weak(pin) or (phone and phone.endswith(pin)):
        raise DomainError(
            "pin_weak", "This PIN is easy to guess. Choose digits without a pattern.", field="pin"
        )
    return pin


def _is_weak(pin: str) -> bool:
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    halves = {pin[: len(pin) // 2], pin[len(pin) // 2 :]}
    repeats = any(pin == pin[:size] * (len(pin) // size) for size in (1, 2, 3) if len(pin) % size == 0)
    is_year = len(pin) == 4 and pin[:2] in ("19", "20")
    is_doubled = len(pin) % 2 == 0 and pin[::2] == pin[1::2]
    mirrored = len(pin) > 4 and pin == pin[::-1]
    return (
        (len(steps) == 1 and steps <= {0, 1, 9})
        or repeats
        or is_doubled
        or len(halves) == 1
        or is_year
        or mirrored
        or len(set(pin)) < 3
    )


def check_password(password: str, *, name: str = "") -> str:
    """A password that is worth having; `DomainError` password_weak."""
    plain = password.casefold()
    is_short = len(password) < SHORTEST_PASSWORD or len(set(password)) < 5
    is_name = bool(name) and name.casefold() in plain and len(password) < len(name) + 5
    if is_short or is_name or password.isdecimal():
        raise DomainError(
            "password_weak",
            f"A password has at least {SHORTEST_PASSWORD} characters, not only digits and not your name.",
            field="password",
        )
    if len(password) > LONGEST_PASSWORD:
        raise DomainError(
            "password_long", f"A password has at most {LONGEST_PASSWORD} characters.", field="password"
        )
    return password


def is_pin(secret: str) -> bool:
    """Whether something typed can be a PIN; anything else is a password."""
    return secret.isascii() and secret.isdecimal() and len(secret) in PIN_LENGTHS


def new_pin(length: int) -> str:
    """A PIN by chance, for who has lost theirs."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(length))
        if not _is_weak(pin):
            return pin


def new_badge() -> str:
    """The code of a new badge: 120 bits by chance, so that its plain hash tells nobody what it was."""
    return BADGE + "".join(secrets.choice(_BADGE_LETTERS) for _ in range(24))


def plain_badge(code: str) -> str:
    """A badge's code as it was scanned or typed, in the form that is hashed; "" for what is none."""
    found = "".join(code.split()).upper()
    return found if _BADGE.fullmatch(found) else ""


def wait_after(failures: int) -> timedelta:
    """How long nobody may try after so many wrong ones in a row: 30 s after five, doubling to 15 minutes."""
    if failures < FREE_TRIES:
        return timedelta()
    doubled: int = 2 ** min(failures - FREE_TRIES, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def wait_left(failures: int, failed_at: datetime | None, now: datetime) -> timedelta:
    """What is left of that wait; a clock that was set back makes it begin anew, and never longer."""
    if failed_at is None:
        return timedelta()
    whole = wait_after(failures)
    return min(max(failed_at + whole - now, timedelta()), whole)
