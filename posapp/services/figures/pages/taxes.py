"""The taxes in what was sold: by rate, by day and month, and each part of a tax by itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Report, Row, key
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.parts import summed
from posapp.services.figures.pages.reading import STEPS, moment, orders_behind, within
from posapp.services.figures.pages.words import rate_words

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


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
        for name, one in sorted(summed(uow, period, "tax").items())
    ]


def _behind_tax(
    uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    from posapp.storage.figures.lines import What

    days: Period | None = period
    if by in STEPS:
        name, _, row = row.partition(" ")
        days = within(period, name)
    return orders_behind(uow, "rate", row, What.TAX, days, after, limit) if days else ()


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
