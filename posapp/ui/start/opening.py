"""Opens the shop of a window, on the database lane; what is found decides what the window begins with."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from posapp import paths
from posapp.domain.base.actor import Actor

if TYPE_CHECKING:
    from posapp.domain.shop.businesses import Business
    from posapp.services.base.changes import Elsewhere
    from posapp.services.base.drafts import Drafts
    from posapp.services.desks import Shop
    from posapp.services.shop.businesses import Catalogue


@dataclass(frozen=True, slots=True)
class Opened:
    """An open shop; `actor` is None where there is no business yet."""

    shop: "Shop"
    drafts: "Drafts"
    actor: Actor | None
    catalogue: "Catalogue | None"
    elsewhere: "Elsewhere | None" = None
    told: tuple[str, ...] = ()
    """What happened to the data on the way: it was brought to this version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """`till` opens `place` for `business`; `comes` is who works there already, coming from another shop."""

    open_shop: "Callable[..., Shop]"
    place: str | Path
    till: str
    business: str = ""
    comes: Actor | None = None
    told: list[str] = field(default_factory=list)
    """What happened to the data on the way stays told where opening fails after that."""

    def open(self) -> Opened:
        """Everything that the window needs to begin."""
        from posapp.domain.people.roles import till_actor
        from posapp.services.base.changes import Elsewhere

        shop = self.open_shop(self.place, tell=self.told.append)
        try:
            if not shop.businesses.all():
                return Opened(shop, self._drafts(shop, None, Actor(0, self.till)), None, None)
            actor = self._first_actor(shop)
            till = till_actor(actor.business, self.till)
            catalogue = shop.businesses.catalogue(till)
            drafts = self._drafts(shop, catalogue.business, actor)
            return Opened(shop, drafts, actor, catalogue, Elsewhere(shop.store, till), tuple(self.told))
        except BaseException:
            shop.close()
            raise

    def _first_actor(self, shop: "Shop") -> Actor:
        """Whoever comes from another shop; nobody, where people sign in; else the till."""
        if self.comes is not None:
            return self.comes
        business = shop.chosen_business(self.business)
        signs_in = shop.sign_in.has_users()
        return Actor(business.id, self.till, permissions=frozenset() if signs_in else None)

    def _drafts(self, shop: "Shop", business: "Business | None", actor: Actor) -> "Drafts":
        from posapp.services.base.drafts import Drafts, shop_mark

        mark = shop_mark(shop.store.identity, business)
        return Drafts(paths.draft_folder(self.till), mark, actor)
