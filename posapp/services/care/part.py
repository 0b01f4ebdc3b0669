"""The desks of care."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.bookings.part import BookingDesks
from posapp.services.counter.part import CounterDesks
from posapp.services.old_data.part import OldDataDesks
from posapp.services.people.part import PeopleDesks
from posapp.services.repairs.part import RepairDesks

if TYPE_CHECKING:
    from posapp.services.care.exports import ExportDesk
    from posapp.services.care.journal import JournalDesk
    from posapp.services.care.privacy import PrivacyDesk
    from posapp.services.care.upkeep import UpkeepDesk


class CareDesks(CounterDesks, OldDataDesks, RepairDesks, BookingDesks, PeopleDesks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def journal(self) -> "JournalDesk":
        """Tells who did what."""
        from posapp.services.care.journal import JournalDesk

        return JournalDesk(self.store)

    @cached_property
    def upkeep(self) -> "UpkeepDesk":
        """Does each day what was promised for that day."""
        from posapp.services.care.upkeep import UpkeepDesk

        return UpkeepDesk(
            self.store,
            self.tickets,
            self.walk_ins,
            self.uncollected,
            self.kiosk,
            self.privacy,
            self.imports,
        )

    @cached_property
    def privacy(self) -> "PrivacyDesk":
        """Gives out and forgets what is known of a person."""
        from posapp.services.care.privacy import PrivacyDesk

        return PrivacyDesk(self.store)

    @cached_property
    def exports(self) -> "ExportDesk":
        """Writes everything that the database holds."""
        from posapp.services.care.exports import ExportDesk

        return ExportDesk(self.store)
