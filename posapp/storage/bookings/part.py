"""What bookings bring to the storage floor: repositories, rules of `verify`."""

from typing import TYPE_CHECKING

from posapp.storage.base.part import Repositories, made_once

if TYPE_CHECKING:
    from posapp.storage.base.verify_base import Rule
    from posapp.storage.bookings.bookings import Bookings
    from posapp.storage.bookings.walk_ins import WalkIns


class BookingRepositories(Repositories):
    """Bookings and the queue."""

    def has_amounts(self) -> bool:
        """A booking with a price."""
        from posapp.storage.bookings.tables import booking

        return super().has_amounts() or self.has_any(booking, booking.c.price_minor > 0)

    @made_once
    def bookings(self) -> "Bookings":
        """Bookings and what they take."""
        from posapp.storage.bookings.bookings import Bookings

        return Bookings(self.hands, self.actor.business, self.stamp)

    @made_once
    def walk_ins(self) -> "WalkIns":
        """Who waits without a booking."""
        from posapp.storage.bookings.walk_ins import WalkIns

        return WalkIns(self.hands, self.actor.business, self.stamp)


def rules() -> "tuple[Rule, ...]":
    """What `verify` asks about bookings."""
    from posapp.storage.base import verify_numbers
    from posapp.storage.bookings import verify

    return (
        ("booking_numbers", "Booking numbers have no holes", verify_numbers.booking_numbers),
        (verify.BOOKINGS.code, verify.BOOKINGS.sentence, verify.BOOKINGS),
        ("capacity", "Nobody is booked beyond capacity", verify.capacity),
        ("times", "UTC times equal the wall clock", verify.times),
        ("business_days", "Business days are those of the making", verify.business_days),
        ("prices", "Bookings cost what their service cost", verify.prices),
        (verify.WALK_INS.code, verify.WALK_INS.sentence, verify.WALK_INS),
    )
