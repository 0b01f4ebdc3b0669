"""A shop that is not created yet, as the test slip needs it."""

from posapp.domain.base.clock import SystemClock
from posapp.domain.base.stamps import Stamps
from posapp.domain.shop.businesses import Business
from posapp.services.shop.businesses import CreateBusiness


def sample_shop(command: CreateBusiness) -> Business:
    """What is typed so far, as if it were saved."""
    now = SystemClock().now()
    return Business(
        id=0,
        name=command.name,
        region=command.region,
        currency=command.currency,
        locale=command.locale,
        time_zone=command.time_zone,
        cutover_minutes=0,
        address=command.address,
        phone=command.phone,
        email=command.email,
        website=command.website,
        tax_id=command.tax_id,
        terms=command.terms,
        logo="",
        stamps=Stamps(now, "", now, ""),
    )
