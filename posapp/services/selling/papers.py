"""The papers of shifts: what stands on X and Z."""

from typing import TYPE_CHECKING, Any

from posapp.domain.base.errors import DomainError
from posapp.domain.base.numbers import Letter, number_of
from posapp.domain.papers.documents import PaperKind
from posapp.domain.selling.papers import MoveLine, PieceLine, RateLine, SumLine, TenderLine, XReport, ZReport
from posapp.domain.selling.shifts import CashKind, CashMove, Shift
from posapp.domain.selling.takings import figures
from posapp.domain.shop.businesses import Business
from posapp.services.papers.content import Content, PaperOf, header, made_at, made_by, no_such_paper, wall
from posapp.services.selling.drawers import drawer_with, tenders_in

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


class ShiftPapers:
    """Where the papers of closed shifts come from."""

    letter = Letter.REPORT

    def hold(self, uow: "UnitOfWork", number: str) -> None:
        """Keep other tills from giving out the same copy until this transaction ends."""
        uow.shifts.hold(require_closed(uow, number).id)

    def content(self, uow: "UnitOfWork", wanted: PaperOf) -> Content:
        """The Z of a shift; it says the same for ever."""
        shift = require_closed(uow, wanted.number)
        assert shift.closing is not None
        if wanted.what != PaperKind.Z_REPORT:
            raise no_such_paper(shift.closing.number)
        return Content(shift.closing.number, PaperKind.Z_REPORT.value, _z_report(uow, shift), None, None)


def require_closed(uow: "UnitOfWork", number: str) -> Shift:
    """The shift of a Z; refuses with `report_unknown`."""
    digits = number_of(number, Letter.REPORT)
    found = uow.shifts.by_number(digits) if digits is not None else None
    if found is None:
        raise DomainError("report_unknown", f"There is no Z report {number.strip()[:20]}.", field="number")
    return found


def x_report(uow: "UnitOfWork", shift: Shift) -> XReport:
    """An open drawer as it is now."""
    return XReport(**_common(uow, shift, "X"))


def _z_report(uow: "UnitOfWork", shift: Shift) -> ZReport:
    closing, business = shift.closing, uow.businesses.get()
    assert closing is not None
    return ZReport(
        **_common(uow, shift, closing.number),
        closed_at=wall(closing.at, business),
        closed_by=closing.by,
        counted_minor=closing.counted_minor,
        difference_minor=closing.difference_minor,
        pieces=tuple(PieceLine(minor, count) for minor, count in closing.pieces),
        note=closing.note,
    )


def _common(uow: "UnitOfWork", shift: Shift, number: str) -> dict[str, Any]:
    business = uow.businesses.get()
    moves, tenders = uow.shifts.moves(shift.id), tenders_in(uow, shift)
    takings = uow.takings.of_shift(shift.id)
    return {
        "shop": header(business),
        "number": number,
        "pl_id": "",
        "customer_name": "",
        "made_at": made_at(uow, business),
        "made_by": made_by(uow),
        "till": shift.till,
        "day": shift.day.isoformat(),
        "opened_at": wall(shift.opened_at, business),
        "opened_by": shift.opened_by,
        "float_minor": shift.float_minor,
        "moves": tuple(_line(move, business) for move in moves),
        "expected_minor": drawer_with(shift, moves, tenders).expected_minor,
        "tenders": tuple(TenderLine(one.tender.value, one.count, one.amount_minor) for one in tenders),
        "sums": tuple(
            SumLine(one.kind.value, one.count, one.amount_minor) for one in figures(takings, tenders)
        ),
        "taxes": tuple(RateLine(one.name, one.rate, one.net_minor, one.tax_minor) for one in takings.taxes),
    }


def _line(move: CashMove, business: Business) -> MoveLine:
    sign = 1 if move.kind is CashKind.IN else -1
    return MoveLine(wall(move.at, business), move.by, move.reason, sign * move.amount_minor)
