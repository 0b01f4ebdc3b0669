"""The price level desk: which groups of customers pay less, by how much, and what an item costs somebody."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name, same_name
from posapp.domain.catalogue.price_levels import PriceLevel, check_percent_off, price_at
from posapp.services.base.edits import refuse_stale
from posapp.services.catalogue.stock import require_item
from posapp.services.customers.customers import require_customer

if TYPE_CHECKING:
    from posapp.domain.customers.customers import Customer
    from posapp.storage.catalogue.price_levels import PriceLevelColumns
    from posapp.storage.unit_of_work import Store, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePriceLevel:
    """A new price level, or (with `id`) other values for one; what it takes off is in millionths."""

    id: int | None = None
    name: str
    percent_off: int
    is_archived: bool = False
    seen_version: int | None = None


class PriceLevelDesk:
    """Keeps the price levels of a shop."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def all(self, actor: Actor, *, with_archived: bool = False) -> list[PriceLevel]:
        """The price levels by name."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor) as uow:
            return uow.price_levels.all(with_archived=with_archived)

    def price(self, actor: Actor, item_id: int, customer_id: int) -> int:
        """What an item costs a customer now, in minor units and as the shop says its prices."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            item, customer = require_item(uow, item_id), require_customer(uow, customer_id)
            return price_at(item.price_minor, level_of(uow, customer))

    def save(self, actor: Actor, command: SavePriceLevel) -> PriceLevel:
        """Add, change or archive a price level; whoever has an archived one pays the usual prices.

        Sales that are completed keep their prices.
        """
        actor.require(Permission.PRICE_LEVEL_WRITE)
        values: PriceLevelColumns = {
            "name": check_name(command.name),
            "percent_off": check_percent_off(command.percent_off),
        }
        with self._store.work(actor) as uow:
            uow.price_levels.hold()
            before = None if command.id is None else _require(uow, command.id)
            if not command.is_archived:
                _refuse_taken(uow, command)
            if before is None:
                key = uow.price_levels.add(**values)
            else:
                refuse_stale(before.name, before.stamps, command.seen_version)
                key = before.id
                uow.price_levels.update(key, is_archived=command.is_archived, **values)
            uow.journal.add(
                Action.PRICE_LEVEL_ADDED if before is None else Action.PRICE_LEVEL_CHANGED,
                "price_level",
                key,
                before=_told(before.name, before.percent_off, before.is_archived) if before else None,
                after=_told(values["name"], values["percent_off"], command.is_archived),
            )
            made = _require(uow, key)
            uow.commit()
        return made


# -- inside a transaction ------------------------------------------------------------------------------
def level_of(uow: "UnitOfWork", customer: "Customer | None") -> PriceLevel | None:
    """The price level at which a customer (None: anybody) buys."""
    key = customer.terms.price_level_id if customer is not None else None
    return uow.price_levels.get(key) if key is not None else None


def _require(uow: "UnitOfWork", key: int) -> PriceLevel:
    found = uow.price_levels.get(key)
    if found is None:
        raise DomainError(
            "price_level_unknown", "There is no such price level in this shop.", field="price_level"
        )
    return found


def _refuse_taken(uow: "UnitOfWork", command: SavePriceLevel) -> None:
    if any(same_name(one.name, command.name) and one.id != command.id for one in uow.price_levels.all()):
        raise DomainError(
            "price_level_exists", "There is already a price level with this name.", field="name"
        )


def _told(name: str, percent_off: int, is_archived: bool) -> dict[str, object]:
    """What a group of customers is called is nobody's personal name."""
    return {"level": name, "percent_off": percent_off, "is_archived": is_archived}
