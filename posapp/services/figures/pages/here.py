"""Devices in the shop as things stand now: which are late, and which nobody collects."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.clock import wall_of
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Cell, Report, Row, key
from posapp.domain.selling.ages import AGES
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.reading import part_of
from posapp.services.figures.pages.tickets import NOBODY
from posapp.services.figures.pages.words import pl_id
from posapp.services.repairs.ticket_board import sight_of
from posapp.services.repairs.uncollected import waiting_for_owners

if TYPE_CHECKING:
    from posapp.domain.repairs.board import SeenCard
    from posapp.domain.repairs.informing import Uncollected
    from posapp.domain.repairs.tickets import BoardCard
    from posapp.storage.unit_of_work import UnitOfWork


def _name(card: "BoardCard") -> str:
    """A device of a ticket."""
    return f"{card.number}/{card.position}"


def _facts(card: "BoardCard") -> tuple[Cell, ...]:
    return card.number, pl_id(card.pl_number), card.customer_name, card.device or card.kind


_NO_FACTS: tuple[Cell, ...] = ("", "", "", "")


# -- late ------------------------------------------------------------------------------------------------
def _late(uow: "UnitOfWork") -> "list[SeenCard]":
    """What is late or stuck, in the order in which it came into the shop."""
    sight, states = sight_of(uow), {one.id: one for one in uow.tickets.states.states}
    seen = (sight.see(card, states[card.state_id]) for card in uow.board.here())
    found = [one for one in seen if one.is_late or one.is_too_long]
    return sorted(found, key=lambda one: one.card.job_id)


def _late_name(one: "SeenCard", by: str) -> str:
    if by == "device":
        return _name(one.card)
    return one.state.code if by == "state" else one.card.technician or NOBODY


def _minutes(those: "Iterable[SeenCard]") -> int | None:
    found = [int(one.late_by.total_seconds() // 60) for one in those if one.late_by is not None]
    return max(found, default=None)


def _late_sums(those: "Sequence[SeenCard]") -> tuple[Cell, ...]:
    late, stuck = sum(one.is_late for one in those), sum(one.is_too_long for one in those)
    return late, stuck, _minutes(those)


def _overdue(uow: "UnitOfWork", _period: Period, by: str) -> list[Row]:
    found: dict[str, list[SeenCard]] = defaultdict(list)
    for one in _late(uow):
        found[_late_name(one, by)].append(one)
    rows = []
    for name, those in found.items():
        first = those[0]
        facts = _facts(first.card) if by == "device" else _NO_FACTS
        state = first.state.name if by != "technician" else ""
        who = first.card.technician if by == "device" else "" if by == "state" else name
        rows.append(Row(name, (*facts, state, who, *_late_sums(those))))
    return sorted(rows, key=lambda row: (-int(str(row.cells[-1] or 0)), row.id))


def _overdue_foot(uow: "UnitOfWork", _period: Period, _by: str) -> tuple[Cell, ...]:
    return (*(None,) * 6, *_late_sums(_late(uow)))


def _behind_overdue(
    uow: "UnitOfWork", _period: Period, by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    zone = uow.businesses.get().time_zone
    found = [
        Behind(
            one.card.number,
            wall_of(one.card.due, zone).date() if one.card.due else None,
            pl_id(one.card.pl_number),
            " · ".join(filter(None, (one.card.device, one.state.name, one.card.technician))),
            int(one.is_late),
            one.card.job_id,
        )
        for one in _late(uow)
        if _late_name(one, by) == row
    ]
    return part_of(found, after, limit)


# -- uncollected -----------------------------------------------------------------------------------------
def _age_of(days: int) -> str:
    """The class of an age, as with debts."""
    place = next((at for at, most in enumerate(AGES) if days <= most), len(AGES))
    if place == len(AGES):
        return f"over {AGES[-1]} days"
    return f"{AGES[place - 1] + 1 if place else 0}–{AGES[place]} days"


_AGES = [_age_of(days) for days in (*AGES, AGES[-1] + 1)]


def _waiting_name(one: "Uncollected", by: str) -> str:
    if by == "device":
        return _name(one.card)
    return pl_id(one.card.pl_number) if by == "customer" else _age_of(one.days)


def _waiting_sums(those: "Sequence[Uncollected]") -> tuple[Cell, ...]:
    return (
        len(those),
        max((one.days for one in those), default=None),
        sum(one.sent for one in those),
        sum(one.due_step is not None for one in those),
        sum(one.fee_minor for one in those),
    )


def _uncollected(uow: "UnitOfWork", _period: Period, by: str) -> list[Row]:
    found: dict[str, list[Uncollected]] = defaultdict(list)
    for one in waiting_for_owners(uow):
        found[_waiting_name(one, by)].append(one)
    rows = []
    for name, those in found.items():
        facts = _facts(those[0].card) if by == "device" else _NO_FACTS
        if by == "customer":
            facts = ("", name, those[0].card.customer_name, "")
        since = uow.businesses.get().day_of(those[0].since) if by == "device" else None
        age = name if by == "age" else ""
        rows.append(Row(name, (*facts, age, since, *_waiting_sums(those))))
    return sorted(rows, key=lambda row: _AGES.index(row.id)) if by == "age" else rows


def _uncollected_foot(uow: "UnitOfWork", _period: Period, _by: str) -> tuple[Cell, ...]:
    return (*(None,) * 6, *_waiting_sums(waiting_for_owners(uow)))


def _behind_uncollected(
    uow: "UnitOfWork", _period: Period, by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    shop = uow.businesses.get()
    found = [
        Behind(
            one.card.number,
            shop.day_of(one.since),
            pl_id(one.card.pl_number),
            f"{one.card.device or one.card.kind} · {one.days} days",
            1,
            one.card.job_id,
        )
        for one in waiting_for_owners(uow)
        if _waiting_name(one, by) == row
    ]
    return part_of(found, after, limit)


_FACTS = (
    key("ticket", "Ticket", Unit.CODE),
    key("customer", "PL ID", Unit.CODE),
    key("name", "Name"),
    key("device", "Device"),
)
OVERDUE = PageOf(
    Report(
        "overdue",
        "Overdue",
        (*_FACTS, key("state", "State"), key("technician", "Technician")),
        ("late", "stuck", "late_minutes"),
        "devices in the shop that are late or in their state too long, now",
        bys=("device", "technician", "state"),
        charted="late",
        has_period=False,
    ),
    _overdue,
    _behind_overdue,
    _overdue_foot,
)
UNCOLLECTED = PageOf(
    Report(
        "uncollected",
        "Uncollected",
        (*_FACTS, key("age", "Since"), key("day", "Day", Unit.DAY)),
        ("waiting", "waiting_days", "reminded", "to_remind", "storage_minor"),
        "devices that wait for their owners, by how long they do, now",
        bys=("device", "age", "customer"),
        charted="waiting",
        has_period=False,
    ),
    _uncollected,
    _behind_uncollected,
    _uncollected_foot,
)
