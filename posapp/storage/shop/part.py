"""What the shop brings to the storage floor: repositories, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.shop.businesses import Businesses
    from posapp.storage.shop.hours import Hours


class ShopRepositories(Repositories):
    """The shop."""

    def has_amounts(self) -> bool:
        """A service with a price."""
        from posapp.storage.shop.tables import service

        return super().has_amounts() or self.has_any(service, service.c.price_minor > 0)

    @made_once
    def businesses(self) -> "Businesses":
        """The shop, its services, people and benches."""
        from posapp.storage.shop.businesses import Businesses

        return Businesses(self.hands, self.actor.business, self.stamp)

    @made_once
    def hours(self) -> "Hours":
        """When the shop and everybody in it work."""
        from posapp.storage.shop.hours import Hours

        return Hours(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about the shop."""
    from posapp.storage.shop import verify

    return (
        ("shops", "Shops can be read and booked", verify.shops),
        ("hours", "Hours and special days make sense", verify.hours),
    )
