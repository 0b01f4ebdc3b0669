"""Two customers who may be one person: how sure that is, and why."""

from dataclasses import dataclass
from enum import StrEnum

from posapp.domain.customers.pl_id import PlId


class Reason(StrEnum):
    """A signal that two customers are one."""

    SAME_EMAIL = "same_email"
    SAME_NAME = "same_name"
    SIMILAR_NAME = "similar_name"
    SWAPPED_NAME = "swapped_name"
    SAME_SURNAME = "same_surname"
    FORMER_NUMBER = "former_number"
    SWAPPED_DIGITS = "swapped_digits"
    SAME_DEVICE = "same_device"
    SAME_ADDRESS = "same_address"
    NO_PHONE = "no_phone"


STRONG, LIKELY, MAYBE = 90, 80, 60
"""Least scores of the words that stand beside them; below the last a pair is no suggestion."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a customer is compared with others; names as written, the customer's own first.

    `phones` and `former` are canonical keys, `devices` keys of devices with a serial or IMEI that the
    customer brought.
    """

    id: int
    names: tuple[str, ...] = ()
    emails: frozenset[str] = frozenset()
    address: str = ""
    phones: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()
    devices: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FoundPair:
    """Two customers by key, the smaller key first."""

    a_id: int
    b_id: int
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class PairSide:
    """A customer of a pair as lists show it."""

    id: int
    pl_id: PlId
    name: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two customers, the older one first; score 0 to 100."""

    score: int
    reasons: tuple[Reason, ...]
    a: PairSide
    b: PairSide
