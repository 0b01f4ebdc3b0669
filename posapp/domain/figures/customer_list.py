"""All customers with what they came to: which are listed, in which order, and what each line tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from posapp.domain.base.phone import PhoneNumber
from posapp.domain.customers.pl_id import PlId
from posapp.domain.repairs.tickets import StateGroup, TicketState
from posapp.domain.repairs.waiting import FOR_OWNERS


class Segment(StrEnum):
    """Which customers are meant."""

    ALL = "all"
    OWES = "owe"
    """Their balance is above zero."""
    OPEN_TICKET = "open_ticket"
    """A device of theirs is in the shop."""
    NOT_SEEN = "not_seen"
    """They were here, but not in the last six months."""
    NEW = "new"
    """They became customers in the last 28 days."""
    TOP = "top"
    """They spent something; those who spent most come first."""


class SortBy(StrEnum):
    """By what customers are put in order; equal ones in the order in which they became customers."""

    ID = "id"
    NAME = "name"
    PHONE = "phone"
    VISITS = "visits"
    TICKETS = "tickets"
    LAST_VISIT = "last_visit"
    SPENT = "spent"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which customers, in which order; `text` narrows them down as the search of the Desk does."""

    segment: Segment = Segment.ALL
    sort: SortBy = SortBy.ID
    is_descending: bool = True
    text: str = ""
    is_agreed: bool = False
    """Only those who agreed to be told of offers and whom an address or a number reaches."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a message to several customers may go to.

    Only those count who agreed to be told of offers (`ConsentKind.MARKETING`) and did not withdraw that; what
    is to be told of a repair is none of it.
    """

    emails: tuple[str, ...]
    phones: tuple[str, ...]
    """In E.164, the main number of each."""
    reached: int
    refused: int
    """How many did not agree."""
    unreachable: int
    """How many agreed and have neither."""


@dataclass(frozen=True, slots=True)
class TicketsHere:
    """Of a customer's open tickets how many are ready, late and waiting.

    A ticket is ready when nothing is left to do with any of its devices here but to hand it over; it is late
    where the time is past that it was promised for and work is left, and waiting while one of its devices is.
    """

    ready: int
    late: int
    waiting: int

    @classmethod
    def of(cls, devices: Sequence[tuple[TicketState, bool]]) -> "TicketsHere":
        """One ticket: the state of each device that is here, and whether the promised time is past."""
        is_ready = all(state.group in FOR_OWNERS for state, _ in devices)
        is_late = any(is_past and state.group not in FOR_OWNERS for state, is_past in devices)
        is_waiting = any(state.group is StateGroup.WAITING for state, _ in devices)
        return cls(int(is_ready), int(is_late), int(is_waiting))

    def __add__(self, other: "TicketsHere") -> "TicketsHere":
        """Both together."""
        return TicketsHere(self.ready + other.ready, self.late + other.late, self.waiting + other.waiting)


@dataclass(frozen=True, slots=True)
class CustomerLine:
    """A customer of the list. Amounts are minor units; a balance above zero is owed, below zero is credit.

    Of the tickets: all there ever were, how many are open, and of these how many are ready, late and waiting.
    """

    id: int
    pl_id: PlId
    name: str
    phone: PhoneNumber | None
    visits: int
    bookings: int
    tickets: int
    open_tickets: int
    ready: int
    late: int
    waiting: int
    last_visit: date | None
    spent_minor: int | None
    """None where the actor may not know amounts."""
    balance_minor: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of the list, and where the next one goes on: None after the last."""

    lines: tuple[CustomerLine, ...]
    after: tuple[int | str, int] | None
    """The value that is sorted by, and the key of the customer that stands last."""


@dataclass(frozen=True, slots=True)
class CustomerFigures:
    """What all customers come to."""

    customers: int
    new: int
    """In the last 28 days."""
    came_back: int | None
    """Thousandths of those seen in the last year who came more than once in it; None where nobody was."""
    spent_each_minor: int | None
    owed_minor: int | None
    """The balances of all who owe; `credit_minor` those of all who have something to their credit."""
    credit_minor: int | None
    of: dict[Segment, int]
    """How many are in each segment."""
