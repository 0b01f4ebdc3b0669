"""What every page needs of the shop that is open at this till."""

from collections.abc import Callable
from dataclasses import dataclass

from posapp.domain.actor import Actor
from posapp.services.businesses import Catalogue
from posapp.services.drafts import Drafts
from posapp.services.shop import Shop
from posapp.till_settings import TillSettings
from posapp.ui.background import Lanes
from posapp.ui.change_feed import ChangeFeed


@dataclass(slots=True)
class Session:
    """The desks, the actor, this till's settings and drafts, and the shop's catalogue as last read.

    `catalogue` is replaced, and `feed.changed` emitted, when the shop's settings change; ask for it each
    time instead of keeping parts of it. `save_till` keeps new settings of this till.
    """

    shop: Shop
    actor: Actor
    till: TillSettings
    drafts: Drafts
    catalogue: Catalogue
    lanes: Lanes
    feed: ChangeFeed
    save_till: Callable[[TillSettings], None]

    @property
    def region(self) -> str:
        """The region that phones are read and shown with."""
        return self.catalogue.business.region
