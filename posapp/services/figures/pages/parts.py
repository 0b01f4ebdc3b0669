"""The parts into which the lines of sales are divided: what a row is called, and the orders behind it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.numbers import PL, Letter, number_of
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind
from posapp.services.figures.pages.page import ReadBehind
from posapp.services.figures.pages.reading import orders_behind
from posapp.services.figures.pages.words import WALK_IN, document, kind_words, pl_id

if TYPE_CHECKING:
    from posapp.storage.figures.lines import Part
    from posapp.storage.selling.totals import Total
    from posapp.storage.unit_of_work import UnitOfWork

_NO_TICKET, _NOBODY = "no ticket", "nobody"
_APART = ("deposit", "giftcard")


def summed(uow: "UnitOfWork", period: Period, by: str) -> "dict[str, Total]":
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


def item_of(one: "Part") -> tuple[str, str]:
    """SKU and name; of what is no item of the catalogue only what kind of thing it is."""
    kind = one.key.removeprefix(":")
    return ("", kind_words(kind)) if kind != one.key else (one.key, one.words)


def name_of(one: "Part") -> str:
    """Who a customer is; all who are none are one."""
    return one.words if one.key else "Walk-in"


def row_of(part: object, by: str) -> str:
    """The name of the row of a part."""
    if by == "ticket":
        return document(Letter.TICKET, int(str(part))) or _NO_TICKET
    if by == "customer":
        return pl_id(int(str(part))) or WALK_IN
    return str(part) or _NOBODY


def part_called(row: str, by: str) -> object:
    """The key of a part by the name of its row."""
    if by == "ticket":
        return number_of(row, Letter.TICKET, bare=False) or 0
    if by == "customer":
        digits = row.upper().removeprefix(PL)
        return int(digits) if digits.isdecimal() else 0
    if by == "line":
        return row.removeprefix(Letter.SALE)
    return "" if row == _NOBODY else row


def behind_part(what: str, way: str = "") -> ReadBehind:
    """The orders of which a part is made, in the way of the page or always the same."""

    def read(
        uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int
    ) -> Sequence[Behind]:
        from posapp.storage.figures.lines import What

        name = way or by
        return orders_behind(uow, name, part_called(row, name), What(what), period, after, limit)

    return read
