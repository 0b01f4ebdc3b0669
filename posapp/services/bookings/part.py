"""The desks of bookings."""

from typing import TYPE_CHECKING

from posapp.services.bookings.bookings import BookingDesk
from posapp.services.bookings.papers import BookingPapers
from posapp.services.bookings.walk_ins import WalkInDesk
from posapp.services.papers.content import PaperSource
from posapp.services.papers.part import PaperDesks

if TYPE_CHECKING:
    from posapp.services.base.changes import Changes
    from posapp.storage.unit_of_work import Store


class BookingDesks(PaperDesks):
    """Opened with the shop."""

    def __init__(self, store: "Store", changes: "Changes") -> None:
        super().__init__(store, changes)
        self.bookings = BookingDesk(store)
        self.walk_ins = WalkInDesk(store)

    def paper_sources(self) -> tuple[PaperSource, ...]:
        """The papers of bookings, too."""
        return (*super().paper_sources(), BookingPapers())
