"""What a page of the reports is made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Permission
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Cell, Remark, Report, Row

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

Read = Callable[["UnitOfWork", Period, str], Sequence[Row]]
"""The rows of a period, made in one of the ways (`by`) of the report."""
Foot = Callable[["UnitOfWork", Period, str], tuple[Cell, ...]]
"""The foot of columns that are not the sum of their rows; None for those that are."""
ReadBehind = Callable[["UnitOfWork", Period, str, str, int, int], Sequence[Behind]]
"""The documents behind a row (`by`, `id`), those whose key is above `after`, at most `limit`."""


@dataclass(frozen=True, slots=True)
class PageOf:
    """A report and how it is read."""

    report: Report
    read: Read
    behind: ReadBehind | None = None
    foot: Foot | None = None
    remark: "Callable[[Sequence[Row]], Remark] | None" = None
    """What the page says of its rows as a whole."""
    needs: Permission | None = None
    """What it takes besides `REPORT_READ`."""
