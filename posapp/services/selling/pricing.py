"""How a shop prices, and a customer: taxes included or not, exempt or not, on account up to what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.catalogue.items import Item
from posapp.domain.customers.customers import Customer
from posapp.domain.selling.amounts import PriceRules

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Pricing:
    """What holds for one sale; `exempt` is the reason why no tax is taken, with the tax number."""

    rules: PriceRules
    exempt: str = ""
    level: str = ""
    account_limit_minor: int = 0

    def price_of(self, item: Item) -> int:
        """What the catalogue asks of this customer for one piece."""
        return item.price_minor


def pricing_of(uow: "UnitOfWork", customer: Customer | None) -> Pricing:
    """How a sale to this customer, or to nobody in particular, is priced."""
    business = uow.businesses.get()
    return Pricing(PriceRules(business.prices_include_tax, business.tax_rounding, is_exempt=False))
