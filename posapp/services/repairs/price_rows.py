"""A price of the list as it is asked for: checked and brought into columns, by hand or from a file."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from posapp.domain.base.errors import DomainError
from posapp.domain.base.folding import fold
from posapp.domain.base.names import clean_name, clean_text
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.repair_prices import MOST_MINUTES, RepairPrice, price_name
from posapp.services.base.edits import check_price

if TYPE_CHECKING:
    from posapp.storage.repairs.repair_prices import PriceColumns

NAME_LIMIT = 200
MOST_PRICES = 20_000
"""So many prices are listed, changed and brought in at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavePrice:
    """A new price, or (with `id`) other values for one; a model needs its make, a price a make or a kind.

    `sku` names the part by SKU or barcode ("" for none); with None `item_id` counts.
    """

    fault: str
    price_minor: int
    kind: DeviceKind | None = None
    make: str = ""
    model: str = ""
    minutes: int = 0
    item_id: int | None = None
    sku: str | None = None
    id: int | None = None
    is_archived: bool = False
    seen_version: int | None = None

    @property
    def name(self) -> str:
        """What it is the price of."""
        return price_name(self.kind, self.make, self.model, self.fault)


def price_values(command: SavePrice) -> "PriceColumns":
    """The columns of a price; refuses what names no device or fault, and numbers out of range."""
    make, model = (
        clean_text(clean_name(text), NAME_LIMIT, field)
        for text, field in ((command.make, "make"), (command.model, "model"))
    )
    fault = clean_text(clean_name(command.fault), NAME_LIMIT, "fault")
    if not make and not model and command.kind is None:
        raise DomainError("device_missing", "Say for which brand or kind of device.", field="make")
    if (make or model) and not fold(make):
        raise DomainError("make_missing", "Enter the brand of the device.", field="make")
    if model and not fold(model):
        raise DomainError("model_invalid", "Enter a model in letters or digits, or none.", field="model")
    if not fold(fault):
        raise DomainError("fault_missing", "Enter the fault as it is told at the counter.", field="fault")
    if not 0 <= command.minutes <= MOST_MINUTES:
        raise DomainError("minutes_invalid", "Enter at most 24 hours, or nothing.", field="minutes")
    return {
        "kind": command.kind.value if command.kind is not None else "",
        "make": make,
        "model": model,
        "fault": fault,
        "price_minor": check_price(command.price_minor) or 0,
        "minutes": command.minutes,
        "item_id": command.item_id,
    }


def facts_of(price: RepairPrice) -> dict[str, object]:
    """A price as the journal tells it."""
    return {
        "kind": price.kind.value if price.kind is not None else "",
        "make": price.make,
        "model": price.model,
        "fault": price.fault,
        "price_minor": price.price_minor,
        "minutes": price.minutes,
        "item_id": price.item_id,
        "is_archived": price.is_archived,
    }
