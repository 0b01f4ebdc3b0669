"""The shop itself, what can be booked in it, and when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from posapp.domain.base.clock import business_day, clock_mark, day_number, marked, wall_of
from posapp.domain.base.local_dates import local_day, local_time
from posapp.domain.base.money import Money, format_money
from posapp.domain.base.stamps import Stamps

TAX_ADDED_IN = frozenset({"US", "CA", "IN"})
"""Countries where prices are usually said without their taxes."""
TEXT_LIMITS = {"address": 500, "phone": 60, "website": 200, "tax_id": 60, "terms": 2000}
"""Characters of what a shop says of itself on its papers."""


class TaxRounding(StrEnum):
    """Where a shop rounds its taxes: in each line, or once for each rate of a sale."""

    LINE = "line"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Business:
    """A shop: one database holds one or more. Cash is rounded to whole `cash_rounding_minor`, 0 for none.

    Customers of whom nothing else is said may owe `account_limit_minor`.
    The texts of `payment_…` tell how it is paid by QR code: account holder and address, and its accounts.
    """

    id: int
    name: str
    region: str
    currency: str
    locale: str
    time_zone: str
    cutover_minutes: int
    address: str
    phone: str
    email: str
    website: str
    tax_id: str
    terms: str
    logo: str
    prices_include_tax: bool
    tax_rounding: TaxRounding
    cash_rounding_minor: int
    account_limit_minor: int
    payment_name: str
    payment_iban: str
    payment_bic: str
    payment_upi: str
    payment_pix: str
    payment_promptpay: str
    payment_street: str
    payment_house: str
    payment_postcode: str
    payment_city: str
    stamps: Stamps

    def day_of(self, at: datetime) -> date:
        """The day that an (aware) instant counts for here: after midnight, for a while, the day before."""
        return business_day(at, self.time_zone, self.cutover_minutes)

    def packed_day_of(self, at: datetime) -> int:
        """That day as records carry it: 20261121."""
        return day_number(self.day_of(at))

    def clock_of(self, at: datetime, now: datetime) -> str:
        """An instant in a sentence: `14:05` today, `14:05 on 3 May 2026` on another day than `now`."""
        wall = wall_of(at, self.time_zone)
        clock = marked(local_time(wall.time(), self.locale), clock_mark(at, wall, self.time_zone))
        is_today = wall.date() == wall_of(now, self.time_zone).date()
        return clock if is_today else f"{clock} on {local_day(wall.date(), self.locale)}"

    def shown(self, minor: int) -> str:
        """An amount of its currency in a sentence."""
        return format_money(Money(minor, self.currency), self.locale)


class ResourceKind(StrEnum):
    """A person, or a place where work is done."""

    STAFF = "staff"
    BENCH = "bench"


@dataclass(frozen=True, slots=True)
class Resource:
    """Whom or what a booking takes; `capacity` bookings at once, `buffer_minutes` after each."""

    id: int
    kind: ResourceKind
    name: str
    capacity: int
    buffer_minutes: int
    position: int
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """What can be booked: name, length and price (None: on inspection)."""

    id: int
    name: str
    minutes: int
    price_minor: int | None
    position: int
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class WeekRow:
    """A line of working hours or a break, of the shop (`resource_id` None) or of one person or bench."""

    resource_id: int | None
    weekday: int  # Monday is 0
    kind: str  # "open" or "break"
    starts: int  # minutes of the day
    ends: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """A day with other hours, or (both None) a closed day."""

    resource_id: int | None
    day: date
    opens: int | None
    closes: int | None
    reason: str = ""
