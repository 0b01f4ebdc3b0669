"""What was sold, by kind, staff, source, till, item, customer and tax; what is left of it as profit."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.clock import day_of
from posapp.domain.base.numbers import PL, Letter, number_of
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Chart, Report, Row, key
from posapp.services.figures.pages.page import PageOf, ReadBehind
from posapp.services.figures.pages.reading import MOST, STEPS, moment, orders_behind, whole
from posapp.services.figures.pages.words import (
    WALK_IN,
    document,
    kind_words,
    pl_id,
    rate_words,
    source_words,
)

if TYPE_CHECKING:
    from posapp.storage.figures.lines import Part
    from posapp.storage.selling.totals import Total
    from posapp.storage.unit_of_work import UnitOfWork

_NO_TICKET, _NOBODY = "no ticket", "nobody"
_APART = ("deposit", "giftcard")
_FROM_TOTALS: dict[str, Callable[[str], str]] = {"kind": kind_words, "staff": str}
"""What is summed with each sale, so that no line is read."""


def _gross(row: Row) -> int:
    return -int(str(row.cells[1]))


def _summed(uow: "UnitOfWork", period: Period, by: str) -> "dict[str, Total]":
    """The totals of all days together, by name."""
    found: dict[str, Total] = {}
    for _, name, total in uow.totals.between(by, period.first, period.last):
        known = found.setdefault(name, type(total)())
        known.count += total.count
        known.gross_minor += total.gross_minor
        known.net_minor += total.net_minor
        known.tax_minor += total.tax_minor
        known.cost_minor += total.cost_minor
    return {name: total for name, total in found.items() if name not in _APART}


def _sales(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    if by in _FROM_TOTALS:
        words = _FROM_TOTALS[by]
        rows = [
            Row(
                name, (words(name), one.gross_minor, one.net_minor, one.tax_minor, one.cost_minor, _left(one))
            )
            for name, one in _summed(uow, period, by).items()
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
    return [Row(one.key, (*_item(one), one.pieces, *_money(one))) for one in found]


def _item(one: "Part") -> tuple[str, str]:
    """SKU and name; of what is no item of the catalogue only what kind of thing it is."""
    kind = one.key.removeprefix(":")
    return ("", kind_words(kind)) if kind != one.key else (one.key, one.words)


def _customers(uow: "UnitOfWork", period: Period, _by: str) -> list[Row]:
    found = uow.line_figures.parts("customer", period.first, period.last)
    found.sort(key=lambda one: (-one.gross_minor, one.key))
    return [
        Row(pl_id(one.key) or WALK_IN, (pl_id(one.key), _name(one), one.sales, one.refunds, *_money(one)))
        for one in found
    ]


def _name(one: "Part") -> str:
    return one.words if one.key else "Walk-in"


def _taxes(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    rows = []
    for one in uow.line_figures.parts("rate", period.first, period.last, STEPS.get(by, 0)):
        name, day = moment(one.when, by) if one.when else ("", None)
        cells = (rate_words(one.key), day, one.net_minor, one.gross_minor - one.net_minor, one.gross_minor)
        rows.append(Row(f"{name} {one.key}".strip(), cells))
    return rows


def _tax_parts(uow: "UnitOfWork", period: Period, _by: str) -> list[Row]:
    return [
        Row(name, (rate_words(name), one.net_minor, one.tax_minor))
        for name, one in sorted(_summed(uow, period, "tax").items())
    ]


# -- profit --------------------------------------------------------------------------------------------
def _profit(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    if by == "line":
        return _lines(uow, period)
    found = uow.line_figures.parts(by, period.first, period.last)
    found.sort(key=lambda one: (-one.profit_minor, str(one.key)))
    return [_profit_of(one, by) for one in found]


def _profit_of(one: "Part", by: str) -> Row:
    what, words = _called(one, by)
    sums = (one.net_minor, one.cost_minor, one.profit_minor, one.uncosted_minor)
    return Row(_row_of(one.key, by), (what, words, *sums))


def _called(one: "Part", by: str) -> tuple[str, str]:
    if by == "item":
        return _item(one)
    if by == "ticket":
        return document(Letter.TICKET, one.key), "" if one.key else "Without a ticket"
    if by == "customer":
        return pl_id(one.key), _name(one)
    return ("", kind_words(one.key)) if by == "kind" else ("", one.key or "Nobody")


def _row_of(part: object, by: str) -> str:
    if by == "ticket":
        return document(Letter.TICKET, int(str(part))) or _NO_TICKET
    if by == "customer":
        return pl_id(int(str(part))) or WALK_IN
    return str(part) or _NOBODY


def _lines(uow: "UnitOfWork", period: Period) -> list[Row]:
    rows = []
    for number, position, day, text, net, cost in whole(
        uow.line_figures.each(period.first, period.last, MOST + 1)
    ):
        sale = document(Letter.SALE, number)
        words = f"{text} · {day_of(day).isoformat()}"
        sums = (net, cost or 0, net - (cost or 0), net if cost is None else 0)
        rows.append(Row(f"{sale}/{position}", (sale, words, *sums)))
    return rows


# -- the orders behind a row ---------------------------------------------------------------------------
def _part_of(row: str, by: str) -> object:
    """The key of a part by the name of its row."""
    if by == "ticket":
        return number_of(row, Letter.TICKET, bare=False) or 0
    if by == "customer":
        digits = row.upper().removeprefix(PL)
        return int(digits) if digits.isdecimal() else 0
    if by == "line":
        return row.removeprefix(Letter.SALE)
    return "" if row == _NOBODY else row


def _behind(what: str, way: str = "") -> ReadBehind:
    """The orders of which a part is made, in the way of the page or always the same."""

    def read(
        uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int
    ) -> Sequence[Behind]:
        from posapp.storage.figures.lines import What

        name = way or by
        return orders_behind(uow, name, _part_of(row, name), What(what), period, after, limit)

    return read


def _behind_tax(
    uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    from posapp.services.figures.pages.reading import within
    from posapp.storage.figures.lines import What

    days: Period | None = period
    if by in STEPS:
        name, _, row = row.partition(" ")
        days = within(period, name)
    return orders_behind(uow, "rate", row, What.TAX, days, after, limit) if days else ()


_SUMS = ("gross_minor", "net_minor", "tax_minor", "cost_minor", "profit_minor")
_WHAT, _NAME = key("what", "What"), key("name", "Name")
SALES = PageOf(
    Report(
        "sales",
        "Sales",
        (_WHAT,),
        _SUMS,
        "revenue by kind of thing, by who sold it, by where it came from, by till",
        bys=("kind", "staff", "source", "till"),
        chart=Chart.SHARES,
        charted="gross_minor",
    ),
    _sales,
    _behind("gross"),
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
    _behind("gross", "item"),
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
    _behind("gross", "customer"),
)
TAXES = PageOf(
    Report(
        "taxes",
        "Taxes",
        (key("tax", "Tax"), key("day", "Day", Unit.DAY)),
        ("net_minor", "tax_minor", "gross_minor"),
        "net, tax and gross of each rate; by day or month, too",
        bys=("rate", "day", "month"),
        charted="tax_minor",
    ),
    _taxes,
    _behind_tax,
)
TAX_PARTS = PageOf(
    Report(
        "tax_parts",
        "Parts of taxes",
        (key("tax", "Tax"),),
        ("taxed_minor", "tax_minor"),
        "each part of a tax by itself, as it is told to the authorities (CGST, SGST)",
        charted="tax_minor",
        has_behind=False,
    ),
    _tax_parts,
)
PROFIT = PageOf(
    Report(
        "profit",
        "Gross profit",
        (_WHAT, _NAME),
        ("net_minor", "cost_minor", "profit_minor", "uncosted_minor"),
        "net revenue less the cost that was frozen at the sale, and what of it has no known cost",
        bys=("kind", "item", "ticket", "technician", "customer", "line"),
        chart=Chart.SHARES,
        charted="profit_minor",
    ),
    _profit,
    _behind("profit"),
)
