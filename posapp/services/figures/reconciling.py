"""Holds the books of some days against their Z reports, inside a transaction; explains each difference."""

from typing import TYPE_CHECKING

from posapp.domain.base.clock import day_of
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.customers.pl_id import PlId
from posapp.domain.figures.periods import Period
from posapp.domain.figures.reconciliation import Compared, Explanation, Reconciliation
from posapp.domain.selling.payments import Tender

if TYPE_CHECKING:
    from posapp.storage.figures.drawers import DrawerTakings, PaidIn
    from posapp.storage.unit_of_work import UnitOfWork


def reconcile(uow: "UnitOfWork", period: Period) -> Reconciliation:
    """Each tender of each drawer that was opened on these days, or took money on them."""
    takings = uow.drawer_figures.takings(period.first, period.last)
    with_cash = {one.shift_id for one in takings if one.tender == Tender.CASH}
    rows = [_compared(uow, period, one) for one in takings]
    for one in takings:  # a drawer without a payment in cash was counted, too
        if one.shift_id not in with_cash and one.difference_minor:
            with_cash.add(one.shift_id)
            rows.append(_counted(period, one))
    kept = [one for one in rows if one.z_minor or one.books_minor or one.explanations]
    return Reconciliation(tuple(sorted(kept, key=lambda one: (one.day, one.till, one.report))))


def _compared(uow: "UnitOfWork", period: Period, one: "DrawerTakings") -> Compared:
    is_ours = bool(one.number) and day_of(one.day) in period
    counts = _count_of(one) if is_ours else ()
    paid = one.on_time_minor if is_ours else 0
    # Where both come to the same, what one side has more it has less elsewhere.
    moved = _moved(uow, period, one, is_ours=is_ours) if paid != one.in_books_minor else ()
    z = paid + sum(why.amount_minor for why in counts)
    return _row(one, Tender(one.tender), z, one.in_books_minor, (*counts, *moved))


def _counted(period: Period, one: "DrawerTakings") -> Compared:
    counts = _count_of(one, Tender.CASH) if day_of(one.day) in period else ()
    return _row(one, Tender.CASH, sum(why.amount_minor for why in counts), 0, counts)


def _row(
    one: "DrawerTakings", tender: Tender, z_minor: int, books_minor: int, why: tuple[Explanation, ...]
) -> Compared:
    report = number_text(Letter.REPORT, one.number) if one.number else ""
    return Compared(report, day_of(one.day), one.till, tender, z_minor, books_minor, why)


def _count_of(one: "DrawerTakings", tender: Tender | None = None) -> tuple[Explanation, ...]:
    """What was counted beyond what was expected, or is missing."""
    if (tender or one.tender) != Tender.CASH or not one.difference_minor:
        return ()
    number = number_text(Letter.REPORT, one.number)
    words = one.note or f"counted by {one.by}, without a note"
    return (Explanation(number, day_of(one.day), "", words, one.difference_minor, bool(one.note)),)


def _moved(
    uow: "UnitOfWork", period: Period, one: "DrawerTakings", *, is_ours: bool
) -> tuple[Explanation, ...]:
    """The payments that only one side has: those of other days, and those after the drawer was closed."""
    found = []
    for paid in uow.drawer_figures.paid_in(one.shift_id, one.tender):
        in_z, in_books = is_ours and bool(paid.is_on_time), day_of(paid.day) in period
        if in_z is not in_books:
            found.append(_moved_by(one, paid, in_z=in_z, is_ours=is_ours))
    return tuple(found)


def _moved_by(one: "DrawerTakings", paid: "PaidIn", *, in_z: bool, is_ours: bool) -> Explanation:
    if in_z:
        words = f"stands in the books of {day_of(paid.day).isoformat()}"
    elif not one.number:
        words = f"the drawer of {one.till} is still open"
    elif is_ours:
        words = "came after the drawer was closed"
    else:
        words = f"is in {number_text(Letter.REPORT, one.number)} of {day_of(one.day).isoformat()}"
    whose = str(PlId(paid.pl_number)) if paid.pl_number else ""
    number = number_text(Letter.PAYMENT, paid.number)
    minor = paid.amount_minor if in_z else -paid.amount_minor
    return Explanation(number, day_of(paid.day), whose, words, minor)
