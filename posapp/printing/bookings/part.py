"""The papers of bookings."""

from posapp.domain.bookings.papers import BookingSlip
from posapp.printing.base.part import Papers, roll_or_page
from posapp.printing.bookings.booking_slip_roll import RollSlip
from posapp.printing.bookings.booking_slip_sheet import SheetSlip

PAPERS: Papers = {BookingSlip: roll_or_page(RollSlip, SheetSlip)}
