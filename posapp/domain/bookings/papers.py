"""The papers of bookings."""

from dataclasses import dataclass
from typing import ClassVar

from posapp.domain.papers.documents import CustomerPaper, PaperKind


@dataclass(frozen=True, slots=True)
class BookingSlip(CustomerPaper):
    """What a customer takes home after booking: when, for what, and the PL ID to name next time.

    `number` is the booking (`B319`), `pl_id` the customer (`PL24`); both are also the bare text of the codes.
    `contact_name` is the person of that day when it is not the account's own name, else empty.
    `day` is the shop's date (`2026-03-14`), `starts` its wall clock (`15:30`), `made_at` the shop's date and
    time of making (`2026-03-12T14:36`). `zone_note` is shown beside the time when that clock reading needs a
    word (`UTC+02:00`). `price_minor` is in minor units of the shop's currency; None prints
    no price. `note` is the note the customer may see. `made_by` is shown (till and user).
    """

    KIND: ClassVar[PaperKind] = PaperKind.BOOKING_SLIP

    service: str
    minutes: int
    with_whom: str
    day: str
    starts: str
    zone_note: str
    price_minor: int | None
    note: str


PAPERS = (BookingSlip,)
"""What bookings give to customers."""
