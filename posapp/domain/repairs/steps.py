"""A repair as its owner follows it: four steps, whatever states a shop has made for itself."""

from dataclasses import dataclass
from enum import IntEnum

from posapp.domain.repairs.tickets import COLLECTED, DISPOSED, NEEDS_APPROVAL, StateGroup, TicketState


class Step(IntEnum):
    """How far a device has come."""

    RECEIVED = 0
    LOOKED_AT = 1
    IN_REPAIR = 2
    READY = 3


STEP_WORDS = {
    Step.RECEIVED: "Received",
    Step.LOOKED_AT: "Looked at",
    Step.IN_REPAIR: "In repair",
    Step.READY: "Ready",
}
_LOOKING = "diagnosing"
_ASKING, _WAITING, _OFF = "Waiting for you", "Waiting", "Will not be repaired"
_WORDS = {"waiting_parts": "Waiting for parts", COLLECTED: "Collected", DISPOSED: "Disposed of"}
"""What a shop calls its own states is for the shop alone."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The step that a device is at; `word` names it anew where it waits for something, "" where not."""

    step: Step
    word: str = ""

    @property
    def is_ready(self) -> bool:
        """Whether it can be collected."""
        return self.step is Step.READY

    @property
    def said(self) -> str:
        """The words of the step."""
        return self.word or STEP_WORDS[self.step]


def progress_of(state: TicketState) -> Progress:
    """How far a device in a state has come; a state that waits stands at the step where it waits."""
    if state.group is StateGroup.NEW:
        return Progress(Step.RECEIVED)
    if state.group is StateGroup.CANCELLED:
        return Progress(Step.READY, _OFF)
    if state.group in (StateGroup.READY, StateGroup.CLOSED):
        return Progress(Step.READY)
    if state.code == NEEDS_APPROVAL:
        return Progress(Step.LOOKED_AT, _ASKING)
    if state.group is StateGroup.WAITING:
        return Progress(Step.IN_REPAIR, _WORDS.get(state.code, _WAITING))
    return Progress(Step.LOOKED_AT if state.code == _LOOKING else Step.IN_REPAIR)


def said_of(state: TicketState) -> str:
    """What became of a repair, also once it is over."""
    if state.group is StateGroup.CLOSED:
        return _WORDS.get(state.code, "Collected")
    return progress_of(state).said
