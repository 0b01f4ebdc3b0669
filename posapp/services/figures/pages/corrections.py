"""What was taken off, given back and taken back: discounts, refunds, void sales, by whom and why."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.clock import day_of
from posapp.domain.base.numbers import Letter
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Cell, Chart, Report, Row, key
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.reading import MOST, order_behind, part_of, whole
from posapp.services.figures.pages.words import document

if TYPE_CHECKING:
    from posapp.storage.figures.documents import OrderFacts
    from posapp.storage.unit_of_work import UnitOfWork

_NO_REASON = "no reason"
Facts = Sequence["OrderFacts"]
ReadFacts = Callable[["UnitOfWork", Period], Facts]


def discounted(uow: "UnitOfWork", period: Period) -> Facts:
    """The sales from which something was taken off."""
    from posapp.storage.figures.documents import Orders

    return whole(uow.document_figures.orders(Orders.DISCOUNTED, period.first, period.last, MOST + 1))


def refunds(uow: "UnitOfWork", period: Period) -> Facts:
    """The refunds of some days, whenever their sales were."""
    from posapp.storage.figures.documents import Orders

    return whole(uow.document_figures.orders(Orders.REFUNDS, period.first, period.last, MOST + 1))


def voids(uow: "UnitOfWork", period: Period) -> Facts:
    """The void sales of some days."""
    from posapp.storage.figures.documents import Orders

    return whole(uow.document_figures.orders(Orders.VOID, period.first, period.last, MOST + 1))


def discount_of(one: "OrderFacts") -> int:
    """What was taken off."""
    return one.discount_minor


def given_back(one: "OrderFacts") -> int:
    """The revenue that went back, above zero."""
    return -one.revenue_minor


def total_of(one: "OrderFacts") -> int:
    """What a sale came to."""
    return one.total_minor


def _group(one: "OrderFacts", by: str) -> str:
    if by == "reason":
        return one.note or _NO_REASON
    return one.by if by == "staff" else document(Letter.SALE, one.number)


def _page(
    report: Report, facts: ReadFacts, amount: Callable[["OrderFacts"], int], *, has_sale: bool = False
) -> PageOf:
    """A page of documents, one by one or by what they have in common."""

    def alone(one: "OrderFacts") -> tuple[Cell, ...]:
        sale: tuple[Cell, ...] = (document(Letter.SALE, one.refund_of), _day(one.sold_on)) if has_sale else ()
        return (day_of(one.day), one.by, one.note, *sale)

    def read(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
        found: dict[str, list[OrderFacts]] = {}
        for one in facts(uow, period):
            found.setdefault(_group(one, by), []).append(one)
        rows = []
        for name, those in found.items():
            facts_of = alone(those[0]) if by == "document" else (None,) * (len(report.keys) - 1)
            rows.append(Row(name, (name, *facts_of, len(those), sum(map(amount, those)))))
        return rows if by == "document" else sorted(rows, key=_largest)

    def behind(
        uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int
    ) -> Sequence[Behind]:
        those = [one for one in facts(uow, period) if _group(one, by) == row]
        return part_of([order_behind(one, amount(one)) for one in those], after, limit)

    return PageOf(report, read, behind)


def _largest(row: Row) -> tuple[int, str]:
    return -int(str(row.cells[-1])), row.id


def _day(number: int) -> Cell:
    return day_of(number) if number else None


_KEYS = (key("what", "What"), key("day", "Day", Unit.DAY), key("by", "By"), key("note", "Note"))
_SALE = (key("sale", "Of the sale", Unit.CODE), key("sold_on", "Sold on", Unit.DAY))
DISCOUNTS = _page(
    Report(
        "discounts",
        "Discounts",
        _KEYS,
        ("discounted", "discount_minor"),
        "what was taken off prices, by whom, and on which sale",
        bys=("staff", "document"),
        chart=Chart.SHARES,
        charted="discount_minor",
    ),
    discounted,
    discount_of,
)
REFUNDS = _page(
    Report(
        "refunds",
        "Refunds",
        (*_KEYS, *_SALE),
        ("refunds", "refunded_minor"),
        "what was given back, why, by whom, and of which sale, of whatever year",
        bys=("reason", "staff", "document"),
        chart=Chart.SHARES,
        charted="refunded_minor",
    ),
    refunds,
    given_back,
    has_sale=True,
)
VOIDS = _page(
    Report(
        "voids",
        "Voids",
        _KEYS,
        ("voids", "voided_minor"),
        "sales that were taken back at once, by whom and why",
        bys=("document", "staff", "reason"),
        charted="voided_minor",
    ),
    voids,
    total_of,
)
