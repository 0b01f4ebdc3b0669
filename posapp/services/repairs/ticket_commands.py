"""What the ticket desk is told and what it answers: frozen values, parsed at the edge."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from posapp.domain.bookings.bookings import Source
from posapp.domain.customers.customers import Customer
from posapp.domain.repairs.board import SeenCard, Sight
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.photos import ScaledPhoto
from posapp.domain.repairs.tickets import (
    BoardCard,
    Condition,
    Outcome,
    StateMap,
    Ticket,
    TicketState,
)
from posapp.services.customers.customers import FindOrCreate
from posapp.services.papers.papers import Output
from posapp.services.repairs.estimates import LineAsked


class Unchanged(Enum):
    """Said of a part that may also be empty: it stays as it is."""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeInDevice:
    """One device at the counter, as parsed at the edge.

    `device_id` names one of the register; else make, model and serial or IMEI say what it is.
    `no_serial_reason` says why neither can be read. `claim_of` is the warranty that is claimed,
    `claim_anyway` why one is honoured whose term is over. `photos` come from `PhotoDesk.ready`.
    """

    fault: str
    kind: DeviceKind = DeviceKind.OTHER
    make: str = ""
    model: str = ""
    colour: str = ""
    serial: str = ""
    imei: str = ""
    no_serial_reason: str = ""
    device_id: int | None = None
    accessories: str = ""
    condition: tuple[tuple[str, Condition], ...] = ()
    passcode: str = field(default="", repr=False)
    price_minor: int | None = None
    technician_id: int | None = None
    shelf: str = ""
    claim_of: int | None = None
    claim_anyway: str = ""
    photos: tuple[ScaledPhoto, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeIn:
    """A ticket to open: `customer_id`, `who` or `booking` (its customer and person) say for whom.

    `estimate` makes its first version with it; where `is_agreed`, the customer says yes on the spot.
    `signature` is what the customer signed, as a PNG.
    `output` queues the claim ticket and `labels` a label for each device, with the ticket or not at all.
    """

    devices: tuple[TakeInDevice, ...]
    estimate: tuple[LineAsked, ...] = ()
    is_agreed: bool = False
    customer_id: int | None = None
    who: FindOrCreate | None = None
    booking: str = ""
    person: str = ""
    due: datetime | None = None
    is_rush: bool = False
    note: str = ""
    signature: bytes | None = field(default=None, repr=False)
    source: Source = Source.COUNTER
    output: Output | None = None
    labels: Output | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveJob:
    """A new state for one device of a ticket; `position` 1 is the first device."""

    number: str
    to: str
    position: int = 1
    reason: str = ""
    seen_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditJob:
    """New values for one device of a ticket; None leaves a part as it is, "" or 0 empties it.

    A price of 0 is a price: None takes it away.
    """

    number: str
    position: int = 1
    fault: str | None = None
    found: str | None = None
    accessories: str | None = None
    condition: tuple[tuple[str, Condition], ...] | None = None
    technician_id: int | None = None
    price_minor: int | Unchanged | None = UNCHANGED
    shelf: str | None = None
    passcode: str | None = field(default=None, repr=False)
    seen_version: int | None = None


@dataclass(frozen=True, slots=True)
class Apart:
    """A device that ended otherwise than those that leave with it, or is taken by somebody else."""

    position: int
    outcome: Outcome | None = None
    to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditTicket:
    """New values for the whole ticket: a promise (None: none), rush, the note that never prints."""

    number: str
    due: datetime | Unchanged | None = UNCHANGED
    is_rush: bool | None = None
    note: str | None = None
    seen_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTicket:
    """Everything that was changed on a ticket, saved at once or not at all.

    `is_back`: the move takes a change back, by whichever steps lead there.
    """

    number: str
    ticket: EditTicket | None = None
    jobs: tuple[EditJob, ...] = ()
    move: MoveJob | None = None
    is_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HandBack:
    """Devices that leave: all that are ready, or those at `positions`. `to` is who took them.

    How it ended and who takes it holds for each that is not named in `apart`, but what was given up is not
    repaired; what is signed holds for all of them. With `output` the paper is queued with the hand-back.
    """

    number: str
    outcome: Outcome
    to: str
    positions: tuple[int, ...] = ()
    apart: tuple[Apart, ...] = ()
    signature: bytes | None = None
    reason: str = ""
    output: "Output | None" = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The ticket, its customer, whether that record is new, a typed name it does not have, print jobs."""

    ticket: Ticket
    customer: Customer
    created: bool
    other_name: str = ""
    job_ids: tuple[int, ...] = ()

    @property
    def said(self) -> str:
        """What became of the customer, as it is logged."""
        return "created" if self.created else "reused"


@dataclass(frozen=True, slots=True)
class Board:
    """The states of the shop with all that is in each, in its order, at the moment of reading."""

    sight: Sight
    states: StateMap
    columns: dict[int, tuple[BoardCard, ...]] = field(default_factory=dict)
    shelves: tuple[str, ...] = ()
    """The codes of the shop's shelves, by which a scan is known as one."""

    @property
    def counts(self) -> dict[int, int]:
        """How many devices are in each state that has any."""
        return {state: len(cards) for state, cards in self.columns.items()}

    @property
    def open_tickets(self) -> int:
        """How many tickets have a device in the shop."""
        return len({card.ticket_id for cards in self.columns.values() for card in cards})

    @property
    def shown_states(self) -> list[TicketState]:
        """What has a column; a cancelled device waits among the uncollected."""
        return [one for one in self.states.states if not one.is_archived and not one.group.is_over]

    def seen(self, state: TicketState) -> list[SeenCard]:
        """The cards of a column at the moment of reading."""
        see = self.sight.see
        return [see(card, state) for card in self.columns.get(state.id, ())]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFilter:
    """Which devices a list shows: those in the shop, or (`is_here` False) all, the newest first.

    `states` are codes, none of them means all; `words` are looked for in number, device, fault and name.
    """

    is_here: bool = True
    states: tuple[str, ...] = ()
    kind: DeviceKind | None = None
    technician_id: int | None = None
    customer_id: int | None = None
    words: str = ""
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Promise:
    """When a repair can be done: `ahead` devices come first. None: out of sight."""

    due: datetime | None
    ahead: int
    minutes: int
