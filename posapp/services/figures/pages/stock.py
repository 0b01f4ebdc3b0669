"""What lies in stock now: how many, what it is worth, what is to be ordered, what nobody wants."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.clock import day_of
from posapp.domain.catalogue.items import MoveKind
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Cell, Chart, Report, Row, key
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.reading import MOST, whole
from posapp.services.figures.pages.words import kind_words

if TYPE_CHECKING:
    from posapp.storage.figures.stocked import Stocked
    from posapp.storage.unit_of_work import UnitOfWork

DEAD = timedelta(days=180)
"""Stock of which nothing went out for so long is dead."""
_MOVED: dict[str, str] = {
    MoveKind.OPENING: "Opening stock",
    MoveKind.RECEIVED: "Received",
    MoveKind.COUNTED: "Counted",
    MoveKind.SOLD: "Sold",
    MoveKind.USED: "Used",
    MoveKind.RETURNED: "Returned",
    MoveKind.SCRAPPED: "Scrapped",
}


def _cells(one: "Stocked", today: date) -> tuple[Cell, ...]:
    """In the order of the measures; nothing is known of the value of what has no known cost."""
    value = None if one.cost_minor is None else one.stock * one.cost_minor
    is_low = 0 < one.reorder_level >= one.stock - one.reserved
    is_dead = one.stock > 0 and one.quiet_since > 0 and day_of(one.quiet_since) < today - DEAD
    return one.stock, one.reserved, value, int(is_low), value if is_dead else 0


def _summed(rows: "Sequence[tuple[Cell, ...]]") -> tuple[Cell, ...]:
    return tuple(sum(int(str(cell or 0)) for cell in column) for column in zip(*rows, strict=True))


def _stock(uow: "UnitOfWork", _period: Period, by: str) -> list[Row]:
    today = uow.businesses.get().day_of(uow.now)
    found = whole(uow.stock_figures.all(MOST + 1))
    if by == "item":
        return [Row(one.sku, (one.sku, one.name, _quiet(one), *_cells(one, today))) for one in found]
    kinds: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    for one in found:
        kinds[one.kind].append(_cells(one, today))
    return [Row(kind, ("", kind_words(kind), None, *_summed(rows))) for kind, rows in sorted(kinds.items())]


def _quiet(one: "Stocked") -> date | None:
    return day_of(one.quiet_since) if one.quiet_since else None


def _behind(
    uow: "UnitOfWork", _period: Period, by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    figures = uow.stock_figures
    found = figures.of_kind(row, after, limit) if by == "kind" else figures.behind(row, after, limit)
    return [
        Behind(
            one.number,
            day_of(one.day),
            "",
            " · ".join(filter(None, (one.sku, _MOVED[one.kind], one.note))),
            one.quantity,
            one.id,
        )
        for one in found
    ]


STOCK = PageOf(
    Report(
        "stock",
        "Stock",
        (key("sku", "SKU"), key("name", "Name"), key("day", "Last out", Unit.DAY)),
        ("in_stock", "reserved", "stock_minor", "to_order", "dead_minor"),
        "what lies in stock now, what it is worth at cost, what is to be ordered, what is dead",
        bys=("item", "kind"),
        chart=Chart.SHARES,
        charted="in_stock",
        has_period=False,
    ),
    _stock,
    _behind,
)
