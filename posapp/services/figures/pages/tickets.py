"""Repairs: what left repaired and how long it took, and how long devices were in each state."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from posapp.domain.base.clock import day_of
from posapp.domain.base.numbers import Letter
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Cell, Chart, Report, Row, key
from posapp.domain.figures.work import median
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.reading import STEPS, moment, whole, within
from posapp.services.figures.pages.words import document, pl_id

if TYPE_CHECKING:
    from posapp.storage.figures.repairs import RepairBehind
    from posapp.storage.figures.stays import StayBehind, Stays
    from posapp.storage.unit_of_work import UnitOfWork

NOBODY = "nobody"
"""The row of what no technician is named for."""


class _Repairs:
    """The repairs of one part."""

    def __init__(self) -> None:
        self.taken_in = self.handed = self.back = 0
        self.ready, self.turned = Counter[int](), Counter[int]()

    def cells(self) -> tuple[Cell, ...]:
        """In the order of the measures."""
        times = (median(self.ready.items()), median(self.turned.items()))
        return (self.taken_in, self.handed, *times, self.back)

    def add(self, other: "_Repairs") -> None:
        """Put another part to it."""
        self.taken_in, self.handed = self.taken_in + other.taken_in, self.handed + other.handed
        self.back += other.back
        self.ready.update(other.ready)
        self.turned.update(other.turned)


def _found(uow: "UnitOfWork", period: Period, by: str) -> dict[Any, _Repairs]:
    found: defaultdict[Any, _Repairs] = defaultdict(_Repairs)
    figures, days = uow.repair_figures, (period.first, period.last)
    for part, minutes, count, back in figures.ready(by, *days):
        found[part].handed += count
        found[part].back += back
        if minutes is not None:
            found[part].ready[minutes] += count
    for part, minutes, count, _ in figures.turned(by, *days):
        found[part].turned[minutes] += count
    for part, count in figures.taken_in(by, *days):
        found[part].taken_in += count
    return found


def _rows(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    found = whole(list(_found(uow, period, by).items()))
    if by in STEPS:
        told = ((*moment(part, by), one) for part, one in sorted(found))
        return [Row(name, ("", day, *one.cells())) for name, day, one in told]
    ordered = sorted(found, key=lambda one: (-one[1].handed, -one[1].taken_in, one[0]))
    return [Row(part or NOBODY, (part or "Nobody", None, *one.cells())) for part, one in ordered]


def _foot(uow: "UnitOfWork", period: Period, by: str) -> tuple[Cell, ...]:
    all_of_it = _Repairs()
    for one in _found(uow, period, "month").values():
        all_of_it.add(one)
    return (None, None, *all_of_it.cells())


def _behind(uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int) -> Sequence[Behind]:
    days, part = part_of_days(period, by, row)
    if days is None:
        return ()
    found = uow.repair_figures.behind(by, part, days.first, days.last, after, limit)
    return [_repair(one) for one in found]


def part_of_days(period: Period, by: str, row: str) -> tuple[Period | None, object]:
    """The days and the key of a part by the name of its row."""
    if by not in STEPS:
        return period, "" if row == NOBODY else row
    days = within(period, row)
    digits = row.replace("-", "")
    return days, int(digits) if digits.isdecimal() else 0


def _repair(one: "RepairBehind") -> Behind:
    words = " · ".join(filter(None, (one.device, one.fault, one.technician)))
    return Behind(
        document(Letter.TICKET, one.number), day_of(one.day), pl_id(one.pl_number), words, 1, one.id
    )


# -- times in states -------------------------------------------------------------------------------------
def _mean(parts: "Sequence[Stays]") -> int | None:
    """Half a minute counts as one."""
    count = sum(one.count for one in parts)
    return (2 * sum(one.minutes for one in parts) + count) // (2 * count) if count else None


def _stays(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    found = uow.stay_figures.parts(by, period.first, period.last)
    if by == "day":
        return [
            Row(name, ("", day, one.count, _mean([one]), one.longest, one.late))
            for one in found
            for name, day in (moment(one.part, by),)
        ]
    names: dict[str, str] = {}
    if by == "state":
        known = uow.tickets.states.states
        names = {one.code: one.name for one in known}
        places = {one.code: place for place, one in enumerate(known)}
        found.sort(key=lambda one: places.get(one.part, len(places)))
    return [
        Row(
            one.part or NOBODY,
            (names.get(one.part, one.part or "Nobody"), None, one.count, _mean([one]), one.longest, one.late),
        )
        for one in found
    ]


def _foot_of_stays(uow: "UnitOfWork", period: Period, _by: str) -> tuple[Cell, ...]:
    found = uow.stay_figures.parts("state", period.first, period.last)
    longest = max((one.longest for one in found), default=None)
    return (None, None, None, _mean(found), longest, None)


def _behind_stays(
    uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int
) -> Sequence[Behind]:
    days, part = part_of_days(period, by, row)
    if days is None:
        return ()
    found = uow.stay_figures.behind(by, part, days.first, days.last, after, limit)
    return [_stay(one) for one in found]


def _stay(one: "StayBehind") -> Behind:
    hours, minutes = divmod(one.minutes, 60)
    words = " · ".join(filter(None, (one.device, one.state, f"{hours} h {minutes:02} min")))
    return Behind(
        document(Letter.TICKET, one.number), day_of(one.day), pl_id(one.pl_number), words, 1, one.key
    )


_WHAT, _DAY = key("what", "What"), key("day", "Day", Unit.DAY)
TICKETS = PageOf(
    Report(
        "tickets",
        "Repairs",
        (_WHAT, _DAY),
        ("taken_in", "handed_over", "ready_minutes", "turnaround_minutes", "came_back"),
        "what was taken in and what left repaired, how long that took, and what of it came back",
        bys=("technician", "fault", "device", "day", "month"),
        chart=Chart.SHARES,
        charted="handed_over",
    ),
    _rows,
    _behind,
    _foot,
)
STATES = PageOf(
    Report(
        "states",
        "Time in each state",
        (_WHAT, _DAY),
        ("stays", "stay_minutes", "longest_minutes", "too_long"),
        "how long devices were in the states that they left on these days",
        bys=("state", "technician", "kind", "day"),
        chart=Chart.SHARES,
        charted="stays",
    ),
    _stays,
    _behind_stays,
    _foot_of_stays,
)
