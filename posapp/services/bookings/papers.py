"""The papers of bookings: what stands on a slip at this moment."""

from typing import TYPE_CHECKING

from posapp.domain.base.numbers import Letter
from posapp.domain.bookings.bookings import Booking
from posapp.domain.bookings.papers import BookingSlip
from posapp.domain.papers.documents import PaperKind
from posapp.services.bookings.agenda import require_booking
from posapp.services.papers.content import Content, PaperOf, header, made_at, made_by, no_such_paper

if TYPE_CHECKING:
    from posapp.storage.unit_of_work import UnitOfWork


class BookingPapers:
    """Where the papers of bookings come from."""

    letter = Letter.BOOKING

    def hold(self, uow: "UnitOfWork", number: str) -> None:
        """Keep other tills from giving out the same copy until this transaction ends."""
        uow.bookings.lock(require_booking(uow, number).id)

    def content(self, uow: "UnitOfWork", wanted: PaperOf) -> Content:
        """The slip as it would be made now."""
        booking = require_booking(uow, wanted.number)
        if wanted.what != PaperKind.BOOKING_SLIP:
            raise no_such_paper(booking.number)
        return slip_of(uow, booking)


def slip_of(uow: "UnitOfWork", booking: Booking) -> Content:
    """A booking's slip."""
    slip = _slip(uow, booking)
    return Content(booking.number, slip.kind.value, slip, booking.customer_id, booking.id)


def _slip(uow: "UnitOfWork", booking: Booking) -> BookingSlip:
    business = uow.businesses.get()
    return BookingSlip(
        shop=header(business),
        number=booking.number,
        pl_id=str(booking.pl_id),
        customer_name=booking.customer_name,
        customer_phone=booking.phone.shown(business.region) if booking.phone else "",
        contact_name=booking.contact_name,
        service=booking.service,
        minutes=booking.minutes,
        with_whom=booking.resource,
        day=booking.wall_start.date().isoformat(),
        starts=f"{booking.wall_start:%H:%M}",
        zone_note=booking.mark(business.time_zone),
        price_minor=booking.price_minor,
        note=booking.note,
        made_at=made_at(uow, business),
        made_by=made_by(uow),
        terms=business.terms,
    )
