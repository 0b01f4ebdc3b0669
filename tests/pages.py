"""What must hold of all pages of figures, whatever was sold: each row is its documents, each sum others."""

from collections.abc import Iterable
from typing import Any

from posapp.domain.base.actor import Actor
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import ReportTable
from posapp.services.desks import Shop
from posapp.services.figures.pages.table import PAGES


def foot(shop: Shop, actor: Actor, period: Period, name: str, by: str = "") -> dict[str, int]:
    """The sums of a page by the names of its measures."""
    told = shop.reports.read(actor, name, period, by=by)
    cells = zip(told.columns, told.foot, strict=True)
    return {column.name: int(str(cell)) for column, cell in cells if cell is not None}


def charted(told: ReportTable, cells: tuple[Any, ...]) -> int:
    """What the chart of a page shows of a row."""
    name = told.report.charted or told.report.measures[0]
    return int(cells[[one.name for one in told.columns].index(name)])


def check_behind(shop: Shop, actor: Actor, period: Period, names: Iterable[str] = PAGES) -> int:
    """Every row is the sum of the documents behind it; how many rows there were."""
    count = 0
    for name in names:
        page = PAGES[name]
        for by in page.report.bys if page.behind else ():
            told = shop.reports.read(actor, name, period, by=by)
            assert len({row.id for row in told.rows}) == len(told.rows), (name, by)
            for row in told.rows:
                found, after = list[int](), 0
                while part := shop.reports.behind(actor, name, period, row.id, by=by, after=after):
                    found += [one.amount for one in part]
                    after = part[-1].at
                assert sum(found) == charted(told, row.cells), (name, by, row)
                count += 1
    return count


def check_pages(shop: Shop, actor: Actor, period: Period) -> None:
    """Every page that tells a measure comes to the same sum of it, and money comes to what was issued."""
    known: dict[str, tuple[int, str]] = {}
    for name, page in PAGES.items():
        for by in page.report.bys:
            for measure, minor in foot(shop, actor, period, name, by).items():
                assert known.setdefault(measure, (minor, name))[0] == minor, (
                    measure,
                    name,
                    by,
                    known[measure],
                )
    sums = {measure: minor for measure, (minor, _) in known.items()}
    assert sums["gross_minor"] == sums["net_minor"] + sums["tax_minor"]
    assert sums["profit_minor"] == sums["net_minor"] - sums["cost_minor"]
    assert sums["sold_minor"] - sums["refunded_minor"] == sums["gross_minor"]
    assert sums["issued_minor"] == sums["gross_minor"] + sums["deposits_minor"] + sums["cards_minor"]
    assert sums["tendered_minor"] == sums["received_minor"] + sums["used_minor"]
    assert sums["books_minor"] == sums["tendered_minor"]
    assert sums["z_minor"] - sums["books_minor"] == sums["z_difference_minor"]


def check_owed(shop: Shop, actor: Actor, period: Period) -> None:
    """From the first day on, what is owed either way is what was issued and not received."""
    issued, paid = (foot(shop, actor, period, name) for name in ("issued", "tenders"))
    debts, credit, deposits, cards = (
        sum(foot(shop, actor, period, name)[measure] for name, measure in those)
        for those in (
            [("debts", "debt_minor")],
            [("credits", "credit_minor")],
            [("deposits", "held_minor")],
            [("giftcards", "outstanding_minor")],
        )
    )
    assert issued["issued_minor"] - (paid["tendered_minor"] - paid["rounding_minor"]) == debts
    by_tender = {row.id: int(str(row.cells[3])) for row in shop.reports.read(actor, "tenders", period).rows}
    used = {name: by_tender.get(name, 0) for name in ("deposit", "credit", "giftcard")}
    assert credit + deposits == issued["deposits_minor"] - used["deposit"] - used["credit"]
    assert cards == issued["cards_minor"] - used["giftcard"]
