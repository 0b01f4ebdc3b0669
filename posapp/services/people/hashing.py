"""Argon2id for PINs and passwords (RFC 9106), SHA-256 for what is long and by chance.

Argon2 costs some 140 ms on purpose and is never asked for inside a transaction or on the window's thread.
"""

import hashlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

TIME_COST, MEMORY_COST, LANES = 3, 65536, 4
"""The second recommended option of https://www.rfc-editor.org/rfc/rfc9106#section-4; memory in KiB."""


def hashed(secret: str) -> str:
    """What is kept of a PIN or password."""
    return _hasher().hash(_bytes(secret))


def is_right(kept: str, secret: str) -> bool:
    """Whether a secret is the one of which `kept` is kept; takes as long where nothing is kept."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(kept or _nobody_s(), _bytes(secret))
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def is_outdated(kept: str) -> bool:
    """Whether it was hashed at another cost than today's."""
    return _hasher().check_needs_rehash(kept)


def digest(code: str) -> str:
    """What is kept of a badge or a pass: enough for what nobody can guess."""
    return hashlib.sha256(_bytes(code)).hexdigest()


def _bytes(secret: str) -> bytes:
    """What is hashed; half a letter is no text and is a wrong PIN like any other."""
    return secret.encode("utf-8", "surrogatepass")


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=TIME_COST, memory_cost=MEMORY_COST, parallelism=LANES)


@cache
def _nobody_s() -> str:
    return _hasher().hash("nobody's")
