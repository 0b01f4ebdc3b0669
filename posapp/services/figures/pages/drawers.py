"""Drawers and people: shifts with their differences, what each person did, Z reports beside the books."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.clock import day_of
from posapp.domain.base.numbers import Letter
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Cell, Remark, Report, Row, key
from posapp.services.figures.pages.corrections import (
    discount_of,
    discounted,
    given_back,
    refunds,
    total_of,
    voids,
)
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.reading import orders_behind, part_of
from posapp.services.figures.pages.words import document, tender_words
from posapp.services.figures.reconciling import reconcile

if TYPE_CHECKING:
    from posapp.domain.figures.reconciliation import Compared
    from posapp.storage.figures.drawers import ClosedDrawer
    from posapp.storage.unit_of_work import UnitOfWork


# -- shifts ----------------------------------------------------------------------------------------------
def _name_of(one: "ClosedDrawer", by: str) -> str:
    if by == "shift":
        return document(Letter.REPORT, one.number)
    return one.by if by == "person" else one.till


def _shifts(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    found: dict[str, list[ClosedDrawer]] = defaultdict(list)
    for one in uow.drawer_figures.closed(period.first, period.last):
        found[_name_of(one, by)].append(one)
    rows = []
    for name, those in found.items():
        first = those[0]
        facts: tuple[Cell, ...] = (day_of(first.day), first.till, first.by, first.note)
        expected, counted = (
            sum(one.expected_minor for one in those),
            sum(one.counted_minor for one in those),
        )
        own = facts if by == "shift" else (None,) * len(facts)
        rows.append(Row(name, (name, *own, len(those), expected, counted, counted - expected)))
    return rows


def _behind_shifts(
    uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    found = []
    for one in uow.drawer_figures.closed(period.first, period.last):
        if _name_of(one, by) == row:
            words = " · ".join(filter(None, (one.till, one.by, one.note)))
            number = document(Letter.REPORT, one.number)
            found.append(Behind(number, day_of(one.day), "", words, one.difference_minor, one.id))
    return part_of(found, after, limit)


# -- staff -----------------------------------------------------------------------------------------------
_PLACES = 6
_SALES, _BACKS, _GROSS, _OFF, _VOID, _DIFFERENCE = range(_PLACES)


def _staff(uow: "UnitOfWork", period: Period, _by: str) -> list[Row]:
    found: dict[str, list[int]] = defaultdict(lambda: [0] * _PLACES)
    for _, name, total in uow.totals.between("staff", period.first, period.last):
        found[name][_SALES] += total.count
        found[name][_GROSS] += total.gross_minor
    for one in refunds(uow, period):
        found[one.by][_SALES] -= 1
        found[one.by][_BACKS] += given_back(one)
    for one in discounted(uow, period):
        found[one.by][_OFF] += discount_of(one)
    for one in voids(uow, period):
        found[one.by][_VOID] += total_of(one)
    for drawer in uow.drawer_figures.closed(period.first, period.last):
        found[drawer.by][_DIFFERENCE] += drawer.difference_minor
    return [Row(name, (name, *sums)) for name, sums in sorted(found.items())]


def _behind_staff(
    uow: "UnitOfWork", period: Period, _by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    from posapp.storage.figures.lines import What

    return orders_behind(uow, "staff", row, What.GROSS, period, after, limit)


# -- Z reports beside the books --------------------------------------------------------------------------
def _id_of(one: "Compared") -> str:
    return f"{one.report or one.till} {one.tender}"


def _reconciliation(uow: "UnitOfWork", period: Period, _by: str) -> list[Row]:
    rows = []
    for one in reconcile(uow, period).rows:
        why = "; ".join(f"{each.number} {each.text}" for each in one.explanations[:3])
        more = len(one.explanations) - 3
        why = f"{why}; {more} more" if more > 0 else why
        facts: tuple[Cell, ...] = (one.report, one.day, one.till, tender_words(one.tender), why)
        sums = (one.z_minor, one.books_minor, one.difference_minor, one.unexplained_minor)
        rows.append(Row(_id_of(one), (*facts, *sums)))
    return rows


def _behind_reconciliation(
    uow: "UnitOfWork", period: Period, _by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    found = [
        (why.number, why.day, why.customer, why.text, why.amount_minor)
        for one in reconcile(uow, period).rows
        if _id_of(one) == row
        for why in one.explanations
    ]
    return [Behind(*one, at=at) for at, one in enumerate(found, start=1)][after : after + limit]


def _remark(rows: Sequence[Row]) -> Remark:
    count = sum(bool(row.cells[-1]) for row in rows)
    return Remark(f"{count} not explained", False) if count else Remark("all explained", True)


_DAY = key("day", "Day", Unit.DAY)
SHIFTS = PageOf(
    Report(
        "shifts",
        "Shifts",
        (key("what", "What"), _DAY, key("till", "Till"), key("by", "Closed by"), key("note", "Note")),
        ("shifts", "expected_minor", "counted_minor", "drawer_difference_minor"),
        "what drawers should have held, and what was counted, by shift, person or till",
        bys=("shift", "person", "till"),
        charted="drawer_difference_minor",
    ),
    _shifts,
    _behind_shifts,
)
STAFF = PageOf(
    Report(
        "staff",
        "Staff",
        (key("person", "Person"),),
        (
            *("sales", "refunded_minor", "gross_minor"),
            *("discount_minor", "voided_minor", "drawer_difference_minor"),
        ),
        "what each person sold, gave back, took off, voided, and was out by at the count",
        charted="gross_minor",
    ),
    _staff,
    _behind_staff,
)
RECONCILIATION = PageOf(
    Report(
        "reconciliation",
        "Z reports and books",
        (
            key("z", "Z", Unit.CODE),
            _DAY,
            key("till", "Till"),
            key("tender", "Tender"),
            key("why", "Explained by"),
        ),
        ("z_minor", "books_minor", "z_difference_minor", "unexplained_minor"),
        "what closed drawers say beside the payments of these days, and the documents between both",
        charted="z_difference_minor",
    ),
    _reconciliation,
    _behind_reconciliation,
    remark=_remark,
)
