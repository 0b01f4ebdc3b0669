"""What repairs bring to the storage floor: repositories, what a new shop begins with, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.repairs.board import Board
    from posapp.storage.repairs.devices import Devices
    from posapp.storage.repairs.estimates import Estimates
    from posapp.storage.repairs.informing import Informing
    from posapp.storage.repairs.loaners import Loaners
    from posapp.storage.repairs.parts import Parts
    from posapp.storage.repairs.photos import Photos
    from posapp.storage.repairs.repair_prices import RepairPrices
    from posapp.storage.repairs.ticket_states import TicketStates
    from posapp.storage.repairs.tickets import Tickets


class RepairRepositories(Repositories):
    """Repairs."""

    def seed(self) -> None:
        """States, moves, checklists and settings."""
        from posapp.storage.repairs.repair_defaults import seed_repairs

        super().seed()
        seed_repairs(self.connection, self.actor.business)

    def has_amounts(self) -> bool:
        """An estimate, a price that was agreed, or one of the price list."""
        from posapp.storage.repairs.tables import estimate, job, repair_price

        listed = self.has_any(repair_price, repair_price.c.price_minor > 0)
        agreed = listed or self.has_any(job, job.c.price_minor > 0)
        return super().has_amounts() or agreed or self.has_any(estimate)

    @made_once
    def devices(self) -> "Devices":
        """The register of devices."""
        from posapp.storage.repairs.devices import Devices

        return Devices(self.hands, self.actor.business, self.stamp)

    @made_once
    def tickets(self) -> "Tickets":
        """Repair tickets and their jobs."""
        from posapp.storage.repairs.tickets import Tickets

        return Tickets(self.hands, self.actor.business, self.stamp)

    @made_once
    def board(self) -> "Board":
        """What is in the shop."""
        from posapp.storage.repairs.board import Board

        return Board(self.hands, self.actor.business)

    @made_once
    def estimates(self) -> "Estimates":
        """Estimates and warranties."""
        from posapp.storage.repairs.estimates import Estimates

        return Estimates(self.hands, self.actor.business, self.stamp)

    @made_once
    def parts(self) -> "Parts":
        """What repairs take of the catalogue."""
        from posapp.storage.repairs.parts import Parts

        return Parts(self.hands, self.actor.business, self.stamp)

    @made_once
    def loaners(self) -> "Loaners":
        """Devices that the shop lends."""
        from posapp.storage.repairs.loaners import Loaners

        return Loaners(self.hands, self.actor.business, self.stamp)

    @made_once
    def repair_prices(self) -> "RepairPrices":
        """What repairs cost."""
        from posapp.storage.repairs.repair_prices import RepairPrices

        return RepairPrices(self.hands, self.actor.business, self.stamp)

    @made_once
    def photos(self) -> "Photos":
        """Photos of devices."""
        from posapp.storage.repairs.photos import Photos

        return Photos(self.hands, self.actor.business, self.stamp)

    @made_once
    def informing(self) -> "Informing":
        """What customers were told."""
        from posapp.storage.repairs.informing import Informing

        return Informing(self.hands, self.actor.business, self.stamp)

    @made_once
    def ticket_states(self) -> "TicketStates":
        """States, moves, checklists and settings of repairs."""
        from posapp.storage.repairs.ticket_states import TicketStates

        return TicketStates(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about repairs."""
    from posapp.storage.base import verify_numbers
    from posapp.storage.repairs import (
        verify,
        verify_devices,
        verify_history,
        verify_loaners,
        verify_prices,
        verify_states,
        verify_upkeep,
    )

    return (
        ("settings", "Settings can be read", verify_states.settings),
        ("states", "From every state a device can be collected", verify_states.states),
        ("ticket_numbers", "Ticket numbers have no holes", verify_numbers.ticket_numbers),
        *((one.code, one.sentence, one) for one in verify.QUESTIONS),
        ("history", "Devices are where the history brought them", verify_history.history),
        ("loaners", "A loaner is out with one customer at a time", verify_loaners.loaners),
        ("price_list", "Every price of the list is found by what it says", verify_prices.price_list),
        ("devices", "Serials and IMEIs are found as they read", verify_devices.devices),
        ("conditions", "Checklists of tickets can be read", verify_devices.conditions),
        ("taken", "Repairs took of the stock what their parts say", verify_history.taken),
        ("passcodes", "Passcodes are encrypted, and kept as long as the shop says", verify_devices.passcodes),
        ("upkeep", "What is promised after some days has happened", verify_upkeep.upkeep),
        ("photos", "Photos are whole", verify_devices.photos),
    )
