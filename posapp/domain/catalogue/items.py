"""Items: goods, parts and services with their codes, cost and stock; what moves a stock and what it costs."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from posapp.domain.base.errors import DomainError
from posapp.domain.base.money import divided
from posapp.domain.base.names import clean_name
from posapp.domain.base.numbers import may_be_number
from posapp.domain.base.stamps import Stamps

CODE_LIMIT, COMMODITY_LIMIT = 40, 20
"""Characters of a SKU or barcode, and of a commodity code."""
MOST_QUICK = 12
MOST_BARCODES = 50
MOST_STOCK = 10**9


class ItemKind(StrEnum):
    """Sold, used in repairs (and sold), or work."""

    GOODS = "goods"
    PART = "part"
    SERVICE = "service"


class MoveKind(StrEnum):
    """Why a stock changed."""

    OPENING = "opening"
    RECEIVED = "received"
    COUNTED = "counted"
    SOLD = "sold"
    USED = "used"
    RETURNED = "returned"
    SCRAPPED = "scrapped"


COMING = frozenset({MoveKind.OPENING, MoveKind.RECEIVED, MoveKind.RETURNED})
GOING = frozenset({MoveKind.SOLD, MoveKind.USED, MoveKind.SCRAPPED})
"""What only adds to a stock, and what only takes from it; a count does either."""
BY_HAND = frozenset({MoveKind.RECEIVED, MoveKind.COUNTED, MoveKind.RETURNED, MoveKind.SCRAPPED})
"""What somebody says; the others come with a sale, a repair or the item itself."""


@dataclass(frozen=True, slots=True)
class Item:
    """An item; `reserved` of its stock are promised to open jobs. Prices and costs are in minor units.

    `average_minor` is the moving average, None until something was received; `entered_cost_minor` what
    somebody entered. Without `tax_id` it bears the shop's default tax; without `keeps_stock` there is always
    enough of it. `commodity_code` is what authorities call its kind (HSN, SAC and the like); `quick_position`
    its place among the few that are sold with one key.
    """

    id: int
    sku: str
    name: str
    kind: ItemKind
    price_minor: int
    entered_cost_minor: int | None
    average_minor: int | None
    tax_id: int | None
    keeps_stock: bool
    stock: int
    reserved: int
    reorder_level: int
    commodity_code: str
    quick_position: int | None
    barcodes: tuple[str, ...]
    is_archived: bool
    stamps: Stamps

    @property
    def cost_minor(self) -> int | None:
        """What a piece costs the shop, as far as that is known."""
        return self.entered_cost_minor if self.average_minor is None else self.average_minor

    def is_coded(self, code: str) -> bool:
        """Whether a text is a whole code of the item; the case of a SKU does not count."""
        return code in self.barcodes or code.casefold() == self.sku.casefold()

    @property
    def free(self) -> int:
        """How many can still be reserved or sold."""
        return self.stock - self.reserved if self.keeps_stock else MOST_STOCK

    @property
    def is_low(self) -> bool:
        """Whether it is time to order."""
        return self.keeps_stock and self.free <= self.reorder_level


@dataclass(frozen=True, slots=True)
class StockMove:
    """Pieces that came (`quantity` above zero) or went; `number` is the paper that moved them (T12)."""

    id: int
    item_id: int
    kind: MoveKind
    quantity: int
    unit_cost_minor: int | None
    number: str
    note: str
    business_day: date
    at: datetime
    by: str


def check_code(text: str, field: str) -> str:
    """A SKU or barcode in its stored form; `DomainError` sku_missing, code_too_long or code_reserved.

    One that reads as a number of the shop would open that record whenever it is scanned.
    """
    code = clean_name(text)
    if not code or len(code) > CODE_LIMIT:
        what = "a SKU" if field == "sku" else "a barcode"
        raise DomainError(
            f"{field}_missing", f"Enter {what} of at most {CODE_LIMIT} characters.", field=field
        )
    if may_be_number(code):
        raise DomainError(
            "code_reserved",
            f"{code} reads as a number of the shop's own papers. Put something before it.",
            field=field,
        )
    return code


def check_move(kind: MoveKind, quantity: int) -> None:
    """Refuse a move of nothing, of too much, or in the wrong direction."""
    if not 0 < abs(quantity) <= MOST_STOCK:
        raise DomainError("quantity_invalid", "Enter how many came in or went out.", field="quantity")
    if (kind in COMING and quantity < 0) or (kind in GOING and quantity > 0):
        way = "come in" if kind in COMING else "go out"
        raise DomainError("quantity_invalid", f"Pieces that are {kind} {way}.", field="quantity")


def average_after(before: int | None, stock: int, received: int, unit_cost: int) -> int:
    """The moving average once `received` pieces came at that cost to `stock` pieces; halves go up.

    `before` is the average so far, else the cost at which the stock was opened; what lies there at no known
    cost does not count.
    """
    if before is None or stock <= 0:
        return unit_cost
    return divided(before * stock + unit_cost * received, stock + received)
