"""What a card of the board says at a moment, and which cards a filter leaves."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from posapp.domain.repairs.tickets import Alert, BoardCard, TicketState


class Due(StrEnum):
    """The choices of the filter by due time."""

    ANY = "any"
    LATE = "late"
    TODAY = "today"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SeenCard:
    """A device on the board at the moment `now`, with what asks for attention about it."""

    card: BoardCard
    state: TicketState
    alerts: tuple[Alert, ...]
    waits_long: bool
    now: datetime = field(compare=False)

    @property
    def is_late(self) -> bool:
        """Whether it wants attention now."""
        return self.waits_long or bool({Alert.LATE, Alert.TOO_LONG} & set(self.alerts))

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

    def passes(self, seen: SeenCard, words: str) -> bool:
        """Whether a card is shown whose `words` are these; a shelf is meant as a whole."""
        card, asked = seen.card, self.words.casefold()
        if (self.technician and card.technician != self.technician) or (self.kind and card.kind != self.kind):
            return False
        is_due = {
            Due.ANY: True,
            Due.LATE: seen.is_late,
            Due.TODAY: seen.is_due_today,
            Due.NONE: card.due is None,
        }
        if not is_due[self.due]:
            return False
        if asked.strip() and asked.strip() == card.shelf.casefold():
            return True
        return all(word in words.casefold() for word in asked.split())
