"""The desks of the catalogue."""

from functools import cached_property
from typing import TYPE_CHECKING

from posapp.services.base.part import Desks

if TYPE_CHECKING:
    from posapp.services.catalogue.counts import CountDesk
    from posapp.services.catalogue.item_files import ItemFileDesk
    from posapp.services.catalogue.items import ItemDesk
    from posapp.services.catalogue.labels import LabelDesk
    from posapp.services.catalogue.price_levels import PriceLevelDesk
    from posapp.services.catalogue.taxes import TaxDesk


class CatalogueDesks(Desks):
    """Each is imported and made when it is first asked for: behind the first frame little is needed."""

    @cached_property
    def items(self) -> "ItemDesk":
        """Keeps items and their stock."""
        from posapp.services.catalogue.items import ItemDesk

        return ItemDesk(self.store)

    @cached_property
    def item_files(self) -> "ItemFileDesk":
        """Brings the catalogue in from a file, and writes it."""
        from posapp.services.catalogue.item_files import ItemFileDesk

        return ItemFileDesk(self.store)

    @cached_property
    def counts(self) -> "CountDesk":
        """Counts the stock."""
        from posapp.services.catalogue.counts import CountDesk

        return CountDesk(self.store)

    @cached_property
    def labels(self) -> "LabelDesk":
        """Prints price labels."""
        from posapp.services.catalogue.labels import LabelDesk

        return LabelDesk(self.store)

    @cached_property
    def price_levels(self) -> "PriceLevelDesk":
        """Keeps price levels."""
        from posapp.services.catalogue.price_levels import PriceLevelDesk

        return PriceLevelDesk(self.store)

    @cached_property
    def taxes(self) -> "TaxDesk":
        """Keeps taxes and their rates."""
        from posapp.services.catalogue.taxes import TaxDesk

        return TaxDesk(self.store)
