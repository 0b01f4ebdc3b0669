"""What follows from records and is written with them: figures of customers, times of repairs, totals of days.

A transaction's journal knows each record that it wrote, as it was and as it is; when the entries are chained,
and while the end of the business's chain is still held, those figures follow. So two tills never write the
figures of one shop at once, and what is read anew there has everything that was committed before. Work that
brings many records in one go, without images, notes whose they are (`uow.facts.note`) and comes here, too.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from posapp.storage.base.records import Image
from posapp.storage.figures.following_customers import follow_customers
from posapp.storage.figures.sold_totals import follow_sales
from posapp.storage.figures.work_following import follow_work

if TYPE_CHECKING:
    from posapp.storage.figures.part import FigureRepositories

_FOLLOWERS: tuple[Callable[["FigureRepositories", Sequence[Image]], None], ...] = (
    follow_work,
    follow_sales,
    follow_customers,
)


def follow(uow: "FigureRepositories", images: Sequence[Image]) -> None:
    """Write what follows from the records that a transaction wrote."""
    for each in _FOLLOWERS:
        each(uow, images)
