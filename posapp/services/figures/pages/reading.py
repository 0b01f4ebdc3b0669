"""What the pages of money read alike: days and months, the orders and payments behind a row."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from posapp.domain.base.clock import day_of
from posapp.domain.base.errors import DomainError
from posapp.domain.figures.periods import Period, month_end
from posapp.domain.figures.reports import Behind
from posapp.services.figures.pages.words import document, pl_id, tender_words

if TYPE_CHECKING:
    from posapp.storage.figures.documents import OrderFacts, PaymentFacts
    from posapp.storage.figures.lines import OrderBehind, What
    from posapp.storage.unit_of_work import UnitOfWork

T = TypeVar("T")
MOST = 100_000
"""So many documents or lines are rows of a page by themselves."""
STEPS = {"day": 1, "month": 100}
"""By what a day's number is divided to tell days or months apart."""


def whole(rows: Sequence[T]) -> Sequence[T]:
    """All rows of a page that tells each thing by itself; refuses with `rows_many` what no page can show."""
    if len(rows) > MOST:
        raise DomainError(
            "rows_many", f"These days have more than {MOST:,} of them. Choose fewer days.", field="from"
        )
    return rows


def moment(when: int, by: str) -> tuple[str, date]:
    """The name of a day (20261121) or month (202611) as a row is called, and its (first) day."""
    day = day_of(when * 100 + 1 if by == "month" else when)
    return (f"{day:%Y-%m}" if by == "month" else day.isoformat()), day


def within(period: Period, row: str) -> Period | None:
    """The days of a row (a day or month) that are asked for; None where it is no such row."""
    try:
        first = date.fromisoformat(row if len(row) > 7 else f"{row}-01")
    except ValueError:
        return None
    last = first if len(row) > 7 else month_end(first)
    first, last = max(first, period.first), min(last, period.last)
    return Period(first, last) if first <= last else None


def orders_behind(
    uow: "UnitOfWork", way: str, part: object, what: "What", period: Period, after: int, limit: int
) -> list[Behind]:
    """The next orders of a part of the lines."""
    found = uow.line_figures.behind(way, part, what, period.first, period.last, after, limit)
    return [order_behind(one, one.amount_minor) for one in found]


def order_behind(one: "OrderBehind | OrderFacts", amount: int) -> Behind:
    """An order behind a figure, with what it adds to it."""
    gives = f"gives back {document('S', one.refund_of)}" if one.refund_of else ""
    words = " · ".join(filter(None, (one.by, gives, one.note)))
    number, whose = document("S", one.number), pl_id(one.pl_number)
    return Behind(number, day_of(one.day), whose, words, amount, one.id)


def payment_behind(one: "PaymentFacts") -> Behind:
    """A payment behind a figure of what came in."""
    words = " · ".join(filter(None, (tender_words(one.tender), document("S", one.order), one.reference)))
    number, whose = document("P", one.number), pl_id(one.pl_number)
    return Behind(number, day_of(one.day), whose, words, one.amount_minor, one.id)


def part_of(found: Sequence[Behind], after: int, limit: int) -> list[Behind]:
    """The next ones of documents that were all read, in the order of their keys."""
    rest = sorted((one for one in found if one.at > after), key=lambda one: one.at)
    return rest[:limit]
