"""A booking as commands print one: the fixed JSON shape, and lines for people."""

from collections.abc import Sequence

from posapp.cli.context import Context
from posapp.cli.output import facts
from posapp.cli.values import shown_at, shown_phone, shown_price, shown_wall
from posapp.domain.base.clock import is_doubled
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
    when = shown_wall(ctx, booking.wall_start)
    if is_doubled(booking.wall_start, booking.zone):
        offset = booking.wall_start - booking.starts.replace(tzinfo=None)
        minutes = round(offset.total_seconds() / 60)
        sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
        when += f" (UTC{sign}{minutes // 60:02d}:{minutes % 60:02d})"
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
            shown_wall(ctx, one.wall_start),
            f"{one.minutes} min",
            str(one.pl_id),
            one.contact_name or one.customer_name or shown_phone(ctx, one.phone),
            one.service,
            one.resource,
            WORDS[one.status],
        ]
        for one in bookings
    ]
