"""What the catalogue brings to the storage floor: repositories, the first tax, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.catalogue.counts import StockCounts
    from posapp.storage.catalogue.items import Items
    from posapp.storage.catalogue.price_levels import PriceLevels
    from posapp.storage.catalogue.taxes import Taxes


class CatalogueRepositories(Repositories):
    """The catalogue."""

    def seed(self) -> None:
        """A shop begins without a tax: what it charges nobody can guess."""
        from posapp.domain.base.clock import day_of
        from posapp.storage.catalogue.taxes import ALWAYS, FIRST_TAX

        super().seed()
        key = self.taxes.add(FIRST_TAX)
        self.taxes.add_rate(key, day_of(ALWAYS), 0, ())
        self.taxes.set_default(key)

    def has_amounts(self) -> bool:
        """An item with a price or cost, pieces that cost something."""
        from sqlalchemy import or_

        from posapp.storage.catalogue.tables import item, stock_move

        priced = or_(item.c.price_minor > 0, item.c.entered_cost_minor > 0)
        is_here = self.has_any(item, priced) or self.has_any(stock_move, stock_move.c.unit_cost_minor > 0)
        return super().has_amounts() or is_here

    @made_once
    def items(self) -> "Items":
        """Items, their codes and stock."""
        from posapp.storage.catalogue.items import Items

        return Items(self.hands, self.actor.business, self.stamp)

    @made_once
    def counts(self) -> "StockCounts":
        """Counts of the stock."""
        from posapp.storage.catalogue.counts import StockCounts

        return StockCounts(self.hands, self.actor.business, self.stamp)

    @made_once
    def price_levels(self) -> "PriceLevels":
        """Price levels."""
        from posapp.storage.catalogue.price_levels import PriceLevels

        return PriceLevels(self.hands, self.actor.business, self.stamp)

    @made_once
    def taxes(self) -> "Taxes":
        """Taxes and their rates."""
        from posapp.storage.catalogue.taxes import Taxes

        return Taxes(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about the catalogue."""
    from posapp.storage.catalogue import verify

    return (
        ("taxes", "Every tax has rates, and one is the default", verify.taxes),
        ("price_levels", "Price levels take off a part of a price", verify.price_levels),
        ("items", "Items can be sold and found by one code each", verify.items),
        ("counts", "Counts are of items that are there, and booked once", verify.counts),
        ("stock", "Stock is the sum of its moves", verify.stock),
    )
