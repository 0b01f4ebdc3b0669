"""What was sold by day or month, from the totals that each sale writes."""

from typing import TYPE_CHECKING

from posapp.domain.base.clock import day_of
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Chart, Report, Row, key
from posapp.services.figures.pages.page import PageOf

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def _rows(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    by_month = by == "month"
    found = []
    for when, sales, refunds, gross, net, tax, cost in uow.totals.sold(
        period.first, period.last, by_month=by_month
    ):
        day = day_of(when * 100 + 1 if by_month else when)
        name = f"{day:%Y-%m}" if by_month else day.isoformat()
        found.append(Row(name, (day, sales, refunds, gross, net, tax, cost, net - cost)))
    return found


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
)
"""Deposits and gift cards are no revenue."""
