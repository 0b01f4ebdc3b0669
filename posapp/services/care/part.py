"""The desks of care."""

from typing import TYPE_CHECKING

from posapp.services.bookings.part import BookingDesks
from posapp.services.care.upkeep import UpkeepDesk
from posapp.services.repairs.part import RepairDesks

if TYPE_CHECKING:
    from posapp.services.base.changes import Changes
    from posapp.storage.unit_of_work import Store


class CareDesks(RepairDesks, BookingDesks):
    """Opened with the shop."""

    def __init__(self, store: "Store", changes: "Changes") -> None:
        super().__init__(store, changes)
        self.upkeep = UpkeepDesk(store, self.tickets, self.walk_ins, self.uncollected)
