"""How states of tickets look: shape, word and tone together (ui.md, section 10)."""

from posapp.domain.tickets import StateGroup, TicketState
from posapp.ui.widgets.status import StatusLook

_BY_CODE = {
    "received": ("ring-dashed", "neutral", False),
    "diagnosing": ("ring-quarter", "info", False),
    "needs_approval": ("ring-question", "warning", False),
    "waiting_parts": ("ring-pause", "violet", False),
    "in_repair": ("ring-three-quarters", "primary", False),
    "ready": ("disc-check", "success", False),
    "collected": ("check-check", "neutral", False),
    "disposed": ("archive", "quiet", False),
    "cancelled": ("ring-x", "quiet", True),
}
# A state that the shop made itself looks like its group.
_BY_GROUP = {
    StateGroup.NEW: "received",
    StateGroup.WORK: "diagnosing",
    StateGroup.WAITING: "waiting_parts",
    StateGroup.READY: "ready",
    StateGroup.CLOSED: "collected",
    StateGroup.CANCELLED: "cancelled",
}


def ticket_look(state: TicketState) -> StatusLook:
    """The look of a state, its word being the shop's own."""
    icon, tone, is_struck = _BY_CODE.get(state.code) or _BY_CODE[_BY_GROUP[state.group]]
    return StatusLook(icon, state.name, tone, is_struck)
