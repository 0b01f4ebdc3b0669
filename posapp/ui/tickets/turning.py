"""Taking the state of a device back: where the shop allows no direct way, by the steps that it allows."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from posapp.domain.actor import Actor
    from posapp.domain.tickets import Ticket
    from posapp.services.shop import Shop
    from posapp.services.tickets import MoveJob


def move_back(shop: "Shop", actor: "Actor", command: "MoveJob") -> "Ticket":
    """Move to where it was; every step is written and journalled with the reason of the command."""
    states = shop.ticket_states.map(actor)
    ticket = shop.tickets.get(actor, command.number)
    now = ticket.jobs[command.position - 1].state
    wanted = states.by_code(command.to)
    if now.id == wanted.id:
        return ticket
    seen = command.seen_version
    for state in states.way(now, wanted):
        ticket = shop.tickets.move(actor, replace(command, to=state.code, seen_version=seen))
        seen = None  # the first step has looked
    return ticket
