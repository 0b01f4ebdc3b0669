"""Devices in the shop by what is left to do with them: which wait for their owner, and which wait long."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from posapp.domain.repairs.tickets import BoardCard, StateGroup, TicketState

FOR_OWNERS = (StateGroup.READY, StateGroup.CANCELLED)
"""In these groups nothing is left to do but hand the device over: repaired, or not to be repaired."""


@dataclass(frozen=True, slots=True)
class DeviceHere:
    """A device in the shop; `days` is how long it has been in its state.

    It `waits_long` from the day on after which the shop counts devices as uncollected: somebody should ring.
    """

    card: BoardCard
    state: TicketState
    days: int
    waits_long: bool

    @property
    def waits(self) -> bool:
        """Whether nothing is left to do but hand it over."""
        return self.state.group in FOR_OWNERS


@dataclass(frozen=True, slots=True)
class Waiting:
    """The devices that wait longest for their owners, the longest first, and how many there are in all."""

    first: tuple[DeviceHere, ...] = ()
    count: int = 0


def waits_long(state: TicketState, since: datetime, now: datetime, *, uncollected_days: int) -> bool:
    """Whether a device has waited so long for its owner that the shop calls it uncollected."""
    return state.group in FOR_OWNERS and (now - since).days >= uncollected_days


def device_here(card: BoardCard, state: TicketState, now: datetime, *, uncollected_days: int) -> DeviceHere:
    """A device with how long it has been in its state, at a moment."""
    is_long = waits_long(state, card.state_since, now, uncollected_days=uncollected_days)
    return DeviceHere(card, state, (now - card.state_since).days, is_long)


def devices_of_customer(
    cards: Iterable[BoardCard], states: Mapping[int, TicketState], now: datetime, *, uncollected_days: int
) -> tuple[DeviceHere, ...]:
    """What a customer has in the shop: first what can be handed over, then by number."""
    found = [
        device_here(card, states[card.state_id], now, uncollected_days=uncollected_days) for card in cards
    ]
    return tuple(sorted(found, key=lambda one: (not one.waits, one.card.ticket_id, one.card.position)))
