"""Orders: what was sold, or given back, once it is completed; nothing of it is computed again."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from posapp.domain.bookings.bookings import Source
from posapp.domain.catalogue.taxes import Tax
from posapp.domain.selling.amounts import LineAmounts, Refunded, TaxRow, tax_table
from posapp.domain.selling.carts import Cart, LineKind
from posapp.domain.selling.payments import Payment

NOTE_LIMIT = 500
"""How long what somebody says of a sale, a refund or a void may be."""


class OrderStatus(StrEnum):
    """Where an order stands; how far it is paid comes from the ledger."""

    OPEN = "open"
    HELD = "held"
    COMPLETED = "completed"
    VOIDED = "voided"


class OrderState(StrEnum):
    """How far an order is paid, or that it no longer counts."""

    PAID = "paid"
    PART_PAID = "part paid"
    ON_ACCOUNT = "on account"
    REFUNDED = "refunded"
    REFUND = "refund"
    VOID = "void"


def state_of(
    status: OrderStatus, *, is_refund: bool, total_minor: int, owed_minor: int, back_minor: int
) -> OrderState:
    """How an order stands whose lines came to a total, of which so much was given back and is still owed."""
    if status is OrderStatus.VOIDED:
        return OrderState.VOID
    if is_refund:
        return OrderState.REFUND
    if back_minor and back_minor >= total_minor:
        return OrderState.REFUNDED
    if owed_minor <= 0:
        return OrderState.PAID
    return OrderState.PART_PAID if owed_minor < total_minor - back_minor else OrderState.ON_ACCOUNT


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line as it was sold; of a refund quantity and amounts are below zero.

    `number` is the ticket, booking or gift card that it is about, `job` the position of the device there.
    `item_kind` is what the item was when it was sold, as the totals counted it.
    `cost_minor` is what all its pieces cost the shop, frozen at the sale, None where nobody knew it.
    `refunded` is what was given back of it since; `refunds` the position of the line that is given back.
    """

    id: int
    position: int
    kind: LineKind
    text: str
    sku: str
    commodity_code: str
    quantity: int
    unit_minor: int
    amounts: LineAmounts
    tax: Tax
    cost_minor: int | None
    item_id: int | None
    item_kind: str
    number: str
    job: int
    refunds: int | None
    refunded: Refunded

    @property
    def counted_as(self) -> str:
        """The kind of thing under which the totals count it."""
        return self.item_kind or self.kind.value


@dataclass(frozen=True, slots=True)
class Order:
    """A completed or voided sale or refund.

    `refund_of` is the number of the sale that a refund gives back. `owed_minor` is what the ledger still asks
    for it. `exempt` is the reason why no tax was taken, with the customer's tax number.
    """

    id: int
    number: str
    status: OrderStatus
    source: str
    till: str
    day: date
    at: datetime
    by: str
    customer_id: int | None
    pl_id: str
    customer_name: str
    note: str
    includes_tax: bool
    exempt: str
    total_minor: int
    net_minor: int
    tax_minor: int
    discount_minor: int
    owed_minor: int
    refund_of: str
    voided_at: datetime | None
    voided_by: str
    void_reason: str
    lines: tuple[OrderLine, ...]
    payments: tuple[Payment, ...]

    @property
    def is_refund(self) -> bool:
        """Whether it gives something back."""
        return bool(self.refund_of)

    @property
    def state(self) -> OrderState:
        """How far it is paid, or that it no longer counts."""
        return state_of(
            self.status,
            is_refund=self.is_refund,
            total_minor=self.total_minor,
            owed_minor=self.owed_minor,
            back_minor=sum(line.refunded.gross_minor for line in self.lines),
        )

    @property
    def taxes(self) -> tuple[TaxRow, ...]:
        """Its table of taxes: the sums of the stored lines."""
        return tuple(tax_table([(line.tax, line.amounts) for line in self.lines]))

    @property
    def paid_minor(self) -> int:
        """What its payments settled."""
        return sum(one.settled_minor for one in self.payments)

    @property
    def rounding_minor(self) -> int:
        """What the rounding of cash added."""
        return sum(one.rounding_minor for one in self.payments)

    @property
    def change_minor(self) -> int:
        """What was given back out of cash."""
        return sum(one.change_minor for one in self.payments)

    @property
    def left_minor(self) -> int:
        """What can still be given back of its lines."""
        return sum(line.amounts.gross_minor - line.refunded.gross_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class HeldSale:
    """A sale that waits, under its reference `H1`, …; `till` has it in hand now, empty while nobody has."""

    id: int
    reference: str
    status: OrderStatus
    till: str
    customer_id: int | None
    pl_id: str
    customer_name: str
    note: str
    cart: Cart
    at: datetime
    by: str
    version: int
    source: Source = Source.COUNTER

    @property
    def is_from_kiosk(self) -> bool:
        """Whether its customer put it together alone."""
        return self.source is Source.KIOSK
