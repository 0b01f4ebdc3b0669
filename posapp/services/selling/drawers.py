"""What a shift's records come to, inside a transaction: its drawer, its tenders, its business day."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from posapp.domain.base.clock import day_number, day_of
from posapp.domain.selling.payments import Tender
from posapp.domain.selling.shifts import CashMove, Drawer, Shift, TenderSum, day_within, drawer_of

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


def drawer_in(uow: "UnitOfWork", shift: Shift) -> Drawer:
    """What the drawer of a shift should hold."""
    return drawer_with(shift, uow.shifts.moves(shift.id), tenders_in(uow, shift))


def drawer_with(shift: Shift, moves: Sequence[CashMove], tenders: Sequence[TenderSum]) -> Drawer:
    """The same, where the shift's records are at hand."""
    return drawer_of(shift, moves, sum(one.amount_minor for one in tenders if one.tender is Tender.CASH))


def tenders_in(uow: "UnitOfWork", shift: Shift) -> tuple[TenderSum, ...]:
    """What each tender brought, in the order of the keys that choose them."""
    found = {
        Tender(row.tender): TenderSum(
            Tender(row.tender), int(row.count), int(row.amount_minor), int(row.rounding_minor)
        )
        for row in uow.payments.by_tender(shift.id)
    }
    return tuple(found[tender] for tender in Tender if tender in found)


def day_in(uow: "UnitOfWork", shift: Shift) -> int:
    """The business day (20261121) of what is written into a shift now."""
    today = uow.businesses.get().day_of(uow.now)
    number = uow.payments.last_day(shift.id)
    last = day_of(number) if number else today
    return day_number(day_within(shift, uow.shifts.moves(shift.id), today, last))
