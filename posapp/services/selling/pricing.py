"""How a shop prices, and a customer: taxes included or not, exempt or not, on account up to what."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.catalogue.items import Item
from posapp.domain.catalogue.price_levels import PriceLevel, price_at
from posapp.domain.customers.customers import NO_TERMS, Customer
from posapp.domain.selling.amounts import PriceRules
from posapp.services.catalogue.price_levels import level_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Pricing:
    """What holds for one sale; `exempt` is the reason why no tax is taken, with the tax number."""

    rules: PriceRules
    exempt: str = ""
    level: PriceLevel | None = None
    account_limit_minor: int = 0

    def price_of(self, item: Item) -> int:
        """What the catalogue asks of this customer for one piece."""
        return price_at(item.price_minor, self.level)


def pricing_of(uow: "UnitOfWork", customer: Customer | None) -> Pricing:
    """How a sale to this customer, or to nobody in particular, is priced."""
    business = uow.businesses.get()
    terms = customer.terms if customer is not None else NO_TERMS
    exempt = ", ".join(filter(None, (terms.tax_exempt_reason, terms.tax_number))) if terms.is_exempt else ""
    return Pricing(
        PriceRules(business.prices_include_tax, business.tax_rounding, terms.is_exempt),
        exempt,
        level_of(uow, customer),
        terms.limit_or(business.account_limit_minor) if customer is not None else 0,
    )
