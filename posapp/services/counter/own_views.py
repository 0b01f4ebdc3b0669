"""What a customer sees of their own, without what is only for the shop, and what they may ask for."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from posapp.domain.customers.pl_id import PlId
from posapp.domain.repairs.steps import Progress


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """A device of theirs in the shop: how far it is, until when it was promised, what it costs.

    `due` is the shop's wall clock. `price_minor` is what was agreed, or (unless `is_agreed`) what the
    estimate says; None where nobody has said a price.
    """

    number: str
    kind: str
    device: str
    fault: str
    progress: Progress
    due: datetime | None
    price_minor: int | None
    is_agreed: bool


@dataclass(frozen=True, slots=True)
class OwnBooking:
    """A booking of theirs; `starts` is the shop's wall clock."""

    number: str
    starts: datetime
    minutes: int
    service: str
    with_whom: str
    is_due: bool
    """Whether they have yet to come."""
    is_near: bool
    """Whether it is time to say "I am here"."""
    mark: str = ""
    """What tells that clock apart; see `clock_mark`."""


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line of an order that waits for its customer at the counter."""

    text: str
    quantity: int
    amount_minor: int
    sku: str
    tax_minor: int


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """An order that waits: its reference, its lines, what it comes to; `is_in_hand` while a till has it."""

    reference: str
    lines: tuple[OwnLine, ...]
    total_minor: int
    is_in_hand: bool
    tax_minor: int


@dataclass(frozen=True, slots=True)
class Me:
    """A customer's own page, read at one moment; `now` is the shop's wall clock."""

    pl_id: PlId
    first_name: str
    name: str
    phones: tuple[str, ...]
    to_pay_minor: int
    credit_minor: int
    devices: tuple[OwnDevice, ...]
    bookings: tuple[OwnBooking, ...]
    orders: tuple[OwnOrder, ...]
    is_waiting: bool
    """Whether they stand in the queue of today."""
    now: datetime
    currency: str
    locale: str
    balance_minor: int

    @property
    def next_booking(self) -> OwnBooking | None:
        """The booking that they come for next."""
        return next((one for one in self.bookings if one.is_due), None)

    @property
    def ready(self) -> tuple[OwnDevice, ...]:
        """The devices that can be collected."""
        return tuple(one for one in self.devices if one.progress.is_ready)


class OwnKind(StrEnum):
    """What an entry of one's own history is."""

    BOOKING = "booking"
    REPAIR = "repair"
    PURCHASE = "purchase"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class OwnEvent:
    """An entry of one's own history; `at` is the shop's wall clock."""

    kind: OwnKind
    number: str
    at: datetime
    title: str
    said: str
    amount_minor: int | None


@dataclass(frozen=True, slots=True)
class OwnHistory:
    """Some entries, the newest first; `next_mark` goes on after them."""

    events: tuple[OwnEvent, ...]
    next_mark: tuple[int, int, int] | None
    currency: str
    locale: str


@dataclass(frozen=True, slots=True)
class OwnService:
    """What can be asked for: a service with its length and price (None: on inspection)."""

    id: int
    name: str
    minutes: int
    price_minor: int | None


@dataclass(frozen=True, slots=True)
class Offered:
    """A thing that can be ordered; what is `often` asked for comes first."""

    id: int
    sku: str
    name: str
    price_minor: int
    is_service: bool
    is_often: bool


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day with the times that are free on it."""

    day: date
    times: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskBooking:
    """A time for oneself: `starts` is the shop's wall clock and one of the free times."""

    starts: datetime
    service_id: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """So many pieces of something by its key or its SKU, into one's own order that waits."""

    item_id: int | None = None
    sku: str = ""
    quantity: int = 1
