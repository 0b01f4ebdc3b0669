"""Makes the businesses that an import brings along."""

from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.countries import habits
from posapp.domain.old_data.imports import ImportOrder
from posapp.services.old_data.reading_systems import OldShop
from posapp.services.shop.businesses import CreateBusiness, made

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork

SHOP = "Shop"
"""What a business is called of which nothing is known; to be renamed."""


def make_shop(uow: "UnitOfWork", founder: Actor, shop: OldShop, order: ImportOrder, place: int = 0) -> int:
    """A business for an old one, in its country's usual time zone; its key."""
    if uow.users.is_anybody():
        founder.require(Permission.BUSINESS_SWITCH)
    region = shop.region or order.region
    taken = {one.name for one in uow.businesses.all()}
    name = shop.name or (SHOP if place == 0 else f"{SHOP} {shop.code}")
    number = 2
    while name in taken:
        name, number = f"{shop.name or SHOP} {number}", number + 1
    command = CreateBusiness(
        name=name, region=region, currency=order.currency, time_zone=habits(region).time_zone
    )
    return made(uow, replace(founder, business=0), command).id
