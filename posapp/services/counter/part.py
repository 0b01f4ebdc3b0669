"""The desks of the counter."""

from typing import TYPE_CHECKING

from posapp.services.base.part import Desks
from posapp.services.counter.counter import CounterDesk
from posapp.services.counter.search import SearchDesk
from posapp.services.counter.shop_settings import ShopSettingsDesk

if TYPE_CHECKING:
    from posapp.services.base.changes import Changes
    from posapp.storage.unit_of_work import Store


class CounterDesks(Desks):
    """Opened with the shop."""

    def __init__(self, store: "Store", changes: "Changes") -> None:
        super().__init__(store, changes)
        self.counter = CounterDesk(store)
        self.search = SearchDesk(store)
        self.settings = ShopSettingsDesk(store)
