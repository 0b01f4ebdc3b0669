"""The PL ID of a customer: PL and a number of at most nine digits, typed in any case and with zeros."""

import re
from dataclasses import dataclass

from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import LARGEST, PL

_BARE, _SIGNS = re.compile(r"[0-9]{1,9}"), str.maketrans("", "", " -./()")
_PL = re.compile(r"\s*(PL)?0*([1-9][0-9]{0,8})\s*", re.IGNORECASE)


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
        """Read `PL24`, `pl0024` and, if `bare`, also `24` and `PL-24`; raises `DomainError` pl_id_invalid.

        A bare number has at most nine digits, zeros included: what is longer is more likely a phone.
        """
        if bare:
            text = text.translate(_SIGNS).strip()
        found = _PL.fullmatch(text)
        if found is None or not (found[1] or (bare and _BARE.fullmatch(text))):
            raise _invalid_pl_id()
        return cls(int(found[2]))

    def __str__(self) -> str:
        return f"{PL}{self.number}"
