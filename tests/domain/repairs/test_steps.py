"""A repair as its owner follows it: every state stands at one of four steps."""

import pytest

from posapp.domain.repairs.steps import STEP_WORDS, Progress, Step, progress_of, said_of
from posapp.domain.repairs.tickets import DEFAULT_STATES, StateGroup, TicketState


def a_state(code: str, group: StateGroup, name: str = "Own state") -> TicketState:
    return TicketState(1, code, name, group, 1)


def test_the_usual_states_stand_at_their_steps() -> None:
    found = {code: progress_of(a_state(code, group)) for code, _, group, _ in DEFAULT_STATES}
    assert found == {
        "received": Progress(Step.RECEIVED),
        "diagnosing": Progress(Step.LOOKED_AT),
        "needs_approval": Progress(Step.LOOKED_AT, "Waiting for you"),
        "waiting_parts": Progress(Step.IN_REPAIR, "Waiting for parts"),
        "in_repair": Progress(Step.IN_REPAIR),
        "ready": Progress(Step.READY),
        "collected": Progress(Step.READY),
        "disposed": Progress(Step.READY),
        "cancelled": Progress(Step.READY, "Will not be repaired"),
    }


@pytest.mark.parametrize("group", StateGroup)
def test_a_shop_s_own_states_have_a_step_too(group: StateGroup) -> None:
    state = a_state("own", group, "Difficult customer")
    known = {*STEP_WORDS.values(), "Waiting", "Will not be repaired", "Collected"}
    assert {progress_of(state).said, said_of(state)} <= known, "the shop's own words are not for customers"
