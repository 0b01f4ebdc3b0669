"""Devices in the shop as the Desk needs them: in which state, and how long they wait for their owner."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from posapp.domain.repairs.tickets import BoardCard, StateGroup, StateMap, TicketState
from posapp.ui.wording import translator

if TYPE_CHECKING:
    from posapp.services.repairs.tickets import Board

_tr = translator("DeskTickets")

LONG_DAYS = 7
"""From this many days on, waiting is warned of (ui.md, section 11)."""
WAITING = (StateGroup.READY, StateGroup.CANCELLED)


@dataclass(frozen=True, slots=True)
class Held:
    """A device in the shop; `days` is how long it has been in its state."""

    card: BoardCard
    state: TicketState
    days: int

    @property
    def waits(self) -> bool:
        """Whether nothing is left to do but hand it over: ready, or not to be repaired any more."""
        return self.state.group in WAITING

    @property
    def waits_long(self) -> bool:
        """Whether it has waited so long that somebody should ring."""
        return self.waits and self.days >= LONG_DAYS


@dataclass(frozen=True, slots=True)
class Waiting:
    """The devices that wait longest for their owners, and how many there are in all."""

    first: tuple[Held, ...] = ()
    count: int = 0


def held(cards: Iterable[BoardCard], states: StateMap, now: datetime) -> tuple[Held, ...]:
    """What a customer has in the shop: first what can be handed over, then by number."""
    found = [Held(card, states.by_id(card.state_id), (now - card.state_since).days) for card in cards]
    return tuple(sorted(found, key=lambda one: (not one.waits, one.card.ticket_id, one.card.position)))


def waiting(board: "Board") -> Waiting:
    """What of a board waits to be collected, the longest waiting first."""
    states = [state for state in board.states.states if state.group in WAITING]
    cards = [card for state in states for card in board.columns.get(state.id, ())]
    found = held(cards, board.states, board.now)
    first = sorted(found, key=lambda one: one.card.state_since)
    return Waiting(tuple(first), sum(board.counts.get(state.id, 0) for state in states))


def waiting_words(one: Held) -> str:
    """How long a device has waited."""
    if not one.days:
        return _tr("ready today") if one.state.group == StateGroup.READY else one.state.name
    return _tr("waiting 1 day") if one.days == 1 else _tr("waiting {n} days").format(n=one.days)


def warning_words(devices: Iterable[Held]) -> str:
    """What to say about a customer's devices that wait since before today, "" if none does."""
    waits = [one for one in devices if one.waits and one.days]
    if not waits:
        return ""
    oldest = max(waits, key=lambda one: one.days)
    if len(waits) > 1:
        words = _tr("{n} devices wait to be collected").format(n=len(waits))
    else:
        words = _tr("{number} {device} waits to be collected").format(
            number=oldest.card.number, device=oldest.card.device
        )
    days = _tr("1 day") if oldest.days == 1 else _tr("{n} days").format(n=oldest.days)
    if len(waits) > 1:
        return _tr("{words}, the oldest for {days}").format(words=words, days=days)
    return _tr("{words} for {days}").format(words=words, days=days)
