"""The desks of repairs."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp import paths
from posapp.services.papers.part import PaperDesks

if TYPE_CHECKING:
    from posapp.services.papers.content import PaperSource
    from posapp.services.repairs.devices import DeviceDesk
    from posapp.services.repairs.estimates import EstimateDesk
    from posapp.services.repairs.informing import InformingDesk
    from posapp.services.repairs.loaners import LoanerDesk
    from posapp.services.repairs.parts import PartDesk
    from posapp.services.repairs.photos import PhotoDesk
    from posapp.services.repairs.repair_prices import RepairPriceDesk
    from posapp.services.repairs.shelf_labels import ShelfDesk
    from posapp.services.repairs.ticket_states import TicketStateDesk
    from posapp.services.repairs.tickets import TicketDesk
    from posapp.services.repairs.uncollected import UncollectedDesk


class RepairDesks(PaperDesks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def tickets(self) -> "TicketDesk":
        """Takes devices in and follows them."""
        from posapp.services.base.passcodes import Passcodes
        from posapp.services.repairs.tickets import TicketDesk

        return TicketDesk(self.store, Passcodes(paths.data_dir()))

    @cached_property
    def estimates(self) -> "EstimateDesk":
        """Asks for approval and notes the answer."""
        from posapp.services.repairs.estimates import EstimateDesk

        return EstimateDesk(self.store)

    @cached_property
    def parts(self) -> "PartDesk":
        """Follows the parts of repairs."""
        from posapp.services.repairs.parts import PartDesk

        return PartDesk(self.store)

    @cached_property
    def repair_prices(self) -> "RepairPriceDesk":
        """Keeps the price list."""
        from posapp.services.repairs.repair_prices import RepairPriceDesk

        return RepairPriceDesk(self.store)

    @cached_property
    def loaners(self) -> "LoanerDesk":
        """Lends and takes back."""
        from posapp.services.repairs.loaners import LoanerDesk

        return LoanerDesk(self.store)

    @cached_property
    def devices(self) -> "DeviceDesk":
        """Reads and corrects the register of devices."""
        from posapp.services.repairs.devices import DeviceDesk

        return DeviceDesk(self.store)

    @cached_property
    def photos(self) -> "PhotoDesk":
        """Keeps and shows photos."""
        from posapp.services.repairs.photos import PhotoDesk

        return PhotoDesk(self.store)

    @cached_property
    def informing(self) -> "InformingDesk":
        """Keeps the log of what customers were told."""
        from posapp.services.repairs.informing import InformingDesk

        return InformingDesk(self.store)

    @cached_property
    def uncollected(self) -> "UncollectedDesk":
        """Lists what waits too long, reminds, disposes."""
        from posapp.services.repairs.uncollected import UncollectedDesk

        return UncollectedDesk(self.store)

    @cached_property
    def shelves(self) -> "ShelfDesk":
        """Sets shelves up and prints their labels."""
        from posapp.services.repairs.shelf_labels import ShelfDesk

        return ShelfDesk(self.store)

    @cached_property
    def ticket_states(self) -> "TicketStateDesk":
        """Edits the states and what else is set up for repairs."""
        from posapp.services.repairs.ticket_states import TicketStateDesk

        return TicketStateDesk(self.store)

    def paper_sources(self) -> "tuple[PaperSource, ...]":
        """The papers of repairs, too."""
        from posapp.services.repairs.papers import TicketPapers

        return (*super().paper_sources(), TicketPapers())
