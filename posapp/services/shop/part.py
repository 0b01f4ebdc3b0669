"""The desks of the shop."""

from typing import TYPE_CHECKING

from posapp.services.base.part import Desks
from posapp.services.shop.businesses import BusinessDesk

if TYPE_CHECKING:
    from posapp.services.base.changes import Changes
    from posapp.storage.unit_of_work import Store


class ShopDesks(Desks):
    """Opened with the shop."""

    def __init__(self, store: "Store", changes: "Changes") -> None:
        super().__init__(store, changes)
        self.businesses = BusinessDesk(store)
