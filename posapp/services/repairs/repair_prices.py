"""The price desk: what repairs cost, which prices fit a device and its fault, and many changed at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import LIMIT
from posapp.domain.base.names import clean_name
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.repair_prices import (
    PriceStep,
    RepairPrice,
    changed_price,
    check_change,
    keys_for,
    prices_for,
)
from posapp.services.base.edits import refuse_stale, stale
from posapp.services.catalogue.stock import held_item, item_of_code
from posapp.services.repairs.price_files import PriceImport, bring_in, write_out
from posapp.services.repairs.price_rows import MOST_PRICES, SavePrice, facts_of, price_values
from posapp.services.repairs.ticket_steps import require_ticket

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

__all__ = ["MOST_PRICES", "ChangePrices", "PriceImport", "RepairPriceDesk", "SavePrice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePrices:
    """Prices with these words go up (or, below zero, down) by `percent` millionths, to the nearest step.

    `seen` are the prices that were shown before it is done, each with its version: none other is changed.
    """

    percent: int
    step_minor: int
    words: str = ""
    seen: tuple[tuple[int, int], ...] | None = None


class RepairPriceDesk:
    """Keeps the price list and says what fits."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    # -- read ----------------------------------------------------------------------------------------
    def find(
        self, actor: Actor, words: str = "", *, with_archived: bool = False, limit: int = MOST_PRICES
    ) -> list[RepairPrice]:
        """Prices whose device and fault hold each of the words, by device and fault."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor) as uow:
            return uow.repair_prices.find(clean_name(words), with_archived=with_archived, limit=limit)

    def offers(
        self, actor: Actor, device: str, fault: str, *, kind: DeviceKind | None = None
    ) -> list[RepairPrice]:
        """What may be charged for a device and the faults that were told, as they were told.

        Of several prices for one fault the most exact one; without a fault those for all faults.
        """
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor) as uow:
            return _offers(uow, device, fault, kind)

    def of_ticket(self, actor: Actor, number: str) -> dict[int, tuple[RepairPrice, ...]]:
        """The same for each device of a ticket that is here, by its position."""
        actor.require(Permission.TICKET_READ)
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return {
                job.position: tuple(_offers(uow, job.device.name, job.fault, job.device.kind))
                for job in require_ticket(uow, number).jobs
                if job.is_here
            }

    def preview(self, actor: Actor, command: ChangePrices) -> list[PriceStep]:
        """What a change of many would do, before it is done; prices that stay as they are are left out."""
        actor.require(Permission.PRICE_WRITE)
        check_change(command.percent, command.step_minor)
        with self._store.look(actor) as uow:
            return _steps(uow, command)

    # -- write ---------------------------------------------------------------------------------------
    def save(self, actor: Actor, command: SavePrice) -> RepairPrice:
        """Put a price on the list, change it, or archive it."""
        actor.require(Permission.PRICE_WRITE)
        with self._store.work(actor) as uow:
            command = _with_part(uow, command)
            values = price_values(command)
            before = None if command.id is None else _held(uow, command.id)
            _refuse_part(uow, command, before)
            if before is None:
                key = uow.repair_prices.add(**values)
                uow.journal.add(Action.PRICE_ADDED, "repair_price", key, after=values)
            else:
                refuse_stale(before.name, before.stamps, command.seen_version)
                key = before.id
                uow.repair_prices.update(key, is_archived=command.is_archived, **values)
                after = {**values, "is_archived": command.is_archived}
                uow.journal.add(
                    Action.PRICE_CHANGED, "repair_price", key, before=facts_of(before), after=after
                )
            made = _require(uow, key)
            uow.commit()
        return made

    def change(self, actor: Actor, command: ChangePrices) -> list[PriceStep]:
        """Change many prices by a percentage, all or none; refuses what is not as it was shown."""
        actor.require(Permission.PRICE_WRITE)
        check_change(command.percent, command.step_minor)
        with self._store.work(actor) as uow:
            uow.repair_prices.hold_all()
            steps = _steps(uow, command)
            _refuse_other(steps, command.seen)
            for one in steps:
                uow.repair_prices.set_price(one.price.id, one.after_minor)
            uow.journal.add(
                Action.PRICE_PERCENT,
                "repair_price",
                0,
                before={"prices": {str(one.price.id): one.price.price_minor for one in steps}},
                after={
                    "prices": {str(one.price.id): one.after_minor for one in steps},
                    "percent": command.percent,
                    "step_minor": command.step_minor,
                    "words": clean_name(command.words),
                },
            )
            uow.commit()
        return steps

    # -- files ---------------------------------------------------------------------------------------
    def import_file(self, actor: Actor, path: Path, *, dry_run: bool = False) -> PriceImport:
        """Bring prices in from CSV or XLSX; what cannot be taken is told row by row. `dry_run`: only tell."""
        actor.require(Permission.PRICE_WRITE)
        with self._store.work(actor) as uow:
            found = bring_in(uow, path)
            if not dry_run and (found.added or found.changed):
                uow.commit()
        return found

    def export_file(self, actor: Actor, path: Path, *, replace: bool = False) -> int:
        """Write the list as the file's name ends (CSV, XLSX) and say how many prices are in it."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return write_out(uow, path, replace=replace)


# -- inside a transaction ------------------------------------------------------------------------------
def _offers(uow: "UnitOfWork", device: str, fault: str, kind: DeviceKind | None) -> list[RepairPrice]:
    return prices_for(uow.repair_prices.for_device(keys_for(device)), kind, fault)


def _held(uow: "UnitOfWork", key: int) -> RepairPrice:
    uow.repair_prices.hold(key)
    return _require(uow, key)


def _require(uow: "UnitOfWork", key: int) -> RepairPrice:
    found = uow.repair_prices.get(key)
    if found is None:
        raise DomainError("price_unknown", "This price is not on the list of this shop.", field="price")
    return found


def _with_part(uow: "UnitOfWork", command: SavePrice) -> SavePrice:
    """The command with the key of the part that is named by its code."""
    if command.sku is None:
        return command
    return replace(command, item_id=item_of_code(uow, command.sku).id if command.sku.strip() else None)


def _refuse_part(uow: "UnitOfWork", command: SavePrice, before: RepairPrice | None) -> None:
    """A part that is new to a price is one in use; one that it had may have gone since."""
    if command.item_id is None or (before is not None and before.item_id == command.item_id):
        return
    if held_item(uow, command.item_id).is_archived:
        raise DomainError("item_archived", "This part is no longer in use.", field="item")


def _steps(uow: "UnitOfWork", command: ChangePrices) -> list[PriceStep]:
    """The prices that become others, and what they become."""
    found = uow.repair_prices.find(clean_name(command.words), with_archived=False, limit=MOST_PRICES)
    steps = [
        PriceStep(one, changed_price(one.price_minor, command.percent, command.step_minor)) for one in found
    ]
    for one in steps:
        if one.price.price_minor and not one.after_minor:
            raise DomainError(
                "step_invalid", f"{one.price.name} would cost nothing. Choose a smaller step.", field="step"
            )
        if one.after_minor >= LIMIT:
            raise DomainError("price_invalid", f"{one.price.name} would be too expensive.", field="percent")
    return [one for one in steps if one.after_minor != one.price.price_minor]


def _refuse_other(steps: Sequence[PriceStep], seen: tuple[tuple[int, int], ...] | None) -> None:
    if not steps:
        raise DomainError("prices_none", "No price would change.", field="words")
    if seen is None or sorted(seen) == sorted((one.price.id, one.price.stamps.version) for one in steps):
        return
    last = max(steps, key=lambda one: one.price.stamps.updated_at)
    raise stale("The price list", last.price.stamps.updated_by)
