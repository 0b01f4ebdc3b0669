"""The desks of customers."""

from typing import TYPE_CHECKING

from posapp.services.base.part import Desks
from posapp.services.customers.customers import CustomerDesk
from posapp.services.customers.phones import PhoneDesk

if TYPE_CHECKING:
    from posapp.services.base.changes import Changes
    from posapp.storage.unit_of_work import Store


class CustomerDesks(Desks):
    """Opened with the shop."""

    def __init__(self, store: "Store", changes: "Changes") -> None:
        super().__init__(store, changes)
        self.customers = CustomerDesk(store)
        self.phones = PhoneDesk(store)
