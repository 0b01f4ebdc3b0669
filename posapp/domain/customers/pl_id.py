"""Numbers that people see: the PL ID of a customer, and the number of a booking, ticket, order or payment.

Both are a prefix and a number from 1 of at most nine digits; typed in any case and with zeros before it.
"""

import re
from dataclasses import dataclass

from posapp.domain.base.errors import DomainError

LARGEST = 999_999_999
_PL = re.compile(r"\s*(PL)?0*([1-9][0-9]{0,8})\s*", re.IGNORECASE)
_DOCUMENT = re.compile(r"\s*([BTSP])0*([1-9][0-9]{0,8})\s*", re.IGNORECASE)


def _invalid_pl_id() -> DomainError:
    return DomainError("pl_id_invalid", "A PL ID is PL and a number, such as PL24. Enter one.", field="pl_id")


@dataclass(frozen=True, order=True, slots=True)
class PlId:
    """The ID of a customer; its text is `PL24`."""

    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= LARGEST:
            raise _invalid_pl_id()

    @classmethod
    def parse(cls, text: str, *, bare: bool = False) -> "PlId":
        """Read `PL24`, `pl0024` and, if `bare`, also `24`; raises `DomainError` pl_id_invalid."""
        found = _PL.fullmatch(text)
        if found is None or not (bare or found[1]):
            raise _invalid_pl_id()
        return cls(int(found[2]))

    def __str__(self) -> str:
        return f"PL{self.number}"


@dataclass(frozen=True, order=True, slots=True)
class DocumentNumber:
    """The number of a booking (B), ticket (T), order (S, sale) or payment (P); its text is `B319`."""

    letter: str
    number: int

    def __post_init__(self) -> None:
        if self.letter not in ("B", "T", "S", "P") or not 1 <= self.number <= LARGEST:
            raise _invalid_number()

    @classmethod
    def parse(cls, text: str) -> "DocumentNumber":
        """Read `B319` or `b319`; raises `DomainError` number_invalid."""
        found = _DOCUMENT.fullmatch(text)
        if found is None:
            raise _invalid_number()
        return cls(found[1].upper(), int(found[2]))

    def __str__(self) -> str:
        return f"{self.letter}{self.number}"


def _invalid_number() -> DomainError:
    return DomainError(
        "number_invalid", "A number is B, T, S or P and digits, such as B319. Enter one.", field="number"
    )
