"""A repair ticket: one customer, one or more devices, each a job with a state of its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from posapp.domain.base.clock import from_us
from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.base.phone import PhoneNumber
from posapp.domain.base.stamps import Stamps
from posapp.domain.customers.pl_id import PlId
from posapp.domain.repairs.devices import Device

FAULT_LIMIT, NOTE_LIMIT, REASON_LIMIT, SHORT_LIMIT = 2000, 4000, 200, 200
"""Characters of a fault or finding, of a note, of a reason, and of what fits on a line."""
RECEIVED, READY, COLLECTED, DISPOSED, CANCELLED = "received", "ready", "collected", "disposed", "cancelled"
"""The codes of the states that the desks themselves use."""
NEEDS_APPROVAL, IN_REPAIR, DIAGNOSING = "needs_approval", "in_repair", "diagnosing"
"""Where a device waits for an answer to its estimate, where it goes on, and where it is only looked at;
where the shop has them."""


class StateGroup(StrEnum):
    """The fixed groups of the status engine; a shop's own states belong to one each."""

    NEW = "new"
    WORK = "work"
    WAITING = "waiting"
    READY = "ready"
    CLOSED = "closed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing is to be done any more."""
        return self in (StateGroup.CLOSED, StateGroup.CANCELLED)

    @property
    def may_need(self) -> bool:
        """Whether something may be asked for before: where devices begin, or end unrepaired, nothing is."""
        return self not in (StateGroup.NEW, StateGroup.CANCELLED)

    @property
    def order(self) -> int:
        """How far along; going to a lower group is going back and needs a reason."""
        return _ORDER[self]


_ORDER = {
    StateGroup.NEW: 0,
    StateGroup.WORK: 1,
    StateGroup.WAITING: 1,  # work and waiting go to and fro freely
    StateGroup.READY: 2,
    StateGroup.CLOSED: 3,
    StateGroup.CANCELLED: 3,
}


class Needed(StrEnum):
    """What a shop may want to know of a device before it comes into a state."""

    FOUND = "found"
    PRICE = "price"
    TECHNICIAN = "technician"
    SHELF = "shelf"


@dataclass(frozen=True, slots=True)
class TicketState:
    """One state of a shop; `limit_hours` None means no alert for staying too long.

    A device comes into it only when all that is in `needs` is known of it, and where it `is_reserved` only
    by somebody who may take reserved steps.
    """

    id: int
    code: str
    name: str
    group: StateGroup
    position: int
    limit_hours: int | None = None
    is_archived: bool = False
    needs: frozenset[Needed] = frozenset()
    is_reserved: bool = False


@dataclass(frozen=True, slots=True)
class StateMap:
    """The states of a shop and the moves it allows, as a manager set them."""

    states: tuple[TicketState, ...]
    moves: frozenset[tuple[int, int]]

    def by_code(self, code: str) -> TicketState:
        """The state with that code; refuses an unknown one."""
        found = next((one for one in self.states if one.code == code.strip().lower()), None)
        if found is None:
            known = ", ".join(one.code for one in self.states if not one.is_archived)
            raise DomainError(
                "state_unknown", f"There is no state {code.strip()[:30]}. Known: {known}.", field="status"
            )
        return found

    def by_id(self, key: int) -> TicketState:
        """The state with that key."""
        return next(one for one in self.states if one.id == key)

    def next_of(self, state: TicketState) -> tuple[TicketState, ...]:
        """The states that a job may go to from here."""
        return tuple(one for one in self.states if (state.id, one.id) in self.moves and not one.is_archived)

    def check_move(self, before: TicketState, after: TicketState, reason: str) -> None:
        """Refuse a move that the shop does not allow, and one back without a reason."""
        if (before.id, after.id) not in self.moves:
            names = ", ".join(one.name.lower() for one in self.next_of(before)) or "none"
            raise DomainError(
                "state_move",
                f"{before.name} cannot become {after.name.lower()}. Possible: {names}.",
                field="status",
            )
        if needs_reason(before, after) and not reason:
            raise DomainError("reason_missing", "Say why: this goes a step back.", field="reason")

    def way(self, before: TicketState, after: TicketState) -> tuple[TicketState, ...]:
        """The shortest row of allowed moves that takes a step back, `after` last.

        Between them lies nothing that asks or tells something of the device: only open states without needs.
        Where there is no such row, `after` alone, which `check_move` then refuses.
        """
        ways: dict[int, tuple[TicketState, ...]] = {before.id: ()}
        waiting = [before]
        while waiting:
            state = waiting.pop(0)
            for following in self.next_of(state):
                if following.id in ways:
                    continue
                ways[following.id] = (*ways[state.id], following)
                if following.id == after.id:
                    return ways[following.id]
                is_open = following.group not in (StateGroup.READY, StateGroup.CLOSED, StateGroup.CANCELLED)
                if is_open and not following.needs and not following.is_reserved:
                    waiting.append(following)
        return (after,)


def needs_reason(before: TicketState, after: TicketState) -> bool:
    """Whether a move goes back, or ends the job without a repair."""
    return (
        after.group.order < before.group.order
        or after.group == StateGroup.CANCELLED
        or after.code == DISPOSED
    )


DEFAULT_STATES: tuple[tuple[str, str, StateGroup, int | None], ...] = (
    (RECEIVED, "Received", StateGroup.NEW, 24),
    ("diagnosing", "Diagnosing", StateGroup.WORK, 48),
    (NEEDS_APPROVAL, "Needs approval", StateGroup.WAITING, 72),
    ("waiting_parts", "Waiting for parts", StateGroup.WAITING, 240),
    (IN_REPAIR, "In repair", StateGroup.WORK, 48),
    (READY, "Ready", StateGroup.READY, None),
    (COLLECTED, "Collected", StateGroup.CLOSED, None),
    (DISPOSED, "Disposed of", StateGroup.CLOSED, None),
    (CANCELLED, "Cancelled", StateGroup.CANCELLED, None),
)
_OPEN = (RECEIVED, "diagnosing", NEEDS_APPROVAL, "waiting_parts", IN_REPAIR)
DEFAULT_MOVES: tuple[tuple[str, str], ...] = (
    *((before, after) for before in _OPEN for after in _OPEN if before != after),
    *((before, READY) for before in _OPEN),
    *((before, CANCELLED) for before in _OPEN),
    (READY, IN_REPAIR),
    (READY, "diagnosing"),
    (READY, "waiting_parts"),
    (READY, COLLECTED),
    (READY, DISPOSED),
    (CANCELLED, COLLECTED),
    (CANCELLED, RECEIVED),
    (COLLECTED, IN_REPAIR),
    (COLLECTED, READY),
)


class Outcome(StrEnum):
    """How a device was handed back."""

    REPAIRED = "repaired"
    NOT_REPAIRED = "not_repaired"
    REFUSED = "refused"


OUTCOME_WORDS = {
    Outcome.REPAIRED: "Repaired",
    Outcome.NOT_REPAIRED: "Not repaired",
    Outcome.REFUSED: "Repair not wanted",
}


class Condition(StrEnum):
    """A line of the intake checklist."""

    WORKS = "works"
    FAULTY = "faulty"
    UNTESTED = "untested"


@dataclass(frozen=True, slots=True)
class Job:
    """One device of a ticket, with its own state, price, technician, label and hand-back.

    `signature` is the hash of the picture that was signed when it was handed back, empty for none;
    `claim_of` is the key of the warranty that it leans on.
    """

    id: int
    position: int
    device: Device
    state: TicketState
    state_since: datetime
    fault: str
    found: str
    no_serial_reason: str
    accessories: str
    condition: tuple[tuple[str, Condition], ...]
    technician_id: int | None
    technician: str
    shelf_id: int | None
    shelf: str
    price_minor: int | None
    has_passcode: bool
    quality_by: str
    outcome: Outcome | None
    handed_to: str
    handed_at: datetime | None
    signature: str
    touched_at: datetime
    claim_of: int | None
    stamps: Stamps

    @property
    def is_here(self) -> bool:
        """Whether it has not left the shop; a cancelled one is here until it is handed back."""
        return self.state.group != StateGroup.CLOSED


def missing(job: Job, after: TicketState) -> list[Needed]:
    """What must be known of a device before it may come into a state."""
    known = {
        Needed.FOUND: bool(job.found),
        Needed.PRICE: job.price_minor is not None,
        Needed.TECHNICIAN: job.technician_id is not None,
        Needed.SHELF: job.shelf_id is not None,
    }
    return [one for one in Needed if one in after.needs and not known[one]]


def move_objection(states: StateMap, job: Job, after: TicketState, *, needs_check: bool) -> str:
    """Why a device cannot go into a state now, "" if it can; what is only not known yet is asked for then.

    `needs_check`: the shop wants a second person to look at each repair before it is ready.
    """
    if (job.state.id, after.id) not in states.moves:
        return f"{job.state.name} cannot become {after.name.lower()}."
    if after.group == StateGroup.READY and needs_check and not job.quality_by:
        return "A second person must check the repair before it is ready."
    return ""


def likely_next(states: StateMap, job: Job, *, needs_check: bool) -> TicketState | None:
    """Where a device most likely goes from its state: the next one further on in which it is worked on."""
    onward = (StateGroup.WORK, StateGroup.READY)
    for state in sorted(states.next_of(job.state), key=lambda one: one.position):
        is_on = state.group in onward and state.position > job.state.position
        if is_on and not move_objection(states, job, state, needs_check=needs_check):
            return state
    return None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket with everything on it.

    `signature` is the hash of the picture that was signed when the devices were left here, empty for none.
    """

    id: int
    number: str
    customer_id: int
    pl_id: PlId
    customer_name: str
    phone: PhoneNumber | None
    contact_id: int | None
    contact_name: str
    booking: str
    due: datetime | None
    is_rush: bool
    note: str
    signature: str
    jobs: tuple[Job, ...]
    stamps: Stamps

    @property
    def is_open(self) -> bool:
        """Whether any device still is here; a cancelled one is, until it is handed back."""
        return any(job.is_here for job in self.jobs)


class BoardCard(NamedTuple):
    """A job as board and lists show it: a row as it is stored, for a board reads hundreds at once.

    Moments (`since_us`, `touched_us`, `due_us`) are microseconds since 1970, money is in minor units.
    `price_minor` is what was agreed; without it `estimated_minor` is what the newest estimate
    says, unless the customer said no.
    """

    job_id: int
    ticket_id: int
    ticket_number: int
    position: int
    pl_number: int
    customer_id: int
    customer_name: str
    kind: str
    make: str
    model: str
    fault: str
    state_id: int
    since_us: int
    touched_us: int
    due_us: int | None
    technician: str
    shelf: str
    price_minor: int | None
    rush: int
    estimated_minor: int | None = None

    @property
    def about_minor(self) -> int | None:
        """What it costs, or about that as long as nothing is agreed."""
        return self.estimated_minor if self.price_minor is None else self.price_minor

    @property
    def number(self) -> str:
        """The ticket's number, such as "T12"."""
        return number_text(Letter.TICKET, self.ticket_number)

    @property
    def device(self) -> str:
        """Make and model, as a clerk says it."""
        return f"{self.make} {self.model}".strip()

    @property
    def state_since(self) -> datetime:
        """Since when it is in its state."""
        return from_us(self.since_us)

    @property
    def touched_at(self) -> datetime:
        """When somebody last did something to it."""
        return from_us(self.touched_us)

    @property
    def due(self) -> datetime | None:
        """When it was promised for."""
        return None if self.due_us is None else from_us(self.due_us)

    @property
    def is_rush(self) -> bool:
        """Whether it goes before others."""
        return bool(self.rush)


class Alert(StrEnum):
    """Why a card asks for attention."""

    LATE = "late"
    DUE_TODAY = "due_today"
    TOO_LONG = "too_long"
    UNTOUCHED = "untouched"


def due_alert(due: datetime | None, state: TicketState, now: datetime, end_of_day: datetime) -> Alert | None:
    """What a promise asks for at a moment; nothing where no work is left to do."""
    if due is None or state.group.is_over or state.group == StateGroup.READY:
        return None
    if due < now:
        return Alert.LATE
    return Alert.DUE_TODAY if due < end_of_day else None


def alerts_of(
    card: BoardCard, state: TicketState, now: datetime, *, end_of_day: datetime, untouched_hours: int
) -> tuple[Alert, ...]:
    """The alerts of a card at a moment, the most pressing first."""
    promised = due_alert(card.due, state, now, end_of_day)
    found = [promised] if promised is not None else []
    if state.limit_hours is not None and now - card.state_since > timedelta(hours=state.limit_hours):
        found.append(Alert.TOO_LONG)
    if not state.group.is_over and now - card.touched_at > timedelta(hours=untouched_hours):
        found.append(Alert.UNTOUCHED)
    return tuple(found)
