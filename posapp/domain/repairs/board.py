"""What a card of the board says at a moment, which cards a filter leaves, and in what order they stand.

Three words mean one thing each, wherever they are shown or counted. *Late*: the time is past that a device
was promised for, and work is left to do. *Waiting long*: nothing is left but to hand it over, for as many
days as after which the shop calls it uncollected. *Too long*: it is in a state longer than that state allows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from posapp.domain.repairs.tickets import Alert, BoardCard, StateGroup, TicketState, alerts_of
from posapp.domain.repairs.waiting import waits_long

_FAR = float("inf")


class Due(StrEnum):
    """The choices of the filter by due time."""

    ANY = "any"
    LATE = "late"
    TODAY = "today"
    NONE = "none"
    WAITING = "waiting"
    TOO_LONG = "too_long"

    def means(self, seen: "SeenCard") -> bool:
        """Whether a device is meant."""
        return {
            Due.ANY: True,
            Due.LATE: seen.is_late,
            Due.TODAY: seen.is_due_today,
            Due.NONE: seen.card.due is None,
            Due.WAITING: seen.waits_long,
            Due.TOO_LONG: seen.is_too_long,
        }[self]


@dataclass(frozen=True, slots=True)
class SeenCard:
    """A device on the board at the moment `now`, with what asks for attention about it.

    `is_new` says that it came into its state on this day of the shop.
    """

    card: BoardCard
    state: TicketState
    alerts: tuple[Alert, ...]
    waits_long: bool
    now: datetime = field(compare=False)
    is_new: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the time is past that it was promised for, and work is left to do."""
        return Alert.LATE in self.alerts

    @property
    def is_urgent(self) -> bool:
        """Whether the board marks it: somebody waits for it, or it for somebody."""
        return self.is_late or self.waits_long

    @property
    def is_too_long(self) -> bool:
        """Whether it is in its state longer than that state allows."""
        return Alert.TOO_LONG in self.alerts

    @property
    def is_due_today(self) -> bool:
        """Whether it was promised for a later time of this day."""
        return Alert.DUE_TODAY in self.alerts

    @property
    def days(self) -> int:
        """The whole days that it has been in its state."""
        return (self.now - self.card.state_since).days

    @property
    def late_by(self) -> timedelta | None:
        """How long the time is past that it was promised for; None while it is not."""
        due = self.card.due
        return self.now - due if due is not None and Alert.LATE in self.alerts else None


@dataclass(frozen=True, slots=True)
class Sight:
    """A moment in a day of the shop, and from when on the shop wants to be told of a device."""

    now: datetime
    start_of_day: datetime
    end_of_day: datetime
    untouched_hours: int
    uncollected_days: int

    def see(self, card: BoardCard, state: TicketState) -> SeenCard:
        """A device as it is at that moment."""
        hours, days, since = self.untouched_hours, self.uncollected_days, card.state_since
        return SeenCard(
            card,
            state,
            alerts_of(card, state, self.now, end_of_day=self.end_of_day, untouched_hours=hours),
            waits_long(state, since, self.now, uncollected_days=days),
            self.now,
            since >= self.start_of_day,
        )


def in_order(cards: Sequence[BoardCard], state: TicketState) -> tuple[BoardCard, ...]:
    """The cards of a column: what was promised soonest first; what only waits, by how long it waits."""
    if state.group in (StateGroup.READY, StateGroup.CANCELLED):
        return tuple(sorted(cards, key=lambda card: (card.since_us, card.job_id)))
    return tuple(sorted(cards, key=lambda card: (card.due_us or _FAR, card.since_us, card.job_id)))


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown: of one technician, one kind of device, words of the card, a due time."""

    technician: str = ""
    kind: str = ""
    words: str = ""
    due: Due = Due.ANY

    @property
    def is_on(self) -> bool:
        """Whether anything is left out."""
        return self != Filter()

    def passing(self) -> Callable[[SeenCard, str], bool]:
        """Says whether a card is shown; its words come in small letters, and a shelf is meant as a whole."""
        technician, kind = self.technician, self.kind
        due = None if self.due is Due.ANY else self.due
        asked = self.words.casefold().split()

        def passes(seen: SeenCard, folded: str) -> bool:
            card = seen.card
            if (technician and card.technician != technician) or (kind and card.kind != kind):
                return False
            if due is not None and not due.means(seen):
                return False
            for word in asked:
                if word not in folded:
                    return asked == card.shelf.casefold().split()
            return True

        return passes


def own_name(user: str | None, technicians: Sequence[str]) -> str:
    """Which technician a signed-in user is: of the same name, else the only one of that first name."""
    if not user:
        return ""
    mine = user.casefold().split()
    same = [name for name in technicians if name.casefold().split() == mine]
    first = [name for name in technicians if name.casefold().split()[:1] == mine[:1]]
    return next(iter(same or (first if len(first) == 1 else [])), "")
