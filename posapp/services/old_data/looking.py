"""What files are taken for, before anybody says how they are to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actor import Actor, Permission
from posapp.domain.old_data.imports import System, TableSight
from posapp.services.old_data.recognising import recognise
from posapp.services.old_data.sighting import sights_of
from posapp.services.old_data.sources import is_source, order_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class Sighted:
    """A system with its files; region and currency are those that a `source.json` names, else the shop's."""

    system: System
    region: str
    currency: str
    files: tuple[TableSight, ...]


def look_at(store: "Store", actor: Actor, paths: Sequence[Path]) -> Sighted:
    """Recognise these files. Raises what `recognise` raises."""
    actor.require(Permission.DATA_MAINTAIN)
    with store.look(actor) as uow:
        business = uow.businesses.get()
    region, currency = business.region, business.currency
    if len(paths) == 1 and is_source(paths[0]):
        order = order_of(paths[0])
        region, currency = order.region, order.currency
        paths = [Path(one) for one in order.files.values()]
    found = recognise(paths)
    sights = sights_of(found, region, None, None)
    return Sighted(found.system, region, currency, tuple(sights))
