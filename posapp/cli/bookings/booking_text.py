"""A booking as commands print one: the fixed JSON shape, and lines for people."""

from collections.abc import Sequence

from posapp.cli.context import Context
from posapp.cli.output import facts
from posapp.cli.values import shown_at, shown_phone, shown_price, shown_wall
from posapp.domain.base.clock import marked
from posapp.domain.bookings.bookings import WORDS, Booking


def booking_document(booking: Booking, *, created: bool = False) -> dict[str, object]:
    """The JSON of a booking; `created` says whether the customer is new, `at` is the shop's clock."""
    return {
        "number": booking.number,
        "pl_id": str(booking.pl_id),
        "created": created,
        "name": booking.customer_name,
        "phone": booking.phone.key if booking.phone else None,
        "contact": booking.contact_name or None,
        "at": booking.wall_start.isoformat(timespec="minutes"),
        "time_zone": booking.zone,
        "minutes": booking.minutes,
        "starts": booking.starts.isoformat(),
        "ends": booking.ends.isoformat(),
        "service": booking.service,
        "with": booking.resource,
        "status": booking.status.value,
        "reason": booking.reason,
        "anyway": booking.override_reason,
        "price_minor": booking.price_minor,
        "note": booking.note,
        "source": booking.source,
        "created_at": booking.stamps.created_at.isoformat(),
        "created_by": booking.stamps.created_by,
        "updated_at": booking.stamps.updated_at.isoformat(),
        "updated_by": booking.stamps.updated_by,
    }


def booking_lines(ctx: Context, booking: Booking) -> list[str]:
    """A booking for people to read."""
    stamps = booking.stamps
    status = WORDS[booking.status] + (f": {booking.reason}" if booking.reason else "")
    when = _when(ctx, booking)
    pairs = [
        ("Customer", f"{booking.pl_id}  {booking.customer_name}".rstrip()),
        ("Phone", shown_phone(ctx, booking.phone)),
        ("Person", booking.contact_name),
        ("When", f"{when}, {booking.minutes} min"),
        ("For", f"{booking.service}, {shown_price(ctx, booking.price_minor)}"),
        ("With", booking.resource),
        ("Status", status),
        ("Anyway", booking.override_reason or ""),
        ("Note", booking.note),
        ("Made", f"{shown_at(ctx, stamps.created_at)} by {stamps.created_by}"),
        (
            "Changed",
            f"{shown_at(ctx, stamps.updated_at)} by {stamps.updated_by}" if stamps.version > 1 else "",
        ),
    ]
    return [booking.number, *facts(pairs)]


def booking_rows(ctx: Context, bookings: Sequence[Booking]) -> list[list[str]]:
    """Bookings as rows of a table."""
    return [
        [
            one.number,
            _when(ctx, one),
            f"{one.minutes} min",
            str(one.pl_id),
            one.contact_name or one.customer_name or shown_phone(ctx, one.phone),
            one.service,
            one.resource,
            WORDS[one.status],
        ]
        for one in bookings
    ]


def _when(ctx: Context, booking: Booking) -> str:
    return marked(shown_wall(ctx, booking.wall_start), booking.mark(ctx.business.time_zone))
