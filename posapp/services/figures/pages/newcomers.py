"""Who became a customer, by day or month."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.clock import begin_of_day, from_us, to_us
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Chart, Report, Row, key
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.reading import STEPS, moment, within
from posapp.services.figures.pages.words import pl_id

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def moments(uow: "UnitOfWork", period: Period) -> tuple[int, int]:
    """When some days begin in the shop, and when those after them do, in microseconds."""
    shop = uow.businesses.get()
    begin, end = (
        to_us(begin_of_day(day, shop.time_zone, shop.cutover_minutes))
        for day in (period.first, period.last + timedelta(1))
    )
    return begin, end


def _rows(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    found = Counter[int]()
    for day, count in uow.newcomers.by_day(*moments(uow, period)):
        found[day // STEPS[by]] += count
    named = [(*moment(when, by), count) for when, count in sorted(found.items())]
    return [Row(name, (day, count)) for name, day, count in named]


def _behind(
    uow: "UnitOfWork", period: Period, _by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    days, shop = within(period, row), uow.businesses.get()
    if days is None:
        return ()
    return [
        Behind(pl_id(number), shop.day_of(from_us(at)), pl_id(number), name, 1, key_of)
        for key_of, number, name, at in uow.newcomers.behind(*moments(uow, days), after, limit)
    ]


NEWCOMERS = PageOf(
    Report(
        "newcomers",
        "New customers",
        (key("day", "Day", Unit.DAY),),
        ("new_customers",),
        "who became a customer on these days, by day or month",
        bys=("day", "month"),
        chart=Chart.BARS,
    ),
    _rows,
    _behind,
)
