"""What the order desks are asked for, and what they answer."""

from dataclasses import dataclass, field
from datetime import date

from posapp.domain.bookings.bookings import Source
from posapp.domain.selling.amounts import PriceRules
from posapp.domain.selling.carts import Cart, CartLine, LineKind
from posapp.domain.selling.gift_cards import GiftCard
from posapp.domain.selling.ledger import Entry, Standing
from posapp.domain.selling.orders import Order
from posapp.domain.selling.payments import Payment, Tender, Tendered
from posapp.domain.selling.shifts import Shift
from posapp.services.customers.customers import FindOrCreate
from posapp.services.papers.papers import Output


@dataclass(frozen=True, slots=True, kw_only=True)
class Sell:
    """Complete a sale; whatever the tenders leave open must be on account (`Tender.ACCOUNT`).

    Anonymous, or with `customer_id` or `who`. `held` is the reference of a held sale that this completes.
    Deposits of the tickets and bookings in the cart are taken off by themselves, before all tenders.
    `codes` are those on cards that were printed elsewhere: position of the line that sells one, and code.
    """

    cart: Cart
    tenders: tuple[Tendered, ...] = ()
    customer_id: int | None = None
    who: FindOrCreate | None = None
    note: str = ""
    held: str = ""
    source: Source = Source.COUNTER
    output: Output | None = None
    codes: tuple[tuple[int, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Let a sale wait for any till; with `held` the one of that reference goes on waiting as it is now."""

    cart: Cart
    customer_id: int | None = None
    note: str = ""
    held: str = ""
    source: Source = Source.COUNTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """Money for a sale that is not yet paid, or (without `number`) for the oldest debts of a customer."""

    tenders: tuple[Tendered, ...]
    number: str = ""
    customer_id: int | None = None
    output: Output | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundLine:
    """So many pieces of the line at a position; 0: all that are left of it."""

    position: int
    quantity: int = 0
    is_restocked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Give back lines, or an amount spread over what is left; without either all that is left.

    What cannot go back to the customer in money lowers what the sale still owes first. `to` is where the rest
    goes; what a gift card or credit paid goes back there whatever is asked, unless `in_cash` is approved.
    """

    number: str
    lines: tuple[RefundLine, ...] = ()
    amount_minor: int | None = None
    to: Tender = Tender.CASH
    reason: str = ""
    in_cash: bool = False
    output: Output | None = None


@dataclass(frozen=True, slots=True)
class Sold:
    """A completed sale or refund, whether its customer is new, and the print job if there is a paper.

    `codes` are those of gift cards that were sold with it: position of the line and code; a refund that went
    to a new card has it at position 0. They are told this once and kept nowhere.
    """

    order: Order
    created: bool = False
    other_name: str = ""
    job_id: int | None = None
    codes: tuple[tuple[int, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Paid:
    """Payments that settled a sale, or debts; how the customer stands now."""

    payments: tuple[Payment, ...]
    change_minor: int
    order: Order | None = None
    standing: Standing | None = None
    job_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What a customer could pay now: a ready ticket or a debt, as lines or as an amount.

    `storage` may be added where the devices were not collected for long; nobody has to. `customer_id` tells
    who it is where that is not whoever stands at the counter.
    """

    number: str
    text: str
    owed_minor: int
    lines: tuple[CartLine, ...] = ()
    storage: tuple[CartLine, ...] = ()
    customer_id: int | None = None

    @property
    def for_storage(self) -> "Offer":
        """What storing its devices has cost, as an offer of its own."""
        minor = sum(line.unit_minor * line.quantity for line in self.storage)
        return Offer(self.number, self.storage[0].text, minor, self.storage)

    @property
    def is_storage(self) -> bool:
        """Whether it asks for storage alone."""
        return bool(self.lines) and all(line.kind is LineKind.TEXT for line in self.lines)


@dataclass(frozen=True, slots=True)
class DepositFor:
    """A deposit to take for a ticket or booking of a customer; an amount of 0 is still to be said."""

    number: str
    customer_id: int
    amount_minor: int = 0


@dataclass(frozen=True, slots=True)
class Counter:
    """What a sale begins with: how the shop and this customer are priced, what the customer could pay.

    `shift` is None where no shift is open; `is_forgotten` tells one of an earlier day. `discount_limit` is in
    millionths. `account_left_minor` is how much more may go on account without anybody's approval.
    """

    rules: PriceRules
    cash_step_minor: int
    discount_limit: int
    shift: Shift | None
    is_forgotten: bool
    default_tax_id: int
    customer_id: int | None = None
    pl_id: str = ""
    customer_name: str = ""
    exempt: str = ""
    price_level: str = ""
    standing: Standing | None = None
    account_left_minor: int = 0
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a typed or scanned text means in a sale; one of these is there.

    Lines to ring up; a customer to put at the counter; a completed sale (to look at, or to give back); a held
    sale to go on with; a gift card with what is on it; or, for words, items to choose from. With the
    lines of a ticket comes its `storage`, which may be added.
    """

    lines: tuple[CartLine, ...] = ()
    customer_id: int | None = None
    order: str = ""
    held: str = ""
    gift_card: GiftCard | None = None
    choices: tuple[CartLine, ...] = ()
    storage: tuple[CartLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Back:
    """What goes back by one tender."""

    tender: Tender
    amount_minor: int


@dataclass(frozen=True, slots=True)
class RefundPlan:
    """What a refund would do: the sale, what it gives back, what it takes off the debt, what is paid out.

    `lines` are position, pieces and gross amount (above zero).
    """

    order: Order
    lines: tuple[tuple[int, int, int], ...]
    total_minor: int
    off_debt_minor: int
    back: tuple[Back, ...]
    rounding_minor: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Goods come back and others go out: what is given back pays the sale, as far as both reach.

    The tenders of the sale are for the rest of it, `to` of the refund is for what it leaves.
    """

    refund: Refund
    sale: Sell


@dataclass(frozen=True, slots=True)
class ExchangePlan:
    """What an exchange would do: the refund, what of it pays the sale, and what is then still to pay."""

    refund: RefundPlan
    paid_minor: int
    left_minor: int


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Both records of an exchange."""

    back: Sold
    sold: Sold


@dataclass(frozen=True, slots=True)
class Statement:
    """A customer's entries of a span with the balance before and after."""

    customer_id: int
    first: date
    last: date
    opening_minor: int
    entries: tuple[Entry, ...]
    standing: Standing

    @property
    def closing_minor(self) -> int:
        """The balance at the end of the span."""
        return self.opening_minor + sum(one.amount_minor for one in self.entries)
