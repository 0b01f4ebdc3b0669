"""What was sold by day or month, from the totals that each sale writes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Chart, Report, Row, key
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.reading import moment, orders_behind, within

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def _rows(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    found = []
    for when, sales, refunds, gross, net, tax, cost in uow.totals.sold(
        period.first, period.last, by_month=by == "month"
    ):
        name, day = moment(when, by)
        found.append(Row(name, (day, sales, refunds, gross, net, tax, cost, net - cost)))
    return found


def _behind(
    uow: "UnitOfWork", period: Period, _by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    from posapp.storage.figures.lines import What

    days = within(period, row)
    return orders_behind(uow, "all", 1, What.GROSS, days, after, limit) if days else ()


REVENUE = PageOf(
    Report(
        "revenue",
        "Revenue",
        (key("day", "Day", Unit.DAY),),
        ("sales", "refunds", "gross_minor", "net_minor", "tax_minor", "cost_minor", "profit_minor"),
        "what was sold by day or month, less what was given back",
        bys=("day", "month"),
        chart=Chart.BARS,
        charted="gross_minor",
    ),
    _rows,
    _behind,
)
"""Deposits and gift cards are no revenue."""
