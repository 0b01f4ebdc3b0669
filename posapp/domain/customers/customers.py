"""A customer as the desks and screens see one: an account known by its phone and carrying a PL ID."""

from dataclasses import dataclass, replace
from datetime import datetime

from posapp.domain.base.phone import PhoneNumber
from posapp.domain.base.stamps import Stamps
from posapp.domain.customers.pl_id import PlId

NOTE_LIMIT, ADDRESS_LIMIT, REASON_LIMIT, LABEL_LIMIT, TAX_NUMBER_LIMIT = 2000, 500, 200, 40, 60
"""Characters of a customer's note and address, of a reason, of a number's label, and of a tax number."""
TYPED_KEPT = 100
"""So many characters of what was typed as a number are kept with it."""
ERASED = "Anonymised"
"""What stands for a text of a person that must not be empty, and before the PL ID in place of a name."""


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A number of a customer, current or (with `ended_at`) of the past."""

    id: int
    number: PhoneNumber
    label: str
    is_primary: bool
    started_at: datetime
    ended_at: datetime | None = None
    is_former: bool = False

    @property
    def is_current(self) -> bool:
        """Whether the number still belongs to the customer."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class Contact:
    """A further person on an account: family, or a company's staff."""

    id: int
    name: str
    email: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FurtherEmail:
    """An address of a customer besides the one that stands on the record."""

    id: int
    email: str


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a customer buys: at which prices, with which taxes, how much on account.

    Whoever has a `tax_exempt_reason` pays no tax; `tax_number` stands on the papers. Without an
    `account_limit_minor` the limit of the shop counts.
    """

    price_level_id: int | None = None
    tax_exempt_reason: str = ""
    tax_number: str = ""
    account_limit_minor: int | None = None

    @property
    def is_exempt(self) -> bool:
        """Whether nothing that the customer buys bears a tax."""
        return bool(self.tax_exempt_reason)

    def limit_or(self, of_shop: int) -> int:
        """How much the customer may owe, where the shop lets everybody owe so much."""
        return of_shop if self.account_limit_minor is None else self.account_limit_minor


NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer with everything that is edited together."""

    id: int
    pl_id: PlId
    name: str
    email: str
    address: str
    note: str
    is_flagged: bool
    no_phone_reason: str | None
    stamps: Stamps
    phones: tuple[PhoneLine, ...] = ()
    contacts: tuple[Contact, ...] = ()
    aliases: tuple[str, ...] = ()
    merged_into: int | None = None
    archived_at: datetime | None = None
    terms: Terms = NO_TERMS
    erased_at: datetime | None = None
    """Since when the person is forgotten."""

    @property
    def current_phones(self) -> tuple[PhoneLine, ...]:
        """The numbers in use, the primary one first."""
        return tuple(line for line in self.phones if line.is_current)

    @property
    def phone(self) -> PhoneNumber | None:
        """The primary number, if there is one."""
        current = self.current_phones
        return current[0].number if current else None

    def shown_name(self, region: str) -> str:
        """The name, or the phone of a customer who came without one; somebody anonymised is called so."""
        if self.erased_at is not None:
            return f"{ERASED} {self.pl_id}"
        return self.name or (self.phone.shown(region) if self.phone else str(self.pl_id))


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """Counts, dates and money of a customer; always computed from the records.

    A visit is a day of the shop on which the customer came for a booking, brought or collected a device, or
    bought something. The next booking is the soonest of today or later for which they have yet to come.
    The balance is above zero where the customer owes, and `credit_minor` is all that the shop owes, deposits
    included. `spent_minor` is what completed sales earned, less refunds, and past records that count. Who may
    not read sales is told of no money: `tells_money` says so, and the amounts are no figures then.
    """

    bookings: int
    did_not_come: int
    visits: int = 0
    last_visit: datetime | None = None
    devices_here: int = 0
    next_booking: str | None = None  # its number, such as "B12"
    next_booking_at: datetime | None = None
    next_booking_with: str | None = None
    balance_minor: int = 0
    credit_minor: int = 0
    spent_minor: int = 0
    tells_money: bool = True
    next_booking_wall: datetime | None = None
    """When it begins by its own clock, naive."""

    @property
    def without_money(self) -> "CustomerFacts":
        """The same for somebody who may not read sales."""
        return replace(self, balance_minor=0, credit_minor=0, spent_minor=0, tells_money=False)

    @property
    def debt_minor(self) -> int:
        """What sales ask for and nobody paid yet, credit aside."""
        return self.balance_minor + self.credit_minor


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """What stands on the Desk: the customer and the facts."""

    customer: Customer
    facts: CustomerFacts


@dataclass(frozen=True, slots=True)
class FormerOwner:
    """A customer who once had a number that now belongs to nobody."""

    customer_id: int
    pl_id: PlId
    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class PhoneOwner:
    """Who a number belongs to right now (`customer`), or who had it before (`former`)."""

    customer: CustomerCard | None
    former: tuple[FormerOwner, ...] = ()
