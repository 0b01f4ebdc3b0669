"""The order in which services, people and benches are listed: in forms, in the calendar, in Settings."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store


def put_in_order(store: "Store", actor: Actor, what: str, keys: Sequence[int]) -> None:
    """List each "service" or "resource" of `keys` in that order; all others follow as they were.

    Raises `DomainError` unknown for a key that this shop does not have.
    """
    actor.require(Permission.SHOP_WRITE)
    with store.work(actor) as uow:
        shop = uow.businesses
        is_service = what == "service"
        rows = shop.services if is_service else shop.resources
        before = [one.id for one in rows(with_archived=True)]
        if not set(keys) <= set(before):
            raise DomainError("unknown", f"There is no such {what} in this shop.")
        after = [*keys, *(key for key in before if key not in keys)]
        save = shop.save_service if is_service else shop.save_resource
        for place, key in enumerate(after, start=1):
            save(key, position=place)
        uow.journal.add(
            Action(f"{what}.ordered"),
            "business",
            actor.business,
            before={"order": before},
            after={"order": after},
        )
        uow.commit()
