"""Creates the shop on the database lane, all of it or an explained refusal; no widgets."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor
from posapp.domain.shop.businesses import Business, ResourceKind
from posapp.services.base.drafts import Drafts
from posapp.services.shop.businesses import CreateBusiness, SaveResource, SaveService
from posapp.ui.background import Lanes
from posapp.ui.presenter import Done, Failed, ignore

if TYPE_CHECKING:
    from posapp.services.desks import Shop


class SetupPresenter:
    """What the last step does; there is no session yet, only what the start has: desks, lanes, drafts."""

    def __init__(self, shop: "Shop", lanes: Lanes, drafts: Drafts) -> None:
        self.shop, self.drafts, self._lanes = shop, drafts, lanes

    def keep(self, write: Callable[[], object]) -> None:
        """Write what is half typed; the disk is waited for on a lane of its own."""
        self._lanes.files.run(write, done=ignore, failed=ignore)

    def create(
        self,
        till: str,
        command: CreateBusiness,
        services: Sequence[SaveService],
        people: Sequence[str],
        *,
        done: Done[Business],
        failed: Failed,
    ) -> None:
        """The shop, its first services and people."""
        self._lanes.database.run(
            lambda: self._create(till, command, services, people), done=done, failed=failed, topic="setup"
        )

    def _create(
        self, till: str, command: CreateBusiness, services: Sequence[SaveService], people: Sequence[str]
    ) -> Business:
        desk = self.shop.businesses
        known = desk.all()
        # A try that made the shop and then lost its database goes on with that shop, not with a second one.
        business = known[0] if known else desk.create(till, command)
        actor = Actor(business.id, till)
        catalogue = desk.catalogue(actor)
        # A new shop has one service and one bench; the first that is named takes the place of it.
        for service, kept in zip(services, [catalogue.services[0].id, *[None] * len(services)], strict=False):
            desk.save_service(actor, replace(service, id=kept))
        for name, place in zip(people, [catalogue.resources[0].id, *[None] * len(people)], strict=False):
            desk.save_resource(actor, SaveResource(id=place, kind=ResourceKind.STAFF, name=name))
        return business
