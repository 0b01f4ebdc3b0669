"""What is left of what was sold: net less the cost that was frozen at the sale, down to each line."""

from typing import TYPE_CHECKING

from posapp.domain.base.clock import day_of
from posapp.domain.base.numbers import Letter
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Chart, Report, Row, key
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.parts import behind_part, item_of, name_of, row_of
from posapp.services.figures.pages.reading import MOST, whole
from posapp.services.figures.pages.words import document, kind_words, pl_id

if TYPE_CHECKING:
    from posapp.storage.figures.lines import Part
    from posapp.storage.unit_of_work import UnitOfWork


def _profit(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    if by == "line":
        return _lines(uow, period)
    found = uow.line_figures.parts(by, period.first, period.last)
    found.sort(key=lambda one: (-one.profit_minor, str(one.key)))
    return [_profit_of(one, by) for one in found]


def _profit_of(one: "Part", by: str) -> Row:
    what, words = _called(one, by)
    sums = (one.net_minor, one.cost_minor, one.profit_minor, one.uncosted_minor)
    return Row(row_of(one.key, by), (what, words, *sums))


def _called(one: "Part", by: str) -> tuple[str, str]:
    if by == "item":
        return item_of(one)
    if by == "ticket":
        return document(Letter.TICKET, one.key), "" if one.key else "Without a ticket"
    if by == "customer":
        return pl_id(one.key), name_of(one)
    return ("", kind_words(one.key)) if by == "kind" else ("", one.key or "Nobody")


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


PROFIT = PageOf(
    Report(
        "profit",
        "Gross profit",
        (key("what", "What"), key("name", "Name")),
        ("net_minor", "cost_minor", "profit_minor", "uncosted_minor"),
        "net revenue less the cost that was frozen at the sale, and what of it has no known cost",
        bys=("kind", "item", "ticket", "technician", "customer", "line"),
        chart=Chart.SHARES,
        charted="profit_minor",
    ),
    _profit,
    behind_part("profit"),
)
