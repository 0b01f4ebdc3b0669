"""What is taxed by how much, and since when; a rate is whole millionths (19 % is 190,000)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from posapp.domain.base.errors import DomainError
from posapp.domain.base.stamps import Stamps

WHOLE = 1_000_000
"""A hundred per cent."""
MOST_PARTS = 8
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,4}))?\s*%?")


@dataclass(frozen=True, slots=True)
class TaxPart:
    """A tax with a name of its own, such as CGST; `rate` in millionths."""

    name: str
    rate: int


@dataclass(frozen=True, slots=True)
class Tax:
    """What a line is taxed by: one part, or several that are rounded and shown each."""

    name: str
    parts: tuple[TaxPart, ...]

    @property
    def rate(self) -> int:
        """All parts together, in millionths."""
        return sum(part.rate for part in self.parts)


UNTAXED = Tax("", ())
"""Deposits and gift cards, and whatever bears no tax."""


@dataclass(frozen=True, slots=True)
class TaxRate:
    """How much a tax is from a day on; without `parts` it is one."""

    id: int
    starts: date
    rate: int
    parts: tuple[TaxPart, ...] = ()


@dataclass(frozen=True, slots=True)
class ShopTax:
    """A tax of a shop with all its rates, the newest first; of two that begin on a day the later said counts.

    The default one is that of items that name none, and of what is sold without an item.
    """

    id: int
    name: str
    is_default: bool
    is_archived: bool
    rates: tuple[TaxRate, ...]
    stamps: Stamps

    def rate_on(self, day: date) -> TaxRate | None:
        """The rate of a day: the newest that has begun."""
        return next((one for one in self.rates if one.starts <= day), None)

    def on(self, day: date) -> Tax:
        """What a line is taxed by on a day; `DomainError` tax_not_begun where no rate has begun."""
        rate = self.rate_on(day)
        if rate is None:
            raise DomainError("tax_not_begun", f"{self.name} has no rate yet on this day.", field="tax")
        return Tax(self.name, rate.parts or (TaxPart(self.name, rate.rate),))


def parse_percent(text: str, *, field: str = "percent") -> int:
    """`19`, `8.1 %` or `9,975` in millionths; `DomainError` percent_invalid."""
    found = _PERCENT.fullmatch(text.strip())
    millionths = int(found[1]) * 10_000 + int((found[2] or "").ljust(4, "0")) if found else WHOLE + 1
    if millionths > WHOLE:
        raise DomainError("percent_invalid", "Enter a rate from 0 to 100, such as 19 or 8.1.", field=field)
    return millionths


def percent_text(rate: int) -> str:
    """A rate as it is typed: `8.1`."""
    whole, rest = divmod(rate, 10_000)
    return f"{whole}.{rest:04d}".rstrip("0") if rest else str(whole)


def check_rate(rate: int, parts: Sequence[TaxPart]) -> None:
    """Refuse a rate that is none, and parts that do not make it."""
    if not 0 <= rate <= WHOLE:
        raise DomainError("percent_invalid", "Enter a rate from 0 to 100 per cent.", field="percent")
    names = {part.name.casefold() for part in parts}
    is_sum = sum(part.rate for part in parts) == rate and all(part.rate >= 0 for part in parts)
    if parts and (not is_sum or len(names) != len(parts) or len(parts) > MOST_PARTS):
        raise DomainError(
            "parts_invalid",
            f"The parts must have different names and make {percent_text(rate)} together.",
            field="parts",
        )
