"""Phone numbers as spreadsheets keep them: several in a cell, digits destroyed, a leading zero lost.

* *Several* stand between `|`, `,`, `;`, `/` or line breaks. A cell that is one number as it stands is never
  divided (`0151/123 45 67`); a cell is divided only where each part with a digit in it is a number.
* *Destroyed*: `3.24444E+10`, what a spreadsheet makes of a long number. Its digits are gone.
* *A lost zero* is put back where the number is none as it stands and one with it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from posapp.domain.base.phone import InvalidPhone, PhoneNumber

_DESTROYED: Final = re.compile(r"\s*[+'=]?[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]{1,3}\s*")
_DIVIDERS: Final = re.compile(r":::|[|,;/\r\n\v\x85\u2028\u2029]+")


class PhoneFault(Exception):
    """A cell that has no number to be taken: `code` is the reason why its row is refused."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class CellPhones:
    """The numbers of a row, the first one first, and whether a zero was put back."""

    numbers: tuple[PhoneNumber, ...] = ()
    has_zero: bool = False
    left_out: tuple[str, ...] = ()
    """What stood in further columns and is no number."""


def read_phones(cells: Iterable[str], region: str, *, splits: bool) -> CellPhones:
    """The numbers of a row's cells; none where no cell has a digit.

    Raises `PhoneFault`: phone_destroyed, phone_several (only without `splits`), phone_unparseable,
    phone_placeholder. Beside a good number, a cell that is none is left out and named.
    """
    found: dict[str, PhoneNumber] = {}
    has_zero, faults, left_out = False, [], []
    for cell in cells:
        try:
            numbers, zero = _of_cell(cell, region, splits=splits)
        except PhoneFault as fault:
            if fault.code == "phone_several":
                raise
            faults.append(fault)
            left_out.append(cell.strip())
            continue
        has_zero = has_zero or zero
        for number in numbers:
            found.setdefault(number.key, number)
    if faults and not found:
        raise faults[0]
    return CellPhones(tuple(found.values()), has_zero, tuple(left_out))


def _of_cell(cell: str, region: str, *, splits: bool) -> tuple[list[PhoneNumber], bool]:
    if not cell or cell.isspace():
        return [], False
    if _DESTROYED.fullmatch(cell):
        raise PhoneFault("phone_destroyed")
    try:
        number, zero = _one(cell, region)
        if number.mark is None or not _DIVIDERS.search(cell):
            return [number], zero
    except InvalidPhone as refusal:
        if refusal.code == "phone_missing":
            return [], False
        several = _divided(cell, region)
        if several is None:
            raise PhoneFault(refusal.code) from refusal
    else:
        several = _divided(cell, region)
        if several is None or any(one.mark is not None for one in several[0]):
            return [number], zero
    if not splits and len({number.key for number in several[0]}) > 1:
        raise PhoneFault("phone_several")
    return several


def _divided(cell: str, region: str) -> tuple[list[PhoneNumber], bool] | None:
    """The numbers of the parts of a cell; None where it is not divided, or a part is no number."""
    parts = [part for part in _DIVIDERS.split(cell) if any(map(str.isdecimal, part))]
    if len(parts) < 2:
        return None
    try:
        read = [_one(part, region) for part in parts]
    except InvalidPhone:
        return None
    return [number for number, _ in read], any(zero for _, zero in read)


def _one(text: str, region: str) -> tuple[PhoneNumber, bool]:
    """A number, with the zero put back that it lacks; raises `InvalidPhone`."""
    try:
        number = PhoneNumber.parse(text, region=region)
    except InvalidPhone as refusal:
        mended = None if refusal.code == "phone_missing" else _with_zero(text, region)
        if mended is None:
            raise
        return mended, True
    if number.mark is not None:
        mended = _with_zero(text, region)
        if mended is not None:
            return mended, True
    return number, False


def _with_zero(text: str, region: str) -> PhoneNumber | None:
    bare = text.strip().removeprefix("'").strip()
    if not bare[:1].isdecimal() or bare.startswith("0"):
        return None
    try:
        number = PhoneNumber.parse(f"0{bare}", region=region)
    except InvalidPhone:
        return None
    return number if number.mark is None else None
