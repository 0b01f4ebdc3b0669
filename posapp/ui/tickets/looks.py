"""How states of tickets and of estimates look: shape, word and tone together; and what a device costs."""

from PySide6.QtCore import QCoreApplication

from posapp.domain.repairs.estimates import EstimateStatus
from posapp.domain.repairs.tickets import BoardCard, StateGroup, TicketState
from posapp.ui.widgets.status import StatusLook
from posapp.ui.wording import Wording

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
_OF_ESTIMATE = {
    EstimateStatus.ASKED: ("ring-question", "Asked", "warning"),
    EstimateStatus.APPROVED: ("circle-check", "Approved", "success"),
    EstimateStatus.DECLINED: ("circle-x", "Declined", "danger"),
    EstimateStatus.REPLACED: ("refresh-cw", "Replaced", "quiet"),
}


def ticket_look(state: TicketState) -> StatusLook:
    """The look of a state, its word being the shop's own."""
    icon, tone, is_struck = _BY_CODE.get(state.code) or _BY_CODE[_BY_GROUP[state.group]]
    return StatusLook(icon, state.name, tone, is_struck)


def estimate_look(status: EstimateStatus) -> StatusLook:
    """The look of where an estimate stands."""
    icon, word, tone = _OF_ESTIMATE[status]
    return StatusLook(icon, QCoreApplication.translate("Tickets", word), tone)


def price_words(card: BoardCard, wording: Wording) -> str:
    """What a device costs, or what was estimated; nothing where neither is known."""
    minor = card.about_minor
    if minor is None:
        return ""
    shown = wording.price(minor)
    is_agreed = card.price_minor is not None
    return shown if is_agreed else QCoreApplication.translate("Tickets", "est. {price}").format(price=shown)
