"""The rules that hold for every map of states a manager may draw."""

import re
from collections.abc import Iterable, Sequence

from posapp.domain.base.errors import DomainError
from posapp.domain.base.folding import latin
from posapp.domain.base.names import check_name
from posapp.domain.repairs.tickets import (
    CANCELLED,
    COLLECTED,
    DISPOSED,
    READY,
    RECEIVED,
    StateGroup,
    StateMap,
    TicketState,
)

FIXED = frozenset({RECEIVED, READY, COLLECTED, DISPOSED, CANCELLED})
"""Codes that the desks themselves use: they may be renamed, but not archived."""
HANDED_BACK_FROM = (READY, CANCELLED)
"""Whence a device is handed back, repaired or not."""
NAME_LIMIT, MOST_LINES = 40, 40
"""Characters of a state's name and of a line of a checklist; lines of a checklist."""


def check_state_name(text: str) -> str:
    """The cleaned name of a state; refuses none and one too long for the board."""
    name = check_name(text)
    if len(name) > NAME_LIMIT:
        raise DomainError("name_too_long", f"Choose a name of at most {NAME_LIMIT} characters.", field="name")
    return name


def check_lines(lines: Sequence[str], *, field: str = "text") -> None:
    """Refuse a checklist that nobody would go through."""
    if len(lines) > MOST_LINES:
        raise DomainError("lines_count", f"A checklist has at most {MOST_LINES} lines.", field=field)


def code_of(name: str, taken: Iterable[str]) -> str:
    """A code for a new state, from its name, unlike those that are taken."""
    stem = re.sub(r"[^a-z0-9]+", "_", latin(name).lower()).strip("_")[:30] or "state"
    taken, code, number = frozenset(taken), stem, 1
    while code in taken:
        number += 1
        code = f"{stem}_{number}"
    return code


def check_map(states: StateMap) -> None:
    """Refuse a map on which a device could get stuck, or leave without being handed back."""
    used = [one for one in states.states if not one.is_archived]
    for state in used:
        for after in states.next_of(state):
            _check_step(state, after)
    for code in HANDED_BACK_FROM:
        state = states.by_code(code)
        if all(after.code != COLLECTED for after in states.next_of(state)):
            raise DomainError(
                "state_stuck",
                f"From {state.name} a device must be able to become collected.",
                field="moves",
                state=code,
            )
    reach = _reaching(states, used)
    for state in used:
        if state.group == StateGroup.CLOSED:
            continue
        if not states.next_of(state):
            raise DomainError(
                "state_stuck", f"{state.name} needs a state to go on to.", field="moves", state=state.code
            )
        if state.id not in reach:
            raise DomainError(
                "state_stuck",
                f"From {state.name} a device could never be collected. Add a way to Ready.",
                field="moves",
                state=state.code,
            )


def _check_step(before: TicketState, after: TicketState) -> None:
    leaves = after.group == StateGroup.CLOSED and before.group != StateGroup.CLOSED
    if leaves and before.group not in (StateGroup.READY, StateGroup.CANCELLED):
        raise DomainError(
            "state_leaves",
            f"{before.name} cannot lead to {after.name}: a device is ready before it leaves.",
            field="moves",
            state=before.code,
        )


def _reaching(states: StateMap, used: list[TicketState]) -> set[int]:
    """The states from which *Collected* can be reached."""
    found = {one.id for one in used if one.code == COLLECTED}
    usable = {one.id for one in used}
    while True:
        more = {a for a, b in states.moves if b in found and a in usable} - found
        if not more:
            return found
        found |= more
