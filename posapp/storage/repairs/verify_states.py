"""What `verify` asks about the settings of repairs and the states of tickets."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from posapp.domain.base.errors import PosappError
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.ticket_states import FIXED, check_map
from posapp.domain.repairs.tickets import DEFAULT_STATES, Needed, StateGroup, StateMap, TicketState
from posapp.storage.base.verify_base import Asking, Finding, Listed

_GROUPS = {code: group for code, _, group, _ in DEFAULT_STATES if code in FIXED}
_MOST_PRICE = 10**12
_TERMS = 4000


def _whole(low: int, high: int) -> Callable[[str], bool]:
    return lambda text: re.fullmatch("[0-9]{1,13}", text) is not None and low <= int(text) <= high


def _is_rising(text: str) -> bool:
    days = text.split(",") if text else []
    if len(days) > 10 or not all(map(_whole(1, 3650), days)):
        return False
    return all(int(one) < int(other) for one, other in pairwise(days))


_SETTINGS: dict[str, Callable[[str], bool]] = {
    "passcode_days": _whole(0, 3650),
    "untouched_hours": _whole(1, 10_000),
    "uncollected_days": _whole(0, 3650),
    "reminder_days": _is_rising,
    "dispose_days": _whole(0, 3650),
    "storage_fee_minor": _whole(0, _MOST_PRICE - 1),
    "storage_free_days": _whole(0, 3650),
    "quality_check": lambda text: text in ("yes", "no"),
    "claim_terms": lambda text: len(text) <= _TERMS,
    "deposit_percent": _whole(0, 100),
}
"""What the settings may be; every shop has them from its first day, but those of `_LATER`."""
_LATER = frozenset({"deposit_percent"})


# -- settings ------------------------------------------------------------------------------------------
def settings(asking: Asking) -> Finding:
    """Every setting of repairs is there and can be read; checklists are counted from 1."""
    found = Finding()
    kept: dict[int, dict[str, str]] = {
        row[0]: {} for row in asking.rows("SELECT id FROM business ORDER BY id")
    }
    for row in asking.rows("SELECT business_id, name, value FROM setting"):
        found.checked += 1
        kept.setdefault(row.business_id, {})[row.name] = row.value
    for business, values in kept.items():
        for name, is_right in _SETTINGS.items():
            if name not in values and name in _LATER:
                continue
            if name not in values:
                found.blame([f"business {business} has no setting {name}"])
            elif not is_right(values[name]):
                found.blame([f"{name} of business {business} is {values[name][:20]!r}"])
    kinds = ", ".join(f"'{kind}'" for kind in DeviceKind)
    asking.put(
        found,
        Listed(
            "the checklist for {1} of business {0}",
            "SELECT business_id, device_kind FROM checklist GROUP BY business_id, device_kind "
            "HAVING min(position) <> 1 OR max(position) <> count(*) OR min(length(trim(text))) = 0 "
            f"OR device_kind NOT IN ({kinds})",
        ),
    )
    return found


# -- states of tickets ---------------------------------------------------------------------------------
def states(asking: Asking) -> Finding:
    """From every state a device can be collected, and those that the desks need are in use."""
    found = Finding()
    moves = [tuple(row) for row in asking.rows("SELECT from_id, to_id FROM ticket_move")]
    of_business: dict[int, list[TicketState]] = defaultdict(list)
    owner: dict[int, int] = {}
    for row in asking.rows("SELECT * FROM ticket_state ORDER BY business_id, position"):
        found.checked += 1
        owner[row.id] = row.business_id
        state = _state(row)
        if state is None:
            found.blame([f"state {row.code} of business {row.business_id} cannot be read"])
        else:
            of_business[row.business_id].append(state)
    found.blame(
        f"a move leads from business {owner.get(one)} to {owner.get(other)}"
        for one, other in moves
        if owner.get(one) != owner.get(other) or one == other
    )
    for row in asking.rows("SELECT id FROM business ORDER BY id"):
        own = frozenset((one, other) for one, other in moves if owner.get(one) == row.id)
        found.blame(
            f"business {row.id}: {fault}" for fault in _faults_of_map(of_business.get(row.id, []), own)
        )
    return found


def _state(row: Any) -> TicketState | None:
    try:
        needs = frozenset(map(Needed, filter(None, row.needs.split(","))))
        group = StateGroup(row.group_code)
    except ValueError:
        return None
    archived = row.archived_at is not None
    return TicketState(
        row.id,
        row.code,
        row.name,
        group,
        row.position,
        row.limit_hours,
        archived,
        needs,
        bool(row.is_reserved),
    )


def _faults_of_map(states: list[TicketState], moves: frozenset[tuple[int, int]]) -> Iterator[str]:
    used = {one.code: one for one in states if not one.is_archived}
    for code, group in _GROUPS.items():
        if code not in used:
            yield f"{code} is not in use"
            return
        if used[code].group != group:
            yield f"{code} is among {used[code].group}"
    for what, values in (
        ("places", [one.position for one in states]),
        ("names", [one.name.casefold() for one in used.values()]),
    ):
        if max(Counter(values).values()) > 1:
            yield f"two states have the same {what}"
    for state in states:
        is_closed = state.group == StateGroup.CLOSED
        if not state.name.strip() or (state.limit_hours or 1) < 1 or (is_closed and state.code not in FIXED):
            yield f"{state.code} is no state"
        if state.needs and state.group in (StateGroup.NEW, StateGroup.CANCELLED):
            yield f"{state.code} asks for something too early"
    archived = {one.id for one in states if one.is_archived}
    if any(one in archived or other in archived for one, other in moves):
        yield "a state that is archived has moves"
    try:
        check_map(StateMap(tuple(states), moves))
    except PosappError as error:
        yield error.sentence
