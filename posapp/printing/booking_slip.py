"""The booking slip: when to come, for what, and the PL ID to name next time."""

from posapp.domain.documents import BookingSlip, CopyMark, PaperSize
from posapp.printing.booking_slip_roll import RollSlip
from posapp.printing.booking_slip_sheet import SheetSlip
from posapp.printing.layout import FRAMES, Sheet


def lay_out(slip: BookingSlip, paper: PaperSize, copy: CopyMark | None, logo: bytes | None) -> Sheet:
    """The slip on a paper; `y` of the result is where a roll may be cut, before its lower margin."""
    sheet = Sheet(FRAMES[paper])
    slip_on = RollSlip if paper.is_roll else SheetSlip
    slip_on(sheet, slip).fill(copy, logo)
    return sheet
