"""The desks of the shop."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.base.part import Desks

if TYPE_CHECKING:
    from posapp.services.shop.businesses import BusinessDesk
    from posapp.services.shop.hours import HoursDesk


class ShopDesks(Desks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def businesses(self) -> "BusinessDesk":
        """Sets up the shop: people, benches, services."""
        from posapp.services.shop.businesses import BusinessDesk

        return BusinessDesk(self.store)

    @cached_property
    def hours(self) -> "HoursDesk":
        """Says when the shop and everybody in it work."""
        from posapp.services.shop.hours import HoursDesk

        return HoursDesk(self.store)
