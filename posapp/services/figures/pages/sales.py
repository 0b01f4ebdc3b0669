"""What was sold, by kind, staff, source and till, by item and by customer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Chart, Report, Row, key
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.parts import behind_part, item_of, name_of, row_of, summed
from posapp.services.figures.pages.words import kind_words, pl_id, source_words

if TYPE_CHECKING:
    from posapp.storage.figures.lines import Part
    from posapp.storage.selling.totals import Total
    from posapp.storage.unit_of_work import UnitOfWork

_FROM_TOTALS: dict[str, Callable[[str], str]] = {"kind": kind_words, "staff": str}
"""What is summed with each sale, so that no line is read."""


def _gross(row: Row) -> int:
    return -int(str(row.cells[1]))


def _sales(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    if by in _FROM_TOTALS:
        words = _FROM_TOTALS[by]
        rows = [
            Row(
                name, (words(name), one.gross_minor, one.net_minor, one.tax_minor, one.cost_minor, _left(one))
            )
            for name, one in summed(uow, period, by).items()
        ]
    else:
        shown = source_words if by == "source" else str
        rows = [
            Row(one.key, (shown(one.key), *_money(one)))
            for one in uow.line_figures.parts(by, period.first, period.last)
        ]
    return sorted(rows, key=lambda row: (_gross(row), row.id))


def _left(one: "Total") -> int:
    return one.net_minor - one.cost_minor


def _money(one: "Part") -> tuple[int, ...]:
    tax = one.gross_minor - one.net_minor
    return one.gross_minor, one.net_minor, tax, one.cost_minor, one.profit_minor


def _items(uow: "UnitOfWork", period: Period, _by: str) -> list[Row]:
    found = uow.line_figures.parts("item", period.first, period.last)
    found.sort(key=lambda one: (-one.gross_minor, str(one.key)))
    return [Row(one.key, (*item_of(one), one.pieces, *_money(one))) for one in found]


def _customers(uow: "UnitOfWork", period: Period, _by: str) -> list[Row]:
    found = uow.line_figures.parts("customer", period.first, period.last)
    found.sort(key=lambda one: (-one.gross_minor, one.key))
    return [
        Row(row_of(one.key, "customer"), (pl_id(one.key), name_of(one), one.sales, one.refunds, *_money(one)))
        for one in found
    ]


_SUMS = ("gross_minor", "net_minor", "tax_minor", "cost_minor", "profit_minor")
_NAME = key("name", "Name")
SALES = PageOf(
    Report(
        "sales",
        "Sales",
        (key("what", "What"),),
        _SUMS,
        "revenue by kind of thing, by who sold it, by where it came from, by till",
        bys=("kind", "staff", "source", "till"),
        chart=Chart.SHARES,
        charted="gross_minor",
    ),
    _sales,
    behind_part("gross"),
)
ITEMS = PageOf(
    Report(
        "items",
        "Best sellers",
        (key("sku", "SKU"), _NAME),
        ("pieces", *_SUMS),
        "what was sold of each item, the most first",
        bys=("item",),
        chart=Chart.SHARES,
        charted="gross_minor",
    ),
    _items,
    behind_part("gross", "item"),
)
CUSTOMERS = PageOf(
    Report(
        "customers",
        "Customers",
        (key("customer", "PL ID", Unit.CODE), _NAME),
        ("sales", "refunds", *_SUMS),
        "what each customer bought, the most first; all who are no customers in one row",
        bys=("customer",),
        charted="gross_minor",
    ),
    _customers,
    behind_part("gross", "customer"),
)
