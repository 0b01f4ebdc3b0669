"""The desks of bookings."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.papers.part import PaperDesks

if TYPE_CHECKING:
    from posapp.services.bookings.bookings import BookingDesk
    from posapp.services.bookings.walk_ins import WalkInDesk
    from posapp.services.papers.content import PaperSource


class BookingDesks(PaperDesks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def bookings(self) -> "BookingDesk":
        """Books, moves and follows bookings."""
        from posapp.services.bookings.bookings import BookingDesk

        return BookingDesk(self.store)

    @cached_property
    def walk_ins(self) -> "WalkInDesk":
        """Keeps the queue of who came without a booking."""
        from posapp.services.bookings.walk_ins import WalkInDesk

        return WalkInDesk(self.store)

    def paper_sources(self) -> "tuple[PaperSource, ...]":
        """The papers of bookings, too."""
        from posapp.services.bookings.papers import BookingPapers

        return (*super().paper_sources(), BookingPapers())
