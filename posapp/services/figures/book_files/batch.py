"""What goes into a file of books: whose they are, which days, and how accounts are numbered."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from posapp.domain.base.money import decimals
from posapp.domain.figures.books import AccountKey, BookDocument, NumberedAccount, by_day, placed
from posapp.domain.figures.charts import BookSettings
from posapp.domain.figures.periods import Period
from posapp.domain.shop.businesses import Business


@dataclass(frozen=True, slots=True)
class Batch:
    """The frame of a file: `at` is the shop's time, `opened` the accounts that a file before it had."""

    business: Business
    settings: BookSettings
    period: Period
    at: datetime
    numbered: Callable[[AccountKey], NumberedAccount]
    accounts: tuple[AccountKey, ...]
    opened: frozenset[AccountKey]

    def amount(self, minor: int) -> str:
        """An amount as programs read it: `1234.50`."""
        return f"{Decimal(minor).scaleb(-decimals(self.business.currency)):f}"


@dataclass(frozen=True, slots=True)
class DayLine:
    """What an account has on a day, one way; `number` is that of the day's entry."""

    number: str
    document: BookDocument
    account: AccountKey
    debit_minor: int
    credit_minor: int


def day_lines(documents: Iterable[BookDocument]) -> Iterator[DayLine]:
    """Each day as one entry of a line for each account and way; a correction is an entry of its own."""
    for _, those in by_day(documents):
        for name in dict.fromkeys(map(_entry_of, those)):
            yield from _entry(name, [one for one in those if _entry_of(one) == name])


def _entry_of(document: BookDocument) -> str:
    """The number of the entry that a document goes into."""
    number = f"POS-{document.day:%Y%m%d}"
    return f"{number}-{document.number}" if document.is_correction else number


def _entry(number: str, documents: list[BookDocument]) -> Iterator[DayLine]:
    sums: dict[tuple[AccountKey, bool], int] = {}
    for line in (line for one in documents for line in one.lines):
        key = (line.account, line.minor > 0)
        sums[key] = sums.get(key, 0) + line.minor
    for (account, is_debit), minor in sorted(sums.items(), key=lambda one: (placed(one[0][0]), -one[1])):
        debit, credit = (minor, 0) if is_debit else (0, -minor)
        yield DayLine(number, documents[0], account, debit, credit)
