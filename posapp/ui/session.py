"""What every page needs of the shop that is open at this till."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor
from posapp.domain.people.roles import till_actor
from posapp.services.base.drafts import Drafts
from posapp.services.shop.businesses import Catalogue
from posapp.till_settings import TillSettings
from posapp.ui.background import Lanes
from posapp.ui.change_feed import ChangeFeed
from posapp.ui.own_writes import OwnWrites
from posapp.ui.wording import Wording

if TYPE_CHECKING:
    from posapp.services.desks import Shop
    from posapp.ui.approval.manager import Manager


@dataclass(slots=True)
class Session:
    """The desks, the actor, this till's settings and drafts, and the shop's catalogue as last read.

    `actor` is changed by `act_as` alone. `catalogue` is replaced, and `feed.changed` emitted, when the shop's
    settings change. Ask for both each time instead of keeping parts of them. `save_till` keeps new settings
    of this till.
    """

    shop: "Shop"
    actor: Actor
    till: TillSettings
    drafts: Drafts
    catalogue: Catalogue
    lanes: Lanes
    feed: ChangeFeed
    save_till: Callable[[TillSettings], None]
    own: OwnWrites = field(default_factory=OwnWrites)
    ask_manager: "Manager | None" = None
    """Who is asked where a desk refuses; None before there is a window to ask in."""

    def act_as(self, actor: Actor) -> None:
        """Somebody else works here from now on, or the same person may do more or less."""
        self.actor = actor
        self.drafts.used_by(actor)
        self.feed.actor_changed.emit(actor)

    @property
    def as_till(self) -> Actor:
        """The till itself: for what it shows and does while nobody is signed in."""
        return till_actor(self.actor.business, self.actor.till)

    def keep(self, write: Callable[[], object]) -> None:
        """Write what is half typed; the disk is waited for on a lane of its own."""
        self.lanes.files.run(write, done=_nothing, failed=_nothing)

    @property
    def wording(self) -> Wording:
        """How this shop writes values, by its own clock."""
        return Wording.of(self.catalogue.business, self.shop.store.clock)

    def today(self) -> date:
        """The day by the shop's own clock."""
        return self.wording.today()

    @property
    def region(self) -> str:
        """The region that phones are read and shown with."""
        return self.catalogue.business.region


def _nothing(_outcome: object) -> None:
    """Nobody waits for a draft."""
