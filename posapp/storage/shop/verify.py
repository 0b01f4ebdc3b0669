"""What `verify` asks about the shops themselves: settings, hours, what can be booked, states of tickets."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from posapp.domain.base.clock import check_zone, day_of
from posapp.domain.base.errors import PosappError
from posapp.domain.base.locales import check_locale, check_region
from posapp.domain.base.money import decimals
from posapp.domain.repairs.devices import DeviceKind
from posapp.domain.repairs.ticket_states import FIXED, check_map
from posapp.domain.repairs.tickets import DEFAULT_STATES, Needed, StateGroup, StateMap, TicketState
from posapp.storage.base.verify_base import Asking, Finding, Listed, Question, Sift
from posapp.storage.schema import HEAD

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
}
"""The settings that every shop has from its first day, and what they may be."""


def shops(asking: Asking) -> Finding:
    """Region, currency, language, zone and cut-over of a shop exist, and it can be booked."""
    found = Finding()
    names = "region, currency, locale, time_zone, cutover_minutes"
    for row in asking.rows(f"SELECT id, name, {names} FROM business ORDER BY id"):
        found.checked += 1
        checks: tuple[tuple[str, Callable[[str], object]], ...] = (
            ("region", check_region),
            ("currency", decimals),
            ("locale", check_locale),
            ("time_zone", check_zone),
        )
        for name, check in checks:
            value = str(getattr(row, name))
            if _is_refused(check, value):
                found.blame([f"{name} of business {row.id} is {value[:20]!r}"])
        if not 0 <= row.cutover_minutes < 720 or not row.name.strip():
            found.blame([f"business {row.id} begins its day at minute {row.cutover_minutes}"])
    for table in ("service", "resource"):
        sql = (
            f"SELECT b.id FROM business b WHERE NOT EXISTS (SELECT 1 FROM {table} s "
            "WHERE s.business_id = b.id AND s.archived_at IS NULL)"
        )
        asking.put(found, Listed(f"business {{0}} has no {table}", sql))
    for one in _BOOKABLE:
        asking.put(found, one)
    return found


def _is_refused(check: Callable[[str], object], value: str) -> bool:
    try:
        clean = check(value)
    except (PosappError, ValueError):
        return True
    return isinstance(clean, str) and clean != value


_BOOKABLE = (
    Sift(
        "service s",
        "s.id",
        (
            ("service {0} is for nothing", "trim(s.name) = ''"),
            ("service {0} takes no time or more than a day", "s.minutes NOT BETWEEN 5 AND 1440"),
            ("the price of service {0}", f"s.price_minor NOT BETWEEN 0 AND {_MOST_PRICE - 1}"),
            ("service {0} was archived in the future", "s.archived_at > {soon}"),
        ),
    ),
    Sift(
        "resource r",
        "r.id",
        (
            ("resource {0} has no name", "trim(r.name) = ''"),
            ("the capacity of resource {0}", "r.capacity NOT BETWEEN 1 AND 100000"),
            ("the pause of resource {0}", "r.buffer_minutes NOT BETWEEN 0 AND 240"),
            ("resource {0} was archived in the future", "r.archived_at > {soon}"),
        ),
    ),
    Sift(
        "item i",
        "i.id",
        (
            ("item {0} has no name or SKU", "trim(i.name) = '' OR trim(i.sku) = ''"),
            ("the price of item {0}", f"i.price_minor NOT BETWEEN 0 AND {_MOST_PRICE - 1}"),
            ("the reorder level of item {0}", "i.reorder_level NOT BETWEEN 0 AND 1000000000"),
        ),
    ),
    Sift(
        "shelf h",
        "h.id",
        (("shelf {0} cannot be scanned", "trim(h.code) = '' OR h.code <> upper(h.code)"),),
    ),
    Sift("loaner o", "o.id", (("loaner {0} has no name", "trim(o.name) = ''"),)),
)

_HOURS = Question(
    "hours",
    "Hours and special days make sense",
    "SELECT count(*) FROM working_hours",
    (
        Sift(
            "working_hours h",
            "h.id",
            (
                ("hours {0} end before they begin", "h.starts < 0 OR h.starts >= h.ends OR h.ends > 1440"),
                ("hours {0} are on no day of the week", "h.weekday NOT BETWEEN 0 AND 6"),
                (
                    "hours {0} overlap others",
                    "EXISTS (SELECT 1 FROM working_hours o WHERE o.id > h.id "
                    "AND o.business_id = h.business_id "
                    "AND coalesce(o.resource_id, 0) = coalesce(h.resource_id, 0) "
                    "AND o.weekday = h.weekday AND o.kind = h.kind AND o.starts < h.ends "
                    "AND h.starts < o.ends)",
                ),
            ),
        ),
    ),
)


def hours(asking: Asking) -> Finding:
    """Hours end after they begin and do not overlap; a special day is a day."""
    found = _HOURS(asking)
    for row in asking.rows("SELECT id, day, opens, closes FROM day_exception"):
        found.checked += 1
        if not _is_day(row.day) or (row.opens is None) != (row.closes is None):
            found.blame([f"special day {row.id} is on {row.day}"])
        elif row.opens is not None and not 0 <= row.opens < row.closes <= 1440:
            found.blame([f"special day {row.id} ends before it begins"])
    return found


def _is_day(number: int) -> bool:
    try:
        return day_of(number).year >= 1970
    except ValueError:
        return False


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


# -- the database --------------------------------------------------------------------------------------
def identity(asking: Asking) -> Finding:
    """The database has one code of its own, and the revision that this program works with."""
    codes = [row[0] for row in asking.rows("SELECT code FROM identity")]
    found = Finding(len(codes))
    if len(codes) != 1 or not re.fullmatch("[0-9a-f]{32}", codes[0]):
        found.blame([f"{len(codes)} codes"])
    revisions = [row[0] for row in asking.rows("SELECT version_num FROM alembic_version")]
    if revisions != [HEAD]:
        found.blame([f"revision {', '.join(revisions) or 'none'}"])
    return found
