"""The price list of repairs: what a fault of a device costs, how long it takes, and the part that it takes.

A price is for one model, for all models of a make, or for a kind of device; of several that fit, the most
exact one counts. Names are compared folded: case, accents and signs do not count, nor where the make ends.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from posapp.domain.base.errors import DomainError
from posapp.domain.base.folding import fold
from posapp.domain.base.money import LIMIT, divided
from posapp.domain.base.stamps import Stamps
from posapp.domain.catalogue.taxes import WHOLE
from posapp.domain.repairs.devices import DeviceKind

MOST_MINUTES = 1440
USUAL_WARRANTY = 90
"""Days of warranty on the line of a repair, unless somebody says otherwise."""
_WHOLE_MAKE = " *"
"""Ends the key of a make; no folded name has the sign."""
_MOST_BEGINNINGS = 8
_HIGHEST_RISE = 10 * WHOLE
_CHANGE = re.compile(r"([-−+]?)\s*([0-9]{1,4})(?:[.,]([0-9]{1,4}))?\s*%?")


@dataclass(frozen=True, slots=True)
class RepairPrice:
    """A row of the list. Without `kind`, `make` or `model` it is for any; `minutes` 0 are not said.

    A part that is no longer in use is none; `free` are the pieces of it that nobody waits for, None
    where no stock is kept. Amounts are in minor units.
    """

    id: int
    kind: DeviceKind | None
    make: str
    model: str
    fault: str
    price_minor: int
    minutes: int
    item_id: int | None
    sku: str
    part: str
    free: int | None
    is_archived: bool
    stamps: Stamps

    @property
    def device(self) -> str:
        """Make and model, as far as the price is for these."""
        return f"{self.make} {self.model}".strip()

    @property
    def name(self) -> str:
        """What it is the price of."""
        return price_name(self.kind, self.make, self.model, self.fault)

    @property
    def exactness(self) -> tuple[bool, bool, bool]:
        """How much it says about the device; the highest counts."""
        return bool(self.model), bool(self.make), self.kind is not None


def price_name(kind: DeviceKind | None, make: str, model: str, fault: str) -> str:
    """Device and fault in one line; the kind where no device is named."""
    device = f"{make} {model}".strip() or (kind.value.capitalize() if kind is not None else "")
    return f"{device}: {fault}"


@dataclass(frozen=True, slots=True)
class PriceStep:
    """A price before and after a change of many."""

    price: RepairPrice
    after_minor: int


# -- which price is meant ----------------------------------------------------------------------------------
def key_of_device(make: str, model: str) -> str:
    """By what a price finds its device: the folded name, or the make of all its models."""
    named = fold(f"{make} {model}")
    return named if fold(model) or not named else f"{named}{_WHOLE_MAKE}"


def keys_for(device: str) -> list[str]:
    """The keys of all prices that may be for a device of this name: its own, of its make, of any."""
    words = fold(device).split()
    makes = [" ".join(words[:count]) for count in range(1, min(len(words), _MOST_BEGINNINGS) + 1)]
    return [" ".join(words), *(f"{make}{_WHOLE_MAKE}" for make in makes), ""] if words else [""]


def prices_for(prices: Iterable[RepairPrice], kind: DeviceKind | None, fault: str) -> list[RepairPrice]:
    """Of prices for a device those for its faults, the most exact one for each, as the faults are told.

    A fault is one of those told if its words stand among them in a row. `fault` "" asks for all faults.
    """
    told = f" {fold(fault)} "
    best: dict[str, RepairPrice] = {}
    for one in prices:
        key = fold(one.fault)
        is_meant = one.kind in (None, kind) and (not fault.strip() or f" {key} " in told)
        if is_meant and (key not in best or one.exactness > best[key].exactness):
            best[key] = one
    keys = [one for one in best if not fault.strip() or not _is_within(one, best)]
    return [best[key] for key in sorted(keys, key=lambda key: (told.find(f" {key} "), key))]


def _is_within(key: str, others: Iterable[str]) -> bool:
    """Whether another fault says the same and more: `screen` beside `cracked screen`."""
    return any(key != one and f" {key} " in f" {one} " for one in others)


# -- changing many -----------------------------------------------------------------------------------------
def parse_change(text: str, *, field: str = "percent") -> int:
    """`5`, `+5 %` or `-2.5` in millionths; `DomainError` percent_invalid."""
    found = _CHANGE.fullmatch(text.strip())
    if found is None:
        raise _no_change(field)
    millionths = int(found[2]) * 10_000 + int((found[3] or "").ljust(4, "0"))
    return millionths if found[1] in ("", "+") else -millionths


def _no_change(field: str) -> DomainError:
    return DomainError(
        "percent_invalid", "Enter by how much per cent, such as 5 or -2.5; not 0.", field=field
    )


def check_change(percent: int, step_minor: int) -> None:
    """Refuse a change of nothing or out of reason (`percent` in millionths, below zero for less)."""
    if not percent or not -WHOLE < percent <= _HIGHEST_RISE:
        raise _no_change("percent")
    if not 1 <= step_minor < LIMIT:
        raise DomainError("step_invalid", "Enter the step to round to, such as 0.50.", field="step")


def changed_price(minor: int, percent: int, step_minor: int) -> int:
    """A price higher or lower by a percentage, rounded once, to the nearest step; a half goes up."""
    return divided(minor * (WHOLE + percent), WHOLE * step_minor) * step_minor
