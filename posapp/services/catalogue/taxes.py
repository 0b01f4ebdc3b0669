"""The tax desk: which taxes the shop knows, how much each is from which day on, and the default one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.actor import Actor, Permission
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import check_name, same_name
from posapp.domain.catalogue.taxes import ShopTax, TaxPart, check_rate

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import Store, UnitOfWork

EARLIEST = date(1970, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTax:
    """A tax and its rate in millionths from a day on (None: today); the tax is made if there is none."""

    name: str
    rate: int
    parts: tuple[TaxPart, ...] = ()
    starts: date | None = None
    is_default: bool = False


class TaxDesk:
    """Keeps the taxes of a shop."""

    def __init__(self, store: "Store") -> None:
        self._store = store

    def all(self, actor: Actor, *, with_archived: bool = False) -> list[ShopTax]:
        """The taxes with all their rates, the default one first."""
        actor.require(Permission.SHOP_READ)
        with self._store.look(actor, snapshot=True) as uow:
            return uow.taxes.all(with_archived=with_archived)

    def set(self, actor: Actor, command: SetTax) -> ShopTax:
        """Let a tax be so much from a day on. A rate that has been valid stays: a new one is added.

        The first tax of a shop that had none but "No tax" becomes the default.
        """
        actor.require(Permission.TAX_WRITE)
        with self._store.work(actor) as uow:
            made = put_tax(uow, command)
            uow.commit()
        return made

    def archive(self, actor: Actor, tax_id: int, *, archived: bool = True) -> None:
        """Offer a tax no longer, or again; refused for the default one and while items bear it."""
        actor.require(Permission.TAX_WRITE)
        with self._store.work(actor) as uow:
            uow.taxes.hold()
            known = uow.taxes.all(with_archived=True)
            tax = _of(known, tax_id)
            if archived and tax.is_default:
                raise DomainError(
                    "tax_default", f"{tax.name} is the default. Choose another first.", field="tax"
                )
            used = uow.items.of_tax(tax.id) if archived else 0
            if used:
                raise DomainError(
                    "tax_used", f"{used} items bear {tax.name}. Change them first.", field="tax"
                )
            uow.taxes.set_archived(tax.id, is_archived=archived)
            uow.journal.add(
                Action.TAX_ARCHIVED if archived else Action.TAX_RESTORED,
                "tax",
                tax.id,
                before={"is_archived": tax.is_archived},
                after={"tax": tax.name, "is_archived": archived},
            )
            uow.commit()


def put_tax(uow: "UnitOfWork", command: SetTax) -> ShopTax:
    """Let a tax be so much from a day on, in a transaction that is open."""
    name = check_name(command.name)
    parts = tuple(TaxPart(check_name(part.name, field="parts"), part.rate) for part in command.parts)
    check_rate(command.rate, parts)
    uow.taxes.hold()
    known = uow.taxes.all()
    today = uow.businesses.get().day_of(uow.now)
    found = next((one for one in known if same_name(one.name, name)), None)
    starts = command.starts or today
    key = _new(uow, name) if found is None else found.id
    _add_rate(uow, key, name, found, (starts, today), command.rate, parts)
    if command.is_default or (found is None and _is_first(known)):
        _make_default(uow, key, known)
    return _of(uow.taxes.all(), key)


def _new(uow: "UnitOfWork", name: str) -> int:
    key = uow.taxes.add(name)
    uow.journal.add(Action.TAX_ADDED, "tax", key, after={"tax": name})
    return key


def _add_rate(
    uow: "UnitOfWork",
    key: int,
    name: str,
    found: ShopTax | None,
    days: tuple[date, date],
    rate: int,
    parts: tuple[TaxPart, ...],
) -> None:
    starts, today = days
    if starts < (EARLIEST if found is None else today):
        raise DomainError(
            "rate_past",
            "What a tax was on days that are over does not change. Choose today or a later day.",
            field="from",
        )
    before = found.rate_on(starts) if found is not None else None
    if before is not None and (before.rate, before.parts) == (rate, parts):
        return
    uow.taxes.add_rate(key, starts, rate, parts)
    told = {"rate": rate, "starts": starts.isoformat(), "parts": [[part.name, part.rate] for part in parts]}
    uow.journal.add(Action.TAX_RATE, "tax", key, after={"tax": name, **told})


def _make_default(uow: "UnitOfWork", key: int, known: Sequence[ShopTax]) -> None:
    before = next((one.name for one in known if one.is_default), "")
    uow.taxes.set_default(key)
    uow.journal.add(Action.TAX_DEFAULT, "tax", key, before={"default": before}, after={"is_default": True})


def _is_first(known: Sequence[ShopTax]) -> bool:
    return all(rate.rate == 0 for tax in known for rate in tax.rates)


def _of(known: Sequence[ShopTax], key: int) -> ShopTax:
    found = next((one for one in known if one.id == key), None)
    if found is None:
        raise DomainError("tax_unknown", "There is no such tax in this shop.", field="tax")
    return found
