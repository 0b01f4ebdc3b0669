"""Bookings: what became of them, and how much of the hours of people and benches they filled."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from posapp.domain.base.clock import day_number, day_of
from posapp.domain.base.numbers import Letter
from posapp.domain.base.typed_dates import WEEKDAYS
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.bookings.weeks import open_spans
from posapp.domain.figures.measures import Unit
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reports import Behind, Cell, Chart, Report, Row, key
from posapp.domain.figures.work import share
from posapp.services.bookings.agenda import Weeks, weeks_of
from posapp.services.figures.pages.page import PageOf
from posapp.services.figures.pages.reading import STEPS, moment, within
from posapp.services.figures.pages.words import document, pl_id, source_words

if TYPE_CHECKING:
    from posapp.domain.shop.businesses import Resource
    from posapp.storage.figures.booked import Booked, BookingBehind
    from posapp.storage.unit_of_work import UnitOfWork

_ONE_DAY = timedelta(1)
_OF_DAYS: dict[str, Callable[[int], Any]] = {
    "day": lambda day: day,
    "month": lambda day: day // 100,
    "weekday": lambda day: day_of(day).weekday(),
}
"""What is put together from days."""
_WORDS: dict[str, str] = {
    BookingStatus.BOOKED: "Booked",
    BookingStatus.CONFIRMED: "Confirmed",
    BookingStatus.ARRIVED: "Arrived",
    BookingStatus.IN_SERVICE: "In service",
    BookingStatus.DONE: "Done",
    BookingStatus.NO_SHOW: "Nobody came",
    BookingStatus.CANCELLED: "Cancelled",
}


class _Part:
    """The bookings of one part."""

    def __init__(self) -> None:
        self.by_status, self.minutes = Counter[BookingStatus](), 0

    def add(self, one: "Booked") -> None:
        """Put some to it."""
        status = BookingStatus(one.status)
        self.by_status[status] += one.count
        self.minutes += one.minutes if status.takes_time else 0

    def cells(self, open_minutes: int) -> tuple[Cell, ...]:
        """In the order of the measures."""
        found = self.by_status
        kept = sum(count for status, count in found.items() if status.is_visit)
        missed, cancelled = found[BookingStatus.NO_SHOW], found[BookingStatus.CANCELLED]
        booked = found.total()
        coming = booked - kept - missed - cancelled
        filled = share(self.minutes, open_minutes)
        return booked, kept, coming, missed, cancelled, share(missed, kept + missed), filled


# -- the hours of people and benches ---------------------------------------------------------------------
class _Hours:
    """How long each person and bench could have worked, in minutes."""

    def __init__(self, weeks: Weeks) -> None:
        self._weeks, self._usual = weeks, dict[tuple[int, int], int]()
        self._special: dict[int, set[date]] = {}

    def of(self, day: date, who: "Resource") -> int:
        """On one day; days without anything special are alike each week."""
        if any(day + near * _ONE_DAY in self._special_of(who) for near in (-1, 0, 1)):
            return self._count(day, who)
        usual = (who.id, day.weekday())
        if usual not in self._usual:
            self._usual[usual] = self._count(day, who)
        return self._usual[usual]

    def _count(self, day: date, who: "Resource") -> int:
        spans = open_spans(day, self._weeks.shop, self._weeks.of(who))
        return who.capacity * sum(ends - starts for starts, ends in spans)

    def _special_of(self, who: "Resource") -> set[date]:
        if who.id not in self._special:
            weeks = (self._weeks.shop, self._weeks.of(who))
            self._special[who.id] = {one.day for week in weeks if week for one in week.exceptions}
        return self._special[who.id]


def _open(
    uow: "UnitOfWork", period: Period, found: "Sequence[Booked]"
) -> "Iterator[tuple[int, Resource, int]]":
    """Each day (20261121) with everybody who worked then or had a booking, and how long."""
    busy = {one.resource_id for one in found}
    resources = uow.businesses.resources(with_archived=True)
    shown = [one for one in resources if one.id in busy or not one.is_archived]
    hours = _Hours(weeks_of(uow, period.first, period.last))
    for ahead in range(period.days):
        day = period.first + ahead * _ONE_DAY
        for who in shown:
            yield day_number(day), who, hours.of(day, who)


# -- rows ------------------------------------------------------------------------------------------------
def _read(uow: "UnitOfWork", period: Period, by: str) -> "tuple[list[Row], tuple[Cell, ...]]":
    """The rows, and what stands under all of them."""
    of_day = _OF_DAYS.get(by)
    found = uow.booked_figures.parts("day" if of_day else by, period.first, period.last)
    parts, whole = defaultdict[Any, _Part](_Part), _Part()
    for one in found:
        parts[of_day(one.part) if of_day else one.part].add(one)
        whole.add(one)
    hours, all_hours = Counter[Any](), 0
    for day, who, minutes in _open(uow, period, found):
        all_hours += minutes
        hours[of_day(day) if of_day else who.name] += minutes
    is_apart = of_day is not None or by == "person"
    rows = [
        _row(by, part, one.cells(hours[part] if is_apart else all_hours))
        for part, one in sorted(parts.items(), key=lambda item: _place(by, item[0]))
    ]
    return rows, (None, None, *whole.cells(all_hours))


def _place(by: str, part: Any) -> Any:
    return list(BookingStatus).index(BookingStatus(part)) if by == "status" else part


def _row(by: str, part: Any, cells: tuple[Cell, ...]) -> Row:
    if by in STEPS:
        name, day = moment(part, by)
        return Row(name, ("", day, *cells))
    if by == "weekday":
        return Row(WEEKDAYS[part], (WEEKDAYS[part].title(), None, *cells))
    words = {"status": lambda code: _WORDS[code], "source": source_words}.get(by, str)
    return Row(part, (words(part), None, *cells))


def _rows(uow: "UnitOfWork", period: Period, by: str) -> list[Row]:
    return _read(uow, period, by)[0]


def _foot(uow: "UnitOfWork", period: Period, by: str) -> tuple[Cell, ...]:
    return _read(uow, period, by)[1]


# -- the bookings behind a row ---------------------------------------------------------------------------
def _behind(uow: "UnitOfWork", period: Period, by: str, row: str, after: int, limit: int) -> Sequence[Behind]:
    if by == "weekday":
        return _of_weekday(uow, period, row, after, limit)
    way, part, days = (by, row, period) if by not in STEPS else ("all", 1, within(period, row))
    if days is None:
        return ()
    found = uow.booked_figures.behind(way, part, days.first, days.last, after, limit)
    return [_booking(one) for one in found]


def _of_weekday(uow: "UnitOfWork", period: Period, row: str, after: int, limit: int) -> Sequence[Behind]:
    """Day by day, from that of the last one on."""
    figures, found = uow.booked_figures, list[Behind]()
    goes_on = figures.day_of(after) if after else 0
    for number in sorted({one.part for one in figures.parts("day", period.first, period.last)}):
        day = day_of(number)
        if WEEKDAYS[day.weekday()] == row and number >= goes_on and len(found) < limit:
            since = after if number == goes_on else 0
            those = figures.behind("all", 1, day, day, since, limit - len(found))
            found += [_booking(one) for one in those]
    return found


def _booking(one: "BookingBehind") -> Behind:
    words = " · ".join((one.service, one.person, _WORDS[one.status]))
    number, whose = document(Letter.BOOKING, one.number), pl_id(one.pl_number)
    return Behind(number, day_of(one.day), whose, words, 1, one.id)


BOOKINGS = PageOf(
    Report(
        "bookings",
        "Bookings",
        (key("what", "What"), key("day", "Day", Unit.DAY)),
        ("booked", "kept", "coming", "no_shows", "cancelled", "missed", "filled"),
        "what became of the bookings of these days, and how much of the hours they filled",
        bys=("status", "source", "service", "person", "weekday", "day", "month"),
        chart=Chart.SHARES,
        charted="booked",
    ),
    _rows,
    _behind,
    _foot,
)
