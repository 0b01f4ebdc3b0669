"""The opening page of the reports, read from the totals of days alone, whatever the size of the shop."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from posapp.domain.base.clock import day_of
from posapp.domain.bookings.bookings import BookingStatus
from posapp.domain.figures.measures import MEASURES
from posapp.domain.figures.opening import Bar, BestSeller, Opening, Part, TechnicianLine
from posapp.domain.figures.periods import Comparison, Period, compared
from posapp.domain.figures.reports import KeyFigure
from posapp.domain.figures.work import median, share
from posapp.services.bookings.agenda import weeks_of
from posapp.services.figures.pages.newcomers import moments

if TYPE_CHECKING:
    from posapp.storage.selling.totals import Total
    from posapp.storage.unit_of_work import UnitOfWork

BY_MONTH_FROM, BEST = 93, 5
"""From so many days on there is a bar for each month; how many best sellers are told."""
_CAME = tuple(one.value for one in BookingStatus if one.is_visit)


class _Sums(NamedTuple):
    """What some days came to."""

    period: Period
    by_day: dict[date, int]
    sales: int
    sales_minor: int
    tax_minor: int
    work: dict[str, Counter[str]]
    new: int

    @property
    def gross_minor(self) -> int:
        return sum(self.by_day.values())

    @property
    def minutes(self) -> int | None:
        """The median time to ready."""
        found = Counter[int]()
        for name, count in self.work["ready"].items():
            found[int(name.partition(":")[2])] += count
        return median(found.items())

    @property
    def average_minor(self) -> int | None:
        """What a sale came to; half a unit counts as one."""
        return (2 * self.sales_minor + self.sales) // (2 * self.sales) if self.sales else None

    @property
    def missed(self) -> int | None:
        """Thousandths of the bookings that were due; those still to come are not due yet."""
        told = self.work["booking"]
        kept = sum(told[name] for name in _CAME)
        missed = told[BookingStatus.NO_SHOW.value]
        return share(missed, kept + missed)


def opening_of(uow: "UnitOfWork", period: Period, comparison: Comparison) -> Opening:
    """All of it; the figures of the days before stand beside those of the period."""
    before = compared(period, comparison)
    now, then = _sums(uow, period), _sums(uow, before) if before else None
    is_by_month = period.days >= BY_MONTH_FROM
    tenders = uow.totals.between("tender", period.first, period.last)
    return Opening(
        period,
        before,
        tuple(_key_figures(now, then)),
        is_by_month,
        tuple(_bars(uow, now, then, is_by_month=is_by_month)),
        tuple(_parts(tenders)),
        now.tax_minor,
        uow.newcomers.owed(),
        tuple(
            BestSeller(name, count, gross, net - cost)
            for name, count, gross, net, cost in uow.sold_totals.most(period.first, period.last, BEST)
        ),
        tuple(_technicians(uow, now)),
    )


def _sums(uow: "UnitOfWork", period: Period) -> _Sums:
    by_day: defaultdict[date, int] = defaultdict(int)
    sales = sales_minor = tax = 0
    for day, name, total in uow.totals.between("order", period.first, period.last):
        by_day[day_of(day)] += total.gross_minor
        tax += total.tax_minor
        if name == "sale":
            sales, sales_minor = sales + total.count, sales_minor + total.gross_minor
    work: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for what, name, _, count in uow.work_totals.between(period.first, period.last):
        work[what][name] += count
    new = uow.newcomers.between(*moments(uow, period))
    return _Sums(period, dict(by_day), sales, sales_minor, tax, work, new)


def _key_figures(now: _Sums, before: _Sums | None) -> list[KeyFigure]:
    told = [
        ("gross_minor", now.gross_minor, before and before.gross_minor),
        ("handed_over", now.work["handed"].total(), before and before.work["handed"].total()),
        ("ready_minutes", now.minutes, before and before.minutes),
        ("average_minor", now.average_minor, before and before.average_minor),
        ("new_customers", now.new, before and before.new),
        ("missed", now.missed, before and before.missed),
    ]
    return [KeyFigure(MEASURES[name], value, then) for name, value, then in told]


def _bars(uow: "UnitOfWork", now: _Sums, before: _Sums | None, *, is_by_month: bool) -> list[Bar]:
    """A bar a day or month; beside it stands what lies at the same place of the days before."""
    period, others = now.period, list[int]()
    if before is not None:
        others = [_within(before.by_day, span) for span in _places(before.period, is_by_month=is_by_month)]
    weeks = None if is_by_month else weeks_of(uow, period.first, period.last)
    return [
        Bar(
            span.first,
            amount := _within(now.by_day, span),
            others[place] if place < len(others) else None,
            weeks is not None and not amount and not weeks.shop.hours_of(span.first),
        )
        for place, span in enumerate(_places(period, is_by_month=is_by_month))
    ]


def _places(period: Period, *, is_by_month: bool) -> list[Period]:
    """The days of a period, or its months, cut to it."""
    found, day = [], period.first
    while day <= period.last:
        last = day
        if is_by_month:
            last = min((day.replace(day=1) + timedelta(31)).replace(day=1) - timedelta(1), period.last)
        found.append(Period(day, last))
        day = last + timedelta(1)
    return found


def _within(by_day: dict[date, int], span: Period) -> int:
    if span.days == 1:
        return by_day.get(span.first, 0)
    return sum(amount for day, amount in by_day.items() if day in span)


def _parts(tenders: "list[tuple[int, str, Total]]") -> list[Part]:
    sums = Counter[str]()
    for _, name, total in tenders:
        sums[name] += total.gross_minor
    whole = sum(amount for amount in sums.values() if amount > 0)
    ordered = sorted(sums.items(), key=lambda one: (-one[1], one[0]))
    return [Part(name, amount, share(max(amount, 0), whole) or 0) for name, amount in ordered if amount]


def _technicians(uow: "UnitOfWork", sums: _Sums) -> list[TechnicianLine]:
    names = {str(one.id): one.name for one in uow.businesses.resources(with_archived=True)}
    minutes: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for name, count in sums.work["ready"].items():
        who, _, told = name.partition(":")
        minutes[who][int(told)] += count
    ordered = sorted(sums.work["handed"].items(), key=lambda one: (-one[1], names.get(one[0], "")))
    return [
        TechnicianLine(names.get(who, ""), done, median(minutes[who].items()), sums.work["back"][who])
        for who, done in ordered
        if done
    ]
