"""What the booking desk is asked for, and what it answers."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from posapp.domain.bookings.bookings import Booking, Source
from posapp.domain.customers.customers import Customer
from posapp.services.customers.customers import FindOrCreate
from posapp.services.papers.papers import Output


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeBooking:
    """What the form or the command line asks for, already parsed.

    Either `customer_id` or `who` is given. `starts` is the shop's wall clock; `offset` (of UTC) chooses
    between the two readings of a doubled hour. `service_id`, `resource_id` None: the first service,
    whoever is free first. `minutes` None: as long as the service takes. `anyway` is the reason for booking
    over a refusal (closed, past, taken); it needs the permission to override.
    """

    starts: datetime
    customer_id: int | None = None
    who: FindOrCreate | None = None
    person: str = ""
    service_id: int | None = None
    resource_id: int | None = None
    minutes: int | None = None
    note: str = ""
    offset: timedelta | None = None
    anyway: str | None = None
    source: Source = Source.COUNTER
    output: Output | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveBooking:
    """Another time, length, person or bench for a booking; None leaves a part as it is."""

    number: str
    starts: datetime | None = None
    minutes: int | None = None
    resource_id: int | None = None
    service_id: int | None = None
    note: str | None = None
    offset: timedelta | None = None
    anyway: str | None = None
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """A saved booking, its customer, whether that record is new, and the print job if there is a paper."""

    booking: Booking
    customer: Customer
    created: bool
    job_id: int | None = None
    other_name: str = ""
