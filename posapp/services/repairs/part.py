"""The desks of repairs."""

from typing import TYPE_CHECKING

from posapp import paths
from posapp.services.base.passcodes import Passcodes
from posapp.services.papers.content import PaperSource
from posapp.services.papers.part import PaperDesks
from posapp.services.repairs.devices import DeviceDesk
from posapp.services.repairs.estimates import EstimateDesk
from posapp.services.repairs.informing import InformingDesk
from posapp.services.repairs.loaners import LoanerDesk
from posapp.services.repairs.papers import TicketPapers
from posapp.services.repairs.parts import PartDesk
from posapp.services.repairs.photos import PhotoDesk
from posapp.services.repairs.ticket_states import TicketStateDesk
from posapp.services.repairs.tickets import TicketDesk
from posapp.services.repairs.uncollected import UncollectedDesk

if TYPE_CHECKING:
    from posapp.services.base.changes import Changes
    from posapp.storage.unit_of_work import Store


class RepairDesks(PaperDesks):
    """Opened with the shop."""

    def __init__(self, store: "Store", changes: "Changes") -> None:
        super().__init__(store, changes)
        self.tickets = TicketDesk(store, Passcodes(paths.data_dir()))
        self.estimates = EstimateDesk(store)
        self.parts = PartDesk(store)
        self.loaners = LoanerDesk(store)
        self.devices = DeviceDesk(store)
        self.photos = PhotoDesk(store)
        self.informing = InformingDesk(store)
        self.uncollected = UncollectedDesk(store)
        self.ticket_states = TicketStateDesk(store)

    def paper_sources(self) -> tuple[PaperSource, ...]:
        """The papers of repairs, too."""
        return (*super().paper_sources(), TicketPapers())
