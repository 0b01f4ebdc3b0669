"""Where a booking goes: the person or bench for a time, and what cannot be, asked within the transaction."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from posapp.domain.base.actions import Action
from posapp.domain.base.clock import from_us, resolve_wall, wall_of
from posapp.domain.base.errors import DomainError
from posapp.domain.base.names import clean_text
from posapp.domain.base.numbers import Letter, number_text
from posapp.domain.base.stamps import Stamps
from posapp.domain.base.typed_dates import shown_day
from posapp.domain.bookings.bookings import (
    NOTE_LIMIT,
    OVERRIDABLE,
    REASON_LIMIT,
    Booking,
    BookingStatus,
    Source,
    check_minutes,
)
from posapp.domain.customers.customers import Customer
from posapp.domain.shop.businesses import Business, Resource, Service
from posapp.services.bookings.agenda import Slot, refuse_clash, refuse_closed, require_booking
from posapp.services.bookings.booking_commands import MakeBooking, MoveBooking

if TYPE_CHECKING:
    from posapp.storage.bookings.bookings import BookingChange
    from posapp.storage.unit_of_work import UnitOfWork


def insert_booking(
    uow: "UnitOfWork", command: MakeBooking, customer: Customer, contact_id: int | None
) -> Booking:
    """Put a booking where it fits, within a transaction that does more: the queue of walk-ins books, too."""
    service = service_of(uow, command.service_id)
    minutes = check_minutes(command.minutes or service.minutes)
    slot = place(
        uow, command.starts, minutes, command.resource_id, offset=command.offset, anyway=command.anyway
    )
    note = clean_text(command.note, NOTE_LIMIT, "note")
    business, number = uow.businesses.get(), uow.counters.next(Letter.BOOKING)
    key = uow.bookings.add(
        number=number,
        customer_id=customer.id,
        contact_id=contact_id,
        service_id=service.id,
        zone=business.time_zone,
        business_day=business.packed_day_of(uow.now),
        status=BookingStatus.BOOKED.value,
        override_reason=slot.override_reason,
        price_minor=service.price_minor,
        note=note,
        source=command.source.value,
        resource_id=slot.resource.id,
        minutes=minutes,
        starts=slot.starts,
        ends=slot.ends,
        busy_until=slot.busy_until,
        wall_start=slot.wall_start,
    )
    shown, told = number_text(Letter.BOOKING, number), _told(customer, slot, minutes, service, note)
    uow.journal.add(Action.BOOKING_MADE, "booking", key, ref=shown, after=told)
    if contact_id is not None:  # whose name is not at hand
        return require_booking(uow, shown)
    return _made(uow, key, number, customer, service, slot, minutes, note, command.source)


def _made(
    uow: "UnitOfWork",
    key: int,
    number: int,
    customer: Customer,
    service: Service,
    slot: Slot,
    minutes: int,
    note: str,
    source: Source,
) -> Booking:
    """A new booking for nobody but the customer, as it will be read."""
    at, by = uow.stamp
    made = from_us(at)
    return Booking(
        key,
        number_text(Letter.BOOKING, number),
        customer.id,
        customer.pl_id,
        customer.name,
        next((line.number for line in customer.current_phones if line.is_primary), None),
        None,
        "",
        service.id,
        service.name,
        slot.resource.id,
        slot.resource.name,
        slot.starts,
        slot.ends,
        slot.wall_start.replace(second=0, microsecond=0, fold=0),
        uow.businesses.get().time_zone,
        minutes,
        BookingStatus.BOOKED,
        "",
        slot.override_reason,
        service.price_minor,
        note,
        source.value,
        Stamps(made, by, made, by, 1),
    )


def _told(customer: Customer, slot: Slot, minutes: int, service: Service, note: str) -> dict[str, object]:
    return {
        "customer": str(customer.pl_id),
        "at": slot.wall_start.isoformat(timespec="minutes"),
        "minutes": minutes,
        "service": service.name,
        "with": slot.resource.name,
        "anyway": slot.override_reason,
        "note": note,
    }


def moves(before: Booking, command: MoveBooking) -> bool:
    """Whether a command asks for another time, length or person than a booking has."""
    return (
        (command.starts is not None and command.starts != before.wall_start)
        or (command.minutes is not None and command.minutes != before.minutes)
        or (command.resource_id is not None and command.resource_id != before.resource_id)
        or command.offset is not None
    )


def move_to(uow: "UnitOfWork", before: Booking, command: MoveBooking, values: "BookingChange") -> None:
    """Put a booking at another time, or with another person, together with what else changes of it."""
    zone = values["zone"] = uow.businesses.get().time_zone
    wall = wall_of(before.starts, zone).replace(fold=0)  # the shop may have moved since
    starts, offset = command.starts or wall, command.offset
    if starts == before.wall_start and before.zone != zone and offset is None:
        starts = wall  # the same moment, not the same words of another clock
    minutes = check_minutes(command.minutes or before.minutes)
    if offset is None and starts == wall:  # a doubled hour stays the one it was
        offset = wall - before.starts.replace(tzinfo=None)
    resource_id = command.resource_id or before.resource_id
    slot = place(uow, starts, minutes, resource_id, offset=offset, anyway=command.anyway, but=before)
    values["minutes"], values["override_reason"] = minutes, slot.override_reason
    uow.bookings.move(
        before.id,
        slot.resource.id,
        starts=slot.starts,
        ends=slot.ends,
        busy_until=slot.busy_until,
        wall_start=slot.wall_start,
        **values,
    )
    if before.status.is_visit:
        uow.bookings.set_last_visit(before.customer_id)


def service_of(uow: "UnitOfWork", key: int | None) -> Service:
    """The service with that key, or (None) the first one; refuses with `service_unknown`."""
    service = uow.businesses.service(key) if key is not None else next(iter(uow.businesses.services()), None)
    if service is None:
        raise DomainError("service_unknown", "Choose a service.", field="service")
    return service


def place(
    uow: "UnitOfWork",
    wall: datetime,
    minutes: int,
    resource_id: int | None,
    *,
    offset: timedelta | None,
    anyway: str | None,
    but: Booking | None = None,
) -> Slot:
    """Find the person or bench for a time and refuse what cannot be, inside the writing transaction."""
    business = uow.businesses.get()
    starts = resolve_wall(wall, business.time_zone, offset=offset)
    reason = None
    if anyway is not None:
        reason = clean_text(anyway, REASON_LIMIT, "anyway")
        if not reason:
            raise DomainError("reason_missing", "Say why you book it anyway.", field="anyway")
    refusals: list[DomainError] = []
    candidates = _candidates(uow, resource_id)
    for resource in candidates:
        try:
            if but is None or but.starts != starts:  # one that is running may still become longer
                _refuse_past(uow, business, starts, wall)
            refuse_closed(uow, wall, minutes, resource)
            ignored = but.id if but else 0
            return refuse_clash(uow, resource, wall, starts, minutes, but=ignored)
        except DomainError as refusal:
            refusals.append(refusal)
    if reason is not None and all(one.code in OVERRIDABLE for one in refusals):
        uow.bookings.hold(candidates[0].id)  # others who ask whether there is room wait for this one
        return Slot.of(candidates[0], wall, starts, minutes, override_reason=reason)
    # "Anyone": the refusal that is nearest to a yes is the most useful one.
    raise next((one for one in refusals if one.code == "taken"), refusals[0])


def _candidates(uow: "UnitOfWork", resource_id: int | None) -> list[Resource]:
    resources = uow.businesses.resources(with_archived=resource_id is not None)
    chosen = [one for one in resources if resource_id in (None, one.id)]
    if not chosen:
        raise DomainError("resource_unknown", "Choose a person or bench.", field="with")
    return chosen


def _refuse_past(uow: "UnitOfWork", business: Business, starts: datetime, wall: datetime) -> None:
    if starts >= uow.now - timedelta(minutes=1):
        return
    now = wall_of(uow.now, business.time_zone)
    raise DomainError(
        "past",
        f"{wall:%H:%M} on {shown_day(wall)} is past; it is {now:%H:%M} now. "
        "Choose a later time, or book it anyway.",
        field="starts",
    )


def retake(uow: "UnitOfWork", booking: Booking) -> None:
    """A cancelled booking comes back: its time may have been given away since."""
    if booking.override_reason is not None:
        return
    resource = next(
        one for one in uow.businesses.resources(with_archived=True) if one.id == booking.resource_id
    )
    refuse_clash(uow, resource, booking.wall_start, booking.starts, booking.minutes, but=booking.id)
