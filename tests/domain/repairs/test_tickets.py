"""The status engine as data: groups, moves, reasons, alerts; and the terms of estimates and reminders."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

import pytest

from posapp.domain.base.clock import to_us
from posapp.domain.base.errors import DomainError
from posapp.domain.repairs.estimates import Warranty
from posapp.domain.repairs.informing import reminder_due, storage_fee
from posapp.domain.repairs.ticket_states import check_map, code_of
from posapp.domain.repairs.tickets import (
    DEFAULT_MOVES,
    DEFAULT_STATES,
    Alert,
    BoardCard,
    Needed,
    StateGroup,
    StateMap,
    TicketState,
    alerts_of,
    needs_reason,
)

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STATES = {
    code: TicketState(place, code, name, group, place, limit)
    for place, (code, name, group, limit) in enumerate(DEFAULT_STATES, start=1)
}
MAP = StateMap(
    tuple(STATES.values()),
    frozenset((STATES[before].id, STATES[after].id) for before, after in DEFAULT_MOVES),
)
CARD = BoardCard(
    1,
    1,
    1,
    1,
    1,
    1,
    "Marta",
    "phone",
    "Samsung",
    "",
    "Dead",
    1,
    to_us(NOW),
    to_us(NOW),
    None,
    "",
    "",
    None,
    0,
)


def alerts(
    state: str, *, due: datetime | None = None, since: timedelta = 0 * HOUR, touched: timedelta = 0 * HOUR
) -> list[Alert]:
    due_us = to_us(due) if due else None
    card = CARD._replace(due_us=due_us, since_us=to_us(NOW - since), touched_us=to_us(NOW - touched))
    return list(alerts_of(card, STATES[state], NOW, end_of_day=NOW + 12 * HOUR, untouched_hours=48))


@pytest.mark.parametrize(("before", "after"), list(product(STATES, STATES)))
def test_a_move_is_allowed_just_where_the_map_says_so(before: str, after: str) -> None:
    if (before, after) in DEFAULT_MOVES:
        MAP.check_move(STATES[before], STATES[after], "a reason")
        if needs_reason(STATES[before], STATES[after]):
            with pytest.raises(DomainError) as refused:
                MAP.check_move(STATES[before], STATES[after], "")
            assert refused.value.code == "reason_missing"
        else:
            MAP.check_move(STATES[before], STATES[after], "")
    else:
        with pytest.raises(DomainError) as refused:
            MAP.check_move(STATES[before], STATES[after], "a reason")
        assert (refused.value.code, refused.value.field) == ("state_move", "status")


@pytest.mark.parametrize(
    ("before", "after", "needs"),
    [
        ("received", "in_repair", False),
        ("in_repair", "waiting_parts", False),
        ("waiting_parts", "diagnosing", False),
        ("diagnosing", "received", True),
        ("ready", "in_repair", True),
        ("received", "cancelled", True),
        ("cancelled", "received", True),
        ("ready", "disposed", True),
        ("ready", "collected", False),
    ],
)
def test_going_back_or_giving_up_needs_a_reason(before: str, after: str, needs: bool) -> None:
    assert needs_reason(STATES[before], STATES[after]) is needs


def test_the_map_of_a_new_shop_holds() -> None:
    check_map(MAP)


@pytest.mark.parametrize(
    ("before", "after", "row"),
    [
        ("diagnosing", "received", ["received"]),
        ("ready", "in_repair", ["in_repair"]),
        ("ready", "received", ["diagnosing", "received"]),
        ("collected", "received", ["in_repair", "received"]),
    ],
)
def test_the_way_back_goes_by_the_moves_of_the_shop(before: str, after: str, row: list[str]) -> None:
    way = MAP.way(STATES[before], STATES[after])
    assert [state.code for state in way] == row
    for one, following in pairwise((STATES[before], *way)):
        MAP.check_move(one, following, "Undone")


def test_a_way_back_passes_no_state_that_asks_for_something_or_is_told() -> None:
    asks = replace(STATES["diagnosing"], needs=frozenset({Needed.PRICE}))
    states = tuple(asks if one.id == asks.id else one for one in MAP.states)
    way = StateMap(states, MAP.moves).way(STATES["ready"], STATES["received"])
    assert [state.code for state in way] == ["waiting_parts", "received"]
    nowhere = StateMap(MAP.states, frozenset())
    assert nowhere.way(STATES["ready"], STATES["received"]) == (STATES["received"],)


def test_a_way_back_passes_no_state_that_is_reserved() -> None:
    reserved = replace(STATES["diagnosing"], is_reserved=True)
    states = tuple(reserved if one.id == reserved.id else one for one in MAP.states)
    way = StateMap(states, MAP.moves).way(STATES["ready"], STATES["received"])
    assert [state.code for state in way] == ["waiting_parts", "received"]


def test_an_archived_state_is_no_next_one() -> None:
    archived = replace(STATES["diagnosing"], is_archived=True)
    states = tuple(archived if one.code == "diagnosing" else one for one in MAP.states)
    found = replace(MAP, states=states).next_of(STATES["received"])
    assert "diagnosing" not in [one.code for one in found]


@pytest.mark.parametrize("missing", [("ready", "collected"), ("cancelled", "collected")])
def test_a_map_without_a_way_to_hand_back_does_not_hold(missing: tuple[str, str]) -> None:
    gone = (STATES[missing[0]].id, STATES[missing[1]].id)
    with pytest.raises(DomainError) as refused:
        check_map(replace(MAP, moves=MAP.moves - {gone}))
    assert refused.value.code == "state_stuck"


def test_two_states_that_only_lead_to_each_other_are_stuck() -> None:
    a = TicketState(20, "a", "A", StateGroup.WORK, 20)
    b = TicketState(21, "b", "B", StateGroup.WORK, 21)
    with pytest.raises(DomainError) as refused:
        check_map(StateMap((*MAP.states, a, b), MAP.moves | {(20, 21), (21, 20)}))
    assert refused.value.facts["state"] == "a"


def test_a_way_to_the_hand_back_by_an_archived_state_is_none() -> None:
    a = TicketState(20, "a", "A", StateGroup.WORK, 20)
    b = TicketState(21, "b", "B", StateGroup.WORK, 21)
    gone = TicketState(22, "gone", "Gone", StateGroup.WORK, 22, is_archived=True)
    moves = MAP.moves | {(20, 21), (21, 20), (21, 22), (22, STATES["ready"].id)}
    with pytest.raises(DomainError) as refused:
        check_map(StateMap((*MAP.states, a, b, gone), moves))
    assert (refused.value.code, refused.value.facts["state"]) == ("state_stuck", "a")


@pytest.mark.parametrize(
    ("name", "code"), [("Sent out", "sent_out"), ("Zürich", "zurich"), ("!!", "state"), ("Ready", "ready_2")]
)
def test_a_new_state_gets_a_code_of_its_own(name: str, code: str) -> None:
    assert code_of(name, ["ready"]) == code


def test_what_is_late_long_or_forgotten_asks_for_attention() -> None:
    assert alerts("in_repair") == []
    assert alerts("in_repair", due=NOW - HOUR) == [Alert.LATE]
    assert alerts("in_repair", due=NOW + HOUR) == [Alert.DUE_TODAY]
    assert alerts("in_repair", due=NOW + DAY) == []
    assert alerts("in_repair", since=49 * HOUR) == [Alert.TOO_LONG]
    assert alerts("in_repair", since=48 * HOUR) == []
    assert alerts("waiting_parts", touched=49 * HOUR) == [Alert.UNTOUCHED]
    assert alerts("in_repair", due=NOW - DAY, since=60 * HOUR, touched=60 * HOUR) == [
        Alert.LATE,
        Alert.TOO_LONG,
        Alert.UNTOUCHED,
    ]
    for over in ("ready", "collected", "cancelled"):
        assert alerts(over, due=NOW - DAY) == []


def test_a_warranty_counts_begun_days_and_ends_at_its_hour() -> None:
    warranty = Warranty(1, "T1", 1, "Display", NOW, NOW + 90 * DAY, 0)
    assert [warranty.days_left(NOW + span) for span in (0 * DAY, HOUR, 89 * DAY, 90 * DAY - HOUR)] == [
        90,
        90,
        1,
        1,
    ]
    assert not warranty.is_over(NOW + 90 * DAY - HOUR)
    assert (warranty.is_over(NOW + 90 * DAY), warranty.days_left(NOW + 900 * DAY)) == (True, 0)


@pytest.mark.parametrize(
    ("days", "sent", "due", "next_day"),
    [
        (0, (), None, 7),
        (7, (), 1, 14),
        (7, (7,), None, 14),
        (20, (), 1, 30),  # none was sent: it is the first, though the day of the second is past
        (20, (20,), None, 30),
        (31, (20,), 2, 60),
        (100, (7, 14, 30), 4, None),
        (100, (7, 14, 30, 60), None, None),
        (6, (3,), None, 7),
        (8, (3,), 2, 14),
    ],
)
def test_a_reminder_is_due_when_its_day_has_come(
    days: int, sent: tuple[int, ...], due: int | None, next_day: int | None
) -> None:
    went_out = [NOW + day * DAY for day in sent]
    found = reminder_due(NOW, NOW + days * DAY, (7, 14, 30, 60), went_out)
    assert found == (due, NOW + next_day * DAY if next_day else None)
    assert reminder_due(NOW, NOW + days * DAY, (), went_out) == (None, None)


def test_the_first_days_of_storage_are_free() -> None:
    assert [storage_fee(days, 14, 150) for days in (0, 14, 15, 24)] == [0, 0, 150, 1500]
