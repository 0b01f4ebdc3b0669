"""What follows from records and is written with them: figures of customers, times of repairs, totals of days.

A transaction's journal knows each record that it wrote, as it was and as it is; when the entries are chained,
and while the end of the business's chain is still held, those figures follow. So two tills never write the
figures of one shop at once, and what is read anew there has everything that was committed before. Work that
brings many records in one go, without images, writes them anew itself.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from posapp.storage.base.records import Image

if TYPE_CHECKING:
    from posapp.storage.base.part import Repositories

_FOLLOWERS: tuple[Callable[["Repositories", Sequence[Image]], None], ...] = ()


def follow(uow: "Repositories", images: Sequence[Image]) -> None:
    """Write what follows from the records that a transaction wrote."""
    for each in _FOLLOWERS:
        each(uow, images)
