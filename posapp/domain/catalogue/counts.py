"""A count: what was scanned on the shelves, beside what should lie there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_name
from posapp.domain.catalogue.items import MOST_STOCK, Item


@dataclass(frozen=True, slots=True)
class CountLine:
    """An item that was counted; its stock as it was at that moment."""

    item: Item
    counted: int

    @property
    def pieces(self) -> int:
        """How many more there are than should be, below zero for fewer."""
        return self.counted - self.item.stock

    @property
    def cost_minor(self) -> int | None:
        """What the difference costs the shop, as far as that is known."""
        return None if self.item.cost_minor is None else self.pieces * self.item.cost_minor


@dataclass(frozen=True, slots=True)
class StockCount:
    """A count that goes on, at any till, while the shop sells."""

    id: int
    note: str
    opened_at: datetime
    opened_by: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan of a count was: an item with what is counted of it so far, or (None) an unknown code."""

    code: str
    item: Item | None = None
    counted: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    """What a count found; `unknown` codes are no item's whose stock is kept, each with how often it came."""

    lines: tuple[CountLine, ...]
    unknown: tuple[tuple[str, int], ...]


def scanned(lines: Iterable[str]) -> dict[str, int]:
    """How often each code stands in a file: one code a line, or `code;12` for twelve.

    `DomainError` count_unclear names the line.
    """
    found: Counter[str] = Counter()
    for place, line in enumerate(lines, start=1):
        code, divider, typed = line.rpartition(";")
        if not divider:
            code, typed = line, "1"
        if not clean_name(line):
            continue
        digits, name = typed.strip(), clean_name(code)
        is_number = digits.isascii() and digits.isdecimal() and len(digits) <= 10
        if is_number and name:
            found[name] += int(digits)
        if not is_number or not name or found[name] > MOST_STOCK:
            raise DomainError(
                "count_unclear",
                f"Line {place} is no code, and no code;number: {line.strip()[:40]}",
                field="file",
            )
    return dict(found)
