"""What the shop brings to the storage floor: repositories, rules of `verify`."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories
from posapp.storage.shop.businesses import Businesses

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule


class ShopRepositories(Repositories):
    """The shop."""

    @cached_property
    def businesses(self) -> Businesses:
        """The shop, its services, people, benches and hours."""
        return Businesses(self.connection, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about the shop."""
    from posapp.storage.shop import verify

    return (
        ("shops", "Shops can be read and booked", verify.shops),
        ("hours", "Hours and special days make sense", verify.hours),
    )
